"""The bank of our own sentences from which specimens are written, each with what is true of it.

The sentences stand in `bank/*.txt`, so that a person can add one without reading any code. An `Ask` is one matter to
put right and a `Strength` one matter to praise, in the forms that the published layouts use, with the agencies that
the words hold responsible (the keys that `joinedup read` prints) and the themes. Glue blames and praises nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from joinedup.documents.errors import SpecimenError

AGENCIES = (
    "local_authority", "education", "health", "police", "probation", "youth_justice", "courts", "housing",
    "voluntary", "partnership",
)  # fmt: skip
"""The agencies by the keys that `joinedup read` prints."""

_FORM = re.compile(r"(?P<form>[a-z])(?:\[(?P<agencies>[a-z_,]+)\])?: (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Wording:
    """One form of a matter: the words, still with their slots, and whom they hold responsible."""

    text: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to put right or to praise. `forms`: "n" a noun phrase, "m" what must be done, "w" or "s" as found."""

    key: str
    sections: tuple[str, ...]
    themes: tuple[str, ...]
    forms: dict[str, Wording]


@dataclass(frozen=True, slots=True)
class Bank:
    """Every sentence: what may be asked, what may be praised, and glue by kind."""

    asks: tuple[Matter, ...]
    strengths: tuple[Matter, ...]
    glue: dict[str, tuple[str, ...]]


@cache
def bank() -> Bank:
    """The whole bank. Raises SpecimenError where a file breaks its rules, with the place."""
    asks = tuple(matter for name in ("asks-council", "asks-partners", "asks-send") for matter in _matters(name))
    return Bank(asks, _matters("strengths"), _glue("glue"))


def _blocks(name: str) -> list[tuple[str, list[str]]]:
    """A file's blocks, each with its first line apart; lines that begin with # are notes."""
    text = resources.files(__package__).joinpath("bank", f"{name}.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    blocks = [block.strip().splitlines() for block in re.split(r"\n\s*\n", lines) if block.strip()]
    return [(block[0], block[1:]) for block in blocks]


def _names(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


def _matters(name: str) -> tuple[Matter, ...]:
    return tuple(_matter(name, head, lines) for head, lines in _blocks(name))


def _matter(name: str, head: str, lines: list[str]) -> Matter:
    parts = [part.strip() for part in head.split("|")]
    if len(parts) != 4:
        raise SpecimenError(f"bank/{name}.txt: “{head}” should be key | sections | agencies | themes")
    key, sections, agencies, themes = parts
    forms = {}
    for line in lines:
        found = _FORM.fullmatch(line)
        if not found:
            raise SpecimenError(f"bank/{name}.txt, {key}: “{line}” should begin with a form's letter and a colon")
        held = _names(found["agencies"] or agencies)
        if strange := set(held) - set(AGENCIES):
            raise SpecimenError(f"bank/{name}.txt, {key}: no such agency as {', '.join(sorted(strange))}")
        forms[found["form"]] = Wording(found["text"], held)
    return Matter(key, _names(sections), _names(themes), forms)


def _glue(name: str) -> dict[str, tuple[str, ...]]:
    return {head.split("|")[0].strip(): tuple(lines) for head, lines in _blocks(name)}
