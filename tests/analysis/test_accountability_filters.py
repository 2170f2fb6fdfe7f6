"""Filters and counts: random records, on which the package and the plain-Python reference must agree."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import joinedup.analysis as ja
from joinedup.analysis.asked_again import what_became
from joinedup.areas import UnknownAreaError, UnknownBodyError
from joinedup.attribution import UnknownThemeError
from joinedup.errors import UsageError
from joinedup.record.search import Filters, search

# Areas of several regions and forces, one that ended, its successor, one of our own invention.
AREAS = ("derby", "salford", "bolton", "hackney", "cumbria", "cumberland", "bradford", "ashmere")
FAMILIES = ("sif", "ilacs", "jtai", "area-send")
AGENCIES = ("local_authority", "police", "health", "probation", "partnership")
THEMES = ("neglect", "missing_children", "workforce")
SERVED = ("salford", "bolton", "bradford")
BODIES = ("police-greater-manchester", "icb-greater-manchester", "trust-bradford-children-and-families-trust")
REGIONS = ("North West", "London", "East Midlands")
KINDS = ("priority_action", "improvement", "strength", "finding")
TEXTS = ("Police must find missing children.", "Plans are 100% better.", "", "É_ clair", "Managers' oversight")

days = st.sampled_from([dt.date(year, month, 1) for year in (2014, 2017, 2022, 2023, 2026) for month in (4, 7)])


def some_of(values, most=2):
    return st.none() | st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@st.composite
def tables(draw, make, areas=AREAS):
    found = {"reports": [], "findings": [], "responsibilities": [], "themes": []}
    for number in range(draw(st.integers(0, 5))):
        area = draw(st.none() | st.sampled_from(areas))
        report = make.report(area, draw(st.none() | st.sampled_from(FAMILIES)), sha=f"r{number}")
        report |= {name: draw(st.none() | days) for name in ("published", "start_date", "end_date")}
        report["fictional"] = area == "ashmere"
        found["reports"].append(report)
        for ordinal in range(draw(st.integers(0, 4))):
            row = make.finding(
                f"r{number}",
                ordinal,
                draw(st.sampled_from(KINDS)),
                draw(st.sampled_from(TEXTS)),
                polarity=draw(st.sampled_from((None, "strength", "weakness", "mixed"))),
            )
            found["findings"].append(row)
            for agency in draw(some_of(AGENCIES, 3)) or ():
                sure = draw(st.sampled_from((0.3, 0.7, 0.95, None)))
                found["responsibilities"].append(make.responsibility(f"r{number}", ordinal, agency, confidence=sure))
            for theme in draw(some_of(THEMES)) or ():
                found["themes"].append(make.about(f"r{number}", ordinal, theme))
    return found


questions = st.fixed_dictionaries(
    {},
    optional={
        "area": some_of(AREAS),
        "region": some_of(REGIONS),
        "agency": some_of((*AGENCIES, "none")),
        "theme": some_of((*THEMES, "none")),
        "framework": some_of(FAMILIES),
        "period": some_of(("2014", "2022", "ilacs-2018", "jtai-2022", "none", "no-version")),
        "body": st.none() | st.sampled_from(BODIES),
        "kinds": st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
        "polarity": st.sampled_from((None, "strength", "weakness")),
        "sure_below": st.sampled_from((None, 0.5, 0.7, 1)),
        "since": st.none() | days.filter(lambda day: day.year < 2020),
        "until": st.none() | days.filter(lambda day: day.year > 2020),
        "text": st.sampled_from((None, "missing", "100%", "_", "É", "managers'")),
        "fictional": st.booleans(),
    },
)

# Few other filters, or a body's few statements would all be left out.
about_a_body = st.fixed_dictionaries(
    {"body": st.sampled_from(BODIES), "kinds": st.just(KINDS)},
    optional={
        "agency": some_of(AGENCIES),
        "sure_below": st.sampled_from((None, 0.7)),
        "theme": some_of((*THEMES, "none")),
    },
)

patient = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@patient
@given(data=st.data(), question=questions)
def test_the_filters_keep_what_the_reference_keeps(data, question, make, accountability_reference):
    rows = data.draw(tables(make))
    answer = ja.accountability(make.record(**rows), **question, limit=None)

    assert [one.id for one in answer.demands] == accountability_reference.accountability(rows, **question)
    assert answer.total == len(answer.demands)


@pytest.mark.slow
@patient
@given(data=st.data(), question=questions, by=st.sampled_from(("year", "cycle")))
def test_every_number_of_the_matrix_drills_to_as_many_statements(data, question, by, make):
    drills(make.record(**data.draw(tables(make))), by, question)


@pytest.mark.slow
@patient
@given(data=st.data(), question=about_a_body, by=st.sampled_from(("year", "cycle")))
def test_every_number_of_a_bodys_matrix_drills_to_as_many_statements(data, question, by, make):
    drills(make.record(**data.draw(tables(make, areas=SERVED))), by, question)


def drills(record, by, question):
    """Every number of the matrix is that of the statements to which it leads."""
    counted = ja.matrix(record, by=by, **question)

    assert counted.count().statements == ja.accountability(record, **question, limit=0).total
    for cell, count in counted.counts.items():
        drilled = ja.accountability(record, **counted.filters(*cell), limit=None)
        reports = {one.report.sha256 for one in drilled.demands}
        priority = sum(one.kind == "priority_action" for one in drilled.demands)
        assert (drilled.total, priority, len(reports)) == count[:3], cell


@pytest.fixture
def record(make):
    sha = "a" * 64
    return make.record(
        reports=[make.report("salford", "jtai", published="2023-05-05", start="2023-03-06", visit=None, sha=sha)],
        findings=[make.finding(sha, number) for number in range(7)],
        responsibilities=[make.responsibility(sha, number, "police") for number in range(7)]
        + [make.responsibility(sha, 3, "health")],
    )


def test_pages_follow_each_other(record):
    pages = [ja.accountability(record, limit=3, offset=offset) for offset in (0, 3, 6, 9)]

    assert [len(page.demands) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert [one.id[-1] for page in pages for one in page.demands] == list("0123456")


def test_a_statement_with_two_agencies_counts_under_each_and_once_in_all(record):
    counted = ja.matrix(record)

    assert (counted.count("police").statements, counted.count("health").statements) == (7, 1)
    assert counted.count().statements == 7
    assert counted.agencies == ("health", "police")
    assert [(row["agency"], row["statements"]) for row in counted.rows()] == [("health", 1), ("police", 7)]


def test_what_it_is_doubtful_who_must_do_can_be_asked_for(make):
    sha = "d" * 64
    record = make.record(
        reports=[make.report("salford", "jtai", published="2023-05-05", start="2023-03-06", visit=None, sha=sha)],
        findings=[make.finding(sha, number) for number in range(4)],
        responsibilities=[
            make.responsibility(sha, 0, "police", confidence=0.95),
            make.responsibility(sha, 0, "health", confidence=0.4),
            make.responsibility(sha, 1, "health", confidence=0.6),
            make.responsibility(sha, 2, "police", confidence=None),  # so corrected by a person
        ],  # and the last to nobody, in which is no doubt
    )
    for below, kept in ((0.5, ""), (0.7, "1"), (1, "01")):
        found = ja.accountability(record, sure_below=below)
        assert "".join(one.id[-1] for one in found.demands) == kept, "the surest of its agencies counts"
        assert ja.matrix(record, sure_below=below).count().statements == len(kept)
        assert found.to_json()["filters"]["sure_below"] == below


def test_what_is_least_likely_to_be_all_right_can_come_first(make):
    shas = ["d" * 64, "e" * 64]
    record = make.record(
        reports=[
            make.report("salford", "jtai", published=day, start="2023-03-06", visit=None, sha=sha)
            for sha, day in zip(shas, ("2023-05-05", "2023-06-06"), strict=True)
        ],
        findings=[make.finding(sha, number) for sha in shas for number in range(3)],
        responsibilities=[
            make.responsibility(shas[0], 0, "police", confidence=0.9),
            make.responsibility(shas[0], 0, "health", confidence=0.5),  # 0.45 together
            make.responsibility(shas[0], 1, "health", confidence=0.6),
            make.responsibility(shas[0], 2, "police", confidence=None),  # a person's word
            make.responsibility(shas[1], 0, "health", confidence=0.6),
            make.responsibility(shas[1], 1, "health", confidence=0.3),
        ],  # and the last to nobody, in which is no doubt
    )
    found = ja.accountability(record, doubtful_first=True)
    assert [one.id[0] + one.id[-1] for one in found.demands] == ["e1", "d0", "e0", "d1", "e2", "d2"]
    assert [one.id[0] + one.id[-1] for one in ja.accountability(record).demands] == ["e0", "e1", "e2", "d0", "d1", "d2"]


def test_a_body_and_an_agency_narrow_each_other(record):
    force = {"body": "police-greater-manchester"}
    assert ja.accountability(record, **force).total == 7
    assert ja.accountability(record, **force, agency="police").total == 7
    assert ja.accountability(record, **force, agency="health").total == 1
    assert ja.accountability(record, **force, agency=["police", "none"]).total == 7
    for other in ("local_authority", "none"):
        assert ja.accountability(record, **force, agency=other).total == 0


def test_a_number_of_a_bodys_matrix_leads_to_as_many_statements(record):
    counted = ja.matrix(record, body="icb-greater-manchester")

    assert {agency: counted.count(agency).statements for agency in counted.agencies} == {"health": 1, "police": 1}
    for cell, count in counted.counts.items():
        assert ja.accountability(record, **counted.filters(*cell)).total == count.statements, cell


def test_a_table_has_a_row_for_each_statement_and_agency(record):
    rows = ja.accountability(record, limit=None).rows()

    assert len(rows) == 8
    assert [row["agency"] for row in rows if row["finding"].endswith("3")] == ["health", "police"]
    assert ja.accountability(record).frame().shape == (8, len(rows[0]))


def test_more_statements_than_are_held_are_fetched_for_their_page(record, make, monkeypatch):
    from joinedup.analysis import accountability_facts

    held = ja.accountability(record, text="who must", limit=2, offset=1)
    monkeypatch.setattr(accountability_facts, "HELD", 0)
    sha = "a" * 64
    fresh = make.record(
        reports=[make.report("salford", "jtai", published="2023-05-05", start="2023-03-06", visit=None, sha=sha)],
        findings=[make.finding(sha, number) for number in range(7)],
        responsibilities=[make.responsibility(sha, number, "police") for number in range(7)],
    )
    assert ja.accountability(fresh, text="WHO must", limit=2, offset=1).demands == held.demands


@pytest.mark.parametrize(
    ("question", "error", "told"),
    [
        ({"agency": "wizards"}, UsageError, r"Council \(local_authority\); Schools and education \(education\)"),
        ({"kinds": "strenght"}, UsageError, r"Priority action \(priority_action\); Improvement"),
        ({"framework": "sif2"}, UsageError, "There is no framework"),
        ({"region": "Mercia"}, UsageError, r"North East \(E12000001\); North West"),
        ({"polarity": "good"}, UsageError, r"praise \(strength\); concern \(weakness\)"),
        ({"period": ["2023", "the nineties"]}, UsageError, "There is no period .the nineties"),
        ({"text": " "}, UsageError, "no words in the text"),
        ({"sure_below": 0}, UsageError, "above 0"),
        ({"sure_below": 1.5}, UsageError, "1 at most"),
        ({"period": "jtai-1999"}, UsageError, "no-version"),
        ({"theme": "nonsense"}, UnknownThemeError, "there is: child_sexual_exploitation"),
        ({"theme": ["neglect", "mising children"]}, UnknownThemeError, "did you mean 'Missing children'"),
        ({"area": "Salford City"}, UnknownAreaError, "Salford City"),
        ({"body": "police-mercia"}, UnknownBodyError, "police-mercia"),
        ({"body": "greater-manchester-police"}, UnknownBodyError, "did you mean police-greater-manchester"),
        ({"body": "Greater Manchester ICB"}, UnknownBodyError, "did you mean icb-greater-manchester"),
        ({"since": dt.date(2024, 1, 1), "until": dt.date(2023, 1, 1)}, UsageError, "wrong order"),
        ({"offset": -1}, UsageError, "at 0 or later"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(record, question, error, told):
    with pytest.raises(error, match=told):
        ja.accountability(record, **question)


def test_regions_are_known_by_name_in_any_case_and_by_code(record):
    for region in ("North West", "north west", "E12000002"):
        assert ja.accountability(record, region=region).total == 7
    assert ja.accountability(record, region="London").total == 0


def test_the_cells_of_the_matrix_stand_along_the_axes_in_whatever_order_the_rows_come(make):
    reports = [
        make.report("salford", "jtai", published="2023-05-05", start="2023-03-06", visit=None, sha="a" * 64),
        make.report("derby", "jtai", published="2021-05-05", start="2021-03-06", visit=None, sha="b" * 64),
    ]
    findings = [make.finding(one["sha256"], number) for one in reports for number in range(3)]
    held = [
        make.responsibility(one["sha256"], number, agency)
        for one in reports
        for number, agency in enumerate(("police", "health", "not_of_our_time"))
    ]
    told = [
        ja.matrix(make.record(reports=reports[::turn], findings=findings[::turn], responsibilities=held[::turn]))
        for turn in (1, -1)
    ]
    assert told[0].to_json() == told[1].to_json()
    assert [(one["agency"], one["period"]) for one in told[0].rows()] == [
        ("health", "2021"), ("health", "2023"), ("police", "2021"), ("police", "2023"),
        ("not_of_our_time", "2021"), ("not_of_our_time", "2023"),
    ]  # fmt: skip
    assert (told[0].agencies, told[0].periods) == (("health", "police"), ("2021", "2023"))


@pytest.fixture
def themed(make):
    sha = "c" * 64
    return make.record(
        reports=[make.report("salford", "jtai", published="2023-05-05", start="2023-03-06", visit=None, sha=sha)],
        findings=[make.finding(sha, number) for number in range(3)],
        responsibilities=[make.responsibility(sha, number, "police") for number in range(3)],
        themes=[make.about(sha, 0, "missing_children"), make.about(sha, 1, "childs_voice")],
    )


@pytest.mark.parametrize("name", ["missing_children", "missing children", "Missing-Children", " MISSING  CHILDREN "])
def test_themes_are_known_by_key_and_by_title_however_they_are_typed(themed, name):
    answer = ja.accountability(themed, theme=name)
    assert (answer.total, answer.selection.themes) == (1, ("missing_children",))
    counts = ja.matrix(themed)
    assert counts.count("police", name).statements == 1
    assert ja.accountability(themed, **counts.filters("police", name)).total == 1


def test_a_theme_named_by_key_and_title_is_one_theme_and_none_is_what_has_none(themed):
    both = ja.accountability(themed, theme=["childs_voice", "The child\u2019s voice and lived experience"])
    assert (both.total, both.selection.themes) == (1, ("childs_voice",))
    assert ja.accountability(themed, theme="None").total == 1
    assert ja.accountability(themed, theme=["none", "missing children"]).total == 2


def test_a_count_of_what_there_is_none_of_is_refused_and_of_what_is_not_held_is_nothing(themed):
    counts = ja.matrix(themed)
    assert counts.count("police", "neglect") == (0, 0, 0, 0)
    with pytest.raises(UnknownThemeError, match="nonsense"):
        counts.count("police", "nonsense")
    with pytest.raises(UnknownThemeError, match="nonsense"):
        counts.filters(theme="nonsense")
    with pytest.raises(UsageError, match="local_authority"):
        counts.count("polise")


def test_a_filter_of_no_values_leaves_nothing_whichever_it_is(record):
    assert ja.accountability(record, limit=0).total
    for name in ("area", "region", "agency", "theme", "framework", "period", "kinds"):
        assert ja.accountability(record, **{name: []}, limit=0).total == 0, name


def test_agencies_kinds_and_praise_are_taken_by_title_or_key_in_any_case(record):
    for agency in ("Health", "HEALTH", ["health", "Health"]):
        assert ja.accountability(record, agency=agency).total == 1
    assert ja.matrix(record).count("Health").statements == 1
    assert ja.accountability(record, kinds="Priority action").selection.kinds == ("priority_action",)
    assert ja.accountability(record, polarity="Concern").selection.polarity == "weakness"
    with pytest.raises(UsageError, match=r"no agency 'Wizards'. There is: Council \(local_authority\); .*; none\."):
        ja.accountability(record, agency="Wizards")


@pytest.mark.parametrize("day", ["2022-01-01", dt.datetime(2022, 1, 1, 12, tzinfo=dt.UTC)])
def test_what_is_no_day_is_refused_in_words(record, day):
    asked = (
        lambda: ja.accountability(record, since=day),
        lambda: ja.outcomes(record, frameworks=["sif"], as_at=day),
        lambda: ja.standings(record, as_at=day),
        lambda: ja.changes(record, start=day, end=dt.date(2023, 1, 1)),
        lambda: ja.area_profile(record, "salford", as_at=day),
        lambda: ja.indicators(record, "salford", as_at=day),
        lambda: what_became(record, "salford", as_at=day),
        lambda: search(record, "police", Filters(until=day)),
        lambda: ja.answering("police", "salford", day),
    )
    for ask in asked:
        with pytest.raises(UsageError, match="which is no day"):
            ask()
