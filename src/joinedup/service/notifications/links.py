"""Where a notice leads: the page on which something can be done about it."""

from __future__ import annotations

from django.urls import reverse

from joinedup.service.notifications.events import get_event
from joinedup.service.notifications.models import Notice


def path_of(notice: Notice) -> str:
    """The path of the page that a notice leads to; the list of notices where there is no other."""
    section = get_event(notice.event).section
    if not section:
        return reverse("inbox")
    if notice.inspection is None:
        return reverse(section)
    if section == "request":
        if notice.number is None:
            return reverse("requests", args=[notice.inspection.reference])
        return reverse("request", args=[notice.inspection.reference, notice.number])
    return reverse(section, args=[notice.inspection.reference])
