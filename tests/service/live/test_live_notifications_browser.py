"""The pages of notifications in a real browser: by the rules of accessibility, on a phone, by the keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from joinedup.service.accounts.models import Person
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.actions import make_calendar_address, tell
from joinedup.service.notifications.models import Notice, Preference

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's library runs a loop in the thread of the tests

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ("/notifications", "/notifications/choose", "/notifications/calendar")
SMALL = """() => [...document.querySelectorAll("main :is(button, select, input:not([type=hidden]), textarea)")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width && (box.width < 24 || box.height < 24);
    })
    .map((each) => each.outerHTML.slice(0, 80))"""
"""What can be pressed or typed into and is smaller than a finger needs."""


@pytest.fixture
def opened(
    transactional_db: None,
    browser: Any,
    live_server: Any,
    world: SimpleNamespace,
    judged: Callable[..., Inspection],
    sign_in: Callable[[Person], Client],
) -> Iterator[Callable[..., Any]]:
    """Opens a page as the lead inspector, who was told of three things and has a calendar's address."""
    with transaction.atomic():
        for event in ("published", "signed_off", "ready_to_sign"):
            tell(event, inspection=judged(stage="signed_off", reference=f"JU-2026-{event[:3]}"))
    make_calendar_address(by=world.lead)
    contexts = []

    def page_of(path: str, *, width: int = 1280, scripts: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        session = sign_in(world.lead).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield page_of
    for context in contexts:
        context.close()


def test_no_rule_is_broken_and_nothing_is_wider_than_the_screen(opened: Callable[..., Any], live_server: Any) -> None:
    problems: list[str] = []
    for width in (1280, 360):
        page = opened(PAGES[0], width=width)
        for path in PAGES:
            assert page.goto(live_server.url + path).status == 200
            assert page.locator("h1").count() == 1
            found = Axe().run(page, options=RULES).response["violations"]
            problems += [
                f"{path} {width} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]
            ]
            over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            problems += [f"{path} is {over} wider than {width}"] if over > 0 else []
            problems += [f"{path} {width} small: {each}" for each in page.evaluate(SMALL)]
            if folder := os.environ.get("JOINEDUP_PICTURES"):
                page.screenshot(path=f"{folder}/{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    assert problems == []


def test_by_the_keyboard_alone_and_without_scripts(opened: Callable[..., Any], world: SimpleNamespace) -> None:
    page = opened("/notifications", scripts=False)
    button = page.get_by_role("button", name=re.compile("Mark as read.*The report of an inspection was published"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Unread", exact=True)).to_have_count(2)
    assert Notice.objects.get(person=world.lead, event="published").read_at is not None
    page.get_by_role("link", name="Choose what you are sent").press("Enter")
    group = page.get_by_role("group", name="Requests for information")
    group.get_by_role("radio", name="In one e-mail a day").press("Space")
    page.get_by_role("button", name="Keep these choices").press("Enter")
    expect(page.get_by_text("Your choices are kept.")).to_have_count(1)
    assert Preference.objects.get(person=world.lead, group="requests").how == "daily"
