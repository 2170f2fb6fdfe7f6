"""What an address asks for: the GET parameters of the England page, read strictly and kept as typed when wrong.

Every parameter has a default, so the bare address works; one that is wrong is told in plain words beside its field and
in the summary at the top, with status 400. The defaults are left out of the addresses we write.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from joinedup.areas.sentences import listed
from joinedup.service.site.choices import DEFAULT_FAMILIES, families, judgement_families, judgement_titles, judgements

FIRST_DAY = dt.date(2009, 1, 1)
LONGEST_ECHO = 200
LONGEST_NAME = 100
"""Letters of a parameter's name that are told again."""
SORTS = ("area", "region", "grade", "framework", "published")
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"]


@dataclass(frozen=True, slots=True)
class EnglandQuestion:
    """One view of England. `since` None stands for one year before `as_at`."""

    today: dt.date
    as_at: dt.date
    since: dt.date
    judgement: str = "overall"
    framework: tuple[str, ...] = DEFAULT_FAMILIES
    sort: str = "area"
    order: str = "asc"
    fictional: str = "on"

    @property
    def since_chosen(self) -> dt.date | None:
        """The day compared with where it is not simply a year before: what its field holds."""
        return None if self.since == a_year_before(self.as_at) else self.since

    def query(self, **changes: Any) -> str:
        """The query string, "?" included, for this view with some of it changed; defaults are left out.

        Moving the day moves the day compared with by as much, unless that is given too.
        """
        moved = dict(changes)
        if "as_at" in changes and "since" not in changes:
            moved["since"] = max(FIRST_DAY, changes["as_at"] - (self.as_at - self.since))
            if self.since == a_year_before(self.as_at):
                moved["since"] = a_year_before(changes["as_at"])
        other = replace(self, **moved)
        defaults = {
            "as_at": self.today, "since": a_year_before(other.as_at), "judgement": "overall",
            "framework": DEFAULT_FAMILIES, "sort": "area", "order": "asc", "fictional": "on",
        }  # fmt: skip
        pairs = []
        for field in fields(other):
            value = getattr(other, field.name)
            if field.name == "today" or value == defaults[field.name]:
                continue
            pairs += [(field.name, str(each)) for each in (value if isinstance(value, tuple) else (value,))]
        return "?" + urlencode(pairs)


def a_year_before(day: dt.date) -> dt.date:
    """The same day one year earlier, not before 2009; 29 February becomes the 28th."""
    return max(FIRST_DAY, same_day_in(day, day.year - 1))


def same_day_in(day: dt.date, year: int) -> dt.date:
    """The same day and month in another year; 29 February becomes the 28th where it must."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def date_field(label: str) -> forms.DateField:
    """A day, however it is written; it may be left out."""
    wrong = f"{label} must be a real date, for example 2016-11-16"
    return forms.DateField(required=False, input_formats=DATE_FORMATS, label=label, error_messages={"invalid": wrong})


OFFERED = {"judgement": judgements, "framework": families}
"""The fields that offer a choice on the page, and what they offer."""


class AddressForm(forms.Form):
    """A form filled from an address, which refuses what it would have to pass over (decision 0111): a second value
    where a field takes one, and a parameter that there is none of."""

    def clean(self) -> dict[str, Any]:
        """One value for each field that takes one, and nothing that is no field."""
        values = super().clean() or {}
        assert isinstance(self.data, QueryDict)
        for name in sorted(set(self.data) - set(self.fields)):
            self.add_error(None, f"There is no parameter {name[:LONGEST_NAME]}; there is {listed(list(self.fields))}")
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and len(self.data.getlist(name)) > 1:
                self.add_error(name, f"{field.label or name.capitalize()} can be given once only")
        return values

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong, in the order of the fields; last what is of none, its field empty."""
        found = [(name, str(message)) for name in self.fields for message in self.errors.get(name, ())]
        return found + [("", str(message)) for message in self.non_field_errors()]


class PublishedForm(AddressForm):
    """A form that asks for what was published between two days, its fields `since` and `until`; either may be empty."""

    def clean_since(self) -> dt.date | None:
        """A day that the record can speak of."""
        return self._published("since")

    def clean_until(self) -> dt.date | None:
        """A day that the record can speak of."""
        return self._published("until")

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", "Published to must not be before Published from")
        return values

    def _published(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day is not None and not FIRST_DAY <= day <= dt.date(2100, 1, 1):
            raise forms.ValidationError(f"{self.fields[name].label} must be a day since 1 January 2009")
        return day


class EnglandForm(AddressForm):
    """The controls of the England page. `question` is what they ask for, once valid."""

    as_at = date_field("Day")
    since = date_field("Compare with")
    judgement = forms.ChoiceField(
        required=False,
        choices=judgements,
        label="Judgement",
        error_messages={"invalid_choice": "Choose one of the judgements in the list"},
    )
    framework = forms.MultipleChoiceField(
        required=False,
        choices=families,
        label="Inspections to count",
        error_messages={"invalid_choice": "Choose one or more of the kinds of inspection in the list"},
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(key, key) for key in SORTS],
        error_messages={"invalid_choice": "The table can be sorted by " + ", ".join(SORTS)},
    )
    order = forms.ChoiceField(
        required=False,
        choices=[("asc", "asc"), ("desc", "desc")],
        error_messages={"invalid_choice": "The order of the table is asc or desc"},
    )
    fictional = forms.ChoiceField(
        required=False,
        choices=[("on", "on"), ("off", "off")],
        error_messages={"invalid_choice": "Fictional areas are on or off"},
    )

    def __init__(self, parameters: QueryDict, *, today: dt.date) -> None:
        super().__init__(parameters)
        self.today = today

    def clean_as_at(self) -> dt.date:
        """Today by default; a day that the record can speak of."""
        return self._in_range(self.cleaned_data["as_at"] or self.today, "Day")

    def clean_since(self) -> dt.date | None:
        """A day that the record can speak of; its default depends on the other day."""
        since = self.cleaned_data["since"]
        return self._in_range(since, "Compare with") if since else None

    def clean(self) -> dict[str, Any]:
        """The day compared with must come first."""
        values = super().clean() or {}
        as_at, since = values.get("as_at"), values.get("since")
        if as_at and since and since >= as_at:
            self.add_error("since", "Compare with a day before the day shown")
        judgement = values.get("judgement") or "overall"
        if values.get("framework") and not judgement_families(judgement) & set(values["framework"]):
            title = judgement_titles()[judgement]
            self.add_error("judgement", f"None of the inspections chosen gives a grade for: {title}")
        return values

    def _in_range(self, day: dt.date, label: str) -> dt.date:
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(f"{label} must be between 1 January 2009 and today")
        return day

    @property
    def question(self) -> EnglandQuestion:
        """What the valid form asks for, defaults filled in."""
        values = self.cleaned_data
        return EnglandQuestion(
            today=self.today,
            as_at=values["as_at"],
            since=values["since"] or a_year_before(values["as_at"]),
            judgement=values["judgement"] or "overall",
            framework=tuple(values["framework"]) or DEFAULT_FAMILIES,
            sort=values["sort"] or "area",
            order=values["order"] or "asc",
            fictional=values["fictional"] or "on",
        )

    def typed(self, name: str) -> str:
        """What was typed in a field, for giving it back; cut where nobody can have meant it."""
        return str(self.data.get(name, ""))[:LONGEST_ECHO]

    def offered(self, name: str) -> list[tuple[str, str]]:
        """The (key, title) of each choice that a field offers."""
        return list(OFFERED[name]())
