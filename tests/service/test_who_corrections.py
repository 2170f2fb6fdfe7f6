"""Correcting over the web: nobody may by default; the operator may, with the token and from our own form."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from joinedup.record import RecordBusyError, Steps, correct, corrections, open_record
from joinedup.record.adding import add_counted, refusal
from joinedup.record.location import locate
from joinedup.service import settings as project
from joinedup.service.site import records
from joinedup.service.site.asked_links import Said, fates
from joinedup.service.site.records import look_again
from joinedup.service.site.wording import words_key

pytestmark = pytest.mark.slow

PLACES = (('section class="ju-standing', "section"), ('table class="govuk-table ju-history', "table"))
"""Where an area's page shows an overall grade: how each begins and how it ends."""

TOKEN = "the operator's own, of more than thirty-two letters"


@pytest.fixture
def statement(place: Path) -> dict[str, str]:
    """One improvement of one report, with the address of the form that corrects it."""
    steps = Steps().step(
        "one", "SELECT id, report, page, text FROM findings WHERE kind = 'improvement' ORDER BY id LIMIT 1"
    )
    (row,) = open_record(place).ask(steps).rows
    key = words_key(row["text"])
    return {
        "text": row["text"],
        "id": row["id"],
        "report": row["report"],
        "form": f"/reports/{row['report'][:12]}/correct?finding={key}",
        "page": f"/reports/{row['report'][:12]}/pages/{row['page']}?finding={key}",
    }


@pytest.fixture
def browser() -> Client:
    """A client that forgery protection applies to."""
    return Client(enforce_csrf_checks=True)


def sent(client: Client, address: str, **fields: str | list[str]) -> object:
    """The form fetched and sent, as a browser does."""
    shown = f"{address}{'&' if '?' in address else '?'}field={fields.get('field', 'agencies')}"
    values = {"new": ["police", "health"], "by": "A Clerk", "reason": "It names both", "token": TOKEN}
    return client.post(shown, {**hidden(client.get(shown).content.decode()), **values, **fields})


def hidden(page: str) -> dict[str, str]:
    """What the form sends without being asked: the field that it corrects, what it shows to stand, and the proof that
    it is ours."""
    given = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    found = {name: html.unescape(value) for name, value in given}
    assert found.keys() == {"csrfmiddlewaretoken", "field", "seen"}
    return found


def ticked(page: str) -> list[str]:
    """What is chosen in the form."""
    return re.findall(r'name="new" type="(?:checkbox|radio)" value="([^"]*)" checked', page)


