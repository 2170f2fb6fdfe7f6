"""A record is asked a question once; few answers of a kind are kept; records do not answer for each other."""

import datetime as dt
import gc
import weakref

from joinedup.analysis.asked_again import what_became
from joinedup.analysis.history import spells
from joinedup.analysis.remembering import _answers, once


def counting():
    asked = []

    def ask(answer):
        return lambda: asked.append(answer) or answer

    return asked, ask


def test_a_question_is_asked_once(make):
    record = make.record()
    asked, ask = counting()

    assert [once(record, ("grades", day), ask(day)) for day in (1, 1, 2, 1)] == [1, 1, 2, 1]
    assert asked == [1, 2]


def test_records_do_not_answer_for_each_other(make):
    one, other = make.record(), make.record()
    _, ask = counting()

    assert (once(one, ("x",), ask("one")), once(other, ("x",), ask("other"))) == ("one", "other")


def test_the_longest_unasked_is_forgotten_first(make):
    record = make.record()
    asked, ask = counting()
    for area in ("derby", "kent", "derby", "leeds", "derby", "kent"):
        once(record, ("figures", area), ask(area), most=2)
    once(record, ("other", "kind"), ask("other"), most=2)

    assert asked == ["derby", "kent", "leeds", "kent", "other"]


def test_asking_for_every_day_and_every_choice_does_not_fill_the_memory(make, monkeypatch):
    monkeypatch.setattr("joinedup.analysis.history.REMEMBERED", 3)
    monkeypatch.setattr("joinedup.analysis.asked_again.REMEMBERED", 3)
    record = make.record(reports=[], findings=[], inspections=[])
    families = ("slac", "cpi", "tlac", "sif", "ilacs")
    for number in range(5):
        what_became(record, "derby", as_at=dt.date(2020, 1, 1 + number))
        spells(record, families[: number + 1], "overall", "official")

    of_days = [question[0] for question in _answers[record] if isinstance(question, tuple)]
    assert sorted(of_days) == ["spells"] * 3 + ["what_became"] * 3


def test_answers_go_with_their_record(make):
    class Answer:
        pass

    record = make.record()
    gone = weakref.ref(once(record, ("x",), Answer))
    del record
    gc.collect()

    assert gone() is None
