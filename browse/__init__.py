"""Datasette over the archive: a plugin, its pages, and the words that describe the tables."""
