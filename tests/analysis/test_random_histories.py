"""Random histories: the SQL and the plain-Python reference must agree on every one of them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import joinedup.analysis as ja

# Areas that never changed, that ended, that took another's place, and one of our own invention.
AREAS = ("derby", "slough", "cumbria", "cumberland", "dorset-county", "dorset", "ashmere")
FAMILIES = ("slac", "cpi", "tlac", "sif", "ilacs")
KEYS = ("overall", "looked_after", "leaders", "care_leavers")
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
VISITS = (None, "standard", "short", "focused", "monitoring", "reinspection")

# Few days, so that ties and neighbourhoods of 30 days are common.
days = st.sampled_from(
    [dt.date(year, month, day) for year in (2012, 2019, 2023, 2026) for month in (3, 4) for day in (1, 20, 30)]
)
grades = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(GRADES), max_size=3)


@st.composite
def inspections(draw, make):
    rows = {}
    for _ in range(draw(st.integers(0, 8))):
        row = make.inspection(
            draw(st.sampled_from(AREAS)),
            draw(st.sampled_from(FAMILIES)),
            str(draw(days)),
            visit=draw(st.sampled_from(VISITS)),
            **draw(grades),
        )
        row["start_date"] = draw(st.none() | days)
        row["published"] = draw(st.none() | st.just(row["published"]))
        rows[row["id"]] = row
    return list(rows.values())


@st.composite
def readings(draw, make):
    reports, judgements = [], []
    for number in range(draw(st.integers(0, 4))):
        row = make.report(
            draw(st.none() | st.sampled_from(AREAS)),
            draw(st.none() | st.sampled_from(FAMILIES)),
            visit=draw(st.sampled_from(VISITS)),
            sha=str(number),
        )
        row["published"] = draw(st.none() | days)
        row["start_date"] = draw(st.none() | days)
        reports.append(row)
        judgements += [make.judgement(str(number), key, grade) for key, grade in draw(grades).items()]
        judgements += [make.judgement(str(number), "lscb", None)]
    return reports, judgements


@pytest.mark.slow
@settings(max_examples=60)
@given(data=st.data())
def test_sql_and_reference_agree(make, reference, data):
    rows = data.draw(inspections(make), label="inspections")
    reports, judgements = data.draw(readings(make), label="readings")
    families = data.draw(st.lists(st.sampled_from(FAMILIES), min_size=1, unique=True), label="families")
    judgement = data.draw(st.sampled_from(offered(families)), label="judgement")
    dates = data.draw(st.sampled_from(["official", "published"]), label="dates")
    start, end = sorted([data.draw(days, label="start"), data.draw(days, label="end")])
    record = make.record(inspections=rows, reports=reports, judgements=judgements)
    tables = reference.Tables(rows, reports, judgements)

    for count in ("areas", "inspections"):
        question = {"frameworks": families, "as_at": end, "count": count, "judgement": judgement, "dates": dates}
        answer = ja.outcomes(record, **question)
        assert (dict(answer.grades), answer.no_grade) == reference.outcomes(tables, **question)

    question = {"start": start, "end": end, "frameworks": families, "judgement": judgement, "dates": dates}
    moved = ja.changes(record, **question)
    found = {(was, now): number for was, row in moved.matrix.items() for now, number in row.items()}
    assert found == dict(reference.matrix(tables, **question))

    stand = ja.standings(record, as_at=end, frameworks=families, judgement=judgement, dates=dates)
    expected = reference.standing_on(tables, families, judgement, dates, end)
    assert {one.area: one.grade for one in stand if one.framework} == expected


def offered(families):
    """The judgements that at least one of the families grades."""
    keys = {"slac": {"overall", "looked_after"}, "sif": {"overall", "looked_after", "care_leavers"}}
    keys["ilacs"] = {"overall", "leaders", "care_leavers"}
    return sorted(set().union(*(keys.get(family, {"overall"}) for family in families)))
