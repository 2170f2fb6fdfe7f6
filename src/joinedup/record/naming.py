"""Which report and which statement of it somebody means who wants to correct it.

A statement is named by its id, by the key of its words, as addresses have it, or by some of its words.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joinedup.errors import NotFoundError, UsageError
from joinedup.record.corrected import corrections
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record.gate import Record

_SIGNS = re.compile(r"[^A-Za-z0-9]+")
_ID = re.compile(r"([0-9a-f]{12,64})-([0-9]{4,})")
_KEY = re.compile(r"[0-9a-f]{16}")


class NothingToCorrectError(NotFoundError):
    """The record holds no such report, statement or judgement."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement as it stands: its id, its page, its number as printed and its words."""

    id: str
    page: int
    number: str | None
    text: str


def fingerprint(text: str) -> str:
    """What a statement is known by: a hash of its letters and digits, whatever the spaces, signs and case."""
    return hashlib.sha256(letters(text).encode()).hexdigest()[:16]


def letters(text: str) -> str:
    """The letters and digits of a text alone, in lower case: by these words are found and compared."""
    return _SIGNS.sub("", text).lower()


def report_named(record: Record, given: str) -> str:
    """The sha256 of the report that this, or the beginning of it, names. Raises NothingToCorrectError, UsageError."""
    sought = given.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{12,64}", sought):
        raise UsageError("A report is named by its SHA-256, or at least the first 12 letters of it.")
    steps = Steps().step("named", "SELECT sha256 FROM reports WHERE starts_with(sha256, $sought)")
    found = [row["sha256"] for row in record.ask(steps, sought=sought).rows]
    if len(found) != 1:
        what = "several reports that begin" if found else "no report that begins"
        raise NothingToCorrectError(f"The record holds {what} with {sought}.")
    return str(found[0])


def find_statement(record: Record, report: str, words: str) -> str:
    """The id of the one statement of a report (its sha256 or the beginning of it) that holds some words.

    Spaces, signs and case do not matter. Raises NothingToCorrectError where none holds them, UsageError where several
    do.
    """
    sought = letters(words)
    if not sought:
        raise UsageError("Give some words of the statement.")
    steps = Steps().step("said", "SELECT id, page, text FROM findings WHERE report = $report ORDER BY ordinal")
    rows = record.ask(steps, report=report_named(record, report)).rows
    found = [row for row in rows if sought in letters(row["text"])]
    if not found:
        raise NothingToCorrectError("No statement of the report holds these words.")
    if len(found) > 1:
        exact = [row for row in found if letters(row["text"]) == sought]
        if len(exact) != 1:
            pages = ", ".join(str(page) for page in sorted({row["page"] for row in found}))
            raise UsageError(f"{len(found)} statements hold these words (pages {pages}): give more of them.")
        found = exact
    return str(found[0]["id"])


def statement(record: Record, report: str, finding: str) -> Stated:
    """The statement of a report (its sha256 or the beginning of it) that `finding` names.

    That is its id, of which the report's first 12 letters will do, or the key of its words, as addresses of its page
    have it. Raises NothingToCorrectError, UsageError.
    """
    sha256 = report_named(record, report)
    if named := _ID.fullmatch(finding):
        every = _every(record, sha256)
        found = [one for one in every if sha256.startswith(named[1]) and one.id == f"{sha256}-{named[2]}"]
    elif _KEY.fullmatch(finding):
        found = with_words(record, sha256, finding)
    else:
        # A bare number would be taken for the one that the report prints, which the place in our list is not.
        raise UsageError(
            f"A statement is not named by {finding!r}, but by its id in the API and in tables ({sha256[:12]}-…), by "
            "what stands after “finding=” in the address of its page, or by some of its words."
        )
    if not found:
        raise NothingToCorrectError(f"The report has no statement {finding}.")
    if len(found) > 1:
        raise UsageError(f"{len(found)} statements have these words: {', '.join(one.id for one in found)}.")
    return found[0]


def with_words(record: Record, sha256: str, key: str) -> list[Stated]:
    """The statements of a report whose words, as they stand or as they were read, have that hash."""
    read = {each for one in corrections(record, report=sha256) if one.words == key for each in one.statements}
    return [one for one in _every(record, sha256) if fingerprint(one.text) == key or one.id in read]


def known_by(record: Record, sha256: str, identity: str) -> tuple[int, str]:
    """The page and the words' hash by which corrections know a statement (its id)."""
    # A corrected text is not what the next reading will find: the earlier correction knows what was read.
    for one in corrections(record, report=sha256):
        if identity in one.statements and one.words and one.page:
            return one.page, one.words
    (said,) = (one for one in _every(record, sha256) if one.id == identity)
    return said.page, fingerprint(said.text)


def _every(record: Record, sha256: str) -> list[Stated]:
    steps = Steps().step("said", "SELECT id, page, number, text FROM findings WHERE report = $report ORDER BY ordinal")
    return [Stated(**row) for row in record.ask(steps, report=sha256).rows]
