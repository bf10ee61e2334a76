"""Find what documents cite, tell whether it is still there, and keep archived copies with their provenance.

Importing this package does nothing: no network, no files, no settings, no heavy imports.
"""

__version__ = "0.1.0"
