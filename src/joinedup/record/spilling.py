"""Where a record's query engine puts what does not fit into memory: one private folder a process.

Left to itself the engine would make one where the person stands. The folder goes when the process ends; of a process
that was killed it stays, and the next one that needs such a folder takes it away. Which ones are left over is told by
a lock that the operating system lets go of when its holder ends in whatever way.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path

from joinedup.record.lock import try_lock

PREFIX = "joinedup-spill-"
LOCK = "lock"

_guard = threading.Lock()
_ours: dict[int, Path] = {}
"""The folder of this process, by its id: a process made by forking needs its own."""
_held: list[int] = []
"""The open lock, never closed while the process lives."""
_numbers = count(1)


def spill_folder() -> Path:
    """A place for one engine, which makes the folder itself when it needs it. Two engines must not share one."""
    with _guard:
        folder = _ours.get(os.getpid())
        if folder is None or not folder.is_dir():
            clear_left_over()
            folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            _held.append(_locked(folder))
            _ours[os.getpid()] = folder
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder / str(next(_numbers))


def clear_left_over() -> None:
    """Take away the folders of processes that have ended without doing so; never one that is in use."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another person's, or gone in the meantime
            handle = os.open(folder / LOCK, os.O_RDWR)
            try:
                free = try_lock(handle)
            finally:
                os.close(handle)
            if free:
                shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> int:
    """The folder's lock, held: it is written under another name first, so that nobody finds it free."""
    part = folder / f"{LOCK}.part"
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    try_lock(handle)
    part.rename(folder / LOCK)
    return handle
