"""The demonstration's record: the bundled facts and a set of fictional reports, prepared once and used again.

The folder's name is a digest of everything that it is made of, so that a newer program makes a new one. Making it is
idempotent: one that was interrupted is simply completed, and a mark is left when all is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from joinedup.errors import JoinedupError

READY = "ready"


class DemoError(JoinedupError):
    """The demonstration's record could not be made."""


def demo_folder() -> Path:
    """Where demonstrations are kept: `joinedup/demo` in the user's cache folder."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "joinedup" / "demo"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "joinedup" / "demo"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "joinedup" / "demo"


def prepare(folder: Path, *, say: Callable[[str], None]) -> Path:
    """The record with fictional reports in `folder`, made now or found from before. `say` is told what takes long.

    It is made in a process of its own, because the server that comes next forks, and must not have used the record.
    Raises DemoError where a specimen could not be read back, and what making or taking in the specimens raises.
    """
    place = folder / _digest()
    if not (place / READY).is_file():
        say("Making fictional reports and reading them into a record, the first time only ...")
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as apart:
            apart.submit(make, place).result()
        (place / READY).touch()
        _forget_others(folder, place)
    return place / "record"


def make(place: Path) -> None:
    """Make the reports and take them in; what is there already stays as it is."""
    from joinedup.documents.specimens import make_specimens
    from joinedup.record import ingest

    summary = ingest(make_specimens(place / "reports"), place / "record", workers=1)
    if summary.refused:
        file, reason = summary.refused[0]
        raise DemoError(f"{len(summary.refused)} of our own specimens could not be read, {file} first: {reason}")


def _forget_others(folder: Path, place: Path) -> None:
    """Demonstrations of other versions of the program are of no use any more."""
    for other in folder.iterdir():
        if other != place and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)


def _digest() -> str:
    """A digest of the code that makes specimens, reads them and keeps them."""
    digest = hashlib.sha256()
    for room in ("documents", "reading", "record", "areas", "frameworks"):
        root = Path(str(files("joinedup") / room))
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
