"""One writer at a time for a local record.

A lock on a file inside the record, which the operating system lets go of when its holder ends in whatever way: a
killed process never leaves a lock behind. An object store has no such lock and needs none to be correct: writers
there only ever add, and readers count one load a file (see docs/explanation/record.md).
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from joinedup.record.errors import RecordBusyError, RecordError
from joinedup.record.location import Location

_UNFIT = re.compile(r"[\[\]^|#?*\\\x00-\x1f\ud800-\udfff]|%[0-9A-Fa-f]{2}")
"""What may not stand in the name of a record's folder."""

PATIENCE = 120.0
"""Seconds to wait for another writer. One batch takes well under ten."""


@contextmanager
def writing(location: Location, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the record's lock. Raises `RecordBusyError` where another process does not let go of it in time."""
    if location.remote:
        yield
        return
    _refuse_what_cannot_be_written(location)
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


def _refuse_what_cannot_be_written(location: Location) -> None:
    # The table format takes a folder's name for an address and the query engine for a pattern: there these mean more.
    found = _UNFIT.search(location.address if os.sep == "/" else location.address.replace(os.sep, "/"))
    if found:
        raise RecordError(
            f"A record cannot be kept in {location.address!r}: {found[0]!r} must not stand in its folder's name or "
            "those above it."
        )


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
