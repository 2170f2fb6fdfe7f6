"""The bodies that serve an area (police force, integrated care board, probation region, children's trust), by date.

A force, board or region usually covers several areas, so one body can hold improvements from several inspections.
Primary care trusts and clinical commissioning groups (health's commissioners until June 2022) are not held by name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from joinedup.areas.facts import FactsError, day, holds, table
from joinedup.errors import NotFoundError

KINDS = ("trust", "police_force", "icb", "nps_division", "crc", "probation_region")

_MOST_NEAR = 3
"""Keys that are named where there is none of the key asked for."""


class UnknownBodyError(NotFoundError):
    """No body has that key."""


@dataclass(frozen=True, slots=True)
class Body:
    """One body. `kind` is one of KINDS, `agency` the key of the agency it belongs to, `also` its other names.

    `name` is its latest; `formerly` has those before it, each with the first day on which it no longer held.
    """

    key: str
    kind: str
    agency: str
    name: str
    also: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    source: str
    formerly: tuple[tuple[str, dt.date], ...] = ()

    def name_on(self, on: dt.date | None) -> str:
        """Its name on a day; without a day its latest."""
        return next((name for name, end in self.formerly if on is not None and on < end), self.name)


class Service(NamedTuple):
    """That a body serves an area, when, and whether only a part of the area (three boards divided Essex)."""

    body: Body
    start: dt.date | None
    end: dt.date | None
    part: bool


@cache
def all_bodies() -> MappingProxyType[str, Body]:
    """Every body by key."""
    formerly = _former_names()
    found: dict[str, Body] = {}
    for place, row in table("bodies.csv", ("key", "kind", "agency", "name", "also", "start", "end", "source")):
        if row["kind"] not in KINDS:
            raise FactsError(f"{place}: the kind is one of {', '.join(KINDS)}, not {row['kind']!r}")
        also = tuple(filter(None, row["also"].split(";")))
        start, end = day(row["start"], place), day(row["end"], place)
        found[row["key"]] = Body(
            row["key"], row["kind"], row["agency"], row["name"], also, start, end, row["source"],
            tuple(formerly.get(row["key"], ())),
        )  # fmt: skip
    if unknown := formerly.keys() - found.keys():
        raise FactsError(f"former_names.csv: there is no body {', '.join(sorted(unknown))}")
    return MappingProxyType(found)


def _former_names() -> dict[str, list[tuple[str, dt.date]]]:
    """The former names of each body by its key, the earliest first."""
    found: defaultdict[str, list[tuple[str, dt.date]]] = defaultdict(list)
    for place, row in table("former_names.csv", ("body", "name", "end", "source")):
        end = day(row["end"], place)
        if end is None:
            raise FactsError(f"{place}: a former name needs the first day on which it no longer held")
        found[row["body"]].append((row["name"], end))
    for each in found.values():
        each.sort(key=lambda one: one[1])
    return found


def get_body(key: str) -> Body:
    """The body of that key. Raises UnknownBodyError, which names the keys of those whose keys or names are near."""
    try:
        return all_bodies()[key]
    except KeyError:
        import difflib  # only a mistake needs it, and it is slow to import

        words = "-".join(key.casefold().split())
        by_name = {"-".join(name.casefold().split()): one.key for one in all_bodies().values() for name in _names(one)}
        alike = difflib.get_close_matches(words, by_name, n=2 * _MOST_NEAR)
        near = list(dict.fromkeys(by_name[name] for name in alike))[:_MOST_NEAR]
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownBodyError(f"no body has the key {key!r}{hint}") from None


def _names(body: Body) -> tuple[str, ...]:
    return (body.key, body.name, *body.also)


def services_of(area: str) -> tuple[Service, ...]:
    """Every body that ever served an area (its slug), with the days on which it did."""
    return services().get(area, ())


@cache
def services() -> MappingProxyType[str, tuple[Service, ...]]:
    """The services of every area, by its slug."""
    known = all_bodies()
    found: defaultdict[str, list[Service]] = defaultdict(list)
    for place, row in table("served_by.csv", ("area", "body", "start", "end", "extent", "source")):
        if row["body"] not in known:
            raise FactsError(f"{place}: there is no body {row['body']!r}")
        if row["extent"] not in ("", "part"):
            raise FactsError(f"{place}: the extent is part or empty, not {row['extent']!r}")
        start, end = day(row["start"], place), day(row["end"], place)
        found[row["area"]].append(Service(known[row["body"]], start, end, row["extent"] == "part"))
    return MappingProxyType({slug: tuple(each) for slug, each in found.items()})


def bodies_of(area: str, on: dt.date | None = None, *, kind: str | None = None) -> tuple[Body, ...]:
    """The bodies that served an area (its slug) on a day, or (None) ever; of one kind or of all."""
    return tuple(
        service.body
        for service in services_of(area)
        if (kind is None or service.body.kind == kind) and (on is None or holds(service.start, service.end, on))
    )
