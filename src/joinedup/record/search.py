"""Searching the findings: SQLite's full-text index over what the record holds, best first.

Of a report that was corrected and published again, the version that stands is searched.

The index is derived: one file for each snapshot in the record's derived folder, made when it is first asked for, and
safe to throw away. What people type is taken as words and never as the index's own query language, so that no input
is an error.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from joinedup.record.choices import agency_key, check_days, check_page, family_key, kind_key, polarity_key, theme_key
from joinedup.record.gate import Record
from joinedup.record.searchindex import HYPHEN, index_of, mark, spaced

FACETS = ("area", "framework", "kind", "year", "agency", "theme")
"""What hits are counted by; an area by its slug."""

MOST_WORDS = 32
"""Words of a query that count; more than anyone types."""

MOST_RANKED = 2_000
"""Hits among which the best are looked for: of more than these, the newest. Who types "children" has every other
statement found, of which none is better than the next, and would wait for each to be weighed."""

SHORTEST_BEGINNING = 4
"""Letters that `word*` needs: what begins with fewer is nearly everything, and takes long to find."""

MOST_SPELLINGS = 8
"""Spellings of one phrase that are looked for: those of three compounds in it."""

_GIVEN = re.compile(r'["“”]([^"“”]*)["“”]|(\S+)')
"""A phrase or a word. Telephones type curly quotes by themselves."""
WORD = re.compile(r"[^\W_]+")
NOTHING_SOUGHT = "there is nothing to search for: give at least one word, of letters or digits"
"""What is told of words in which there is no word."""
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Marks around what was found, from Unicode's private use area: no report prints them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are restricted to; None: not at all. Days are of publication, both inclusive.

    An agency, a theme, a kind, praise and concern are taken by key or title, in any case. "none" as agency or theme
    finds statements without one.
    """

    area: str | None = None
    areas: tuple[str, ...] | None = None
    """Any of these areas, such as a region's."""
    framework: str | None = None
    kind: str | None = None
    polarity: str | None = None
    """Praise ("strength"), concern ("weakness"), "mixed" or "context"."""
    agency: str | None = None
    theme: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    fictional: bool = False
    """Whether statements of specimens of our own making are found, too."""

    def checked(self) -> Filters:
        """The same with the key of each choice, however it was named. Raises UsageError, UnknownAreaError and
        UnknownThemeError."""
        from joinedup.areas import get_area

        check_days(since=self.since, until=self.until)
        for slug in (self.area, *(self.areas or ())):
            if slug is not None:
                get_area(slug)
        readers = {
            "agency": agency_key,
            "theme": theme_key,
            "framework": family_key,
            "kind": kind_key,
            "polarity": polarity_key,
        }
        given: dict[str, Any] = {
            name: read(value) for name, read in readers.items() if (value := getattr(self, name)) is not None
        }
        return replace(self, **given)


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found. `marks` are the (start, end) of the words found in `text`; a higher `score` is better."""

    finding: str
    report: str
    kind: str
    polarity: str | None
    text: str
    marks: tuple[tuple[int, int], ...]
    section: str | None
    lead_in: str | None
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
    """The hits asked for, best first, and how many there are altogether.

    `ranked` is how many of them were put in order, and can be asked for: all, or the newest MOST_RANKED. `some_words`:
    no statement that the filters leave holds all the words, and these hold some of them.
    """

    total: int
    hits: tuple[Hit, ...]
    ranked: int = 0
    some_words: bool = False

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


def search(record: Record, words: str, filters: Filters | None = None, *, limit: int = 20, offset: int = 0) -> Hits:
    """The findings that hold the words, best first; where none holds all of them, those that hold any, which
    `Hits.some_words` says.

    Words in double quotes are found in that order, `word*` finds what begins so (from SHORTEST_BEGINNING letters on);
    everything else is only words. A compound is found with its hyphen and without, whichever was typed. Of more than
    MOST_RANKED hits the newest are put in order, and the others left out (`Hits.ranked`). Raises UsageError for a value
    that there is none of, for days in the wrong order and for a page that cannot be, UnknownAreaError and
    UnknownThemeError likewise.
    """
    check_page(limit, offset)
    asked = (filters or Filters()).checked()
    with _opened(record, words) as (base, sought):
        if base is None:
            return Hits(0, ())
        found = _ask(base, " AND ".join(sought), asked, limit, offset)
        if not found.total and len(sought) > 1:
            found = _ask(base, " OR ".join(sought), asked, limit, offset)
            found = replace(found, some_words=found.total > 0)
    return found


def count(record: Record, words: str, filters: Filters | None = None) -> dict[str, Counter[str]]:
    """How many findings `search` finds, by `area`, `framework`, `kind`, `year`, `agency` and `theme`: all of them, also
    of more than `search` puts in order.

    One that has no value is counted nowhere; one with two agencies or themes under each of them. Raises what `search`
    raises.
    """
    asked = (filters or Filters()).checked()
    counted: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    with _opened(record, words) as (base, sought):
        index = index_of(record)
        if base is None or index is None:
            return counted
        rows = _found(base, " AND ".join(sought), asked)
        if not rows and len(sought) > 1:
            rows = _found(base, " OR ".join(sought), asked)
    for name, values in _values(index).items():
        for found, number in Counter(map(values.__getitem__, rows)).items():
            for value in found:
                counted[name][value] += number
    return counted


@lru_cache(maxsize=2)
def _values(index: Path) -> dict[str, list[tuple[str, ...]]]:
    """What each statement has of each facet, by its row's number in the index. Held, because to look them up for every
    hit of a common word takes ten times as long as to find the hits."""
    found: dict[str, list[tuple[str, ...]]] = {name: [()] for name in FACETS}  # rows are numbered from 1
    held: dict[tuple[str, ...], tuple[str, ...]] = {}  # each once: there are few different ones
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        for area, framework, kind, year, agencies, themes in base.execute(_VALUES):
            several = {"agency": agencies.split(), "theme": [theme for theme in themes.split("\n") if theme]}
            one = {"area": area, "framework": framework, "kind": kind, "year": year}
            for name, values in found.items():
                told = tuple(several[name] if name in several else filter(None, (one[name],)))
                values.append(held.setdefault(told, told))
    return found


def most_first(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values that `count` counted by one facet, those with most hits first, then by the alphabet."""
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


