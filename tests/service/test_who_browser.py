"""The pages on who must improve what in a real browser: rules, keyboard alone, a phone's width, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Any]
PHONE = 360
OPERATORS = "only for the tests, and long enough to be one"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module", autouse=True)
def report(demo_cache: Path) -> Iterator[str]:
    """The live server shows the demonstration's record; the address of one of its letters."""
    from django.conf import settings

    from joinedup.record import Steps, open_record
    from joinedup.service.demo import prepare
    from joinedup.service.site.records import look_again

    before, token = settings.RECORD, settings.OPERATOR_TOKEN
    settings.RECORD = str(prepare(demo_cache / "joinedup" / "demo", say=lambda words: None))
    settings.OPERATOR_TOKEN = OPERATORS
    look_again()
    steps = Steps().step(
        "letters", "SELECT report FROM findings JOIN reports ON sha256 = report WHERE framework = 'jtai' "
        "GROUP BY report ORDER BY count(*) DESC, report LIMIT 1",
    )  # fmt: skip
    yield f"/reports/{open_record(settings.RECORD).ask(steps).rows[0]['report'][:12]}"
    settings.RECORD, settings.OPERATOR_TOKEN = before, token
    look_again()


PAGES = (
    "/accountability",
    "/accountability?agency=police&show=theme-period&kind=all",
    "/accountability?agency=nobody&since=x&area=atlantis",
    "/accountability/check",
    "/accountability/check?agency=police&page=2",
    "/accountability/check?agency=x",
    "/accountability/check/table",
    "/accountability/check/table?agency=x",
    "/search",
    "/search?q=children",
    "/search?q=zzzz",
    "/search?q=children+zzzz",
    "/agencies",
    "/agencies/police-kent",
    "/areas/ashmere",
    "/areas/port-rowan",
    "/areas/ashmere?as_at=2024-06-01",
    "/areas/ashmere?as_at=x",
    "/areas/ashmere/asked-again",
    "/areas/barnsley/asked-again",
    "/areas/ashmere/asked-again?as_at=x",
    "/areas/kent/indicators",
    "/areas/kent/indicators?topic=none",
    "/reports",
    "/reports?area=atlantis",
    "/corrections",
    "REPORT",
    "REPORT/pages/1",
    "REPORT/marked",
    "REPORT/correct",
    "REPORT/correct?field=published",
    "REPORT/correct?field=framework",
    "REPORT/marked&field=themes",
    "REPORT/marked&field=text",
    "SAME Not the same thing?",
    "SAME Say that a later statement is on the same thing",
    "SAME Say that a later statement is on the same thing&words=zzzz",
    "SAME Say that a later statement is on the same thing&words=children",
)


@pytest.fixture(params=PAGES)
def path(request: pytest.FixtureRequest, report: str, open_page: Open) -> str:
    """Each sort of page."""
    if str(request.param).startswith("SAME "):
        words, _, more = request.param.removeprefix("SAME ").partition("&")
        link = open_page("/areas/ashmere/asked-again").get_by_role("link", name=re.compile(re.escape(words))).first
        return f"{link.get_attribute('href')}{'&' if more else ''}{more}"
    given, marked, field = str(request.param).replace("REPORT", report).partition("/marked")
    if not marked:
        return given
    found = open_page(report).locator("a[href*='/pages/'][href*='finding=']").first.get_attribute("href")
    key = re.search(r"finding=(\w+)", str(found))
    assert key
    return f"{report}/correct?finding={key[1]}{field}" if field else str(found)


def broken(page: Any) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


@pytest.mark.parametrize("width", [1280, PHONE])
def test_no_accessibility_rule_is_broken_and_nothing_is_wider_than_the_screen(
    open_page: Open, path: str, width: int
) -> None:
    page = open_page(path, width=width)
    for summary in page.locator("main summary").all()[:6]:
        if summary.is_visible():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken(page) == []


