"""The shapes of answers, the questions that are refused, and answers as tables."""

import builtins
import datetime as dt
import json

import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

import joinedup.analysis as ja
from joinedup.analysis.asked_again import what_became
from joinedup.analysis.rules import percentages
from joinedup.analysis.tables import NoDataFramesError
from joinedup.areas import UnknownAreaError
from joinedup.errors import UsageError
from joinedup.record import open_record
from joinedup.record.search import Filters, search


@pytest.fixture
def record(make):
    return make.record(
        inspections=[
            make.inspection("derby", "sif", "2015-01-05", "good"),
            make.inspection("slough", "sif", "2014-02-11", "inadequate"),
            make.inspection("kent", "sif", "2016-02-17", "good"),
        ]
    )


def test_outcomes_have_the_contracts_shape(record):
    answer = ja.outcomes(record, frameworks=["sif"], as_at=dt.date(2016, 11, 16))

    assert answer.to_json() == {
        "framework": "sif",
        "judgement": "overall",
        "as_at": "2016-11-16",
        "count": "areas",
        "total": 3,
        "grades": {"outstanding": 0, "good": 2, "requires_improvement": 0, "inadequate": 1},
        "percent": {"outstanding": 0.0, "good": 66.7, "requires_improvement": 0.0, "inadequate": 33.3},
        "no_grade": 0,
        "not_inspected": 149,
        "counted_by": {"sif": "publication"},
    }


def test_several_frameworks_are_named_as_a_list(record):
    answer = ja.outcomes(record, frameworks=["sif", "ilacs", "sif"], as_at=dt.date(2016, 11, 16))

    assert answer.to_json()["framework"] == ["sif", "ilacs"]
    assert answer.to_json()["counted_by"] == {"sif": "publication", "ilacs": "inspection_start"}


def test_changes_have_the_contracts_shape(record):
    answer = ja.changes(record, start=dt.date(2015, 6, 1), end=dt.date(2016, 11, 16), frameworks=["sif"])
    document = json.loads(json.dumps(answer.to_json()))

    assert document["from"] == "2015-06-01"
    assert document["to"] == "2016-11-16"
    assert document["framework"] == ["sif"]
    assert document["areas"] == [{"area": "Kent", "la_code": "886", "from": None, "to": "good"}]
    assert document["matrix"] == {"good": {"good": 1}, "inadequate": {"inadequate": 1}, "null": {"good": 1}}
    assert (document["newly_inadequate"], document["left_inadequate"], document["reorganised"]) == ([], [], [])


def test_who_is_newly_inadequate_and_who_left(make):
    record = make.record(
        inspections=[
            make.inspection("derby", "slac", "2010-01-05", "good"),
            make.inspection("derby", "cpi", "2013-01-05", "inadequate"),
            make.inspection("slough", "slac", "2010-02-11", "inadequate"),
            make.inspection("slough", "cpi", "2013-02-11", "good"),
            make.inspection("kent", "cpi", "2013-02-11", "inadequate"),
        ]
    )
    answer = ja.changes(record, start=dt.date(2012, 1, 1), end=dt.date(2013, 8, 31))

    assert [move.name for move in answer.newly_inadequate] == ["Derby", "Kent"]
    assert [move.name for move in answer.left_inadequate] == ["Slough"]


def test_areas_that_ended_stand_apart_with_their_successors(make):
    record = make.record(
        inspections=[
            make.inspection("cumbria", "ilacs", "2022-11-15", "requires_improvement", start="2022-09-20"),
            make.inspection("cumberland", "ilacs", "2024-11-26", "good", start="2024-10-07"),
        ]
    )
    answer = ja.changes(record, start=dt.date(2023, 3, 31), end=dt.date(2025, 3, 31))

    assert answer.areas == ()
    assert answer.matrix == {}
    assert [one.to_json() for one in answer.reorganised] == [
        {
            "area": "Cumbria",
            "la_code": "909",
            "ended": "2023-04-01",
            "from": "requires_improvement",
            "successors": [
                {"area": "Cumberland", "la_code": "942", "from": None, "to": "good"},
                {"area": "Westmorland and Furness", "la_code": "943", "from": None, "to": None},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"frameworks": ["sof"]}, "sif"),
        ({"frameworks": []}, "sif"),
        ({"frameworks": ["sif"], "judgement": "leaders"}, "leadership"),
        ({"frameworks": ["jtai"]}, "No inspection under jtai gives a grade"),
        ({"frameworks": ["sif"], "count": "heads"}, "inspections"),
        ({"frameworks": ["sif"], "dates": "any"}, "published"),
    ],
    ids=["family", "no family", "judgement", "no grades", "count", "dates"],
)
def test_a_wrong_question_is_refused_with_what_there_is(record, wrong, named):
    with pytest.raises(UsageError, match=named):
        ja.outcomes(record, **({"as_at": dt.date(2016, 1, 1)} | wrong))


def test_days_in_the_wrong_order_are_refused(record):
    with pytest.raises(UsageError, match="wrong order"):
        ja.changes(record, start=dt.date(2016, 1, 2), end=dt.date(2016, 1, 1))


@given(st.dictionaries(st.sampled_from(ja.GRADES), st.integers(0, 200), min_size=4))
def test_shares_are_the_nearest_tenth(grades):
    total = sum(grades.values())
    for grade, share in percentages(grades).items():
        if total:
            assert abs(share - 100 * grades[grade] / total) <= 0.05 + 1e-9
        else:
            assert share == 0.0


