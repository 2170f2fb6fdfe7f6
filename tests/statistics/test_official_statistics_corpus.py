"""The published files, and the figures that the press and the inspectorate printed, counted from them."""

import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from joinedup.areas import areas
from joinedup.statistics import (
    Inspection,
    Loaded,
    differences,
    load,
    merge_inspections,
    merge_measures,
    recognise,
    workbook,
)

pytestmark = pytest.mark.corpus

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
KINDS = {
    "Childrens_social_care_in_England_2023_underlying_data.ods": "ofsted-underlying",
    "LA_Inspection_Outcomes_as_at_31_March_2025.ods": "ofsted-outcomes",
    "New_Statistical_Neighbour_Groupings_April_2021.csv": "statistical-neighbours",
    "Provider_data_lookup.csv": "area-codes",
    "bds_long_0.parquet": "lait",
    "hmi_youth_justice_inspection_ratings.csv": "youth-justice-ratings",
    "ilacs_since_2025-05-15.csv": "inspections-list",
    "lait_data_dictionary.csv": "lait-dictionary",
    "sn_model_2025_wide.csv": "statistical-neighbours",
}


@pytest.fixture(scope="module")
def histories(shared_data: Path) -> list[Loaded]:
    """The three files that overlap."""
    return [
        load(shared_data / "official" / name)
        for name, kind in KINDS.items()
        if kind in ("ofsted-underlying", "ofsted-outcomes", "inspections-list")
    ]


@pytest.fixture(scope="module")
def inspections(histories: list[Loaded]) -> tuple[Inspection, ...]:
    return merge_inspections(histories)


def of(inspections: Iterable[Inspection], *families: str) -> list[Inspection]:
    return [one for one in inspections if one.framework in families and "overall" in (one.grades or {})]


def published(one: Inspection) -> dt.date:
    assert one.published is not None
    return one.published


def started(one: Inspection) -> dt.date:
    assert one.start is not None
    return one.start


def latest(
    inspections: Iterable[Inspection], on: dt.date, counted_by: Callable[[Inspection], dt.date] = published
) -> dict[str, str]:
    """Area -> grade of its latest inspection by that day."""
    found: dict[str, str] = {}
    for one in sorted(inspections, key=counted_by):
        if counted_by(one) <= on:
            found[one.area] = (one.grades or {})["overall"]
    return found


def count(grades: Iterable[str]) -> tuple[int, ...]:
    seen = Counter(grades)
    return tuple(seen[grade] for grade in GRADES)


def test_single_inspections_as_the_press_counted_them_in_november_2016(inspections: tuple[Inspection, ...]) -> None:
    on = dt.date(2016, 11, 16)
    sif = of(inspections, "sif")
    assert count((one.grades or {})["overall"] for one in sif if published(one) <= on) == (2, 28, 54, 26)
    assert count(latest(sif, on).values()) == (2, 28, 54, 25)


def test_the_first_cycle_of_safeguarding_inspections(inspections: tuple[Inspection, ...]) -> None:
    outstanding, good, adequate, inadequate = count(latest(of(inspections, "slac"), dt.date(2012, 8, 31)).values())
    assert outstanding + good + adequate + inadequate == 152
    assert outstanding + good == 62
    assert inadequate == 17


def test_the_child_protection_inspections_after_it(inspections: tuple[Inspection, ...]) -> None:
    both = of(inspections, "slac", "cpi")
    before, after = latest(both, dt.date(2012, 7, 31)), latest(both, dt.date(2013, 8, 31))
    assert count(after.values())[3] == 20
    still = {area for area, grade in before.items() if grade == "inadequate" and after[area] == "inadequate"}
    assert len(still) == 6
    found_good = {one.area for one in of(inspections, "cpi") if (one.grades or {})["overall"] == "good"}
    assert found_good == {"derby", "gateshead", "greenwich", "redbridge"}


def test_the_state_on_31_march_2025_counts_by_the_first_day_on_site(inspections: tuple[Inspection, ...]) -> None:
    on = dt.date(2025, 3, 31)
    there = {area.slug for area in areas(on)}
    graded = [one for one in of(inspections, "ilacs") if one.area in there]
    assert count(latest(graded, on, started).values()) == (36, 67, 31, 19)
    # By publication it is another figure: reports of that spring came out after the day.
    assert count(latest(graded, on, published).values()) != (36, 67, 31, 19)


def test_no_inspection_is_doubled(inspections: tuple[Inspection, ...]) -> None:
    """271 in Ofsted's history to 2025 and 53 since: the older file's listing of the same adds none."""
    graded = of(inspections, "ilacs")
    without_overall = [o for o in inspections if o.framework == "ilacs" and o.grades and "overall" not in o.grades]
    assert len(graded) + len(without_overall) == 271 + 53
    assert all(one.start is not None and one.published is not None for one in (*graded, *without_overall))
    assert len(of(inspections, "sif")) == 152 + 21
    assert sum(one.framework == "slac" for one in inspections) == 152 + 9 + 2 - _same_day(inspections)


