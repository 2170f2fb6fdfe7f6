"""Making the search index of a snapshot: one SQLite file, written apart and moved into place whole."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from joinedup.record.choices import NOBODY
from joinedup.record.derived import forget, part_of, settle
from joinedup.record.gate import Record
from joinedup.record.schema import POLARITY_TOLD
from joinedup.record.steps import Steps

VERSION = 7
"""Raised when the index's tables change, so that older files are left alone and made anew."""

KEPT = 4
"""Indexes that are kept: the record as it stands, and a few earlier moments that someone looks at."""

_lock = threading.Lock()

HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
"""A hyphen between letters."""

_COMPOUND = re.compile(rf"[^\W\d_]+(?:{HYPHEN.pattern}[^\W\d_]+)+")

_TABLES = """
CREATE TABLE statements (
    rowid INTEGER PRIMARY KEY, finding TEXT, report TEXT, kind TEXT, polarity TEXT, section TEXT, lead_in TEXT,
    page INTEGER, area TEXT, area_name TEXT, framework TEXT, published TEXT, agencies TEXT, themes TEXT,
    fictional INTEGER
);
CREATE VIRTUAL TABLE words USING fts5(
    text, section, lead_in, marks, tokenize = "porter unicode61 remove_diacritics 2"
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(4.0, 1.0, 1.0, 0.0)');
CREATE TABLE compounds (joined TEXT PRIMARY KEY, spaced TEXT) WITHOUT ROWID;
"""
"""Words of the statement itself count four times those of the heading that it stands under and of the
lead-in of its list. `marks` holds what hits are filtered by, as words of their own, and rows are numbered by the day of
publication: so a filter is a part of the search and not a look at each row that was found. `compounds` are the words
that reports print with a hyphen: the index has their parts as words, and whoever types no hyphen is to find them."""

_STATEMENTS = (
    Steps()
    .step(
        "agencies",
        "SELECT finding, ' ' || string_agg(DISTINCT agency, ' ' ORDER BY agency) || ' ' AS agencies "
        "FROM responsibilities GROUP BY finding",
    )
    .step(
        "about",
        "SELECT finding, chr(10) || string_agg(DISTINCT theme, chr(10) ORDER BY theme) || chr(10) AS themes "
        "FROM themes GROUP BY finding",
    )
    .step(
        "statements",
        f"SELECT f.id, f.report, f.kind, {POLARITY_TOLD}, "  # noqa: S608 constants of our own alone
        "f.section, f.lead_in, f.page, r.area, r.area_name, r.framework, CAST(r.published AS VARCHAR), "
        "coalesce(a.agencies, ''), coalesce(t.themes, ''), r.fictional, f.text "
        "FROM findings f JOIN reports r ON r.sha256 = f.report "
        "LEFT JOIN agencies a ON a.finding = f.id LEFT JOIN about t ON t.finding = f.id WHERE r.replaced IS NULL "
        "ORDER BY r.published NULLS FIRST, f.id",
    )
)


def index_of(record: Record) -> Path | None:
    """The index of the record's snapshot, made if it is not there; None where there are no findings."""
    folder = record.derived
    if folder is None:
        return None
    path = folder / f"search-{VERSION}-{record.snapshot}.sqlite"
    with _lock:
        if not path.is_file():
            _make(record, path)
            forget(folder, "search-*.sqlite", KEPT)
    return path


def _make(record: Record, path: Path) -> None:
    part = part_of(path)
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        base.execute("BEGIN")
        at = 0
        for rows in record.stream(_STATEMENTS):
            numbered = [(at + number, *row) for number, row in enumerate(rows, start=1)]
            at += len(rows)
            base.executemany(
                "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [row[:-1] for row in numbered],
            )
            base.executemany(
                "INSERT INTO words (rowid, text, section, lead_in, marks) VALUES (?, ?, ?, ?, ?)",
                [(row[0], row[-1], row[5], row[6], _marks(row)) for row in numbered],
            )
            printed = (text for row in numbered for text in (row[-1], row[5], row[6]) if text)
            base.executemany("INSERT OR IGNORE INTO compounds VALUES (?, ?)", _compounds(printed))
        base.execute("COMMIT")
        base.execute("CREATE INDEX by_day ON statements (published)")
        base.execute("INSERT INTO words (words) VALUES ('optimize')")
    settle(part, path)


def _compounds(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Each compound of the texts as (without its hyphens, with spaces in their place)."""
    printed = {compound.lower() for text in texts for compound in _COMPOUND.findall(text)}
    return {(HYPHEN.sub("", one), HYPHEN.sub(" ", one)) for one in printed}


def spaced(base: sqlite3.Connection, word: str) -> str | None:
    """The parts of a compound that was typed without a hyphen, if a report prints it with one."""
    row = base.execute("SELECT spaced FROM compounds WHERE joined = ?", (word.lower(),)).fetchone()
    return None if row is None else str(row[0])


def mark(name: str, value: object) -> str:
    """What hits are filtered by, as one word that no text holds."""
    return "x" + hashlib.sha256(f"{name}={value}".encode()).hexdigest()[:20]


def _marks(row: tuple[Any, ...]) -> str:
    _, _, _, kind, polarity, _, _, _, area, _, framework, _, agencies, themes, fictional, _ = row
    marks = [mark("kind", kind), mark("area", area), mark("framework", framework), mark("fictional", fictional)]
    marks.append(mark("polarity", polarity))
    marks += [mark("agency", agency) for agency in agencies.split() or (NOBODY,)]
    marks += [mark("theme", theme) for theme in filter(None, themes.split("\n"))] or [mark("theme", NOBODY)]
    return " ".join(marks)
