"""The scoring script over the published reports: every field against labels made by reading."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

NOT_IN_THE_REPORT = {("la-childrens-services/80567-surrey-2015-06-03.pdf", "lscb")}
"""Surrey's single inspection report of June 2015 holds no review of its LSCB (the words do not occur in it): the board
was reviewed apart, in a report of 3 August 2015. The outcomes file lists that grade on the row of June."""


@pytest.fixture(scope="module")
def scored(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    script = shared_data.parent / "score" / "reading.py"
    misses = tmp_path_factory.mktemp("score") / "misses.jsonl"
    command = f"{sys.executable} -m joinedup"
    run = subprocess.run(
        [sys.executable, script, "--json", "--misses", misses, "--command", command], capture_output=True, check=True
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    figures["misses"] = [json.loads(line) for line in misses.read_text(encoding="utf-8").splitlines()]
    return figures


def test_every_official_grade_is_read_or_shown_not_to_be_in_the_report(scored: dict[str, Any]) -> None:
    missed = {(miss[1], miss[2]) for miss in scored["misses"] if miss[0] == "grade"}
    assert missed <= NOT_IN_THE_REPORT
    assert scored["grades_not_in_the_official_record"] == 0


def test_every_day_of_publication_is_the_official_one(scored: dict[str, Any]) -> None:
    assert scored["published"] == 1.0


@pytest.mark.parametrize(
    "field",
    ["area", "report_date", "fieldwork_start", "fieldwork_end", "inspectorates", "addressees", "statement_due"],
)
def test_every_field_of_the_letters(scored: dict[str, Any], field: str) -> None:
    assert scored[f"jtai.{field}"] >= 0.98


def test_the_bulleted_items(scored: dict[str, Any]) -> None:
    assert scored["items"]["f1"] >= 0.98


def test_what_is_no_report_is_refused_and_nothing_else(scored: dict[str, Any]) -> None:
    assert scored["refused_wrongly_or_not_refused"] == []
