"""The addresses of the API and of the pages that describe it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from pydantic_core import to_json

from joinedup.service.access import audience_of, public
from joinedup.service.api import pages
from joinedup.service.api.declared import api, functions
from joinedup.service.api.document import document, parameters
from joinedup.service.api.edge import edged
from joinedup.service.api.problems import problem


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(to_json(document(), indent=1), content_type="application/json")


@public
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address below the API's."""
    return problem(404, "There is nothing at this address; /api/v1/openapi.json describes what there is.")


def _operations() -> list[URLPattern]:
    """Every operation with its edge around it, for whom the operation itself says that it is."""
    known = parameters()
    return [
        path(str(pattern.pattern), _as_declared(pattern.callback, pattern.name, known[pattern.name]), name=pattern.name)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name in functions
    ]


def _as_declared(view: Callable[..., Any], name: str, known: dict[str, bool]) -> Callable[..., Any]:
    answer = edged(view, known)
    answer.audience = audience_of(functions[name])  # type: ignore[attr-defined]
    return answer


operations = (
    [
        path("openapi.json", edged(openapi, {}), name="openapi"),
        *_operations(),
        re_path(r"^(?P<rest>(?s:.*))\Z", edged(nothing_here, None), name="nothing-here"),
    ],
    "api-v1",
)

urlpatterns = [
    path("api", pages.guide, name="api"),
    path("api/reference", pages.reference, name="api-reference"),
    path("api/v1/", include(operations, namespace="api-v1")),
]
