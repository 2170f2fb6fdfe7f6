"""What an address of an area's pages asks for: the day, and on the page of all its indicators the topic and the page.

Read strictly and kept as typed when wrong, as on the other pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from joinedup.service.site.address_form import FIRST_DAY, LONGEST_ECHO, AddressForm, date_field, page_field


@dataclass(frozen=True, slots=True)
class AreaAsking:
    """One view of an area. `as_at` None: today. Empty topic: the first."""

    as_at: dt.date | None = None
    topic: str = ""
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The query string, "?" included where there is any, with some of it changed; a new topic begins at page 1."""
        other = replace(self, **{"page": 1, **changes})
        pairs = [(one.name, str(value)) for one in fields(other) if (value := getattr(other, one.name)) != one.default]
        return "?" + urlencode(pairs) if pairs else ""


class AreaForm(AddressForm):
    """The day as which an area is shown. `asking` is what is asked for, once valid."""

    as_at = date_field("Day")

    def __init__(self, parameters: QueryDict, *, today: dt.date) -> None:
        super().__init__(parameters)
        self.today = today

    def clean_as_at(self) -> dt.date | None:
        """A day that the record can speak of; today is as good as none."""
        day: dt.date | None = self.cleaned_data["as_at"]
        if day is not None and not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError("Day must be between 1 January 2009 and today")
        return None if day == self.today else day

    @property
    def asking(self) -> AreaAsking:
        """What the valid form asks for."""
        return AreaAsking(self.cleaned_data["as_at"])


class MeasuresForm(AreaForm):
    """The same with what the page of all indicators shows of them: one of the `topics` that there are, and a page."""

    topic = forms.CharField(required=False, label="Topic", max_length=LONGEST_ECHO, widget=forms.HiddenInput)
    page = page_field("indicators")

    def __init__(self, parameters: QueryDict, *, today: dt.date, topics: Sequence[str]) -> None:
        super().__init__(parameters, today=today)
        self.topics = topics

    def clean_topic(self) -> str:
        """One of the topics that there are."""
        topic = str(self.cleaned_data["topic"])
        if topic and topic not in self.topics:
            raise forms.ValidationError("Choose one of the topics in the list")
        return topic

    @property
    def asking(self) -> AreaAsking:
        """What the valid form asks for."""
        values = self.cleaned_data
        return AreaAsking(values["as_at"], values["topic"], values.get("page") or 1)
