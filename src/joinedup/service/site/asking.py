"""What an address of the explorer or of the search asks for: filters, read strictly and kept as typed when wrong.

Every filter may be left out. A wrong one is told in plain words beside its field, with status 400. Links are written
with what restricts and nothing else, so that an address can be sent to somebody.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from joinedup.analysis.accountability_filters import NO_VERSION, is_year
from joinedup.areas import regions
from joinedup.areas.bodies import all_bodies
from joinedup.attribution import UnknownThemeError
from joinedup.errors import UsageError
from joinedup.frameworks import versions
from joinedup.record.choices import POLARITY_TITLES, agency_key, region_name, theme_key
from joinedup.service.site.address_form import ListForm, area_field, date_field, page_field
from joinedup.service.site.choices import FAMILY_TITLES
from joinedup.service.site.wording import NOBODY, agency_title, agency_titles, theme_titles

ASKED = ("priority_action", "improvement")
SAID = ("strength", "finding")
KINDS = {
    "": "Improvements and priority actions",
    "priority_action": "Priority actions alone",
    "improvement": "Improvements alone",
    "strength": "Strengths",
    "finding": "Findings of the main text",
    "said": "Strengths and findings of the main text",
    "all": "Everything",
}
POLARITIES = {"": "Any", **{key: title.capitalize() for key, title in POLARITY_TITLES.items()}}
SURE_BELOW = {"": "However sure", "0.9": "Less than 90% sure", "0.7": "Less than 70% sure", "0.5": "Less than 50% sure"}
"""How sure it may at most be whom a statement holds responsible."""
SHOWS = {
    "theme-agency": "Themes by agency",
    "theme-period": "Themes over time",
    "agency-period": "Agencies over time",
}
FAMILIES = {key: title for key, title in FAMILY_TITLES.items() if key != "youth-justice"}
"""The kinds of inspection whose reports are read."""

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of the explorer or the search. An empty value: not restricted. `page` counts from 1.

    `q` are the words that are searched for, `text` those that the explorer's statements hold exactly.
    """

    q: str = ""
    text: str = ""
    agency: str = ""
    theme: str = ""
    region: str = ""
    area: str = ""
    framework: str = ""
    kind: str = ""
    polarity: str = ""
    sure_below: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    period: str = ""
    body: str = ""
    show: str = "theme-agency"
    fictional: str = ""
    page: int = 1

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of statement that are asked about."""
        if self.kind == "said":
            return SAID
        if self.kind == "all":
            return (*ASKED, *SAID)
        return (self.kind,) if self.kind else ASKED

    def query(self, **changes: Any) -> str:
        """The query string, "?" included where there is any, with some of it changed; a filter goes to page 1."""
        changed = {"page": 1, **changes}
        if not changed.keys() <= _defaults().keys():
            raise TypeError(f"there is nothing to ask by the name of {changed.keys() - _defaults().keys()}")
        pairs = "&".join(
            _pair(name, value)
            for name, default in _defaults().items()
            if (value := changed[name] if name in changed else getattr(self, name)) != default
        )
        return f"?{pairs}" if pairs else ""

    @property
    def file_query(self) -> str:
        """The query string of the file with every statement, which has neither pages nor tables to choose from."""
        return self.query(show=_defaults()["show"])

    @property
    def restricted(self) -> bool:
        """Whether anything is asked for in particular."""
        apart = {"show", "page", "fictional"}
        return any(getattr(self, each.name) != each.default for each in fields(self) if each.name not in apart)


@cache
def _defaults() -> dict[str, Any]:
    """What may be asked, by name, with the value that restricts nothing."""
    return {each.name: each.default for each in fields(Asking)}


@lru_cache(maxsize=4096)
def _pair(name: str, value: Any) -> str:
    """One part of a query string. A table has hundreds of links made of a few dozen such parts."""
    return urlencode([(name, str(value))])


def _choice(
    label: str, choices: dict[str, str], wrong: str, widget: type[forms.Widget] = forms.Select
) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        label=label,
        choices=list(choices.items()),
        error_messages={"invalid_choice": wrong},
        widget=widget,
    )


def words_field(label: str) -> forms.CharField:
    """Words, as many as anybody types."""
    wrong = {"max_length": f"Give no more than {LONGEST_WORDS} letters"}
    return forms.CharField(required=False, label=label, max_length=LONGEST_WORDS, error_messages=wrong)


def _with_keys(parameters: QueryDict) -> QueryDict:
    """An address with agencies by their keys and regions by their names, where people call them otherwise."""
    found = parameters.copy()
    for name, read in (("agency", agency_key), ("region", region_name)):
        values = parameters.getlist(name)
        if len(values) == 1:
            with contextlib.suppress(UsageError):  # what there is none of is refused with the other mistakes
                found[name] = read(values[0])
    return found


class AskingForm(ListForm):
    """The filters. `asking` is what they ask for, once valid.

    `text` is what the API and the command call it; addresses from when the page called it `q` are still understood.
    """

    OF_THE_PAGE_ALONE: ClassVar[tuple[str, ...]] = ("page", "show")
    WORDS: ClassVar = "text"
    """The field of words."""

    text = words_field("These exact words")
    agency = forms.ChoiceField(required=False, label="Agency")
    theme = forms.CharField(required=False, label="Theme")
    region = forms.ChoiceField(required=False, label="Region")
    area = area_field()
    framework = forms.ChoiceField(required=False, label="Kind of inspection")
    kind = _choice("What is shown", KINDS, "Choose one of the kinds in the list")
    polarity = _choice("Praise or concern", POLARITIES, "Choose praise, concern or another answer in the list")
    sure_below = _choice("How sure who is held responsible", SURE_BELOW, "Choose one of the shares in the list")
    since = date_field("Published from")
    until = date_field("Published to")
    period = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    body = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    show = _choice("Table", {"": "", **SHOWS}, f"The table is {' or '.join(SHOWS)}", forms.HiddenInput)
    fictional = _choice("", {"": "", "on": "on", "off": "off"}, "Fictional areas are on or off", forms.HiddenInput)
    page = page_field()

    def __init__(self, parameters: QueryDict, *, kinds: dict[str, str] | None = None) -> None:
        super().__init__(_with_keys(self.renamed(parameters)))
        self.offers = {
            "agency": [("", "Every agency"), *agency_titles().items(), (NOBODY, agency_title(NOBODY))],
            "theme": [("", "Every theme"), *theme_titles().items(), (NOBODY, "No theme")],
            "region": [("", "All of England"), *((each.name, each.name) for each in regions())],
            "framework": [("", "Every kind"), *FAMILIES.items()],
            "kind": list((kinds or KINDS).items()),
            "polarity": list(POLARITIES.items()),
            "sure_below": list(SURE_BELOW.items()),
        }
        wrong = {
            "agency": "Choose one of the agencies in the list",
            "region": "Choose one of the regions in the list",
            "framework": "Choose one of the kinds of inspection in the list",
            "kind": "Choose one of the kinds in the list",
        }
        for name, words in wrong.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = self.offers[name]
            field.error_messages["invalid_choice"] = words

    @staticmethod
    def renamed(parameters: QueryDict) -> QueryDict:
        """An address of the page's with what it calls things today."""
        if "q" not in parameters or "text" in parameters:
            return parameters
        found = parameters.copy()
        found.setlist("text", found.pop("q"))
        return found

    def clean_text(self) -> str:
        """Words with single spaces and nothing that does not print."""
        return printable(str(self.cleaned_data["text"]))

    def clean_theme(self) -> str:
        """The key of the theme that the words name."""
        words = str(self.cleaned_data["theme"])
        if not words:
            return ""
        try:
            return theme_key(words)
        except UnknownThemeError as error:
            near = f"; did you mean: {' or '.join(error.near)}?" if error.near else ""
            raise forms.ValidationError(f"Choose one of the themes in the list{near}") from error

    def clean_period(self) -> str:
        """A year, a framework's version, or none of either."""
        period = str(self.cleaned_data["period"])
        known = is_year(period) or period in (NOBODY, NO_VERSION, "")
        if not known and not any(period == one.id for family in FAMILIES for one in versions(family)):
            raise forms.ValidationError("A period is a year, or a version of a kind of inspection")
        return period

    def clean_body(self) -> str:
        """The key of a body."""
        body = str(self.cleaned_data["body"])
        if body and body not in all_bodies():
            raise forms.ValidationError("There is no such body")
        return body

    @property
    def asking(self) -> Asking:
        """What the valid form asks for."""
        values = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Asking(**values)

    @property
    def shown(self) -> Asking:
        """What the fields show: what is asked for, or where something is wrong what was chosen."""
        if not self.errors:
            return self.asking
        typed: dict[str, Any] = {
            name: self.typed(name)
            for name in ("agency", "theme", "region", "framework", "kind", "polarity", "sure_below", self.WORDS)
        }
        return Asking(**typed)

    @property
    def typed_words(self) -> str:
        """The words that were typed."""
        return self.typed(self.WORDS)


def printable(words: str) -> str:
    """Words with single spaces and nothing that does not print."""
    return " ".join("".join(each if each.isprintable() else " " for each in words).split())
