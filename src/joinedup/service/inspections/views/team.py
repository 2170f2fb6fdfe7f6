"""The team of an inspection, and what its members declare."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from joinedup.service.access import needs
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page


@needs(Permission.TEAM_SEE)
def team(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Who is in the team."""
    members = inspection.members.select_related("person", "organisation")
    return inspection_page(request, "inspections/team.html", inspection, "team", {"members": members})
