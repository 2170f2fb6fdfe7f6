"""A statement cut into words: what every other module of this room looks at.

Words are compared by a plain form: lower case, the plural and the possessive taken off, except that an abbreviation
keeps its capitals ("SPAs" is "SPA", and a spa is none). Marks that end or divide a clause stand as words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-‑&][^\W_]+)*(?:['’][a-zA-Z]+)?['’]?|[.;:,()!?–—]")
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
_SENTENCE_ENDS = frozenset(".!?;")


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """The form of a word by which it is compared."""
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


@lru_cache(maxsize=65536)
def is_possessive(word: str) -> bool:
    """Whether a word as printed ends in the sign of the possessive."""
    return word.endswith(("'s", "’s", "s'", "s’"))


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as a line of text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words side by side: as printed, plain, where each starts and ends, and which sentence it is in."""

    text: str
    printed: tuple[str, ...]
    plain: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentence: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.printed)

    def between(self, first: int, last: int) -> str:
        """The text as printed from one word to another (`last` is not included), the possessive's sign left out."""
        start, end = self.spans[first][0], self.spans[last - 1][1]
        return self.text[start:end].removesuffix("'s").removesuffix("’s").rstrip("'’")


def cut(text: str) -> Words:
    """A text as its words."""
    matches = list(_WORD.finditer(text))
    printed = tuple([match.group() for match in matches])
    sentence: list[int] = []
    number = 0
    for word in printed:
        sentence.append(number)
        if word in _SENTENCE_ENDS:
            number += 1
    return Words(
        text,
        printed,
        tuple([plain(word) for word in printed]),
        tuple([match.span() for match in matches]),
        tuple(sentence),
    )
