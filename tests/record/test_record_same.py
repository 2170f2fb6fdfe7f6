"""Whether a later statement is on the same thing as an earlier one asks for: a person's word goes before the program's,
is kept and taken back as every correction is, and is found again by the words on both sides."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from joinedup.analysis.asked_again import digests, what_became
from joinedup.analysis.asked_again_saying import say_same
from joinedup.errors import UsageError
from joinedup.reading.model import AreaRef, Item
from joinedup.record import Correction, correct, correcting, corrections, open_record, store
from joinedup.record.corrected import replaced
from joinedup.record.correcting import ChangedMeanwhileError, Saying, correct_each
from joinedup.record.naming import NothingToCorrectError, find_statement, fingerprint, known_by
from joinedup.record.same import field_of, find_later

Take = Callable[..., set[str]]
Make = Callable[..., Any]

ASKED = "Make sure that the ferry's crew have regular, reflective supervision."
AGAIN = "The frequency of supervision of the ferry's crew."
LAMPS = "The lamps along the quay."
PRAISE = "The harbour is kept very well."
BY = {"by": "A Clerk", "reason": "I read both."}


def early(make: Make, **more: Any) -> Any:
    items = tuple(Item("improvement", words, 2) for words in (ASKED, "The boats' timetable."))
    return make("early", **{"improvements": items, "priority_actions": (), **more})


def late(make: Make, *words: str, **more: Any) -> Any:
    start = dt.date(2025, 11, 3)
    items = tuple(Item("improvement", each, 3) for each in words or (AGAIN, LAMPS))
    days = {"start": start, "end": start + dt.timedelta(days=4), "published": dt.date(2025, 12, 15)}
    given = {"improvements": items, "priority_actions": (), "strengths": (Item("strength", PRAISE, 5),), **days, **more}
    return make("late", **given)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, take_in: Take, make_report: Make) -> Path:
    """Two reports on one area, of which the later asks for one thing again."""
    folder = tmp_path_factory.mktemp("same") / "record"
    take_in(folder, early(make_report), late(make_report))
    return folder


@pytest.fixture
def reports(make_report: Make) -> tuple[str, str]:
    """The earlier report's SHA-256 and the later one's."""
    return early(make_report).sha256, late(make_report).sha256


def say(place: Path, reports: tuple[str, str], later: str, new: str | None = None, **more: Any) -> Correction:
    finding = find_statement(open_record(place), reports[0], more.pop("asked", ASKED))
    return say_same(place, report=reports[0], finding=finding, later=f"{reports[1]}:{later}", new=new, **{**BY, **more})


def told(place: Path) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Of each thing asked for: its fate, and each later wording with how sure it is."""
    became = what_became(open_record(place), "ashmere")
    return {
        thing.asked.text: (thing.fate, [(pair.words, pair.how_sure) for pair in thing.pairs]) for thing in became.things
    }


def test_what_the_program_tells_and_is_not_so_goes_and_is_newly_asked_then(
    place: Path, reports: tuple[str, str]
) -> None:
    assert told(place)[ASKED][0] == "asked_again"
    made = say(place, reports, AGAIN, "no")
    assert told(place)[ASKED] == ("not_looked_at", [])
    assert AGAIN in [one.text for one in what_became(open_record(place), "ashmere").newly_asked]
    assert (made.old, made.new, made.standing) == ("yes", "no", "standing")


def test_what_the_program_does_not_tell_is_a_pair_by_a_persons_word(place: Path, reports: tuple[str, str]) -> None:
    made = say(place, reports, LAMPS, "yes")
    assert told(place)[ASKED][1][0] == (LAMPS, "a person says so")
    assert LAMPS not in [one.text for one in what_became(open_record(place), "ashmere").newly_asked]
    assert (made.old, made.new) == ("no", "yes")
    say(place, reports, PRAISE, "yes", asked="The boats' timetable.")
    assert told(place)["The boats' timetable."] == ("now_praised", [(PRAISE, "a person says so")])


