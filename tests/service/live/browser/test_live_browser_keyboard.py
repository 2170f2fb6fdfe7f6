"""From the inspection's page to a finding that rests on new evidence: by the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), name = it.name || it.textContent.trim();
  return [name + (it.type === "checkbox" ? " " + it.value : ""), box.width > 0 && box.height > 0];
}"""
MOST_STOPS = 150


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, somebody: Any) -> None:
        self.somebody, self.page = somebody, somebody.page

    def to(self, name: str) -> Keyboard:
        """Tab to what has that name (a field's name, or the words of a link or button); every stop can be seen."""
        for _ in range(MOST_STOPS):
            at, seen = self.page.evaluate(NAMED)
            if at == name:
                assert seen, f"{name} has the focus and cannot be seen"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not come to “{name}” at {self.page.url}")

    def types(self, words: str) -> Keyboard:
        self.page.keyboard.type(words)
        return self

    def presses(self, key: str) -> Keyboard:
        self.page.keyboard.press(key)
        return self

    def enters(self) -> Keyboard:
        """Press Enter on a link or a button, and see that the page that comes is right."""
        with self.page.expect_navigation() as way:
            self.page.keyboard.press("Enter")
        assert way.value.status == 200, self.somebody.reads[:400]
        return self


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_evidence_and_a_finding_on_it_by_the_keyboard_alone(
    meet: Callable[..., Any], looking: Any, scripts: bool
) -> None:
    inspector = meet("Ivo Castell", scripts=scripts)
    how = "at all" if scripts else "this week"  # the same words again would not be saved
    seen, finding = f"Nobody rang back {how}.", f"Families wait for an answer {how}."
    keys = Keyboard(inspector.goes(f"/inspections/{looking.served.in_fieldwork}"))
    keys.to("Evidence").enters().to("Add evidence").enters()
    keys.to("words").types(seen).to("source").types("Document").to("criterion").types("The front door")
    if not inspector.page.locator("[name=agencies]").first.is_checked():
        keys.to("agencies local_authority").presses("Space")
    keys.to("tendency").presses("ArrowDown").to("Save").enters()
    number = inspector.page.locator("main th a").first.inner_text()
    assert seen in inspector.reads
    keys.to("Findings").enters().to("Write a finding").enters()
    keys.to("tendency").presses("Space").presses("ArrowDown").to("words").types(finding)
    keys.to("criterion").types("The front door").to("how_local_authority").types("It does not ring back.")
    keys.to("search").types(number).to("find").enters()
    assert inspector.page.locator("[name=words]").input_value() == finding
    keys.to(f"evidence {number.removeprefix('E')}").presses("Space").to("Save").enters()
    assert finding in inspector.keeps_picture("finding-by-keyboard").reads
    assert looking.found == []


@pytest.mark.parametrize("name", ["Addy Ashmere", "Sara Lind", "Aud Berg", "Lena Harcourt"])
def test_the_pages_beside_inspections_keep_the_rules(meet: Callable[..., Any], name: str) -> None:
    """Each role's own menu, with the list of people, organisations and what was done."""
    somebody = meet(name)
    menu = somebody.page.locator("nav[aria-label=Menu] a")
    for address in menu.evaluate_all("(all) => all.map((it) => it.pathname)"):
        if address != "/":
            somebody.goes(address).keeps_picture(address.strip("/").replace("/", "-"))
    assert somebody.looking.found == []
