"""The themes that a statement can be about: a taxonomy kept as data, with the words that may name each.

`data/themes.toml` is the taxonomy; `docs/reference/themes.md` is written from it. A pattern is tried only at words
that begin as it does, so the time goes with the length of the text and hardly with that of the taxonomy. Whether a
statement is about a theme that it names is for `joinedup.attribution.about` to tell.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress, count
from typing import Any

from joinedup.areas.words import fold
from joinedup.attribution.errors import AttributionDataError, UnknownThemeError
from joinedup.attribution.words import Words

_FIELDS = {"title": str, "description": str, "source": str, "patterns": list}
_KEY = re.compile(r"[a-z][a-z_]*")
_START = re.compile(r"[a-z0-9&]+")
_SIZES = (2, 3, 4)
"""How many first letters of a pattern are looked up."""
_REST = r"[\w'-]*"
_STRAIGHT = str.maketrans("’‘‑", "''-")
_MOST_NEAR = 4
"""Themes that are offered in place of one that there is none of."""


@dataclass(frozen=True, slots=True)
class ThemeOfTaxonomy:
    """One theme: its key, title, what it covers, where that is defined, and patterns of the words that may name it."""

    key: str
    title: str
    description: str
    source: str
    patterns: tuple[re.Pattern[str], ...]


_Match = Callable[[str, int], re.Match[str] | None]
"""A pattern's `match`."""
_Candidate = tuple[tuple[tuple[int, int], ...], _Match | None, tuple[tuple[int, _Match], ...]]
"""The themes (by their number in the taxonomy) that a word names by itself, with how many of its letters do; a match
for all patterns that begin with it and reach further; and the match of each, with the number of its theme."""


@cache
def themes() -> tuple[ThemeOfTaxonomy, ...]:
    """The taxonomy, in its order. Raises AttributionDataError where the file is not as it must be."""
    held = tomllib.loads(files("joinedup.attribution").joinpath("data/themes.toml").read_text(encoding="utf-8"))
    return tuple(read_theme(key, entry) for key, entry in held.items())


def read_theme(key: str, entry: dict[str, Any]) -> ThemeOfTaxonomy:
    """One entry of the taxonomy, checked. Raises AttributionDataError."""
    if not _KEY.fullmatch(key):
        raise AttributionDataError(f"themes.toml: {key!r} is no key (small letters and underscores)")
    if not isinstance(entry, dict) or set(entry) != set(_FIELDS):
        raise AttributionDataError(f"themes.toml: {key} must have {', '.join(_FIELDS)} and nothing else")
    for name, kind in _FIELDS.items():
        if not isinstance(entry[name], kind) or not entry[name]:
            raise AttributionDataError(f"themes.toml: {name} of {key} is empty or no {kind.__name__}")
    patterns = tuple(_pattern(key, pattern) for pattern in entry["patterns"])
    return ThemeOfTaxonomy(key, entry["title"], entry["description"], entry["source"], patterns)


def _pattern(key: str, pattern: Any) -> re.Pattern[str]:
    if not isinstance(pattern, str) or len(start_of(pattern)) < _SIZES[0]:
        raise AttributionDataError(f"themes.toml: a pattern of {key} must start with two letters, not {pattern!r}")
    try:
        return re.compile(pattern + _REST)
    except re.error as error:
        raise AttributionDataError(f"themes.toml: {key}: {pattern!r} cannot be read: {error}") from error


def start_of(pattern: str) -> str:
    """The letters with which all that a pattern matches begins ("" where they differ)."""
    found = _START.match(pattern)
    if found is None or re.search(r"\|(?![^(]*\))", pattern):
        return ""
    letters = found.group()
    return letters[:-1] if pattern[found.end() : found.end() + 1] in ("?", "*", "{") else letters


@cache
def _by_start() -> Mapping[str, tuple[tuple[int, re.Pattern[str], str], ...]]:
    """The patterns, with their theme's number and all the letters they begin with, by the first few of these."""
    found: defaultdict[str, list[tuple[int, re.Pattern[str], str]]] = defaultdict(list)
    for number, theme in enumerate(themes()):
        for pattern in theme.patterns:
            start = start_of(pattern.pattern)
            found[start[: _SIZES[-1]]].append((number, pattern, start))
    return {start: tuple(patterns) for start, patterns in found.items()}


