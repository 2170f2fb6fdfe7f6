"""Finds the area that a text means: a code, a current or former name, a spelling met in the wild, or a phrase with one.

Two questions with two rules. `find_area` takes the whole text as a name, at most dressed in the words that councils
put round theirs ("London Borough of", "Metropolitan Borough Council"), and says what is near when nothing fits.
`search_area_in` looks for a name inside a phrase; longer names win over shorter ones that they contain, and names of
other places that contain an area's name ("Greater Manchester", "Kent and Medway") are passed over.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from joinedup.areas.facts import FactsError, table
from joinedup.areas.model import AmbiguousAreaError, Area, UnknownAreaError
from joinedup.areas.places import NAMES, all_areas
from joinedup.areas.words import fold

# The words round a council's name in titles and tables. "JI" marks joint inspections in HMI Probation's table.
_DRESSING = frozenset(
    (
        *("the", "of", "and", "city", "borough", "boroughs", "county", "district", "metropolitan", "royal", "london"),
        *("council", "councils", "corporation", "unitary", "authority", "local", "la", "mbc", "mdc", "bc", "cc", "lb"),
        *("children", "childrens", "services", "area", "partnership", "ji"),
    )
)
# Names that are also plain words: inside a phrase they count only when written with a capital.
_WORDS = frozenset({"reading", "bury", "slough"})


def find_area(text: str, on: dt.date | None = None) -> Area:
    """The area that the whole of `text` means: any code it ever had, slug, name, former name or known spelling.

    Where several areas have borne a name (Dorset before and after April 2019) the one that exists on the day `on`
    is meant; without a day, or where none of them exists on it, the one that succeeded the others. Raises
    UnknownAreaError or AmbiguousAreaError, either with the names that are near.
    """
    words = _words(text)
    for candidates in _readings(words):
        found = _choose(candidates, on)
        if found:
            return found
        names = " or ".join(sorted(area.name for area in candidates))
        raise AmbiguousAreaError(f"{text!r} could be {names}: give the full name or a code")
    raise _unknown(text, words)


def search_area_in(phrase: str, on: dt.date | None = None) -> Area | None:
    """The area that a phrase names, the first one if it names several, or None.

    With a day given, areas that existed on it go first: "East Surrey" in 2023 is a part of Surrey, and a former area
    is found only where the phrase names no other.
    """
    former = None
    for area in _named_in(phrase, on):
        if on is None or area.exists_on(on):
            return area
        former = former or area
    return former


def areas_named_in(phrase: str, on: dt.date | None = None) -> tuple[Area, ...]:
    """Every area that a phrase names, in order, each once; with a day, only those that existed on it."""
    named = _named_in(phrase, on)
    return tuple(dict.fromkeys(area for area in named if on is None or area.exists_on(on)))


class _Name(NamedTuple):
    """One name to look for in a phrase: its words after the first, and whom it means (nobody: pass over it)."""

    rest: list[str]
    areas: tuple[Area, ...]


class _Index(NamedTuple):
    exact: dict[str, tuple[Area, ...]]
    """Whom a whole text means: its folded words joined by spaces."""
    starts: dict[str, list[_Name]]
    """The names to look for in a phrase by their first word, longest first."""
    shown: dict[str, Area]
    """Names as people write them, for messages."""


def _words(text: str) -> list[str]:
    return fold(text).casefold().split()


@cache
def _index() -> _Index:
    exact: defaultdict[str, list[Area]] = defaultdict(list)
    within: defaultdict[str, list[Area]] = defaultdict(list)
    shown = {}
    known = all_areas()
    for area in known.values():
        for name in (area.name, area.slug):
            exact[" ".join(_words(name))].append(area)
        for code in area.codes:
            exact[code.code.casefold()].append(area)
        within[" ".join(_words(area.name))].append(area)
        shown[area.name] = area
    for place, row in table("names.csv", NAMES):
        area, key = known[row["area"]], " ".join(_words(row["name"]))
        if row["within"] not in ("phrase", "alone"):
            raise FactsError(f"{place}: within is phrase or alone, not {row['within']!r}")
        exact[key].append(area)
        shown.setdefault(row["name"], area)
        if row["within"] == "phrase":
            within[key].append(area)
    for _, row in table("other_places.csv", ("name", "source")):
        within[" ".join(_words(row["name"]))] = []
    starts: defaultdict[str, list[_Name]] = defaultdict(list)
    for key in sorted(within, key=lambda key: -key.count(" ")):
        first, *rest = key.split()
        starts[first].append(_Name(rest, _unique(within[key])))
    return _Index({key: _unique(each) for key, each in exact.items()}, dict(starts), shown)


def _unique(each: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(dict.fromkeys(each))


def _readings(words: list[str]) -> Iterator[tuple[Area, ...]]:
    """Whom the words mean as they stand and with ever more of the dressing at either end taken off."""
    exact = _index().exact
    front = next((i for i, word in enumerate(words) if word not in _DRESSING), len(words))
    back = next((i for i, word in enumerate(reversed(words)) if word not in _DRESSING), len(words))
    for taken in range(front + back + 1):
        for ahead in range(max(0, taken - back), min(front, taken) + 1):
            candidates = exact.get(" ".join(words[ahead : len(words) - (taken - ahead)]))
            if candidates:
                yield candidates


def _choose(candidates: tuple[Area, ...], on: dt.date | None) -> Area | None:
    """Whom a shared name means: the one there on that day, else the one that came after all the others."""
    if on is not None:
        candidates = tuple(area for area in candidates if area.exists_on(on)) or candidates
    for area in candidates:
        if all(other is area or other.slug in _before(area) for other in candidates):
            return area
    return None


def _before(area: Area) -> set[str]:
    """The slugs of every area that came before this one on its ground."""
    found = set(area.predecessors)
    for slug in area.predecessors:
        found |= _before(all_areas()[slug])
    return found


def _named_in(phrase: str, on: dt.date | None) -> Iterator[Area]:
    starts = _index().starts
    written = fold(phrase).split()
    words = [word.casefold() for word in written]
    place = 0
    while place < len(words):
        taken = 1
        word = words[place]
        names = starts.get(word)
        if names and not (word in _WORDS and written[place][0].islower() and len(words) > 1):
            former = None
            for name in names:
                length = 1 + len(name.rest)
                if name.rest != words[place + 1 : place + length]:
                    continue
                area = _choose(name.areas, on)
                if area is None or on is None or area.exists_on(on):
                    taken = length
                    former = area
                    break
                former = former or area
            if former:
                yield former
        place += taken


def _unknown(text: str, words: list[str]) -> UnknownAreaError | AmbiguousAreaError:
    import difflib  # only a mistake needs it, and it is slow to import

    exact, _, shown = _index()
    coded = (exact.get(word, ()) for word in words if word.isalnum() and not word.isalpha())
    named = areas_named_in(text) or tuple(area for each in coded for area in each)
    if len(named) > 1:
        return AmbiguousAreaError(
            f"{text!r} names several areas ({', '.join(area.name for area in named)}): ask for one"
        )
    if named:
        near = [named[0].name]
    else:
        near = []
        for fictional in (False, True):  # what does not exist is meant by nobody who may mean something that does
            folded = {" ".join(_words(name)): area for name, area in shown.items() if area.fictional is fictional}
            close = difflib.get_close_matches(" ".join(words), folded, n=3, cutoff=0.6)
            near = near or list(dict.fromkeys(folded[key].name for key in close))
    hint = f"; did you mean {' or '.join(near)}?" if near else ": give a council's name or one of its codes"
    return UnknownAreaError(f"no area is known as {text!r}{hint}")
