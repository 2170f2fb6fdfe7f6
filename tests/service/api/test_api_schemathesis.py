"""The API keeps to its own description, whatever it is asked: questions made from the description, right and wrong.

Schemathesis makes the questions and judges the answers: status and body as described, right questions answered, wrong
ones refused, no fault of ours. Its plugin for pytest is not used (and is switched off in pyproject.toml, for it would
cost every run of the tests its start): here it is a library.
"""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from joinedup.service.api.document import document

EXAMPLES = 10
"""Of each operation and sort: some thirty operations then take well under a minute."""

CONTRADICTIONS = 400
"""Days in the wrong order, a judgement that the framework does not give: each parameter is right by itself."""

OPERATIONS = sorted(
    (methods["get"]["operationId"], mode)
    for methods in document()["paths"].values()
    for mode in GenerationMode
    if methods["get"]["parameters"] or mode is GenerationMode.POSITIVE  # nothing can be wrong where nothing is asked
)


@pytest.fixture(scope="module")
def described() -> Any:
    """The description as the service gives it, and how to ask the service in this very process."""
    from joinedup.service.wsgi import application

    accepted = {"expected-statuses": ["2xx", "404", CONTRADICTIONS]}
    config = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": accepted}})
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "mode"), OPERATIONS, ids=str)
def test_every_operation_keeps_to_its_description(
    operation: str, mode: GenerationMode, described: Any, demo: Path
) -> None:
    ours = described.find_operation_by_id(operation)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(ours.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask()
