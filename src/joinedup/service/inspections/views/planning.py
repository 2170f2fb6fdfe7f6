"""The list of inspections, the overview of one, and its timetable."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.service.access import needs
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page


@needs(Permission.INSPECTION_SEE)
def inspections(request: HttpRequest) -> HttpResponse:
    """Every inspection that the person may know of."""
    found = Inspection.objects.visible_to(request.user)  # type: ignore[arg-type]
    return render(request, "inspections/inspections.html", {"here": "inspections", "found": found})


@needs(Permission.INSPECTION_SEE)
def overview(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Where an inspection stands."""
    return inspection_page(request, "inspections/overview.html", inspection, "inspection")


@needs(Permission.INSPECTION_SEE)
def timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The phases of an inspection."""
    return inspection_page(
        request, "inspections/timetable.html", inspection, "timetable", {"phases": inspection.phases.all()}
    )
