"""Searching the findings: what people type is words, the best come first, and it is quick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from joinedup.areas import UnknownAreaError
from joinedup.attribution import UnknownThemeError
from joinedup.reading.model import AreaRef, Item, Report
from joinedup.record import Record, open_record
from joinedup.record.search import MOST_RANKED, Filters, count, search, terms
from joinedup.record.searchindex import KEPT, index_of

Take = Callable[..., set[str]]
Make = Callable[..., Report]

SENTENCES = (
    "Social workers' caseloads are too high, and managers do not oversee their practice.",
    "The police share information about missing children quickly.",
    "Children who go missing are not always offered an interview when they return; missing episodes are not mapped.",
    "Children’s plans — including those for “care leavers” — drift.",
    "Health visitors in Orford-under-Wychwood wait for café meetings.",
    "Well-being is a theme of multi-agency work.",
    "Wellbeing is a theme of the underdeveloped strategy.",
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, take_in: Take, make_report: Make) -> Record:
    folder = tmp_path_factory.mktemp("searched")
    findings = tuple(Item("finding", text, page, section="Practice") for page, text in enumerate(SENTENCES, 1))
    take_in(
        folder,
        make_report("real", findings=findings, priority_actions=(), improvements=(), fictional=False),
        make_report(
            "other",
            findings=(Item("strength", "Missing children are found.", 7, section="Missing children"),),
            priority_actions=(),
            improvements=(),
            framework="ilacs",
            area=AreaRef("Kelderby", "kelderby", "X03", "X08000003"),
            published=dt.date(2020, 1, 2),
            fictional=False,
        ),
        make_report("specimen", improvements=(Item("improvement", "Specimens go missing.", 1),), priority_actions=()),
    )
    return open_record(folder)


def _texts(record: Record, words: str, **filters: Any) -> list[str]:
    return [hit.text for hit in search(record, words, Filters(**filters))]


def test_the_best_come_first(record: Record) -> None:
    found = search(record, "missing children")
    assert found.total == 3
    assert found.hits[0].text == "Missing children are found.", "short, and under a heading that says so too"
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


def test_where_nothing_holds_all_the_words_those_that_hold_some_are_told_as_such(record: Record) -> None:
    assert not search(record, "missing children").some_words
    assert not search(record, "missing").some_words
    found = search(record, "missing unicorns police")
    assert (found.total, found.some_words) == (3, True)
    assert search(record, "missing police", Filters(kind="strength")).some_words, "within the filters"
    assert search(record, "unicorns", limit=1).some_words is search(record, "unicorns dragons").some_words is False


def test_a_hit_says_where_it_stands(record: Record) -> None:
    (hit,) = search(record, "police").hits
    assert (hit.page, hit.section, hit.area, hit.framework, hit.kind) == (2, "Practice", "ashmere", "jtai", "finding")
    assert hit.published == dt.date(2025, 4, 14)
    assert hit.report == hit.finding[:64]


def test_what_was_found_is_marked(record: Record) -> None:
    (hit,) = search(record, "interviews returned").hits
    assert [hit.text[start:end] for start, end in hit.marks] == ["interview", "return"]
    shown, marks = hit.snippet(60)
    assert len(shown) <= 62
    assert [shown[start:end] for start, end in marks][:1] == ["interview"]
    assert shown.startswith("…")


def test_words_in_quotes_stand_together_and_a_star_is_a_beginning(record: Record) -> None:
    assert len(_texts(record, "children missing")) == 3
    assert len(_texts(record, '"missing children"')) == 2
    assert _texts(record, "“missing children”") == _texts(record, '"missing children"'), "as a telephone types them"
    assert _texts(record, "caselo*") == [SENTENCES[0]]
    assert terms("case* cas*") == ['"case"*', '"cas"'], "from four letters on"


def test_accents_and_curly_quotes_do_not_matter(record: Record) -> None:
    assert _texts(record, "cafe orford-under-wychwood") == [SENTENCES[4]]
    assert _texts(record, "children's plans “care leavers”") == [SENTENCES[3]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("wellbeing", {5, 6}),
        ("well-being", {5, 6}),
        ("WELLBEING theme", {5, 6}),
        ('"well-being is a theme"', {5, 6}),
        ('"wellbeing is a theme of multiagency"', {5}),
        ("multiagency", {5}),
        ("multi-agency", {5}),
        ("under-developed", {6}),
        ("orfordunderwychwood", {4}),
    ],
)
def test_a_compound_is_found_with_its_hyphen_and_without(record: Record, words: str, found: set[int]) -> None:
    hits = search(record, words)
    assert set(_texts(record, words)) == {SENTENCES[number] for number in found}
    assert sum(count(record, words)["kind"].values()) == hits.total == len(found)
    assert not hits.some_words
    assert all(hit.marks for hit in hits)


def test_where_nothing_holds_all_the_words_what_holds_any_is_found(record: Record) -> None:
    assert _texts(record, "caseloads zeppelin") == [SENTENCES[0]]
    assert _texts(record, "zeppelin") == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"area": "kelderby"}, 1),
        ({"framework": "jtai"}, 2),
        ({"kind": "strength"}, 1),
        ({"since": dt.date(2025, 1, 1)}, 2),
        ({"until": dt.date(2020, 1, 2)}, 1),
        ({"agency": "police"}, 1),
        ({"agency": "police", "area": "kelderby"}, 0),
        ({"theme": "missing_children"}, 3),
        ({"theme": "Missing Children"}, 3),
        ({"theme": "neglect"}, 0),
        ({"fictional": True}, 4),
        ({"areas": ()}, 0),
    ],
)
def test_filters_restrict_what_is_found(record: Record, filters: dict[str, Any], count: int) -> None:
    assert search(record, "missing", Filters(**filters)).total == count


@pytest.mark.parametrize("area", ["' OR 1=1 --", "Salford", ""])
def test_an_area_that_goes_by_no_such_slug_is_refused(record: Record, area: str) -> None:
    with pytest.raises(UnknownAreaError):
        search(record, "missing", Filters(area=area))


def test_pages_of_hits_follow_on(record: Record) -> None:
    everything = search(record, "missing").hits
    parts = [search(record, "missing", limit=1, offset=at).hits for at in range(3)]
    assert tuple(hit for part in parts for hit in part) == everything
    assert search(record, "missing", limit=1).total == 3


@settings(max_examples=150)
@given(words=st.text(max_size=80))
@example('"')
@example("AND OR NOT NEAR(a b)")
@example("text:children section:x ^a -b +c (d")
@example("a" * 10_000)
@example("\ud800 \x00 \ue000")
@example('""" * "*" "a"b*c"')
@example("' ; DROP TABLE words; --")
def test_whatever_is_typed_is_words(record: Record, words: str) -> None:
    assert search(record, words).total >= 0


