"""A page that is only looked at says so to whatever is sent to it, on a page of ours, with the methods that it takes;
and every page without a form of filters refuses parameters that there are none of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from joinedup.service.access import Audience, audience_of
from joinedup.service.methods import told_on_a_page

ALLOW = "GET, HEAD, OPTIONS"
PAGES = (
    "/",
    "/areas",
    "/areas/barnsley",
    "/data",
    "/reports",
    "/search",
    "/about",
    "/about/licence",
    "/api",
    "/agencies",
)
FILES = ("/england.csv", "/reports.csv", "/data/inspections.parquet", "/areas/barnsley/indicators.csv", "/robots.txt")


@pytest.fixture
def browser() -> Client:
    """A client that forgery protection applies to."""
    return Client(enforce_csrf_checks=True)


def words_of(page: bytes) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page.decode()).split()))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", PAGES)
def test_what_is_sent_to_a_page_is_answered_by_a_page_that_says_it_can_only_be_read(
    browser: Client, address: str, method: str
) -> None:
    """And not that a form came without a cookie: there is no form to send again."""
    answer = getattr(browser, method)(address)
    assert answer.status_code == 405
    assert answer["Allow"] == ALLOW
    assert answer["Cache-Control"] == "no-store"
    assert "This page can only be read" in words_of(answer.content)
    assert f'href="{address}">Read the page<' in answer.content.decode()
    assert "<nav" in answer.content.decode(), "in the layout of every page"


@pytest.mark.parametrize("address", FILES)
def test_where_a_program_fetches_a_file_it_is_told_in_plain_text(browser: Client, address: str) -> None:
    answer = browser.post(address)
    assert (answer.status_code, answer["Allow"]) == (405, ALLOW)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("address", [*PAGES, *FILES, "/health"])
def test_options_tells_what_a_page_takes_and_head_is_taken(browser: Client, address: str) -> None:
    answer = browser.options(address)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, ALLOW, b"")
    head = browser.head(address)
    assert (head.status_code, head.getvalue()) == (200, b"")


OPERATORS = (
    "/accountability/check",
    "/accountability/check/table",
    "/areas/barnsley/asked-again/same?asked=x",
    f"/reports/{'a' * 12}/correct?finding={'b' * 16}",
)
"""The pages with forms that correct; of the last two there is no such thing, and nothing tells so here."""


@pytest.mark.parametrize("address", OPERATORS)
def test_options_tells_what_a_form_of_the_operators_takes_and_shows_no_form(browser: Client, address: str) -> None:
    with override_settings(OPERATOR_TOKEN="t" * 32):
        answer = browser.options(address)
        assert (answer.status_code, answer["Allow"], answer.content) == (204, f"{ALLOW}, POST", b"")
        forged = Client().put(address)
        assert forged.status_code in (403, 404), "what would be sent without the token reaches no view"
    assert browser.options(address).status_code == 404, "where nobody may correct there is nothing, as for GET"


@pytest.mark.parametrize("address", ["/api/v1/areas", "/api/v1/nothing/here"])
def test_the_api_tells_it_as_a_problem(browser: Client, address: str) -> None:
    answer = browser.post(address)
    assert (answer.status_code, answer["Allow"]) == (405, ALLOW)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 405


def test_an_address_that_only_takes_forms_says_so_to_whoever_looks_at_it() -> None:
    def only_sent(request: HttpRequest) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    request = RequestFactory().get("/somewhere")
    request.resolver_match = None
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    answer = told_on_a_page(only_sent)(request)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends" in words_of(answer.content)  # type: ignore[attr-defined]


FOR_MACHINES = {"health", "robots", "favicon", "report-picture"}
"""What no person reads, and what asks for nothing with a parameter."""
FILLED = {"slug": "barnsley", "table": "inspections", "ending": "csv"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every public address of the site and of the API's pages whose parts can be filled in without a report."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.namespace is None:
                yield from addresses(one, before + str(one.pattern))
        elif isinstance(one, URLPattern) and audience_of(one.callback) is Audience.PUBLIC:
            named = set(one.pattern.regex.groupindex)
            if one.name not in FOR_MACHINES and named <= FILLED.keys() and one.name != "agency":
                from django.urls import reverse

                yield reverse(str(one.name), kwargs={name: FILLED[name] for name in named})


def site() -> list[str]:
    return [
        *addresses(get_resolver("joinedup.service.site.urls")),
        *(address for address in addresses(get_resolver("joinedup.service.api.urls"))),
    ]


def test_every_page_and_file_of_the_site_refuses_a_parameter_that_there_is_none_of(client: Client) -> None:
    found = site()
    assert {"/", "/about", "/about/licence", "/about/accessibility", "/api", "/api/reference", "/data"} <= set(found)
    for address in found:
        answer = client.get(address, {"framwork": "sif"})
        assert answer.status_code == 400, address
        assert "There is no parameter framwork; " in words_of(answer.content), address


@pytest.mark.parametrize("address", ["/about", "/about/licence", "/about/accessibility", "/api", "/api/reference"])
def test_but_the_marks_of_mail_programs_lead_to_the_page_without_them(client: Client, address: str) -> None:
    answer = client.get(f"{address}?utm_source=newsletter&fbclid=x")
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert client.get(address).status_code == 200
