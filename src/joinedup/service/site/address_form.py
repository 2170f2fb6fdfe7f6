"""Forms that an address fills: read strictly, and given back as typed where something is wrong.

What is wrong is told in plain words beside its field and in the summary at the top, with status 400.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.conf import settings
from django.http import QueryDict

from joinedup.areas import AmbiguousAreaError, Area, UnknownAreaError, find_area, get_area
from joinedup.areas.sentences import listed
from joinedup.service.site.area_search import near
from joinedup.service.site.records import offers_fictional

FIRST_DAY = dt.date(2009, 1, 1)
"""The first day that the record can speak of."""
LONGEST_ECHO = 200
"""Letters of what was typed that are given back."""
LONGEST_NAME = 100
"""Letters of a parameter's name that are told again."""
MOST_PAGES = 10_000
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"]


def date_field(label: str) -> forms.DateField:
    """A day, however it is written; it may be left out."""
    wrong = f"{label} must be a real date, for example 2016-11-16"
    return forms.DateField(required=False, input_formats=DATE_FORMATS, label=label, error_messages={"invalid": wrong})


def area_field() -> forms.CharField:
    """An area's name or code; it may be left out."""
    wrong = {"max_length": "Give the name or code of one area"}
    return forms.CharField(required=False, label="Area", max_length=100, error_messages=wrong)


def page_field(of: str = "list") -> forms.IntegerField:
    """The page of a list (`of` what), counted from 1; it may be left out."""
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), f"There is no such page of the {of}")
    return forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PAGES, error_messages=wrong, widget=forms.HiddenInput
    )


class AddressForm(forms.Form):
    """A form filled from an address, which refuses what it would have to pass over (decision 0111): a second value
    where a field takes one, and a parameter that there is none of. What is asked for by links alone, and has no field
    on the page, is a field with a `HiddenInput`."""

    OF_THE_PAGE_ALONE: ClassVar[tuple[str, ...]] = ("page",)
    """The fields that change what a page shows and nothing of its file."""

    REFUSED: ClassVar[Mapping[str, str]] = {}
    """Fields that are there only to say why they are not taken."""

    def for_file(self) -> Self:
        """The form of the page's file, which is whole: there is no parameter of the page alone in its address."""
        for name in self.OF_THE_PAGE_ALONE:
            self.fields.pop(name, None)
        return self

    def clean(self) -> dict[str, Any]:
        """One value for each field that takes one, and nothing that is no field."""
        values = super().clean() or {}
        assert isinstance(self.data, QueryDict)
        there_is = listed([name for name in self.fields if name not in self.REFUSED])
        for name in sorted(set(self.data) - set(self.fields)):
            self.add_error(None, f"There is no parameter {name[:LONGEST_NAME]}; there is {there_is}")
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and len(self.data.getlist(name)) > 1:
                self.add_error(name, f"{field.label or name.capitalize()} can be given once only")
        return values

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong, in the order of the fields, last what is of none; the field is empty
        where the page has none to lead to."""
        found = [
            ("" if field.widget.is_hidden else name, str(message))
            for name, field in self.fields.items()
            for message in self.errors.get(name, ())
        ]
        return found + [("", str(message)) for message in self.non_field_errors()]

    def typed(self, name: str) -> str:
        """What was typed in a field, for giving it back; cut where nobody can have meant it."""
        return str(self.data.get(name, ""))[:LONGEST_ECHO]

    def typed_several(self, name: str) -> list[str]:
        """What was chosen in a field that takes several values."""
        assert isinstance(self.data, QueryDict)
        return [str(value) for value in self.data.getlist(name)]


class ListForm(AddressForm):
    """A form that narrows a list: to one area (its field `area`), to what was published between two days (`since`,
    `until`), and to one of what it `offers` (the choices of each other field); each may be empty."""

    offers: dict[str, list[tuple[str, str]]]
    near: tuple[Area, ...] = ()
    """Areas whose names are like what was typed, where no one area is called that: told once, apart from what is
    wrong, which the page says both at its top and beside the field."""

    @property
    def nearby(self) -> list[tuple[Area, str]]:
        """Each of those areas with the query string that asks for it and for all else that was asked, from the first
        page on: the list of another area has other pages."""
        assert isinstance(self.data, QueryDict)
        asked = self.data.copy()
        for name in [name for name in asked if name == "page" or not asked[name]]:
            del asked[name]
        found = []
        for area in self.near:
            asked["area"] = area.slug
            found.append((area, f"?{asked.urlencode()}"))
        return found

    def clean_since(self) -> dt.date | None:
        """A day that the record can speak of."""
        return self._published("since")

    def clean_until(self) -> dt.date | None:
        """A day that the record can speak of."""
        return self._published("until")

    def clean_area(self) -> str:
        """The slug of the area that the words name."""
        words = str(self.cleaned_data["area"])
        if not words:
            return ""
        try:
            area = _area(words)
        except (UnknownAreaError, AmbiguousAreaError) as error:
            self.near = near(words, fictional=offers_fictional())
            raise forms.ValidationError("No one area is called that") from error
        if area.fictional and not settings.SHOW_FICTIONAL:
            raise forms.ValidationError("No one area is called that")
        return area.slug

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", "Published to must not be before Published from")
        return values

    def offered(self, name: str) -> list[tuple[str, str]]:
        """The (key, title) of each choice of a field."""
        return self.offers[name]

    @property
    def area_name(self) -> str:
        """What the area's field shows: its name, or what was typed."""
        slug = self.cleaned_data.get("area") if hasattr(self, "cleaned_data") else None
        return get_area(slug).name if slug else self.typed("area")

    def _published(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day is not None and not FIRST_DAY <= day <= dt.date(2100, 1, 1):
            raise forms.ValidationError(f"{self.fields[name].label} must be between 1 January 2009 and 1 January 2100")
        return day


def _area(words: str) -> Area:
    try:
        return get_area(words)
    except UnknownAreaError:
        return find_area(words)
