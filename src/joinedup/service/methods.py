"""Methods that an address does not take: told as such (405, with those that it does take in `Allow`) on a page of ours.

A page that is only looked at changes nothing whatever is sent to it. So it asks for no proof that a form is ours, which
would have whoever sends one believe that a form was refused, and says that it can only be read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render

from joinedup.service.site.files import TYPES, plain_text

READS = ("GET", "HEAD", "OPTIONS")
FORMS = (*READS, "POST")

FILES = (*TYPES, "png", "txt", "ico")
"""How the addresses end under which programs fetch files and no page is shown."""

View = Callable[..., HttpResponseBase]


def require_safe(view: View) -> View:
    """A view that is only looked at: GET and HEAD reach it, OPTIONS is told so, and everything else is 405."""
    answer = _taking(READS, view)
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def require_form(view: View) -> View:
    """A view with a form: what is only looked at reaches it, and what a form sends; OPTIONS is told so, and everything
    else is 405."""
    return _taking(FORMS, view)


def _taking(methods: tuple[str, ...], view: View) -> View:
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
        if request.method in methods:
            return view(request, *args, **kwargs)
        return HttpResponseNotAllowed(methods)

    return answer


def told_on_a_page(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: what answers 405 with nothing to read is given a page that says what to do.

    It stands behind what finds out who asks and whether they may, for the page has the layout that is theirs.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        told = _told(request, only_read="GET" in response["Allow"])
        told.headers["Allow"] = response["Allow"]
        told.headers["Cache-Control"] = "no-store"
        return told

    return answer


def _told(request: HttpRequest, *, only_read: bool) -> HttpResponse:
    if request.path.rpartition(".")[2] in FILES:
        return plain_text("This can only be fetched (GET). What was sent is not taken, and nothing was changed.", 405)
    context = {"what": "only_read" if only_read else "only_sent", "here": request.path}
    return render(request, "site/problem.html", context, status=405)
