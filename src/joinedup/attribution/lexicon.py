"""The words that name bodies: the package's own list, the bodies that `joinedup.areas` knows, a report's local names.

Matching goes word by word from a table by first word, the longest phrase first, so that "school nurse" is health and
no school, and "police station" is nobody. One lookup a word keeps it fast whatever the length of the list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from joinedup.areas.bodies import all_bodies
from joinedup.attribution.errors import AttributionDataError
from joinedup.attribution.model import AGENCIES
from joinedup.attribution.words import Words, cut

Tier = Literal["body", "staff", "practice", "referent"]
TIERS: tuple[Tier, ...] = ("body", "staff", "practice")
ANYONE = "anyone"
"""The agency of words for people of an agency that only the context tells ("staff", "they")."""
OTHER = "other"
"""The agency of a phrase that only looks like a body's name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase in plain words, and what it names. `capital`: only where printed with a capital (Brook, Refuge)."""

    phrase: tuple[str, ...]
    agency: str
    tier: Tier
    capital: bool = False


Table = Mapping[str, Mapping[str, tuple[Entry, ...]]]
"""Entries by their first word and then by their second ("" for those of one word), the longest first."""


def entry(phrase: str, agency: str, tier: Tier) -> Entry:
    """A phrase as an entry of a table."""
    words = cut(phrase)
    capital = len(words) == 1 and phrase[:1].isupper() and not phrase.isupper()
    return Entry(words.plain, agency, tier, capital)


def table(entries: Iterable[Entry]) -> Table:
    """Entries in a table; where the same phrase comes twice, the later one holds."""
    unique = {each.phrase: each for each in entries if each.phrase}
    found: dict[str, dict[str, list[Entry]]] = {}
    for each in unique.values():
        second = each.phrase[1] if len(each.phrase) > 1 else ""
        found.setdefault(each.phrase[0], {}).setdefault(second, []).append(each)
    return {
        first: {second: tuple(sorted(each, key=_longest_first)) for second, each in seconds.items()}
        for first, seconds in found.items()
    }


def _longest_first(one: Entry) -> int:
    return -len(one.phrase)


@cache
def lexicon() -> Table:
    """The package's own words and the bodies of `joinedup.areas`. Raises AttributionDataError."""
    held = tomllib.loads(files("joinedup.attribution").joinpath("data/bodies.toml").read_text(encoding="utf-8"))
    if set(held) != {*AGENCIES, ANYONE, OTHER}:
        raise AttributionDataError(
            f"bodies.toml: agencies are {', '.join(AGENCIES)}, {ANYONE} and {OTHER}, not {', '.join(held)}"
        )
    entries = [entry(name, body.agency, "body") for body in all_bodies().values() for name in (body.name, *body.also)]
    entries += [entry(phrase, OTHER, "practice") for phrase in held[OTHER]["phrases"]]
    for agency in (*AGENCIES, ANYONE):
        if set(held[agency]) != set(TIERS):
            raise AttributionDataError(f"bodies.toml: {agency} has {', '.join(held[agency])}, not {', '.join(TIERS)}")
        entries += [entry(phrase, agency, tier) for tier in TIERS for phrase in held[agency][tier]]
    return table(entries)


def match_at(words: Words, at: int, table: Table) -> Entry | None:
    """The longest entry of a table that stands at a word."""
    plain = words.plain
    seconds = table.get(plain[at])
    if seconds is None:
        return None
    if at + 1 < len(plain):
        for each in seconds.get(plain[at + 1], ()):
            if plain[at : at + len(each.phrase)] == each.phrase:
                return each
    alone = seconds.get("")
    if alone is None or (alone[0].capital and not words.printed[at][0].isupper()):
        return None
    return alone[0]
