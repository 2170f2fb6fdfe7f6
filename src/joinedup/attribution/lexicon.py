"""The words that name bodies: the package's own list, the bodies that `joinedup.areas` knows, a report's local names.

Matching goes word by word from a table by first word, the longest phrase first, so that "school nurse" is health and
no school, and "police station" is nobody. One lookup a word keeps it fast whatever the length of the list; the next
word tells which few phrases are worth comparing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, compress
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
_LEAST = {"officer": "local_authority", "force": "police", "trust": "health"}
"""Whom such a word by itself names where nothing before it tells: a "training officer" is nobody's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase in plain words, and what it names. `capital`: only where printed with a capital (Brook, Refuge).

    `local`: a report's own name. `least`: whom a word for people of any agency names where nothing before it tells.
    """

    phrase: tuple[str, ...]
    agency: str
    tier: Tier
    capital: bool = False
    local: bool = False
    least: str | None = None


Table = Mapping[str, Mapping[str, tuple[Entry, ...]]]
"""Entries by their first word and then by the word after it, the longest first; "" stands for any other word, and has
those of one word, which stand last under every word too."""


def entry(phrase: str, agency: str, tier: Tier, *, local: bool = False, least: str | None = None) -> Entry:
    """A phrase as an entry of a table."""
    words = cut(phrase)
    capital = len(words) == 1 and phrase[:1].isupper() and not phrase.isupper()
    return Entry(words.plain, agency, tier, capital, local, least)


def table(entries: Iterable[Entry]) -> Table:
    """Entries in a table; where the same phrase comes twice, the later one holds."""
    return {first: _by_second(each) for first, each in _by_first(entries).items()}


def with_own(own: Iterable[Entry]) -> Table:
    """The lexicon with a report's own entries, which go before others of the same length."""
    known = lexicon()
    found = dict(known)
    for first, each in _by_first(own).items():
        found[first] = _by_second((*each, *dict.fromkeys(chain.from_iterable(known.get(first, {}).values()))))
    return found


def _by_first(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    found: dict[str, list[Entry]] = {}
    for each in {each.phrase: each for each in entries if each.phrase}.values():
        found.setdefault(each.phrase[0], []).append(each)
    return found


def _by_second(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """Entries of one first word by their second; among those of the same length the order stays."""
    found: dict[str, list[Entry]] = {"": []}
    for each in sorted(entries, key=lambda one: -len(one.phrase)):
        found.setdefault(each.phrase[1] if len(each.phrase) > 1 else "", []).append(each)
    alone = found.pop("")
    return {"": tuple(alone), **{second: (*each, *alone) for second, each in found.items()}}


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
        least = _LEAST if agency == ANYONE else {}
        entries += [
            entry(phrase, agency, tier, least=least.get(phrase)) for tier in TIERS for phrase in held[agency][tier]
        ]
    return table(entries)


def find_phrases(words: Words, table: Table) -> Iterator[tuple[int, Entry]]:
    """The longest entry of a table at each word that none before it takes, with the word's place."""
    plain = words.plain
    after = (*plain[1:], "")
    free = 0
    for at in compress(range(len(plain)), map(table.__contains__, plain)):
        if at >= free:
            seconds = table[plain[at]]
            for each in seconds.get(after[at]) or seconds[""]:
                end = at + len(each.phrase)
                if plain[at:end] == each.phrase and not (each.capital and not words.is_capital(at)):
                    free = end
                    yield at, each
                    break
