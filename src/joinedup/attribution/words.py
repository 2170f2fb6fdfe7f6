"""A statement cut into words: what every other module of this room looks at.

Words are compared by a plain form: lower case, the plural and the possessive taken off, except that an abbreviation
keeps its capitals ("SPAs" is "SPA", and a spa is none). "Police-commissioned" is two words, since the first names
somebody. Marks that end or divide a clause stand as words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

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


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words side by side: as printed, plain, where each starts, and which sentence it is in."""

    text: str
    printed: tuple[str, ...]
    plain: tuple[str, ...]
    starts: tuple[int, ...]
    sentence: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.printed)

    def between(self, first: int, last: int) -> str:
        """The text as printed from one word to another (`last` is not included), the possessive's sign left out."""
        start, end = self.starts[first], self.starts[last - 1] + len(self.printed[last - 1])
        return self.text[start:end].removesuffix("'s").removesuffix("’s").rstrip("'’")


def cut(text: str) -> Words:
    """A text as its words."""
    parts = _WORD.split(text)  # what is between words, and words, by turns
    printed = tuple(parts[1::2])
    return Words(
        text,
        printed,
        tuple(map(_FORMS.__getitem__, printed)),
        tuple(accumulate(map(len, parts)))[:-1:2],
        tuple(accumulate(map(ENDS.__contains__, printed), initial=0))[: len(printed)],
    )
