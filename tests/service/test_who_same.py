"""Saying what is on the same thing, over the web: by the operator alone, and every page, table and answer has it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from joinedup.analysis.asked_again import beside, what_became
from joinedup.analysis.asked_again_pairs import Pair, Statement
from joinedup.analysis.asked_again_saying import say_same
from joinedup.record import RecordBusyError, corrections, open_record
from joinedup.record.naming import letters
from joinedup.service.site import asked_links, same
from joinedup.service.site.records import look_again
from joinedup.service.site.wording import words_address

pytestmark = pytest.mark.slow

Ask = Callable[..., Any]

TOKEN = "the operator's own, of more than thirty-two letters"
AREA = "ashmere"
ADDRESS = f"/areas/{AREA}/asked-again"
FORM = f"{ADDRESS}/same"


@pytest.fixture(autouse=True)
def operator() -> Iterator[None]:
    """Somebody runs the service who may correct."""
    with override_settings(OPERATOR_TOKEN=TOKEN):
        yield


@pytest.fixture
def pair(place: Path) -> Pair:
    """A pair that the program tells to be asked for again."""
    return next(one for one in what_became(open_record(place), AREA).pairs if one.relation == "asked_again")


@pytest.fixture
def other(place: Path, pair: Pair) -> Statement:
    """A later request that the program does not tell to be on the same thing as that pair's earlier."""
    paired = {one.later.id for one in what_became(open_record(place), AREA).pairs if one.earlier == pair.earlier}
    return next(
        one
        for one in beside(open_record(place), pair.earlier.id)
        if one.asks and one.day > pair.earlier.day and one.id not in paired
    )


@pytest.fixture
def browser() -> Client:
    """A client that forgery protection applies to."""
    return Client(enforce_csrf_checks=True)


