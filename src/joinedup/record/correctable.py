"""What can be corrected of a statement or of a report, what each thing is called, and what it can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from joinedup.areas import agencies, areas, find_area
from joinedup.attribution import themes
from joinedup.errors import NotFoundError, UsageError
from joinedup.frameworks import families, frameworks
from joinedup.record.applying import APART, REPORT_FIELDS, STATEMENT_FIELDS
from joinedup.record.choices import KIND_TITLES, POLARITY_TITLES, key_of
from joinedup.record.same import check_form
from joinedup.record.schema import GRADE, SAME

_ONE_OF = {"agencies": "agency", "themes": "theme"}
LISTS = tuple(_ONE_OF)
"""What a statement has several of."""

FIELDS = (*STATEMENT_FIELDS, *LISTS)
"""What can be corrected of a statement."""

TITLES = {
    "kind": "Kind", "polarity": "Praise or concern", "agencies": "Held responsible", "themes": "About",
    "section": "Heading", "text": "Words", "area": "Area", "framework": "Framework", "visit": "Visit",
    "start_date": "First day on site", "end_date": "Last day on site", "published": "Published",
    "lead_inspector": "Lead inspector", "theme": "Theme", "principal_authority": "Who writes the statement",
    "statement_due": "Statement due", "outcome": "Outcome",
    SAME: "On the same thing",
}  # fmt: skip
"""What each field is called wherever people read it; of a grade, see `title_of`."""

LONGEST = {"text": 5000, "reason": 1000, "section": 1000}
"""Letters at most (a section is several headings); of everything else 200."""

_TITLED = {"kind": KIND_TITLES, "polarity": POLARITY_TITLES}
_PLAIN = {
    "visit": ("standard", "short", "focused", "monitoring", "reinspection"),
    "outcome": ("positive", "inconsistent", "systemic"),
    GRADE: ("outstanding", "good", "requires_improvement", "inadequate"),
    SAME: ("yes", "no"),
}
"""The keys of what is called by its key here."""

IN_ORDER = ("start_date", "end_date", "published")
"""The fields whose days follow one another, or are the same day."""

DAYS = (*IN_ORDER, "statement_due")
"""The fields that hold a day."""

_NONE = {"agencies": "no agency", "themes": "no theme", **dict.fromkeys(DAYS, "no date")}
"""What is said of a field that has no value; of any other none."""

NEVER_EMPTY = ("kind", "text")
"""What every statement has."""

DUE_WITHIN = dt.timedelta(days=366)
"""How far ahead the day may lie by which a statement is due: the rule gives 70 working days (SI 2015/1792)."""


def title_of(field: str) -> str:
    """What a field is called; of a grade, with its judgement's key."""
    return TITLES.get(_sort(field)) or (f"Grade: {field.removeprefix(GRADE)}" if field.startswith(GRADE) else field)


def none_of(field: str) -> str:
    """What is said of a field that has no value, of a grade as of any other."""
    return "no grade" if field.startswith(GRADE) else _NONE.get(field, "none")


def value_titles(field: str, value: str | None) -> str:
    """A value in words: what has a title by that, everything else as it is kept; several apart by semicolons, because a
    title may have commas in it."""
    if value is None:
        return none_of(field)
    titles = _titles(field)
    return APART.join(titles.get(key, key) for key in (value.split(APART) if field in LISTS else [value]))


def choices(field: str) -> tuple[str, ...]:
    """The keys that a field can have, or each of the several that it has; none where it can have any words."""
    return tuple(_titles(field))


def _titles(field: str) -> Mapping[str, str]:
    """What each of the keys is called that a field can have; none where it can have any words."""
    if field in LISTS:
        return {one.key: one.title for one in (agencies() if field == "agencies" else themes())}
    if field == "framework":
        return {family: family for family in families()}
    return _TITLED.get(field) or {key: key for key in _PLAIN.get(_sort(field), ())}


def _sort(field: str) -> str:
    """A field without the judgement or the later statement that it is of."""
    return next((sort for sort in (GRADE, SAME) if field.startswith(sort)), field)


