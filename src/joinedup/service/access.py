"""Who may see a view: every view declares it, and one that declares nothing is refused.

Public views show published material; the operator's may correct it. Views of the live service need a permission
(`needs`), most of them in one inspection, which is found, or not, among those that the person may know of. A view
without a declaration answers 403 and fails a test, so that a page added later cannot be open by oversight.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from joinedup.service.accounts.models import Person

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


class Audience(StrEnum):
    """Whom a view is for."""

    PUBLIC = "public"
    """Anybody; shows published material only."""
    OPERATOR = "operator"
    """Who runs the service and has its token; nobody where none is set, and then the view is not there at all."""
    SIGNED_IN = "signed_in"
    """Anybody who has signed in, or (for the steps of signing in) is about to; shows what is their own."""
    PERMITTED = "permitted"
    """Whoever has the permission that the view needs."""


def public(view: ViewFunction) -> ViewFunction:
    """Declare that anybody may see this view."""
    view.audience = Audience.PUBLIC  # type: ignore[attr-defined]
    return view


def operator(refused: Callable[..., HttpResponse]) -> Callable[[ViewFunction], ViewFunction]:
    """Declare that only the operator may change anything through this view; it may be looked at by anybody.

    Whatever is sent without the token never reaches the view: `refused`, which changes nothing, answers in its place
    with status 403, from the same arguments.
    """

    def declare(view: ViewFunction) -> ViewFunction:
        view.audience = Audience.OPERATOR  # type: ignore[attr-defined]
        view.refused = refused  # type: ignore[attr-defined]
        return view

    return declare


def signed_in(view: ViewFunction) -> ViewFunction:
    """Declare that anybody who has signed in may see this view."""
    view.audience = Audience.SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs(permission: Any) -> Callable[[ViewFunction], ViewFunction]:
    """Declare the permission (`accounts.permissions.Permission`) that a view needs.

    A view whose address names an inspection (`<slug:reference>`) gets that inspection as its `inspection` argument
    instead, and needs the permission there: 404 where the person may not know of the inspection, 403 where they may
    but lack the permission.
    """

    def declare(view: ViewFunction) -> ViewFunction:
        view.audience = Audience.PERMITTED  # type: ignore[attr-defined]
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def _is_operator(request: HttpRequest) -> bool:
    return constant_time_compare(request.POST.get("token", ""), settings.OPERATOR_TOKEN)


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """The audience that a view declares; None where it declares none."""
    return getattr(view, "audience", None)


class RequireDeclaredAudience:
    """Middleware that refuses a view which does not say whom it is for, and whoever it is not for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Called by Django before each view."""
        match audience_of(view):
            case None:
                raise PermissionDenied(f"{view.__name__} does not declare who may see it")
            case Audience.OPERATOR:
                if not _may_operate(request):
                    return cast("HttpResponse", view.refused(request, *args, **kwargs))  # type: ignore[attr-defined]
            case Audience.SIGNED_IN | Audience.PERMITTED if not request.user.is_authenticated:
                return _to_sign_in(request)
            case Audience.PERMITTED:
                _require_permission(request, view.permission, kwargs)  # type: ignore[attr-defined]
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    from joinedup.service.accounts.signed_out import to_sign_in  # needs accounts, which the public site alone has not

    return to_sign_in(request)


def _may_operate(request: HttpRequest) -> bool:
    """Whether the view may run: to be looked at, to tell what it takes, or with the operator's token."""
    if not settings.OPERATOR_TOKEN:
        raise Http404("Nobody may change anything here")
    return request.method in ("GET", "HEAD", "OPTIONS") or _is_operator(request)


def _require_permission(request: HttpRequest, permission: Any, kwargs: dict[str, Any]) -> None:
    from joinedup.service.accounts.can import require
    from joinedup.service.inspections.models import Inspection

    person, thing = person_of(request), None
    if "reference" in kwargs:
        thing = get_object_or_404(Inspection.objects.visible_to(person), reference=kwargs.pop("reference"))
        kwargs["inspection"] = thing
    require(person, permission, thing)


def person_of(request: HttpRequest) -> "Person":
    """Who has signed in; only for views that nobody else reaches."""
    return cast("Person", request.user)
