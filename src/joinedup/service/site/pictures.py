"""Pictures of reports' pages: drawn once, apart from the web server, and kept on disk.

A picture is kept under its report's hash, its page and the version of the drawing, so that it is never stale. What
could not be drawn is remembered likewise, for a page made to cost ten seconds would cost them every time; but only for
a day, for it may have been the machine that had no time or memory just then.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.reading.picture import VERSION, Frame, Picture, PictureError, picture
from joinedup.record.derived import write

if TYPE_CHECKING:
    from joinedup.analysis.whole_report import Sheet
    from joinedup.record import Record

FOLDER = "pictures"

ROOM = 500_000_000
"""Bytes that kept pictures may take; beyond it those unused for longest go, until a tenth is free."""

AT_ONCE = threading.BoundedSemaphore(2)
"""Pictures that one process has drawn at the same time."""

AGAIN = 24 * 60 * 60
"""Seconds after which a page that could not be drawn is tried again."""

PATIENCE = 15.0
"""Seconds to wait for one's turn."""


class BusyError(PictureError):
    """Too many pictures are being drawn; the next moment may do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that lies on disk."""

    frame: Frame
    file: Path


def page_frame(record: Record, sha256: str, page: int, sheet: Sheet | None) -> Frame | None:
    """How a page's picture lies over the page, so that boxes can be laid over it; None where there is no file of it.

    Where the record knows the page's shape, nothing is drawn for it. A record that an older reader read does not.
    Raises `PictureError` where the page cannot be drawn, as far as that is known.
    """
    if sheet is None:
        drawn = page_picture(record, sha256, page)
        return drawn.frame if drawn else None
    if record.derived is None or not record.holds(sha256):
        return None
    _kept(record.derived / FOLDER, _name(sha256, page))  # raises where it was tried before, and could not
    return Frame.of((sheet.left, sheet.bottom, sheet.right, sheet.top), sheet.turns)


def page_picture(record: Record, sha256: str, page: int) -> Kept | None:
    """The picture of a report's page; None where the record does not hold the file.

    Raises `PictureError` where it cannot be drawn, `BusyError` where that may change.
    """
    if record.derived is None:
        return None
    folder = record.derived / FOLDER
    name = _name(sha256, page)
    if (found := _kept(folder, name)) is not None:
        return found
    data = record.original(sha256)
    if data is None:
        return None
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise BusyError("many pages are being drawn just now; try again in a moment")
    try:
        found = _kept(folder, name)  # somebody else may have had it drawn while we waited
        return found if found is not None else _draw(folder, name, data, page)
    finally:
        AT_ONCE.release()


def _name(sha256: str, page: int) -> str:
    return f"{sha256}-{page}-{VERSION}"


def _kept(folder: Path, name: str) -> Kept | None:
    about = folder / f"{name}.json"
    try:
        told = json.loads(about.read_bytes())
        age = time.time() - about.stat().st_mtime
    except FileNotFoundError:
        return None
    if "reason" in told:
        if age > AGAIN:
            return None
        raise PictureError(told["reason"])
    file = folder / f"{name}.png"
    if not file.is_file():
        return None
    return Kept(Frame.from_json(told), file)


def _draw(folder: Path, name: str, data: bytes, page: int) -> Kept | None:
    try:
        drawn: Picture = picture(data, page)
    except PictureError as error:
        write(folder / f"{name}.json", json.dumps({"reason": str(error)}).encode())
        raise
    write(folder / f"{name}.png", drawn.png)
    write(folder / f"{name}.json", json.dumps(drawn.frame.to_json()).encode())
    _make_room(folder, keep=name)
    return _kept(folder, name)


def _make_room(folder: Path, *, keep: str) -> None:
    """Take away the pictures that were used longest ago where they take more than their room."""
    held = []
    for file in folder.glob("*.png"):
        with suppress(FileNotFoundError):
            about = file.stat()
            held.append((max(about.st_atime, about.st_mtime), about.st_size, file))
    over = sum(size for _, size, _ in held) - ROOM
    if over <= 0:
        return
    over += ROOM // 10
    for _, size, file in sorted(held):
        if over <= 0:
            break
        if file.stem != keep:
            with suppress(OSError):
                file.with_suffix(".json").unlink(missing_ok=True)
                file.unlink(missing_ok=True)
            over -= size
