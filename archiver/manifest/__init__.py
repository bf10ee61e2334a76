"""The manifest: an append-only record of what was read, seen, asked, submitted and kept, and what follows from it."""
