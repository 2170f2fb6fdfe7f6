"""Whether a later statement is on the same thing as an earlier one that asks for something: which two may be.

People say so, or that it is not, as they correct anything else of the earlier statement. The field names the later
one by its report and the hash of its words, so that it is found again when that report is read anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from joinedup.errors import UsageError
from joinedup.record.naming import NothingToCorrectError, find_statement, known_by, report_named, statement, with_words
from joinedup.record.schema import ASKS, SAME
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record.gate import Record

_FIELD = re.compile(f"{SAME}([0-9a-f]{{12}}):([0-9a-f]{{16}})")
_NAMED = re.compile(r"([0-9a-fA-F]{12,64})(-[0-9]{4,}|:(?P<words>.*))", re.DOTALL)

_STATEMENT = """
    SELECT r.area, coalesce(r.start_date, r.end_date, r.published) AS day, f.kind
    FROM findings AS f JOIN reports AS r ON r.sha256 = f.report WHERE f.id = $id
"""


def check_form(field: str) -> None:
    """Raise UsageError where a field that begins with SAME does not name a later statement."""
    if not _FIELD.fullmatch(field):
        raise UsageError(
            f"A later statement is named {SAME}, the first 12 letters of its report, a colon and the 16 letters of its "
            f"words' hash, not {field!r}."
        )


def field_of(record: Record, later: str) -> str:
    """The field of a correction that names a later statement (its id)."""
    sha256 = later.rpartition("-")[0]
    return f"{SAME}{sha256[:12]}:{known_by(record, sha256, later)[1]}"


def find_later(record: Record, given: str) -> str:
    """The id of the statement that somebody means by its id, of which the report's first 12 letters will do, or by its
    report, a colon and some of its words or their key. Raises NothingToCorrectError, UsageError."""
    named = _NAMED.fullmatch(given.strip())
    if named is None:
        raise UsageError(
            f"The later statement is not named by {given!r}, but by its id in the API and in tables, or by its "
            "report's SHA-256 or the first 12 letters of that, a colon and some of its words."
        )
    report, words = named[1].lower(), named["words"]
    if words is None:
        return statement(record, report, f"{report}{named[2]}").id
    if re.fullmatch(r"[0-9a-f]{16}", words):
        return statement(record, report, words).id
    return find_statement(record, report, words)


def check_pair(record: Record, earlier: str, field: str) -> None:
    """Raise UsageError where two statements cannot be on the same thing: the earlier (its id) asks for nothing, or the
    one that the field names is not of a later report on the same area; NothingToCorrectError where there is none."""
    check_form(field)
    _, begins, key = field.split(":")
    if not (found := with_words(record, report_named(record, begins), key)):
        raise NothingToCorrectError(f"The later report, {begins}, has no statement with these words.")
    one, other = (record.ask(Steps().step("said", _STATEMENT), id=each).rows[0] for each in (earlier, found[0].id))
    if one["kind"] not in ASKS:
        raise UsageError("The earlier statement asks for nothing: it is neither an improvement nor a priority action.")
    if one["area"] is None or one["area"] != other["area"]:
        raise UsageError("The two statements are of reports on different areas.")
    if one["day"] is None or other["day"] is None or one["day"] >= other["day"]:
        raise UsageError("The other statement is of no later inspection: only what is later can answer what was asked.")
