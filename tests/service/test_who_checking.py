"""Checking whom statements hold responsible: the most doubtful first, ten at a time, by the operator alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from joinedup.analysis import accountability
from joinedup.analysis.accountability_facts import KINDS
from joinedup.record import RecordBusyError, correct, corrections, open_record
from joinedup.service.site import checking

pytestmark = pytest.mark.slow

TOKEN = "the operator's own, of more than thirty-two letters"
ADDRESS = "/accountability/check"


@pytest.fixture(autouse=True)
def operator() -> Iterator[None]:
    """Somebody runs the service who may correct."""
    with override_settings(OPERATOR_TOKEN=TOKEN):
        yield


@pytest.fixture
def browser() -> Client:
    """A client that forgery protection applies to."""
    return Client(enforce_csrf_checks=True)


def form_of(page: bytes) -> dict[str, list[str]]:
    """Everything that a browser would send of the form as it is shown."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page.decode()):
        given = {name: html.unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if "name" in given and (given.get("type") != "checkbox" or tag.endswith(" checked>")):
            sent.setdefault(given["name"], []).append(given.get("value", ""))
    for name, words in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page.decode()):
        sent[name] = [html.unescape(words)]
    return sent


def ids(form: dict[str, list[str]]) -> list[str]:
    return [each.partition(".")[0] for each in form["of"]]


