"""What two readers labelled: praise and concern, with who settled where they differ, and who answers in area SEND."""

import json
from pathlib import Path

import pytest

from joinedup.attribution import AGENCIES

LABELS = Path(__file__).parent / "labels"
KINDS = ("strength", "weakness", "mixed", "context")


def rows_of(name):
    return [json.loads(line) for line in (LABELS / name).read_text().splitlines()]


@pytest.fixture(scope="module")
def readers():
    return rows_of("polarity_readers.jsonl")


def test_each_label_has_both_readers_answers(readers):
    settled = {(one["report"], one["words"]): one for one in rows_of("polarity.jsonl")}

    assert len(readers) == len(settled) >= 400
    for one in readers:
        label = settled[one["report"], one["words"]]
        assert label["label"] == one.get("settled", one["first"])
        assert (label["page"], label["reader"]) == (one["page"], one["primary"])
        assert {one["first"], one["second"]} <= set(KINDS)


def test_a_difference_is_settled_with_a_reason_and_nothing_else_is(readers):
    for one in readers:
        differs = one["first"] != one["second"]
        assert differs == ("settled" in one) == ("settled_by" in one) == bool(one.get("reason"))
        assert one.get("settled", one["first"]) in (one["first"], one["second"])


def test_each_reader_stands_first_for_half_of_the_reports(readers):
    primary = {one["report"]: one["primary"] for one in readers}

    assert len(primary) >= 60
    assert abs(sum(who == "a" for who in primary.values()) - len(primary) / 2) <= 1
    assert all(one["primary"] == primary[one["report"]] for one in readers)


def test_the_readers_agree_beyond_chance(readers):
    """Cohen's kappa over the four answers, without the labels that the second reader had seen."""
    pairs = [(one["first"], one["second"]) for one in readers if not one.get("seen")]
    same = sum(first == second for first, second in pairs) / len(pairs)
    chance = (
        sum(sum(first == kind for first, _ in pairs) * sum(second == kind for _, second in pairs) for kind in KINDS)
        / len(pairs) ** 2
    )

    assert (same - chance) / (1 - chance) >= 0.85
    assert not [pair for pair in pairs if set(pair) == {"strength", "weakness"}]


def test_in_area_send_what_both_readers_say_stands_and_they_seldom_differ():
    rows = rows_of("area_send.jsonl")
    same = [one for one in rows if one["first"] == one["second"]]

    assert len(rows) == len({(one["report"], one["words"]) for one in rows}) >= 500
    assert all(one["agencies"] == one["first"] for one in same)
    assert all({*one["first"], *one["second"], *one["agencies"]} <= set(AGENCIES) for one in rows)
    assert len(same) / len(rows) >= 0.9


def test_the_main_text_of_letters_is_labelled_throughout_and_mostly_as_another_reader_had_it():
    """One reader labelled all of it; others had labelled some of the same statements, without the answers."""
    rows = {(one["report"], one["words"]): set(one["agencies"]) for one in rows_of("jtai_main.jsonl")}
    before = {(one["report"], one["words"]): set(one["agencies"]) for one in rows_of("themes.jsonl")}
    both = [(rows[place], before[place]) for place in rows.keys() & before.keys() if before[place]]

    assert len(rows) >= 800
    assert set().union(*rows.values()) <= set(AGENCIES)
    assert len(both) >= 150
    assert 2 * sum(len(one & two) for one, two in both) / sum(len(one) + len(two) for one, two in both) >= 0.9


def test_statements_of_reports_on_councils_that_are_scored_only_are_labelled_by_two_who_seldom_differ():
    rows = rows_of("council.jsonl")
    twice = [one for one in rows if "second" in one]

    assert len(rows) == len({(one["report"], one["words"]) for one in rows}) >= 1600
    assert all({*one["agencies"], *one.get("second", ())} <= set(AGENCIES) for one in rows)
    assert len(twice) >= 170
    assert sum(set(one["agencies"]) == set(one["second"]) for one in twice) / len(twice) >= 0.95


def test_two_who_saw_no_label_say_the_same_of_items_drawn_at_random_though_one_had_only_the_item():
    rows = rows_of("jtai_readers.jsonl")
    both = [(set(one["words_alone"]), set(one["whole_letter"])) for one in rows]

    assert len(rows) == len({(one["report"], one["words"]) for one in rows}) == 240
    assert all(one.keys() == {"report", "page", "words", "words_alone", "whole_letter"} for one in rows)
    assert set().union(*(one | two for one, two in both)) <= set(AGENCIES)
    assert sum(one == two for one, two in both) / len(both) >= 0.93
