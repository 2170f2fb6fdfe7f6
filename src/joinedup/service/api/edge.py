"""The edge of the API: what is done for every operation before and after it answers.

In this order: OPTIONS and CORS, methods other than reading, the limit of each client, parameters that are not
described, what the client has already. Any web page may read the answers: they are public and no cookie is looked at.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from joinedup.service.api.limits import headers as limit_headers
from joinedup.service.api.limits import take
from joinedup.service.api.problems import Wrong, problem, wrong_parameters
from joinedup.service.site.caching import follows_the_record

ALLOWED = "GET, HEAD, OPTIONS"

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

View = Callable[..., HttpResponseBase]
Parameters = Mapping[str, bool] | None
"""The query parameters that are described, and whether each may be given several times; None: any may be there."""


def edged(view: View, parameters: Parameters) -> View:
    """The view with all of that around it."""
    keeping = follows_the_record(view)

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(keeping, parameters, request, *args, **kwargs)
        for name, value in _CORS.items():
            response.headers[name] = value
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    # No cookie is looked at, so nothing can be forged; and whoever posts is told that this can only be read.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _answer(view: View, parameters: Parameters, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        return problem(405, f"The record is only read here: {ALLOWED}.", headers={"Allow": ALLOWED})
    taken = take(request)
    if taken and not taken.allowed:
        detail = f"You have asked more than the limit allows. Wait {taken.wait} seconds, then go on more slowly."
        return problem(429, detail, headers=limit_headers(taken))
    response = _reading(view, parameters, request, *args, **kwargs)
    for name, value in (limit_headers(taken) if taken else {}).items():
        response.headers[name] = value
    return response


def _reading(view: View, parameters: Parameters, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if wrong := _undescribed(parameters, request):
        return wrong_parameters(wrong)
    # What reads is one operation; the server leaves the body out where only the head was asked for.
    asked, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = asked


def _undescribed(parameters: Parameters, request: HttpRequest) -> list[Wrong]:
    wrong: list[Wrong] = []
    if parameters is None:
        return wrong
    for name, values in request.GET.lists():
        if name not in parameters:
            known = ", ".join(parameters) or "no parameter at all"
            wrong.append(Wrong(parameter=name[:100], message=f"there is no such parameter here; there is {known}"))
        elif len(values) > 1 and not parameters[name]:
            wrong.append(Wrong(parameter=name, message="this can be given once only"))
    return wrong
