"""The pages of publishing in a real browser: by the rules of accessibility, on a phone, and by the keyboard alone."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client, override_settings

from joinedup.service.accounts.models import Person
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.fictional.cast import Cast
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing import bridge
from joinedup.service.publishing.actions import begin_correction, decide_disclosure
from joinedup.service.publishing.filling import concerns
from joinedup.service.site.records import look_again

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's library runs a loop in the thread of the tests

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 360)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
BEFORE = ("wording", "documents", "documents/report", "disclosure", "publishing")
AFTER = ("", "/report", "/summary", "/children")


@pytest.fixture
def cast(transactional_db: None, tmp_path: Path) -> Iterator[Cast]:
    """Everybody of the fictional world, with a record and a folder of files of their own."""
    with override_settings(DEMO=True, RECORD=str(tmp_path / "record"), FILES=tmp_path / "files", SHOW_FICTIONAL=True):
        look_again()
        yield make_cast()
    look_again()


@pytest.fixture
def signed(cast: Cast) -> Inspection:
    """An inspection ready to be published."""
    inspection = carry_out(cast, "joined-up-1", "ashmere", "signed_off", fieldwork=dt.date(2026, 9, 7))
    for each in concerns(inspection):
        decide_disclosure(by=cast.lead, inspection=inspection, key=each.hit.key, outcome="stays", why="Made up.")
    return inspection


@pytest.fixture
def opened(browser: Any, live_server: Any, signed: Inspection) -> Iterator[Callable[..., Any]]:
    """Opens a page of somebody's browser, signed in or (None) not: `opened(lead, 360)`."""
    contexts = []

    def page_of(person: Person | None, width: int, *, scripts: bool = True) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def broken(page: Any, address: str, width: int) -> list[str]:
    """What is wrong with a page."""
    answer = page.goto(address)
    assert answer.status == 200, address
    assert page.locator("h1").count() == 1, address
    shots = os.environ.get("JOINEDUP_PICTURES")
    if shots:
        name = address.split("/", 3)[3].replace("/", "_")
        page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)
    found = Axe().run(page, options=RULES).response["violations"]
    over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    told = [f"{address} {width} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    return told + ([f"{address} is {over} wider than {width}"] if over > 0 else [])


def test_the_pages_break_no_rule_and_the_report_is_published_by_the_keyboard(
    opened: Callable[..., Any], live_server: Any, cast: Cast, signed: Inspection
) -> None:
    here = f"{live_server.url}/inspections/{signed.reference}"
    problems: list[str] = []
    for width in WIDTHS:
        page = opened(cast.lead, width)
        for path in BEFORE:
            problems += broken(page, f"{here}/{path}", width)
    page = opened(cast.lead, WIDTHS[1], scripts=False)
    page.goto(f"{here}/publishing")
    page.get_by_role("button", name="Publish the report").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/publishing")
    page.get_by_text("Version 1 is published.").wait_for()
    corrected = begin_correction(
        by=cast.lead,
        inspection=signed,
        seen=1,
        texts={"improvement.1.words": "Visit every child within three working days."},
        changed="Improvement 1 said five days.",
        why="It was mistyped.",
    )
    bridge.finish(corrected)
    for width in WIDTHS:
        page = opened(cast.lead, width)
        for path in ("publishing", "publishing/correct"):
            problems += broken(page, f"{here}/{path}", width)
        page = opened(None, width)
        for path in AFTER:
            problems += broken(page, f"{live_server.url}/inspected/{signed.reference}{path}", width)
    assert problems == []
