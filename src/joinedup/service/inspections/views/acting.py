"""How pages of an inspection meet actions: a page with one form, and a button by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from joinedup.service.access import person_of
from joinedup.service.accounts.actions.desk import forget_draft
from joinedup.service.actions import RefusedError, StaleError
from joinedup.service.forms import WhyForm
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stale import Shown, Values
from joinedup.service.inspections.views.forming import both_wordings
from joinedup.service.live import attempt, inspection_page
from joinedup.service.sent_once import Words, once


class ToldReasonForm(LookedOver, WhyForm):
    """A form that asks why, where agencies read the answer."""


def act_page(
    request: HttpRequest,
    inspection: Inspection,
    here: str,
    form: Form,
    act: Callable[[], Any],
    *,
    title: str,
    button: str,
    done: Words,
    then: str,
    context: Mapping[str, Any] | None = None,
    template: str = "inspections/act.html",
    now: Shown | None = None,
    values: Callable[[Any], Values] | None = None,
    only_show: bool = False,
) -> HttpResponse:
    """A page with one form that leads to one action; or, where `none` of the context says why it cannot be, without it.

    What was typed into a form that was sent is then shown, to be copied.

    422 where the form is not right, 409 where the action is refused as things stand. Where somebody else changed the
    thing meanwhile, `stale.clash` shows both beside each other, with `now` for what is no field of the form (`values`:
    as there), and saving again counts as having seen that. `only_show`: the form was sent to look for something and not
    to save.
    """
    shown: dict[str, Any] = {"form": form, "title": title, "button": button, "back": then, **(context or {})}
    if request.method != "POST" or only_show:
        return inspection_page(request, template, inspection, here, shown)
    to, refused = attempt(request, form, act, done, then) if form.is_valid() else (None, None)
    if to is not None:
        forget_draft(by=person_of(request), place=request.path)
        return to
    status = 409 if refused and not form.errors else 422
    if isinstance(refused, StaleError):
        shown |= both_wordings(request, form, refused.thing, then, values=values, shown=now)
    return inspection_page(request, template, inspection, here, {**shown, "refused": refused}, status=status)


def press(request: HttpRequest, act: Callable[[], Any], done: str, then: str) -> HttpResponseRedirect:
    """What a button by itself does: the action, once, and back to the page, which says what came of it."""
    try:
        said, then = once(request, act, done, then)
    except RefusedError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(then)
