"""A real server with the fictional people, and the people themselves: each a browser of their own, looked over.

Whoever arrives at a page for the first time looks it over: by the rules of accessibility, and for anything wider than
a phone. What is found is kept, so that a journey goes on, and asserted at its end.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

WIDE, PHONE = 1280, 360
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATIENCE = 90_000
"""Milliseconds that a page may take where the machine is busy; how fast pages are is measured elsewhere."""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
call_command("migrate", verbosity=0)
from joinedup.service.fictional import carry_out, make_cast
with transaction.atomic():
    print(carry_out(make_cast(), "ilacs-2026", "port-rowan", "fieldwork").reference)
"""


@dataclass(frozen=True, slots=True)
class Served:
    """The address of a server, the inspection in fieldwork that is there already, and what the server complained of."""

    address: str
    in_fieldwork: str
    complaints: Path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`joinedup serve` in a process of its own, over a database in a file with the fictional cast."""
    place = tmp_path_factory.mktemp("served")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JOINEDUP_", "DJANGO_"))}
    environment = {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "joinedup.service.settings",
        "DATABASE_URL": f"sqlite:///{place / 'live.sqlite3'}",
        "JOINEDUP_DEMO": "1",
        "JOINEDUP_SECRET_KEY": "only for the tests, and long enough to be one, which is fifty letters",
        "JOINEDUP_RECORD": str(place / "record"),
        "JOINEDUP_FILES": str(place / "files"),
    }
    made = subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True)
    complaints = place / "complaints.txt"
    command = [sys.executable, "-m", "joinedup", "serve", "--port", "0", "--workers", "1", "--json"]
    with (
        complaints.open("w") as kept,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=kept, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            address = json.loads(process.stdout.readline())["address"].rstrip("/")
            with urllib.request.urlopen(f"{address}/demo/sign-in", timeout=PATIENCE / 1000) as answer:
                assert answer.status == 200  # it listens before it can answer
            yield Served(address, made.stdout.strip(), complaints)
        finally:
            process.terminate()
            process.wait(timeout=60)


@dataclass(slots=True)
class Looking:
    """What a journey's people share: which pages were looked over, what was found, and where the pictures go."""

    served: Served
    folder: Path
    over: set[tuple[str, int]] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    pictures: int = 0

    def look(self, page: Any, status: int) -> None:
        """Look over a page of a kind that nobody has seen yet: wide by the rules, and at a phone's width.

        Only where scripts run: what looks for the rules is one.
        """
        kind = (resolve(urlsplit(page.url).path).view_name, status)
        if kind not in self.over:
            self.over.add(kind)
            self.by_the_rules(page, WIDE)
            self.in_width(page)

    def by_the_rules(self, page: Any, width: int) -> None:
        """The accessibility rules that the page breaks."""
        for rule in Axe().run(page, options=RULES).response["violations"]:
            self.found += [f"{page.url} {width} {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]

    def in_width(self, page: Any) -> None:
        """Whether the page is wider than a phone."""
        page.set_viewport_size({"width": PHONE, "height": 740})
        over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        self.found += [f"{page.url} is {over} wider than a phone"] if over > 0 else []
        page.set_viewport_size({"width": WIDE, "height": 900})


class Somebody:
    """A person with a browser of their own. Whatever they do, they do by the pages."""

    def __init__(self, name: str, page: Any, looking: Looking, *, scripts: bool = True) -> None:
        self.name, self.page, self.looking, self.scripts = name, page, looking, scripts
        page.set_default_timeout(PATIENCE)
        for event in ("console", "pageerror"):
            page.on(event, self._heard)

    def _heard(self, message: Any) -> None:
        words = str(getattr(message, "text", message))
        if "Failed to load resource" not in words:  # the browser's own word on a page refused, asked for on purpose
            self.looking.found.append(f"{self.name} at {self.page.url}: {words}")

    def signs_in(self) -> Somebody:
        """Come in by the demonstration's page."""
        self.goes("/demo/sign-in")
        return self.presses(f"Sign in as {self.name}")

    def goes(self, path: str, *, status: int = 200) -> Somebody:
        """Open an address of the service."""
        answer = self.page.goto(self.looking.served.address + path)
        return self._arrives(answer, status)

    def follows(self, words: str, *, within: str = "main", exact: bool = True) -> Somebody:
        """Follow the first link of those words, one that looks like a button included."""
        place = self.page.locator(within)
        links, buttons = (place.get_by_role(role, name=words, exact=exact) for role in ("link", "button"))
        link = links.or_(buttons.and_(place.locator("a"))).first
        assert link.count(), f"{self.name} sees no link “{words}” at {self.page.url}: {self.reads[:600]}"
        with self.page.expect_navigation() as way:
            link.click()
        return self._arrives(way.value, 200)

    def turns_to(self, section: str) -> Somebody:
        """Choose from the inspection's menu."""
        return self.follows(section, within="nav[aria-label='This inspection']")

    def presses(self, words: str, *, status: int = 200, exact: bool = True) -> Somebody:
        """Press the first button of those words, and see what comes of it."""
        button = self.page.get_by_role("button", name=words, exact=exact).and_(self.page.locator("main button")).first
        assert button.count(), f"{self.name} sees no button “{words}” at {self.page.url}: {self.reads[:600]}"
        with self.page.expect_navigation() as way:
            button.click()
        return self._arrives(way.value, status)

    def _arrives(self, answer: Any, status: int) -> Somebody:
        assert answer.status == status, f"{self.name} at {self.page.url}: {answer.status}, {self.reads[:400]}"
        if self.scripts:
            self.looking.look(self.page, status)
        return self

    def fills(self, **fields: str) -> Somebody:
        """Type into fields by their names; a choice of a list by its value or words."""
        for name, value in fields.items():
            self.fills_one(name, value)
        return self

    def fills_one(self, name: str, value: str) -> None:
        """Type into, or choose from, the field of a name."""
        there = self.page.locator(f"[name='{name}']").first
        if there.evaluate("(it) => it.tagName") == "SELECT":
            there.select_option(value)
        else:
            there.fill(value)

    def ticks(self, name: str, *values: str) -> Somebody:
        """Tick boxes, or choose one of several, by the field's name and their values."""
        for value in values:
            self.page.locator(f"input:not([type=hidden])[name='{name}'][value='{value}']").check()
        return self

    @property
    def reads(self) -> str:
        """What stands on the page."""
        return str(self.page.locator("main").inner_text())

    @property
    def menu(self) -> list[str]:
        """The inspection's sections that are offered."""
        return [str(each) for each in self.page.locator("nav[aria-label='This inspection'] a").all_inner_texts()]

    def keeps_picture(self, name: str, *, phone: bool = False) -> Somebody:
        """Keep a picture of the whole page, as it looks on a desk or on a phone."""
        if phone:
            self.page.set_viewport_size({"width": PHONE, "height": 740})
        self.looking.pictures += 1
        ending = "-phone" if phone else ""
        kept = self.looking.folder / f"{self.looking.pictures:02}-{name}{ending}.png"
        self.page.screenshot(path=kept, full_page=True, animations="disabled")
        if phone:
            self.page.set_viewport_size({"width": WIDE, "height": 900})
        return self


@pytest.fixture
def looking(served: Served, request: pytest.FixtureRequest) -> Iterator[Looking]:
    """What a journey's people share. Its pictures are in var/screenshots, which git leaves alone."""
    name = re.sub(r"\W+", "-", request.node.name).strip("-").removeprefix("test_")
    folder = request.config.rootpath / "var" / "screenshots" / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    it = Looking(served, folder)
    yield it
    if it.pictures:
        print(f"\n{it.pictures} pictures are in {folder}")  # noqa: T201 for whoever runs the tests to find them
    else:
        folder.rmdir()


@pytest.fixture
def visit(browser: Any, looking: Looking) -> Iterator[Callable[..., Somebody]]:
    """Somebody with a browser of their own who has not signed in; `scripts=False` has them off."""
    contexts: list[Any] = []

    def made(name: str = "A visitor", *, scripts: bool = True) -> Somebody:
        context = browser.new_context(
            viewport={"width": WIDE, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        contexts.append(context)
        return Somebody(name, context.new_page(), looking, scripts=scripts)

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def meet(visit: Callable[..., Somebody]) -> Callable[..., Somebody]:
    """Meet one of the fictional people, signed in: `meet("Mara Whitlock")`; `scripts=False` has them off."""
    return lambda name, **given: visit(name, **given).signs_in()
