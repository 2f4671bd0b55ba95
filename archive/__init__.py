"""What is kept: the only code that opens archive.db."""

from .database import Archive

__all__ = ["Archive"]
