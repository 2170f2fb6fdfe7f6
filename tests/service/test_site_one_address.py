"""What a form sends and asks for nothing is taken out of the address, and all that was chosen stays in it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from joinedup.service.site.one_address import shorter

EXPLORER = "agency=&theme=&region=&area=&since=&kind=&polarity=&sure_below=&framework=&until=&text="
SEARCH = "agency=&theme=&region=&area=&kind=&polarity=&framework=&since=&until="
REPORTS = "area=&region=&framework=&year=&since=&until="
ENGLAND = "since=&judgement=overall&framework=slac&framework=cpi&framework=sif&framework=ilacs"


def sent(path: str, empty: str, **chosen: str) -> str:
    """The address that a browser without scripts sends: the form's fields, some of them filled in."""
    pairs = [
        f"{name}={chosen.pop(name, value)}" for name, _, value in (each.partition("=") for each in empty.split("&"))
    ]
    return f"{path}?{'&'.join([*pairs, *(f'{name}={value}' for name, value in chosen.items())])}"


@pytest.mark.parametrize(
    ("address", "there"),
    [
        (sent("/accountability", EXPLORER), "/accountability"),
        (sent("/accountability", EXPLORER, agency="police", kind="all"), "/accountability?agency=police&kind=all"),
        (
            sent("/accountability", EXPLORER, area="Barnsley", since="1+January+2022", show="theme-period"),
            "/accountability?area=barnsley&since=2022-01-01&show=theme-period",
        ),
        ("/accountability?theme=missing_children&page=3&region=", "/accountability?theme=missing_children&page=3"),
        ("/accountability?agency=police&show=theme-agency", "/accountability?agency=police"),
        ("/accountability?q=toys&agency=", "/accountability?text=toys"),
        (sent("/search", SEARCH), "/search"),
        (sent("/search", SEARCH, q="%22missing+children%22"), "/search?q=%22missing+children%22"),
        (sent("/search", SEARCH, q="toys", region="London"), "/search?q=toys&region=London"),
        (sent("/reports", REPORTS, area="Leeds", since="2020-01-01"), "/reports?area=leeds&since=2020-01-01"),
        ("/areas?q=", "/areas"),
        ("/areas?q=++", "/areas"),
        ("/areas/barnsley?as_at=", "/areas/barnsley"),
        ("/areas/barnsley/asked-again?as_at=", "/areas/barnsley/asked-again"),
        ("/areas/barnsley/indicators?as_at=2024-01-01&topic=", "/areas/barnsley/indicators?as_at=2024-01-01"),
        ("/data?area=", "/data"),
        ("/data?area=barnsley&fictional=false", "/data?area=barnsley"),
        (sent("/", ENGLAND, as_at="2016-11-16"), "/?as_at=2016-11-16"),
        (sent("/", ENGLAND, as_at="2016-11-16", sort="grade"), "/?as_at=2016-11-16&sort=grade"),
        (sent("/", "as_at=2016-11-16&since=&judgement=overall", framework="sif"), "/?as_at=2016-11-16&framework=sif"),
    ],
)
def test_a_form_that_was_sent_leads_to_the_address_that_can_be_sent_on(
    client: Client, address: str, there: str
) -> None:
    for method in (client.get, client.head):
        answer = method(address)
        assert (answer.status_code, answer["Location"]) == (302, there)
        assert "ETag" not in answer, "what leads on is asked for anew: what a default is may be another tomorrow"
        assert method(there).status_code in (200, 404), "and nobody is led on from there"


def test_the_day_is_left_out_where_it_is_today(client: Client) -> None:
    today = timezone.localdate().isoformat()
    assert client.get(sent("/", f"as_at={today}&{ENGLAND}"))["Location"] == "/"
    assert client.get(f"/areas/barnsley?as_at={today}")["Location"] == "/areas/barnsley"


@pytest.mark.parametrize(
    "address",
    ["/accountability?agency=police&area=Barnsley", "/search?q=x&page=2", "/areas?q=dorset", "/data?area=derby"],
)
def test_an_address_in_which_everything_is_chosen_stays_as_it_is(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    ["/accountability?area=Atlantis&theme=", "/search?q=toys&wizard=", "/reports?year=1066&area=", "/?as_at=x&since="],
)
def test_a_mistake_is_told_at_once(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.slow
def test_what_is_shown_is_the_same(client: Client, demo: Path) -> None:
    address = sent("/accountability", EXPLORER, agency="police", region="North+West")
    there = client.get(address)["Location"]
    assert parse_qsl(there.partition("?")[2]) == [("agency", "police"), ("region", "North West")]
    assert client.get(address, follow=True).content == client.get(there).content


def test_an_address_is_led_on_only_to_one_that_is_shorter() -> None:
    asked = RequestFactory().get("/accountability?agency=police&agency=health")
    assert shorter(asked, "?agency=police&theme=neglect") is None
    assert shorter(asked, "") is not None
