"""Inspections of several overlapping files, each once, the better source's words first."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from joinedup.statistics import Inspection, Loaded, differences, merge_inspections

DAY = dt.date(2023, 11, 6)
OUT = dt.date(2023, 12, 20)


def one(**fields: object) -> Inspection:
    known = Inspection("staffordshire", "ilacs", "short", OUT, DAY, grades={"overall": "good"}, place="row 1")
    return replace(known, **fields)  # type: ignore[arg-type]


def file(kind: str, year: int, *rows: Inspection) -> Loaded:
    return Loaded(kind=kind, title="", as_at=dt.date(year, 3, 31), inspections=rows)


def test_a_later_official_file_wins_for_a_corrected_grade_whatever_the_order() -> None:
    before = file("ofsted-outcomes", 2024, one(grades={"overall": "good", "care_leavers": "good"}))
    after = file("ofsted-outcomes", 2025, one(grades={"overall": "good", "care_leavers": "requires_improvement"}))
    for order in ([before, after], [after, before]):
        (merged,) = merge_inspections(order)
        assert merged.grades == {"overall": "good", "care_leavers": "requires_improvement"}
        assert differences(order) == (
            "staffordshire, ilacs of 2023-12-20: care_leavers requires_improvement, but good in row 1",
        )


def test_an_official_file_wins_over_a_later_list_made_from_reports() -> None:
    listed = file("inspections-list", 2026, one(grades={"overall": "outstanding"}, end=DAY + dt.timedelta(4)))
    official = file("ofsted-outcomes", 2025, one())
    (merged,) = merge_inspections([listed, official])
    assert merged.grades == {"overall": "good"}
    assert merged.end == DAY + dt.timedelta(4)


def test_dates_come_from_whichever_source_has_them() -> None:
    newer = file("ofsted-outcomes", 2025, one())
    older = file(
        "ofsted-underlying", 2023, one(start=None, place="wide"), one(published=None, visit=None, place="list")
    )
    (merged,) = merge_inspections([older, newer])
    assert (merged.start, merged.published, merged.place) == (DAY, OUT, "row 1; wide; list")


def test_a_start_alone_meets_the_publication_that_follows_it() -> None:
    alone = file(
        "ofsted-underlying",
        2023,
        one(published=None, visit=None, place="list"),
        one(start=None, place="wide"),
        one(start=None, published=dt.date(2019, 5, 1), visit="standard", place="wide 2019"),
    )
    merged = merge_inspections([alone])
    assert [(m.start, m.published, m.visit) for m in merged] == [
        (None, dt.date(2019, 5, 1), "standard"),
        (DAY, OUT, "short"),
    ]


def test_a_start_alone_does_not_meet_a_publication_long_after_or_before() -> None:
    for published in (DAY + dt.timedelta(300), DAY - dt.timedelta(1)):
        rows = one(published=None, visit=None), one(start=None, published=published)
        assert len(merge_inspections([file("ofsted-underlying", 2023, *rows)])) == 2


def test_visits_of_other_kinds_stay_apart() -> None:
    rows = [one(visit=visit, start=DAY, published=OUT) for visit in ("short", "focused", "monitoring")]
    assert len(merge_inspections([file("ofsted-outcomes", 2025, *rows)])) == 3
    starts = [one(visit="monitoring", published=None, start=DAY + dt.timedelta(days)) for days in (0, 7)]
    assert len(merge_inspections([file("ofsted-outcomes", 2025, *starts)])) == 2


def test_short_and_standard_are_one_inspection_if_the_day_is_the_same() -> None:
    official = file("ofsted-outcomes", 2025, one(visit="standard"))
    older = file("ofsted-underlying", 2023, one(visit="short"))
    (merged,) = merge_inspections([older, official])
    assert merged.visit == "standard"


def test_frameworks_and_reinspections_stay_apart() -> None:
    rows = [
        one(framework="slac", visit="standard", start=None),
        one(framework="cpi", visit="standard", start=None),
        one(framework="sif", visit="standard", start=None),
        one(framework="sif", visit="reinspection", start=None),
    ]
    assert len(merge_inspections([file("ofsted-underlying", 2023, *rows)])) == 4


def test_a_start_that_differs_by_a_slip_is_the_same_inspection_and_is_told() -> None:
    official = file("ofsted-outcomes", 2025, one())
    older = file("ofsted-underlying", 2023, one(start=DAY + dt.timedelta(1), place="in-year"))
    assert len(merge_inspections([official, older])) == 1
    assert differences([official, older]) == (
        "staffordshire, ilacs of 2023-12-20: start 2023-11-06, but 2023-11-07 in in-year",
    )


rows = st.builds(
    Inspection,
    area=st.sampled_from(["kent", "barnsley"]),
    framework=st.sampled_from(["ilacs", "sif"]),
    visit=st.sampled_from(["standard", "short", "focused", None]),
    published=st.dates(dt.date(2018, 1, 1), dt.date(2024, 1, 1)),
    grades=st.just({"overall": "good"}),
    place=st.just("row"),
)


@given(st.lists(rows, max_size=12))
def test_taking_a_file_twice_changes_nothing(found: list[Inspection]) -> None:
    loaded = file("ofsted-outcomes", 2025, *found)
    assert merge_inspections([loaded, loaded]) == merge_inspections([loaded])
    merged = merge_inspections([loaded])
    assert merge_inspections([file("ofsted-outcomes", 2025, *merged)]) == merged
    assert len(merged) <= len(found)
    assert {(one.area, one.framework, one.published) for one in found} == {
        (one.area, one.framework, one.published) for one in merged
    }
