"""Takes in a table of `sheet_to_check` that people have filled in: what they say is right counts, all of it or nothing.

Every row is looked at before anything is kept, and what a row says is checked as every correction is
(`record.correcting`). Whoever puts one row right and sends the table again finds that the others stand already.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.analysis.filled_in import Row, read_rows
from joinedup.analysis.sheet_to_check import TO_FILL_IN, mark
from joinedup.analysis.statement_columns import OF_CHECKING
from joinedup.errors import JoinedupError, UsageError
from joinedup.record import open_record
from joinedup.record.applying import APART
from joinedup.record.choices import NOBODY
from joinedup.record.correctable import LONGEST, checked, one_line
from joinedup.record.corrected import Correction
from joinedup.record.correcting import ChangedMeanwhileError, NothingCountsError, Saying, correct_each
from joinedup.record.naming import fingerprint, report_named, with_words
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record import Record

BY_READING = "Checked by reading the statement"
"""Why, where nobody says otherwise."""

_NEEDED = ("text", "agencies", *TO_FILL_IN, "finding", "mark")
"""The columns that are read; people may delete the others."""

_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
"""What people write, and what spreadsheet programs make of it."""

_NOT_AS_WRITTEN = (
    "This row's finding, text and agencies are not as they were written. Leave them as they are, also when sorting, "
    "and say what is right in right_agencies."
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be kept: its number as spreadsheet programs have it, the column, and how its words begin."""

    row: int
    column: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a table: how many statements were confirmed and corrected, how many stood so already, how many rows
    were passed over because nobody had filled them in; and what is wrong, and then nothing was kept. `kept` is False
    too where it was only to be looked at."""

    confirmed: int
    corrected: int
    unchanged: int
    passed_over: int
    wrong: tuple[Wrong, ...]
    kept: bool

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a row says, which has nothing wrong in itself."""

    row: Row
    said: Saying

    def wrong(self, why: Exception) -> Wrong:
        return _wrong(self.row, "agencies" if isinstance(why, ChangedMeanwhileError) else "finding", str(why))


def take_in(
    location: str | Path | None,
    path: Path,
    *,
    by: str = "",
    reason: str = "",
    keep: bool = True,
    now: dt.datetime | None = None,
) -> TakenIn:
    """Keep what a filled-in table (CSV or XLSX) says is right, all of it, or nothing where anything is wrong.

    Args:
        location: the record, as `open_record` takes it.
        path: the file.
        by, reason: who says so, and why, in the rows that say nothing of it themselves; without a reason BY_READING.
        keep: False only looks what would come of it.
        now: the moment; by default the clock's.

    Raises:
        NotFilledInError: the file is no such table, or too large.
        UsageError: `by` or `reason` is longer than they may be.
        RecordError: the record cannot be written.
    """
    by, reason = one_line("by", by), one_line("reason", reason) or BY_READING
    rows = read_rows(path, OF_CHECKING, _NEEDED)
    record = open_record(location)
    answers: list[_Answer] = []
    wrong: list[Wrong] = []
    for row in rows:
        try:
            said = _said(row, by, reason)
        except _WrongError as error:
            wrong += [_wrong(row, column, what) for column, what in error.told]
        else:
            answers += [_Answer(row, said)] if said else []
    passed_over = len(rows) - len(answers) - len({one.row for one in wrong})
    answers = list(_of_what_stands(record, _once(answers, wrong), wrong))
    made = _keep(location, answers, wrong, keep, now)
    confirmed = sum(isinstance(one, Correction) and one.confirmed for one in made)
    corrected = sum(isinstance(one, Correction) and not one.confirmed for one in made)
    told = tuple(sorted(wrong, key=lambda one: (one.row, _NEEDED.index(one.column))))
    unchanged = len(made) - confirmed - corrected
    return TakenIn(confirmed, corrected, unchanged, passed_over, told, keep and not told)


def _keep(
    location: str | Path | None, answers: Sequence[_Answer], wrong: list[Wrong], keep: bool, now: dt.datetime | None
) -> Sequence[Correction | Exception]:
    """What came of the answers: nothing where something is wrong, which is added to what is known to be."""
    if not answers:
        return ()
    try:
        told = [one.said for one in answers]
        made = correct_each(location, told, together=True, keep=keep and not wrong, now=now)
    except NothingCountsError as error:
        wrong += [one.wrong(why) for one, why in zip(answers, error.refused, strict=True) if why]
    return () if wrong else made


class _WrongError(Exception):
    """What is wrong with a row in itself: (column, what) of each cell."""

    def __init__(self, *told: tuple[str, str]) -> None:
        self.told = told


def _wrong(row: Row, column: str, what: str) -> Wrong:
    words = row.cells["text"]
    return Wrong(row.number, column, what, words if len(words) <= 80 else words[:77].rsplit(" ", 1)[0] + " …")


