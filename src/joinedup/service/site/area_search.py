"""Finding an area by what people type: a name of any age, a code, a part of a name, or something near it."""

from __future__ import annotations

import difflib
import unicodedata

from joinedup.areas import AmbiguousAreaError, Area, UnknownAreaError, areas, find_area

NEAR = 5
LIKENESS = 0.6


def plain(text: str) -> str:
    """Lower case without accents, signs or double spaces: how names are compared."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def full_name(area: Area) -> str:
    """The area's name; with its last year where another area has borne the name since (Dorset)."""
    if area.end and any(other.name == area.name and other.slug != area.slug for other in areas(fictional=True)):
        return f"{area.name} (until {area.end.year})"
    return area.name


def search(words: str, *, fictional: bool) -> tuple[Area, ...]:
    """The areas that the words name or begin, best first: the one exactly so called or coded, then parts of names."""
    wanted = plain(words)
    if not wanted:
        return ()
    found: dict[str, Area] = {}
    exact = _exact(words)
    if exact is not None and (fictional or not exact.fictional):
        found[exact.slug] = exact
    everywhere = areas(fictional=fictional)
    for area in sorted(everywhere, key=lambda area: (not plain(area.name).startswith(wanted), area.name)):
        if any(wanted in name for name in _names(area)):
            found.setdefault(area.slug, area)
    return tuple(found.values())


def near(words: str, *, fictional: bool = False) -> tuple[Area, ...]:
    """Up to five areas whose names are like the words, most like first: for a slip of the pen or an old address."""
    by_name = {name: area for area in areas(fictional=fictional) for name in _names(area)}
    alike = difflib.get_close_matches(plain(words), by_name, n=NEAR * 2, cutoff=LIKENESS)
    found = {area.slug: area for area in (*search(words, fictional=fictional), *(by_name[name] for name in alike))}
    return tuple(found.values())[:NEAR]


def _exact(words: str) -> Area | None:
    try:
        return find_area(words)
    except (UnknownAreaError, AmbiguousAreaError):
        return None


def _names(area: Area) -> list[str]:
    return [plain(name) for name in (area.name, *area.aliases)]
