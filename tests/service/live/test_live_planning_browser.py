"""Planning in a real browser: by the rules of accessibility, on a phone, by the keyboard alone, without scripts."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Person
from joinedup.service.inspections.actions.planning import plan_inspection
from joinedup.service.inspections.actions.requests import Ask, answer_request, make_requests, send_back
from joinedup.service.inspections.actions.team import add_member, declare_interest
from joinedup.service.inspections.actions.telling import notify_agencies
from joinedup.service.inspections.models import Inspection

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's library runs a loop in the thread of the tests

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 360
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALL = """() => [...document.querySelectorAll("main :is(button, select, input:not([type=hidden]), textarea)")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width && (box.width < 24 || box.height < 24);
    })
    .map((each) => each.outerHTML.slice(0, 80))"""
"""What can be pressed or typed into and is smaller than a finger needs."""
PAGES = {
    "manager": ("/inspections", "/inspections/plan", "/inspections/plan?framework=jtai-2022", "{planned}",
                "{told}/timetable", "{told}/timetable/{phase}", "{told}/team", "{told}/team/add",
                "{told}/team/{member}/decide", "{planned}/agencies/probation/add", "{planned}/inspectorates/add",
                "{planned}/scope"),
    "lead": ("{told}", "{told}/team", "{told}/call-off", "{told}/move/start_fieldwork", "{planned}/notification/send",
             "{told}/notification", "{told}/requests", "{told}/requests/make", "{told}/requests/1"),
    "contact": ("{told}", "{told}/notification", "{told}/requests", "{told}/requests/1", "{told}/requests/1/answer"),
    "nurse": ("{told}/team/declare",),
}  # fmt: skip


def planned(world: SimpleNamespace) -> Inspection:
    inspection = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", counts_from="notification", scope="All of it",
        first_day=add_working_days(timezone.localdate(), 1),
    )  # fmt: skip
    for person, part in ((world.lead, "lead_inspector"), (world.inspector, "inspector"), (world.nurse, "inspector")):
        add_member(by=world.manager, inspection=inspection, person=person, part=part)
    return inspection


@pytest.fixture
def places(transactional_db: None, world: SimpleNamespace) -> dict[str, str]:
    """Two inspections, one of them notified and asked for information, as parts of addresses."""
    before, told = planned(world), planned(world)
    declare_interest(by=world.nurse, inspection=told, nothing=False, words="A friend works there.")
    notify_agencies(by=world.lead, inspection=told, gaps_known=True)
    told = Inspection.objects.get(pk=told.pk)
    party = told.parties.get(organisation=world.council)
    asks = [Ask("Case lists", "Of this year"), Ask("Staff turnover")]
    due = timezone.localdate() + dt.timedelta(days=9)
    asked, _ = make_requests(by=world.lead, inspection=told, parties=[party], asks=asks, due=due)
    answer_request(by=world.contact, inspection=told, request=asked, words="Here it is")
    asked.refresh_from_db()
    send_back(by=world.lead, inspection=told, request=asked, note="The year is missing", seen=asked.version)
    return {
        "planned": f"/inspections/{before.reference}",
        "told": f"/inspections/{told.reference}",
        "member": str(told.members.get(person=world.nurse).pk),
        "phase": str(told.phases.get(key="fieldwork").pk),
    }


@pytest.fixture
def opened(
    browser: Any, live_server: Any, world: SimpleNamespace, places: dict[str, str], sign_in: Callable[[Person], Client]
) -> Iterator[Callable[..., Any]]:
    """Opens a page as somebody who has signed in: `opened("lead", "{told}")`."""
    contexts = []

    def page_of(name: str, path: str, *, width: int = 1280, scripts: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        session = sign_in(getattr(world, name)).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path.format(**places))
        return page

    yield page_of
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_rule_is_broken_and_nothing_is_wider_than_the_screen(
    opened: Callable[..., Any], live_server: Any, places: dict[str, str], name: str
) -> None:
    problems: list[str] = []
    for width in (1280, PHONE):
        page = opened(name, PAGES[name][0], width=width)
        for path in PAGES[name]:
            answer = page.goto(live_server.url + path.format(**places))
            assert answer.status == 200, path
            assert page.locator("h1").count() == 1, path
            found = Axe().run(page, options=RULES).response["violations"]
            problems += [
                f"{path} {width} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]
            ]
            over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            problems += [f"{path} is {over} wider than {width}"] if over > 0 else []
            problems += [f"{path} {width} small: {each}" for each in page.evaluate(SMALL)]
    assert problems == []


def test_an_agency_answers_by_the_keyboard_alone_without_scripts(
    opened: Callable[..., Any], world: SimpleNamespace
) -> None:
    page = opened("contact", "{told}/requests/2/answer", scripts=False)
    page.focus("textarea")
    page.keyboard.type("One in five left.")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.type") == "file"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "Send the answer"
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/2")
    assert "One in five left." in page.locator("main").inner_text()


def test_what_is_wrong_is_said_first_and_leads_to_its_field(opened: Callable[..., Any]) -> None:
    page = opened("contact", "{told}/requests/2/answer", width=PHONE)
    page.get_by_role("button", name="Send the answer").click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Write an answer, or choose a file").click()
    assert page.evaluate("() => document.activeElement.name") == "words"
    assert Axe().run(page, options=RULES).response["violations"] == []
