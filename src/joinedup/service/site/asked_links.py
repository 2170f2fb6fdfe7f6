"""What an area was asked for again, kept with the record's snapshot.

Putting the links of an area together takes a tenth of a second or more, because every sentence of every later report
is weighed. They are the same for as long as the record is: so they are put together at the first visit and kept in the
record's derived folder, in one small SQLite file a snapshot that may be thrown away. Links between two reports do not
depend on any other, so those of an earlier day are the kept ones less what was published later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup import analysis
from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.asked_again import Statement, what_became
from joinedup.record.derived import forget
from joinedup.service.site.kept import KEPT, Kept

if TYPE_CHECKING:
    from joinedup.record import Record

SNAPSHOTS = 4
"""Files that are kept: of the record as it stands, and of a few earlier moments."""

_TABLE = "CREATE TABLE IF NOT EXISTS links (area TEXT PRIMARY KEY, told TEXT NOT NULL)"

PATIENCE = 5.0
"""Seconds to wait for another process that is writing to the file."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: its words, its report (sha256) and page, and the first day of the inspection."""

    report: str
    page: int
    text: str
    framework: str | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Link:
    """A later statement on the same thing: "asked_again", "now_praised" or "looked_at", and how sure that is."""

    relation: str
    later: Said
    how_sure: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked for, with every later statement on it."""

    asked: Said
    links: tuple[Link, ...]

    @property
    def fate(self) -> str:
        """What the latest report that looked at it has: "asked_again", "now_praised", else "dropped"."""
        latest = max(link.later.day for link in self.links)
        relations = {link.relation for link in self.links if link.later.day == latest}
        return next((each for each in ("asked_again", "now_praised") if each in relations), "dropped")

    @property
    def again(self) -> tuple[Link, ...]:
        """The later statements that ask for it again."""
        return tuple(link for link in self.links if link.relation == "asked_again")


def things(record: Record, slug: str, *, as_at: dt.date | None = None) -> tuple[Thing, ...]:
    """What was asked for in an area's reports and looked at by a later one, oldest first; `as_at`: by reports that
    could be read by that day."""
    every = _things(Kept(record), slug)
    if as_at is None:
        return every
    known = {sha256 for sha256, about in abouts(record).items() if about.day and about.day <= as_at}
    found = (
        Thing(one.asked, tuple(link for link in one.links if link.later.report in known))
        for one in every
        if one.asked.report in known
    )
    return tuple(one for one in found if one.links)


@lru_cache(maxsize=KEPT)
def _things(kept: Kept, slug: str) -> tuple[Thing, ...]:
    record = kept.record
    if record.derived is None or sum(about.area == slug for about in abouts(record).values()) < 2:
        return ()
    path = record.derived / f"links-{_version()}-{record.snapshot}.sqlite"
    if (told := _read(path, slug)) is None:
        told = json.dumps([asdict(one) for one in _linked(record, slug)], default=str, ensure_ascii=False)
        _write(path, slug, told)
    return tuple(map(_thing, json.loads(told)))


def _linked(record: Record, slug: str) -> list[Thing]:
    return [
        Thing(_said(one.asked), tuple(Link(pair.relation, _said(pair.later), pair.how_sure) for pair in one.pairs))
        for one in what_became(record, slug).things
        if one.pairs
    ]


def _said(one: Statement) -> Said:
    return Said(one.report, one.page, one.text, one.framework, one.day)


def _thing(told: dict[str, Any]) -> Thing:
    links = tuple(Link(one["relation"], _spoken(one["later"]), one["how_sure"]) for one in told["links"])
    return Thing(_spoken(told["asked"]), links)


def _spoken(told: dict[str, Any]) -> Said:
    return Said(**{**told, "day": dt.date.fromisoformat(told["day"])})


@cache
def _version() -> str:
    """A digest of the program that links: a newer one makes its own file."""
    digest, room = hashlib.sha256(), Path(analysis.__file__).parent
    for path in sorted((*room.glob("asked_again*.py"), *room.glob("asked_again_data/*"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read(path: Path, slug: str) -> str | None:
    if not path.is_file():
        return None
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as base:
        base.execute(_TABLE)
        row = base.execute("SELECT told FROM links WHERE area = ?", (slug,)).fetchone()
    return str(row[0]) if row else None


def _write(path: Path, slug: str, told: str) -> None:
    fresh = not path.is_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as base, base:
        base.execute(_TABLE)
        base.execute("INSERT OR REPLACE INTO links VALUES (?, ?)", (slug, told))
    if fresh:
        forget(path.parent, "links-*.sqlite", SNAPSHOTS)
