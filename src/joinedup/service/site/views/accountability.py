"""The accountability explorer, and its rows as files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from joinedup.analysis.accountability_facts import abouts
from joinedup.areas import Area, get_area
from joinedup.record import Record
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site import explorer
from joinedup.service.site.asking import SHOWS, Asking, AskingForm
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.downloads import DEMANDS
from joinedup.service.site.files import refused, table_file
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import current_record, offers_fictional
from joinedup.service.site.turning import page_status, turns


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
        "chosen": explorer.chosen(asking),
        "turns": turns(asking, listed.pages),
        "fictional": explorer.with_fictional(asking, record),
        "only_fictional": not explorer.holds_real_reports(record),
        "fictional_possible": offers_fictional(),
        "fictional_switch": asking.query(fictional="on"),
        "empty": not abouts(record),
        "unread": _unread(record, asking),
        "check": reverse("check") + asking.query() if settings.OPERATOR_TOKEN else "",
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
    form = AskingForm(request.GET).for_file()
    if not form.is_valid():
        return refused(form)
    return table_file(f"accountability.{ending}", explorer.all_rows(current_record(), form.asking), DEMANDS)