def words_of(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


class TestByDefault:
    def test_nobody_may_and_nothing_shows_that_anybody_could(self, client: Client, statement: dict[str, str]) -> None:
        assert client.get(statement["form"]).status_code == 404
        assert client.post(statement["form"], {"token": ""}).status_code == 404
        assert b"/correct?" not in client.get(statement["page"]).content
        assert b"/correct?" not in client.get(f"/reports/{statement['report'][:12]}").content

    def test_a_token_that_could_be_guessed_is_not_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JOINEDUP_OPERATOR_TOKEN", "short")
        with pytest.raises(ImproperlyConfigured, match="32"):
            project._operator_token()
        monkeypatch.delenv("JOINEDUP_OPERATOR_TOKEN")
        assert project._operator_token() == ""


@pytest.fixture
def operator() -> Iterator[None]:
    with override_settings(OPERATOR_TOKEN=TOKEN):
        yield


@pytest.mark.usefixtures("operator")
class TestTheOperator:
    def test_corrects_a_statement_and_both_values_are_told_apart(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        answer = sent(browser, statement["form"])
        assert answer.status_code == 302  # type: ignore[attr-defined]
        assert answer["Location"] == statement["page"]  # type: ignore[index]
        (made,) = corrections(open_record(place))
        assert (made.new, made.corrected_by, made.statements) == ("health; police", "A Clerk", (statement["id"],))
        for address in (statement["page"], f"/reports/{statement['report'][:12]}", "/corrections"):
            told = words_of(browser.get(address).content)
            assert "Corrected Held responsible: read as" in told, address
            assert "corrected to Health; Police" in told
            assert "A Clerk" not in told
            assert "It names both" in told

    def test_the_form_for_the_area_of_a_fictional_report_begins_with_that_area(
        self, browser: Client, statement: dict[str, str]
    ) -> None:
        page = browser.get(f"/reports/{statement['report'][:12]}/correct?field=area").content.decode()
        (chosen,) = re.findall(r'<option value="([^"]*)" selected>([^<]*)', page)
        assert all(chosen)
        assert f"Now: {chosen[1]}" in page

    def test_of_two_areas_with_one_name_the_form_says_which_is_which(
        self, browser: Client, statement: dict[str, str]
    ) -> None:
        page = browser.get(f"/reports/{statement['report'][:12]}/correct?field=area").content.decode()
        names = re.findall(r'<option value="[^"]*"[^>]*>([^<]*)', page)
        assert "Dorset (until 2019)" in names
        assert len(names) == len(set(names))

    def test_tells_several_apart_where_a_title_has_a_comma_in_it(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        sent(browser, statement["form"], field="agencies", new=["courts", "police"])
        sent(browser, statement["form"], field="themes", new=["workforce", "neglect"])
        sheet = words_of(browser.get(statement["page"]).content)
        assert re.search("corrected to (Police; )?Courts, prosecution and prisons(; Police)?", sheet)
        assert re.search("About (neglect; )?workforce, caseloads and training(; neglect)? ", sheet)
        assert "neglect, workforce" not in sheet.lower()
        assert "police, courts" not in sheet.lower()
        form = words_of(browser.get(f"{statement['form']}&field=themes").content)
        assert re.search("Now: (Neglect; )?Workforce, caseloads and training(; Neglect)? ", form)

    def test_is_shown_what_introduces_the_list_that_a_statement_stands_in(self, browser: Client, place: Path) -> None:
        """On the way to correcting it and in the list of corrections: without it a point may say the opposite."""
        steps = Steps().step(
            "one", "SELECT id, report, lead_in, text FROM findings WHERE lead_in IS NOT NULL ORDER BY id LIMIT 1"
        )
        (row,) = open_record(place).ask(steps).rows
        form = f"/reports/{row['report'][:12]}/correct?finding={words_key(row['text'])}"
        sent(browser, form, field="agencies", new=["police"])
        for address in (form, f"{form}&field=agencies", "/corrections"):
            told = words_of(browser.get(address).content)
            assert f"{row['lead_in']} {' '.join(row['text'].split()[:20])}" in told, address

    def test_corrects_a_grade_of_the_report(self, browser: Client, place: Path) -> None:
        steps = Steps().step("one", "SELECT report FROM judgements WHERE key = 'overall' AND grade = 'good' LIMIT 1")
        report = open_record(place).ask(steps).rows[0]["report"]
        sent(browser, f"/reports/{report[:12]}/correct", field="grade:overall", new="inadequate")
        told = words_of(browser.get(f"/reports/{report[:12]}").content)
        assert "read as Good , corrected to Inadequate" in told

    def test_a_corrected_grade_is_marked_wherever_the_areas_page_shows_it(self, browser: Client, place: Path) -> None:
        """At the top and in the table, which have the corrected grade, as beside the report, which has both."""
        steps = Steps().step(
            "one",
            "SELECT report, area FROM judgements JOIN reports ON sha256 = report WHERE key = 'overall' "
            "AND grade <> 'inadequate' AND replaced IS NULL ORDER BY published DESC LIMIT 1",
        )
        (row,) = open_record(place).ask(steps).rows
        marked = f'href="#report-{row["report"][:12]}">Corrected<'
        assert marked not in browser.get(f"/areas/{row['area']}").content.decode()
        sent(browser, f"/reports/{row['report'][:12]}/correct", field="grade:overall", new="inadequate")

        page = browser.get(f"/areas/{row['area']}").content.decode()
        top, table = (page.split(f"<{start}")[1].split(f"</{end}>")[0] for start, end in PLACES)

        assert marked in table
        assert re.search(r">Inadequate</strong><span [^>]*> overall</span> <a [^>]*>Corrected<", table)
        assert marked in top

    def test_where_ofsteds_own_outcome_stands_before_a_corrected_grade_the_areas_page_says_why(
        self, browser: Client, place: Path
    ) -> None:
        """Of one inspection Ofsted's published outcome counts; a correction of what was read from its report does not
        change that, and whoever sees both grades is told."""
        steps = Steps().step(
            "one",
            "SELECT report FROM judgements JOIN reports ON sha256 = report WHERE key = 'overall' "
            "AND framework = 'ilacs' AND replaced IS NULL ORDER BY report LIMIT 1",
        )
        report = open_record(place).ask(steps).rows[0]["report"]
        of_barnsleys = {
            "start_date": "2023-09-11", "end_date": "2023-09-15", "published": "2023-10-27", "area": "barnsley",
        }  # fmt: skip
        for field, new in of_barnsleys.items():
            correct(place, field=field, report=report, new=new, by="A", reason="It is that inspection's")
        look_again()
        said = "Ofsted’s published outcomes, which count here before a report"
        assert said not in words_of(browser.get("/areas/barnsley").content)
        correct(place, field="grade:overall", report=report, new="inadequate", by="A", reason="Page 1")
        look_again()

        page = browser.get("/areas/barnsley").content.decode()
        top, table = (page.split(f"<{start}")[1].split(f"</{end}>")[0] for start, end in PLACES)

        assert ">Good</strong>" in top
        assert said in top
        assert "was corrected to “Inadequate”" in top
        assert ">Corrected<" not in top, "the grade that is shown is not the corrected one"
        assert "The report’s is corrected to Inadequate" in table
        for part in (top, table):
            assert f'href="#report-{report[:12]}"' in part
        assert f'id="report-{report[:12]}"' in page

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN + " ", TOKEN[:-1], "é" * 40])
    def test_without_the_token_nothing_changes(
        self, browser: Client, statement: dict[str, str], place: Path, token: str
    ) -> None:
        assert sent(browser, statement["form"], token=token).status_code == 403  # type: ignore[attr-defined]
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize(
        ("token", "told"),
        [("", "Give the operator’s token"), ("not the one, <b>however long</b>", "This is not the operator’s token")],
    )
    def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_at_the_token(
        self, browser: Client, statement: dict[str, str], place: Path, token: str, told: str
    ) -> None:
        answer = sent(
            browser, statement["form"], token=token, field="text", new="<i>Lamps", by="A & B", reason="Read it again"
        )
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert answer.status_code == 403  # type: ignore[attr-defined]
        assert "no-store" in answer["Cache-Control"]  # type: ignore[index]
        assert hidden(page)["field"] == "text"
        assert ">&lt;i&gt;Lamps</textarea>" in page
        assert 'value="A &amp; B"' in page
        assert ">Read it again</textarea>" in page
        assert '<a href="#token">' in page
        assert re.search(r'<p class="govuk-error-message" id="token-error">.*?' + told, page)
        assert 'aria-describedby="token-error"' in page
        assert TOKEN not in page
        assert not token or html.escape(token) not in page
        assert corrections(open_record(place)) == ()

    def test_a_form_kept_through_a_refusal_can_be_sent_again(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        page = sent(browser, statement["form"], token="wrong").content.decode()  # type: ignore[attr-defined]
        kept = {
            **hidden(page),
            "new": ticked(page),
            "by": re.search(r'name="by" value="([^"]+)"', page)[1],  # type: ignore[index]
            **dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page)),
        }
        assert browser.post(statement["form"], kept | {"token": TOKEN}).status_code == 302
        (made,) = corrections(open_record(place))
        assert (made.new, made.corrected_by, made.reason) == ("health; police", "A Clerk", "It names both")

    def test_without_the_token_the_view_never_runs(
        self, browser: Client, statement: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from joinedup.service.site.views import corrections as view

        monkeypatch.delattr(view, "correct")
        monkeypatch.delattr(view, "_correct")
        assert sent(browser, statement["form"], token="wrong").status_code == 403  # type: ignore[attr-defined]

    def test_nor_from_another_sites_form(self, browser: Client, statement: dict[str, str], place: Path) -> None:
        browser.get(f"{statement['form']}&field=kind")
        values = {"field": "kind", "new": "strength", "by": "A", "reason": "b", "token": TOKEN}
        answer = browser.post(statement["form"], values)
        assert answer.status_code == 403
        assert corrections(open_record(place)) == ()
        told = words_of(answer.content)
        assert "Your form was not accepted Nothing was changed." in told
        assert "Let your browser keep cookies for this service" in told
        assert "open to the public" not in told

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"new": "wizards"}, "There is no agency"),
            ({"by": " "}, "Say who makes the correction"),
            ({"reason": ""}, "Say why it is wrong"),
            ({"reason": "x" * 1001}, "Why must be 1,000 characters or fewer"),
            ({"by": "x" * 201}, "Your name and role must be 200 characters or fewer"),
            ({"field": "kind", "new": "improvement"}, "already"),
            ({"field": "kind", "new": "wish"}, "There is no kind"),
            ({"field": "polarity", "new": "strength"}, "Correct the kind instead"),
            ({"field": "text", "new": " "}, "“Words” cannot be left empty"),
            ({"field": "polarity", "new": []}, "Choose what is right"),
        ],
    )
    def test_a_mistake_is_told_with_what_was_typed(
        self, browser: Client, statement: dict[str, str], place: Path, wrong: dict[str, str | list[str]], told: str
    ) -> None:
        answer = sent(browser, statement["form"], **{"reason": "Because of the boats", **wrong})
        assert answer.status_code == 400  # type: ignore[attr-defined]
        assert told in words_of(answer.content)  # type: ignore[attr-defined]
        assert TOKEN not in answer.content.decode()  # type: ignore[attr-defined]
        if "reason" not in wrong:
            assert "Because of the boats" in answer.content.decode()  # type: ignore[attr-defined]
        assert corrections(open_record(place)) == ()

    def test_a_field_that_there_is_none_of_leads_back_to_what_can_be_corrected(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        own = hidden(browser.get(f"{statement['form']}&field=kind").content.decode())
        answer = browser.post(statement["form"], {**own, "field": "id", "by": "A", "reason": "b", "token": TOKEN})
        assert answer.status_code == 400
        assert "There is a problem Choose what is wrong" in words_of(answer.content)
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize("extra", [{}, {"withdraw": "yes"}, {"seen": "no"}])
    def test_what_is_on_the_same_thing_is_not_said_here_and_that_is_told_in_plain_words(
        self, browser: Client, statement: dict[str, str], place: Path, extra: dict[str, str]
    ) -> None:
        own = hidden(browser.get(f"{statement['form']}&field=kind").content.decode())
        for field in (f"same:{'a' * 12}:{'b' * 16}", "same:"):
            sent = {**own, "field": field, "new": "yes", "by": "A", "reason": "b", "token": TOKEN, **extra}
            answer = browser.post(statement["form"], sent)
            assert answer.status_code == 400
            assert "There is a problem Choose what is wrong" in words_of(answer.content)
            assert "say_same" not in answer.content.decode()
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize(
        ("token", "status", "told"),
        [
            (TOKEN, 400, "There is a problem Choose what is wrong"),
            ("not the one", 403, "This is not the operator’s token. Nothing was corrected Choose what is wrong"),
            ("", 403, "Give the operator’s token. Nothing was corrected Choose what is wrong"),
        ],
    )
    def test_and_keeps_what_was_typed_and_says_it_where_the_token_is_wrong_too(
        self, browser: Client, statement: dict[str, str], token: str, status: int, told: str
    ) -> None:
        own = hidden(browser.get(f"{statement['form']}&field=kind").content.decode())
        typed = {"new": "The <b>lamps", "by": "A. N. Clerk", "reason": "Read it on the quay"}
        answer = browser.post(statement["form"], {**own, **typed, "field": "id", "token": token})
        assert answer.status_code == status
        assert told in words_of(answer.content)
        shown = answer.content.decode().partition("What you typed</h2>")[2]
        assert all(html.escape(each) in shown for each in typed.values())
        assert not token or token not in answer.content.decode()

    def test_a_form_opened_before_somebody_else_corrected_the_words_is_still_of_that_statement(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        correct(
            place, report=statement["report"], finding=statement["id"], field="text", new="As it is printed.",
            by="Another", reason="A slip",
        )  # fmt: skip
        look_again()
        assert sent(browser, statement["form"]).status_code == 302  # type: ignore[attr-defined]
        made = corrections(open_record(place))[-1]
        assert (made.field, made.statements) == ("agencies", (statement["id"],))

    def test_what_is_sent_is_of_what_stands_now_not_of_what_stood_when_a_page_was_last_shown(
        self, browser: Client, statement: dict[str, str], place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Pages may be some seconds old; whoever corrects goes by words that somebody else has just set right."""
        form = f"/reports/{statement['report'][:12]}/correct"
        monkeypatch.setattr(records, "FRESH_SECONDS", 3600.0)
        token = hidden(browser.get(f"{statement['form']}&field=agencies").content.decode())
        words = "Somebody else has just set these words right."
        correct(
            place, report=statement["report"], finding=statement["id"], field="text", new=words,
            by="Another", reason="A line was lost",
        )  # fmt: skip
        filled = {**token, "new": ["police"], "by": "A Clerk", "reason": "It names them", "token": TOKEN}
        assert browser.post(f"{form}?finding={words_key(words)}&field=agencies", filled).status_code == 302
        assert [one.new for one in corrections(open_record(place))] == [words, "police"]

    def test_but_not_where_somebody_else_corrected_the_same_thing_meanwhile(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        shown = f"{statement['form']}&field=agencies"
        opened = hidden(browser.get(shown).content.decode())
        given = {"report": statement["report"], "finding": statement["id"], "field": "agencies"}
        correct(place, **given, new=["courts"], by="Another Clerk", reason="It says courts")  # type: ignore[arg-type]
        typed = {"new": ["police"], "by": "A Clerk", "reason": "It names the police", "token": TOKEN}
        answer = browser.post(shown, opened | typed)
        assert answer.status_code == 409
        told = words_of(answer.content)
        assert "Another Clerk corrected this since you opened the form" in told
        assert "to Courts, prosecution and prisons (It says courts)" in told
        assert "Now: Courts, prosecution and prisons" in told
        again = answer.content.decode()
        assert ticked(again) == ["police"]
        assert ">It names the police</textarea>" in again
        assert [one.new for one in corrections(open_record(place))] == ["courts"]
        assert browser.post(shown, hidden(again) | typed).status_code == 302
        assert [one.new for one in corrections(open_record(place))] == ["courts", "police"]

    def test_nor_where_the_token_was_wrong_in_between(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        shown = f"{statement['form']}&field=text"
        opened = hidden(browser.get(shown).content.decode())
        given = {"report": statement["report"], "finding": statement["id"], "field": "text"}
        correct(place, **given, new="As it is printed.", by="Another", reason="A slip")
        look_again()
        typed = {"new": "As I read it.", "by": "A Clerk", "reason": "b"}
        refused = browser.post(shown, opened | typed | {"token": "wrong"})
        answer = browser.post(shown, hidden(refused.content.decode()) | typed | {"token": TOKEN})
        assert answer.status_code == 409
        assert "to As it is printed. (A slip)" in words_of(answer.content)

    def test_takes_a_correction_back_with_a_button_of_its_own(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        shown = f"{statement['form']}&field=agencies"
        before = words_of(browser.get(statement["page"]).content)
        assert 'name="withdraw"' not in browser.get(shown).content.decode()
        sent(browser, statement["form"])
        assert 'name="withdraw" value="yes"' in browser.get(shown).content.decode()
        assert sent(browser, statement["form"], withdraw="yes", reason="It was right").status_code == 302  # type: ignore[attr-defined]
        assert words_of(browser.get(statement["page"]).content) == before
        assert [one.standing for one in corrections(open_record(place))] == ["replaced", "withdrawn"]
        listed = words_of(browser.get("/corrections").content)
        assert "Correction taken back Held responsible: stands as read," in listed

    def test_a_confirmation_is_taken_back_as_a_correction_is(
        self, browser: Client, statement: dict[str, str], place: Path
    ) -> None:
        before = words_of(browser.get(statement["page"]).content)
        of = {"report": statement["report"], "finding": statement["id"], "field": "agencies"}
        correct(place, **of, confirm=True, by="A Clerk", reason="I read it")
        look_again()
        shown = browser.get(f"{statement['form']}&field=agencies").content
        assert "Somebody has corrected or confirmed this before" in words_of(shown)
        assert sent(browser, statement["form"], withdraw="yes", reason="I misread").status_code == 302  # type: ignore[attr-defined]
        assert [one.standing for one in corrections(open_record(place))] == ["replaced", "withdrawn"]
        assert words_of(browser.get(statement["page"]).content) == before

    def test_a_record_that_cannot_be_written_now_loses_nothing_that_was_typed(
        self, browser: Client, statement: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from joinedup.service.site.views import corrections as view

        def busy(*_: object, **__: object) -> None:
            raise RecordBusyError("Another process is writing to the record; try again when it has ended.")

        monkeypatch.setattr(view, "correct", busy)
        answer = sent(browser, statement["form"], reason="Read it on the quay")
        assert answer.status_code == 503  # type: ignore[attr-defined]
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert '<a href="#send">Nothing was corrected. Another process is writing to the record;' in page
        assert ">Read it on the quay</textarea>" in page
        assert ticked(page) == ["health", "police"]

    def test_what_stands_is_listed_and_each_thing_leads_to_its_own_form(
        self, browser: Client, statement: dict[str, str]
    ) -> None:
        page = browser.get(statement["form"]).content.decode()
        assert "Kind Improvement Correct" in words_of(page.encode())
        links = [html.unescape(each) for each in re.findall(r'href="([^"]+field=[^"]+)"', page)]
        fields = ["agencies", "themes", "kind", "section", "text"]
        assert "Praise or concern Concern Follows from “Kind”" in words_of(page.encode())
        assert links == [f"{statement['form']}&field={field}" for field in fields]
        for link, field in zip(links, fields, strict=True):
            assert hidden(browser.get(link).content.decode())["field"] == field

    def test_the_form_begins_with_what_stands(self, browser: Client, statement: dict[str, str]) -> None:
        sent(browser, statement["form"])
        assert ticked(browser.get(f"{statement['form']}&field=agencies").content.decode()) == ["health", "police"]
        assert ticked(browser.get(f"{statement['form']}&field=kind").content.decode()) == ["improvement"]
        page = browser.get(f"{statement['form']}&field=text").content.decode()
        assert f">{html.escape(statement['text'])}</textarea>" in page

    def test_nothing_is_chosen_for_whoever_chose_nothing(self, browser: Client, statement: dict[str, str]) -> None:
        answer = sent(browser, statement["form"], field="polarity", new=[])
        assert ticked(answer.content.decode()) == []  # type: ignore[attr-defined]
        chosen = sent(browser, statement["form"], field="polarity", new="", reason="")
        assert ticked(chosen.content.decode()) == [""]  # type: ignore[attr-defined]

    def test_none_chosen_is_no_agency(self, browser: Client, statement: dict[str, str], place: Path) -> None:
        assert sent(browser, statement["form"], new=[]).status_code == 302  # type: ignore[attr-defined]
        (made,) = corrections(open_record(place))
        assert made.new is None
        assert ticked(browser.get(f"{statement['form']}&field=agencies").content.decode()) == []

    def test_a_day_and_an_area_of_the_report(self, browser: Client, statement: dict[str, str], place: Path) -> None:
        form = statement["form"].partition("?")[0]
        published = open_record(place).ask(
            Steps().step("one", "SELECT published FROM reports WHERE sha256 = $report"), report=statement["report"]
        )
        day = published.rows[0]["published"] + dt.timedelta(days=1)
        sent(browser, form, field="published", new=day.isoformat())
        sent(browser, form, field="area", new="kent")
        assert [(one.field, one.new) for one in corrections(open_record(place))] == [
            ("published", day.isoformat()),
            ("area", "kent"),
        ]
        told = words_of(browser.get(form).content)
        assert f"Published {day.day} {day:%B %Y} Correct" in told
        assert "Area Kent Correct" in told
        wrong = sent(browser, form, field="published", new="2024-02-30")
        assert 'type="text" value="2024-02-30"' in wrong.content.decode()  # type: ignore[attr-defined]

    def test_the_form_is_never_kept(self, browser: Client, statement: dict[str, str]) -> None:
        for address in (statement["form"], f"{statement['form']}&field=text"):
            assert "no-store" in browser.get(address)["Cache-Control"]

    def test_a_statement_that_there_is_none_of(self, browser: Client, statement: dict[str, str]) -> None:
        assert browser.get(statement["form"][:-3] + "zzz").status_code == 404


class TestWordsThatWereCorrected:
    """A list that shows the right words as the report's own says that they were corrected, and what was read."""

    RIGHT = "The lamps along the quay, as the letter prints it."

    @pytest.fixture
    def asked(self, place: Path) -> Said:
        """Something that an area was asked for and that its later reports look at, its words corrected."""
        record = open_record(place)
        found = next(one.asked for one in fates(record, "ashmere").things if one.links)
        reading = {"report": found.report, "finding": found.id, "field": "text"}
        correct(place, **reading, new=self.RIGHT, by="A Clerk", reason="Page 2")
        look_again()
        return found

    @pytest.mark.parametrize(
        "address", ["/accountability?text=quay", "/areas/ashmere/asked-again", "/search?q=quay", "/areas/ashmere"]
    )
    def test_are_marked_with_what_was_read(self, client: Client, asked: Said, address: str) -> None:
        told = words_of(client.get(address).content)
        assert told.count(f"Corrected Words: read as {asked.text} , corrected to {self.RIGHT}") >= 1
        assert "A Clerk" not in told

    @pytest.mark.usefixtures("asked")
    def test_and_no_others_are(self, client: Client) -> None:
        assert "Corrected Words" not in words_of(client.get("/accountability?area=kelderby").content)
        assert "Corrected Words" not in words_of(client.get("/search?q=children").content)

    @pytest.mark.parametrize("address", ["search?q=quay&fictional=true", "areas/ashmere/asked-again?page_size=200"])
    def test_the_api_tells_the_same(self, client: Client, asked: Said, address: str) -> None:
        results = client.get(f"/api/v1/{address}").json()["results"]
        every = [*results, *(one["asked"] for one in results if "asked" in one)]
        (one,) = (one for one in every if one.get("text") == self.RIGHT)
        assert [(each["field"], each["old"], each["new"]) for each in one["corrections"]] == [
            ("text", asked.text, self.RIGHT)
        ]
        assert sum(bool(one.get("corrections")) for one in every) == 1


class TestTheListOfAll:
    def test_says_of_which_statement_each_is_and_leads_to_it_marked(
        self, client: Client, statement: dict[str, str], place: Path
    ) -> None:
        given = {"by": "A Clerk", "reason": "b", "report": statement["report"]}
        correct(place, finding=statement["id"], field="section", new="Lamps", **given)
        correct(place, field="lead_inspector", new="A. N. Other", **given)
        look_again()
        page = client.get("/corrections").content.decode()
        of_report, of_statement = page.split('<li class="ju-said">')[1:]
        assert html.escape(" ".join(statement["text"].split()[:12])) in of_statement
        assert f'href="{statement["page"]}#mark"' in of_statement
        assert f'href="/reports/{statement["report"][:12]}"' in of_report
        assert client.get(statement["page"]).status_code == 200

    def test_is_turned_page_by_page_and_leaves_none_out(
        self, client: Client, statement: dict[str, str], place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from joinedup.service.site.views import corrections as view

        monkeypatch.setattr(view, "PAGE", 2)
        for number in range(5):
            given = {"by": "A", "reason": f"The reason numbered {number}", "report": statement["report"]}
            correct(place, field="lead_inspector", new=f"Inspector {number}", **given)
        look_again()
        address, told = "/corrections", []
        while address:
            page = client.get(address).content.decode()
            told += re.findall(r"The reason numbered (\d)", page)
            turned = re.search(r'href="([^"]+)" rel="next"', page)
            address = turned[1] if turned else ""
        assert told == ["4", "3", "2", "1", "0"]
        second = client.get("/corrections?page=2").content
        assert "3 to 4 of 5, the latest first" in words_of(second)
        assert 'href="/corrections" rel="prev"' in second.decode(), "the first page has one address"
        for none_such in ("4", "0", "-1", "x", "²"):
            assert client.get("/corrections", {"page": none_such}).status_code == 404

    def test_and_no_correction_or_refused_file_is_a_source_of_the_figures(
        self, client: Client, statement: dict[str, str], place: Path
    ) -> None:
        correct(place, field="lead_inspector", new="A", by="A", reason="b", report=statement["report"])
        refused = refusal(Path("broken.pdf"), "0" * 64, "It holds nothing.", "1")
        add_counted(locate(place), [refused], dt.datetime.now(dt.UTC))
        look_again()
        sources = words_of(client.get("/about").content).partition("Where they come from")[2]
        assert "None" not in sources.partition("How")[0]
        assert "lead_inspector" not in sources


def test_no_page_for_the_public_sets_a_cookie(client: Client, statement: dict[str, str]) -> None:
    for address in ("/", "/accountability", "/search?q=children", statement["page"], "/corrections"):
        assert not client.get(address).cookies
