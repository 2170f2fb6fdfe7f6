"""Finding a report by area, kind of inspection, year and day; the list as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.areas import get_area
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.choices import family_short
from joinedup.service.site.downloads import REPORTS
from joinedup.service.site.files import refused, table_file
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import current_record
from joinedup.service.site.report_list import PAGE, ReportsForm, Sought, found, held, listed, rows
from joinedup.service.site.turning import page_status, turns
from joinedup.service.site.wording import NOBODY
from joinedup.service.site.words import day_in_words


@public
@require_safe
@follows_the_record
def index(request: HttpRequest) -> HttpResponse:
    """The list; wrong filters show the form again with what was typed, and status 400."""
    record = current_record()
    form = ReportsForm(request.GET, held=held(record))
    if not form.is_valid():
        return render(request, "site/reports.html", {"form": form}, status=400)
    sought = form.sought
    if there := shorter(request, sought.query(page=sought.page)):
        return there
    every = found(record, sought)
    first = (sought.page - 1) * PAGE
    pages = max(1, -(-len(every) // PAGE))
    shown = listed(record, every[first : first + PAGE])
    context = {
        "form": form,
        "sought": sought,
        "shown": shown,
        "total": len(every),
        "first": first,
        "last": first + len(shown),
        "turns": turns(sought, pages),
        "pages": pages,
        "query": sought.query(page=1),
        "chosen": _chosen(sought),
    }
    return render(request, "site/reports.html", context, status=page_status(sought, pages))


@public
@require_safe
@follows_the_record
def table_csv(request: HttpRequest) -> HttpResponse:
    """Every report that the filters leave, as CSV."""
    record = current_record()
    form = ReportsForm(request.GET, held=held(record)).for_file()
    if not form.is_valid():
        return refused(form)
    return table_file("reports.csv", rows(record, found(record, form.sought)), REPORTS)


def _chosen(sought: Sought) -> list[tuple[str, str]]:
    """What is restricted, in words, each with the address without it."""
    told = {
        "area": get_area(sought.area).name if sought.area else "",
        "region": sought.region,
        "framework": family_short(sought.framework) if sought.framework else "",
        "year": "no date" if sought.year == NOBODY else sought.year,
        "since": f"since {day_in_words(sought.since)}" if sought.since else "",
        "until": f"until {day_in_words(sought.until)}" if sought.until else "",
    }
    nothing = Sought()
    return [(words, sought.query(**{name: getattr(nothing, name)})) for name, words in told.items() if words]
