"""What a form's page asks while it is open: who else is here, and that what was typed be kept until it is saved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.actions.desk import Fields, be_here, forget_draft, keep_draft
from joinedup.service.accounts.can import can, require
from joinedup.service.accounts.desk import DRAFTS_FOR, HERE_FOR, LONGEST_DRAFT, Draft, Presence
from joinedup.service.accounts.guard import unattended
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import Inspection

MOST_NAMED = 12
"""People named as being on the same page."""

_UNKEPT = re.compile("[\\0\\ud800-\\udfff]")
"""Signs that JSON can spell and PostgreSQL refuses in it."""

View = TypeVar("View", bound=Callable[..., Any])


def no_drafts(view: View) -> View:
    """Declare that nothing typed into a view's page is kept before it is saved: its words must not lie anywhere.

    Its form says so to the browser with `data-no-draft`, which then sends none of it.
    """
    view.no_drafts = True  # type: ignore[attr-defined]
    return view


@needs(Permission.INSPECTION_SEE)
@unattended
@require_POST
def here(request: HttpRequest, inspection: Inspection) -> JsonResponse:
    """Say that one is on a page; the names of the others who are.

    People of an agency are told of their own colleagues alone: who else is asked about the draft is not theirs to know.
    """
    person, place = person_of(request), _place(request, inspection, request.POST.get("place", ""))
    be_here(by=person, place=place)
    others = Presence.objects.filter(place=place, at__gte=timezone.now() - HERE_FOR).exclude(person=person)
    if not can(person, Permission.DRAFT_SEE, inspection):
        others = others.filter(person__organisation=person.organisation_id)
    names = others.order_by("person__name").values_list("person__name", flat=True)[:MOST_NAMED]
    return JsonResponse({"others": list(names)})


@needs(Permission.INSPECTION_SEE)
@require_safe
def draft(request: HttpRequest, inspection: Inspection) -> JsonResponse:
    """What one has typed at an address and not saved; nothing where there is no such draft."""
    place = _place(request, inspection, request.GET.get("place", ""))
    since = timezone.now() - DRAFTS_FOR
    found = Draft.objects.filter(person=person_of(request), place=place, at__gte=since).first()
    return JsonResponse({"fields": found.fields, "at": found.at.isoformat()} if found else {})


@needs(Permission.INSPECTION_SEE)
@require_POST
def draft_keep(request: HttpRequest, inspection: Inspection) -> JsonResponse:
    """Keep what one has typed at an address; without fields, what was kept there goes."""
    person, place = person_of(request), _place(request, inspection, request.POST.get("place", ""))
    given = request.POST.get("fields", "")
    if given and getattr(resolve(place).func, "no_drafts", False):
        raise BadRequest("what is typed there is never kept as a draft")
    if given:
        keep_draft(by=person, place=place, fields=_fields(given))
    else:
        forget_draft(by=person, place=place)
    return JsonResponse({"kept": bool(given)})


def _place(request: HttpRequest, inspection: Inspection, place: str) -> str:
    """The address of a page of this inspection that the person may see. Raises BadRequest, PermissionDenied."""
    try:
        found = resolve(place)
    except Resolver404:
        raise BadRequest("there is no such page") from None
    permission = getattr(found.func, "permission", None)
    if permission is None or found.kwargs.get("reference") != inspection.reference or len(place) > 200:
        raise BadRequest("that is no page of this inspection")
    require(person_of(request), permission, inspection)
    return place


def _fields(given: str) -> Fields:
    if len(given) > LONGEST_DRAFT:
        raise BadRequest("that is too long to be kept")
    try:
        fields: Any = json.loads(given)
    except ValueError:
        raise BadRequest("the fields cannot be read") from None
    pairs = isinstance(fields, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair) for pair in fields
    )
    if not pairs:
        raise BadRequest("the fields must be pairs of name and value")
    if any(_UNKEPT.search(each) for pair in fields for each in pair):
        raise BadRequest("PostgreSQL keeps no NUL and no half of a letter")
    return list(fields)
