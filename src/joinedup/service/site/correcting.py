"""What can be corrected of a statement or of a report: what stands, and what each thing can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from joinedup.areas import areas
from joinedup.record.applying import APART, REPORT_FIELDS
from joinedup.record.correctable import DAYS, FIELDS, LISTS, NEVER_EMPTY, TITLES, choices, none_of
from joinedup.record.schema import GRADE, POLARITY_BY_KIND
from joinedup.service.site.area_search import full_name
from joinedup.service.site.report_page import Line, ReportPage
from joinedup.service.site.righted import value_title


@dataclass(frozen=True, slots=True)
class Correctable:
    """One thing that can be corrected. `stands` are its values now, as the record keeps them; none where it has none.

    `asked` says how people are asked for what is right: all that are, one of a few, one of a long list, a day, a line
    or a text. `possible` are the keys and titles to choose from. `told_by` is what it follows from, where it is not
    corrected by itself. `spoken`: somebody has corrected or confirmed it, which can be taken back.
    """

    field: str
    title: str
    stands: tuple[str, ...]
    asked: Literal["several", "one", "listed", "day", "line", "text"]
    possible: tuple[tuple[str, str], ...] = ()
    told_by: str = ""
    spoken: bool = False

    @property
    def seen(self) -> str:
        """What stands as the record keeps it, which a form says that it has shown."""
        return APART.join(sorted(self.stands))

    @property
    def now(self) -> str:
        """What stands, in words."""
        return "; ".join(value_title(self.field, each) for each in self.stands) or none_of(self.field)


def correctable(page: ReportPage, line: Line | None) -> dict[str, Correctable]:
    """Everything that can be corrected of one statement of a report, or of the report itself, by its field."""
    grades = [one for each in page.judgements for one in each.righted]
    spoken = {one.given.field for one in (line.righted if line else (*page.righted, *grades))}
    if line:
        spoken |= line.confirmed
    every = _of_statement(line) if line else _of_report(page)
    return {each.field: replace(each, spoken=each.field in spoken) for each in every}


def _of_statement(line: Line) -> Iterator[Correctable]:
    said = line.said
    yield _thing("agencies", tuple(each.key for each in said.agencies))
    yield _thing("themes", tuple(each.key for each in said.themes))
    for field in FIELDS:
        if field not in LISTS:
            thing = _thing(field, _one(getattr(said, field)))
            listed = field == "polarity" and said.kind in POLARITY_BY_KIND
            yield replace(thing, told_by=TITLES["kind"]) if listed else thing


def _of_report(page: ReportPage) -> Iterator[Correctable]:
    for each in page.judgements:
        yield _thing(f"{GRADE}{each.read.key}", _one(each.read.grade), f"Grade: {each.read.title}")
    whole, about = page.whole, page.whole.about
    elsewhere = {"start_date": about.start, "end_date": about.end}
    for field in REPORT_FIELDS:
        value = elsewhere[field] if field in elsewhere else getattr(about if hasattr(about, field) else whole, field)
        yield _thing(field, _one(value))


def _one(value: Any) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _thing(field: str, stands: tuple[str, ...], title: str = "") -> Correctable:
    title = title or TITLES[field]
    if field == "area":
        # What stands must be among them, or the list would begin with nothing and be sent so.
        every = [each for each in areas(fictional=True) if not each.fictional or each.slug in stands]
        named = sorted(((each.slug, full_name(each)) for each in every), key=lambda one: one[1])
        return Correctable(field, title, stands, "listed", (_nothing(field), *named))
    if keys := choices(field):
        possible = tuple((key, value_title(field, key)) for key in keys)
        if field in LISTS:
            return Correctable(field, title, stands, "several", possible)
        return Correctable(
            field, title, stands, "one", possible if field in NEVER_EMPTY else (*possible, _nothing(field))
        )
    return Correctable(field, title, stands, "day" if field in DAYS else "text" if field == "text" else "line")


def _nothing(field: str) -> tuple[str, str]:
    """The choice of no value."""
    return "", none_of(field).capitalize()
