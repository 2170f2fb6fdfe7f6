"""Correcting what was read: one more row that says what is right, who says so and why.

Nothing is overwritten. A correction is added as any file is: it counts as a whole or not at all, the record can still
be read as it stood before, and a later correction of the same thing replaces it without removing it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.areas import Agency, agencies, get_area
from joinedup.attribution import ThemeOfTaxonomy, themes
from joinedup.errors import NotFoundError, UsageError
from joinedup.frameworks import frameworks
from joinedup.record.adding import Addition, add_counted, ensure
from joinedup.record.applying import APART, GRADE, REPORT_FIELDS, STATEMENT_FIELDS
from joinedup.record.location import locate
from joinedup.record.opening import open_record
from joinedup.record.schema import CORRECTION, CORRECTIONS, POLARITY_BY_KIND
from joinedup.record.steps import Steps
from joinedup.record.store import table_batches

if TYPE_CHECKING:
    from joinedup.record.gate import Record

_ONE_OF = {"agencies": "agency", "themes": "theme"}
LISTS = tuple(_ONE_OF)
"""What a statement has several of."""

FIELDS = (*STATEMENT_FIELDS, *LISTS)
"""What can be corrected of a statement."""

LONGEST = {"text": 5000, "reason": 1000}
"""Letters at most; of everything else 200."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("improvement", "priority_action", "strength", "finding"),
    "polarity": ("strength", "weakness", "mixed", "context"),
    "visit": ("standard", "short", "focused", "monitoring", "reinspection"),
    "outcome": ("positive", "inconsistent", "systemic"),
    GRADE: ("outstanding", "good", "requires_improvement", "inadequate"),
}
DAYS = ("start_date", "end_date", "published", "statement_due")
"""The fields that hold a day."""

NEVER_EMPTY = ("kind", "text")
"""What every statement has."""

_SIGNS = re.compile(r"[^A-Za-z0-9]+")


class NothingToCorrectError(NotFoundError):
    """The record holds no such report, statement or judgement."""


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


def choices(field: str) -> tuple[str, ...]:
    """The keys that a field can have, or each of the several that it has; none where it can have any words."""
    if field in LISTS:
        return tuple(one.key for one in _known(field))
    if field == "framework":
        return tuple(dict.fromkeys(each.family for each in frameworks()))
    return _CHOICES.get(GRADE if field.startswith(GRADE) else field, ())


def _known(field: str) -> Sequence[Agency | ThemeOfTaxonomy]:
    return agencies() if field == "agencies" else themes()


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


def correct(
    location: str | Path | None = None,
    *,
    report: str,
    field: str,
    new: str | Sequence[str] | None,
    by: str,
    reason: str,
    finding: str | None = None,
    now: dt.datetime | None = None,
) -> Correction:
    """Say what is right of one thing in one report, and have it count from now on.

    Args:
        location: the record, as `open_record` takes it.
        report: the report's sha256, or at least its first 12 letters.
        field: of a statement (with `finding`, its id or its ordinal) one of FIELDS; of the report one of its columns
            (`applying.REPORT_FIELDS`), or "grade:" and a judgement's key.
        new: what is right; None or nothing where there is none. Agencies and themes: all that are right.
        by, reason: who says so, and why.
        now: the moment; by default the clock's.

    Raises:
        NothingToCorrectError: the record holds no such report, statement or judgement.
        UsageError: the field cannot be corrected, the value is none it can have, is what stands already, or is a
            polarity that is not what the statement's list says.
        RecordError: the record cannot be written.
    """
    by, reason = _line("by", by), _line("reason", reason)
    if not by or not reason:
        raise UsageError("A correction says who makes it and why.")
    record = open_record(location)
    sha256 = _report(record, report)
    value = _value(field, new, of_statement=finding is not None)
    page, words, stands = _target(record, sha256, field, finding)
    if finding is not None and field == "polarity":
        _check_list(record, _identity(sha256, finding), value)
    before = _before(record, sha256, page, words, field)
    if value == stands:
        raise UsageError(f"The {field} is that already: {value or 'nothing'}.")
    moment = now or dt.datetime.now(dt.UTC)
    made = Correction(
        id=secrets.token_hex(8),
        report=sha256,
        page=page,
        words=words,
        field=field,
        old=before.old if before else stands,
        new=value,
        corrected_by=by,
        corrected_at=moment,
        reason=reason,
    )
    place = locate(location)
    ensure(place)
    add_counted(place, [_addition(made)], moment)
    return next(one for one in corrections(open_record(location), report=sha256) if one.id == made.id)


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


