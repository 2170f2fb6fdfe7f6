"""A statement cut into words: what every other module of this room looks at.

Words are compared by a plain form: lower case, the plural and the possessive taken off, except that an abbreviation
keeps its capitals ("SPAs" is "SPA", and a spa is none). "Police-commissioned" is two words, since the first names
somebody. Marks that end or divide a clause stand as words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from operator import add

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


def _plain(word: str) -> str:
    word = word.replace("’", "'").replace("‑", "-")
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    word = word.rstrip("'")
    if sum(letter.isupper() for letter in word) >= 2:
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
    """Plain forms by printed word, each worked out once: a report's words are few beside their uses."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_FORMS:
            self.clear()
        form = self[word] = _plain(word)
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


_Word = tuple[str, str, bool, int, int]
"""A word as printed; plain; whether it ends a sentence; letters passed over before it; letters to the next one's place
(where letters are passed over, the place is before them)."""


class _Pieces(dict[str, tuple[_Word, ...]]):
    """Words by what is printed between two spaces, each piece cut once: no word reaches over a space."""

    def __missing__(self, text: str) -> tuple[_Word, ...]:
        if len(self) >= _MOST_FORMS:
            self.clear()
        parts = _WORD.split(text)  # what is between words, and words, by turns
        printed = parts[1::2]
        starts = tuple(accumulate(map(len, parts)))[:-1:2]
        places = (0, *starts[1:], len(text) + 1)
        piece = self[text] = tuple(
            (word, _FORMS[word], word in ENDS, start - place, after - place)
            for word, start, (place, after) in zip(printed, starts, pairwise(places), strict=False)
        )
        return piece


_PIECES = _Pieces()


@dataclass(frozen=True)
class Words:
    """A text's words side by side: plain, and, worked out when asked for, as printed, where each starts, and which
    sentence it is in."""

    text: str
    plain: tuple[str, ...]
    _words: list[_Word]

    def __len__(self) -> int:
        return len(self.plain)

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The words as printed."""
        return tuple([word[0] for word in self._words])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The place of each word's first letter in the text."""
        places = list(accumulate([word[4] for word in self._words], initial=0))
        if places[-1] != len(self.text) + 1:  # a piece without a word lies between
            return tuple(accumulate(map(len, _WORD.split(self.text))))[:-1:2]
        return tuple(map(add, places, [word[3] for word in self._words]))

    @cached_property
    def sentence(self) -> tuple[int, ...]:
        """The number of each word's sentence, from 0."""
        return tuple(accumulate([word[2] for word in self._words], initial=0))[: len(self.plain)]

    def between(self, first: int, last: int) -> str:
        """The text as printed from one word to another (`last` is not included), the possessive's sign left out."""
        starts = self.starts
        start, end = starts[first], starts[last - 1] + len(self._words[last - 1][0])
        return self.text[start:end].removesuffix("'s").removesuffix("’s").rstrip("'’")


def cut(text: str) -> Words:
    """A text as its words."""
    words: list[_Word] = []
    for piece in map(_PIECES.__getitem__, text.split(" ")):
        words += piece
    return Words(text, tuple([word[1] for word in words]), words)
