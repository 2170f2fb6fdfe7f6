"""Where a statement mentions bodies, each with its agency, and what grammar says of the mention.

A proper name of several words is one mention, whose agency is that of its last part ("Essex Partnership University NHS
Foundation Trust" is health). Relations come from the words round the mention alone; no parser is needed for what the
reports' plain sentences show.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from joinedup.attribution.lexicon import ANYONE, OTHER, Table, Tier, find_phrases, lexicon
from joinedup.attribution.words import Words, is_possessive, plain_set


class Mention(NamedTuple):
    """Words `first` up to, not including, `last` name an agency. `local`: by a report's own name; `least`: whom a word
    for people of any agency names where nothing before it tells.

    A named tuple, since there are several in every statement and a frozen dataclass takes three times as long to make.
    """

    first: int
    last: int
    agency: str
    tier: Tier
    possessive: bool
    local: bool
    least: str | None = None


def find_mentions(words: Words, names: Table) -> tuple[Mention, ...]:
    """The mentions in a text, in order; `names` is a report's table, or empty where it taught no names."""
    found: list[Mention] = []
    for at, hit in find_phrases(words, names or lexicon()):
        last = at + len(hit.phrase)
        if last - at == 1 and not _is_a_name(words, at, found):
            continue
        agency = ANYONE if _is_the_agency(words, at, last) else hit.agency
        possessive = is_possessive(words.printed(last - 1))
        found.append(Mention(at, last, agency, hit.tier, possessive, hit.local, hit.least))
    if not found:
        return ()
    return tuple(_referents(words, [each for each in _proper_names(words, found) if each.agency != OTHER]))


_THE = ("the", "this", "that", "its")
_A_TRUST = ("the", "this", "its", "their", "each", "both", "every")
"""What stands before "trust" where it is a body and not what people have in one another."""
_PEOPLE = plain_set("child children person people parent parents carer carers leaver leavers")
_THEIR = frozenset(("their", "his", "her", "own"))


def _is_a_name(words: Words, at: int, found: Sequence[Mention]) -> bool:
    """Whether a word by itself names a body where it stands: not the trust that is built, nor the health or education
    that is somebody's own. `found` are the mentions before it."""
    word, before = words.plain[at], words.plain[at - 1] if at else ""
    if word == "trust":
        printed = words.printed(at)
        follows = bool(found) and found[-1].last == at and found[-1].tier == "body"
        return follows or before in _A_TRUST or printed[:1].isupper() or printed.endswith("s")
    if word in ("health", "education"):
        return before not in _THEIR and not (before in _PEOPLE and is_possessive(words.printed(at - 1)))
    return True


def _is_the_agency(words: Words, at: int, last: int) -> bool:
    """Whether words are "the agency", one that was named or an adoption agency, and not agencies together."""
    called = last - at == 1 and words.plain[at] == "agency" and at > 0 and words.plain[at - 1] in _THE
    return called and words.printed(at).lower().startswith("agency")


def _proper_names(words: Words, found: Sequence[Mention]) -> list[Mention]:
    """Mentions that run on in capitals joined into one, with the agency of the last that has one ("Kelder Police
    Youth Engagement Team" is the police's)."""
    joined: list[Mention] = []
    for each in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and each.agency != OTHER
            and each.first - before.last <= 2
            and each.tier == "body"
            and not before.possessive
            and all(map(words.is_capital, range(before.first, each.last)))
        ):
            agency = before.agency if each.agency == ANYONE and before.tier != "practice" else each.agency
            each = Mention(before.first, each.last, agency, each.tier, each.possessive, each.local)
            joined[-1] = each
        else:
            joined.append(each)
    return joined


INSIDE = frozenset({"in", "at", "within", "from", "of", "across"})
"""Words between people and the body that they are in."""
_CALLED = ("board", "trust")
_FAR = 2
"""How many sentences may end between a board's name and "the board"."""
_OFFICERS = ("police", "local_authority", "probation")
"""The agencies whose staff reports call officers."""


def _referents(words: Words, found: Sequence[Mention]) -> list[Mention]:
    """Mentions of anyone given the agency of the body that they belong to or that was spoken of last.

    "Health and police staff": the words that stand directly before; "staff in the hospital": the body they are in;
    else ("they", "managers") the last body named in the sentence or the one before, as a `referent`.
    """
    told: list[Mention] = []
    for at, called in enumerate(found):
        each = _as_named_before(words, called, told)
        if each.agency != ANYONE:
            told.append(each)
            continue
        before = told[-1] if told else None
        if before is not None and before.last == each.first and before.agency != ANYONE and before.tier != "practice":
            told[-1] = Mention(before.first, each.last, before.agency, before.tier, each.possessive, before.local)
            continue
        told.append(_referent(words, each, told, found[at + 1] if at + 1 < len(found) else None))
    return told


def _as_named_before(words: Words, each: Mention, told: Sequence[Mention]) -> Mention:
    """What is only called "the board" or "the trust", as a referent of that of another agency that has its name before
    it ("the corporate parenting board"), where no partnership is named before a board too; else as it is."""
    word, first = words.plain[each.first], each.first
    if word not in _CALLED or each.last - first > 1 or first == 0 or words.plain[first - 1] not in _THE:
        return each
    if word == "board" and any(one.agency == each.agency and one.tier == "body" for one in told):
        return each
    named = next((one for one in reversed(told) if words.plain[one.last - 1] == word), None)
    if named is None or named.agency == each.agency or words.ends(named.first, each.first) > _FAR:
        return each
    return _of(each, named.agency, "referent")


def _referent(words: Words, each: Mention, told: Sequence[Mention], after: Mention | None) -> Mention:
    """One mention of anyone with the agency that the context tells, or as it is."""
    if after is not None and after.agency != ANYONE and after.tier != "practice" and _is_inside(words, each, after):
        return _of(each, after.agency, each.tier)
    within_reach = takewhile(lambda one: words.ends(one.first, each.first) <= 1, reversed(told))
    named = [one for one in within_reach if one.agency != ANYONE and _may_be_meant(each, one)]
    for whose in _whose(words, each):
        before = next((one for one in named if whose is None or one.agency in whose), None)
        if before is not None:
            return _of(each, before.agency, "referent")
    return each if each.least is None else _of(each, each.least, each.tier)


def _may_be_meant(each: Mention, named: Mention) -> bool:
    """Whether a mention of anyone may stand for a body by the sort of its mention: what itself only stands for another
    body than a word names by itself is no reason for that word to name that body."""
    return named.tier != "practice" and (named.tier != "referent" or each.least in (None, named.agency))


def _whose(words: Words, each: Mention) -> Sequence[Sequence[str] | None]:
    """The agencies whose a mention of anyone can be, the likelier first; None for any. "Officers" are the police's, a
    council's or probation's, whichever was named last; in reports on the police the police's where they were named."""
    if each.least is None:
        return (None,)
    if words.plain[each.first] != "officer":
        return ((each.least,),)
    return (("police",), _OFFICERS) if each.least == "police" else (_OFFICERS,)


def _of(each: Mention, agency: str, tier: Tier) -> Mention:
    """A mention as one of an agency."""
    return Mention(each.first, each.last, agency, tier, each.possessive, each.local)


def _is_inside(words: Words, each: Mention, after: Mention) -> bool:
    """Whether the next mention is the body that these people are in ("staff in the hospital")."""
    return (
        after.first - each.last in (1, 2)
        and words.plain[each.last] in INSIDE
        and not words.ends(each.first, after.first)
    )
