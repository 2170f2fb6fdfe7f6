"""What every page of the live service shares: its menu, an inspection's own menu, and how a form meets an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.looking_over import DisclosureError, LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.sent_once import Words, form_mark, once


class Section(NamedTuple):
    """One entry of a menu: the name of its address, its words, and the permission that shows it (None: everybody)."""

    name: str
    title: str
    permission: Permission | None


MENU = (
    Section("work", "Your work", None),
    Section("inspections", "Inspections", Permission.INSPECTION_SEE),
    Section("people", "People", Permission.PEOPLE_MANAGE),
    Section("organisations", "Organisations", Permission.ORGANISATIONS_MANAGE),
    Section("audit", "Audit", Permission.AUDIT_SEE),
)
"""The menu of somebody who has signed in."""

SECTIONS = (
    Section("inspection", "Overview", Permission.INSPECTION_SEE),
    Section("timetable", "Timetable", Permission.INSPECTION_SEE),
    Section("team", "Team", Permission.TEAM_SEE),
    Section("notifications", "Notification", Permission.REQUEST_SEE),
    Section("requests", "Requests for information", Permission.REQUEST_SEE),
    Section("children", "Children", Permission.CHILD_SEE),
    Section("evidence", "Evidence", Permission.EVIDENCE_SEE),
    Section("coverage", "Coverage", Permission.EVIDENCE_SEE),
    Section("findings", "Findings", Permission.DRAFT_SEE),
    Section("contributions", "Contributions", Permission.DRAFT_SEE),
    Section("judgements", "Judgements", Permission.DRAFT_SEE),
    Section("meeting", "Team meeting", Permission.DRAFT_SEE),
    Section("sufficiency", "What is missing", Permission.DRAFT_SEE),
    Section("moderation", "Moderation", Permission.DRAFT_SEE),
    Section("disclosure", "Disclosure", Permission.DRAFT_SEE),
    Section("accuracy", "Factual accuracy", Permission.ACCURACY_SEE),
    Section("wording", "Summaries", Permission.DRAFT_SEE),
    Section("signing", "Sign-off", Permission.DRAFT_SEE),
    Section("documents", "Documents", Permission.INSPECTION_SEE),
    Section("publishing", "Publication", Permission.PUBLISH),
)
"""The menu of one inspection; each is an address under `/inspections/<reference>`."""


def every_live_page(request: HttpRequest) -> dict[str, Any]:
    """What templates of the live service may use; nothing is asked of the database until one does."""

    person = getattr(request, "user", AnonymousUser())  # a request refused at the door comes without one

    def menu() -> list[Section]:
        return [each for each in MENU if each.permission is None or can(person, each.permission)]

    return {
        "live": True,
        "live_menu": menu,
        "user": person,
        "messages": messages.get_messages(request),
        "fictional": settings.DEMO,
        "form_mark": form_mark,
    }


def inspection_page(
    request: HttpRequest,
    template: str,
    inspection: Inspection,
    here: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of one inspection: with its heading, its menu with `here` marked, and what the template asks for."""
    shown = {
        "inspection": inspection,
        "here": "inspections",
        "section": here,
        "sections": [each for each in SECTIONS if each.permission and can(request.user, each.permission, inspection)],
        "fictional": inspection.fictional,
    }
    return render(request, template, {**shown, **(context or {})}, status=status)


def attempt(
    request: HttpRequest, form: forms.Form, act: Callable[[], Any], done: Words, then: Words
) -> tuple[HttpResponseRedirect | None, RefusedError | None]:
    """Try an action with what a valid form holds, once for each form (`sent_once`).

    Answers (where to go, None) when it was done, having said `done` if there is anything to say; else (None, why it was
    refused), or (None, None) where the reasons are put beside single fields, so that the page can be shown again with
    all that was typed; where words could identify a child the form then offers the confirmation that they do not.
    """
    try:
        said, to = once(request, act, done, then)
    except RefusedError as error:
        if isinstance(error, DisclosureError) and isinstance(form, LookedOver):
            form.offer(error)
        return None, error
    except ValidationError as error:
        for name, problems in getattr(error, "message_dict", {"__all__": error.messages}).items():
            form.add_error(name if name in form.fields else None, problems)
        return None, None
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(to), None


def version_seen(request: HttpRequest) -> int:
    """The version that the page before showed; 0, which no thing has, where the request does not say."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
