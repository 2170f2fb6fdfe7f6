"""What the tests of attribution share: statements judged in one call."""

from collections.abc import Callable

import pytest

from joinedup.attribution import Attribution, Statement, attribute_report

Judge = Callable[..., Attribution]


@pytest.fixture
def judge() -> Judge:
    """Judge one statement; `before` are other texts of the same report, which teach local names."""

    def one(
        text: str,
        *,
        family: str = "jtai",
        before: tuple[str, ...] = (),
        kind: str = "improvement",
        section: str | None = None,
        lead_in: str | None = None,
        responsible: tuple[str, ...] = (),
        organisations: tuple[tuple[str, str | None], ...] = (),
    ) -> Attribution:
        statements = [Statement(other) for other in before]
        last = Statement(text, kind=kind, section=section, lead_in=lead_in, responsible=responsible)  # type: ignore[arg-type]
        statements.append(last)
        return attribute_report(statements, family=family, organisations=organisations)[-1]

    return one