class _Candidates(dict[str, _Candidate | None]):
    """What a word may name, by the word as printed, each worked out once; None where it names nothing.

    Patterns of one word are tried once and for all: their themes come first, each with the letters that it takes. Of
    those that reach further there is one pattern of them all: mostly it does not match, and the others need no look.
    """

    def __missing__(self, word: str) -> _Candidate | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        patterns, small = _by_start(), word.translate(_STRAIGHT).lower()
        if small in _CAPITALS and not word.isupper():
            self[word] = None
            return None
        each = [
            (number, pattern)
            for size in _SIZES
            for number, pattern, start in patterns.get(small[:size].ljust(size), ())
            if small.startswith(start) and (small == start or not _is_word(pattern, start))
        ]
        alone = [(number, pattern.match(small)) for number, pattern in each if not _reaches_further(pattern)]
        further = tuple((number, pattern) for number, pattern in each if _reaches_further(pattern))
        known = tuple((number, hit.end()) for number, hit in alone if hit)
        matches = tuple((number, pattern.match) for number, pattern in further)
        anything = _any(tuple(pattern for _, pattern in further)).match if further else None
        found = self[word] = (known, anything, matches) if known or further else None
        return found


def _is_word(pattern: re.Pattern[str], start: str) -> bool:
    """Whether the letters that a pattern begins with are a whole word: a space follows."""
    return pattern.pattern[len(start) : len(start) + 1] == " "


def _reaches_further(pattern: re.Pattern[str]) -> bool:
    """Whether what a pattern matches may be more than one word."""
    return " " in pattern.pattern or "." in pattern.pattern


@cache
def _any(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """One pattern that matches where one of them does."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns)) if patterns[1:] else patterns[0]


_CAPITALS = {"send"}
"""Words that name a theme in capitals alone: the police send notifications, and SEND is a field of work."""
_MOST_WORDS = 100_000
_CANDIDATES = _Candidates()


def get_theme(key: str) -> ThemeOfTaxonomy:
    """The theme of that key. Raises AttributionDataError."""
    found = next((theme for theme in themes() if theme.key == key), None)
    if found is None:
        raise AttributionDataError(f"no theme has the key {key!r}; `joinedup.attribution.themes()` lists them")
    return found


def find_theme(text: str) -> ThemeOfTaxonomy:
    """The theme of that key or title as people type them: in any case, with or without signs, and with hyphens,
    underscores and spaces alike. Raises UnknownThemeError."""
    words = _plain(text)
    found = _by_name().get(words)
    if found is None:
        raise UnknownThemeError(text, _near(words), tuple(theme.key for theme in themes()))
    return found


def theme_title(key: str) -> str:
    """What the theme of a key is called; a key that the taxonomy no longer has, in words."""
    found = _by_name().get(_plain(key))
    return found.title if found else key.replace("_", " ").capitalize()


@cache
def _by_name() -> dict[str, ThemeOfTaxonomy]:
    return {_plain(name): theme for theme in themes() for name in (theme.key, theme.title)}


def _plain(text: str) -> str:
    return " ".join(fold(text).casefold().split())


def _near(words: str) -> tuple[str, ...]:
    """The titles of a few themes whose key or title holds the words, else is spelt like them."""
    import difflib  # only a mistake needs it, and it is slow to import

    asked = set(words.split())
    holding = [name for name in _by_name() if asked and asked <= set(name.split())]
    names = holding or difflib.get_close_matches(words, _by_name(), n=_MOST_NEAR)
    return tuple(dict.fromkeys(_by_name()[name].title for name in names))[:_MOST_NEAR]


def named(words: Words) -> list[tuple[int, tuple[int, int]]]:
    """The number (its place in the taxonomy) of each theme that a text names, with where, in the order of the text."""
    candidates = list(map(_CANDIDATES.__getitem__, words.all_printed()))
    known = list(compress(count(), candidates))
    found: list[tuple[int, tuple[int, int]]] = []
    lower = ""
    for start, (alone, anything, patterns) in zip(words.starts(known), filter(None, candidates), strict=True):
        for number, letters in alone:
            found.append((number, (start, start + letters)))
        if anything is not None:
            lower = lower or _small(words.text)
            if anything(lower, start) is not None:
                for number, pattern in patterns:
                    hit = pattern(lower, start)
                    if hit is not None:
                        found.append((number, hit.span()))
    return found


def _small(text: str) -> str:
    """A text in small letters with straight quotes, every letter where it was."""
    straight = text.replace("’", "'").replace("‘", "'").replace("‑", "-")
    small = straight.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in straight)
