"""The accountability explorer, and its rows as files."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.accountability_filters import NO_VERSION
from joinedup.areas import Area, get_area
from joinedup.areas.bodies import get_body
from joinedup.record import Record
from joinedup.service.access import public
from joinedup.service.site import explorer
from joinedup.service.site.asking import KINDS, POLARITIES, SHOWS, SURE_BELOW, Asking, AskingForm
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.choices import family_short
from joinedup.service.site.files import refused, table_file
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import current_record
from joinedup.service.site.wording import NOBODY, agency_title, theme_title
from joinedup.service.site.words import day_in_words

NO_PERIOD = {NOBODY: "no date", NO_VERSION: "no known version of a kind of inspection"}
"""What is told of reports that are of no year, and of no version of a framework."""


@public
@require_safe
@follows_the_record
def page(request: HttpRequest) -> HttpResponse:
    """The page; wrong filters show the form again with what was typed, and status 400."""
    record = current_record()
    form = AskingForm(request.GET)
    if not form.is_valid():
        return render(request, "site/accountability.html", {"form": form}, status=400)
    asking = form.asking
    if there := shorter(request, asking.query(page=asking.page)):
        return there
    listed = explorer.statements(record, asking)
    context: dict[str, Any] = {
        "form": form,
        "asking": asking,
        "grid": explorer.grid(record, asking),
        "listed": listed,
        "shows": [(title, asking.query(show=key), key == asking.show) for key, title in SHOWS.items()],
        "chosen": chosen(asking),
        "turns": turns(asking, listed.pages),
        "query": asking.query(page=1),
        "fictional": explorer.with_fictional(asking, record),
        "only_fictional": not explorer.holds_real_reports(record),
        "fictional_possible": settings.SHOW_FICTIONAL,
        "fictional_switch": asking.query(fictional="on"),
        "unread": _unread(record, asking),
        "everything": "" if asking.kind == "all" else asking.query(kind="all"),
    }
    return render(request, "site/accountability.html", context, status=page_status(asking, listed.pages))


def _unread(record: Record, asking: Asking) -> Area | None:
    """The area asked about, where the record holds no report on it, so that no filter is to blame."""
    if not asking.area or any(about.area == asking.area for about in abouts(record).values()):
        return None
    return get_area(asking.area)


@public
@require_safe
@follows_the_record
def table(request: HttpRequest, ending: str) -> HttpResponse:
    """Every statement that the filters leave, with who answers for it, as CSV, XLSX or Parquet."""
    form = AskingForm(request.GET)
    if not form.is_valid():
        return refused(form)
    columns, rows = explorer.all_rows(current_record(), form.asking)
    return table_file(f"accountability.{ending}", rows, columns)


class Paged(Protocol):
    """What a list's address asks for."""

    @property
    def page(self) -> int:
        """The page of the list, counted from 1."""

    def query(self, **changes: Any) -> str:
        """The query string with some of it changed."""


def chosen(asking: Asking) -> list[tuple[str, str]]:
    """What is restricted, in words, each with the address without it."""
    days = {name: day_in_words(day) for name in ("since", "until") if (day := getattr(asking, name))}
    told = [
        ("agency", agency_title(asking.agency)),
        ("theme", theme_title(asking.theme)),
        ("region", asking.region),
        ("area", get_area(asking.area).name if asking.area else ""),
        ("framework", family_short(asking.framework)),
        ("kind", KINDS.get(asking.kind, "")),
        ("polarity", POLARITIES[asking.polarity]),
        ("sure_below", SURE_BELOW[asking.sure_below].lower()),
        ("since", f"since {days.get('since')}"),
        ("until", f"until {days.get('until')}"),
        ("period", NO_PERIOD.get(asking.period, asking.period)),
        ("body", get_body(asking.body).name if asking.body else ""),
        ("text", f"with exactly “{asking.text}”"),
    ]
    defaults = Asking()
    return [(words, asking.query(**{name: getattr(defaults, name)})) for name, words in told if getattr(asking, name)]


def page_status(asking: Paged, pages: int) -> int:
    """The status of a list's page: 404 where there is none of that number, which the page says, else 200."""
    return 404 if asking.page > pages else 200


def turns(asking: Paged, pages: int) -> list[tuple[str, str, str]]:
    """(rel, title, address) of the page of the list before and the one after."""
    found = []
    if asking.page > 1:
        found.append(("prev", "Previous", asking.query(page=min(asking.page - 1, pages))))
    if asking.page < pages:
        found.append(("next", "Next", asking.query(page=asking.page + 1)))
    return found
