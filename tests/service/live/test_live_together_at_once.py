"""Eight people at once on a real server, on both databases, and the server killed in the middle."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

BENCH = Path(__file__).resolve().parents[3] / "bench" / "live_together.py"


@pytest.fixture(scope="module")
def bench() -> Any:
    """The measuring itself, as a module."""
    spec = importlib.util.spec_from_file_location("bench_live_together", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'live.sqlite3'}"
    make: Callable[[], str] = request.getfixturevalue("postgres")
    return make()


def test_of_eight_people_at_once_nothing_is_lost_nothing_doubled_and_every_refusal_explained(
    bench: Any, database: str, tmp_path: Path
) -> None:
    outcome = bench.together(database, tmp_path, seconds=20)
    assert outcome.good, outcome
    assert outcome.evidence
    assert outcome.changes
    assert outcome.refused, "nobody came second: the test has shown nothing"


def test_what_was_acknowledged_before_the_server_is_killed_is_there(bench: Any, database: str, tmp_path: Path) -> None:
    outcome = bench.together(database, tmp_path, seconds=20, kills=2)
    assert outcome.good, outcome
    assert outcome.cut, "no kill hit anybody: the test has shown nothing"


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (["p0n1."], ""),
        ([], "lost"),
        (["p0n1.", "p0n1."], "doubled"),
    ],
)
def test_the_measuring_sees_what_is_lost_and_what_is_doubled(bench: Any, held: list[str], found: str) -> None:
    tally = bench.Tally(evidence=["p0n1."])
    outcome = bench.judge("sqlite:", 1, 0, [tally], {"evidence": held, "judgements": [], "audit": []})
    assert outcome.good == (not found)
    assert not found or getattr(outcome, found) == ["p0n1."]