def checked(
    field: str, new: str | Sequence[str] | None, *, of_statement: bool, on: dt.date | None = None
) -> str | None:
    """The value as it is stored. Days are looked at by themselves, see `check_days`.

    `on`: the report's day, for the name of an area that others have borne too. Raises UsageError.
    """
    check_field(field, of_statement=of_statement)
    if field in LISTS:
        return _list(field, [new] if isinstance(new, str) else list(new or ()))
    value = one_line(field, new if isinstance(new, str) else "") or None
    if value is None:
        if field in NEVER_EMPTY:
            raise UsageError(f"“{title_of(field)}” cannot be left empty: every statement has it.")
        if field.startswith(SAME):
            raise UsageError(f"“{title_of(field)}” is {' or '.join(choices(field))}.")
        return None
    if titles := _titles(field):
        return key_of(_sort(field).rstrip(":"), value, titles)
    if field in DAYS:
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise UsageError(f"“{title_of(field)}” is a day like 2026-01-31, not {value!r}.") from None
    return _area(value, on) if field == "area" else value


def check_field(field: str, *, of_statement: bool) -> None:
    """Raise UsageError where it is nothing that can be corrected of a statement, or of a report."""
    if field.startswith(SAME):
        check_form(field)
        if of_statement:
            return
    possible = FIELDS if of_statement else (*REPORT_FIELDS, f"{GRADE}KEY")
    if field not in possible and (of_statement or not field.startswith(GRADE)):
        if field in FIELDS or field.startswith(SAME):
            raise UsageError(f"{field!r} is corrected of a statement: name it by its id or by some of its words.")
        if field in REPORT_FIELDS or field.startswith(GRADE):
            raise UsageError(f"{field!r} is corrected of the report itself: name no statement.")
        of = "a statement" if of_statement else "a report"
        raise UsageError(f"There is no {field!r} of {of} to be corrected; there is: {', '.join(possible)}.")


def check_days(field: str, day: dt.date, stand: Mapping[str, dt.date | None], today: dt.date) -> None:
    """Raise UsageError where a day of a report cannot be: before there were inspections of this kind, still to come,
    or out of order with the report's other days (`stand`, by their fields)."""
    first = min(each.valid_from for each in frameworks() if each.valid_from)
    last = today + DUE_WITHIN if field == "statement_due" else today
    if day < first:
        raise UsageError(
            f"“{title_of(field)}” cannot be {_told(day)}: the first of these inspections began on {_told(first)}."
        )
    if day > last:
        what = "more than a year from now" if field == "statement_due" else "still to come"
        raise UsageError(f"“{title_of(field)}” cannot be {_told(day)}: that day is {what}.")
    place = DAYS.index(field)
    for number, other in enumerate(IN_ORDER if field in IN_ORDER else ()):
        stands = stand.get(other) or day
        if (number < place and stands > day) or (number > place and stands < day):
            raise UsageError(
                f"“{title_of(field)}” cannot be {_told(day)}, {'before' if number < place else 'after'} "
                f"“{title_of(other)}”, {_told(stands)}. If that day is wrong too, correct it first."
            )


def one_line(field: str, given: str) -> str:
    """A value on one line, spaces joined. Raises UsageError where it is longer than anyone needs."""
    text = " ".join("".join(each if each.isprintable() else " " for each in given).split())
    if len(text) > LONGEST.get(field, 200):
        raise UsageError(f"“{title_of(field)}” has more than {LONGEST.get(field, 200):,} letters.")
    return text


def _list(field: str, given: Sequence[str]) -> str | None:
    values = sorted({one_line(field, part) for each in given for part in each.split(";")} - {""})
    titles = _titles(field)
    return APART.join(sorted({key_of(_ONE_OF[field], each, titles) for each in values})) or None


def _area(given: str, on: dt.date | None) -> str:
    """The slug of the area that a slug, code or name means; names of the report's day go first."""
    if any(given == each.slug for each in areas(fictional=True)):
        return given
    try:
        return find_area(given, on).slug
    except NotFoundError as error:
        raise UsageError(f"“{title_of('area')}”: {error}") from None


def _told(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
