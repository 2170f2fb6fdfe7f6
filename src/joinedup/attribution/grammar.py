"""A statement as words and mentions in a row, and what stands before and after each mention.

No parser: the reports' sentences are plain, and the words next to a name tell most of what a parser would (who is
spoken of, by whom, with whom, whose). A mention stands as one element, so that "the police and the local authority's
children's services" is three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from joinedup.attribution.mentions import Mention
from joinedup.attribution.words import Words, word_set

PREPOSITIONS = word_set("by from to with between of in within for across at on among into against")
QUALIFIERS = word_set(
    "the a an all some most many both other relevant local key these those their its few several each any individual "
    "different senior frontline front-line front line specialist adult new own every wider statutory operational "
    "strategic good effective strong"
)
AUXILIARIES = word_set(
    "is are was were have had do did should must need can could will would may might has does hasn ha doe"
)
OPENERS = word_set("that which when where while although because if however but")
JOINS = frozenset(("and", ",", "or", "&"))
_FAR = 6


class Sentence(NamedTuple):
    """A statement taken apart into elements, side by side: each is a plain word, or None where a mention stands.

    `mentions` has the mention of each such element by its place; `sentence` the number of each element's sentence.
    """

    words: Words
    elements: tuple[str | None, ...]
    mentions: dict[int, Mention]
    sentence: tuple[int, ...]


def take_apart(words: Words, found: Iterable[Mention]) -> Sentence:
    """A text's words as elements, with the mentions found in them (in order)."""
    elements: list[str | None] = []
    sentence: list[int] = []
    mentions: dict[int, Mention] = {}
    at = 0
    for mention in found:
        elements += words.plain[at : mention.first]
        sentence += words.sentence[at : mention.first]
        mentions[len(elements)] = mention
        elements.append(None)
        sentence.append(words.sentence[mention.first])
        at = mention.last
    elements += words.plain[at:]
    sentence += words.sentence[at:]
    return Sentence(words, tuple(elements), mentions, tuple(sentence))


def relation_before(elements: Sequence[str | None], at: int) -> str:
    """What a mention depends on: a preposition, START of a sentence, CLAUSE, or X (another word)."""
    for back in range(at - 1, max(-1, at - 1 - _FAR), -1):
        word = elements[back]
        if word is None or word in QUALIFIERS or word in JOINS:
            continue
        if word in PREPOSITIONS:
            return word
        if word in ".;:!?":
            return "START"
        return "CLAUSE" if word in OPENERS else "X"
    return "START" if at <= _FAR and all(_passes(each) for each in elements[:at]) else "X"


def _passes(element: str | None) -> bool:
    return element is None or element in QUALIFIERS or element in JOINS


_AFTER = {"and": "AND", "or": "AND", ",": "COMMA", ".": "END", ";": "END", ":": "END", "who": "REL", "that": "REL"}
_ENDINGS = (("ly", "ADV"), ("ing", "ING"))


def word_after(sentence: Sentence, at: int) -> str:
    """What follows a mention: POSS (it is a possessive), MENTION, AUX, PREP, AND, COMMA, END, REL, ADV, ING or WORD."""
    if sentence.mentions[at].possessive:
        return "POSS"
    if at + 1 >= len(sentence.elements):
        return "END"
    word = sentence.elements[at + 1]
    if word is None:
        return "MENTION"
    if word in AUXILIARIES:
        return "AUX"
    if word in PREPOSITIONS:
        return "PREP"
    if word in _AFTER:
        return _AFTER[word]
    return next((name for ending, name in _ENDINGS if word.endswith(ending)), "WORD")
