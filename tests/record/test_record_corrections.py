"""What a person says is right counts, what was read stays beside it, and a newer reading loses neither."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.analysis import accountability
from joinedup.analysis.corrected import corrected
from joinedup.analysis.whole_report import whole_report
from joinedup.areas import get_agency
from joinedup.attribution import Responsibility, get_theme
from joinedup.errors import UsageError
from joinedup.reading.model import Item
from joinedup.record import Record, Steps, attributed, correct, correcting, corrections, open_record, store
from joinedup.record.corrected import Correction, by_statement, replaced
from joinedup.record.correcting import ChangedMeanwhileError
from joinedup.record.naming import NothingToCorrectError, find_statement, fingerprint, statement
from joinedup.record.search import Filters, search
from joinedup.record.tidying import tidy

Take = Callable[..., set[str]]
Make = Callable[..., Any]

WORDS = "The boats' timetable."


def say(place: Path, sha256: str, field: str, new: Any, *, words: str | None = WORDS, **more: Any) -> Correction:
    finding = find_statement(open_record(place), sha256, words) if words else None
    given = {"by": "A Clerk", "reason": "It says so on the page.", **more}
    return correct(place, report=sha256, field=field, new=new, finding=finding, **given)


def of(record: Record, sql: str, **values: Any) -> list[Any]:
    return [tuple(row.values()) for row in record.ask(Steps().step("answer", sql), **values).rows]


class TestAStatement:
    def test_the_agencies_that_are_right_count_and_those_read_stay_with_the_correction(
        self, place: Path, sha256: str
    ) -> None:
        finding = find_statement(open_record(place), sha256, WORDS)
        asked = "SELECT agency FROM responsibilities WHERE finding = $finding ORDER BY agency"
        read = [agency for (agency,) in of(open_record(place), asked, finding=finding)]
        made = say(place, sha256, "agencies", ["police", "courts"])
        assert of(open_record(place), asked, finding=finding) == [("courts",), ("police",)]
        assert (made.old or "").split("; ") == (read or [""])
        assert made.new == "courts; police"
        assert made.statements == (finding,)
        assert (made.page, made.words, made.standing) == (3, fingerprint(WORDS), "standing")

    def test_nothing_that_is_right_is_no_agency(self, place: Path, sha256: str) -> None:
        finding = find_statement(open_record(place), sha256, WORDS)
        say(place, sha256, "agencies", ["police"])
        say(place, sha256, "agencies", None)
        assert of(open_record(place), "SELECT * FROM responsibilities WHERE finding = $f", f=finding) == []

    def test_what_a_person_says_has_no_confidence_and_words_only_where_it_was_read_too(
        self, place: Path, take_in: Take, make_report: Make
    ) -> None:
        words = "The police and the council should share what they know of missing children."
        take_in(place, make_report("both", improvements=(Item("improvement", words, 2),)))
        sha256 = make_report("both").sha256
        read = {
            "agencies": "SELECT agency, words, confidence FROM responsibilities WHERE finding = $f ORDER BY agency",
            "themes": "SELECT theme, words, confidence FROM themes WHERE finding = $f ORDER BY theme",
        }
        finding = find_statement(open_record(place), sha256, words)
        right = {}
        for field, kept, new in (("agencies", "police", "courts"), ("themes", "missing_children", "early_help")):
            told = {key: (because, sure) for key, because, sure in of(open_record(place), read[field], f=finding)}
            assert all(because and sure for because, sure in told.values())
            say(place, sha256, field, sorted({kept, new}), words=words)
            right |= {kept: (told[kept][0], None), new: (None, None)}
        report = whole_report(open_record(place), sha256)
        (stated,) = (one for one in report.statements if one.id == finding)
        assert {one.key: one[1:] for one in (*stated.agencies, *stated.themes)} == right
        asked = accountability(open_record(place), fictional=True, text="what they know of missing")
        (demand,) = asked.demands
        assert demand.corrected == ("agencies", "themes")
        assert {one.agency: (one.words, one.confidence) for one in demand.agencies}.items() <= right.items()
        assert {one["agency"]: (one["words"], one["confidence"]) for one in asked.rows()}.items() <= right.items()

    def test_the_post_of_an_agency_that_a_person_kept_is_told_by_the_words_that_were_read(
        self, place: Path, take_in: Take, make_report: Make
    ) -> None:
        words = "The hospital and the police should share what they know of missing children."
        take_in(place, make_report("kept", improvements=(Item("improvement", words, 2),)))

        def posts() -> list[str]:
            (demand,) = accountability(open_record(place), fictional=True, text="The hospital and the police").demands
            return [one.post.key for held in demand.agencies if held.agency == "health" for one in held.posts]

        assert posts() == ["nhs_trust_chief_executive"]
        say(place, make_report("kept").sha256, "agencies", ["health"], words=words)
        assert posts() == ["nhs_trust_chief_executive"]

    @pytest.mark.parametrize(
        ("field", "new"),
        [("kind", "strength"), ("section", "Ferries"), ("text", "The ferries' timetable.")],
    )
    def test_any_of_its_fields(self, place: Path, sha256: str, field: str, new: str) -> None:
        before = of(open_record(place), "SELECT count(*), count(DISTINCT id) FROM findings")
        say(place, sha256, field, new)
        record = open_record(place)
        assert of(record, f"SELECT {field} FROM findings WHERE ordinal = 2") == [(new,)]
        assert of(record, "SELECT count(*), count(DISTINCT id) FROM findings") == before
        assert of(record, f"SELECT count(*) FROM findings WHERE {field} = $new", new=new)[0][0] == 1

    @pytest.mark.parametrize(
        ("given", "polarity"),
        [
            ([("kind", "strength")], "strength"),
            ([("kind", "finding")], "weakness"),
            ([("kind", "finding"), ("polarity", "mixed")], "mixed"),
            ([("kind", "finding"), ("polarity", "mixed"), ("kind", "strength")], "strength"),
        ],
    )
    def test_its_list_tells_whether_it_is_praise_and_no_words_decide_what_a_person_says(
        self, place: Path, take_in: Take, make_report: Make, given: list[tuple[str, str]], polarity: str
    ) -> None:
        item = Item("improvement", WORDS, 2, section="What needs to improve")
        take_in(place, make_report("titled", improvements=(item,)))
        sha256 = make_report("titled").sha256
        stated = (
            "SELECT polarity, polarity_words, polarity_confidence FROM findings "
            f"WHERE report = '{sha256}' AND section = 'What needs to improve'"
        )
        (read,) = of(open_record(place), stated)
        assert read == ("weakness", "What needs to improve", 0.98)
        for field, new in given:
            say(place, sha256, field, new)
        assert of(open_record(place), stated) == [(polarity, None, None)]

    @pytest.mark.parametrize("given", [[("polarity", "strength")], [("kind", "strength"), ("polarity", "context")]])
    def test_what_stands_in_a_list_is_what_the_list_says_so_its_kind_is_corrected_instead(
        self, place: Path, sha256: str, given: list[tuple[str, str]]
    ) -> None:
        *before, last = given
        for field, new in before:
            say(place, sha256, field, new)
        snapshot = open_record(place).snapshot
        with pytest.raises(UsageError, match=r"stands in a list .*Correct the kind instead: strength for praise"):
            say(place, sha256, *last)
        with pytest.raises(UsageError, match="Correct the kind instead"):
            say(place, sha256, "polarity", None)
        assert open_record(place).snapshot == snapshot

    def test_a_polarity_that_its_list_contradicts_is_overruled_until_it_leaves_the_list(
        self, place: Path, sha256: str
    ) -> None:
        stated = "SELECT kind, polarity, polarity_words, polarity_confidence FROM findings WHERE ordinal = 2"
        say(place, sha256, "kind", "finding")
        say(place, sha256, "polarity", "strength")
        say(place, sha256, "kind", "priority_action")
        record = open_record(place)
        assert of(record, stated) == [("priority_action", "weakness", None, None)]
        assert [one.standing for one in corrections(record)] == ["replaced", "overruled", "standing"]
        (statement,) = corrections(record)[1].statements
        assert [one.field for one in by_statement(corrections(record))[statement]] == ["kind"]
        say(place, sha256, "kind", "finding")
        assert of(open_record(place), stated) == [("finding", "strength", None, None)]
        assert [one.standing for one in corrections(open_record(place))][1] == "standing"

    def test_a_record_in_which_one_was_taken_all_the_same_still_opens(
        self, place: Path, sha256: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as before_it_was_refused:
            before_it_was_refused.setattr(correcting, "_check_list", lambda *_: None)
            say(place, sha256, "polarity", "strength")
        record = open_record(place)
        assert of(record, "SELECT kind, polarity FROM findings WHERE ordinal = 2") == [("improvement", "weakness")]
        assert [one.standing for one in corrections(record)] == ["overruled"]
        assert accountability(record, fictional=True, polarity="strength").total == 0

    def test_its_themes_and_the_search_knows_at_once(self, place: Path, sha256: str) -> None:
        say(place, sha256, "themes", ["missing_children"])
        found = search(open_record(place), "timetable", Filters(theme="missing_children", fictional=True))
        assert [hit.themes for hit in found] == [("missing_children",)]

    def test_agencies_and_themes_are_named_by_key_or_title_in_any_case(self, place: Path, sha256: str) -> None:
        agency, theme = get_agency("local_authority"), get_theme("missing_children")
        assert say(place, sha256, "agencies", [f"{agency.title.upper()}; police"]).new == "local_authority; police"
        assert say(place, sha256, "themes", [theme.title.lower(), "missing_children"]).new == "missing_children"

    def test_so_are_its_kind_and_its_polarity_as_every_question_takes_them(self, place: Path, sha256: str) -> None:
        assert say(place, sha256, "kind", "Finding").new == "finding"
        assert say(place, sha256, "polarity", "praise and concern").new == "mixed"
        assert say(place, sha256, "kind", "priority action").new == "priority_action"

    def test_its_heading_may_be_as_long_as_the_headings_above_it_together(self, place: Path, sha256: str) -> None:
        chapter = "The experiences of children whom the lamp lighters look after " * 2
        together = " › ".join([chapter.strip()] * 3)
        assert say(place, sha256, "section", together).new == together

    def test_a_theme_that_there_is_none_of_is_refused_with_the_themes(self, place: Path, sha256: str) -> None:
        with pytest.raises(UsageError, match=r"There is no theme 'sea travel'. There is: .*missing_children"):
            say(place, sha256, "themes", ["missing_children; sea travel"])

    def test_a_corrected_text_can_be_corrected_again_and_both_know_what_was_read(
        self, place: Path, sha256: str
    ) -> None:
        say(place, sha256, "text", "The boat's timetable.")
        second = say(place, sha256, "text", "The boats' timetables.", words="The boat's timetable")
        assert second.old == WORDS
        assert second.words == fingerprint(WORDS)
        assert [one.standing for one in corrections(open_record(place))] == ["replaced", "standing"]
        assert of(open_record(place), "SELECT text FROM findings WHERE ordinal = 2") == [("The boats' timetables.",)]

    def test_of_two_with_the_same_words_the_one_on_the_page_is_meant(
        self, tmp_path: Path, take_in: Take, make_report: Make
    ) -> None:
        place, report = tmp_path / "twice", make_report("twice")
        twice = (Item("improvement", WORDS, 3), Item("improvement", WORDS, 5))
        take_in(place, replace(report, priority_actions=(), improvements=twice))
        correct(
            place,
            report=report.sha256,
            finding=f"{report.sha256}-0001",
            field="kind",
            new="strength",
            by="A",
            reason="b",
        )
        assert of(open_record(place), "SELECT page, kind FROM findings ORDER BY page") == [
            (3, "improvement"),
            (5, "strength"),
        ]


class TestAReport:
    @pytest.mark.parametrize("family", ["sif", "multi-agency", "joined-up"])
    def test_its_framework_may_be_any_that_there_is_a_file_of(self, place: Path, sha256: str, family: str) -> None:
        say(place, sha256, "framework", family, words=None)
        assert of(open_record(place), "SELECT DISTINCT framework FROM reports WHERE sha256 = $s", s=sha256) == [
            (family,)
        ]

    def test_its_framework_and_a_grade_are_taken_as_people_write_them(self, place: Path, sha256: str) -> None:
        assert say(place, sha256, "framework", "Area SEND", words=None).new == "area-send"
        assert say(place, sha256, "grade:overall", "Requires improvement", words=None).new == "requires_improvement"

    def test_a_grade(self, place: Path, sha256: str) -> None:
        made = say(place, sha256, "grade:overall", "good", words=None)
        for report in (sha256, sha256[:12], sha256.upper()):
            assert corrections(open_record(place), report=report) == (made,), "as a correction names a report"
        assert corrections(open_record(place), report="0" * 12) == ()
        assert of(open_record(place), "SELECT key, grade FROM judgements") == [("overall", "good")]
        assert (made.old, made.page, made.words) == (None, None, None)

    def test_a_day_and_what_follows_from_it(self, place: Path, sha256: str) -> None:
        before = of(open_record(place), "SELECT statement_due_computed FROM reports")
        say(place, sha256, "published", "2025-04-21", words=None)
        found = of(open_record(place), "SELECT published, statement_due_computed FROM reports")
        assert found[0][0] == dt.date(2025, 4, 21)
        assert found[0][1] > before[0][0]

    def test_an_area_by_any_of_its_names_and_of_two_with_one_name_that_of_the_reports_day(
        self, place: Path, sha256: str
    ) -> None:
        assert say(place, sha256, "area", "Brackenshire Council", words=None).new == "brackenshire"
        say(place, sha256, "start_date", "2010-03-01", words=None)
        say(place, sha256, "end_date", "2010-03-05", words=None)
        say(place, sha256, "published", "2010-04-12", words=None)
        assert say(place, sha256, "area", "Dorset", words=None).new == "dorset-county"

    def test_an_area_and_its_codes(self, place: Path, sha256: str) -> None:
        say(place, sha256, "area", "brackenshire", words=None)
        columns = "SELECT area, area_name, la_code, ons_code, lead_inspector FROM reports"
        assert of(open_record(place), columns) == [("brackenshire", "Brackenshire", "X02", "X10000002", None)]


class TestAReadingAnew:
    def test_a_correction_holds_for_the_same_words_wherever_they_stand_now(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        say(place, sha256, "section", "Ferries")
        say(place, sha256, "grade:overall", "good", words=None)
        moved = (Item("improvement", "Something new.", 2), Item("improvement", "The boats’  time-table", 4))
        take_in(place, make_report(improvements=moved), version="2")
        record = open_record(place)
        moved_to = "SELECT text, section FROM findings WHERE page = 4"
        assert of(record, moved_to) == [("The boats’  time-table", "Ferries")]
        assert of(record, "SELECT grade FROM judgements") == [("good",)]
        assert [one.standing for one in corrections(record)] == ["standing", "standing"]

    def test_every_correction_holds_where_a_newer_reader_reads_the_text_as_the_correction_has_it(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        right = "The boats' printed timetable."
        say(place, sha256, "agencies", ["police"])
        say(place, sha256, "text", right)
        say(place, sha256, "section", "Ferries", words=right)
        better = (Item("improvement", "Something new.", 2), Item("improvement", right, 4))
        take_in(place, make_report(improvements=better), version="2")
        record = open_record(place)
        finding = find_statement(record, sha256, right)
        assert {(one.field, one.standing, one.statements) for one in corrections(record)} == {
            (field, "standing", (finding,)) for field in ("agencies", "text", "section")
        }
        assert of(record, "SELECT text, section FROM findings WHERE id = $f", f=finding) == [(right, "Ferries")]
        assert of(record, "SELECT agency FROM responsibilities WHERE finding = $f", f=finding) == [("police",)]
        say(place, sha256, "agencies", ["courts"], words=right)
        assert next(one.standing for one in corrections(open_record(place))) == "replaced"

    def test_but_of_no_other_statement_that_has_those_words_while_its_own_are_read(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        say(place, sha256, "section", "Ferries")
        say(place, sha256, "text", "Something new.")
        both = (Item("improvement", "Something new.", 3, section="Quays"), Item("improvement", WORDS, 3))
        take_in(place, make_report(improvements=both), version="2")
        stated = "SELECT text, section FROM findings WHERE kind = 'improvement' ORDER BY ordinal"
        assert of(open_record(place), stated) == [("Something new.", "Quays"), ("Something new.", "Ferries")]

    def test_one_whose_words_are_gone_is_told_as_lost(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        say(place, sha256, "section", "Ferries")
        take_in(place, make_report(improvements=()), version="2")
        (lost,) = corrections(open_record(place))
        assert (lost.standing, lost.statements) == ("lost", ())
        take_in(place, make_report(), version="3")
        (found_again,) = corrections(open_record(place))
        assert (found_again.standing, len(found_again.statements)) == ("standing", 1)

    def test_the_record_can_be_read_as_it_stood_before(self, place: Path, sha256: str) -> None:
        made = say(place, sha256, "section", "Ferries")
        before = open_record(place, as_of=made.corrected_at - dt.timedelta(microseconds=1))
        assert of(before, "SELECT count(*) FROM findings WHERE section = 'Ferries'") == [(0,)]
        assert corrections(before) == ()
        assert before.snapshot != open_record(place).snapshot

    def test_tidying_changes_nothing(self, place: Path, sha256: str) -> None:
        say(place, sha256, "section", "Ferries")
        say(place, sha256, "kind", "strength")
        before = corrections(open_record(place))
        tidy(place, keep=dt.timedelta(0))
        assert corrections(open_record(place)) == before

    def test_a_record_made_before_there_were_corrections_gets_their_table(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        shutil.rmtree(place / "corrections")
        assert corrections(open_record(place)) == ()
        take_in(place, make_report("two"))
        assert say(place, sha256, "kind", "strength").standing == "standing"


class TestADayThatCannotBe:
    """The letter of a joint inspection: on site from 3 to 7 March 2025, published on 14 April 2025."""

    TODAY = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("field", "day", "told"),
        [
            ("published", "1850-01-01", "first of these inspections began on 1 April 2009"),
            ("published", "2005-01-31", "first of these inspections began on 1 April 2009"),
            ("start_date", "2009-03-31", "first of these inspections began on 1 April 2009"),
            ("published", "2026-02-01", "still to come"),
            ("published", "9999-12-31", "still to come"),
            ("statement_due", "2028-01-31", "more than a year from now"),
            ("start_date", "2025-03-08", "after “Last day on site”, 7 March 2025"),
            ("end_date", "2025-03-02", "before “First day on site”, 3 March 2025"),
            ("end_date", "2025-04-15", "after “Published”, 14 April 2025"),
            ("published", "2025-03-06", "before “Last day on site”, 7 March 2025"),
        ],
    )
    def test_is_refused_with_the_reason_and_nothing_is_written(
        self, place: Path, sha256: str, field: str, day: str, told: str
    ) -> None:
        snapshot = open_record(place).snapshot
        with pytest.raises(UsageError, match=re.escape(told)):
            say(place, sha256, field, day, words=None, now=self.TODAY)
        assert open_record(place).snapshot == snapshot

    def test_the_first_and_the_last_day_that_can_be_are_taken(self, place: Path, sha256: str) -> None:
        say(place, sha256, "start_date", "2009-04-01", words=None, now=self.TODAY)
        say(place, sha256, "statement_due", "2026-02-28", words=None, now=self.TODAY)
        say(place, sha256, "published", "2026-01-31", words=None, now=self.TODAY)
        say(place, sha256, "end_date", "2026-01-31", words=None, now=self.TODAY)

    def test_two_wrong_days_are_put_right_one_after_the_other_or_by_way_of_none(self, place: Path, sha256: str) -> None:
        say(place, sha256, "end_date", None, words=None)
        say(place, sha256, "start_date", "2025-03-10", words=None)
        say(place, sha256, "end_date", "2025-03-14", words=None)
        days = of(open_record(place), "SELECT start_date, end_date FROM reports")
        assert days == [(dt.date(2025, 3, 10), dt.date(2025, 3, 14))]

    @pytest.mark.parametrize("day", ["2005-01-31", "1850-01-01", "9999-12-31"])
    def test_one_that_an_older_version_took_stops_no_question_and_can_be_put_right(
        self, place: Path, sha256: str, day: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as before_it_was_refused:
            before_it_was_refused.setattr(correcting, "_right", lambda *_: day)
            say(place, sha256, "published", day, words=None)
        assert of(open_record(place), "SELECT statement_due_computed FROM reports") == [(None,)]
        assert accountability(open_record(place), fictional=True).total
        assert search(open_record(place), "timetable", Filters(fictional=True))
        say(place, sha256, "published", "2025-04-15", words=None)
        assert of(open_record(place), "SELECT published FROM reports") == [(dt.date(2025, 4, 15),)]
        assert of(open_record(place), "SELECT statement_due_computed FROM reports") != [(None,)]


class TestTakingBack:
    WORDS = "The police and the council should share what they know of missing children."

    @pytest.fixture
    def report(self, place: Path, take_in: Take, make_report: Make) -> str:
        take_in(place, make_report("both", improvements=(Item("improvement", self.WORDS, 2),)))
        return str(make_report("both").sha256)

    def read(self, place: Path, report: str) -> list[Any]:
        finding = find_statement(open_record(place), report, self.WORDS)
        columns = "f.kind, f.polarity, f.polarity_words, f.polarity_confidence, r.agency, r.words, r.confidence"
        return of(
            open_record(place),
            f"SELECT {columns} FROM findings AS f JOIN responsibilities AS r ON r.finding = f.id WHERE id = $f "
            "ORDER BY agency",
            f=finding,
        )

    @pytest.mark.parametrize(
        ("field", "new", "back"),
        [("agencies", ["health"], ["police", "local_authority"]), ("kind", "finding", "improvement")],
    )
    @pytest.mark.parametrize("explicit", [True, False])
    def test_what_was_read_stands_again_with_its_words_and_confidence_and_the_history_keeps_all(
        self, place: Path, report: str, field: str, new: Any, back: Any, explicit: bool
    ) -> None:
        before = self.read(place, report)
        assert all(row[-2] and row[-1] for row in before)
        first = say(place, report, field, new, words=self.WORDS)
        assert self.read(place, report) != before
        given: dict[str, Any] = {"by": "Another", "reason": "It was right."}
        last = say(place, report, field, None if explicit else back, words=self.WORDS, withdraw=explicit, **given)
        assert self.read(place, report) == before
        assert last.old == last.new == first.old
        record = open_record(place)
        told = [(one.standing, one.corrected_by, one.reason) for one in corrections(record)]
        assert told == [("replaced", "A Clerk", "It says so on the page."), ("withdrawn", "Another", "It was right.")]
        assert by_statement(corrections(record)) == {}
        assert [one.id for one in (replaced(record, last),) if one] == [first.id]
        assert replaced(record, first) is None
        assert accountability(record, fictional=True, text="what they know of missing").demands[0].corrected == ()

    def test_it_can_be_corrected_again(self, place: Path, report: str) -> None:
        say(place, report, "agencies", ["health"], words=self.WORDS)
        say(place, report, "agencies", None, words=self.WORDS, withdraw=True)
        say(place, report, "agencies", ["courts"], words=self.WORDS)
        assert [row[4] for row in self.read(place, report)] == ["courts"]
        assert [one.standing for one in corrections(open_record(place))] == ["replaced", "replaced", "standing"]

    def test_a_field_of_the_report_and_its_days_whatever_their_order(self, place: Path, sha256: str) -> None:
        before = of(open_record(place), "SELECT published, statement_due_computed FROM reports")
        say(place, sha256, "published", "2025-04-21", words=None)
        say(place, sha256, "published", "2025-04-14", words=None)
        assert of(open_record(place), "SELECT published, statement_due_computed FROM reports") == before

    def test_what_a_newer_reader_reads_is_what_stands_again(
        self, place: Path, take_in: Take, make_report: Make, sha256: str
    ) -> None:
        section = "SELECT section FROM findings WHERE ordinal = 2"
        say(place, sha256, "section", "Ferries")
        newer = (Item("improvement", "Something new.", 2), Item("improvement", WORDS, 3, section="Quays"))
        take_in(place, make_report(improvements=newer), version="2")
        assert of(open_record(place), section) == [("Ferries",)]
        with_what_was_read_first = say(place, sha256, "section", None)
        assert (with_what_was_read_first.standing, of(open_record(place), section)) == ("standing", [(None,)])
        assert say(place, sha256, "section", None, withdraw=True).new == "Quays"
        assert of(open_record(place), section) == [("Quays",)]

    def test_where_nobody_corrected_anything_there_is_nothing_to_take_back(self, place: Path, report: str) -> None:
        with pytest.raises(UsageError, match="“Held responsible”: there is nothing to take back"):
            say(place, report, "agencies", None, words=self.WORDS, withdraw=True)
        say(place, report, "agencies", ["health"], words=self.WORDS)
        say(place, report, "agencies", None, words=self.WORDS, withdraw=True)
        with pytest.raises(UsageError, match="nothing to take back"):
            say(place, report, "agencies", None, words=self.WORDS, withdraw=True)


class TestConfirming:
    WORDS = "The police and the council should share what they know of missing children."

    @pytest.fixture
    def report(self, place: Path, take_in: Take, make_report: Make) -> str:
        take_in(place, make_report("both", improvements=(Item("improvement", self.WORDS, 2),)))
        return str(make_report("both").sha256)

    def confirm(self, place: Path, report: str, field: str = "agencies", **more: Any) -> Correction:
        return say(place, report, field, None, words=self.WORDS, confirm=True, **more)

    def told(self, place: Path, table: str, name: str) -> list[Any]:
        question = f"SELECT {name}, words, confidence FROM {table} AS t JOIN findings AS f ON f.id = t.finding "
        return of(open_record(place), question + f"WHERE f.text = $words ORDER BY {name}", words=self.WORDS)

    @pytest.mark.parametrize(
        ("field", "table", "name"), [("agencies", "responsibilities", "agency"), ("themes", "themes", "theme")]
    )
    def test_what_was_read_is_a_persons_word_then_with_the_words_that_name_it_and_no_doubt(
        self, place: Path, report: str, field: str, table: str, name: str
    ) -> None:
        before = self.told(place, table, name)
        assert all(words and sure for _, words, sure in before)
        made = self.confirm(place, report, field)
        assert (made.confirmed, made.standing, made.old) == (True, "confirmed", made.new)
        assert self.told(place, table, name) == [(key, words, None) for key, words, _ in before]

    def test_it_is_doubtful_no_longer_and_not_called_corrected(self, place: Path, report: str) -> None:
        asked: dict[str, Any] = {"fictional": True, "text": "what they know of missing"}
        (before,) = accountability(open_record(place), sure_below=1, **asked).demands
        self.confirm(place, report)
        assert accountability(open_record(place), sure_below=1, **asked).total == 0
        (after,) = accountability(open_record(place), **asked).demands
        assert [one.agency for one in after.agencies] == [one.agency for one in before.agencies]
        assert after.corrected == ()
        assert corrected(open_record(place)).confirmed.keys() == {after.id}

    def test_it_stands_where_a_newer_reader_reads_something_else(
        self, place: Path, report: str, take_in: Take, make_report: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.confirm(place, report)
        right = [key for key, *_ in self.told(place, "responsibilities", "agency")]

        def otherwise(statements: Any, **told: Any) -> Any:
            given = attribute_reports(statements, **told)
            courts = Responsibility("courts", "", None, None, 0.6, "default")
            return [[one._replace(agencies=(courts,)) for one in report] for report in given]

        attribute_reports = attributed.attribute_reports
        monkeypatch.setattr(attributed, "attribute_reports", otherwise)
        take_in(place, make_report("both", improvements=(Item("improvement", self.WORDS, 2),)), version="2")
        asked = "SELECT agency FROM responsibilities AS r JOIN findings AS f ON f.id = r.finding WHERE f.text = $words"
        assert of(correcting.open_as_read(place), asked, words=self.WORDS) == [("courts",)]
        assert [key for key, *_ in self.told(place, "responsibilities", "agency")] == right
        assert [one.standing for one in corrections(open_record(place))] == ["confirmed"]

    def test_it_can_be_corrected_and_taken_back_like_any_other(self, place: Path, report: str) -> None:
        before = self.told(place, "responsibilities", "agency")
        self.confirm(place, report)
        last = say(place, report, "agencies", None, words=self.WORDS, withdraw=True)
        assert (last.standing, self.told(place, "responsibilities", "agency")) == ("withdrawn", before)
        self.confirm(place, report)
        say(place, report, "agencies", ["courts"], words=self.WORDS)
        assert self.told(place, "responsibilities", "agency") == [("courts", None, None)]
        told = [one.standing for one in corrections(open_record(place))]
        assert told == ["replaced", "replaced", "replaced", "standing"]

    @pytest.mark.parametrize("said", [{"confirm": True}, {"new": ["courts"]}])
    def test_what_a_person_has_said_already_is_not_confirmed(
        self, place: Path, report: str, said: dict[str, Any]
    ) -> None:
        say(place, report, "agencies", said.pop("new", None), words=self.WORDS, **said)
        with pytest.raises(UsageError, match="A Clerk has said already what is right of “Held responsible”"):
            self.confirm(place, report)

    def test_nor_what_is_no_longer_what_was_seen(self, place: Path, report: str) -> None:
        with pytest.raises(ChangedMeanwhileError):
            self.confirm(place, report, seen="courts")
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize("field", ["kind", "polarity", "section", "text"])
    def test_nor_what_no_model_is_in_doubt_about(self, place: Path, report: str, field: str) -> None:
        with pytest.raises(
            UsageError, match="cannot be confirmed, but “Held responsible” and “About” and “On the same thing” can"
        ):
            self.confirm(place, report, field)

    def test_a_record_from_before_anything_could_be_confirmed_opens_and_can_be(
        self, place: Path, report: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older = replace(
            correcting.CORRECTIONS,
            columns=tuple(one for one in correcting.CORRECTIONS.columns if one.name != "confirmed"),
        )
        shutil.rmtree(place / "corrections")
        with monkeypatch.context() as then:
            then.setattr(correcting, "CORRECTIONS", older)
            then.setattr(store, "TABLES", {**store.TABLES, older.name: older})
            say(place, report, "agencies", ["courts"], words=self.WORDS)
        assert [(one.confirmed, one.standing) for one in corrections(open_record(place))] == [(False, "standing")]
        say(place, report, "agencies", None, words=self.WORDS, withdraw=True)
        assert self.confirm(place, report).standing == "confirmed"


class TestTwoAtOnce:
    def test_what_is_no_longer_what_was_seen_is_not_replaced(self, place: Path, sha256: str) -> None:
        say(place, sha256, "agencies", ["police"])
        seen = "police"
        other = say(place, sha256, "agencies", ["courts"], by="Another", seen=seen)
        with pytest.raises(ChangedMeanwhileError, match="Another has corrected “Held responsible”") as told:
            say(place, sha256, "agencies", ["health"], seen=seen)
        assert (told.value.stands, told.value.latest) == ("courts", other)
        assert say(place, sha256, "agencies", ["health"], seen="courts").standing == "standing"

    def test_whoever_waited_for_the_other_sees_what_the_other_gave(
        self, place: Path, sha256: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = correcting.ensure

        def somebody_else_is_first(at: Any) -> None:
            monkeypatch.setattr(correcting, "ensure", real)
            say(place, sha256, "section", "Quays", by="Another")
            real(at)

        monkeypatch.setattr(correcting, "ensure", somebody_else_is_first)
        with pytest.raises(ChangedMeanwhileError):
            say(place, sha256, "section", "Ferries", seen=None)
        assert [one.new for one in corrections(open_record(place))] == ["Quays"]

    def test_an_id_that_a_newer_reading_has_given_to_another_statement_meanwhile_corrects_neither(
        self, place: Path, take_in: Take, make_report: Make, sha256: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = correcting.ensure

        def it_is_read_again_first(at: Any) -> None:
            monkeypatch.setattr(correcting, "ensure", real)
            new = Item("improvement", "Something that the older reader did not find.", 2)
            take_in(place, make_report(improvements=(Item("improvement", WORDS, 3), new)), version="2")
            real(at)

        monkeypatch.setattr(correcting, "ensure", it_is_read_again_first)
        with pytest.raises(UsageError, match="names another statement now"):
            say(place, sha256, "agencies", ["courts"])
        assert corrections(open_record(place)) == ()
        assert say(place, sha256, "agencies", ["courts"]).standing == "standing"


def test_of_two_with_the_same_words_on_one_page_no_two_things_are_said_at_once(
    place: Path, take_in: Take, make_report: Make
) -> None:
    twice = (Item("improvement", WORDS, 3), Item("improvement", WORDS, 3))
    take_in(place, make_report("twice", improvements=twice))
    sha256 = make_report("twice").sha256
    ids = of(open_record(place), "SELECT id FROM findings WHERE report = $r AND text = $w", r=sha256, w=WORDS)
    said = [
        correcting.Saying(sha256, "agencies", finding, new)
        for (finding,), new in zip(ids, (["police"], ["courts"]), strict=True)
    ]
    first, second = correcting.correct_each(place, said, by="A Clerk", reason="I read both")
    assert isinstance(first, Correction)
    assert "these words twice on this page" in str(second)
    assert [one.new for one in corrections(open_record(place))] == ["police"]


class TestHowAStatementIsNamed:
    def test_by_its_id_or_with_the_beginning_of_its_report_or_by_the_key_of_its_words(
        self, place: Path, sha256: str
    ) -> None:
        record = open_record(place)
        whole = find_statement(record, sha256, WORDS)
        say(place, sha256, "text", "The ferries' timetable.")
        record = open_record(place)
        names = (whole, sha256[:12] + whole[64:], fingerprint(WORDS), fingerprint("The ferries' timetable."))
        assert {statement(record, sha256[:12], name).id for name in names} == {whole}

    @pytest.mark.parametrize("number", ["0", "2", "0002", "5", "five"])
    def test_but_by_no_bare_number_which_the_report_may_print_for_another(
        self, place: Path, sha256: str, number: str
    ) -> None:
        with pytest.raises(UsageError, match=rf"not named by '{number}', but by its id .*{sha256[:12]}-"):
            correct(place, report=sha256, finding=number, field="kind", new="strength", by="A", reason="b")
        assert corrections(open_record(place)) == ()

    def test_nor_by_the_id_of_another_reports(self, place: Path, sha256: str) -> None:
        with pytest.raises(NothingToCorrectError):
            statement(open_record(place), sha256, f"{'0' * 12}-0001")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("field", "new", "told"),
        [
            ("agencies", ["wizards"], "There is no agency 'wizards'. There is: Council (local_authority); "),
            ("kind", "wish", "There is no kind 'wish'. There is: Priority action (priority_action); "),
            ("published", "yesterday", "“Published” is a day like 2026-01-31, not 'yesterday'"),
            ("kind", "improvement", "“Kind” is that already"),
            ("kind", None, "“Kind” cannot be left empty"),
            ("area", "Nowhere at all", "“Area”: "),
        ],
    )
    def test_is_told_by_the_titles_that_pages_have(
        self, place: Path, sha256: str, field: str, new: Any, told: str
    ) -> None:
        with pytest.raises(UsageError, match=f"^{re.escape(told)}"):
            say(place, sha256, field, new, words=None if field in ("published", "area") else WORDS)

    @pytest.mark.parametrize(
        ("field", "new", "words"),
        [
            ("agencies", ["wizards"], WORDS),
            ("kind", "none of these", WORDS),
            ("kind", None, WORDS),
            ("text", "  ", WORDS),
            ("text", "x" * 5001, WORDS),
            ("page", "3", WORDS),
            ("sha256", "0" * 64, None),
            ("grade:overall", "excellent", None),
            ("published", "yesterday", None),
            ("framework", "wishes", None),
            ("polarity'; DROP TABLE findings; --", "mixed", WORDS),
        ],
    )
    def test_a_value_or_field_that_there_is_none_of(
        self, place: Path, sha256: str, field: str, new: Any, words: str | None
    ) -> None:
        with pytest.raises(UsageError):
            say(place, sha256, field, new, words=words)
        assert corrections(open_record(place)) == ()

    def test_what_stands_already(self, place: Path, sha256: str) -> None:
        with pytest.raises(UsageError, match="already"):
            say(place, sha256, "kind", "improvement")

    @pytest.mark.parametrize("missing", ["by", "reason"])
    def test_without_a_name_or_a_reason(self, place: Path, sha256: str, missing: str) -> None:
        with pytest.raises(UsageError, match="who makes it and why"):
            say(place, sha256, "kind", "strength", **{missing: " \n "})

    def test_a_report_statement_or_judgement_that_there_is_none_of(self, place: Path, sha256: str) -> None:
        with pytest.raises(NothingToCorrectError):
            say(place, "0" * 64, "kind", "strength", words=None)
        with pytest.raises(UsageError):
            say(place, "' OR 1=1 --", "visit", "short", words=None)
        with pytest.raises(NothingToCorrectError):
            say(place, sha256, "grade:adoption", "good", words=None)
        with pytest.raises(NothingToCorrectError):
            correct(place, report=sha256, finding=f"{sha256}-0099", field="kind", new="strength", by="A", reason="b")
        with pytest.raises(NothingToCorrectError):
            say(place, sha256, "kind", "strength", words="not a word of it")


@given(st.text(), st.text(alphabet=" \t\n.,;–’“”-"))
def test_a_statement_is_known_by_letters_and_digits_whatever_stands_between(text: str, between: str) -> None:
    assert fingerprint(between.join(text)) == fingerprint(text) == fingerprint(text + between)


def test_the_query_engine_knows_a_statement_by_the_same_hash() -> None:
    import duckdb

    from joinedup.record import applying

    texts = ["The boats’ TIMETABLE, twice.", "İstanbul K 3½ ﬁre", "", "a-b_c"]
    hashed = applying._HASH.replace("text", "$text")
    with duckdb.connect() as engine:
        told = [engine.execute(f"SELECT {hashed}", {"text": text}).fetchone() for text in texts]
    assert told == [(fingerprint(text),) for text in texts]
