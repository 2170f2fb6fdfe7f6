"""Where a statement mentions bodies, each with its agency, and what grammar says of the mention.

A proper name of several words is one mention, whose agency is that of its last part ("Essex Partnership University NHS
Foundation Trust" is health). Relations come from the words round the mention alone; no parser is needed for what the
reports' plain sentences show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from joinedup.attribution.lexicon import ANYONE, OTHER, Table, Tier, lexicon, match_at
from joinedup.attribution.words import Words, is_possessive


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` up to, not including, `last` name an agency. `name`: with a report's own or a proper name."""

    first: int
    last: int
    agency: str
    tier: Tier
    possessive: bool
    local: bool


def find_mentions(words: Words, names: Table) -> tuple[Mention, ...]:
    """The mentions in a text, in order; `names` are the report's own, and go before the package's."""
    found: list[Mention] = []
    known = lexicon()
    free = 0
    plain = words.plain
    first = list(compress(range(len(plain)), map(known.__contains__, plain)))
    if names:
        first = sorted({*first, *compress(range(len(plain)), map(names.__contains__, plain))})
    for at in first:
        if at < free:
            continue
        hit = match_at(words, at, known)
        own = match_at(words, at, names) if names and plain[at] in names else None
        local = own is not None and (hit is None or len(own.phrase) >= len(hit.phrase))
        hit = own if local else hit
        if hit is not None:
            free = at + len(hit.phrase)
            found.append(Mention(at, free, hit.agency, hit.tier, is_possessive(words.printed[free - 1]), local))
    if not found:
        return ()
    return tuple(_referents(words, [each for each in _proper_names(words, found) if each.agency != OTHER]))


def _proper_names(words: Words, found: Sequence[Mention]) -> list[Mention]:
    """Mentions that run on in capitals joined into one, with the last one's agency."""
    joined: list[Mention] = []
    for each in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and each.agency != OTHER
            and each.first - before.last <= 2
            and each.tier == "body"
            and not before.possessive
            and all(word[0].isupper() for word in words.printed[before.first : each.last])
        ):
            each = Mention(before.first, each.last, each.agency, each.tier, each.possessive, each.local)
            joined[-1] = each
        else:
            joined.append(each)
    return joined


_INSIDE = frozenset({"in", "at", "within", "from", "of", "across"})
_LEAST = {"officer": "police", "force": "police", "trust": "health"}
"""Whom such a word names where nothing before it tells."""


def _referents(words: Words, found: Sequence[Mention]) -> list[Mention]:
    """Mentions of anyone given the agency of the body that they belong to or that was spoken of last.

    "Health and police staff": the words that stand directly before; "staff in the hospital": the body they are in;
    else ("they", "managers") the last body named in the sentence or the one before, as a `referent`.
    """
    told: list[Mention] = []
    for at, each in enumerate(found):
        if each.agency != ANYONE:
            told.append(each)
            continue
        before = told[-1] if told else None
        if before is not None and before.last == each.first and before.agency != ANYONE and before.tier != "practice":
            told[-1] = Mention(before.first, each.last, before.agency, before.tier, each.possessive, before.local)
            continue
        told.append(_referent(words, each, told, found[at + 1] if at + 1 < len(found) else None))
    return told


def _referent(words: Words, each: Mention, told: Sequence[Mention], after: Mention | None) -> Mention:
    """One mention of anyone with the agency that the context tells, or as it is."""
    if after is not None and after.agency != ANYONE and after.tier != "practice" and _is_inside(words, each, after):
        return _of(each, after.agency, each.tier)
    least = _LEAST.get(words.plain[each.last - 1])
    here = words.sentence[each.first]
    for before in reversed(told):
        if words.sentence[before.first] < here - 1:
            break
        if before.tier != "practice" and (before.agency == least if least else before.agency != ANYONE):
            return _of(each, before.agency, "referent")
    return each if least is None else _of(each, least, each.tier)


def _of(each: Mention, agency: str, tier: Tier) -> Mention:
    """A mention as one of an agency."""
    return Mention(each.first, each.last, agency, tier, each.possessive, each.local)


def _is_inside(words: Words, each: Mention, after: Mention) -> bool:
    """Whether the next mention is the body that these people are in ("staff in the hospital")."""
    return (
        after.first - each.last in (1, 2)
        and words.plain[each.last] in _INSIDE
        and words.sentence[after.first] == words.sentence[each.first]
    )
