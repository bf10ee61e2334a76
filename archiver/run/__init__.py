"""The pipeline: collect -> plan -> look -> archive -> capture -> record -> report."""
