"""Who may see a view: every view declares it, and one that declares nothing is refused.

Today there are two audiences: the public, which reads the public record, and the operator, who may correct it. A view
without a declaration answers 403 and fails a test, so that a page added later cannot be open by oversight.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


class Audience(StrEnum):
    """Whom a view is for."""

    PUBLIC = "public"
    """Anybody; shows published material only."""
    OPERATOR = "operator"
    """Who runs the service and has its token; nobody where none is set, and then the view is not there at all."""


def public(view: ViewFunction) -> ViewFunction:
    """Declare that anybody may see this view."""
    view.audience = Audience.PUBLIC  # type: ignore[attr-defined]
    return view


def operator(view: ViewFunction) -> ViewFunction:
    """Declare that only the operator may change anything through this view."""
    view.audience = Audience.OPERATOR  # type: ignore[attr-defined]
    return view


def _is_operator(request: HttpRequest) -> bool:
    return constant_time_compare(request.POST.get("token", ""), settings.OPERATOR_TOKEN)


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
        audience = audience_of(view)
        if audience is None:
            raise PermissionDenied(f"{view.__name__} does not declare who may see it")
        if audience is Audience.OPERATOR:
            if not settings.OPERATOR_TOKEN:
                raise Http404("Nobody may change anything here")
            if request.method not in ("GET", "HEAD") and not _is_operator(request):
                raise PermissionDenied("The token is not the operator's")
