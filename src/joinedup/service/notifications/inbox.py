"""Somebody's notices as pages show them: a page of them, and how many are unread."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from joinedup.service.accounts.models import Person
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.audience import known
from joinedup.service.notifications.links import path_of
from joinedup.service.notifications.models import Notice

AT_ONCE = 50
"""Notices on a page."""
MOST = 99
"""More unread ones than this are not counted."""


def _seen(person: Person) -> QuerySet[Notice]:
    """The notices of inspections that the person may know of."""
    inspections = Inspection.objects.visible_to(person).values("pk")
    mine = Notice.objects.filter(Q(inspection=None) | Q(inspection__in=inspections), person=person)
    return mine.select_related("inspection")


def page_of(person: Person, number: str | None) -> tuple[Page[Notice], list[tuple[Notice, str]]]:
    """A page of what the person was told, and its notices each with the path that it leads to."""
    page = Paginator(_seen(person), AT_ONCE).get_page(number)
    return page, [(each, path_of(each)) for each in known(person, page.object_list)]


def unread(person: Person) -> int:
    """How many notices of what they may know the person has not read; one more than `MOST` for more than that."""
    return len(known(person, Notice.objects.filter(person=person, read_at=None).order_by("-at", "-pk")[: MOST + 1]))
