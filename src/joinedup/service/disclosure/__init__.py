"""A look over words for what could identify a child. It says what and where; a person decides what becomes of it.

`look` is pure: a text, the day, and the inspection's list of names that must not appear go in, places in the text come
out, each by a named rule of `RULES`. It knows nothing of who wrote the text or where it goes, and takes time in
proportion to the text's length, whatever the text.

How decisions refer to hits: every hit has a `key` of 20 letters. It stays the same while the same rule finds the same
words (case, spaces and punctuation aside) in the same kind of place, so that a decision holds when the text around it
is edited, and ends when the words themselves change. For the rules about small numbers and "the only child", the words
are those of the whole sentence. `place` is the caller's word for the kind of place ("finding", "narrative"): the same
telephone number may be right in one and wrong in another. A publisher keeps (key, decision, who, when), looks again
at what is about to leave, and lets it go when every hit has a decision that lets it stand: `undecided(hits, decided)`.
A key gives its words away to nobody who lacks the inspection's secret, provided that `names` carries it.

`look` finds no names but those listed, and does not know a child from a member of staff. It asks a person to look
again, and proves nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator

from joinedup.service.disclosure.listed import NO_NAMES, Names, NotANameError
from joinedup.service.disclosure.model import Found, Hit, Looked, Rule, Strength, hit
from joinedup.service.disclosure.rules import IDENTIFIERS, RULES

__all__ = [
    "IDENTIFIERS",
    "NO_NAMES",
    "RULES",
    "Hit",
    "Names",
    "NotANameError",
    "Rule",
    "Strength",
    "fingerprint",
    "look",
    "undecided",
]


_LIKE = str.maketrans("İıſ\u212a", "IisK")
"""Letters that stand for others where capitals do not count, one for one: the dotted and the undotted i, the long s,
and the sign of the kelvin. Rules find words by them and could not look the words up in their tables. A capital stays
one: by it a name is told from a word."""


def look(
    text: str, today: dt.date, *, names: Names = NO_NAMES, place: str = "", rules: Iterable[Rule] = RULES
) -> tuple[Hit, ...]:
    """What in a text could identify a child, in the order of the text. `today` is what ages are counted from."""
    looked, plain = Looked(today, names), text.translate(_LIKE)
    hits = [hit(rule, found, text, looked, place) for rule in rules for found in _apart(rule.find(plain, looked))]
    return tuple(sorted(hits, key=lambda each: (each.start, each.end, each.rule)))


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Of places that overlap, the surer and then the longer."""
    order = list(Strength)
    taken: list[Found] = []
    end = -1
    for each in sorted(found, key=lambda one: (one.start, order.index(one.strength), -one.end)):
        if each.start >= end:
            taken.append(each)
        elif (order.index(each.strength), each.start - each.end) < (
            order.index(taken[-1].strength),
            taken[-1].start - taken[-1].end,
        ):
            taken[-1] = each
        end = taken[-1].end
    return iter(taken)


def undecided(hits: Iterable[Hit], decided: Collection[str]) -> tuple[Hit, ...]:
    """The hits whose keys are not among those that a person has let stand."""
    return tuple(each for each in hits if each.key not in decided)


def fingerprint(hits: Iterable[Hit]) -> str:
    """A short digest of what was found, so that a person's "yes" counts for just that; empty where nothing was."""
    found = sorted({(each.rule, each.words) for each in hits})
    return hashlib.sha256(repr(found).encode(errors="surrogatepass")).hexdigest()[:16] if found else ""