def test_a_half_is_rounded_up():
    """1 of 16 is 6.25%, 1 of 80 is 1.25%: halves that a float would round to the even tenth."""
    assert percentages({"good": 1, "inadequate": 15})["good"] == 6.3
    assert percentages({"good": 1, "inadequate": 79})["good"] == 1.3


def test_an_answer_is_a_table_in_every_shape(record):
    answer = ja.changes(record, start=dt.date(2015, 6, 1), end=dt.date(2016, 11, 16))
    row = {"area": "kent", "name": "Kent", "la_code": "886", "from": None, "to": "good", "corrected": None}

    assert answer.rows() == [row]
    assert answer.arrow().to_pylist() == [row]
    assert isinstance(answer.frame(), polars.DataFrame)
    assert answer.frame().to_dicts() == [row]


def test_a_tables_columns_and_their_types_are_the_same_whatever_was_found(record):
    some = ja.changes(record, start=dt.date(2015, 6, 1), end=dt.date(2016, 11, 16))
    none = ja.changes(record, start=dt.date(2016, 11, 16), end=dt.date(2016, 11, 16))
    assert none.rows() == []
    assert none.arrow().schema == some.arrow().schema
    assert none.frame().schema == some.frame().schema

    nothing = ja.accountability(record)
    assert nothing.rows() == []
    types = {field.name: str(field.type) for field in nothing.arrow().schema}
    assert tuple(types) == nothing.columns
    told = {"published": "date32[day]", "page": "int64", "confidence": "double", "text": "string"}
    assert {name: types[name] for name in told} == told


def test_without_polars_the_frame_is_pandas(record, hide):
    hide("polars")
    frame = ja.outcomes(record, frameworks=["sif"], as_at=dt.date(2016, 11, 16)).frame()

    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["count"]) == [0, 2, 0, 1]


def test_without_either_the_error_names_the_extra(record, hide):
    hide("polars", "pandas")
    answer = ja.outcomes(record, frameworks=["sif"], as_at=dt.date(2016, 11, 16))

    with pytest.raises(NoDataFramesError, match=r"joinedup\[frames\]"):
        answer.frame()


@pytest.fixture
def hide(monkeypatch):
    """Make packages look as if they were not installed."""
    real = builtins.__import__

    def hidden(*names):
        def without(name, *rest, **more):
            if name.partition(".")[0] in names:
                raise ModuleNotFoundError(name)
            return real(name, *rest, **more)

        monkeypatch.setattr(builtins, "__import__", without)

    return hidden


UNKNOWN = {
    "visits": lambda record: ja.visits(record, ["kent", "narnia"]),
    "reports": lambda record: ja.reports(record, ["narnia"]),
    "indicators": lambda record: ja.indicators(record, "narnia"),
    "what became": lambda record: what_became(record, "narnia"),
    "a search": lambda record: search(record, "lamps", Filters(area="narnia")),
    "a search of several": lambda record: search(record, "lamps", Filters(areas=("kent", "narnia"))),
    "who answers": lambda record: ja.answering("police", "narnia", dt.date(2020, 1, 1)),
}


@pytest.mark.parametrize("question", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_area_that_there_is_none_of_is_refused_by_every_question(record, question):
    """Nothing found would look like an answer."""
    with pytest.raises(UnknownAreaError):
        question(record)


def test_one_area_or_framework_may_be_given_by_itself(record):
    day = dt.date(2016, 11, 16)
    assert ja.visits(record, "kent") == ja.visits(record, ["kent"]) != ()
    assert ja.reports(record, "kent") == ja.reports(record, ["kent"])
    assert ja.outcomes(record, frameworks="sif", as_at=day) == ja.outcomes(record, frameworks=["sif"], as_at=day)
    assert ja.standings(record, frameworks="sif", as_at=day) == ja.standings(record, frameworks=["sif"], as_at=day)
    days = {"start": dt.date(2015, 6, 1), "end": day}
    assert ja.changes(record, frameworks="sif", **days) == ja.changes(record, frameworks=["sif"], **days)


def test_an_agency_is_named_by_key_or_title_also_where_it_is_asked_who_answers_for_it():
    day = dt.date(2020, 1, 1)
    assert ja.answering("Police", "kent", day) == ja.answering("police", "kent", day) != ("agency", ())
    with pytest.raises(UsageError, match="There is no agency 'wizards'"):
        ja.answering("wizards", "kent", day)


@pytest.mark.parametrize("nobody", ["none", "None"])
def test_for_what_holds_nobody_responsible_no_post_answers(nobody):
    assert ja.answering(nobody, "kent", dt.date(2020, 1, 1)) == ("agency", ())


@pytest.mark.parametrize("page", [{"limit": -1}, {"offset": -1}])
def test_a_page_that_cannot_be_is_refused(record, page):
    for question in (lambda: search(record, "lamps", **page), lambda: ja.accountability(record, **page)):
        with pytest.raises(UsageError, match="A page begins at 0 or later"):
            question()


def test_the_moment_of_a_record_is_a_moment(tmp_path):
    with pytest.raises(UsageError, match="which is no moment"):
        open_record(tmp_path, as_of=dt.date(2020, 1, 1))
