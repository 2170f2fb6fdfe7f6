"""Files beside a record's tables: written whole; of those derived from it, only the newest few are kept."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path


def part_of(path: Path) -> Path:
    """Where to write what is then moved to `path` whole; no other process or thread writes there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")


def settle(part: Path, path: Path) -> None:
    """Move a file that is written into its place, over one that may be there."""
    os.replace(part, path)


def write(path: Path, data: bytes) -> None:
    """Write a file that others may be reading or writing at the same moment: it is there whole or not at all."""
    part = part_of(path)
    try:
        part.write_bytes(data)
        settle(part, path)
    finally:
        part.unlink(missing_ok=True)


def forget(folder: Path, pattern: str, keep: int) -> None:
    """Remove all but the newest files that the pattern names. One that is open elsewhere may stay until next time."""
    with suppress(OSError):
        by_age = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[keep:]:
            path.unlink(missing_ok=True)
