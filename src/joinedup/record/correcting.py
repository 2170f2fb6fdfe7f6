"""Correcting what was read: one more row that says what is right, who says so and why.

Nothing is overwritten. A correction is added as any file is: it counts as a whole or not at all, the record can still
be read as it stood before, and a later correction of the same thing replaces it without removing it. One that gives
what was read takes the earlier one back: the thing stands again as it is read, whatever a later reader makes of it.
Whatever could not be applied is refused before anything is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.errors import NotFoundError, UsageError
from joinedup.record.adding import Addition, add_held, ensure
from joinedup.record.applying import APART, GRADE
from joinedup.record.correctable import DAYS, LISTS, check_days, check_field, checked, one_line, title_of, value_titles
from joinedup.record.location import locate
from joinedup.record.lock import writing
from joinedup.record.opening import open_as_read, open_record
from joinedup.record.schema import CORRECTION, CORRECTIONS, POLARITY_BY_KIND, WITHDRAWN
from joinedup.record.steps import Steps
from joinedup.record.store import table_batches

if TYPE_CHECKING:
    from joinedup.record.gate import Record

_SIGNS = re.compile(r"[^A-Za-z0-9]+")
_ID = re.compile(r"([0-9a-f]{12,64})-([0-9]{4,})")
_KEY = re.compile(r"[0-9a-f]{16}")


NOT_SAID = "\0"
"""In place of what was seen: nobody looked."""


class NothingToCorrectError(NotFoundError):
    """The record holds no such report, statement or judgement."""


class ChangedMeanwhileError(UsageError):
    """What stands is no longer what whoever corrects has seen. `stands` is that; `latest` the correction that made it
    so, None where the report was read again."""

    def __init__(self, field: str, stands: str | None, latest: Correction | None) -> None:
        who = f"{latest.corrected_by} has corrected" if latest else "a newer reading has changed"
        super().__init__(f"Meanwhile {who} “{title_of(field)}”: it is now {value_titles(field, stands)}.")
        self.stands = stands
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement as it stands: its id, its page, its number as printed and its words."""

    id: str
    page: int
    number: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, as the table `corrections` has it."""

    id: str
    report: str
    page: int | None
    words: str | None
    field: str
    old: str | None
    new: str | None
    corrected_by: str
    corrected_at: dt.datetime
    reason: str
    statements: tuple[str, ...] = ()
    standing: str = "standing"

    def to_json(self) -> dict[str, Any]:
        """Plain values; the moment as ISO text in UTC."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {
            "corrected_at": self.corrected_at.isoformat(timespec="seconds") + "Z",
            "statements": list(self.statements),
        }


