"""Opening the record: which snapshot answers."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from pathlib import Path

from joinedup.errors import UsageError
from joinedup.record.files import Version, version_of
from joinedup.record.gate import BundledFacts, Record
from joinedup.record.location import Location, locate

KEPT = 8
"""How many snapshots a process keeps open, the latest used ones."""

_lock = threading.Lock()
_open: OrderedDict[tuple[str, Version | None, dt.datetime | None], Record] = OrderedDict()


def open_record(location: str | Path | None = None, *, as_of: dt.datetime | None = None) -> Record:
    """The record at a location: a local folder or `s3://`; by default `JOINEDUP_RECORD`, else the user's data folder.

    `as_of` gives the record as it stood at that moment (without a zone: UTC). A record that does not exist yet, or
    did not then, answers from the bundled facts alone. Opening again is cheap and notices what has been taken in
    since; an unmoved record is the same object, with what it has already read. Raises `RecordError` where the
    location cannot be read, `UsageError` where `as_of` is no moment.
    """
    place = locate(location)
    moment = _utc(as_of)
    version = version_of(place)
    key = ("" if version is None else place.address, version, moment if version is not None else None)
    with _lock:
        if key in _open:
            _open.move_to_end(key)
            return _open[key]
    record = _opened(place, version, moment)
    with _lock:
        record = _open.setdefault(key, record)
        _open.move_to_end(key)
        while len(_open) > KEPT:
            _open.popitem(last=False)
    return record


def open_as_read(location: str | Path | None = None) -> Record:
    """The record as it stands, but with what was read where people have corrected it: to say what that was."""
    place = locate(location)
    version = version_of(place)
    if version is None:
        return Record(BundledFacts())
    from joinedup.record.stored import Stored

    return Record(Stored(place, version.number, None, corrected=False))


def _opened(place: Location, version: Version | None, moment: dt.datetime | None) -> Record:
    if version is None:
        return Record(BundledFacts())
    from joinedup.record.stored import Stored

    record = Record(Stored(place, version.number, moment))
    return record if record.begun() else Record(BundledFacts())


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    if moment is None:
        return None
    if not isinstance(moment, dt.datetime):
        raise UsageError(f"as_of is {moment!r}, which is no moment: give a datetime.datetime.")
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