@contextmanager
def _opened(record: Record, words: str) -> Iterator[tuple[sqlite3.Connection | None, list[str]]]:
    """The index, open for reading, and the words as it takes them; no index where there is nothing to find."""
    index = index_of(record) if terms(words) else None
    if index is None:
        yield None, []
        return
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        yield base, terms(words, lambda word: spaced(base, word))


def terms(words: str, other: Callable[[str], str | None] = lambda _: None) -> list[str]:
    """Each word or phrase, quoted, so that the index takes it as a word whatever it is; none where there is none.

    `other` is the other spelling of a word typed without a hyphen, None where it has none.
    """
    found = []
    for phrase, word in _GIVEN.findall(words):
        if parts := WORD.findall(phrase or word):
            starred = "*" if word.endswith("*") and len(parts[-1]) >= SHORTEST_BEGINNING else ""
            ways = [f'"{way}"{starred}' for way in _spellings(phrase or word, other)]
            found.append(f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0])
    return found[:MOST_WORDS]


def _spellings(given: str, other: Callable[[str], str | None]) -> list[str]:
    """A word or phrase as it was typed, then with its compounds spelled the other way: reports write both "well-being"
    and "wellbeing"."""
    ways = []
    for typed in given.split():
        if parts := WORD.findall(typed):
            apart, joined = " ".join(parts), " ".join(WORD.findall(HYPHEN.sub("", typed)))
            ways.append([way for way in (apart, joined if joined != apart else other(apart)) if way])
    return [" ".join(way) for way in islice(product(*ways), MOST_SPELLINGS)]


_WHERE = "WHERE words MATCH :match AND words.rowid BETWEEN :first AND :last"

_ROWS = f"SELECT words.rowid FROM words {_WHERE}"  # noqa: S608 constants of this module alone

