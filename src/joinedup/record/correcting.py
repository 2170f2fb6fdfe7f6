"""Correcting what was read: one more row that says what is right, who says so and why.

Nothing is overwritten. A correction is added as any file is: it counts as a whole or not at all, the record can still
be read as it stood before, and a later correction of the same thing replaces it without removing it. One that gives
what was read takes the earlier one back: the thing stands again as it is read, whatever a later reader makes of it.
Whoever has looked and found right what was read can say so, too: then it is a person's word and doubtful no longer.
Whatever could not be applied is refused before anything is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.errors import NotFoundError, UsageError
from joinedup.record.adding import Addition, add_held, ensure
from joinedup.record.applying import APART
from joinedup.record.correctable import DAYS, LISTS, check_days, check_field, checked, one_line, title_of, value_titles
from joinedup.record.corrected import Correction, corrections
from joinedup.record.location import locate
from joinedup.record.lock import writing
from joinedup.record.naming import NothingToCorrectError, known_by, report_named, statement
from joinedup.record.opening import open_as_read, open_record
from joinedup.record.same import check_pair
from joinedup.record.schema import CORRECTION, CORRECTIONS, GRADE, POLARITY_BY_KIND, SAME, SPOKEN, WITHDRAWN
from joinedup.record.steps import Steps
from joinedup.record.store import table_batches

if TYPE_CHECKING:
    from joinedup.record.gate import Record

NOT_SAID = "\0"
"""In place of what was seen: nobody looked."""

Telling = Callable[["Record"], str]
"""What the program tells of two statements, asked of the record as it stands when somebody says otherwise."""


class ChangedMeanwhileError(UsageError):
    """What stands is no longer what whoever corrects has seen. `stands` is that; `latest` the correction that made it
    so, None where the report was read again."""

    def __init__(self, field: str, stands: str | None, latest: Correction | None) -> None:
        did = "confirmed" if latest and latest.confirmed else "corrected"
        who = f"{latest.corrected_by} has {did}" if latest else "a newer reading has changed"
        super().__init__(f"Meanwhile {who} “{title_of(field)}”: it is now {value_titles(field, stands)}.")
        self.stands = stands
        self.latest = latest


class SaidAlreadyError(UsageError):
    """What somebody says stands already: there is nothing to keep."""


class NothingCountsError(UsageError):
    """Of several things that count all or not at all, some do not. `refused` says why, in their order; None of those
    that would have counted, or stand already."""

    def __init__(self, refused: Sequence[Refusal | None]) -> None:
        super().__init__("Not all of it can be kept, and so nothing was.")
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of one thing in one report.

    report: the report's sha256, or at least its first 12 letters.
    field: of a statement (with `finding`, as `statement` takes it) one of FIELDS, or a later statement as
        `same.field_of` names it; of the report one of its columns (`applying.REPORT_FIELDS`), or "grade:" and a
        judgement's key.
    new: what is right; None or nothing where there is none. Agencies and themes: all that are right. What was read
        takes the earlier correction back.
    withdraw: take the earlier correction back, whatever was read; `new` is left out.
    confirm: what was read is right; `new` is left out. Of LISTS and of what is on the same thing alone, which a model
        tells with more or less doubt.
    seen: what stood when whoever corrects looked at it; left out, whatever stands is replaced.
    told: of a later statement, tells whether the program has it on the same thing ("yes" or "no") in a record, which
        does not know that itself (`joinedup.analysis.asked_again_saying` does).
    unspoken: nobody had said what is right of it when whoever corrects looked at it: then it is refused where somebody
        has since, unless it is the same.
    by, reason: who says so, and why, where it is not as of all that is said with it.
    """

    report: str
    field: str
    finding: str | None = None
    new: str | Sequence[str] | None = None
    withdraw: bool = False
    confirm: bool = False
    seen: str | None = NOT_SAID
    told: Telling | None = None
    unspoken: bool = False
    by: str = ""
    reason: str = ""


