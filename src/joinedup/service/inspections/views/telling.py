"""Notification: who was told, what is asked of them, and who has seen it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from joinedup.service.access import needs
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page


@needs(Permission.REQUEST_SEE)
def notifications(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Whom the inspection was notified to."""
    return inspection_page(request, "inspections/notifications.html", inspection, "notifications")