def test_a_record_without_findings_finds_nothing(tmp_path: Path) -> None:
    assert search(open_record(tmp_path / "nowhere"), "children").total == 0


def test_the_index_follows_the_record_and_old_ones_are_thrown_away(
    tmp_path: Path, take_in: Take, make_report: Make
) -> None:
    for number in range(KEPT + 2):
        take_in(tmp_path, make_report(f"report {number}"))
        assert search(open_record(tmp_path), "lighters", Filters(fictional=True)).total == number + 1
    index = index_of(open_record(tmp_path))
    assert index is not None
    assert len(list(index.parent.glob("search-*"))) == KEPT
    index.unlink()
    assert search(open_record(tmp_path), "lighters", Filters(fictional=True)).total == KEPT + 2, "made again"


@pytest.mark.slow
def test_of_many_thousand_statements_the_newest_are_ranked_and_all_are_counted(
    tmp_path: Path, take_in: Take, make_report: Make
) -> None:
    subjects = ("social workers", "the police", "health visitors", "leaders", "schools", "managers", "carers")
    verbs = ("do not share", "review", "record", "delay", "plan", "challenge", "understand", "escalate", "miss")
    objects = ("missing children", "neglect", "risk", "visits", "caseloads", "assessments", "exploitation", "plans")
    reports = []
    for number in range(20):
        sentences = (
            f"In area {number} {subjects[n % 7]} {verbs[n % 9]} {objects[n % 8]} and {objects[(n + number) % 8]} {n}."
            for n in range(1000)
        )
        findings = tuple(Item("finding", sentence * 3, 1) for sentence in sentences)
        reports.append(make_report(f"large {number}", findings=findings, fictional=False))
    take_in(tmp_path, *reports)
    record = open_record(tmp_path)
    many = search(record, "children")
    assert many.total > many.ranked == MOST_RANKED
    assert search(record, "children", offset=MOST_RANKED).hits == ()
    assert sum(count(record, "children")["kind"].values()) == many.total
    days = {hit.published for hit in search(record, "children", limit=MOST_RANKED)}
    assert None not in days
    for words in ("police neglect", "children", '"missing children" escalate', "caseload*"):
        assert search(record, words).total > 200


def test_a_theme_that_there_is_none_of_is_refused_whatever_there_is_to_find(record: Record, tmp_path: Path) -> None:
    for asked in (record, open_record(tmp_path / "nothing")):
        for ask in (search, count):
            with pytest.raises(UnknownThemeError, match="did you mean 'Missing children'"):
                ask(asked, "missing", Filters(theme="mising children"))


def test_what_introduces_a_list_is_found_with_each_of_its_points(
    tmp_path: Path, take_in: Take, make_report: Make
) -> None:
    point = Item(
        "improvement", "ferries are met by somebody the child knows", 2, lead_in="Harbour masters ensure that:"
    )
    take_in(tmp_path, make_report("led", improvements=(point,), priority_actions=()))
    (hit,) = search(open_record(tmp_path), "harbour masters", Filters(fictional=True))
    assert (hit.lead_in, hit.text, hit.marks) == (point.lead_in, point.text, ())
