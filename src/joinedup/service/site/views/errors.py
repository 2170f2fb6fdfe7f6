"""The pages for what went wrong, each telling what to do next."""

from __future__ import annotations

from urllib.parse import unquote

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from joinedup.service.access import public
from joinedup.service.site.area_search import near


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; below /areas/ with the areas whose names come near the one in the address."""
    room, _, rest = unquote(request.path).removeprefix("/").partition("/")
    words = rest.partition("/")[0].replace("-", " ")[:100]
    return render(request, "site/not_found.html", {"near": near(words) if room == "areas" else ()}, status=404)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself could not be read; 413 where it was too long."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "site/problem.html", {"what": "too_long"}, status=413)
    return render(request, "site/problem.html", {"what": "bad_request"}, status=400)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "site/problem.html", {"what": "forbidden"}, status=403)


@public
@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. The page asks nothing of the record, which may be the very thing that failed."""
    return render(request, "site/problem.html", {"what": "server_error"}, status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not one of ours, or the browser keeps no cookies. Nothing of what was sent is shown: it may
    come from another site."""
    return render(request, "site/problem.html", {"what": "csrf"}, status=403)