_VALUES = """
    SELECT area, framework, kind, substr(published, 1, 4), agencies, themes FROM statements ORDER BY rowid
"""

_NEWEST = f"SELECT words.rowid FROM words {_WHERE} ORDER BY words.rowid DESC LIMIT 1 OFFSET :more"  # noqa: S608


def _found(base: sqlite3.Connection, match: str, filters: Filters) -> list[int]:
    return [row for (row,) in base.execute(_ROWS, _bound(base, match, filters))]


def _newest(base: sqlite3.Connection, values: dict[str, Any]) -> dict[str, Any]:
    """The same search of the newest MOST_RANKED hits alone: rows are numbered by the day of publication."""
    last_of_them = base.execute(_NEWEST, values | {"more": MOST_RANKED - 1}).fetchone()
    return values if last_of_them is None else values | {"first": last_of_them[0]}


def _bound(base: sqlite3.Connection, match: str, filters: Filters) -> dict[str, Any]:
    first, last = _days(base, filters)
    required = " AND ".join([f"{{text section lead_in}} : ({match})", *_required(filters)])
    real = "" if filters.fictional else f" NOT marks : {mark('fictional', True)}"
    return {"match": required + real, "first": first, "last": last}


def _ask(base: sqlite3.Connection, match: str, filters: Filters, limit: int, offset: int) -> Hits:
    base.row_factory = sqlite3.Row
    bound = _bound(base, match, filters)
    (total,) = base.execute(f"SELECT count(*) FROM words {_WHERE}", bound).fetchone()  # noqa: S608 - words of our own
    values = _newest(base, bound) | {"limit": limit, "offset": offset, "open": _OPEN, "close": _CLOSE}
    # Ordered by nothing but rank, the index gives the best without putting all that it found in order; what else is
    # known of them is then looked up for these few.
    best = base.execute(
        "SELECT rowid, highlight(words, 0, :open, :close) AS marked, -rank AS score "  # noqa: S608
        f"FROM words {_WHERE} ORDER BY rank LIMIT :limit OFFSET :offset",
        values,
    ).fetchall()
    told = "SELECT * FROM statements WHERE rowid = ?"
    hits = tuple(_hit(row, base.execute(told, (row["rowid"],)).fetchone()) for row in best)
    return Hits(total, hits, min(total, MOST_RANKED))


_MARKED = ("area", "framework", "kind", "polarity", "agency", "theme")


def _required(filters: Filters) -> list[str]:
    wanted = ((name, getattr(filters, name)) for name in _MARKED)
    required = [f"marks : {mark(name, value)}" for name, value in wanted if value is not None]
    if filters.areas is not None:
        # An empty column filter is an error: no area at all is a mark that no statement has.
        required.append(f"marks : ({' OR '.join(mark('area', area) for area in filters.areas or ('',))})")
    return required


def _days(base: sqlite3.Connection, filters: Filters) -> tuple[int, int]:
    """The first and last row that the days leave: rows are numbered by the day of publication."""
    first, last = 0, 1 << 62
    if filters.since is not None or filters.until is not None:
        query = "SELECT min(rowid), max(rowid) FROM statements WHERE published BETWEEN :since AND :until"
        since, until = filters.since or dt.date.min, filters.until or dt.date.max
        first, last = base.execute(query, {"since": since.isoformat(), "until": until.isoformat()}).fetchone()
    return (1, 0) if first is None else (first, last)


def _hit(found: sqlite3.Row, row: sqlite3.Row) -> Hit:
    text, marks = _marks(found["marked"])
    published = row["published"]
    return Hit(
        finding=row["finding"],
        report=row["report"],
        kind=row["kind"],
        polarity=row["polarity"],
        text=text,
        marks=marks,
        section=row["section"],
        lead_in=row["lead_in"],
        page=row["page"],
        area=row["area"],
        area_name=row["area_name"],
        framework=row["framework"],
        published=None if published is None else dt.date.fromisoformat(published),
        agencies=tuple(row["agencies"].split()),
        themes=tuple(part for part in row["themes"].split("\n") if part),
        fictional=bool(row["fictional"]),
        score=found["score"],
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
