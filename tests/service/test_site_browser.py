"""The pages in a real browser: accessibility rules, keyboard alone, a phone's width, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from joinedup.service.site.grades import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Any]
PHONE = 360

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module", autouse=True)
def _with_fictional_reports(demo_cache: object) -> object:
    """The live server shows the demonstration's record, so that reports and fictional areas are looked at, too."""
    from django.conf import settings

    from joinedup.service.demo import prepare
    from joinedup.service.site.records import look_again

    before = settings.RECORD
    settings.RECORD = str(prepare(demo_cache / "joinedup" / "demo", say=lambda words: None))  # type: ignore[operator]
    look_again()
    yield
    settings.RECORD = before
    look_again()


def broken(page: Any, width: int) -> list[str]:
    """The accessibility rules that the page breaks, each with the first element that does."""
    found = Axe().run(page, options=RULES).response["violations"]
    # On a phone the squares of the map are smaller than a fingertip; the table on the same page has the same links,
    # which is the exception that the rule itself makes, and axe cannot see (the accessibility statement says so).
    excused = {"target-size"} if width == PHONE else set()
    return [
        f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]
        if not (rule["id"] in excused and "ju-tile" in node["html"])
    ]  # fmt: skip


class TestAccessibility:
    def test_no_rule_is_broken(self, open_page: Open, address: str) -> None:
        self.check(open_page, address, 1280)

    @pytest.mark.parametrize("address", ["/", "/?as_at=no-day", "/areas/ashmere", "/areas"])
    def test_nor_on_a_phone(self, open_page: Open, address: str) -> None:
        self.check(open_page, address, PHONE)

    def check(self, open_page: Open, address: str, width: int) -> None:
        page = open_page(address, width=width)
        for summary in page.locator("summary").all()[:6]:
            summary.click()
        assert broken(page, width) == []

    def test_grades_are_told_by_more_than_colour(self, open_page: Open) -> None:
        page = open_page("/?as_at=2016-11-16&framework=sif")
        letters = set(page.locator(".ju-map .ju-tile__letter").all_text_contents())
        assert letters <= {look.letter for look in LOOKS.values()}
        assert {"O", "G", "RI", "I"} <= letters


class TestTheWidthOfAPhone:
    def test_nothing_is_wider_than_the_screen(self, open_page: Open, address: str) -> None:
        page = open_page(address, width=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE

    def test_the_menu_opens(self, open_page: Open) -> None:
        page = open_page("/", width=PHONE)
        assert not page.get_by_role("link", name="Areas", exact=True).is_visible()
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("link", name="Areas", exact=True).click()
        assert page.get_by_role("heading", level=1).inner_text() == "Areas"


class TestTheKeyboardAlone:
    def test_the_first_stop_goes_past_the_header(self, open_page: Open) -> None:
        page = open_page("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content"

    def test_from_the_day_through_the_map_to_an_area(self, open_page: Open) -> None:
        page = open_page("/?as_at=2016-11-16&framework=sif")
        page.locator("#judgement").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Update"
        page.get_by_role("link", name="Northumberland:").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('class')").startswith("ju-tile")
        stroke = page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
        assert stroke == "4px", "where the keyboard is can be seen"
        page.keyboard.press("Enter")
        page.wait_for_url("**/areas/*")

    def test_every_stop_can_be_seen(self, open_page: Open) -> None:
        page = open_page("/areas/ashmere")
        seen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            box = page.evaluate(
                "(() => { const box = document.activeElement.getBoundingClientRect();"
                " return [document.activeElement.tagName, box.width, box.height]; })()"
            )
            if box[0] == "BODY":
                break
            seen.append(box)
        assert len(seen) > 20
        assert all(width > 0 and height > 0 for _, width, height in seen)

    def test_a_mistake_takes_the_keyboard_to_its_summary_and_on_to_the_field(self, open_page: Open) -> None:
        page = open_page("/?as_at=2031-99-99")
        assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
        page.get_by_role("link", name="Day must be a real date").press("Enter")
        assert page.evaluate("document.activeElement.id") == "as_at"
        assert page.locator("#as_at").input_value() == "2031-99-99"


class TestWithoutScripts:
    def test_the_day_the_judgement_and_the_kinds_can_be_chosen(self, open_page: Open) -> None:
        page = open_page("/", scripts=False)
        page.locator("#as_at").fill("2016-11-16")
        page.locator("#since").fill("2015-11-16")
        page.get_by_role("button", name="Update").click()
        assert "on 16 November 2016" in page.get_by_role("heading", level=1).inner_text()
        assert "as_at=2016-11-16" in page.url

    def test_a_year_a_sort_and_an_area_are_links(self, open_page: Open) -> None:
        page = open_page("/?as_at=2016-11-16&framework=sif", scripts=False)
        page.get_by_role("link", name="2012", exact=True).click()
        assert "on 16 November 2012" in page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("link", name=re.compile("^Region.*sort ascending")).click()
        assert "sort=region" in page.url
        page.locator(".ju-areas").get_by_role("link", name="Derby", exact=True).click()
        assert page.get_by_role("heading", level=1).inner_text().startswith("Derby")

    def test_an_area_is_found(self, open_page: Open) -> None:
        page = open_page("/areas", scripts=False)
        page.get_by_role("searchbox").fill("370")
        page.get_by_role("button", name="Search").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Barnsley"

    def test_the_menu_is_there_on_a_phone(self, open_page: Open) -> None:
        page = open_page("/", width=PHONE, scripts=False)
        assert page.get_by_role("link", name="Areas", exact=True).is_visible()


class TestWithScripts:
    def test_a_year_comes_without_loading_the_page_anew(self, open_page: Open) -> None:
        page = open_page("/?as_at=2016-11-16&framework=sif")
        page.evaluate("window.stillHere = true")
        page.get_by_role("link", name="2014", exact=True).click()
        page.locator(".ju-title__day", has_text="on 16 November 2014").wait_for()
        assert page.evaluate("window.stillHere") is True
        assert "as_at=2014-11-16" in page.url
        assert page.title().startswith("England on 16 November 2014")
        assert page.evaluate("document.activeElement.textContent") == "2014", "the keyboard stays where it was"
        assert "16 November 2014" in page.locator("#ju-news").inner_text(), "and it is said aloud"
        page.go_back()
        page.locator(".ju-title__day", has_text="on 16 November 2016").wait_for()
        assert page.evaluate("window.stillHere") is True

    def test_the_form_does_too_and_a_mistake_is_told(self, open_page: Open) -> None:
        page = open_page("/")
        page.evaluate("window.stillHere = true")
        page.locator("#as_at").fill("2013-08-31")
        page.get_by_role("button", name="Update").click()
        page.locator(".ju-title__day", has_text="on 31 August 2013").wait_for()
        assert page.evaluate("window.stillHere") is True
        assert page.url.endswith("/?as_at=2013-08-31"), "what was left as it was is not in the address"
        page.locator("#since").fill("2014-01-01")
        page.get_by_role("button", name="Update").click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        assert page.locator("#since").input_value() == "2014-01-01"


def test_the_policy_stops_nothing_that_a_page_needs(open_page: Open, browser: Any, live_address: str) -> None:
    page = open_page("/about")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/", "/?as_at=2013-08-31", "/areas/ashmere", "/areas"):
        page.goto(live_address + path)
    assert complaints == []