def test_it_is_a_correction_of_the_earlier_that_names_the_later_by_its_report_and_words(
    place: Path, reports: tuple[str, str]
) -> None:
    made = say(place, reports, LAMPS, "yes")
    assert made.field == f"same:{reports[1][:12]}:{fingerprint(LAMPS)}"
    assert (made.report, made.page, made.words) == (reports[0], 2, fingerprint(ASKED))
    record = open_record(place)
    assert made.statements == (find_statement(record, reports[0], ASKED),)
    assert made.later == (find_statement(record, reports[1], LAMPS),)
    assert corrections(record) == (made,)


def test_what_the_program_tells_and_a_person_affirms_is_confirmed_and_stands_for_it(
    place: Path, reports: tuple[str, str]
) -> None:
    made = say(place, reports, AGAIN, confirm=True)
    assert (made.old, made.new, made.standing, made.confirmed) == ("yes", "yes", "confirmed", True)
    assert told(place)[ASKED] == ("asked_again", [(AGAIN, "a person says so")])
    with pytest.raises(UsageError, match="A Clerk has said already"):
        say(place, reports, AGAIN, confirm=True)


def test_it_is_taken_back_and_the_program_tells_again(place: Path, reports: tuple[str, str]) -> None:
    before = told(place)
    for new, later in (("no", AGAIN), ("yes", LAMPS)):
        first = say(place, reports, later, new)
        assert told(place) != before
        made = say(place, reports, later, withdraw=True)
        assert (told(place), made.standing) == (before, "withdrawn")
        gone = replaced(open_record(place), made)
        assert gone is not None
        assert (gone.id, gone.standing) == (first.id, "replaced")
    with pytest.raises(UsageError, match="nothing to take back"):
        say(place, reports, AGAIN, withdraw=True)


def test_what_the_program_tells_takes_it_back_too(place: Path, reports: tuple[str, str]) -> None:
    say(place, reports, AGAIN, "no")
    assert say(place, reports, AGAIN, "yes").standing == "withdrawn"


def test_what_stands_already_is_refused(place: Path, reports: tuple[str, str]) -> None:
    for later, new in ((AGAIN, "yes"), (LAMPS, "no")):
        with pytest.raises(UsageError, match="“On the same thing” is that already"):
            say(place, reports, later, new)
    assert corrections(open_record(place)) == ()


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("asked", "later", "why"),
        [
            ("late:" + AGAIN, "early:" + ASKED, "of no later inspection"),
            ("early:" + ASKED, "early:The boats", "of no later inspection"),
            ("late:" + PRAISE, "last:" + LAMPS, "asks for nothing"),
            ("early:" + ASKED, "other:" + LAMPS, "different areas"),
        ],
    )
    def test_is_refused_with_the_reason_and_nothing_is_written(
        self, place: Path, take_in: Take, make_report: Make, asked: str, later: str, why: str
    ) -> None:
        last = late(make_report, LAMPS, start=dt.date(2026, 3, 2), end=None)
        last = make_report("last", improvements=last.improvements, start=last.start, end=None, published=last.start)
        leeds = AreaRef("Leeds", "leeds", "383", "E08000035")
        other = make_report("other", improvements=last.improvements, start=last.start, end=None, area=leeds)
        take_in(place, last, other)
        (one, words), (two, others) = asked.split(":"), later.split(":")
        sha256, theirs = make_report(one).sha256, make_report(two).sha256
        finding = find_statement(open_record(place), sha256, words)
        with pytest.raises(UsageError, match=why):
            say_same(place, report=sha256, finding=finding, later=f"{theirs}:{others}", new="yes", **BY)
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize("new", [None, "", "perhaps"])
    def test_it_is_yes_or_no(self, place: Path, reports: tuple[str, str], new: str | None) -> None:
        with pytest.raises(UsageError, match=r"yes.*no"):
            say(place, reports, LAMPS, new)

    @pytest.mark.parametrize("later", ["3", "the lamps", "0a1b2c3d4e5f"])
    def test_the_later_is_named_by_its_id_or_its_report_and_words(
        self, place: Path, reports: tuple[str, str], later: str
    ) -> None:
        with pytest.raises(UsageError, match="is not named by"):
            find_later(open_record(place), later)
        record = open_record(place)
        meant = find_statement(record, reports[1], LAMPS)
        short = reports[1][:12]
        for named in (meant, f"{short}-{meant[-4:]}", f"{short}:lamps along", f"{short}:{fingerprint(LAMPS)}"):
            assert find_later(record, named) == meant

    def test_words_that_the_later_report_has_not(self, place: Path, reports: tuple[str, str]) -> None:
        with pytest.raises(NothingToCorrectError):
            say(place, reports, "The tides.", "yes")
        finding = find_statement(open_record(place), reports[0], ASKED)
        gone = f"same:{reports[1][:12]}:{fingerprint('The tides.')}"
        with pytest.raises(NothingToCorrectError, match="has no statement with these words"):
            correct(place, report=reports[0], finding=finding, field=gone, new="yes", told=lambda _: "no", **BY)

    @pytest.mark.parametrize("field", ["same:", "same:x:y", "same:0a1b2c3d4e5f"])
    def test_a_field_that_names_none(self, place: Path, reports: tuple[str, str], field: str) -> None:
        finding = find_statement(open_record(place), reports[0], ASKED)
        with pytest.raises(UsageError, match="A later statement is named same:"):
            correct(place, report=reports[0], finding=finding, field=field, new="yes", told=lambda _: "no", **BY)

    def test_of_the_report_itself_it_is_not_said(self, place: Path, reports: tuple[str, str]) -> None:
        field = f"same:{reports[1][:12]}:{fingerprint(LAMPS)}"
        with pytest.raises(UsageError, match="corrected of a statement"):
            correct(place, report=reports[0], field=field, new="yes", told=lambda _: "no", **BY)


