"""Whoever follows a link that was shared comes to the page, whatever marks the way there put on it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from joinedup.service.shared_links import without_marks


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/accountability?fbclid=IwAR0x", "/accountability"),
        ("/accountability?agency=police&utm_source=a&utm_medium=b&theme=missing_children", None),
        ("/search?q=missing+children&utm_campaign=x", "/search?q=missing+children"),
        ("/areas/barnsley?UTM_Source=x&as_at=2024-01-01", "/areas/barnsley?as_at=2024-01-01"),
        ("/about?mc_eid=1", "/about"),
        ("/search?q=caf%C3%A9%26&%75tm_id=2", "/search?q=caf%C3%A9%26"),
    ],
)
def test_marks_are_taken_out_and_all_else_is_kept(client: Client, address: str, there: str | None) -> None:
    for method in (client.get, client.head):
        answer = method(address)
        assert answer.status_code == 302
        assert answer["Location"] == (there or "/accountability?agency=police&theme=missing_children")
        assert "ETag" not in answer
        assert method(answer["Location"]).status_code == 200


def test_nobody_is_led_to_another_site() -> None:
    asked = RequestFactory().get("/?utm_source=x")
    asked.path = asked.path_info = "//elsewhere.example/"
    assert without_marks(lambda _: HttpResponse())(asked)["Location"] == "/%2Felsewhere.example/"


@pytest.mark.parametrize("address", ["/agencies?utmost=1", "/agencies?q=utm_source", "/api/v1/areas?utm_source=x"])
def test_what_is_no_mark_and_what_the_api_is_asked_are_refused_as_ever(client: Client, address: str) -> None:
    assert client.get(address).status_code in (400, 422)


def test_a_form_that_is_sent_keeps_its_address(client: Client) -> None:
    assert client.post("/about?utm_source=x").status_code != 302
