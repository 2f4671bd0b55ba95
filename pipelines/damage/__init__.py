"""Damage of machine-converted mirror pages: how it is recognised and how it is undone."""
