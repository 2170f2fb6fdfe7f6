"""Gathering evidence in a real browser: by the keyboard alone, without scripts, on a phone, by the rules."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone

from joinedup.service.accounts.desk import Draft
from joinedup.service.accounts.models import Person
from joinedup.service.inspections.actions import findings
from joinedup.service.inspections.actions.children import Seen, choose_child, record_audit, record_view
from joinedup.service.inspections.actions.evidence import Piece, add_notes, change_evidence
from joinedup.service.inspections.actions.requests import Ask, make_requests
from joinedup.service.inspections.models import Inspection

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's library runs a loop in the thread of the tests

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 360
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "children", "children/add", "children/C1", "children/C1/view", "evidence", "evidence?agency=police", "evidence/add",
    "evidence/notes", "evidence/1", "evidence/1/change", "evidence/1/attach", "coverage",
)  # fmt: skip


SMALL = """() => [...document.querySelectorAll("main :is(button, select, input:not([type=hidden]), textarea)")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width && (box.width < 24 || box.height < 24);
    })
    .map((each) => each.outerHTML.slice(0, 80))"""
"""What can be pressed or typed into and is smaller than a finger needs."""


@pytest.fixture
def fieldwork(transactional_db: None, judged: Callable[..., Inspection], world: SimpleNamespace) -> Inspection:
    """An inspection in fieldwork with a child seen by both sides, and evidence that was changed once."""
    inspection = judged(stage="fieldwork")
    child = choose_child(by=world.lead, inspection=inspection, kind="tracked", agencies=["police", "health"])
    record_audit(by=world.officer, inspection=inspection, child=child, views=[Seen("help", "strong", "Held well.")])
    record_view(by=world.nurse, inspection=inspection, child=child, views=[Seen("help", "weak", "Drifted.")])
    piece = Piece(words="The plan was clear.", source="interview", criterion="help", agencies=("police", "health"))
    added = add_notes(by=world.nurse, inspection=inspection, pieces=[piece, piece])
    again = Piece(words="The plan was not clear.", source="data", criterion="help", agencies=("police",), child=child)
    change_evidence(by=world.nurse, inspection=inspection, evidence=added[0], seen=1, piece=again, why="Read again")
    return inspection


@pytest.fixture
def opened(
    browser: Any, live_server: Any, fieldwork: Inspection, world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> Iterator[Callable[..., Any]]:
    """Opens a page of the inspection as a member of the team (`by`) who has signed in."""
    contexts = []

    def page_of(path: str, *, by: str = "nurse", width: int = 1280, scripts: bool = True) -> Any:
        session = sign_in(getattr(world, by)).cookies["sessionid"].value
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(90_000)  # the machine may be busy, and slowness is measured elsewhere
        page.goto(f"{live_server.url}/inspections/J1/{path}")
        return page

    yield page_of
    for context in contexts:
        context.close()


def focused(page: Any) -> str:
    """What has the focus: its name, or its words."""
    return str(page.evaluate("() => document.activeElement.name || document.activeElement.textContent.trim()"))


def test_no_rule_is_broken_and_nothing_is_wider_than_the_screen(opened: Callable[..., Any]) -> None:
    problems = []
    for width in (1280, PHONE):
        page = opened("evidence", width=width)
        base = page.url.removesuffix("/evidence")
        for path in PAGES:
            page.goto(f"{base}/{path}")
            assert page.locator("h1").count() == 1, path
            found = Axe().run(page, options=RULES).response["violations"]
            problems += [
                f"{path} {width} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]
            ]
            over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            problems += [f"{path} is {over} wider than {width}"] if over > 0 else []
            small = page.evaluate(SMALL)
            problems += [f"{path} {width} small: {each}" for each in small]
    assert problems == []


def test_a_word_longer_than_a_phone_is_wide_makes_no_page_wider(
    opened: Callable[..., Any], fieldwork: Inspection, world: SimpleNamespace
) -> None:
    word = "https://notes.example/" + "longer" * 50
    piece = Piece(words=word, source="interview", criterion="help", agencies=("police",))
    (added,) = add_notes(by=world.lead, inspection=fieldwork, pieces=[piece])
    party = fieldwork.parties.get(agency="police")
    day = timezone.localdate()
    (asked,) = make_requests(by=world.lead, inspection=fieldwork, parties=[party], asks=[Ask(word[:200])], due=day)
    page = opened("evidence", by="lead", width=PHONE)
    base = page.url.removesuffix("/evidence")
    over = {}
    for path in (f"evidence/{added.number}", "findings/new", f"requests/{asked.number}"):
        page.goto(f"{base}/{path}")
        over[path] = page.evaluate("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
    assert not any(over.values()), over


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_note_is_typed_and_saved_by_the_keyboard_alone(
    opened: Callable[..., Any], fieldwork: Inspection, scripts: bool
) -> None:
    page = opened("evidence/add", scripts=scripts)
    if not scripts:
        page.focus("textarea")
    order = [focused(page)]
    page.keyboard.type("The school rang twice before anybody answered.")
    page.keyboard.press("Tab")
    order.append(focused(page))
    page.keyboard.type("Document")
    page.keyboard.press("Tab")
    order.append(focused(page))
    page.keyboard.type("It is clear who")
    page.keyboard.press("Tab")
    order.append(focused(page))
    page.keyboard.press("Space")
    boxes = page.locator("input[name=agencies]").count()
    for _ in range(boxes):
        page.keyboard.press("Tab")
    order.append(focused(page))
    page.keyboard.press("ArrowUp")
    for _ in range(3):
        page.keyboard.press("Tab")
        order.append(focused(page))
        if order[-1] == "another":
            break
    while focused(page) != "another":
        page.keyboard.press("Tab")
    assert order[:6] == ["words", "source", "criterion", "agencies", "tendency", "child"]
    assert order[6] == "seen_on"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=E3 is saved.")
    kept = fieldwork.evidence.get(number=3)
    assert kept.words == "The school rang twice before anybody answered."
    assert (kept.source, kept.criterion, kept.tendency) == ("document", "accountability", "concern")
    assert kept.agencies == ("local_authority",)
    assert page.url.endswith("/evidence/add")
    assert page.locator("select[name=source]").input_value() == "document"


def test_control_and_enter_saves_from_anywhere_in_the_form(opened: Callable[..., Any], fieldwork: Inspection) -> None:
    page = opened("evidence/add")
    page.keyboard.type("Seen on a visit.")
    page.locator("input[name=agencies]").first.check()
    page.focus("textarea")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=E3 is saved.")
    assert fieldwork.evidence.get(number=3).source == "interview"  # as the person used it last


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_several_notes_are_pasted_corrected_and_saved(
    opened: Callable[..., Any], fieldwork: Inspection, scripts: bool
) -> None:
    page = opened("evidence/notes", width=PHONE, scripts=scripts)
    page.fill("textarea", "+ [help; interview; police] Came at once.\n\n- [data; health] Two of nine were late.")
    page.click("text=Show how they are understood")
    page.wait_for_selector("text=Nothing is saved yet")
    assert fieldwork.evidence.count() == 2
    page.click("text=Save 2 notes")
    page.wait_for_selector("text=Note 2: Choose the criterion")
    page.select_option("select[name='2-criterion']", "practice")
    page.click("text=Save 2 notes")
    page.wait_for_selector("text=E3 to E4 are saved.")
    assert list(fieldwork.evidence.filter(number__gt=2).order_by("number").values_list("tendency", "criterion")) == [
        ("praise", "help"),
        ("concern", "practice"),
    ]


def test_names_that_are_typed_leave_the_page_only_when_they_are_saved(opened: Callable[..., Any]) -> None:
    page = opened("children/names", by="lead")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))
    page.fill("textarea[name=names]", "Jayden Okafor")
    page.wait_for_timeout(3_000)  # more than twice as long as drafts wait for a pause
    page.goto(f"{page.url.removesuffix('/names')}")
    assert not Draft.objects.exists()
    assert "Okafor" not in " ".join(sent)


PRESS_TWICE = """(words) => {
    const button = [...document.querySelectorAll("main button")].find((each) => each.textContent.trim() === words);
    button.click();
    setTimeout(() => button.click(), 200);
}"""


def test_a_form_that_is_pressed_twice_is_sent_once(
    opened: Callable[..., Any], fieldwork: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(action: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> Any:
            time.sleep(1)
            return action(**given)

        return run

    monkeypatch.setattr(findings, "write_finding", slow(findings.write_finding))
    page = opened("findings/new", by="lead")
    page.check("input[name=tendency][value=praise]")
    page.fill("textarea[name=words]", "Everybody rang back.")
    page.select_option("select[name=criterion]", "help")
    page.evaluate(PRESS_TWICE, "Save")
    page.wait_for_url("**/findings")
    assert fieldwork.findings.count() == 1
