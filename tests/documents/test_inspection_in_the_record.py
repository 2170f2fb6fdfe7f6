"""A report of ours is taken into the record like any other: who must improve what, search, and the area's answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from joinedup.cli import main
from joinedup.documents.inspection import InspectionReport, example_report, published_report, to_pdf
from joinedup.record import Steps, ingest, open_record

FRAMEWORKS = ("jtai-2022", "ilacs-2026", "multi-agency-2012", "joined-up-1")


def real(framework: str, version: int = 1) -> InspectionReport:
    """The example, as if it were about a place that exists: what is fictional is left out of answers by default."""
    report = example_report(framework, version=version)
    return replace(report, about=replace(report.about, area="barnsley", fictional=False))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    files = folder / "files"
    files.mkdir()
    reports = {framework: real(framework) for framework in FRAMEWORKS}
    reports |= {"again": real("joined-up-1", 2), "fictional": example_report()}
    for name, report in reports.items():
        (files / f"{name}.pdf").write_bytes(to_pdf(published_report(report)))
    summary = ingest([files], folder / "record")
    assert (summary.added, tuple(summary.refused)) == (6, ())
    return folder / "record"


def rows(record: Path, sql: str) -> list[dict[str, object]]:
    return open_record(record).ask(Steps().step("answer", sql)).rows


def asked(report: InspectionReport) -> set[tuple[str, str]]:
    return {(each.words, each.agency) for each in report.improvements}


@pytest.mark.slow
def test_each_agency_is_asked_for_what_the_statement_says(record: Path) -> None:
    found = rows(
        record,
        "SELECT p.framework, f.text, r.agency FROM findings f JOIN reports p ON p.sha256 = f.report"
        " JOIN responsibilities r ON r.finding = f.id WHERE f.kind IN ('improvement', 'priority_action')",
    )
    for framework in FRAMEWORKS:
        report = example_report(framework)
        told = {(row["text"], row["agency"]) for row in found if row["framework"] == report.about.rules.family}
        assert told == asked(report)


@pytest.fixture
def answer(record: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the command line prints as JSON."""

    def run(*words: str) -> str:
        assert main([*words, "--record", str(record), "--json"]) == 0
        return json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)

    return run


@pytest.mark.slow
def test_it_answers_who_must_improve_what(answer: Callable[..., str]) -> None:
    said = answer("accountability", "--area", "Barnsley", "--agency", "health")
    for report in map(real, FRAMEWORKS):
        for each in report.improvements:
            assert (each.words in said) or each.agency != "health"


@pytest.mark.slow
def test_it_is_found_by_its_words_and_on_its_area(answer: Callable[..., str]) -> None:
    assert "strategy meeting" in answer("search", "strategy", "meeting").lower()
    assert "joined-up" in answer("area", "Barnsley")


@pytest.mark.slow
def test_both_versions_are_kept_and_the_fictional_one_is_marked(record: Path) -> None:
    found = rows(record, "SELECT area, fictional FROM reports WHERE framework = 'joined-up' ORDER BY area")
    assert found == [
        {"area": "barnsley", "fictional": False},
        {"area": "barnsley", "fictional": False},
        {"area": "kelderby", "fictional": True},
    ]
