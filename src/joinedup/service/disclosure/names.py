"""The rule for listed names: where a text holds one of them, whole, in part, or with a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from joinedup.service.disclosure.listed import PART, SHORTEST, Names, digest, fold, pair, slips
from joinedup.service.disclosure.model import Found, Looked, Strength

_ALWAYS_THERE = frozenset(
    re.findall(
        r"\w+",
        "a all an and as at but by can day do else for go he her his if in is it long may me more my no of on or "
        "see she so than the they to up us we will you",
    )
)
"""Words that begin many sentences and are names too."""
_ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "amber angel april art august autumn bill bishop black brown carter chance charity church cook court dale "
        "daisy dawn dean drew faith field ford forest frank gay gene good grace grant gray green hall hill holly "
        "honey hope hunt iris ivy jasmine jean joy june king knight lane law lee lily little love mark mason miles "
        "mill moon moss noble pat patience penny pearl pike poppy price prince rich river robin rob rose ruby sage "
        "sky small star stone storm strong summer sunny sue temple trinity victor violet wade wall ward way wells "
        "west white wood young",
    )
)
"""Other ordinary words that are names too."""

_GAP = 3
"""Letters that may lie between two parts that belong together: ", " or a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    raw: str
    plain: str


class _Asking:
    """Asks a list for words, each but once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[str, str], bool] = {}

    def holds(self, kind: str, words: str) -> bool:
        asked = kind, words
        if asked not in self._known:
            held = self._names.digests
            self._known[asked] = any(digest(secret, kind, words) in held for secret in self._names.secrets)
        return self._known[asked]

    def part(self, plain: str) -> str:
        """The part of a listed name that a word is, also with an s that stands for a possessive; else nothing."""
        if len(plain) >= SHORTEST and self.holds("part", plain):
            return plain
        cut = plain[:-1]
        return cut if plain.endswith("s") and len(cut) > SHORTEST and self.holds("part", cut) else ""

    def slip(self, word: _Word) -> bool:
        """Whether a word with a capital is a listed part but for one letter."""
        if not word.raw[0].isupper() or len(word.plain) > 40:
            return False
        forms = {word.plain, word.plain.removesuffix("s")}
        return any(self.holds("slip", slip) for form in forms for slip in slips(form))


@dataclass(frozen=True, slots=True)
class _Part:
    """One or two words that are a part of a listed name (`part`; empty for a slip), by their places among the words.

    `strength` is None for a word of every text, which counts only beside another part.
    """

    first: int
    last: int
    part: str
    strength: Strength | None


def listed_names(text: str, looked: Looked) -> Iterator[Found]:
    """Parts of listed names; two parts of one name near each other are certain, and one place."""
    if not looked.names.digests:
        return
    asking = _Asking(looked.names)
    words = [_Word(*each.span(), each[0], fold(each[0])) for each in PART.finditer(text)]
    held: _Part | None = None
    for each in _parts(text, words, asking):
        together = _together(held, each, asking) if held else None
        if together is None and held and held.strength:
            yield Found(words[held.first].start, words[held.last].end, held.strength)
        held = together or each
    if held and held.strength:
        yield Found(words[held.first].start, words[held.last].end, held.strength)


def _together(one: _Part, next_one: _Part, asking: _Asking) -> _Part | None:
    """Both as one where they are parts of one name, with at most one word between them, or a part beside a slip."""
    apart = next_one.first - one.last
    strength = None
    if apart <= 2 and one.part and next_one.part and asking.holds("pair", pair(one.part, next_one.part)):
        strength = Strength.CERTAIN
    elif apart == 1 and bool(one.part) != bool(next_one.part) and one.strength and next_one.strength:
        strength = one.strength if one.strength is Strength.CERTAIN else Strength.LIKELY
    return _Part(one.first, next_one.last, next_one.part or one.part, strength) if strength else None


def _parts(text: str, words: list[_Word], asking: _Asking) -> Iterator[_Part]:
    at = 0
    while at < len(words):
        found = _part_at(text, words, at, asking)
        if found:
            yield found
        at = found.last + 1 if found else at + 1


def _part_at(text: str, words: list[_Word], at: int, asking: _Asking) -> _Part | None:
    word = words[at]
    if part := asking.part(word.plain):
        return _Part(at, at, part, _strength(text, word, part))
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].start - word.end <= _GAP else None
    if after and (part := asking.part(word.plain + after.plain)):
        return _Part(at, at + 1, part, Strength.LIKELY)
    return _Part(at, at, "", Strength.HINT) if asking.slip(word) else None


def _strength(text: str, word: _Word, part: str) -> Strength | None:
    """How sure a part by itself is.

    An ordinary word in small letters cannot be told from the word, and counts only beside another part of the name;
    where it begins a sentence it is a hint.
    """
    if part not in _ORDINARY | _ALWAYS_THERE:
        return Strength.LIKELY
    if word.raw.islower():
        return None
    return Strength.HINT if _begins_a_sentence(text, word.start) else Strength.LIKELY


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 10) : start].rstrip(" \t\u00a0\"'“‘(")
    return not before or before[-1] in ".!?:;\n•"