def told(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def filled(browser: Client, address: str = ADDRESS, **given: Any) -> dict[str, list[str]]:
    form = form_of(browser.get(address).content)
    return form | {"by": ["A Clerk"], "token": [TOKEN]} | given


def standings(place: Path) -> dict[str, list[str]]:
    """The statements (ids) of the corrections, by how these stand."""
    found: dict[str, list[str]] = {}
    for one in corrections(open_record(place)):
        found.setdefault(one.standing, []).extend(one.statements)
    return found


class TestWhatIsShown:
    def test_the_ten_that_the_program_is_least_sure_of_with_why_and_how_sure(
        self, browser: Client, place: Path
    ) -> None:
        page = browser.get(ADDRESS)
        least = accountability(open_record(place), fictional=True, doubtful_first=True, limit=10).demands
        assert ids(form_of(page.content)) == [one.id for one in least]
        words = told(page.content)
        for one in least:
            assert " ".join(one.text.split()) in words
            for held in one.agencies:
                assert held.confidence is not None
                assert f"({min(99, round(100 * held.confidence))}% sure)" in words

    def test_by_the_explorers_filters_which_lead_there(self, browser: Client, place: Path) -> None:
        query = "?agency=police&kind=all"
        assert (
            f'href="{ADDRESS}{query.replace("&", "&amp;")}"' in browser.get(f"/accountability{query}").content.decode()
        )
        form = form_of(browser.get(ADDRESS + query).content)
        assert all("police" in form[f"agencies-{each}"] for each in ids(form))
        assert browser.get(f"{ADDRESS}?agency=wizards").status_code == 400
        assert browser.get(f"{ADDRESS}?page=9999").status_code == 404

    def test_the_next_page_has_the_next(self, browser: Client, place: Path) -> None:
        first, second = (ids(form_of(browser.get(f"{ADDRESS}{page}").content)) for page in ("", "?page=2"))
        assert not set(first) & set(second)

    def test_nothing_of_it_where_nobody_may_correct(self, browser: Client, place: Path) -> None:
        with override_settings(OPERATOR_TOKEN=""):
            assert browser.get(ADDRESS).status_code == 404
            assert Client().post(ADDRESS, {"token": ""}).status_code == 404
            assert ADDRESS not in browser.get("/accountability").content.decode()

    def test_where_nothing_is_left_it_says_so(self, browser: Client, place: Path) -> None:
        answer = browser.get(f"{ADDRESS}?text=zebras")
        assert answer.status_code == 200
        assert "Nothing that fits is left to check" in told(answer.content)


class TestWhatIsSent:
    def test_what_is_right_is_confirmed_what_is_ticked_otherwise_corrected_and_the_rest_stays(
        self, browser: Client, place: Path
    ) -> None:
        form = filled(browser)
        right, wrong, *others = ids(form)
        before = set(form[f"agencies-{wrong}"])
        other = next(key for key in ("police", "health", "courts", "housing") if key not in before)
        answer = browser.post(ADDRESS, form | {"checked": [right], f"agencies-{wrong}": [other]})
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        assert standings(place) == {"confirmed": [right], "standing": [wrong]}
        assert {(one.corrected_by, one.reason) for one in corrections(open_record(place))} == {
            ("A Clerk", "Checked by reading the statement")
        }
        left = ids(form_of(browser.get(ADDRESS).content))
        assert left[: len(others)] == others, "what was checked is not asked again"

    def test_it_counts_at_once_and_leads_back_to_the_same_filters(self, browser: Client, place: Path) -> None:
        query = "?kind=all&framework=ilacs"
        asked: dict[str, Any] = {"fictional": True, "framework": "ilacs", "kinds": KINDS}
        form = filled(browser, ADDRESS + query)
        total = accountability(open_record(place), sure_below=1, limit=0, **asked).total
        assert f"Nobody has checked {total} " in told(browser.get(ADDRESS + query).content)
        answer = browser.post(ADDRESS + query, form | {"checked": ids(form)})
        assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}?framework=ilacs&kind=all")
        assert f"Nobody has checked {total - 10} " in told(browser.get(ADDRESS + query).content)
        said = {one.id: one for one in accountability(open_record(place), limit=None, **asked).demands}
        assert all(held.confidence is None for one in ids(form) for held in said[one].agencies)

    def test_from_the_last_page_it_leads_to_the_one_that_is_the_last_then(self, browser: Client, place: Path) -> None:
        total = accountability(open_record(place), fictional=True, kinds=KINDS, sure_below=1, limit=0).total
        pages = -(-total // 10)
        address = f"{ADDRESS}?kind=all&page={pages}"
        form = filled(browser, address)
        assert (
            browser.post(address, form | {"checked": ids(form)})["Location"] == f"{ADDRESS}?kind=all&page={pages - 1}"
        )

    def test_the_page_of_its_words_says_that_a_person_has_confirmed_it(self, browser: Client, place: Path) -> None:
        form = filled(browser)
        first = ids(form)[0]
        link = re.search(rf'id="s-{first}".*?href="(/reports/[^"]+)"', browser.get(ADDRESS).content.decode(), re.S)
        assert link
        browser.post(ADDRESS, form | {"checked": [first]})
        assert "(confirmed by a person)" in told(browser.get(html.unescape(link[1])).content)
        assert "1 more answer was checked by a person and found right." in told(browser.get("/corrections").content)

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1]])
    def test_without_the_token_nothing_is_saved_and_what_was_ticked_is_given_back(
        self, browser: Client, place: Path, token: str
    ) -> None:
        form = filled(browser)
        one = ids(form)[0]
        answer = browser.post(ADDRESS, form | {"checked": [one], f"agencies-{one}": ["courts"], "token": [token]})
        assert answer.status_code == 403
        again = form_of(answer.content)
        assert (again["checked"], again[f"agencies-{one}"], again["by"]) == ([one], ["courts"], ["A Clerk"])
        assert "token" not in again or again["token"] == [""]
        assert "Nothing was saved" in told(answer.content)
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({}, "Say which statements you have checked"),
            ({"by": [" "], "checked": None}, "Say who checked them"),
            ({"reason": [""], "checked": None}, "Say how you know what is right"),
            ({"by": ["\u200b"], "checked": None}, "Say who checked them"),
            ({"reason": ["\u200b \u00ad"], "checked": None}, "Say how you know what is right"),
            ({"agencies": ["wizards"]}, "There is no agency"),
        ],
    )
    def test_a_mistake_is_told_with_what_was_ticked(
        self, browser: Client, place: Path, given: dict[str, Any], message: str
    ) -> None:
        form = filled(browser)
        one = ids(form)[0]
        named = {"checked": [one]} if "checked" in given else {}
        if "agencies" in given:
            named[f"agencies-{one}"] = given["agencies"]
        answer = browser.post(ADDRESS, form | {k: v for k, v in given.items() if k in ("by", "reason")} | named)
        assert answer.status_code in (400, 409)
        assert message in told(answer.content)
        assert one in ids(form_of(answer.content))
        assert corrections(open_record(place)) == ()

    def test_what_somebody_else_has_said_meanwhile_is_shown_and_the_others_are_saved(
        self, browser: Client, place: Path
    ) -> None:
        form = filled(browser)
        first, second, *_ = ids(form)
        new = next(key for key in ("police", "health", "courts") if [key] != form[f"agencies-{first}"])
        correct(
            place, report=first[:64], finding=first, field="agencies", new=[new], by="Another", reason="Read it too"
        )
        answer = browser.post(ADDRESS, form | {"checked": [first, second]})
        assert answer.status_code == 409
        assert "Meanwhile Another has corrected “Held responsible”" in told(answer.content)
        again = form_of(answer.content)
        assert ids(again) == [first]
        assert again[f"agencies-{first}"] == [new]
        assert standings(place) == {"standing": [first], "confirmed": [second]}

    def test_what_somebody_else_has_confirmed_meanwhile_is_not_replaced_unseen(
        self, browser: Client, place: Path
    ) -> None:
        """The value is as it was shown; that a person says so is new, and may change the mind of who corrects."""
        form = filled(browser)
        first = ids(form)[0]
        correct(place, report=first[:64], finding=first, field="agencies", confirm=True, by="Another", reason="Read it")
        new = next(key for key in ("police", "health", "courts") if [key] != form[f"agencies-{first}"])
        answer = browser.post(ADDRESS, form | {f"agencies-{first}": [new]})
        assert answer.status_code == 409
        assert "Meanwhile Another has confirmed “Held responsible”" in told(answer.content)
        assert standings(place) == {"confirmed": [first]}
        again = form_of(answer.content) | {"token": [TOKEN], f"agencies-{first}": [new]}
        assert browser.post(ADDRESS, again).status_code == 302, "whoever has seen it may say otherwise"
        assert first in standings(place)["standing"]

    def test_what_is_no_longer_read_so_is_not_saved(self, browser: Client, place: Path) -> None:
        form = filled(browser)
        first, *_ = ids(form)
        other = form["of"][0].replace(form["of"][0][-1], "0" if form["of"][0][-1] != "0" else "1")
        answer = browser.post(ADDRESS, form | {"of": [other, *form["of"][1:]], "checked": ids(form)[1:]})
        assert answer.status_code == 400
        assert "Nothing was saved: 1 of the statements are read otherwise" in told(answer.content)
        assert first not in ids(form_of(answer.content))
        assert corrections(open_record(place)) == ()

    def test_where_all_of_it_is_read_otherwise_what_is_left_to_check_is_shown(
        self, browser: Client, place: Path
    ) -> None:
        form = filled(browser)
        answer = browser.post(ADDRESS, form | {"of": [f"{each}.0" for each in ids(form)], "checked": ids(form)})
        assert answer.status_code == 400
        assert "Nothing was saved: 10 of the statements are read otherwise" in told(answer.content)
        assert b'id="send"' in answer.content, "what is wrong leads to where it can be sent again"
        assert ids(form_of(answer.content)) == ids(form)

    def test_a_record_that_cannot_be_written_keeps_what_was_ticked(
        self, browser: Client, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = filled(browser)

        def busy(*_: Any, **__: Any) -> None:
            raise RecordBusyError("Somebody else is writing.")

        monkeypatch.setattr(checking, "correct_each", busy)
        answer = browser.post(ADDRESS, form | {"checked": ids(form)})
        assert answer.status_code == 503
        assert "Nothing was saved. Somebody else is writing." in told(answer.content)
        assert form_of(answer.content)["checked"] == ids(form)

    def test_nor_from_another_sites_form(self, browser: Client, place: Path) -> None:
        form = {name: values for name, values in filled(browser).items() if name != "csrfmiddlewaretoken"}
        assert browser.post(ADDRESS, form | {"checked": ids(form)}).status_code == 403
        assert corrections(open_record(place)) == ()
