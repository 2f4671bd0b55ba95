"""Room on the disk: nothing is begun that could fill the last of it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from model.errors import ArchiveError

FLOOR = 1_000_000_000  # bytes; a night needs room for the WAL and a copy for readers
SHARE = 10  # of a small disk, no more than a tenth is kept free
SETTING = "TASHAN_ROOM"

_UNITS = {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3}


def free(folder: Path) -> int:
    """Bytes that are free where a folder lies."""
    return shutil.disk_usage(folder).free


def floor(folder: Path) -> int:
    """Bytes that must be free there before anything is begun; TASHAN_ROOM says otherwise.

    It is a number of bytes, or one such as ``500M`` or ``2G``; 0 asks for nothing. Raises
    ArchiveError where it cannot be understood.
    """
    asked = os.environ.get(SETTING, "").strip()
    if not asked:
        return min(FLOOR, shutil.disk_usage(folder).total // SHARE)
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", asked.upper())
    if found is None:
        raise ArchiveError(f"{SETTING}={asked}: write a size such as 500M or 2G; 0 asks for none")
    return int(float(found[1]) * _UNITS[found[2]])


def check(folder: Path, size: int = 0) -> None:
    """Raises ArchiveError unless ``size`` bytes can be written there and the floor stays free."""
    there, least = free(folder), floor(folder)
    if there < least + size:
        raise ArchiveError(
            f"{folder}: the disk is full: {shown(there)} free, {shown(least + size)} needed"
            f" ({SETTING} sets what stays free); nothing was begun"
        )


def shown(size: int) -> str:
    """``1.5 GB``, ``20 MB``"""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