def fingerprint(text: str) -> str:
    """What a statement is known by: a hash of its letters and digits, whatever the spaces, signs and case."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).lower()


def corrections(record: Record, *, report: str | None = None) -> tuple[Correction, ...]:
    """Every correction, oldest first, replaced and lost ones included; `report` restricts to one (its sha256)."""
    steps = Steps().step(
        "given", "SELECT * FROM corrections WHERE $report IS NULL OR report = $report ORDER BY corrected_at, id"
    )
    rows = record.ask(steps, report=report).rows
    return tuple(
        Correction(
            **{**{name: row[name] for name in Correction.__slots__}, "statements": tuple(row["statements"] or ())}
        )
        for row in rows
    )


def by_statement(given: Iterable[Correction]) -> dict[str, list[Correction]]:
    """The corrections that stand, by the id of each statement that they are of."""
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in given:
        for statement in one.statements if one.standing == "standing" else ():
            found[statement].append(one)
    return dict(found)


def find_statement(record: Record, report: str, words: str) -> str:
    """The id of the one statement of a report (its sha256 or the beginning of it) that holds some words.

    Spaces, signs and case do not matter. Raises NothingToCorrectError where none holds them, UsageError where several
    do.
    """
    sought = _plain(words)
    if not sought:
        raise UsageError("Give some words of the statement.")
    steps = Steps().step("said", "SELECT id, page, text FROM findings WHERE report = $report ORDER BY ordinal")
    rows = record.ask(steps, report=_report(record, report)).rows
    found = [row for row in rows if sought in _plain(row["text"])]
    if not found:
        raise NothingToCorrectError("No statement of the report holds these words.")
    if len(found) > 1:
        exact = [row for row in found if _plain(row["text"]) == sought]
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
    sha256 = _report(record, report)
    steps = Steps().step("said", "SELECT id, page, number, text FROM findings WHERE report = $report ORDER BY ordinal")
    every = [Stated(**row) for row in record.ask(steps, report=sha256).rows]
    if named := _ID.fullmatch(finding):
        found = [one for one in every if sha256.startswith(named[1]) and one.id == f"{sha256}-{named[2]}"]
    elif _KEY.fullmatch(finding):
        read = {each for one in corrections(record, report=sha256) if one.words == finding for each in one.statements}
        found = [one for one in every if fingerprint(one.text) == finding or one.id in read]
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


def correct(
    location: str | Path | None = None,
    *,
    report: str,
    field: str,
    new: str | Sequence[str] | None = None,
    by: str,
    reason: str,
    finding: str | None = None,
    withdraw: bool = False,
    seen: str | None = NOT_SAID,
    now: dt.datetime | None = None,
) -> Correction:
    """Say what is right of one thing in one report, and have it count from now on.

    Args:
        location: the record, as `open_record` takes it.
        report: the report's sha256, or at least its first 12 letters.
        field: of a statement (with `finding`, as `statement` takes it) one of FIELDS; of the report one of its columns
            (`applying.REPORT_FIELDS`), or "grade:" and a judgement's key.
        new: what is right; None or nothing where there is none. Agencies and themes: all that are right. What was
            read takes the earlier correction back.
        by, reason: who says so, and why.
        withdraw: take the earlier correction back, whatever was read; `new` is left out.
        seen: what stood when whoever corrects looked at it; left out, whatever stands is replaced.
        now: the moment; by default the clock's.

    Raises:
        NothingToCorrectError: the record holds no such report, statement or judgement.
        ChangedMeanwhileError: what stands is not what was seen.
        UsageError: the field cannot be corrected, the value is none it can have, is what stands already, is a
            polarity that is not what the statement's list says, or is a day that cannot be; or there is nothing to
            take back.
        RecordError: the record cannot be written.
    """
    by, reason = one_line("by", by), one_line("reason", reason)
    if not by or not reason:
        raise UsageError("A correction says who makes it and why.")
    moment = now or dt.datetime.now(dt.UTC)
    place = locate(location)

    def thought() -> Correction:
        record = open_record(location)
        of = _target(record, _report(record, report), field, finding)
        if seen is not NOT_SAID and not _alike(seen, of.stands):
            raise ChangedMeanwhileError(field, of.stands, of.before)
        old = _stands(open_as_read(location), of)
        if withdraw:
            _check_corrected(of)
        right = old if withdraw else _right(record, of, new, old, moment.date())
        return Correction(secrets.token_hex(8), of.report, of.page, of.words, field, old, right, by, moment, reason)

    thought()  # what is refused makes no record where there was none
    ensure(place)
    with writing(place):
        made = thought()  # somebody else may have corrected it while we waited
        add_held(place, [_addition(made)], moment)
    return next(one for one in corrections(open_record(location), report=made.report) if one.id == made.id)


def replaced(record: Record, made: Correction) -> Correction | None:
    """The correction whose place one has taken, whether it stood or was taken back; None where it is the first."""
    alike = [one for one in corrections(record, report=made.report) if _of(one) == _of(made)]
    place = next(number for number, one in enumerate(alike) if one.id == made.id)
    return alike[place - 1] if place else None


def _addition(made: Correction) -> Addition:
    row = {name: getattr(made, name) for name in CORRECTIONS.names if name not in ("statements", "standing", "load")}
    return Addition(
        file=Path(CORRECTION),  # there is none; loads are given out, and who made a correction is not
        sha256=hashlib.sha256(f"{CORRECTION} {made.id}".encode()).hexdigest(),
        kind=CORRECTION,
        version="1",
        tables=(CORRECTIONS.name,),
        count=1,
        rows=lambda load: {CORRECTIONS.name: table_batches(CORRECTIONS, [{**row, "load": load}])},
        reaches=lambda: None,
        title=f"{made.field} of {made.report[:12]}" + (f", page {made.page}" if made.page else ""),
    )


def _report(record: Record, given: str) -> str:
    sought = given.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{12,64}", sought):
        raise UsageError("A report is named by its SHA-256, or at least the first 12 letters of it.")
    steps = Steps().step("named", "SELECT sha256 FROM reports WHERE starts_with(sha256, $sought)")
    found = [row["sha256"] for row in record.ask(steps, sought=sought).rows]
    if len(found) != 1:
        what = "several reports that begin" if found else "no report that begins"
        raise NothingToCorrectError(f"The record holds {what} with {sought}.")
    return str(found[0])


@dataclass(frozen=True, slots=True)
class _Target:
    """What is corrected. `page` and `words` (their hash as read) are None for a field of the report; `stands` is its
    value now, `before` the latest correction of it. `id`: of the statement."""

    report: str
    field: str
    id: str | None
    page: int | None
    words: str | None
    stands: str | None
    before: Correction | None


def _target(record: Record, sha256: str, field: str, finding: str | None) -> _Target:
    check_field(field, of_statement=finding is not None)
    of = statement(record, sha256, finding).id if finding is not None else None
    page, words = _known_by(record, sha256, of) if of else (None, None)
    alike = [one for one in corrections(record, report=sha256) if _of(one) == (sha256, page, words, field)]
    before = next((one for one in alike if one.standing != "replaced"), None)
    target = _Target(sha256, field, of, page, words, None, before)
    return replace(target, stands=_stands(record, target))


def _of(one: Correction) -> tuple[str, int | None, str | None, str]:
    """What a correction is of: a later one of the same replaces it."""
    return one.report, one.page, one.words, one.field


def _stands(record: Record, of: _Target) -> str | None:
    """What stands there in a record."""
    if of.field in LISTS:
        table, name = ("responsibilities", "agency") if of.field == "agencies" else ("themes", "theme")
        held = Steps().step("held", f"SELECT {name} AS each FROM {table} WHERE finding = $id ORDER BY {name}")  # noqa: S608
        return APART.join(row["each"] for row in record.ask(held, id=of.id).rows) or None
    if of.field.startswith(GRADE):
        steps = Steps().step("judged", "SELECT key, grade FROM judgements WHERE report = $report")
        grades = {row["key"]: row["grade"] for row in record.ask(steps, report=of.report).rows}
        key = of.field.removeprefix(GRADE)
        if key not in grades:
            raise NothingToCorrectError(
                f"The report has no judgement {key!r}. It has: {', '.join(sorted(grades)) or 'none'}."
            )
        grade: str | None = grades[key]
        return grade
    stands = (_finding(record, of.id) if of.id else _row(record, of.report))[of.field]
    return stands.isoformat() if isinstance(stands, dt.date) else stands


def _row(record: Record, sha256: str) -> dict[str, Any]:
    (row,) = record.ask(Steps().step("told", "SELECT * FROM reports WHERE sha256 = $report"), report=sha256).rows
    return row


def _finding(record: Record, identity: str) -> dict[str, Any]:
    (row,) = record.ask(Steps().step("said", "SELECT * FROM findings WHERE id = $id"), id=identity).rows
    return row


def _known_by(record: Record, sha256: str, identity: str) -> tuple[int, str]:
    """The page and the words' hash by which corrections know a statement."""
    # A corrected text is not what the next reading will find: the earlier correction knows what was read.
    for one in corrections(record, report=sha256):
        if identity in one.statements and one.words and one.page:
            return one.page, one.words
    row = _finding(record, identity)
    return row["page"], fingerprint(row["text"])


