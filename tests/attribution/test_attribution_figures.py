"""What bench/attribution_score.py prints is what bench/accountability.py reads its figures from."""

import importlib
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch):
    """Import a script of bench as its neighbours do."""
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(BENCH)):
            del sys.modules[name]


def printed(f1, seconds):
    """The shape of what the script prints, with figures of a test."""
    return {
        "responsibility": {
            "precision": f1,
            "recall": f1,
            "f1": f1,
            "exact": 0.7,
            "items": 9,
            "folds": 3,
            "agencies": {},
            "main text": {"f1": 0.7, "exact": 0.5, "items": 8},
            "checked by readers": {
                reader: {"items": 4, "30%": {"f1": 0.9, "exact": 0.8}} for reader in ("words_alone", "whole_letter")
            },
        },
        "responsibility in area SEND": {"f1": 0.8, "exact": 0.6, "items": 7, "folds": 3},
        "responsibility in reports on a council": {"f1": 0.85, "exact": 0.7, "items": 6, "folds": 3},
        "themes": {
            "themes": {"precision": 0.8, "recall": 0.7, "f1": 0.75},
            "two readers": {"themes": {"f1": 0.9}},
        },
        "polarity": {"tuned on": {}, "reported": {"f1": 0.95}},
        "polarity_of_items": {"items": 1, "right": 1.0},
        "cost": {
            "seconds": seconds,
            "seconds_of_reading": 20.0,
            "seconds_in_the_first_pass": seconds,
            "seconds_of_reading_in_the_first_pass": 20.0,
        },
    }


def test_each_figure_is_read_and_held_against_its_goal(bench):
    read = bench("accountability").attribution_figures
    figures = {one.name: one for one in read(printed(0.94, 5.0))}
    assert {name: (one.value, one.met) for name, one in figures.items()} == {
        "agencies_f1": (0.94, True),
        "agencies_exact": (0.7, False),
        "polarity_f1": (0.95, True),
        "agencies_f1_main_text": (0.7, None),
        "agencies_f1_area_send": (0.8, None),
        "agencies_f1_council": (0.85, None),
        "agencies_f1_three_in_ten_checked_words_alone": (0.9, None),
        "agencies_f1_three_in_ten_checked_whole_letter": (0.9, None),
        "themes_f1": (0.75, None),
        "attribution_time": (25.0, True),
    }
    others = [None] * 6
    assert [one.met for one in read(printed(0.9, 9.0))] == [False, False, True, *others, False]


def test_the_script_scores_by_areas_left_out_what_it_prints(bench):
    score = bench("attribution_score")
    fold = score.folds(["b", "a", "c", "a"], 2)
    assert fold == {"a": 0, "b": 1, "c": 0}
    rates = score.rates(score.Counter(both=3, said=1, missed=1))
    assert rates == {"precision": 0.75, "recall": 0.75, "f1": 0.75}


@pytest.mark.slow
def test_the_kept_examples_give_the_figures_that_are_read(bench):
    scored = {**printed(0.0, 1.0), "responsibility": bench("attribution_score").responsibility(3)}
    figures = {one.name: one for one in bench("accountability").attribution_figures(scored)}
    assert 0.8 < figures["agencies_f1"].value < 1
    assert 0.7 < figures["agencies_exact"].value < 1
    assert 0.8 < figures["agencies_f1_main_text"].value < figures["agencies_f1"].value
    for reader in ("words_alone", "whole_letter"):
        shares = scored["responsibility"]["checked by readers"][reader]
        assert shares["0%"]["f1"] + 0.03 < shares["30%"]["f1"] < shares["100%"]["f1"], "the more is read, the better"


@pytest.mark.slow
def test_area_send_is_told_better_by_its_model_than_by_the_rules_before_it(bench):
    """The rules that stood before had an F1 of 0.74 on the same statements, and the same set in 0.63."""
    scored = bench("attribution_score").responsibility(3, "area-send")
    assert 0.8 < scored["f1"] < 0.97
    assert 0.66 < scored["exact"] < 0.95


@pytest.mark.slow
def test_reports_on_councils_are_told_better_by_their_model_than_by_the_rules_before_it(bench):
    """The rules that stood before had an F1 of 0.835 on those that name others, and the same set in 0.677; statements
    that name nobody else are scored here too."""
    scored = bench("attribution_score").responsibility(3, "council")
    assert 0.9 < scored["f1"] < 0.97
    assert 0.79 < scored["exact"] < 0.95