def _same_day(inspections: Iterable[Inspection]) -> int:
    """Re-inspections of safeguarding and of looked after children that were published together are one."""
    return sum(
        one.framework == "slac" and one.visit == "reinspection" and set(one.grades or {}) == {"overall", "looked_after"}
        for one in inspections
    )


def test_councils_that_no_longer_exist_keep_their_own_history(inspections: tuple[Inspection, ...]) -> None:
    families = {
        slug: {one.framework for one in inspections if one.area == slug}
        for slug in ("bournemouth", "poole", "dorset-county", "dorset", "northamptonshire", "cumbria")
    }
    assert families == {
        "bournemouth": {"slac", "sif", "ilacs"},
        "poole": {"slac", "sif"},
        "dorset-county": {"slac", "sif"},
        "dorset": {"ilacs"},
        "northamptonshire": {"slac", "cpi", "tlac", "sif", "ilacs"},
        "cumbria": {"slac", "cpi", "sif", "ilacs"},
    }


def test_where_the_official_files_contradict_each_other(histories: list[Loaded]) -> None:
    told = differences(histories)
    within = [problem for one in histories for problem in one.problems]
    # A kind of visit, a day of publication, a first day: never a grade.
    assert {line.split(",")[0] for line in told} == {"merton", "nottingham"}
    assert {line.split(",")[0] for line in within} == {"cumbria"}
    assert not any(grade in line for line in (*told, *within) for grade in GRADES)


def test_the_grades_of_the_reports_at_hand_are_in_the_history(
    inspections: tuple[Inspection, ...], shared_data: Path
) -> None:
    gold = json.loads((shared_data / "gold" / "official_grades.json").read_text())
    known = {(one.framework, str(one.published), tuple(sorted((one.grades or {}).items()))) for one in inspections}
    for report, facts in gold.items():
        assert (facts["framework"], facts["published"], tuple(sorted(facts["grades"].items()))) in known, report


@pytest.mark.slow
def test_every_file_is_recognised_and_loads(official: Path) -> None:
    for path in sorted(official.iterdir()):
        kind = recognise(path)
        assert kind == KINDS.get(path.name, "ees"), path.name
        loaded = load(path)
        assert loaded.kind == kind
        if kind == "ees":
            batches = list(loaded.observations.batches())
            assert sum(batch.num_rows for batch in batches) == len(loaded.observations) > 0
            assert not [problem for problem in loaded.problems if " / " not in problem], path.name


def test_neighbours_are_ten_for_each_council(official: Path) -> None:
    for name, kind in KINDS.items():
        if kind == "statistical-neighbours":
            loaded = load(official / name)
            assert loaded.problems == ()
            assert all(len(one.neighbours) == 10 for one in loaded.neighbours)


def test_our_areas_agree_with_the_published_look_up_of_codes(official: Path) -> None:
    assert load(official / "Provider_data_lookup.csv").problems == ()


def test_lait_meets_its_dictionary(official: Path) -> None:
    data, dictionary = load(official / "bds_long_0.parquet"), load(official / "lait_data_dictionary.csv")
    assert len(data.observations) == 641_070 - 170
    assert data.problems == ("170 rows of the period '0', which is none, left out",)
    assert {one.key for one in data.measures} == {one.key for one in dictionary.measures}
    merged = merge_measures([data, dictionary])
    assert Counter(one.polarity for one in merged)["low"] > 50
    assert all(one.topic for one in merged)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is told by Linux's /proc")
def test_the_largest_file_stays_within_the_memory_that_a_process_may_use(official: Path) -> None:
    code = (
        "import sys; from joinedup.statistics import load; loaded = load(sys.argv[1]);"
        "rows = sum(batch.num_rows for batch in loaded.observations.batches());"
        # The system's own peak of this program alone: getrusage's is at least that of the process which started it.
        "held = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'));"
        "print(rows, int(held.split()[1]) // 1024)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(official / "bds_long_0.parquet")], capture_output=True, text=True, check=True
    )
    rows, megabytes = map(int, answer.stdout.split())
    assert rows == 640_900
    assert megabytes < 400


def test_the_official_workbook_saved_as_xlsx_says_the_same(
    official: Path, make_xlsx: Callable[[dict[str, list[list[object]]]], Path]
) -> None:
    path = official / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
    sheets = {sheet.name: [[_day(cell) for cell in row] for row in sheet.rows] for sheet in workbook.read_sheets(path)}
    saved = load(make_xlsx(sheets))
    original = load(path)
    assert saved.inspections == original.inspections
    assert (saved.kind, saved.as_at, saved.problems) == (original.kind, original.as_at, original.problems)


def _day(cell: object) -> object:
    return cell.date() if isinstance(cell, dt.datetime) else cell
