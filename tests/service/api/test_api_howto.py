"""What the page on using the API says can be asked is asked."""

import re
from pathlib import Path

import pytest
from django.test import Client

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "use-the-api.md"
ADDRESSES = re.findall(r"^- `(/[^`]+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_answers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content


def test_there_are_some() -> None:
    assert len(ADDRESSES) >= 8


def test_the_examples_on_the_services_own_page_answer(client: Client) -> None:
    page = client.get("/api").content.decode()
    examples = re.findall(r'href="(/api/v1/[^"]+\?[^"]+)"', page)
    assert len(examples) >= 6
    for address in examples:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
