"""Searching what reports say: hits with their words marked, what they can be narrowed by, and the hits as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from joinedup.analysis.search_table import found_rows, in_cells
from joinedup.areas import get_area
from joinedup.record.choices import KIND_TITLES, areas_of_region
from joinedup.record.search import MOST_RANKED, NOTHING_SOUGHT, Filters, Hit, Hits, count, most_first, search, terms
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.asking import KINDS as EVERY_KIND
from joinedup.service.site.asking import Asking, AskingForm, printable, words_field
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.choices import family_short
from joinedup.service.site.downloads import HITS
from joinedup.service.site.explorer import PAGE, chosen, with_fictional
from joinedup.service.site.files import plain_text, refused, table_file
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import current_record
from joinedup.service.site.turning import page_status, turns
from joinedup.service.site.wording import (
    agency_title,
    kind_title,
    label_look,
    report_address,
    said_title,
    theme_title,
    words_address,
)

KINDS = {"": "Everything", **{kind: EVERY_KIND[kind] for kind in KIND_TITLES}}
"""What can be chosen, called as the explorer calls it."""
NOTHING = f"{NOTHING_SOUGHT[0].upper()}{NOTHING_SOUGHT[1:]}"
"""What is told of signs in which there is no word."""

MOST_VALUES = 8
"""Values of one facet that are offered, those with most hits."""


class SearchForm(AskingForm):
    """The explorer's filters, less those that the search does not go by: an address that has one of them is refused,
    because an answer without it would look as though it counted."""

    OF_THE_PAGE_ALONE: ClassVar[tuple[str, ...]] = ("page",)
    WORDS: ClassVar = "q"
    REFUSED: ClassVar[Mapping[str, str]] = {
        "text": "The search takes words as q, and finds them in any order; put what stands so in double quotes",
        "period": "The search does not go by periods: give the days between which a report was published",
        "body": "The search does not go by bodies: choose an agency, and an area or a region",
        "sure_below": "The search does not go by how sure an answer is",
        "show": "The search has no table to show",
    }

    q = words_field("Words")

    def __init__(self, parameters: QueryDict) -> None:
        super().__init__(parameters, kinds=KINDS)
        for name in self.REFUSED:
            self.fields[name].widget = forms.HiddenInput()

    @staticmethod
    def renamed(parameters: QueryDict) -> QueryDict:
        """Nothing was ever called otherwise."""
        return parameters

    def clean_q(self) -> str:
        """Words with single spaces and nothing that does not print; signs alone are none."""
        words = printable(str(self.cleaned_data["q"]))
        if words and not terms(words):
            raise forms.ValidationError(NOTHING)
        return words

    def clean(self) -> dict[str, Any]:
        """None of what is refused may be given."""
        values = super().clean()
        for name, words in self.REFUSED.items():
            if values.get(name):
                self.add_error(name, words)
        return values


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: its words with those found marked, where it stands, and its label's words and style."""

    hit: Hit
    words: str
    address: str
    report: str
    kind: str
    look: str
    where: str
    agencies: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """What hits can be narrowed by: each value's title, number of hits and address; and how many `more` values there
    are, each with no more hits."""

    title: str
    values: tuple[tuple[str, int, str], ...]
    more: int


@public
@require_safe
@follows_the_record
def page(request: HttpRequest) -> HttpResponse:
    """The page; signs without a word and wrong filters are told beside their fields with status 400."""
    record = current_record()
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "site/find.html", {"form": form}, status=400)
    asking = form.asking
    if there := shorter(request, asking.query(page=asking.page)):
        return there
    context: dict[str, Any] = {"form": form, "asking": asking, "chosen": chosen(asking)}
    pages = 1
    if asking.q:
        found, facets, hits = _asked(Kept(record), asking, with_fictional(asking, record))
        pages = max(1, -(-hits.ranked // PAGE))
        first = (asking.page - 1) * PAGE
        context |= {
            "found": found, "facets": facets, "total": hits.total, "first": first, "last": first + len(found),
            "turns": turns(asking, pages), "some_words": hits.some_words,
            "ranked": hits.ranked if hits.ranked < hits.total else None, "query": asking.query(), "pages": pages,
        }  # fmt: skip
    return render(request, "site/find.html", context, status=page_status(asking, pages))


@public
@require_safe
@follows_the_record
def table(request: HttpRequest, ending: str) -> HttpResponse:
    """Every hit that was put in order, best first, as CSV, XLSX or Parquet."""
    form = SearchForm(request.GET).for_file()
    if not form.is_valid():
        return refused(form)
    asking, record = form.asking, current_record()
    if not asking.q:
        return plain_text(NOTHING, 400)
    hits = search(record, asking.q, _filters(asking, with_fictional(asking, record)), limit=MOST_RANKED)
    return table_file(f"search.{ending}", [in_cells(row) for row in found_rows(record, hits)], HITS)


def _filters(asking: Asking, fictional: bool) -> Filters:
    return Filters(
        area=asking.area or None,
        areas=areas_of_region(asking.region) if asking.region else None,
        framework=asking.framework or None,
        kind=asking.kind or None,
        polarity=asking.polarity or None,
        agency=asking.agency or None,
        theme=asking.theme or None,
        since=asking.since,
        until=asking.until,
        fictional=fictional,
    )


@lru_cache(maxsize=KEPT)
def _asked(kept: Kept, asking: Asking, fictional: bool) -> tuple[tuple[Found, ...], tuple[Facet, ...], Hits]:
    filters = _filters(asking, fictional)
    hits = search(kept.record, asking.q, filters, limit=PAGE, offset=(asking.page - 1) * PAGE)
    counted = count(kept.record, asking.q, filters) if hits.total else {}
    titles: dict[str, tuple[str, Any]] = {
        "kind": ("What it is", kind_title),
        "agency": ("Agency", agency_title),
        "theme": ("Theme", theme_title),
        "framework": ("Inspection", family_short),
        "area": ("Area", lambda slug: get_area(slug).name),
    }
    facets = tuple(
        Facet(
            title,
            tuple(
                (name(value), number, asking.query(**{key: value}))
                for value, number in most_first(counted[key])[:MOST_VALUES]
            ),
            max(0, len(counted[key]) - MOST_VALUES),
        )
        for key, (title, name) in titles.items()
        if counted.get(key) and not getattr(asking, key)
    )
    return tuple(map(_found, hits)), facets, hits


def _found(hit: Hit) -> Found:
    return Found(
        hit=hit,
        words=_marked(*hit.snippet(420)),
        address=words_address(hit.report, hit.page, hit.text),
        report=report_address(hit.report),
        kind=said_title(hit.kind, hit.polarity),
        look=label_look(hit.kind, hit.polarity),
        where=family_short(hit.framework),
        agencies=tuple(map(agency_title, hit.agencies)),
        themes=tuple(map(theme_title, hit.themes)),
    )


def _marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """The text with what was found in <mark>; every part is escaped by itself."""
    parts, at = [], 0
    for start, end in marks:
        parts.append(format_html("{}<mark>{}</mark>", text[at:start], text[start:end]))
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))