def test_from_the_first_page_to_the_words_on_their_page_without_scripts(open_page: Open) -> None:
    page = open_page("/", scripts=False)
    page.locator("#ask-agency").select_option("police")
    page.locator("#ask-since").select_option("2022-01-01")
    page.get_by_role("button", name="Read what was asked").click()
    assert page.url.endswith("/accountability?agency=police&since=2022-01-01")
    words = page.locator(".ju-said__words").first.inner_text()
    page.get_by_role("link", name=re.compile("^Read it on page")).first.click()
    assert re.search(r"/reports/\w{12}/pages/\d+\?finding=\w+#mark$", page.url)
    assert words in page.get_by_role("img", name=re.compile("with these words marked")).get_attribute("aria-label")
    shown = page.evaluate(
        "(() => { const image = document.querySelector('.ju-sheet image').getBoundingClientRect();"
        " const mark = document.querySelector('#mark rect').getBoundingClientRect();"
        " return [image.width, mark.width, mark.top, innerHeight, mark.left - image.left]; })()"
    )
    assert shown[0] > 300
    assert 0 < shown[1] < shown[0]
    assert 0 <= shown[2] < shown[3], "the mark is in sight"
    assert shown[4] > 0


def test_from_the_first_page_by_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/")
    page.locator("#ask-agency").focus()
    page.keyboard.type("Police")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Read what was asked"
    page.keyboard.press("Enter")
    page.wait_for_url("**/accountability?agency=police*")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Read it on page"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    assert page.locator("#mark rect").count() >= 1


def test_every_number_of_the_table_can_be_reached_and_seen(open_page: Open) -> None:
    page = open_page("/accountability")
    page.locator(".ju-grid tbody a").first.focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        colour = page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
        assert colour == "rgb(255, 221, 0)" or page.evaluate("document.activeElement.closest('th') !== null")


def test_scrolled_sideways_a_row_keeps_its_name_and_nothing_is_tabbed_to_behind_it(open_page: Open) -> None:
    page = open_page("/accountability", width=PHONE)
    moved = page.evaluate(
        "(() => { const box = document.querySelector('.ju-grid').parentElement; box.scrollLeft = 9999;"
        " const name = document.querySelector('.ju-grid tbody th').getBoundingClientRect();"
        " return [box.scrollLeft, name.left - box.getBoundingClientRect().left, name.right]; })()"
    )
    assert moved[0] > 50, "the table is wider than the phone"
    assert -1 <= moved[1] <= 1
    assert moved[2] < PHONE * 0.6
    top = "document.elementFromPoint({0}, {1}).closest('th') !== null"
    name = page.locator(".ju-grid tbody th").nth(2)
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    assert page.evaluate(top.format(box["x"] + 4, box["y"] + box["height"] / 2)), "the name lies above the numbers"
    page.locator(".ju-grid tbody tr").first.locator("a").last.focus()
    for _ in range(page.locator(".ju-grid tbody tr").first.locator("a").count() - 2):
        page.keyboard.press("Shift+Tab")
        seen_to, covered_to = page.evaluate(
            "[document.activeElement.getBoundingClientRect().right,"
            " document.activeElement.closest('tr').firstElementChild.getBoundingClientRect().right]"
        )
        assert seen_to > covered_to + 20, "a number with the focus can be seen"


def test_the_policy_stops_nothing_that_a_page_needs(open_page: Open, report: str, live_address: str) -> None:
    page = open_page("/about")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in (report, f"{report}/pages/1", "/accountability", "/search?q=children", "/agencies/police-kent"):
        page.goto(live_address + address)
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_is_sent_by_the_keyboard_alone_and_what_is_wrong_with_it_told(
    open_page: Open, tmp_path: Path, scripts: bool
) -> None:
    page = open_page("/accountability/check/table", scripts=scripts)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").press("Enter")
    table = tmp_path / "check.csv"
    fetched.value.save_as(table)
    first = table.read_text("utf-8-sig").splitlines()[0]
    table.write_text(first + "\n" + "," * 11 + "yes" + "," * 6 + "\n")
    page.locator("#table").set_input_files(table)
    page.locator("#table").focus()
    for wanted, words in (("by", "A Clerk"), ("reason", ""), ("token", OPERATORS)):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == wanted
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_text("Nothing was saved: 1 row of the table cannot be").wait_for()
    assert page.get_by_role("row").filter(has_text="This row's finding, text and agencies").count() == 1
    if scripts:
        assert broken(page) == []


def test_an_answer_is_checked_by_the_keyboard_alone_and_refused_without_the_token(open_page: Open) -> None:
    page = open_page("/accountability/check")
    page.locator(".ju-check").nth(1).get_by_label(re.compile("I have checked this")).focus()
    page.keyboard.press("Space")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "by":
            break
    page.keyboard.type("A Clerk")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "send"
    page.keyboard.press("Enter")
    page.get_by_text("Give the operator’s token. Nothing was saved").first.wait_for()
    assert page.locator(".ju-check").nth(1).get_by_label(re.compile("I have checked this")).is_checked()
    assert broken(page) == []