def _target(record: Record, sha256: str, field: str, finding: str | None) -> tuple[int | None, str | None, str | None]:
    """The page and the words' hash of what is corrected (both None for a field of the report), and what stands."""
    if finding is not None:
        return _statement(record, sha256, field, finding)
    if field.startswith(GRADE):
        steps = Steps().step("judged", "SELECT key, grade FROM judgements WHERE report = $report")
        grades = {row["key"]: row["grade"] for row in record.ask(steps, report=sha256).rows}
        key = field.removeprefix(GRADE)
        if key not in grades:
            raise NothingToCorrectError(
                f"The report has no judgement {key!r}. It has: {', '.join(sorted(grades)) or 'none'}."
            )
        return None, None, grades[key]
    steps = Steps().step("told", "SELECT * FROM reports WHERE sha256 = $report")
    (row,) = record.ask(steps, report=sha256).rows
    stands = row[field]
    return None, None, stands.isoformat() if isinstance(stands, dt.date) else stands


def _statement(record: Record, sha256: str, field: str, finding: str) -> tuple[int, str, str | None]:
    identity = _identity(sha256, finding)
    steps = Steps().step("said", "SELECT * FROM findings WHERE id = $id AND report = $report")
    rows = record.ask(steps, id=identity, report=sha256).rows
    if not rows:
        raise NothingToCorrectError(f"The report has no statement {finding}.")
    (row,) = rows
    if field in LISTS:
        name = _ONE_OF[field]
        table = "responsibilities" if field == "agencies" else "themes"
        held = Steps().step("held", f"SELECT {name} AS each FROM {table} WHERE finding = $id ORDER BY {name}")  # noqa: S608
        stands = APART.join(each["each"] for each in record.ask(held, id=identity).rows) or None
    else:
        stands = row[field]
    # A corrected text is not what the next reading will find: the earlier correction knows what was read.
    for one in corrections(record, report=sha256):
        if identity in one.statements and one.words and one.page:
            return one.page, one.words, stands
    return row["page"], fingerprint(row["text"]), stands


def _identity(sha256: str, finding: str) -> str:
    return f"{sha256}-{int(finding):04d}" if finding.isdigit() and len(finding) < 6 else finding


def _check_list(record: Record, identity: str, value: str | None) -> None:
    """Raise UsageError where the statement stands in a list that says something else of praise and concern."""
    (row,) = record.ask(Steps().step("listed", "SELECT kind FROM findings WHERE id = $id"), id=identity).rows
    kind = row["kind"]
    if POLARITY_BY_KIND.get(kind, value) != value:
        raise UsageError(
            f"This statement stands in a list ({kind}), and what stands there is what the list says: "
            f"{POLARITY_BY_KIND[kind]}. Correct the kind instead: strength for praise, improvement or priority_action "
            "for a concern, finding for what stands in no list."
        )


def _before(record: Record, sha256: str, page: int | None, words: str | None, field: str) -> Correction | None:
    alike = [
        one for one in corrections(record, report=sha256) if (one.page, one.words, one.field) == (page, words, field)
    ]
    return alike[-1] if alike else None


def _value(field: str, new: str | Sequence[str] | None, *, of_statement: bool) -> str | None:
    """The value as it is stored, checked. Raises UsageError."""
    possible = FIELDS if of_statement else (*REPORT_FIELDS, f"{GRADE}KEY")
    if field not in possible and (of_statement or not field.startswith(GRADE)):
        of = "a statement" if of_statement else "a report"
        raise UsageError(f"The {field} of {of} cannot be corrected; what can be: {', '.join(possible)}.")
    if field in LISTS:
        return _list(field, [new] if isinstance(new, str) else list(new or ()))
    value = _line(field, new if isinstance(new, str) else "") or None
    if value is None:
        if field in NEVER_EMPTY:
            raise UsageError(f"A statement always has a {field}.")
        return None
    keys = choices(field)
    if keys and value not in keys:
        raise UsageError(f"The {field} is one of {', '.join(keys)}, not {value!r}.")
    if field in DAYS:
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise UsageError(f"The {field} is a day like 2026-01-31, not {value!r}.") from None
    return get_area(value).slug if field == "area" else value


def _list(field: str, given: Sequence[str]) -> str | None:
    values = {_line(field, part) for each in given for part in each.split(";")} - {""}
    known = _known(field)
    keys = {name.casefold(): one.key for one in known for name in (one.key, one.title)}
    if unknown := sorted(each for each in values if each.casefold() not in keys):
        there_is = ", ".join(one.key for one in known)
        raise UsageError(f"There is no {_ONE_OF[field]} {unknown[0]!r}. There is: {there_is}.")
    return APART.join(sorted({keys[each.casefold()] for each in values})) or None


def _line(field: str, given: str) -> str:
    """A value on one line, spaces joined. Raises UsageError where it is longer than anyone needs."""
    text = " ".join("".join(each if each.isprintable() else " " for each in given).split())
    if len(text) > LONGEST.get(field, 200):
        raise UsageError(f"The {field} has more than {LONGEST.get(field, 200)} letters.")
    return text