class TestAReadingAnew:
    def test_it_holds_for_the_same_words_wherever_either_stands_now(
        self, place: Path, reports: tuple[str, str], take_in: Take, make_report: Make
    ) -> None:
        say(place, reports, LAMPS, "yes")
        moved = tuple(Item("improvement", words, 6) for words in ("A new one.", "The boats' timetable.", ASKED))
        take_in(place, early(make_report, improvements=moved), late(make_report, "A newer one.", LAMPS), version="2")
        assert told(place)[ASKED] == ("asked_again", [(LAMPS, "a person says so")])

    @pytest.mark.parametrize("which", ["earlier", "later"])
    def test_where_the_words_of_either_are_gone_it_is_lost_and_stands_again_with_them(
        self, place: Path, reports: tuple[str, str], take_in: Take, make_report: Make, which: str
    ) -> None:
        say(place, reports, LAMPS, "yes")
        gone = late(make_report, "A newer one.")
        if which == "earlier":
            gone = early(make_report, improvements=(Item("improvement", "The boats' timetable.", 2),))
        take_in(place, gone, version="2")
        (lost,) = corrections(open_record(place))
        assert lost.standing == "lost"
        assert "a person says so" not in str(told(place))
        take_in(place, early(make_report), late(make_report), version="3")
        (found,) = corrections(open_record(place))
        assert found.standing == "standing"
        assert told(place)[ASKED][1][0] == (LAMPS, "a person says so")

    def test_it_holds_where_the_later_words_were_corrected_and_where_a_newer_reader_reads_them_so(
        self, place: Path, reports: tuple[str, str], take_in: Take, make_report: Make
    ) -> None:
        right = "The lamps along the old quay."
        finding = find_statement(open_record(place), reports[1], LAMPS)
        correct(place, report=reports[1], finding=finding, field="text", new=right, **BY)
        say(place, reports, right, "yes")
        assert known_by(open_record(place), reports[1], finding)[1] == fingerprint(LAMPS)
        assert told(place)[ASKED][1][0] == (right, "a person says so")
        take_in(place, late(make_report, right), version="2")
        assert told(place)[ASKED] == ("asked_again", [(right, "a person says so")])
        made = say(place, reports, right, withdraw=True)
        assert made.standing == "withdrawn"


