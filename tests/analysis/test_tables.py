"""Every answer that is a table has columns whose types are the same whatever was found."""

import datetime as dt

import pyarrow as pa
import pytest

import joinedup.analysis as ja
from joinedup.analysis.accountability_agencies import area_contributions
from joinedup.analysis.asked_again import what_became
from joinedup.analysis.tables import Tabular
from joinedup.record import open_record
from joinedup.record.columns import ANSWERED, answer_table

ASKED = "The quality and frequency of supervision for social workers."


@pytest.fixture(scope="module")
def answers(make):
    """An answer of each kind, with rows."""
    salford = make.record(
        reports=[
            make.report("salford", "jtai", published="2018-05-05", start="2018-03-06", visit=None, sha="a" * 64),
            make.report("salford", "ilacs", published="2022-05-05", start="2022-03-07", sha="b" * 64),
        ],
        findings=[make.finding(sha * 64, 0, text=ASKED) for sha in "ab"],
        responsibilities=[make.responsibility(sha * 64, 0, agency) for sha in "ab" for agency in ("police", "health")],
        themes=[make.about(sha * 64, 0, "workforce") for sha in "ab"],
    )
    facts = open_record("nowhere/that/there/is")
    days = {"start": dt.date(2012, 7, 31), "end": dt.date(2013, 8, 31)}
    every = (
        ja.outcomes(facts, frameworks=["sif"], as_at=dt.date(2016, 11, 16)),
        ja.changes(facts, **days),
        ja.area_profile(facts, "barnsley"),
        ja.indicators(facts, "barnsley")[0],
        ja.accountability(salford),
        ja.matrix(salford),
        ja.agency_profile(salford, "police-greater-manchester"),
        area_contributions(salford, "salford"),
        what_became(salford, "salford"),
    )
    return {type(one): one for one in every}


def test_there_is_an_answer_of_every_kind_here(answers):
    # By their names: a class with slots is made twice.
    assert {kind.__name__ for kind in answers} == {kind.__name__ for kind in Tabular.__subclasses__()}
    assert [kind.__name__ for kind, one in answers.items() if not one.rows()] == []


def test_a_column_that_holds_no_text_is_named_with_what_it_holds(answers):
    """Else its type would be a number's only in the tables in which it has a value."""
    fits = {"day": dt.date, "whole": int, "number": (int, float), "yes_no": bool}
    for kind, one in answers.items():
        for name in one.columns:
            values = [row[name] for row in one.rows() if row[name] is not None]
            wanted = fits[ANSWERED[name]] if name in ANSWERED else str
            assert all(isinstance(value, wanted) for value in values), (kind.__name__, name)
        assert one.arrow().num_rows == len(one.rows())


@pytest.mark.parametrize("value", [1, 0.5, True, dt.date(2024, 5, 1), ["a"]])
def test_one_that_is_not_named_is_refused_by_its_name(value):
    with pytest.raises(TypeError, match="the column likelihood of an answer"):
        answer_table([{"likelihood": value}, {"likelihood": None}], ["likelihood"])


def test_one_without_a_value_is_of_texts_and_one_that_is_named_of_its_kind():
    table = answer_table([{"note": None, "page": None}], ["note", "page"])
    assert [field.type for field in table.schema] == [pa.string(), pa.int64()]
