"""A statement cut into words: what every other module of this room looks at.

Words are compared by a plain form: lower case, the plural and the possessive taken off, except that an abbreviation
keeps its capitals ("SPAs" is "SPA", and a spa is none; "Multi-Agency" in a name is no abbreviation).
"Police-commissioned" is two words, since the first names somebody. Marks that end or divide a clause stand as words of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from operator import itemgetter
from sys import intern

_WORD = re.compile(r"([^\W_]+(?:[-‑&](?!commissioned|funded|wide|run)[^\W_]+)*(?:['’][a-zA-Z]+)?['’]?|[.;:,()!?–—])")
_IRREGULAR = {
    "children": "child",
    "midwives": "midwife",
    "lives": "life",
    "people": "people",
    "staff": "staff",
    "nurseries": "nursery",
    "men": "man",
    "women": "woman",
}
_NO_PLURAL = ("ss", "us", "is", "ous")
ENDS = frozenset(".!?;")
"""Marks that end a sentence, or what reads as one."""
MARKS = frozenset(".;:()!?–—")
"""Marks that stand as words, but for the comma, which tells something of the words round it."""


def _is_title(word: str) -> bool:
    """Whether a word with a hyphen has its capitals as words in a name have ("Multi-Agency"): no abbreviation."""
    return "-" in word and all(part[1:].islower() for part in word.split("-"))


def _plain(word: str) -> str:
    word = word.replace("’", "'").replace("‑", "-")
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    word = word.rstrip("'")
    if sum(map(str.isupper, word)) >= 2 and not _is_title(word):
        return word[:-1] if word.endswith("s") else word
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURAL):
        return word[:-1]
    return word


class _PlainForms(dict[str, str]):
    """Plain forms by printed word, each worked out once: a report's words are few beside their uses.

    Each form is kept once (interned, as the weights' words are), so that looking it up compares no letters.
    """

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_FORMS:
            self.clear()
        form = self[word] = intern(_plain(word))
        return form


_MOST_FORMS = 100_000
_FORMS = _PlainForms()


def plain(word: str) -> str:
    """The form of a word by which it is compared."""
    return _FORMS[word]


def is_possessive(word: str) -> bool:
    """Whether a word as printed ends in the sign of the possessive."""
    return word.endswith(("'s", "’s", "s'", "s’"))


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as a line of text."""
    return frozenset(text.split())


def plain_set(text: str) -> frozenset[str]:
    """The plain forms of the words of a list written as a line of text as they are printed."""
    return frozenset(map(plain, text.split()))


STOP = word_set(
    "the a an this that these those of and to in for on is are was were be been it its their with by as at from or not"
)
"""Words that every text has."""


_Word = tuple[str, str, bool, int, int]
"""A word as printed; plain; whether it ends a sentence; letters passed over before it; letters to the next one's place
(where letters are passed over, the place is before them)."""
_PRINTED, _PLAIN, _ENDS, _STEP = (itemgetter(at) for at in (0, 1, 2, 4))


class _Pieces(dict[str, tuple[_Word, ...]]):
    """Words by what is printed between two spaces, each piece cut once: no word reaches over a space."""

    def __missing__(self, text: str) -> tuple[_Word, ...]:
        if len(self) >= _MOST_FORMS:
            self.clear()
        piece = self[text] = ((text, _FORMS[text], False, 0, len(text) + 1),) if text.isalnum() else _taken_apart(text)
        return piece


def _taken_apart(text: str) -> tuple[_Word, ...]:
    """The words of a piece that is more than one plain word."""
    parts = _WORD.split(text)  # what is between words, and words, by turns
    printed = parts[1::2]
    starts = tuple(accumulate(map(len, parts)))[:-1:2]
    places = (0, *starts[1:], len(text) + 1)
    return tuple(
        (word, _FORMS[word], word in ENDS, start - place, after - place)
        for word, start, (place, after) in zip(printed, starts, pairwise(places), strict=False)
    )


_PIECES = _Pieces()


@dataclass(eq=False)
class Words:
    """A text's words, plain side by side; as printed, where each starts, and which sentence it is in, when asked."""

    text: str
    plain: tuple[str, ...]
    _words: list[_Word]

    def __len__(self) -> int:
        return len(self.plain)

    def all_printed(self) -> Iterator[str]:
        """The words as printed."""
        return map(_PRINTED, self._words)

    def printed(self, at: int) -> str:
        """One word as printed."""
        return self._words[at][0]

    def is_capital(self, at: int) -> bool:
        """Whether a word is printed with a capital."""
        return self._words[at][0][0].isupper()

    def start(self, at: int) -> int:
        """The place of a word's first letter in the text."""
        return self._places[at] + self._words[at][3]

    def starts(self, chosen: Iterable[int]) -> list[int]:
        """The place of the first letter of each of some words."""
        places, words = self._places, self._words
        return [places[at] + words[at][3] for at in chosen]

    @cached_property
    def _places(self) -> list[int]:
        """Each word's place: its first letter, or the first of those passed over before it."""
        places = list(accumulate(map(_STEP, self._words), initial=0))
        if places[-1] == len(self.text) + 1:
            return places
        starts = tuple(accumulate(map(len, _WORD.split(self.text))))[:-1:2]  # a piece without a word lies between
        return [start - word[3] for start, word in zip(starts, self._words, strict=True)]

    @cached_property
    def sentence(self) -> tuple[int, ...]:
        """The number of each word's sentence, from 0."""
        return tuple(accumulate(map(_ENDS, self._words), initial=0))[: len(self.plain)]

    def ends(self, first: int, last: int) -> int:
        """How many sentences end from one word to another (`last` is not included)."""
        return sum(map(_ENDS, self._words[first:last]))

    def between(self, first: int, last: int) -> str:
        """The text as printed from one word to another (`last` is not included), the possessive's sign left out."""
        text = self.text[self.start(first) : self.start(last - 1) + len(self._words[last - 1][0])]
        return text.removesuffix("'s").removesuffix("’s").rstrip("'’")


def telling(words: Words) -> set[str]:
    """The words of a text that may tell something: no marks, and none of those that every text has."""
    return {word for word in words.plain if word not in STOP and word[0].isalnum()}


def cut(text: str) -> Words:
    """A text as its words."""
    words = list(chain.from_iterable(map(_PIECES.__getitem__, text.split(" "))))
    return Words(text, tuple(map(_PLAIN, words)), words)
