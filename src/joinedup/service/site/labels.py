"""An area's name in the few short lines that a map tile has room for.

Words stand on lines of their own where they fit; a word too long for a line is divided before one of the endings that
English place names are built from ("Notting-hamshire"), else where the line is full. A name that is a list ("Ashby,
Birch and Cole") becomes its initials, as people call such areas.
"""

from __future__ import annotations

from functools import lru_cache

LINE = 10
"""Characters that fit on one line of a tile."""
LINES = 3

ENDINGS = (
    "shire", "hamshire", "tershire", "tonshire", "umberland", "borough", "brough", "chester", "minster", "bourne",
    "mouth", "smith", "field", "worth", "stead", "combe", "land", "ton", "hampton", "pool", "wich", "ford", "ham",
)  # fmt: skip

SMALL_WORDS = {"and": "&"}
LONG_WORDS = {"North": "N", "South": "S", "East": "E", "West": "W"}


@lru_cache(maxsize=1024)
def tile_lines(name: str) -> tuple[str, ...]:
    """One to three lines of at most ten characters; the full name always stands in the link's own words."""
    if "," in name:
        return ("".join(word[0] for word in name.split() if word[0].isupper()),)
    lines: list[str] = []
    for word in _shortened(name.replace("-", "- ").split()):
        joint = "" if lines and lines[-1].endswith("-") else " "
        if lines and len(lines[-1]) + len(joint) + len(word) <= LINE:
            lines[-1] = f"{lines[-1]}{joint}{word}"
        else:
            lines.extend(_divided(word))
    if len(lines) <= LINES:
        return tuple(lines)
    return (*lines[: LINES - 1], lines[LINES - 1][: LINE - 1] + "…")


def _shortened(words: list[str]) -> list[str]:
    """Small words as signs always; points of the compass as letters where the name is long."""
    long = len(words) > 2 or any(len(word) > LINE for word in words)
    short = {**SMALL_WORDS, **(LONG_WORDS if long else {})}
    return [short.get(word, word) for word in words]


def _divided(word: str) -> list[str]:
    """A word as one line, or as two or more with hyphens."""
    if len(word) <= LINE:
        return [word]
    for ending in ENDINGS:
        head = len(word) - len(ending)
        if word.endswith(ending) and 2 < head < LINE:
            return [word[:head] + "-", ending]
    return [word[: LINE - 1] + "-", *_divided(word[LINE - 1 :])]
