"""Coverage at a glance: criteria by agencies, each cell leading to its evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.access import needs
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.coverage import coverage_of
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page


@needs(Permission.EVIDENCE_SEE)
@require_safe
def coverage(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The table."""
    found = coverage_of(inspection)
    by_source = [
        (row, [(key, dict(row.sources).get(key, 0)) for key in EVIDENCE_SOURCES]) for row in found.rows
    ]  # fmt: skip
    context = {"coverage": found, "by_source": by_source, "sources": list(EVIDENCE_SOURCES.values())}
    return inspection_page(request, "inspections/evidence/coverage.html", inspection, "coverage", context)
