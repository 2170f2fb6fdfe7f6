"""What an area was asked for again, kept beside the record.

Putting the links of an area together takes a tenth of a second or more, because every sentence of every later report
is weighed. They are the same for as long as the area's reports are: so they are kept in the record's derived folder,
in one small SQLite file that may be thrown away, under a digest of the statements that they were made of and of what
people say of these. `lay_out` puts together all that are not there yet, which `joinedup ingest` asks for when it has
added something; an area that was not laid out is when it is first visited. Links between two reports do not depend on
any other, so those of an earlier day are the kept ones less what was published later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup import analysis
from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.asked_again import WhatBecame, digests, each_became, what_became
from joinedup.analysis.asked_again_fates import Fate, answerable, fate
from joinedup.analysis.asked_again_pairs import Pair, Statement
from joinedup.record.attributed import ATTRIBUTION_VERSION
from joinedup.record.derived import forget
from joinedup.service.site.kept import KEPT, Kept

if TYPE_CHECKING:
    from joinedup.record import Record

VERSIONS = 2
"""Files that are kept: of this version of the program that links, and of the one before."""

MOMENTS = 4
"""Answers that are kept of an area: of its reports as they stand, and as they stood at a few earlier moments."""

_Report = tuple[str, dt.date]
"""A report's SHA-256 and the first day of its inspection."""

_TABLE = "CREATE TABLE IF NOT EXISTS links (area TEXT, digest TEXT, told TEXT NOT NULL, PRIMARY KEY (area, digest))"

_FORGET = """
    DELETE FROM links WHERE area = $area AND rowid NOT IN (
        SELECT rowid FROM links WHERE area = $area ORDER BY rowid DESC LIMIT $moments)
"""

PATIENCE = 5.0
"""Seconds to wait for another process that is writing to the file."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: its id and words, what introduces its list, its report (sha256) and page, and the first day of the
    inspection."""

    id: str
    report: str
    page: int
    text: str
    framework: str | None
    day: dt.date
    lead_in: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A later statement on the same thing: "asked_again", "now_praised" or "looked_at", and how sure that is.

    `words` are those of the statement that decided: one sentence of a paragraph, or all of it. `sure` is how likely the
    two are on the same thing (0 to 1), `how_sure` the same in words, `shared` what both name, the most telling first.
    """

    relation: str
    later: Said
    words: str
    sure: float
    how_sure: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked for, with every later statement on it; there may be none."""

    asked: Said
    links: tuple[Link, ...]

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return fate(self.links)


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of each thing that a later report could answer, and what a later report was the first to ask for.

    Both oldest first. `latest` is the day of the latest report that asks for anything.
    """

    things: tuple[Thing, ...]
    newly_asked: tuple[Said, ...]
    latest: dt.date

    @property
    def linked(self) -> tuple[Thing, ...]:
        """The things that a later report looks at, as far as its words tell."""
        return tuple(one for one in self.things if one.links)


def fates(record: Record, slug: str, *, as_at: dt.date | None = None) -> Fates:
    """What became of what an area's reports asked for; `as_at`: by reports that could be read by that day."""
    asked, reports = _asked(Kept(record), slug)
    if as_at is None:
        return _fates(asked, reports, lambda report: True)
    known = {sha256 for sha256, about in abouts(record).items() if about.day and about.day <= as_at}
    return _fates(asked, reports, known.__contains__)


def _fates(asked: Sequence[Thing], reports: Sequence[_Report], known: Callable[[str], bool]) -> Fates:
    """The fates by the reports that are known: links between two reports do not depend on any other."""
    found = [
        (one.asked, tuple(link for link in one.links if known(link.later.report)))
        for one in asked
        if known(one.asked.report)
    ]
    last = max((day for report, day in reports if known(report)), default=dt.date.min)
    things, newly_asked = answerable(found, last)
    return Fates(
        things=tuple(Thing(one, tuple(links)) for one, links in things),
        newly_asked=tuple(newly_asked),
        latest=max((one.day for one, _ in found), default=dt.date.min),
    )


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
def _asked(kept: Kept, slug: str) -> tuple[tuple[Thing, ...], tuple[_Report, ...]]:
    """Everything that the area's reports asked for, with its links; and each report that says anything."""
    record = kept.record
    if record.derived is None or (digest := digests(record).get(slug)) is None:
        return (), ()
    path = _path(record.derived)
    if (told := _read(path, slug, digest)) is None:
        told = _told(what_became(record, slug))
        _write(path, slug, digest, told)
    read = json.loads(told)
    reports = tuple((report, dt.date.fromisoformat(day)) for report, day in read["reports"])
    return tuple(map(_thing, read["asked"])), reports


def _told(became: WhatBecame) -> str:
    pairs = {one.asked.id: one.pairs for one in became.things}
    asked = [Thing(_said(one), tuple(map(_link, pairs.get(one.id, ())))) for one in became.asked]
    told = {"asked": [asdict(one) for one in asked], "reports": became.reports}
    return json.dumps(told, default=str, ensure_ascii=False)


def _link(pair: Pair) -> Link:
    return Link(pair.relation, _said(pair.later), pair.words, round(pair.sure, 3), pair.how_sure, pair.shared)


def _said(one: Statement) -> Said:
    return Said(one.id, one.report, one.page, one.text, one.framework, one.day, one.lead_in)


def _thing(told: dict[str, Any]) -> Thing:
    links = tuple(
        Link(**{**one, "later": _spoken(one["later"]), "shared": tuple(one["shared"])}) for one in told["links"]
    )
    return Thing(_spoken(told["asked"]), links)


def _spoken(told: dict[str, Any]) -> Said:
    return Said(**{**told, "day": dt.date.fromisoformat(told["day"])})


@cache
def _version() -> str:
    """A digest of the program that links, of attribution's version, by which it tells praise, and of the form in which
    this module keeps it: a newer one makes its own file."""
    digest, room = hashlib.sha256(ATTRIBUTION_VERSION.encode()), Path(analysis.__file__).parent
    for path in (*sorted((*room.glob("asked_again*.py"), *room.glob("asked_again_data/*"))), Path(__file__)):
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
