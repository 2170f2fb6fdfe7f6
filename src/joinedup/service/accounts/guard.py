"""What stands before every page of the live service: sessions that end, and the second factor.

Pages that anybody may see are left alone, so that nobody's session is even looked at there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from joinedup.service.access import Audience, audience_of
from joinedup.service.accounts.actions import session_ended
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.second_factor import is_set_up, needed_by
from joinedup.service.accounts.signed_out import to_sign_in

IDLE = 30 * 60
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 3600
"""Seconds after which any session ends."""
NOTICED = 60
"""A session's last request is written down once in so many seconds: not every page needs to write."""


def before_second_factor(view: Any) -> Any:
    """Declare that a view may be seen by somebody whose second factor is not set up yet."""
    view.before_second_factor = True
    return view


def unattended(view: Any) -> Any:
    """Declare that a page asks this by itself: it does not keep a session going that nobody uses."""
    view.unattended = True
    return view


class Guard:
    """Middleware: ends sessions in time, and leads people without a second factor to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "own_page", False):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Called by Django before each view."""
        if audience_of(view) not in (Audience.SIGNED_IN, Audience.PERMITTED):
            return None
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a search cannot hold a NUL, which PostgreSQL keeps in no text")
        request.own_page = True  # type: ignore[attr-defined]
        if not isinstance(request.user, Person):
            return None
        if why := _over(request, request.user, used=not getattr(view, "unattended", False)):
            session_ended(by=None, person=request.user, why=why)
            logout(request)
            return to_sign_in(request, why)
        if getattr(view, "before_second_factor", False) or _has_second_factor(request, request.user):
            return None
        return redirect("second-factor")


def _over(request: HttpRequest, person: Person, *, used: bool) -> str:
    """Why the session is over; empty while it is not. `used`: the request counts as something done."""
    now = time.time()
    started = request.session.setdefault("started", now)
    seen = request.session.setdefault("seen", now)
    if now - seen > IDLE:
        return "nothing was done for 30 minutes"
    if now - started > LONGEST:
        return "a session lasts 12 hours at most"
    if person.fictional and not settings.DEMO:
        return "fictional people sign in to a demonstration only"
    if used and now - seen > NOTICED:
        request.session["seen"] = now
    return ""


def _has_second_factor(request: HttpRequest, person: Person) -> bool:
    if not needed_by(person) or request.session.get("second_factor"):
        return True
    there = is_set_up(person)
    if there:
        request.session["second_factor"] = True
    return there
