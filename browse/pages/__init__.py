"""The pages of the reading room, one module a page: what it asks of the archive, what it shows."""
