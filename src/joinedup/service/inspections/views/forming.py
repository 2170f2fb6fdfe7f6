"""How a form of an inspection meets its action, and what its page shows where somebody else saved first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponseRedirect

from joinedup.service.access import person_of
from joinedup.service.accounts.actions.desk import forget_draft
from joinedup.service.actions import StaleError
from joinedup.service.inspections.stale import clash
from joinedup.service.live import attempt
from joinedup.service.versioned import Versioned


def tried(
    request: HttpRequest, form: Form, act: Callable[[], str], then: str
) -> tuple[HttpResponseRedirect | None, dict[str, Any], int]:
    """Try an action with what a form holds, if anything was sent and it is in order; it answers what to say then.

    Answers (where to go, nothing more, 302), or (None, what the page shows beside the form, its status): 200 where
    nothing was sent, 409 where somebody else changed the thing meanwhile (`newer`), else 422.
    """
    if not form.is_bound:
        return None, {}, 200
    if not form.is_valid():
        return None, {}, 422
    gone, refused = attempt(request, form, act, str, then)
    if gone:
        forget_draft(by=person_of(request), place=request.path)
        return gone, {}, 302
    if isinstance(refused, StaleError):
        return None, {"refused": refused, "newer": refused.thing}, 409
    return None, {"refused": refused}, 422


def both_wordings(request: HttpRequest, form: Form, newer: Versioned, then: str, **how: Any) -> dict[str, Any]:
    """What a page shows where somebody else saved first; saving again then counts as having seen theirs.

    `then` is where to go to keep theirs, `how` what `stale.clash` takes.
    """
    shown = {"clash": clash(form, newer, form.cleaned_data["seen"], **how), "keep_theirs": then}
    form.data = again = request.POST.copy()
    again["seen"] = str(newer.version)
    return shown
