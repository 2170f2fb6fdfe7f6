"""What somebody meets whose session is over: the way to sign in, and whatever they had typed, so that none is lost."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KEPT_BACK = frozenset({"csrfmiddlewaretoken", "password", "old_password", "new_password", "again", "code"})
"""Fields that no page shows again; a password of three words looks like any other text."""


def to_sign_in(request: HttpRequest, why: str = "") -> HttpResponse:
    """Lead to signing in, and from there to the page asked for; after a form was sent, show first what was typed.

    `why` says how the session came to its end, where that is known.
    """
    if typed := _typed(request):
        context = {"typed": typed, "why": why, "files": len(request.FILES), "back": _page_of_form(request)}
        response = render(request, "accounts/signed_out.html", context, status=403)
        response.headers["Cache-Control"] = "no-store"
        return response
    if why:
        messages.info(request, f"You were signed out: {why}. Sign in again to go on.")
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/work")


def _page_of_form(request: HttpRequest) -> str:
    """The page that the form stood on, as the browser says; many forms are sent to an address that shows no page."""
    try:
        told = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no browser says such a thing, but anybody can
        return request.path
    if told.netloc != request.get_host():
        return request.path
    return f"{told.path}?{told.query}" if told.query else told.path


def _typed(request: HttpRequest) -> list[str]:
    """The texts of a form that was sent. What is one word long was chosen, and is chosen again in a moment."""
    given = (value.strip() for name, values in request.POST.lists() if name not in KEPT_BACK for value in values)
    return [text for text in given if len(text.split()) > 1]
