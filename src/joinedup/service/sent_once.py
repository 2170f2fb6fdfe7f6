"""A form that is sent twice does what it asks for once, and the second sending leads to where the first did.

Without scripts nothing in a browser keeps a button from being pressed twice, a page from being sent again, or a lost
answer from being asked for anew. So every form of the live service carries a random mark (`form_mark`, beside the
token against forgery), and what came of it is kept under the mark in the very transaction that did it (`once`). The
mark counts together with all that the form holds: whoever goes back, writes something else into the same page and
sends it, sends another form.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joinedup.service.access import Audience, audience_of, person_of
from joinedup.service.accounts.actions.desk import do_once, what_came_of
from joinedup.service.accounts.models import Person

FIELD = "sent"
"""The name of the hidden field that holds a form's mark."""
NOT_OF_THE_FORM = {"csrfmiddlewaretoken", "another"}
"""What comes with a form and says nothing of what it asks for: a note that waited in the browser comes without it."""

Words = str | Callable[[Any], str]
"""Words, or what makes them from what the action answered."""


def form_mark() -> SafeString:
    """The hidden field for one form of a page, with a mark that no other form has."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))


def mark_of(request: HttpRequest) -> str:
    """What tells a form with all that it holds from every other; empty for a form without a mark.

    It begins as that of any form with the same mark does (`_begins`), and goes on by what this one holds.
    """
    if not request.POST.get(FIELD):
        return ""
    known: str | None = getattr(request, "mark", None)
    if known is None:
        fields = [
            (name, [value.replace("\r\n", "\n") for value in values])
            for name, values in sorted(request.POST.lists())
            if name not in NOT_OF_THE_FORM
        ]
        files = [(name, [_digest(each) for each in given]) for name, given in sorted(request.FILES.lists())]
        known = _begins(request) + _keyed(json.dumps([fields, files]))
        request.mark = known  # type: ignore[attr-defined]
    return known


def once(request: HttpRequest, act: Callable[[], Any], done: Words, then: Words) -> tuple[str, str]:
    """Act, unless this form was sent before: what to say of it, and where to go.

    Raises what `act` raises; then nothing is kept of the form, and it can be sent again.
    """

    acted = False

    def came() -> tuple[str, str]:
        nonlocal acted
        acted, answer = True, act()
        return _words(done, answer), _words(then, answer)

    mark = mark_of(request)
    said, to = do_once(by=person_of(request), mark=mark, act=came) if mark else came()
    return said if acted else _again(said), to


def sent_otherwise(request: HttpRequest) -> str:
    """What was said of a form with this mark that held something else; empty where there was none.

    A note that was refused is sent again and again until it has been put right, which sends other words.
    """
    if not request.POST.get(FIELD):
        return ""
    before = what_came_of(by=person_of(request), begins=_begins(request))
    return before[0] if before else ""


def tells_itself(view: Any) -> Any:
    """Declare that a view answers a form sent again by itself: who sends it is a script, which follows no redirect."""
    view.tells_itself = True
    return view


class SentBefore:
    """Middleware, the last before a view: a form that was sent before leads to where it led, whatever stands by now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Called by Django before each view."""
        if request.method != "POST" or audience_of(view) not in (Audience.SIGNED_IN, Audience.PERMITTED):
            return None
        if getattr(view, "tells_itself", False) or not isinstance(request.user, Person):
            return None
        mark = mark_of(request)
        before = what_came_of(by=request.user, begins=mark) if mark else None
        if before is None:
            return None
        done, then = before
        if done:
            messages.success(request, _again(done))
        return HttpResponseRedirect(then)


def _begins(request: HttpRequest) -> str:
    return _keyed(request.POST[FIELD])


def _keyed(words: str) -> str:
    return salted_hmac("joinedup.sent", words, algorithm="sha256").hexdigest()[:32]


def _digest(file: Any) -> list[str]:
    found = hashlib.sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return [file.name or "", found.hexdigest()]


def _again(done: str) -> str:
    return done and f"You sent this form twice, and it was done once. {done}"


def _words(words: Words, answer: Any) -> str:
    return words if isinstance(words, str) else words(answer)
