"""What an area was asked for again, kept beside the record.

Putting the links of an area together takes a tenth of a second or more, because every sentence of every later report
is weighed. They are the same for as long as the area's reports are: so they are kept in the record's derived folder,
in one small SQLite file that may be thrown away, under a digest of the statements that they were made of. `lay_out`
puts together all that are not there yet, which `joinedup ingest` asks for when it has added something; an area that
was not laid out is when it is first visited. Links between two reports do not depend on any other, so those of an
earlier day are the kept ones less what was published later.
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
from joinedup.analysis.asked_again import Statement, WhatBecame, digests, each_became, what_became
from joinedup.record.derived import forget
from joinedup.service.site.kept import KEPT, Kept

if TYPE_CHECKING:
    from joinedup.record import Record

VERSIONS = 2
"""Files that are kept: of this version of the program that links, and of the one before."""

MOMENTS = 4
"""Answers that are kept of an area: of its reports as they stand, and as they stood at a few earlier moments."""

_TABLE = "CREATE TABLE IF NOT EXISTS links (area TEXT, digest TEXT, told TEXT NOT NULL, PRIMARY KEY (area, digest))"

_FORGET = """
    DELETE FROM links WHERE area = $area AND rowid NOT IN (
        SELECT rowid FROM links WHERE area = $area ORDER BY rowid DESC LIMIT $moments)
"""

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
        latest, _ = self.latest
        relations = {link.relation for link in self.links if link.later.day == latest}
        return next((each for each in ("asked_again", "now_praised") if each in relations), "dropped")

    @property
    def latest(self) -> tuple[dt.date, int]:
        """The day of the last inspection that looked at it, and how many asked for it again: what lists go by."""
        return max(link.later.day for link in self.links), len({link.later.report for link in self.again})

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


def lay_out(record: Record) -> int:
    """Put together and keep the links of every area that are not kept yet; how many areas those were."""
    if record.derived is None:
        return 0
    path, wanted = _path(record.derived), digests(record)
    missing = dict(wanted.items() - _kept(path))
    for slug, became in each_became(record, missing):
        _write(path, slug, missing[slug], _told(became))
    return len(missing)


@lru_cache(maxsize=KEPT)
def _things(kept: Kept, slug: str) -> tuple[Thing, ...]:
    record = kept.record
    if record.derived is None or (digest := digests(record).get(slug)) is None:
        return ()
    path = _path(record.derived)
    if (told := _read(path, slug, digest)) is None:
        told = _told(what_became(record, slug))
        _write(path, slug, digest, told)
    return tuple(map(_thing, json.loads(told)))


def _told(became: WhatBecame) -> str:
    things = [
        Thing(_said(one.asked), tuple(Link(pair.relation, _said(pair.later), pair.how_sure) for pair in one.pairs))
        for one in became.things
        if one.pairs
    ]
    return json.dumps([asdict(one) for one in things], default=str, ensure_ascii=False)


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


def _path(derived: Path) -> Path:
    return derived / f"links-{_version()}.sqlite"


def _kept(path: Path) -> set[tuple[str, str]]:
    """The areas that are kept, each with its digest."""
    if not path.is_file():
        return set()
    with closing(_open(path)) as base:
        return set(base.execute("SELECT area, digest FROM links"))


def _read(path: Path, slug: str, digest: str) -> str | None:
    if not path.is_file():
        return None
    with closing(_open(path)) as base:
        row = base.execute("SELECT told FROM links WHERE area = ? AND digest = ?", (slug, digest)).fetchone()
    return str(row[0]) if row else None


def _write(path: Path, slug: str, digest: str, told: str) -> None:
    fresh = not path.is_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_open(path)) as base, base:
        base.execute("INSERT OR REPLACE INTO links VALUES (?, ?, ?)", (slug, digest, told))
        base.execute(_FORGET, {"area": slug, "moments": MOMENTS})
    if fresh:
        forget(path.parent, "links-*.sqlite", VERSIONS)


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=PATIENCE)
    base.execute(_TABLE)
    return base
