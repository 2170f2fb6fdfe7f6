"""What the tests of the API share: no limit unless a test sets one, and answers as plain values."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client, override_settings


@pytest.fixture(autouse=True)
def no_limit() -> Iterator[None]:
    """All tests come from one address."""
    with override_settings(API_PER_MINUTE=0):
        yield


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """The JSON that an address below /api/v1/ answers with status 200."""

    def asked(address: str, **parameters: Any) -> Any:
        answer = client.get(f"/api/v1/{address}", parameters)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"].startswith("application/json")
        return answer.json()

    return asked
