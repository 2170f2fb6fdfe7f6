"""One writer at a time for a local record.

A lock on a file inside the record, which the operating system lets go of when its holder ends in whatever way: a
killed process never leaves a lock behind. An object store has no such lock and needs none to be correct: writers
there only ever add, and readers count one load a file (see docs/explanation/record.md).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from joinedup.record.errors import RecordBusyError, RecordError
from joinedup.record.location import Location

PATIENCE = 120.0
"""Seconds to wait for another writer. One batch takes well under ten."""


@contextmanager
def writing(location: Location, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the record's lock. Raises `RecordBusyError` where another process does not let go of it in time."""
    if location.remote:
        yield
        return
    path = location.folder / ".lock"
    try:
        location.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise RecordError(f"The record at {location.address} cannot be written: {error.strerror}.") from error
    try:
        deadline = time.monotonic() + patience
        while not try_lock(handle):
            if time.monotonic() > deadline:
                raise RecordBusyError(
                    f"Another process is writing to the record at {location.address}; try again when it has ended."
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)  # lets go of the lock, too


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Whether the lock on an open file was free, and is held now until the file is closed."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Whether the lock on an open file was free, and is held now until the file is closed."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
