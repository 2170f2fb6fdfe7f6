"""Finding a report: those of the record by area, kind of inspection, year and day, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict

from joinedup.analysis.accountability_facts import ASKED, About, abouts, facts
from joinedup.areas import get_area, regions
from joinedup.service.site.address_form import ListForm, area_field, date_field, page_field
from joinedup.service.site.choices import family_short, family_title, visit_title
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.records import file_name
from joinedup.service.site.wording import NOBODY, report_address

if TYPE_CHECKING:
    from joinedup.record import Record

PAGE = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """One question of the list. Empty: not restricted. `area` is a slug, `year` that of publication or NOBODY; what was
    published from `since` to `until`, both inclusive."""

    area: str = ""
    region: str = ""
    framework: str = ""
    year: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The query string, "?" included where there is any, with some of it changed; a filter goes to page 1."""
        other = replace(self, **{"page": 1, **changes})
        pairs = [(one.name, str(value)) for one in fields(other) if (value := getattr(other, one.name)) != one.default]
        return "?" + urlencode(pairs) if pairs else ""


class ReportsForm(ListForm):
    """The filters. `sought` is what they ask for, once valid; what is offered is what the record holds."""

    area = area_field()
    region = forms.ChoiceField(
        required=False, label="Region", error_messages={"invalid_choice": "Choose one of the regions in the list"}
    )
    framework = forms.ChoiceField(
        required=False,
        label="Kind of inspection",
        error_messages={"invalid_choice": "Choose one of the kinds of inspection in the list"},
    )
    year = forms.ChoiceField(
        required=False, label="Year", error_messages={"invalid_choice": "Choose one of the years in the list"}
    )
    since = date_field("Published from")
    until = date_field("Published to")
    page = page_field()

    def __init__(self, parameters: QueryDict, *, held: Sequence[About]) -> None:
        super().__init__(parameters)
        families = sorted({one.framework for one in held if one.framework})
        years = sorted({_year(one) for one in held} - {NOBODY}, reverse=True)
        undated = [(NOBODY, "No date")] if any(_year(one) == NOBODY for one in held) else []
        self.offers = {
            "region": [("", "All of England"), *((each.name, each.name) for each in regions())],
            "framework": [("", "Every kind"), *((each, family_title(each)) for each in families)],
            "year": [("", "Any year"), *((each, each) for each in years), *undated],
        }
        for name, choices in self.offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def sought(self) -> Sought:
        """What the valid form asks for."""
        return Sought(**{name: value for name, value in self.cleaned_data.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of the list; `asked` is how many things it asks for."""

    about: About
    address: str
    title: str
    asked: int


def held(record: Record) -> tuple[About, ...]:
    """The reports that may be shown, newest first; those without any day come last."""
    return _held(Kept(record), settings.SHOW_FICTIONAL)


@lru_cache(maxsize=4)
def _held(kept: Kept, fictional: bool) -> tuple[About, ...]:
    found = [one for one in abouts(kept.record).values() if fictional or not one.fictional]
    return tuple(sorted(found, key=lambda one: (one.day or dt.date.min, one.sha256), reverse=True))


def found(record: Record, sought: Sought) -> tuple[About, ...]:
    """Every report that passes the filters."""
    return _found(Kept(record), replace(sought, page=1), settings.SHOW_FICTIONAL)


@lru_cache(maxsize=KEPT)
def _found(kept: Kept, sought: Sought, fictional: bool) -> tuple[About, ...]:
    return tuple(
        one
        for one in _held(kept, fictional)
        if (not sought.area or one.area == sought.area)
        and (not sought.region or (one.area and get_area(one.area).region == sought.region))
        and (not sought.framework or one.framework == sought.framework)
        and (not sought.year or _year(one) == sought.year)
        and (sought.since is None or (one.day is not None and one.day >= sought.since))
        and (sought.until is None or (one.day is not None and one.day <= sought.until))
    )


def listed(record: Record, reports: Sequence[About]) -> list[Listed]:
    """Reports made ready to be shown."""
    return [Listed(one, report_address(one.sha256), _title(one), _asked(record, one)) for one in reports]


def rows(record: Record, reports: Sequence[About]) -> list[dict[str, Any]]:
    """One row a report, in the columns of their download."""
    return [
        {
            "report": one.sha256,
            "address": report_address(one.sha256),
            "area": one.area,
            "area_name": one.area_name,
            "region": (get_area(one.area).region or None) if one.area else None,
            "framework": one.framework,
            "visit": one.visit,
            "theme": one.theme,
            "start_date": one.start,
            "end_date": one.end,
            "published": one.published,
            "asked": _asked(record, one),
            "file": file_name(one.file),
            "fictional": one.fictional,
        }
        for one in reports
    ]


def _asked(record: Record, one: About) -> int:
    return sum(len(facts(record, kind).get(one.sha256, ())) for kind in ASKED)


def _title(one: About) -> str:
    return f"{family_short(one.framework)} {visit_title(one.visit).lower()}".strip() if one.framework else "Report"


def _year(one: About) -> str:
    return str(one.day.year) if one.day else NOBODY
