"""The public record that the pages read: opened once, and opened anew soon after somebody has put something in.

Opening lists the tables' newest snapshot and costs a few milliseconds, so it is not done for every page.
"""

from __future__ import annotations

import re
import threading
import time
from pathlib import PurePath, PureWindowsPath

from django.conf import settings

from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.remembering import once
from joinedup.record import Record, open_record
from joinedup.record.contents import row_counts

FRESH_SECONDS = 5.0
"""How long after something is put in the record a page may still show it as it was before."""

_lock = threading.Lock()
_opened: dict[str, tuple[float, Record]] = {}


def current_record() -> Record:
    """The record as it stood within the last few seconds."""
    location = settings.RECORD or ""
    with _lock:
        since, record = _opened.get(location, (float("-inf"), None))
        if record is None or time.monotonic() - since > FRESH_SECONDS:
            record = open_record(settings.RECORD, as_of=settings.AS_OF)
            _opened[location] = (time.monotonic(), record)
        return record


def counted(record: Record) -> dict[str, int]:
    """How many rows each table has, asked once a snapshot."""
    return once(record, "row counts", lambda: row_counts(record))


def offers_fictional() -> bool:
    """Whether areas that do not exist are offered to somebody who looks for one: they are shown, and the record holds
    reports on them."""
    return settings.SHOW_FICTIONAL and any(about.fictional for about in abouts(current_record()).values())


def look_again() -> None:
    """Open the record anew for the next page of this process: something was just put in."""
    with _lock:
        _opened.clear()


_GIVEN = re.compile(r"[0-9a-f]{12,64}")


def find_report(record: Record, given: str) -> str | None:
    """The sha256 of the one report whose hash begins so; None where there is none or more than one."""
    if not _GIVEN.fullmatch(given):
        return None
    found = [sha256 for sha256 in abouts(record) if sha256.startswith(given)]
    return found[0] if len(found) == 1 else None


def file_name(path: str) -> str:
    """What is given out of a report's file, on every page, in every download and answer: the last part of its path.
    The folders of the machine that took it in are nobody's business."""
    return PureWindowsPath(PurePath(path).name).name