Refusal = UsageError | NotFoundError
"""Why something that was said does not count."""


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
    confirm: bool = False,
    seen: str | None = NOT_SAID,
    told: Telling | None = None,
    now: dt.datetime | None = None,
) -> Correction:
    """Say what is right of one thing in one report, and have it count from now on.

    Args:
        location: the record, as `open_record` takes it.
        report, field, new, finding, withdraw, confirm, seen, told: as of a `Saying`.
        by, reason: who says so, and why.
        now: the moment; by default the clock's.

    Raises:
        NothingToCorrectError: the record holds no such report, statement or judgement.
        ChangedMeanwhileError: what stands is not what was seen.
        UsageError: the field cannot be corrected, the value is none it can have, is what stands already, is a
            polarity that is not what the statement's list says, or is a day that cannot be; two statements cannot be
            on the same thing; there is nothing to take back or to confirm; or the statement's id has come to name
            another.
        RecordError: the record cannot be written.
    """
    said = Saying(report, field, finding, new, withdraw, confirm, seen, told)
    (made,) = correct_each(location, [said], by=by, reason=reason, now=now)
    if not isinstance(made, Correction):
        raise made
    return made


def correct_each(
    location: str | Path | None,
    said: Sequence[Saying],
    *,
    by: str = "",
    reason: str = "",
    together: bool = False,
    keep: bool = True,
    now: dt.datetime | None = None,
) -> list[Correction | Refusal]:
    """Say what is right of several things, each for itself: what is refused keeps none of the others from counting.
    Or `together`: then all of it counts, but for what stands already, or nothing does.

    Returns, in the order of `said`, what was made of each or why it does not count. All that count do so at once; with
    `keep` False nothing is kept, and it is what would have been made.
    Raises UsageError without a name or a reason, RecordError where the record cannot be written, and NothingCountsError
    where what is said together is refused in part: nothing counts then.
    """
    by, reason = one_line("by", by), one_line("reason", reason)
    said = [
        replace(one, by=one_line("by", one.by) or by, reason=one_line("reason", one.reason) or reason) for one in said
    ]
    if not (by and reason) and not (said and all(one.by and one.reason for one in said)):
        raise UsageError("A correction says who makes it and why.")
    moment = now or dt.datetime.now(dt.UTC)
    place = locate(location)

    def thought(record: Record) -> list[Correction | Refusal]:
        as_read = open_as_read(location)
        every = _each_of_its_own([_thought(record, as_read, one, moment) for one in said])
        if together:
            _check_together(every)
        return every

    first = open_record(location)
    meant = thought(first)
    if not keep or not any(isinstance(one, Correction) for one in meant):
        return meant  # what is refused makes no record where there was none
    ensure(place)
    with writing(place):
        # Somebody else may have corrected it while we waited.
        stands_now = open_record(location)
        again = meant if stands_now.snapshot == first.snapshot else thought(stands_now)
        made = [_same(one, *pair) for one, *pair in zip(said, meant, again, strict=True)]
        if together:
            _check_together(made)
        add_held(place, [_addition(one) for one in made if isinstance(one, Correction)], moment)
    stand = {one.id: one for one in corrections(open_record(location))}
    return [stand[one.id] if isinstance(one, Correction) else one for one in made]


def _check_together(made: Sequence[Correction | Refusal]) -> None:
    """Raise NothingCountsError where something of it neither counts nor stands already."""
    refused = [None if isinstance(one, Correction | SaidAlreadyError) else one for one in made]
    if any(refused):
        raise NothingCountsError(refused)


def _each_of_its_own(made: Sequence[Correction | Refusal]) -> list[Correction | Refusal]:
    """The same, but one is refused that says something else of what an earlier one is of already: to a correction
    two statements with the same words on one page are one, and the later would replace the earlier unseen."""
    first: dict[tuple[str, int | None, str | None, str], str | None] = {}
    return [
        one
        if not isinstance(one, Correction) or first.setdefault(one.of, one.new) == one.new
        else UsageError("The report has these words twice on this page, and what is said of one is said of both.")
        for one in made
    ]


def _thought(record: Record, as_read: Record, said: Saying, moment: dt.datetime) -> Correction | Refusal:
    """The correction that something said comes to, or why it comes to none."""
    try:
        of = _target(record, report_named(record, said.report), said)
        _check_seen(said, of)
        old = _stands(as_read, of)
        if said.withdraw:
            _check_corrected(of)
        elif of.id and of.field.startswith(SAME):
            check_pair(record, of.id, of.field)
        if said.confirm:
            _check_read(of)
        right = old if said.withdraw or said.confirm else _right(record, of, said.new, old, moment.date())
    except (UsageError, NotFoundError) as error:
        return error
    told = (of.report, of.page, of.words, of.field, old, right, said.by, moment, said.reason)
    return Correction(secrets.token_hex(8), *told, confirmed=said.confirm)


