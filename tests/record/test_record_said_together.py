"""What is said of several statements together counts as a whole or not at all, and nobody's word is replaced unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from joinedup.errors import UsageError
from joinedup.reading.model import Item
from joinedup.record import correct, correcting, corrections, open_record
from joinedup.record.corrected import Correction
from joinedup.record.correcting import (
    ChangedMeanwhileError,
    NothingCountsError,
    Refusal,
    SaidAlreadyError,
    Saying,
    correct_each,
)
from joinedup.record.naming import find_statement

BOATS, LAMPS = "The boats' timetable.", "The lamp lighters of one must act now."


def saying(place: Path, sha256: str, words: str, new: list[str], **more: Any) -> Saying:
    return Saying(sha256, "agencies", find_statement(open_record(place), sha256, words), new=new, **more)


def say(place: Path, *said: Saying, **more: Any) -> list[Correction | Refusal]:
    return correct_each(place, said, **{"by": "A Clerk", "reason": "I read it", "together": True} | more)


class TestTogether:
    def test_where_one_is_refused_none_counts_and_it_is_told_which(self, place: Path, sha256: str) -> None:
        before = open_record(place).snapshot
        with pytest.raises(NothingCountsError) as told:
            say(place, saying(place, sha256, BOATS, ["courts"]), saying(place, sha256, LAMPS, ["wizards"]))
        sound, wrong = told.value.refused
        assert sound is None
        assert "There is no agency 'wizards'" in str(wrong)
        assert open_record(place).snapshot == before

    def test_what_stands_already_keeps_the_rest_from_nothing(self, place: Path, sha256: str) -> None:
        boats, lamps = (saying(place, sha256, words, ["courts"]) for words in (BOATS, LAMPS))
        say(place, boats)
        first, second = say(place, boats, lamps)
        assert isinstance(first, SaidAlreadyError)
        assert isinstance(second, Correction)
        assert len(corrections(open_record(place))) == 2

    def test_where_one_is_refused_that_somebody_else_spoke_of_while_it_waited_none_counts(
        self, place: Path, sha256: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = [saying(place, sha256, words, ["courts"], unspoken=True) for words in (BOATS, LAMPS)]
        real = correcting.ensure

        def another_is_first(at: Any) -> None:
            monkeypatch.setattr(correcting, "ensure", real)
            correct_each(place, [saying(place, sha256, BOATS, ["housing"])], by="Another", reason="Read it too")
            real(at)

        monkeypatch.setattr(correcting, "ensure", another_is_first)
        with pytest.raises(NothingCountsError):
            say(place, *said)
        assert [(one.corrected_by, one.new) for one in corrections(open_record(place))] == [("Another", "housing")]

    def test_nor_where_an_id_has_come_to_name_another_statement_meanwhile(
        self,
        place: Path,
        sha256: str,
        make_report: Any,
        request: pytest.FixtureRequest,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        said = [saying(place, sha256, words, ["courts"]) for words in (BOATS, LAMPS)]
        take_in, real = request.getfixturevalue("take_in"), correcting.ensure
        new = Item("improvement", "Something that the older reader did not find.", 2)

        def it_is_read_again_first(at: Any) -> None:
            monkeypatch.setattr(correcting, "ensure", real)
            take_in(place, make_report(improvements=(new, new, Item("improvement", BOATS, 3))), version="2")
            real(at)

        monkeypatch.setattr(correcting, "ensure", it_is_read_again_first)
        with pytest.raises(NothingCountsError) as told:
            say(place, *said)
        assert "names another statement now" in str(told.value.refused[0])
        assert corrections(open_record(place)) == ()

    def test_each_may_have_its_own_name_and_reason(self, place: Path, sha256: str) -> None:
        own = saying(place, sha256, BOATS, ["courts"], by="B Smith", reason="Page 3")
        say(place, own, saying(place, sha256, LAMPS, ["courts"]))
        told = {(one.corrected_by, one.reason) for one in corrections(open_record(place))}
        assert told == {("B Smith", "Page 3"), ("A Clerk", "I read it")}

    def test_none_counts_where_one_has_neither_its_own_nor_that_of_all(self, place: Path, sha256: str) -> None:
        own = saying(place, sha256, BOATS, ["courts"], by="B Smith", reason="Page 3")
        for nobody in (
            saying(place, sha256, LAMPS, ["courts"]),
            saying(place, sha256, LAMPS, ["courts"], by=" \u200b"),
        ):
            with pytest.raises(UsageError, match="who makes it and why"):
                say(place, own, nobody, by="")
        assert corrections(open_record(place)) == ()


class TestWhatNobodyHadSpokenOf:
    """Whoever says what is right of a statement of which they saw that nobody had spoken."""

    def confirm(self, place: Path, sha256: str, **more: Any) -> Correction:
        finding = find_statement(open_record(place), sha256, BOATS)
        told = {"by": "Another", "reason": "Read it too", **more}
        return correct(place, report=sha256, finding=finding, field="agencies", confirm=True, **told)

    def test_replaces_no_confirmation_made_since_though_the_value_is_as_they_saw_it(
        self, place: Path, sha256: str
    ) -> None:
        seen = self.confirm(place, sha256).new
        with pytest.raises(NothingCountsError) as told:
            say(place, saying(place, sha256, BOATS, ["courts"], seen=seen, unspoken=True))
        (why,) = told.value.refused
        assert isinstance(why, ChangedMeanwhileError)
        assert str(why).startswith("Meanwhile Another has confirmed “Held responsible”: it is now ")

    def test_nor_a_correction(self, place: Path, sha256: str) -> None:
        correct_each(place, [saying(place, sha256, BOATS, ["housing"])], by="Another", reason="Read it too")
        with pytest.raises(NothingCountsError) as told:
            say(place, saying(place, sha256, BOATS, ["courts"], unspoken=True))
        assert "Meanwhile Another has corrected “Held responsible”: it is now Housing." in str(told.value.refused[0])

    @pytest.mark.parametrize("agencies", [["courts"], ["Courts, prosecution and prisons"]])
    def test_says_nothing_new_where_somebody_has_said_the_same_since(
        self, place: Path, sha256: str, agencies: list[str]
    ) -> None:
        correct_each(place, [saying(place, sha256, BOATS, ["courts"])], by="Another", reason="Read it too")
        (made,) = say(place, saying(place, sha256, BOATS, agencies, seen="", unspoken=True))
        assert isinstance(made, SaidAlreadyError)
        assert [one.corrected_by for one in corrections(open_record(place))] == ["Another"]

    def test_nor_by_confirming_what_is_confirmed(self, place: Path, sha256: str) -> None:
        made = self.confirm(place, sha256)
        finding = made.statements[0]
        (again,) = say(place, Saying(sha256, "agencies", finding, confirm=True, seen=made.new, unspoken=True))
        assert isinstance(again, SaidAlreadyError)
