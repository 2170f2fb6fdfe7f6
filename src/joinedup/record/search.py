"""Searching the findings: SQLite's full-text index over what the record holds, best first.

The index is derived: one file for each snapshot in the record's derived folder, made when it is first asked for, and
safe to throw away. What people type is taken as words and never as the index's own query language, so that no input
is an error.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from joinedup.record.gate import Record
from joinedup.record.searchindex import index_of

MOST_WORDS = 32
"""Words of a query that count; more than anyone types."""

_GIVEN = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Marks around what was found, from Unicode's private use area: no report prints them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are restricted to; None: not at all. Days are of publication, both inclusive."""

    area: str | None = None
    framework: str | None = None
    kind: str | None = None
    agency: str | None = None
    theme: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    fictional: bool = False
    """Whether statements of specimens of our own making are found, too."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found. `marks` are the (start, end) of the words found in `text`; a higher `score` is better."""

    finding: str
    report: str
    kind: str
    text: str
    marks: tuple[tuple[int, int], ...]
    section: str | None
    page: int
    area: str | None
    area_name: str | None
    framework: str | None
    published: dt.date | None
    agencies: tuple[str, ...]
    themes: tuple[str, ...]
    fictional: bool
    score: float

    def snippet(self, width: int = 240) -> tuple[str, tuple[tuple[int, int], ...]]:
        """About `width` characters of the text around the first words found, and the marks in them."""
        if len(self.text) <= width:
            return self.text, self.marks
        first = self.marks[0][0] if self.marks else 0
        start = max(0, min(first - width // 4, len(self.text) - width))
        if start:
            start = self.text.find(" ", start, first) + 1 or start
        end = min(len(self.text), start + width)
        lead, tail = "…" if start else "", "…" if end < len(self.text) else ""
        moved = [(begin - start + len(lead), stop - start + len(lead)) for begin, stop in self.marks if start <= begin]
        return lead + self.text[start:end] + tail, tuple(mark for mark in moved if mark[1] <= end - start + len(lead))


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits asked for, best first, and how many there are altogether."""

    total: int
    hits: tuple[Hit, ...]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


def search(record: Record, words: str, filters: Filters | None = None, *, limit: int = 20, offset: int = 0) -> Hits:
    """The findings that hold the words, best first; where none holds all of them, those that hold any.

    Words in double quotes are found in that order, `word*` finds what begins so; everything else is only words.
    """
    terms = _terms(words)
    index = index_of(record)
    if not terms or index is None:
        return Hits(0, ())
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        found = _ask(base, " AND ".join(terms), filters or Filters(), limit, offset)
        if not found.total and len(terms) > 1:
            found = _ask(base, " OR ".join(terms), filters or Filters(), limit, offset)
    return found


def _terms(words: str) -> list[str]:
    """Each word or phrase, quoted, so that the index takes it as a word whatever it is."""
    terms = []
    for phrase, word in _GIVEN.findall(words):
        parts = _WORD.findall(phrase or word)
        if parts:
            starred = "*" if word.endswith("*") else ""
            terms.append('"' + " ".join(parts) + '"' + starred)
    return terms[:MOST_WORDS]


_WHERE = """
    FROM words JOIN statements s ON s.rowid = words.rowid
    WHERE words MATCH :match
        AND (:area IS NULL OR s.area = :area)
        AND (:framework IS NULL OR s.framework = :framework)
        AND (:kind IS NULL OR s.kind = :kind)
        AND (:agency IS NULL OR instr(s.agencies, ' ' || :agency || ' '))
        AND (:theme IS NULL OR instr(s.themes, char(10) || :theme || char(10)))
        AND (:since IS NULL OR s.published >= :since)
        AND (:until IS NULL OR s.published <= :until)
        AND (:fictional OR NOT s.fictional)
"""


def _ask(base: sqlite3.Connection, match: str, filters: Filters, limit: int, offset: int) -> Hits:
    values = {
        "match": match,
        "area": filters.area,
        "framework": filters.framework,
        "kind": filters.kind,
        "agency": filters.agency,
        "theme": filters.theme,
        "since": filters.since and filters.since.isoformat(),
        "until": filters.until and filters.until.isoformat(),
        "fictional": filters.fictional,
        "limit": limit,
        "offset": offset,
        "open": _OPEN,
        "close": _CLOSE,
    }
    (total,) = base.execute("SELECT count(*)" + _WHERE, values).fetchone()
    rows = base.execute(
        "SELECT s.*, highlight(words, 0, :open, :close) AS marked, -words.rank AS score"
        + _WHERE
        + "ORDER BY words.rank, s.published DESC, s.rowid LIMIT :limit OFFSET :offset",
        values,
    ).fetchall()
    return Hits(total, tuple(_hit(row) for row in rows))


def _hit(row: sqlite3.Row) -> Hit:
    text, marks = _marks(row["marked"])
    published = row["published"]
    return Hit(
        finding=row["finding"],
        report=row["report"],
        kind=row["kind"],
        text=text,
        marks=marks,
        section=row["section"],
        page=row["page"],
        area=row["area"],
        area_name=row["area_name"],
        framework=row["framework"],
        published=None if published is None else dt.date.fromisoformat(published),
        agencies=tuple(row["agencies"].split()),
        themes=tuple(part for part in row["themes"].split("\n") if part),
        fictional=bool(row["fictional"]),
        score=row["score"],
    )


def _marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts = re.split(f"[{_OPEN}{_CLOSE}]", marked)
    marks = []
    at = 0
    for number, part in enumerate(parts):
        if number % 2:
            marks.append((at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(marks)
