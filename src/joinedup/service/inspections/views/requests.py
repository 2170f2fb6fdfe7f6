"""Requests for information: what inspectors ask of the agencies, and what the agencies answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from joinedup.service.access import needs
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page


@needs(Permission.REQUEST_SEE)
def requests(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What was asked."""
    return inspection_page(request, "inspections/requests.html", inspection, "requests")
