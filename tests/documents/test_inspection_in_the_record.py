"""A report of ours is taken into the record like any other: who must improve what, search, and the area's answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from joinedup.documents.inspection import InspectionReport, example_report, published_report, to_pdf
from joinedup.record import Steps, ingest, open_record

FRAMEWORKS = ("jtai-2022", "ilacs-2026", "multi-agency-2012", "joined-up-1")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    files = folder / "files"
    files.mkdir()
    for framework in FRAMEWORKS:
        (files / f"{framework}.pdf").write_bytes(to_pdf(published_report(example_report(framework))))
    (files / "again.pdf").write_bytes(to_pdf(published_report(example_report(version=2))))
    summary = ingest([files], folder / "record")
    assert (summary.added, tuple(summary.refused)) == (5, ())
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


@pytest.mark.slow
def test_it_answers_on_the_command_line(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from joinedup.cli import main

    def run(*arguments: str) -> object:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--record", str(record), "--json"])
        assert ended.value.code in (0, None)
        return json.loads(capsys.readouterr().out)

    assert "working days of a referral" in json.dumps(run("accountability", "--area", "Kelderby"))
    assert "strategy meeting" in json.dumps(run("search", "strategy", "meeting"))
    assert "joined-up" in json.dumps(run("area", "Kelderby"))


@pytest.mark.slow
def test_both_versions_are_kept(record: Path) -> None:
    found = rows(record, "SELECT published, fictional FROM reports WHERE framework = 'joined-up'")
    assert len(found) == 2
    assert all(row["fictional"] for row in found)