class TestTwoAtOnce:
    def test_several_are_said_at_once_each_for_itself(self, place: Path, reports: tuple[str, str]) -> None:
        record = open_record(place)
        asked = find_statement(record, reports[0], ASKED)
        fields = [field_of(record, find_statement(record, reports[1], words)) for words in (AGAIN, LAMPS)]
        given = [
            Saying(reports[0], fields[0], asked, "no", told=lambda _: "yes"),
            Saying(reports[0], fields[1], asked, "yes", told=lambda _: "no"),
            Saying(reports[0], fields[1], asked, "no", told=lambda _: "no"),
        ]
        made = correct_each(place, given, **BY)
        assert [isinstance(one, Correction) for one in made] == [True, True, False]
        assert told(place)[ASKED] == ("asked_again", [(LAMPS, "a person says so")])

    def test_what_is_no_longer_what_was_seen_is_not_replaced(self, place: Path, reports: tuple[str, str]) -> None:
        say(place, reports, AGAIN, "no")
        with pytest.raises(ChangedMeanwhileError, match="A Clerk has corrected “On the same thing”: it is now no"):
            say(place, reports, AGAIN, confirm=True, seen="yes")

    def test_what_shows_only_because_another_pair_was_dropped_can_be_dropped_too(
        self, place: Path, reports: tuple[str, str], take_in: Take, make_report: Make
    ) -> None:
        """The program tells what it does beside all else that people have said."""
        looks = Item("strength", "Supervision of the ferry's crew is regular and reflective.", 5)
        take_in(place, late(make_report, AGAIN, strengths=(looks,)), version="2")
        say(place, reports, AGAIN, "no")
        assert told(place)[ASKED][0] == "now_praised"
        assert say(place, reports, looks.text, "no").old == "yes"
        assert told(place)[ASKED] == ("not_looked_at", [])

    def test_what_the_program_tells_is_asked_once_nobody_else_can_write_any_more(
        self, place: Path, reports: tuple[str, str], take_in: Take, make_report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of praise it tells so much and no more: the next where somebody has said meanwhile that some is none."""
        praises = {f"Supervision of the ferry's crew is regular and {how}." for how in ("reflective", "good", "warm")}
        strengths = tuple(Item("strength", each, 5) for each in sorted(praises))
        take_in(place, late(make_report, strengths=strengths), version="2")
        shown = {words for words, _ in told(place)[ASKED][1]} & praises
        (hidden,) = praises - shown

        def meanwhile(location: Any) -> None:
            monkeypatch.undo()
            say(place, reports, min(shown), "no")

        monkeypatch.setattr(correcting, "ensure", meanwhile)
        with pytest.raises(ChangedMeanwhileError, match="it is now yes"):
            say(place, reports, hidden, confirm=True, seen="no")
        assert [one.new for one in corrections(open_record(place))] == ["no"]


def test_what_links_are_laid_out_under_changes_with_what_people_say_and_with_nothing_else_they_say(
    place: Path, reports: tuple[str, str]
) -> None:
    seen = [digests(open_record(place))["ashmere"]]

    def digest() -> str:
        seen.append(digests(open_record(place))["ashmere"])
        return seen[-1]

    say(place, reports, LAMPS, "yes")
    assert digest() != seen[0]
    say(place, reports, AGAIN, "no")
    assert digest() not in seen[:-1]
    say(place, reports, AGAIN, withdraw=True)
    assert digest() == seen[1]
    say(place, reports, AGAIN, confirm=True)
    assert digest() not in seen[:-1]
    finding = find_statement(open_record(place), reports[0], ASKED)
    before = seen[-1]
    correct(place, report=reports[0], finding=finding, field="agencies", new=["police", "courts"], **BY)
    assert digest() == before


def test_a_record_from_before_anything_was_said_of_links_opens_and_it_can_be(
    place: Path, reports: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    older = replace(
        correcting.CORRECTIONS, columns=tuple(one for one in correcting.CORRECTIONS.columns if one.name != "later")
    )
    shutil.rmtree(place / "corrections")
    finding = find_statement(open_record(place), reports[0], ASKED)
    with monkeypatch.context() as then:
        then.setattr(correcting, "CORRECTIONS", older)
        then.setattr(store, "TABLES", {**store.TABLES, older.name: older})
        correct(place, report=reports[0], finding=finding, field="agencies", new=["police", "courts"], **BY)
    assert [(one.later, one.standing) for one in corrections(open_record(place))] == [((), "standing")]
    assert say(place, reports, LAMPS, "yes").later
    assert told(place)[ASKED][1][0] == (LAMPS, "a person says so")


def test_the_record_can_be_read_as_it_stood_before(place: Path, reports: tuple[str, str]) -> None:
    before = told(place)
    made = say(place, reports, AGAIN, "no", now=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    then = open_record(place, as_of=made.corrected_at - dt.timedelta(days=1))
    assert corrections(then) == ()
    assert told(place) != before
