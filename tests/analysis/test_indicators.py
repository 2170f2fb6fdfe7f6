"""An area's figures beside the median of its statistical neighbours and England."""

import datetime as dt

import pytest

import joinedup.analysis as ja
from joinedup.record import open_record


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    return open_record(tmp_path_factory.mktemp("no") / "record")


def observation(place, year, value, *, measure="rate", geography="area", reason=None):
    return {
        "measure": measure,
        "geography": geography,
        "place": place,
        "period": str(year),
        "year": year,
        "value": value,
        "reason": reason,
        "load": "test",
    }


def neighbour(rank, slug, edition="2025"):
    return {"area": "derby", "edition": edition, "rank": rank, "neighbour": slug, "closeness": "Close", "load": "test"}


@pytest.fixture
def record(make):
    measure = {"key": "rate", "title": "Children in need", "source": "DfE", "polarity": "low", "load": "test"}
    return make.record(
        measures=[
            measure | {"dimensions": [{"name": "age", "value": "all"}], "topic": "Children in need"},
            measure | {"key": "other", "title": "Of others only", "dimensions": []},
        ],
        observations=[
            observation("derby", 2024, 380.5),
            observation("derby", 2025, None, reason="suppressed"),
            observation("slough", 2024, 300.0),
            observation("kent", 2024, 350.0),
            observation("luton", 2024, 500.0),
            observation("bolton", 2024, None, reason="missing"),
            observation("leeds", 2024, 9000.0),
            observation("slough", 2024, 1.0, measure="other"),
            observation("E92000001", 2024, 333.2, geography="country"),
            observation("E92000001", 2025, 330.0, geography="country"),
        ],
        neighbours=[
            *(neighbour(rank, slug) for rank, slug in enumerate(("slough", "kent", "luton", "bolton"), 1)),
            neighbour(1, "leeds", edition="2021"),
        ],
    )


def test_a_value_stands_beside_its_neighbours_median_and_england(record):
    (found,) = ja.indicators(record, "derby")
    first, second = found.series

    assert (first.value, first.neighbours, first.neighbours_counted, first.england) == (380.5, 350.0, 3, 333.2)
    assert (second.value, second.reason, second.neighbours, second.neighbours_counted) == (None, "suppressed", None, 0)
    assert second.england == 330.0
    assert found.dimensions == (("age", "all"),)


def test_the_latest_is_the_newest_period_with_a_value(record):
    (found,) = ja.indicators(record, "derby")

    assert found.latest.period == "2024"


def test_a_day_leaves_later_years_out(record):
    (found,) = ja.indicators(record, "derby", as_at=dt.date(2024, 6, 1))

    assert [point.year for point in found.series] == [2024]
    assert ja.indicators(record, "derby", as_at=dt.date(2023, 6, 1)) == ()


def test_only_the_measures_asked_for(record):
    assert [one.measure for one in ja.indicators(record, "slough")] == ["rate", "other"]
    assert [one.measure for one in ja.indicators(record, "slough", measures=["other"])] == ["other"]


def test_an_area_without_neighbours_has_none(record):
    found = {one.measure: one for one in ja.indicators(record, "slough")}

    assert found["rate"].series[0].neighbours is None
    assert found["rate"].series[0].england == 333.2


@pytest.mark.parametrize("area", ["derby", "isles-of-scilly", "northamptonshire", "cumbria", "ashmere"])
@pytest.mark.parametrize("day", [None, dt.date(2016, 5, 5)])
def test_the_headlines_put_together_here_are_those_that_the_record_answers(bundled, area, day):
    from joinedup.analysis.headline_indicators import headline_indicators
    from joinedup.record.headlines import HEADLINES

    assert headline_indicators(bundled, area, as_at=day) == ja.indicators(bundled, area, as_at=day, measures=HEADLINES)


def test_the_number_of_measures_is_that_of_those_named(bundled):
    from joinedup.analysis.observed import measured, measures_counted

    for area in ("derby", "cumbria", "ashmere"):
        for year in (2012, 2026):
            assert measures_counted(bundled, area, year=year) == len(measured(bundled, area, year=year))
