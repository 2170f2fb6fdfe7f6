"""Which files are taken in, and which of them the record holds already.

A file is known by the SHA-256 of its content. It is taken in again only where the program that read it has a newer
version now; its old rows then stay in the record's history and count no more.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from joinedup.record.schema import LOADS

Program = Literal["reading", "statistics"]

LOADER_VERSION = "1"
"""Of the statistics loaders, for the record: raised when what they make of a file has changed, so that the files
that were taken in are taken in again."""

_HEAD = 1024
"""A PDF announces itself within this many bytes (PDF Reference 1.7, appendix H, note 13)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file that can be opened: its content's hash and size in bytes, and the program that is to read it."""

    path: Path
    sha256: str
    size: int
    program: Program


@dataclass(frozen=True, slots=True)
class Unopened:
    """One path that cannot be taken in, with the reason."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class RecordFolder:
    """A folder that holds a record: what was taken in before, and nothing to take in."""

    path: Path


def expand(paths: Iterable[str | Path]) -> Iterator[Path | RecordFolder]:
    """Every file given: a folder stands for the files in it, at any depth, in order of name, hidden ones left out.

    What ends in .pdf but is no file (a link to nothing, a pipe) comes too, and so does a folder that may not be looked
    into, so that they are refused and not passed over. A folder that holds a record comes as such, without its files.
    """
    for given in paths:
        path = Path(given)
        if os.path.isdir(path):
            found = list(_inside(path))
            records = {inner for inner in found if holds_record(inner)}
            yield from (RecordFolder(inner) if inner in records else inner for inner in sorted(found))
        else:
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    """The files in a folder at any depth, and the folders of records and those that may not be looked into, in no
    order."""
    closed: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(name)
        if holds_record(here):
            folders.clear()
            yield here
            continue
        folders[:] = [each for each in folders if not each.startswith(".")]
        for each in files:
            inner = here / each
            if not each.startswith(".") and (os.path.isfile(inner) or inner.suffix.lower() == ".pdf"):
                yield inner
    yield from closed


def holds_record(folder: Path) -> bool:
    """Whether a folder is a record's, by the history of its loads."""
    return os.path.isdir(folder / LOADS.name / "_delta_log")


def look(path: Path) -> Found | Unopened:
    """What a path holds. A file is a report's if it is a PDF or says so by its name; otherwise it is statistics."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()  # tells why it may not be looked into
        if not stat.S_ISREG(mode):  # a pipe would be waited for, a device read for ever
            return Unopened(path, "it is not a file but a folder, a device or a pipe")
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except FileNotFoundError:
        return Unopened(path, "it is a link to nothing" if path.is_symlink() else "there is no such file")
    except OSError as error:
        return Unopened(path, f"it cannot be opened: {error.strerror}")
    is_report = b"%PDF-" in head or path.suffix.lower() == ".pdf"
    return Found(path, digest, size, "reading" if is_report else "statistics")


@dataclass(frozen=True, slots=True)
class Known:
    """How the record holds a file: the version of the program that read it, and the reason if it was refused."""

    version: str
    reason: str | None = None


def storable(name: str | Path) -> str:
    """A file's name as text that can be stored and printed: a byte of it that is no UTF-8 becomes `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_known(sha256: str, version: str, known: Mapping[str, Known]) -> bool:
    """Whether the record holds the file as read by this version or a newer one. `known` is by sha256."""
    held = known.get(sha256)
    return held is not None and version_rank(held.version) >= version_rank(version)


def version_rank(version: str) -> tuple[int, ...]:
    """A version's numbers, for telling the newer of two: "1.10" is newer than "1.9"."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
