"""The ten agencies among whom responsibility is divided, and the inspectorates, whose names changed over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from joinedup.areas.facts import FactsError, document, entry, holds
from joinedup.areas.words import fold
from joinedup.errors import NotFoundError

T = TypeVar("T")


class UnknownAgencyError(NotFoundError):
    """There is no agency or inspectorate of that key. The message lists those there are."""


class InspectedBy(NamedTuple):
    """That an inspectorate (its key) inspects an agency, and when."""

    inspectorate: str
    start: dt.date | None
    end: dt.date | None


class Name(NamedTuple):
    """What an inspectorate was called, in full and in short, and when."""

    name: str
    short: str
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Agency:
    """One of the ten agencies. `key` is what findings are keyed by; `description` is for a general reader."""

    key: str
    title: str
    description: str
    inspected_by: tuple[InspectedBy, ...]

    def inspectorates(self, on: dt.date | None = None) -> tuple[Inspectorate, ...]:
        """Who inspects it on a day, or (None) ever did; none for voluntary groups."""
        found = (each.inspectorate for each in self.inspected_by if on is None or holds(each.start, each.end, on))
        return tuple(get_inspectorate(key) for key in found)


@dataclass(frozen=True, slots=True)
class Inspectorate:
    """An inspectorate through all its names. `spellings` are what reports print for it."""

    key: str
    title: str
    start: dt.date | None
    end: dt.date | None
    names_over_time: tuple[Name, ...]
    spellings: tuple[str, ...]
    source: str

    def name_on(self, on: dt.date) -> Name:
        """What it was called on a day; before its first name or after its last, the nearest."""
        for name in self.names_over_time:
            if holds(name.start, name.end, on):
                return name
        return self.names_over_time[0 if self.start is not None and on < self.start else -1]


def agencies() -> tuple[Agency, ...]:
    """The ten agencies, in the order in which they are always shown."""
    return tuple(_agencies().values())


def get_agency(key: str) -> Agency:
    """The agency of that key. Raises UnknownAgencyError."""
    return _get(_agencies(), key, "agency")


def inspectorates(on: dt.date | None = None) -> tuple[Inspectorate, ...]:
    """The inspectorates there were on a day, or (None) ever."""
    return tuple(each for each in _inspectorates().values() if on is None or holds(each.start, each.end, on))


def get_inspectorate(key: str) -> Inspectorate:
    """The inspectorate of that key. Raises UnknownAgencyError."""
    return _get(_inspectorates(), key, "inspectorate")


def inspectorates_named_in(text: str) -> tuple[Inspectorate, ...]:
    """The inspectorates that a text names, in any of their spellings, in the order of their first mention."""
    words = fold(text).casefold().split()
    found: dict[str, None] = {}
    starts = _spellings()
    for place, word in enumerate(words):
        for rest, key in starts.get(word, ()):
            if words[place + 1 : place + 1 + len(rest)] == rest:
                found.setdefault(key)
                break
    return tuple(get_inspectorate(key) for key in found)


def _get(known: Mapping[str, T], key: str, what: str) -> T:
    try:
        return known[key]
    except KeyError:
        raise UnknownAgencyError(f"there is no {what} {key!r}; there is {', '.join(known)}") from None


@cache
def _agencies() -> MappingProxyType[str, Agency]:
    found = {}
    for place, row in _rows("agencies.toml", "agencies"):
        each = entry(row, place, required=("key", "title", "description", "inspected_by"))
        known = _inspectorates()
        inspected = []
        for by in each["inspected_by"]:
            by = entry(by, place, required=("inspectorate",), optional=("start", "end"))
            if by["inspectorate"] not in known:
                raise FactsError(f"{place}: there is no inspectorate {by['inspectorate']!r}")
            inspected.append(InspectedBy(by["inspectorate"], by["start"], by["end"]))
        found[each["key"]] = Agency(each["key"], each["title"], each["description"], tuple(inspected))
    return MappingProxyType(found)


@cache
def _inspectorates() -> MappingProxyType[str, Inspectorate]:
    found = {}
    for place, row in _rows("inspectorates.toml", "inspectorates"):
        each = entry(row, place, required=("key", "title", "spellings", "source", "names"), optional=("start", "end"))
        names = (entry(name, place, required=("name", "short"), optional=("start", "end")) for name in each["names"])
        found[each["key"]] = Inspectorate(
            key=each["key"],
            title=each["title"],
            start=each["start"],
            end=each["end"],
            names_over_time=tuple(Name(name["name"], name["short"], name["start"], name["end"]) for name in names),
            spellings=tuple(each["spellings"]),
            source=each["source"],
        )
    return MappingProxyType(found)


def _rows(name: str, heading: str) -> list[tuple[str, Any]]:
    return [(f"{name}, entry {number}", row) for number, row in enumerate(document(name)[heading], start=1)]


@cache
def _spellings() -> dict[str, list[tuple[list[str], str]]]:
    """The spellings by their first word: the words after it, longest first, and the key."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for each in inspectorates():
        for spelling in each.spellings:
            first, *rest = fold(spelling).casefold().split()
            found.setdefault(first, []).append((rest, each.key))
    for names in found.values():
        names.sort(key=lambda name: -len(name[0]))
    return found
