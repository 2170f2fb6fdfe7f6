"""Writes a specimen's statements: picks from the bank by seed, fills in the slots and keeps what is true of each.

No words repeat within one report, though a matter may be listed in one form and told at length in another. A
`Statement` is one bullet or paragraph with the agencies that it holds responsible, its themes and whether it praises,
blames, does both or neither.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from joinedup.documents.specimens.bank import AGENCIES, Matter, bank
from joinedup.documents.specimens.cast import Cast

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SMALL = ("three", "four", "five", "six", "seven")


@dataclass(frozen=True, slots=True)
class Statement:
    """Words and what is true of them. `key` is the matter's, for telling a thing that is asked again."""

    text: str
    agencies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    polarity: str = "context"
    key: str | None = None
    sub: tuple[str, ...] = ()


class Writer:
    """One report's pen: its cast, its seed and what it has used already.

    `asked` are keys of matters that this report should ask (again), first and in that order, where its layout has
    room for their section.
    """

    def __init__(self, cast: Cast, rng: random.Random, asked: tuple[str, ...] = ()) -> None:
        self.cast = cast
        self.rng = rng
        self.asked = asked
        self._used: set[tuple[str, str]] = set()
        self._slots = cast.slots()

    def fill(self, text: str) -> str:
        """The words with choices made and slots filled, beginning with a capital letter."""
        chosen = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        filled = _SLOT.sub(self._slot, chosen)
        return filled[0].upper() + filled[1:]

    def _slot(self, found: re.Match[str]) -> str:
        name = found[1]
        if name == "n":
            return str(self.rng.randint(14, 160))
        if name == "small":
            return self.rng.choice(_SMALL)
        if name == "caseload":
            return str(self.rng.randint(24, 34))
        return self._slots.get(name) or f"<<{name}>>"  # long names are told in the order of print: see names.py

    def _pick(self, matters: list[Matter], form: str, count: int) -> list[Matter]:
        fresh = [matter for matter in matters if (matter.key, form) not in self._used]
        first = [matter for key in self.asked for matter in fresh if matter.key == key]
        rest = [matter for matter in fresh if matter.key not in self.asked]
        chosen = (first + self.rng.sample(rest, len(rest)))[:count]
        self._used |= {(matter.key, form) for matter in chosen}
        return chosen

    def _say(self, matter: Matter, form: str, polarity: str) -> Statement:
        wording = matter.forms[form]
        return Statement(self.fill(wording.text) + ".", wording.agencies, matter.themes, polarity, matter.key)

    def asks(self, sections: set[str], count: int, form: str) -> list[Statement]:
        """Up to `count` things to put right that belong to any of the sections, in one form."""
        fit = [matter for matter in bank().asks if form in matter.forms and sections & set(matter.sections)]
        return [self._say(matter, form, "weakness") for matter in self._pick(fit, form, count)]

    def strengths(self, sections: set[str], count: int, form: str) -> list[Statement]:
        """Up to `count` things to praise."""
        fit = [matter for matter in bank().strengths if form in matter.forms and sections & set(matter.sections)]
        return [self._say(matter, form, "strength") for matter in self._pick(fit, form, count)]

    def glue(self, kind: str) -> str:
        """One sentence of a kind that blames and praises nobody, not used before where there is another."""
        lines = bank().glue[kind]
        line = self.rng.choice([line for line in lines if (line, kind) not in self._used] or list(lines))
        self._used.add((line, kind))
        return self.fill(line) + "."

    def follow(self, said: Statement, chance: float = 0.6) -> Statement:
        """A statement with, often, a sentence after it that says what it leads to."""
        if self.rng.random() > chance:
            return said
        after = self.glue("after-weak" if said.polarity == "weakness" else "after-strong")
        return Statement(f"{said.text} {after}", said.agencies, said.themes, said.polarity, said.key, said.sub)

    def join(self, *said: Statement) -> Statement:
        """Several statements as one paragraph, with what is true of them together."""
        polarities = {each.polarity for each in said} - {"context"}
        return Statement(
            " ".join(each.text for each in said),
            tuple(agency for agency in AGENCIES if any(agency in each.agencies for each in said)),
            tuple(dict.fromkeys(theme for each in said for theme in each.themes)),
            polarities.pop() if len(polarities) == 1 else ("mixed" if polarities else "context"),
        )

    def paragraphs(self, sections: set[str], strong: int, weak: int) -> list[Statement]:
        """A chapter's paragraphs: praise and blame in a seeded order, some of them in one breath."""
        said = [self.follow(each) for each in self.strengths(sections, strong, "s")]
        said += [self.follow(each) for each in self.asks(sections, weak, "w")]
        self.rng.shuffle(said)
        joined: list[Statement] = []
        while said:
            size = self.rng.choice((1, 1, 2, 2, 3))
            joined.append(self.join(*said[:size]) if len(said[:size]) > 1 else said[0])
            del said[:size]
        kinds = [kind for kind in (f"context-{section}" for section in sorted(sections)) if kind in bank().glue]
        if kinds and joined:
            opening = Statement(self.glue(self.rng.choice(kinds)))
            joined[0] = self.join(opening, joined[0])
        return joined

    def summary(self, grade: str, count: int) -> list[Statement]:
        """Opening paragraphs that suit a grade. They speak of the council's own services."""
        polarity = "strength" if grade in ("outstanding", "good") else "weakness"
        kind = f"summary-{grade}"
        lines = [self.glue(kind) for _ in range(min(count, len(bank().glue[kind])))]
        said = [Statement(line, ("local_authority",), ("leadership",), polarity) for line in lines]
        return [self.follow(each, 0.8) for each in said]
