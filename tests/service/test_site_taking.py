"""What a page would have to pass over in its address is refused, and the way to the page without it is shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from joinedup.analysis.accountability_facts import abouts
from joinedup.areas import bodies_of
from joinedup.record import open_record

pytestmark = pytest.mark.slow


@pytest.fixture
def report(demo: Path) -> str:
    return f"/reports/{next(iter(abouts(open_record(demo))))[:12]}"


@pytest.fixture
def addresses(report: str) -> list[str]:
    """The pages without a form of filters that tell something of the record."""
    body = next(iter(bodies_of("leeds"))).key
    return ["/areas", "/agencies", f"/agencies/{body}", "/corrections", report, f"{report}/pages/1"]


def words_of(page: bytes) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page.decode()).split()))


def test_a_parameter_that_there_is_none_of_is_refused_by_name(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert client.get(address).status_code == 200, address
        answer = client.get(f"{address}?since=2024-01-01&<b>=")
        assert answer.status_code == 400, address
        told = words_of(answer.content)
        assert "There is no parameter since; " in told, address
        assert "There is no parameter <b>; " in told, address
        assert f'href="{address}">Show the page without it<' in answer.content.decode()


def test_what_the_page_does_take_is_told_and_kept(client: Client, report: str) -> None:
    answer = client.get(f"{report}/pages/1?judgement=overall&colour=1")
    assert "There is no parameter colour; there is finding and judgement." in words_of(answer.content)
    assert f'href="{report}/pages/1?judgement=overall">Show the page without it<' in answer.content.decode()
    assert "There is no parameter as_at; this page has none." in words_of(client.get(f"{report}?as_at=x").content)


def test_a_value_given_twice_is_refused(client: Client) -> None:
    answer = client.get("/areas?q=leeds&q=derby")
    assert answer.status_code == 400
    assert "q can be given once only." in words_of(answer.content)
