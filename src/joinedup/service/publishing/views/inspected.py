"""What the public reads of an inspection once it is published: that it happened, the report, what must improve."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.areas import get_agency, get_inspectorate
from joinedup.documents.inspection import ImprovementAsked, InspectionReport
from joinedup.service.access import public
from joinedup.service.inspections.files import PDF
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.filling import from_inspection
from joinedup.service.publishing.models import Publication
from joinedup.service.publishing.showing import MAKERS, kept_file, published_html, sent


def _published(given: str) -> tuple[Inspection, list[Publication]]:
    """A published inspection with its versions, the first first; 404 for every other, whether it is there or not."""
    shown = Inspection.objects.filter(reference=given, publications__state="published").distinct()
    if not settings.SHOW_FICTIONAL:
        shown = shown.filter(fictional=False)
    versions = Prefetch("publications", Publication.objects.filter(state="published"))
    found = shown.prefetch_related(versions).first()
    if found is None:
        raise Http404("No inspection of that reference is published")
    return found, list(found.publications.all())


@public
@require_safe
def page(request: HttpRequest, given: str) -> HttpResponse:
    """That the inspection happened, its documents, what must improve by agency, and every version."""
    inspection, versions = _published(given)
    report = from_inspection(inspection, versions)
    about = report.about
    context = {
        "inspection": inspection,
        "fictional": inspection.fictional,
        "report": report,
        "last": versions[-1],
        "versions": versions[::-1],
        "inspectorates": [get_inspectorate(key).title for key in (about.lead, *about.others)],
        "parts": _by_agency(report),
    }
    return render(request, "publishing/inspected.html", context)


def _by_agency(report: InspectionReport) -> list[tuple[str, list[ImprovementAsked]]]:
    asked: dict[str, list[ImprovementAsked]] = {}
    for each in report.improvements:
        asked.setdefault(each.agency, []).append(each)
    return [(get_agency(key).title, own) for key, own in asked.items()]


def _shown(what: str) -> Callable[..., HttpResponse]:
    @public
    @require_safe
    def view(request: HttpRequest, given: str) -> HttpResponse:
        inspection, versions = _published(given)
        last = versions[-1]
        made = published_html(last.pk, last.sha256, what)
        context = {"inspection": inspection, "made": made, "last": last, "what": what}
        return render(request, "publishing/inspected_document.html", context)

    return view


report = _shown("report")
"""The latest version of the report as a page."""
summary = _shown("summary")
"""The summary for the public as a page."""
children = _shown("children")
"""The summary for children and young people as a page."""


@public
@require_safe
def file(request: HttpRequest, given: str, number: int, what: str) -> HttpResponse:
    """A version's file, as it was published."""
    _, versions = _published(given)
    found = next((each for each in versions if each.number == number), None)
    if found is None or what not in MAKERS:
        raise Http404("There is no such file")
    return sent(kept_file(found, what), f"{given}-{what}-version-{number}.pdf", PDF, private=False)