def _said(row: Row, by: str, reason: str) -> Saying | None:
    """What a row says; None where nobody has filled it in. Raises _WrongError."""
    cells = row.cells
    keys = [each for part in cells["agencies"].split(";") if (each := part.strip())]
    if cells["mark"] != mark(cells["finding"], fingerprint(cells["text"]), keys):
        raise _WrongError(("mark", _NOT_AS_WRITTEN))
    if formulas := [name for name in TO_FILL_IN if name in row.formulas]:
        raise _WrongError(*((name, "This is a formula. Write what it comes to.") for name in formulas))
    if not cells["right"] and not cells["right_agencies"]:
        return None
    report = cells["finding"].rpartition("-")[0]
    said = Saying(report, "agencies", cells["finding"], seen=APART.join(keys), unspoken=True)
    told: dict[str, Any] = {"by": _line(cells, "who", "by") or by, "reason": _line(cells, "why", "reason") or reason}
    if not told["by"]:
        raise _WrongError(("who", "Nobody is named. Write who says so, or name them for all rows with --by."))
    return replace(said, **told, **_answer(cells, keys))


def _line(cells: dict[str, str], column: str, field: str) -> str:
    try:
        return one_line(field, cells[column])
    except UsageError:
        raise _WrongError((column, f"This has more than {LONGEST.get(field, 200):,} letters.")) from None


def _answer(cells: dict[str, str], keys: Sequence[str]) -> dict[str, Any]:
    """Whether the agencies are right, or those that are. Raises _WrongError."""
    right, given = cells["right"].casefold(), cells["right_agencies"]
    if right and right not in (*_YES, *_NO):
        raise _WrongError(("right", f"This is yes or no, not {cells['right'][:40]!r}."))
    if not given:
        if right in _NO:
            raise _WrongError(("right_agencies", "Say which agencies are right, or none."))
        return {"confirm": True}
    try:
        new = several(given)
    except UsageError as error:
        raise _WrongError(("right_agencies", str(error))) from None
    same = set(new) == set(keys)
    if same and right in _NO:
        raise _WrongError(("right_agencies", "The row says no, and these are the agencies that it is about."))
    if not same and right in _YES:
        raise _WrongError(("right_agencies", "The row says yes, and these are other agencies. Leave one of them out."))
    return {"confirm": True} if same else {"new": new}


def several(given: str) -> list[str]:
    """The agencies (keys) that people name in one cell, by keys or titles, with ; or , between them; a title may have
    commas itself. Raises UsageError."""
    if given.casefold() == NOBODY:
        return []
    found: list[str] = []
    for part in filter(None, map(str.strip, given.split(";"))):
        names = [each.strip() for each in part.split(",")]
        while names:
            # The longest that is one, or else the first alone, which is refused with all that there is.
            ends = [end for end in range(len(names), 1, -1) if _known(", ".join(names[:end]))]
            end = ends[0] if ends else 1
            found += filter(None, [checked("agencies", ", ".join(names[:end]), of_statement=True)])
            names = names[end:]
    return sorted(set(found))


def _known(name: str) -> bool:
    try:
        return bool(checked("agencies", name, of_statement=True))
    except UsageError:
        return False


def _once(answers: Sequence[_Answer], wrong: list[Wrong]) -> list[_Answer]:
    """The answers on whose statement no other row speaks. The others are added to what is known to be wrong."""
    every = Counter(one.said.finding for one in answers)
    for one in answers:
        if (rows := every[one.said.finding]) > 1:
            wrong.append(_wrong(one.row, "finding", f"{rows} rows are on this statement. Leave one of them."))
    return [one for one in answers if every[one.said.finding] == 1]


def _of_what_stands(record: Record, answers: Sequence[_Answer], wrong: list[Wrong]) -> Iterator[_Answer]:
    """The answers, each with the id that its statement has now: a report may have been read again since, and what is
    corrected is known by its words. What is wrong with the others is added to what is known to be."""
    steps = Steps().step("said", "SELECT id, text FROM findings WHERE list_contains($ids, id)")
    ids = [one.said.finding for one in answers]
    stands = {row["id"]: fingerprint(row["text"]) for row in record.ask(steps, ids=ids).rows}
    for one in answers:
        key = fingerprint(one.row.cells["text"])
        if stands.get(str(one.said.finding)) == key:
            yield one
            continue
        try:
            yield replace(one, said=replace(one.said, finding=_found(record, one.said, key)))
        except JoinedupError as error:
            wrong.append(one.wrong(error))


def _found(record: Record, said: Saying, key: str) -> str:
    """The id that a statement has whose report has been read again, or whose words somebody has corrected."""
    alike = [one.id for one in with_words(record, report_named(record, said.report), key)]
    if len(alike) == 1 or said.finding in alike:
        return said.finding if said.finding in alike else alike[0]
    if alike:
        raise UsageError(f"The report was read again, and {len(alike)} of its statements have these words now.")
    raise UsageError("The words of this statement have changed since: the report was read again, and has none like it.")