def _same(said: Saying, meant: Correction | Refusal, made: Correction | Refusal) -> Correction | Refusal:
    """What is made of something said, if it is still of the statement that was meant."""
    if isinstance(meant, Correction) and isinstance(made, Correction) and made.words != meant.words:
        return UsageError(
            f"Meanwhile the report was read again, and {said.finding} names another statement now: nothing was "
            "corrected. Look which of them you mean."
        )
    return made if isinstance(meant, Correction) else meant


_WORKED_OUT = ("statements", "later", "standing", "load")


def _addition(made: Correction) -> Addition:
    row = {name: getattr(made, name) for name in CORRECTIONS.names if name not in _WORKED_OUT}
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


@dataclass(frozen=True, slots=True)
class _Target:
    """What is corrected. `page` and `words` (their hash as read) are None for a field of the report; `stands` is its
    value now, `before` the latest correction of it. `id`: of the statement. `told`: what the program tells."""

    report: str
    field: str
    id: str | None
    page: int | None
    words: str | None
    stands: str | None
    before: Correction | None
    told: str | None


def _target(record: Record, sha256: str, said: Saying) -> _Target:
    field, finding = said.field, said.finding
    check_field(field, of_statement=finding is not None)
    of = statement(record, sha256, finding).id if finding is not None else None
    page, words = known_by(record, sha256, of) if of else (None, None)
    alike = [one for one in corrections(record, report=sha256) if one.of == (sha256, page, words, field)]
    before = next((one for one in alike if one.standing != "replaced"), None)
    target = _Target(sha256, field, of, page, words, None, before, said.told(record) if said.told else None)
    if field.startswith(SAME) and before is not None and before.standing in SPOKEN:
        return replace(target, stands=before.new)
    return replace(target, stands=_stands(record, target))


def _stands(record: Record, of: _Target) -> str | None:
    """What stands there in a record; of a later statement, what the program tells of it."""
    if of.field.startswith(SAME):
        if of.told is None:
            raise UsageError("What is on the same thing is said with joinedup.analysis.asked_again_saying.say_same.")
        return of.told
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


def _check_seen(said: Saying, of: _Target) -> None:
    """Raise ChangedMeanwhileError where what stands is not what whoever corrects has seen, or is somebody's word since;
    SaidAlreadyError where that is what they say, too."""
    changed = said.seen is not NOT_SAID and not _alike(said.seen, of.stands)
    spoken = said.unspoken and of.before is not None and of.before.standing in SPOKEN
    if said.unspoken and (changed or spoken):
        value = said.seen if said.confirm else checked(of.field, said.new, of_statement=of.id is not None)
        if _alike(value, of.stands):
            raise SaidAlreadyError(f"“{title_of(of.field)}” is that already: nothing was corrected.")
    if changed or spoken:
        raise ChangedMeanwhileError(of.field, of.stands, of.before)


def _check_corrected(of: _Target) -> None:
    """Raise UsageError where nothing was corrected that could be taken back."""
    if of.before is None or of.before.standing == WITHDRAWN:
        raise UsageError(f"Nobody has corrected “{title_of(of.field)}”: there is nothing to take back.")


def _check_read(of: _Target) -> None:
    """Raise UsageError where there is nothing to confirm: no model tells it, or what stands is a person's word."""
    if of.field not in LISTS and not of.field.startswith(SAME):
        can = " and ".join(f"“{title_of(each)}”" for each in (*LISTS, SAME))
        raise UsageError(
            f"“{title_of(of.field)}” cannot be confirmed, but {can} can: "
            "these are told by a model that may be in doubt."
        )
    if of.before is not None and of.before.standing in SPOKEN:
        raise SaidAlreadyError(
            f"{of.before.corrected_by} has said already what is right of “{title_of(of.field)}”: there is nothing to "
            "confirm."
        )


def _right(
    record: Record, of: _Target, new: str | Sequence[str] | None, read: str | None, today: dt.date
) -> str | None:
    """What is right, checked; `read` where it is that. Raises UsageError."""
    row = _row(record, of.report)
    value = checked(of.field, new, of_statement=of.id is not None, on=row["published"] or row["start_date"])
    if of.id is not None and of.field == "polarity":
        _check_list(record, of.id, value)
    if _alike(value, of.stands):
        raise SaidAlreadyError(f"“{title_of(of.field)}” is that already: nothing was corrected.")
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
