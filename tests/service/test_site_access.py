"""Every view says whom it is for; one that does not is refused."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

from joinedup.service.access import Audience, audience_of, public


def views(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every view that an address leads to, however deep it is included."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        else:
            assert isinstance(pattern, URLPattern)
            yield str(pattern.pattern), pattern.callback


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view without a declaration."""
    return HttpResponse("secret")


@public
def declared(request: HttpRequest) -> HttpResponse:
    """A view with one."""
    return HttpResponse("open")


urlpatterns = [path("forgotten", forgotten), path("declared", declared)]
handler403 = "joinedup.service.site.views.errors.forbidden"


def test_every_address_leads_to_a_view_that_declares_its_audience() -> None:
    found = dict(views(get_resolver("joinedup.service.urls")))
    assert len(found) >= 10
    undeclared = [name for name, view in found.items() if audience_of(view) is None]
    assert undeclared == []
    operators = {name for name, view in found.items() if audience_of(view) is Audience.OPERATOR}
    assert operators == {
        "accountability/check",
        "accountability/check/table",
        r"^accountability/check\.(?P<ending>csv|xlsx)$",
        "areas/<slug:slug>/asked-again/same",
        "reports/<slug:given>/correct",
    }, "they correct, or have what is to be corrected, and nothing else"


def test_every_page_for_a_mistake_declares_it_too() -> None:
    resolver = get_resolver("joinedup.service.urls")
    for status in (400, 403, 404, 500):
        assert audience_of(resolver.resolve_error_handler(status)) is Audience.PUBLIC


def test_a_view_that_declares_nothing_is_refused(client: Client) -> None:
    from types import ModuleType

    module = ModuleType("undeclared_urls")
    module.urlpatterns = [*urlpatterns, *get_resolver("joinedup.service.urls").url_patterns]  # type: ignore[attr-defined]
    module.handler403 = handler403  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=module):
        assert client.get("/declared").content == b"open"
        answer = client.get("/forgotten")
    assert answer.status_code == 403
    assert b"secret" not in answer.content
