"""What an address of the England page asks for.

Every parameter has a default, so the bare address works. The defaults are left out of the addresses we write.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from joinedup.service.site.address_form import FIRST_DAY, AddressForm, date_field
from joinedup.service.site.choices import DEFAULT_FAMILIES, families, judgement_families, judgement_titles, judgements

SORTS = ("area", "region", "grade", "framework", "published")


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
        """The query string for this view with some of it changed, "?" included where there is any; defaults are not.

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
        return "?" + urlencode(pairs) if pairs else ""


def a_year_before(day: dt.date) -> dt.date:
    """The same day one year earlier, not before 2009; 29 February becomes the 28th."""
    return max(FIRST_DAY, same_day_in(day, day.year - 1))


def same_day_in(day: dt.date, year: int) -> dt.date:
    """The same day and month in another year; 29 February becomes the 28th where it must."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


OFFERED = {"judgement": judgements, "framework": families}
"""The fields that offer a choice on the page, and what they offer."""


class EnglandForm(AddressForm):
    """The controls of the England page. `question` is what they ask for, once valid."""

    OF_THE_PAGE_ALONE: ClassVar[tuple[str, ...]] = ("since",)

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
        widget=forms.HiddenInput,
        choices=[(key, key) for key in SORTS],
        error_messages={"invalid_choice": "The table can be sorted by " + ", ".join(SORTS)},
    )
    order = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("asc", "asc"), ("desc", "desc")],
        error_messages={"invalid_choice": "The order of the table is asc or desc"},
    )
    fictional = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
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
            since=values.get("since") or a_year_before(values["as_at"]),
            judgement=values["judgement"] or "overall",
            framework=tuple(values["framework"]) or DEFAULT_FAMILIES,
            sort=values["sort"] or "area",
            order=values["order"] or "asc",
            fictional=values["fictional"] or "on",
        )

    def offered(self, name: str) -> list[tuple[str, str]]:
        """The (key, title) of each choice that a field offers."""
        return list(OFFERED[name]())