def told(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def addresses(page: bytes, words: str) -> list[str]:
    """Where the links lead that begin with some words."""
    return [html.unescape(each) for each in re.findall(rf'href="([^"]*)">{re.escape(words)}', page.decode())]


def of_two(browser: Client, earlier: Statement, later: Statement) -> str:
    """The address of the form for two statements, found by the later one's words."""
    asked = next(
        each
        for each in addresses(browser.get(ADDRESS).content, "Say that a later statement is on the same thing")
        if earlier.id in each
    )
    answer = browser.get(asked, {"asked": asked.partition("asked=")[2], "words": later.text})
    if answer.status_code == 302:
        return answer["Location"]
    return next(each for each in addresses(answer.content, "This one") if later.id in each)


def send(browser: Client, address: str, **given: str) -> Any:
    """The form fetched and sent, as a browser does."""
    shown = browser.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    assert hidden.keys() == {"csrfmiddlewaretoken", "seen"}
    return browser.post(address, hidden | {"by": "A Clerk", "reason": "I read both", "token": TOKEN} | given)


def pairs(place: Path) -> set[tuple[str, str]]:
    return {(one.earlier.id, one.later.id) for one in what_became(open_record(place), AREA).pairs}


class TestThePage:
    def test_each_pair_leads_to_the_form_with_both_wordings(self, browser: Client, place: Path, pair: Pair) -> None:
        found = addresses(browser.get(ADDRESS).content, "Not the same thing?")
        assert len(found) == len(what_became(open_record(place), AREA).pairs)
        (form,) = (each for each in found if pair.earlier.id in each and pair.later.id in each)
        words = told(browser.get(form).content)
        assert pair.earlier.text in words
        assert pair.later.text in words
        assert f"Now: yes, as the program tells by the words ({pair.how_sure})" in words

    def test_nothing_of_it_where_nobody_may(self, browser: Client, place: Path, pair: Pair) -> None:
        form = addresses(browser.get(ADDRESS).content, "Not the same thing?")[0]
        with override_settings(OPERATOR_TOKEN=""):
            page = browser.get(ADDRESS).content
            assert b"asked-again/same" not in page
            assert browser.get(form).status_code == 404
            assert Client().post(form, {"token": "", "new": "no"}).status_code == 404
        assert b"asked-again/same" not in browser.get(f"/areas/{AREA}").content

    def test_a_pair_that_is_none_goes_and_why_is_told_but_not_by_whom(
        self, browser: Client, place: Path, pair: Pair
    ) -> None:
        answer = send(browser, of_two(browser, pair.earlier, pair.later), new="no")
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        assert (pair.earlier.id, pair.later.id) not in pairs(place)
        for address in (ADDRESS, "/corrections"):
            words = told(browser.get(address).content)
            assert "Corrected On the same thing as a later statement, “" in words
            assert "read as yes , corrected to no" in words
            assert "I read both" in words
            assert "A Clerk" not in words
        (change,) = addresses(browser.get(ADDRESS).content, "Change what a person says")
        words = told(browser.get(change).content)
        assert pair.later.text in words
        assert "Now: no, a person says so" in words
        with override_settings(OPERATOR_TOKEN=""):
            assert "Change what a person says" not in told(browser.get(ADDRESS).content)

    def test_a_pair_that_is_one_is_shown_by_a_persons_word(
        self, browser: Client, place: Path, pair: Pair, other: Statement
    ) -> None:
        form = of_two(browser, pair.earlier, other)
        assert "Now: no, as far as the program tells" in told(browser.get(form).content)
        assert send(browser, form, new="yes").status_code == 302
        words = told(browser.get(ADDRESS).content)
        assert "on the same thing: a person says so Change what a person says" in words
        assert "Now: yes, a person says so" in told(browser.get(form).content)

    def test_what_the_program_tells_is_confirmed_and_not_called_corrected(
        self, browser: Client, place: Path, pair: Pair
    ) -> None:
        assert send(browser, of_two(browser, pair.earlier, pair.later), new="yes").status_code == 302
        (made,) = corrections(open_record(place))
        assert (made.standing, made.new) == ("confirmed", "yes")
        page = browser.get(ADDRESS).content
        assert "on the same thing: a person says so" in told(page)
        assert "Corrected On the same thing" not in told(page)

    def test_who_confirmed_that_two_are_not_finds_beside_the_thing_where_to_change_that(
        self, browser: Client, place: Path, pair: Pair, other: Statement
    ) -> None:
        assert send(browser, of_two(browser, pair.earlier, other), new="no").status_code == 302
        (made,) = corrections(open_record(place))
        assert (made.standing, made.new) == ("confirmed", "no")
        page = browser.get(ADDRESS).content
        assert "Corrected On the same thing" not in told(page)
        (change,) = addresses(page, "Change what a person says")
        assert other.text in told(browser.get(change).content)
        results = browser.get(f"/api/v1{ADDRESS}?page_size=200").json()["results"]
        (thing,) = (one for one in results if one["asked"]["id"] == pair.earlier.id)
        assert [(one["field"], one["old"], one["new"]) for one in thing["said"]] == [(made.field, "no", "no")]
        table = csv.DictReader(io.StringIO(browser.get(f"{ADDRESS}.csv").content.decode("utf-8-sig")))
        assert {row["said"] for row in table if row["finding"] == pair.earlier.id} == {f"{made.field} no"}

    def test_it_is_taken_back_where_somebody_has_said_so(self, browser: Client, place: Path, pair: Pair) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        assert b'name="withdraw"' not in browser.get(form).content
        send(browser, form, new="no")
        assert b'name="withdraw"' in browser.get(form).content
        assert send(browser, form, withdraw="yes").status_code == 302
        assert (pair.earlier.id, pair.later.id) in pairs(place)
        assert [one.standing for one in corrections(open_record(place))] == ["replaced", "withdrawn"]


class TestWhatIsRefused:
    def test_without_the_token_nothing_is_saved_and_what_was_typed_comes_back(
        self, browser: Client, place: Path, pair: Pair
    ) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        for token, words in (("", "Give the operator’s token"), ("x" * 40, "This is not the operator’s token")):
            answer = send(browser, form, new="no", token=token)
            assert answer.status_code == 403
            assert f"{words}. Nothing was saved" in told(answer.content)
            assert b'value="no" checked' in answer.content
            assert b"I read both" in answer.content
            assert token.encode() not in answer.content or not token
        assert corrections(open_record(place)) == ()

    def test_what_is_missing_is_told(self, browser: Client, place: Path, pair: Pair) -> None:
        answer = send(browser, of_two(browser, pair.earlier, pair.later), by="", reason="")
        assert answer.status_code == 400
        for words in ("Say whether both are on the same thing", "Say who you are", "Say how you know"):
            assert words in told(answer.content)

    def test_where_somebody_else_has_said_otherwise_since_it_comes_back_with_what_stands(
        self, browser: Client, place: Path, pair: Pair
    ) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        ids = {"finding": pair.earlier.id, "later": pair.later.id}
        say_same(place, report=pair.earlier.report, **ids, new="no", by="Another", reason="It is not.")
        look_again()
        answer = send(browser, form, new="yes", seen="yes")
        assert answer.status_code == 409
        assert "Meanwhile Another has corrected “On the same thing”: it is now no." in told(answer.content)
        assert b'name="seen" value="no"' in answer.content
        assert send(browser, form, new="yes").status_code == 302

    def test_what_stands_already(self, browser: Client, place: Path, pair: Pair) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        send(browser, form, new="no")
        answer = send(browser, form, new="no")
        assert (answer.status_code, "is that already" in told(answer.content)) == (400, True)

    def test_where_the_record_is_being_written_it_is_told_and_can_be_sent_again(
        self, browser: Client, place: Path, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: Any, **__: Any) -> None:
            raise RecordBusyError("Somebody else is writing.")

        monkeypatch.setattr(same, "say_same", busy)
        answer = send(browser, of_two(browser, pair.earlier, pair.later), new="no")
        assert answer.status_code == 503
        assert "Nothing was saved. Somebody else is writing." in told(answer.content)

    def test_nor_from_another_sites_form(self, browser: Client, place: Path, pair: Pair) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        given = {"new": "no", "seen": "yes", "by": "A", "reason": "b", "token": TOKEN}
        assert browser.post(form, given).status_code == 403
        assert corrections(open_record(place)) == ()

    def test_of_statements_that_are_not_there_or_read_otherwise_there_is_no_form(
        self, browser: Client, place: Path, pair: Pair
    ) -> None:
        form = of_two(browser, pair.earlier, pair.later)
        asked, later = form.partition("asked=")[2].split("&later=")
        for query in (
            {},
            {"asked": "x"},
            {"asked": asked[:-1] + "x"},
            {"asked": later},
            {"asked": asked, "later": later[:-1] + "x"},
            {"asked": asked, "later": asked},
        ):
            assert browser.get(FORM, query).status_code == (200 if query == {"asked": later} else 404), query
        assert browser.get(form.replace(AREA, "kelderby")).status_code == 404


class TestFindingTheLaterStatement:
    @pytest.fixture
    def asked(self, browser: Client, pair: Pair) -> dict[str, str]:
        found = addresses(browser.get(ADDRESS).content, "Say that a later statement is on the same thing")
        return {"asked": next(each for each in found if pair.earlier.id in each).partition("asked=")[2]}

    def test_by_the_address_of_its_page(self, browser: Client, asked: dict[str, str], other: Statement) -> None:
        address = "https://example.org" + words_address(other.report, other.page, other.text)
        answer = browser.get(FORM, asked | {"words": address})
        assert answer.status_code == 302
        assert other.id in answer["Location"]

    def test_words_that_none_has_are_told_with_what_was_typed(self, browser: Client, asked: dict[str, str]) -> None:
        answer = browser.get(FORM, asked | {"words": "unicorns & zebras"})
        assert answer.status_code == 400
        assert "has these words: “unicorns & zebras”" in told(answer.content)
        assert b'value="unicorns &amp; zebras"' in answer.content

    def test_of_too_many_more_words_are_asked_for(self, browser: Client, asked: dict[str, str]) -> None:
        answer = browser.get(FORM, asked | {"words": "e"})
        assert (answer.status_code, "give more of them" in told(answer.content)) == (400, True)

    @pytest.mark.parametrize("words", ["", "  ", "x" * 501])
    def test_nothing_and_too_much(self, browser: Client, asked: dict[str, str], words: str) -> None:
        assert browser.get(FORM, asked | {"words": words}).status_code == 400

    def test_a_statement_that_is_not_later_is_not_offered(
        self, browser: Client, asked: dict[str, str], place: Path, pair: Pair
    ) -> None:
        every = beside(open_record(place), pair.earlier.id)
        later = [one for one in every if one.day > pair.earlier.day]
        words = next(
            one.text
            for one in every
            if one not in later and not any(letters(one.text) in letters(other.text) for other in later)
        )
        assert browser.get(FORM, asked | {"words": words}).status_code == 400


class TestEverywhere:
    @pytest.fixture
    def spoken(self, place: Path, pair: Pair, other: Statement) -> Iterator[None]:
        """One pair that is none, and one that is."""
        asked_links.lay_out(open_record(place))
        for later, new in ((pair.later, "no"), (other, "yes")):
            say_same(
                place,
                report=pair.earlier.report,
                finding=pair.earlier.id,
                later=later.id,
                new=new,
                by="A Clerk",
                reason="I read both.",
            )
        look_again()
        yield
        look_again()

    @pytest.mark.usefixtures("spoken")
    def test_page_table_and_answer_tell_the_same(
        self, browser: Client, place: Path, pair: Pair, other: Statement
    ) -> None:
        expected = {(one.earlier.id, one.later.id, one.how_sure) for one in what_became(open_record(place), AREA).pairs}
        assert (pair.earlier.id, other.id, "a person says so") in expected
        results = browser.get(f"/api/v1{ADDRESS}?page_size=200").json()["results"]
        answered = {
            (one["asked"]["id"], later["wording"]["id"], later["how_sure"]) for one in results for later in one["later"]
        }
        table = list(csv.DictReader(io.StringIO(browser.get(f"{ADDRESS}.csv").content.decode("utf-8-sig"))))
        rows = {(row["finding"], row["later_finding"], row["how_sure"]) for row in table if row["later_finding"]}
        shown = browser.get(ADDRESS).content
        named = {tuple(re.findall(r"[0-9a-f]{64}-[0-9]+", each)) for each in addresses(shown, "Not the same thing?")}
        named |= {tuple(re.findall(r"[0-9a-f]{64}-[0-9]+", each)) for each in addresses(shown, "Change what a person")}
        assert answered == rows == expected
        assert named == {one[:2] for one in expected} | {(pair.earlier.id, pair.later.id)}
        (thing,) = (one for one in results if one["asked"]["id"] == pair.earlier.id)
        assert [(one["old"], one["new"]) for one in thing["said"]] == [("yes", "no"), ("no", "yes")]
        assert thing["asked"]["corrections"] == []
        (said,) = {row["said"] for row in table if row["finding"] == pair.earlier.id}
        assert said == "; ".join(f"{one['field']} {one['new']}" for one in thing["said"])
        assert "a person says so" in told(browser.get(f"/areas/{AREA}").content)

    @pytest.mark.usefixtures("spoken")
    def test_the_list_of_corrections_names_the_later_statement(
        self, browser: Client, pair: Pair, other: Statement
    ) -> None:
        listed = browser.get("/api/v1/corrections?fictional=true").json()["results"]
        assert {tuple(one["later"]) for one in listed} == {(pair.later.id,), (other.id,)}
        assert {tuple(one["statements"]) for one in listed} == {(pair.earlier.id,)}
        assert "A Clerk" not in str(listed)

    @pytest.mark.usefixtures("spoken")
    def test_links_laid_out_before_are_not_read_again_and_only_that_area_is_linked_anew(self, place: Path) -> None:
        assert asked_links.lay_out(open_record(place)) == 1
        assert asked_links.lay_out(open_record(place)) == 0