def _check_corrected(of: _Target) -> None:
    """Raise UsageError where nothing was corrected that could be taken back."""
    if of.before is None or of.before.standing == WITHDRAWN:
        raise UsageError(f"Nobody has corrected “{title_of(of.field)}”: there is nothing to take back.")


def _right(
    record: Record, of: _Target, new: str | Sequence[str] | None, read: str | None, today: dt.date
) -> str | None:
    """What is right, checked; `read` where it is that. Raises UsageError."""
    row = _row(record, of.report)
    value = checked(of.field, new, of_statement=of.id is not None, on=row["published"] or row["start_date"])
    if of.id is not None and of.field == "polarity":
        _check_list(record, of.id, value)
    if _alike(value, of.stands):
        raise UsageError(f"“{title_of(of.field)}” is that already: nothing was corrected.")
    if _alike(value, read):
        return read
    if of.field in DAYS and value:
        check_days(of.field, dt.date.fromisoformat(value), {name: row[name] for name in DAYS}, today)
    return value


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two values are the same but for spaces, which forms and reports set as they like."""
    return (one or "").split() == (other or "").split()


def _check_list(record: Record, identity: str, value: str | None) -> None:
    """Raise UsageError where the statement stands in a list that says something else of praise and concern."""
    kind = _finding(record, identity)["kind"]
    if POLARITY_BY_KIND.get(kind, value) != value:
        raise UsageError(
            f"This statement stands in a list ({kind}), and what stands there is what the list says: "
            f"{POLARITY_BY_KIND[kind]}. Correct the kind instead: strength for praise, improvement or priority_action "
            "for a concern, finding for what stands in no list."
        )
