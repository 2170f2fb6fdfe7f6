"""A report's page, the pages of its file with words marked on them, and the pictures of those pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from joinedup.reading.picture import Frame, PictureError
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.files import plain_text
from joinedup.service.site.pictures import BusyError, page_frame, page_picture
from joinedup.service.site.records import current_record, find_report
from joinedup.service.site.report_page import Marked, ReportPage, marked, on_page, report_page
from joinedup.service.site.taking import takes

LONGEST_KEY = 64
A_YEAR = 365 * 24 * 3600


def the_report(given: str) -> ReportPage:
    """The report that an address names, or 404."""
    record = current_record()
    sha256 = find_report(record, given)
    if sha256 is None:
        raise Http404("The record holds no such report")
    page = report_page(record, sha256)
    if page.whole.about.fictional and not settings.SHOW_FICTIONAL:
        raise Http404("Fictional areas are switched off")
    return page


def _the_page(given: str, number: int) -> ReportPage:
    page = the_report(given)
    if not 1 <= number <= page.whole.pages:
        raise Http404("The report has no such page")
    return page


@public
@require_safe
@follows_the_record
@takes()
def report(request: HttpRequest, given: str) -> HttpResponse:
    """One report: judgements, and what it asks of whom."""
    shown = the_report(given)
    operator = bool(settings.OPERATOR_TOKEN)
    context = {"page": shown, "operator": operator, "correcting": shown.id if operator else ""}
    return render(request, "site/report.html", context)


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page with rectangles on it, in pixels; or why there is none."""

    frame: Frame | None
    rectangles: tuple[tuple[float, float, float, float], ...]
    reason: str


@public
@require_safe
@follows_the_record
@takes("finding", "judgement")
def page(request: HttpRequest, given: str, number: int) -> HttpResponse:
    """One page of a report's file, with the words of `finding` or `judgement` marked on it."""
    shown = _the_page(given, number)
    finding, judgement = (request.GET.get(name, "")[:LONGEST_KEY] or None for name in ("finding", "judgement"))
    asked = finding is not None or judgement is not None
    mark = marked(shown, number, finding=finding, judgement=judgement) if asked else None
    picture = _picture(shown, number, mark)
    context: dict[str, Any] = {
        "page": shown,
        "number": number,
        "mark": mark,
        "not_found": asked and mark is None,
        "elsewhere": [each for each in mark.pages if each != number] if mark else [],
        "finding": finding,
        "judgement": judgement,
        "picture": picture,
        "lines": on_page(shown, number),
        "correcting": shown.id if settings.OPERATOR_TOKEN else "",
    }
    response = render(request, "site/report_sheet.html", context, status=404 if context["not_found"] else 200)
    if picture.reason:
        response.headers["Cache-Control"] = "no-store"  # in a moment there may be a picture
    return response


def _picture(shown: ReportPage, number: int, mark: Marked | None) -> Picture:
    whole = shown.whole
    sheet = next((each for each in whole.sheets if each.page == number), None)
    try:
        frame = page_frame(current_record(), whole.about.sha256, number, sheet)
    except PictureError as error:
        return Picture(None, (), str(error))
    if frame is None:
        return Picture(None, (), "the record does not hold the file that this report was read from")
    boxes = mark.boxes if mark else ()
    return Picture(frame, tuple(_rounded(frame.place(box.left, box.bottom, box.right, box.top)) for box in boxes), "")


def _rounded(placed: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A little room around the letters, and no more digits than a screen has."""
    left, top, width, height = placed
    return round(left - 3, 1), round(top - 2, 1), round(width + 6, 1), round(height + 4, 1)


@public
@require_safe
def page_png(request: HttpRequest, given: str, number: int) -> HttpResponse | FileResponse:
    """The picture alone. A report's file never changes, so caches may keep it."""
    shown = _the_page(given, number)
    try:
        picture = page_picture(current_record(), shown.whole.about.sha256, number)
    except BusyError as error:
        return plain_text(str(error), 503, {"Retry-After": "5"})
    except PictureError as error:
        raise Http404(str(error)) from error
    if picture is None:
        raise Http404("The record does not hold the file")
    try:
        file = picture.file.open("rb")
    except FileNotFoundError:  # another process made room just now
        return plain_text("the picture was taken away to make room; try again in a moment", 503, {"Retry-After": "1"})
    response = FileResponse(file, content_type="image/png")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
