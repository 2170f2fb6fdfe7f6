"""Who may see a view: every view declares it, and one that declares nothing is refused.

Today there is one audience, the public, because every page reads the public record alone. A view without a
declaration answers 403 and fails a test, so that a page added later cannot be open by oversight.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


class Audience(StrEnum):
    """Whom a view is for."""

    PUBLIC = "public"
    """Anybody; shows published material only."""


def public(view: ViewFunction) -> ViewFunction:
    """Declare that anybody may see this view."""
    view.audience = Audience.PUBLIC  # type: ignore[attr-defined]
    return view


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """The audience that a view declares; None where it declares none."""
    return getattr(view, "audience", None)


class RequireDeclaredAudience:
    """Middleware that refuses a view which does not say whom it is for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Called by Django before each view."""
        if audience_of(view) is None:
            raise PermissionDenied(f"{view.__name__} does not declare who may see it")
