"""In a real browser and a real server: fifty notes without a connection, drafts that come back, who else is here."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BENCH = Path(__file__).resolve().parents[3] / "bench" / "live_together.py"
NOTES = 50
READY = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(navigator.serviceWorker.controller) && (await outbox.choices()).length > 0;
}"""
WAITING = "async () => (await outbox.notes()).length"
STORED = """async () => {
  const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder().decode(value) : JSON.stringify(value);
  return (await outbox.notes()).flatMap((note) => Object.values(note).map(text)).join("\\n");
}"""


@pytest.fixture(scope="module")
def bench() -> Any:
    """The real server that bench/live_together.py runs."""
    spec = importlib.util.spec_from_file_location("bench_live_together_offline", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def server(bench: Any, tmp_path: Path) -> Iterator[Any]:
    """A server over a database of its own, with eight inspectors who have signed in."""
    it = bench.Server(f"sqlite:///{tmp_path / 'live.sqlite3'}", tmp_path)
    it.made = it.ask("prepare")
    it.start()
    yield it
    it.kill()


@pytest.fixture
def signed_in(browser: Any, server: Any) -> Iterator[Any]:
    """Makes a browser of its own in which the inspector of that number has signed in."""
    contexts = []

    def make(number: int) -> Any:
        context = browser.new_context()
        contexts.append(context)
        session = server.made["sessions"][number]
        context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        context.set_default_timeout(90_000)
        return context

    yield make
    for context in contexts:
        context.close()


def until(page: Any, told: str) -> None:
    """Wait for what a script answers in time; Playwright's own waiting takes any promise for a yes."""
    end = time.monotonic() + 90
    while not page.evaluate(told):
        assert time.monotonic() < end, told
        page.wait_for_timeout(100)


def ready(page: Any, address: str) -> None:
    """Open the form until the worker stands behind it."""
    page.goto(address)
    until(page, "async () => Boolean(await navigator.serviceWorker.getRegistration('/inspections'))")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto(address)
    until(page, READY)


def type_note(page: Any, number: int) -> None:
    """Type and send one note, in whichever form stands there."""
    page.fill("textarea[name=words]", f"Note number {number}.")
    page.select_option("select[name=source]", "interview")
    page.select_option("select[name=criterion]", "help")
    page.check("input[name=agencies][value=police]")
    with page.expect_navigation():
        page.locator("#editing button, form.ju-quick button").first.click()


def test_fifty_notes_typed_without_a_connection_arrive_once_each_in_order(signed_in: Any, server: Any) -> None:
    context = signed_in(0)
    page = context.new_page()
    address = f"{server.url}/inspections/J1/evidence/add"
    ready(page, address)
    context.set_offline(True)
    for number in range(1, 21):
        type_note(page, number)
    assert page.evaluate(WAITING) == 20
    assert "No connection" in page.locator("h1").inner_text()
    assert "20 notes are waiting" in page.locator("#waiting").inner_text()
    assert "Note number" not in page.evaluate(STORED), "what waits is encrypted"
    page.close()
    page = context.new_page()
    page.goto(address)
    for number in range(21, NOTES + 1):
        type_note(page, number)
    page.close()
    server.kill()
    server.start()
    assert server.ask("content")["evidence"] == []
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{server.url}/inspections/J1/evidence")
    until(page, "async () => (await outbox.notes()).length === 0")
    expected = [f"Note number {number}." for number in range(1, NOTES + 1)]
    assert server.ask("content")["evidence"] == expected
    page.reload()
    page.wait_for_load_state("networkidle")
    assert server.ask("content")["evidence"] == expected


def test_the_server_killed_while_it_takes_what_waited_adds_nothing_twice(signed_in: Any, server: Any) -> None:
    context = signed_in(1)
    page = context.new_page()
    ready(page, f"{server.url}/inspections/J1/evidence/add")
    context.set_offline(True)
    for number in range(1, 13):
        type_note(page, number)
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{server.url}/inspections/J1/evidence", wait_until="commit")
    until(page, "async () => globalThis.outbox && (await outbox.notes()).length < 10")
    server.kill()
    server.start()
    page.goto(f"{server.url}/inspections/J1/evidence")
    until(page, "async () => (await outbox.notes()).length === 0")
    assert server.ask("content")["evidence"] == [f"Note number {number}." for number in range(1, 13)]


def test_a_note_that_the_server_refuses_stays_with_the_reason_and_holds_up_no_other(
    signed_in: Any, server: Any
) -> None:
    context = signed_in(2)
    page = context.new_page()
    address = f"{server.url}/inspections/J1/evidence/add"
    ready(page, address)
    context.set_offline(True)
    type_note(page, 1)
    page.fill("textarea[name=words]", "Ring 07700 900123.")
    page.select_option("select[name=source]", "interview")
    page.select_option("select[name=criterion]", "help")
    page.check("input[name=agencies][value=police]")
    with page.expect_navigation():
        page.locator("#editing button, form.ju-quick button").first.click()
    type_note(page, 3)
    page.close()  # it would open the form by itself once there is a connection
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("text=could identify a child")
    assert server.ask("content")["evidence"] == ["Note number 1.", "Note number 3."]
    page.click("text=Put it right")
    assert page.input_value("textarea[name=words]") == "Ring 07700 900123."
    page.fill("textarea[name=words]", "Ring the number in the file.")
    with page.expect_navigation():
        page.locator("form.ju-quick button").first.click()
    until(page, "async () => (await outbox.notes()).length === 0")
    assert server.ask("content")["evidence"][2:] == ["Ring the number in the file."]


def test_another_person_in_the_same_browser_cannot_read_what_waits(signed_in: Any, server: Any) -> None:
    context = signed_in(3)
    page = context.new_page()
    address = f"{server.url}/inspections/J1/evidence/add"
    ready(page, address)
    context.set_offline(True)
    type_note(page, 1)
    page.close()  # it would open the form by itself once there is a connection
    context.set_offline(False)
    page = context.new_page()
    other = server.made["sessions"][4]
    context.add_cookies([{"name": "sessionid", "value": other, "url": server.url}])
    page.goto(address)
    page.wait_for_function("() => document.querySelector('#waiting')?.dataset.count === '1'")
    assert page.evaluate("async () => outbox.read((await outbox.notes())[0])") is None
    page.evaluate("() => outbox.send()")
    assert server.ask("content")["evidence"] == []
    mine = server.made["sessions"][3]
    context.add_cookies([{"name": "sessionid", "value": mine, "url": server.url}])
    page.goto(address)
    until(page, "async () => (await outbox.notes()).length === 0")
    assert server.ask("content")["evidence"] == ["Note number 1."]


def test_a_draft_comes_back_in_another_browser_and_who_else_is_here_is_shown(signed_in: Any, server: Any) -> None:
    address = f"{server.url}/inspections/J1/judgements/{json.loads(json.dumps(server.made['keys']))[0]}"
    page = signed_in(5).new_page()
    page.goto(address)
    page.fill("textarea[name=narrative]", "Half a judgem")
    page.wait_for_selector("text=kept as a draft")
    other = signed_in(6).new_page()
    other.goto(address)
    other.wait_for_selector("text=P 5 is here too.")
    assert other.input_value("textarea[name=narrative]") == ""
    page.close()
    again = signed_in(5).new_page()
    again.goto(address)
    again.wait_for_selector("text=did not save is back")
    assert again.input_value("textarea[name=narrative]") == "Half a judgem"
    with again.expect_navigation():
        again.click("#editing button[type=submit]")
    assert server.ask("content")["judgements"] == ["Half a judgem"]
    again.goto(address)
    again.wait_for_load_state("networkidle")
    assert again.locator("text=did not save is back").count() == 0
