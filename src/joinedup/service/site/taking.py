"""What pages without a form of filters take in their address: all else is refused, and not passed over (decision 0111).

Such a page shows the same whatever else is asked of it: `?since=2024-01-01` behind a body's address would give the
figures of all years as though they were of some.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from joinedup.areas.sentences import listed
from joinedup.service.site.address_form import LONGEST_NAME

View = Callable[..., HttpResponse]


def takes(*names: str) -> Callable[[View], View]:
    """A view that takes these parameters, each once; an address with others is answered 400 with what is wrong with it
    and the way to the page without them."""

    def taking(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            wrong = _wrong(request.GET, names)
            if not wrong:
                return view(request, *args, **kwargs)
            context = {"what": "parameter", "wrong": wrong, "without": _without(request, names)}
            return render(request, "site/problem.html", context, status=400)

        return answer

    return taking


def _wrong(given: QueryDict, names: tuple[str, ...]) -> list[str]:
    there_is = f"there is {listed(list(names))}" if names else "this page has none"
    unknown = [f"There is no parameter {name[:LONGEST_NAME]}; {there_is}." for name in sorted(set(given) - set(names))]
    return unknown + [f"{name} can be given once only." for name in names if len(given.getlist(name)) > 1]


def _without(request: HttpRequest, names: tuple[str, ...]) -> str:
    """The address with what is right in it."""
    kept = QueryDict(mutable=True)
    for name in names:
        if len(values := request.GET.getlist(name)) == 1:
            kept[name] = values[0]
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
