"""The API keeps to its own description, whatever it is asked: questions made from the description, right and wrong."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

EXAMPLES = 12
"""Of each operation and sort: some thirty operations then take well under a minute."""


@pytest.fixture
def described(demo: Path) -> Any:
    """The description, as the service over the demonstration's record gives it."""
    from joinedup.service.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("described")


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate()
