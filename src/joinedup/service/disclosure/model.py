"""What a look over a text finds, and what a rule of that look is."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from joinedup.service.disclosure.listed import NO_NAMES, Names


class Strength(StrEnum):
    """How sure the look is that a place is what its rule looks for."""

    CERTAIN = "certain"
    LIKELY = "likely"
    HINT = "hint"


class Found(NamedTuple):
    """A place in a text, from letter `start` until (not with) `end`, and how sure the rule is of it."""

    start: int
    end: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look knows beside the text: the day from which ages are counted, and the names that must not appear."""

    today: dt.date
    names: Names = NO_NAMES


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    `title` says to a person what was found, `why` why that matters. Where `in_its_sentence`, a hit's key is that of its
    words in their sentence: "one child" is harmless in one and not in the next.
    """

    key: str
    title: str
    why: str
    find: Callable[[str, Looked], Iterable[Found]]
    in_its_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text that a rule found: from letter `start` until (not with) `end`, which are `words`.

    `key` stays the same while the words do, in the same kind of place (see `look`); a decision refers to it.
    """

    rule: str
    title: str
    why: str
    strength: Strength
    start: int
    end: int
    words: str
    key: str


def hit(rule: Rule, found: Found, text: str, looked: Looked, place: str) -> Hit:
    """What a rule found, with its words and the key that decisions refer to."""
    words = text[found.start : found.end]
    told = _sentence(text, found) if rule.in_its_sentence else words
    key = _key(looked.names, rule.key, place, told)
    return Hit(rule.key, rule.title, rule.why, found.strength, found.start, found.end, words, key)


_AROUND = 200
_ENDS = re.compile(r"[.!?\n]")
_NO_WORD = re.compile(r"[\W_]+")


def _sentence(text: str, found: Found) -> str:
    """The sentence around a place, or as much of it as lies within `_AROUND` letters."""
    before = text[max(0, found.start - _AROUND) : found.start]
    after = text[found.end : found.end + _AROUND]
    begin = max((end.end() for end in _ENDS.finditer(before)), default=0)
    end = _ENDS.search(after)
    return before[begin:] + text[found.start : found.end] + (after[: end.start()] if end else after)


def _key(names: Names, rule: str, place: str, words: str) -> str:
    """The same for words that differ in case, spaces and punctuation alone.

    Keyed with the inspection's secret: a decision kept after the words have gone must not give them away to somebody
    who tries all numbers.
    """
    plain = _NO_WORD.sub("", words.casefold())
    secret = names.secrets[0] if names.secrets else b""
    return hashlib.blake2b(
        f"{rule}\0{place}\0{plain}".encode(errors="surrogatepass"), key=secret, digest_size=10
    ).hexdigest()
