"""What a statement is about: themes of a taxonomy kept as data, each with the words that named it.

`data/themes.toml` is the taxonomy; `docs/reference/themes.md` is written from it. A pattern is tried only at words
that begin as it does, so the time goes with the length of the text and hardly with that of the taxonomy.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress, count
from typing import Any

from joinedup.areas.words import fold
from joinedup.attribution.errors import AttributionDataError, UnknownThemeError
from joinedup.attribution.model import Statement, Theme
from joinedup.attribution.words import Words, cut

_FIELDS = {"title": str, "description": str, "source": str, "patterns": list}
_KEY = re.compile(r"[a-z][a-z_]*")
_START = re.compile(r"[a-z0-9&]+")
_SIZES = (2, 3, 4)
"""How many first letters of a pattern are looked up."""
_REST = r"[\w'-]*"
_STRAIGHT = str.maketrans("’‘‑", "''-")
_AGAIN, _ONCE, _HEADING = 0.95, 0.85, 0.6
"""How sure a theme is that is named more than once, once, or only by the heading above."""
_MOST_NEAR = 4
"""Themes that are offered in place of one that there is none of."""


@dataclass(frozen=True, slots=True)
class ThemeOfTaxonomy:
    """One theme: its key, title, what it covers, where that is defined, and the patterns of the words that name it."""

    key: str
    title: str
    description: str
    source: str
    patterns: tuple[re.Pattern[str], ...]


_Match = Callable[[str, int], re.Match[str] | None]
"""A pattern's `match`."""
_Patterns = tuple[tuple[int, _Match], ...]
"""Patterns' matches, each with the number of its theme in the taxonomy."""


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


class _Candidates(dict[str, tuple[_Match, _Patterns] | None]):
    """The patterns that may match at a word, by the word as printed, each worked out once; None where there is none.

    First comes one pattern of them all: mostly it does not match, and the others need no look.
    """

    def __missing__(self, word: str) -> tuple[_Match, _Patterns] | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        patterns, small = _by_start(), word.translate(_STRAIGHT).lower()
        each = tuple(
            (number, pattern)
            for size in _SIZES
            for number, pattern, start in patterns.get(small[:size].ljust(size), ())
            if small.startswith(start) or start.startswith(small)
        )
        matches = tuple((number, pattern.match) for number, pattern in each)
        found = self[word] = (_any(tuple(pattern for _, pattern in each)).match, matches) if each else None
        return found


@cache
def _any(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """One pattern that matches where one of them does."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns)) if patterns[1:] else patterns[0]


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


def find_themes(statement: Statement, words: Words | None = None) -> tuple[Theme, ...]:
    """The themes of a statement, in the taxonomy's order; those of its heading only where the text names none.

    `words` are the statement's, where they are cut already.
    """
    taxonomy = themes()
    text = statement.text
    named = _named(words or cut(text))
    if not named and statement.section:
        return _of_heading(statement.section)
    sure: dict[int, float] = {}
    first: dict[int, tuple[int, int]] = {}
    for number, span in named:
        sure[number] = _AGAIN if number in first else _ONCE
        first.setdefault(number, span)
    return tuple(
        [
            Theme(taxonomy[number].key, text[start:end], start, end, sure[number])
            for number, (start, end) in sorted(first.items())
        ]
    )


@lru_cache(maxsize=4096)
def _of_heading(section: str) -> tuple[Theme, ...]:
    """The themes that a heading names; many statements stand under one."""
    return tuple(
        Theme(themes()[number].key, section[start:end], None, None, _HEADING)
        for number, (start, end) in sorted(dict(_named(cut(section))).items())
    )


def _named(words: Words) -> list[tuple[int, tuple[int, int]]]:
    """The number of each theme that a text names, with where."""
    candidates = list(map(_CANDIDATES.__getitem__, words.all_printed))
    known = list(compress(count(), candidates))
    found: list[tuple[int, tuple[int, int]]] = []
    lower = _small(words.text)
    for start, (anything, patterns) in zip(words.starts(known), filter(None, candidates), strict=True):
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
