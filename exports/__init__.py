"""Datasets out of the archive: one format a file."""
