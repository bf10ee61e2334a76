"""Thin commands: read the command line, call the pipeline, write the answer."""
