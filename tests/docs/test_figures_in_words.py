"""Figures that pages and documents give in words agree with what was measured and counted."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "src/joinedup/service/site/templates/site/about.html").read_text(encoding="utf-8")
MEASURED = (ROOT / "docs/measured.md").read_text(encoding="utf-8")
ATTRIBUTION = (ROOT / "docs/explanation/attribution.md").read_text(encoding="utf-8")


def _figure(name: str, number: str = r"\| ([0-9.]+) \|") -> float:
    """One figure of docs/measured.md: its value, or the number in its note that the pattern finds."""
    [row] = re.findall(rf"^\| \d+ (\| {re.escape(name)} \|.*)$", MEASURED, re.MULTILINE)
    found = re.search(number, row.removeprefix(f"| {name} "))
    assert found, row
    return float(found[1])


SAME_SET = r"the same set in ([0-9.]+) of"


@pytest.mark.parametrize(
    ("words", "measured", "least", "most"),
    [
        ("More than 99 in 100 of the points", _figure("items_f1"), 0.99, 1.0),
        ("about three in four statements in the lists", _figure("agencies_exact"), 0.72, 0.79),
        ("two in three in their main text", _figure("agencies_f1_main_text", SAME_SET), 0.63, 0.71),
        ("seven in ten in area SEND reports", _figure("agencies_f1_area_send", SAME_SET), 0.67, 0.74),
        ("eight in ten in reports on a council", _figure("agencies_f1_council", SAME_SET), 0.77, 0.85),
        ("more than eight in ten of the themes shown", _figure("themes_f1", r"precision ([0-9.]+)"), 0.80, 0.90),
        ("Seven in ten of the themes that a reader", _figure("themes_f1", r"recall ([0-9.]+)"), 0.67, 0.75),
        ("nearly four in ten pairs", 1 - _figure("asked again, lists read whole: recall"), 0.35, 0.40),
        ("one in four of the pairs", 1 - _figure("asked again, lists read whole: precision"), 0.23, 0.27),
        ("one in five", 1 - _figure("asked again, successive inspections read whole: precision"), 0.18, 0.23),
    ],
)
def test_each_share_on_the_page_is_what_was_measured(words: str, measured: float, least: float, most: float) -> None:
    assert words in PAGE
    assert least <= measured <= most


def test_praise_and_concern_are_rightly_told_as_often_as_the_page_says() -> None:
    [right] = re.findall(r"^\| all four answers right \| \*\*([0-9.]+)\*\*", ATTRIBUTION, re.MULTILINE)
    assert "more than eight in ten statements are rightly called praise, concern, both in one, or neither" in PAGE
    assert 0.80 < float(right) <= 0.90


def test_as_many_rows_are_from_general_knowledge_as_the_page_on_accountability_says() -> None:
    page = (ROOT / "docs/explanation/accountability.md").read_text(encoding="utf-8")
    data = ROOT / "src/joinedup/areas/data"
    counts = []
    for name in ("served_by.csv", "bodies.csv"):
        rows = list(csv.DictReader((data / name).read_text(encoding="utf-8").splitlines()))
        counts += [sum("to be checked" in row["source"] for row in rows), len(rows)]
    told = re.search(
        r"\((\d+) of the (\d+) in `served_by.csv`, and (\d+) of the (\d+) bodies in", " ".join(page.split())
    )
    assert told
    assert [int(number) for number in told.groups()] == counts
