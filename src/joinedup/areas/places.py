"""Every upper-tier area of England from 2009 to 2027, and the regions, from the tables of facts.

The tables are read once, at the first question, and never at import.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar, cast

from joinedup.areas.bodies import services
from joinedup.areas.facts import FactsError, day, table
from joinedup.areas.model import Area, Code, DeliveryBody, Kind, Region, Scheme, UnknownAreaError

T = TypeVar("T")

_REGIONS = {
    code: Region(code, name, dfe)
    for code, name, dfe in (
        ("E12000001", "North East", "980"),
        ("E12000002", "North West", "981"),
        ("E12000003", "Yorkshire and The Humber", "982"),
        ("E12000004", "East Midlands", "983"),
        ("E12000005", "West Midlands", "984"),
        ("E12000006", "East of England", "985"),
        ("E12000007", "London", "986"),
        ("E12000008", "South East", "989"),
        ("E12000009", "South West", "990"),
    )
}
# Ofsted takes two of the nine as one, in every outcomes file since it arranged itself in eight regions in 2013.
_OFSTED_REGIONS = {
    "E12000001": "North East, Yorkshire and the Humber",
    "E12000003": "North East, Yorkshire and the Humber",
}
_NOWHERE = Region("", "", "")
"""The region of a fictional area."""


def regions() -> tuple[Region, ...]:
    """The nine regions of England, in the order of their codes."""
    return tuple(_REGIONS.values())


def areas(on: dt.date | None = None, *, fictional: bool = False) -> tuple[Area, ...]:
    """The areas that existed on a day, in the order of their slugs; with None, all that ever did from 2009 to 2027.

    Fictional areas (for specimens and the demonstration) come last and only when asked for.
    """
    return tuple(
        area
        for area in all_areas().values()
        if (fictional or not area.fictional) and (on is None or area.exists_on(on))
    )


def get_area(slug: str) -> Area:
    """The area of that slug, fictional ones too. Raises UnknownAreaError."""
    try:
        return all_areas()[slug]
    except KeyError:
        import difflib  # only a mistake needs it, and it is slow to import

        real = [each for each, area in all_areas().items() if not area.fictional]
        near = difflib.get_close_matches(slug, real, n=3) or difflib.get_close_matches(slug, all_areas(), n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownAreaError(f"no area has the slug {slug!r}{hint}") from None


@cache
def all_areas() -> MappingProxyType[str, Area]:
    """Every area by slug: England's in order, then the fictional ones."""
    codes = _codes()
    names = _grouped("names.csv", NAMES, "area", "name")
    before = _grouped("successions.csv", _SUCCESSION, "successor", "predecessor")
    after = _grouped("successions.csv", _SUCCESSION, "predecessor", "successor")
    trusts = _delivery_bodies()
    tiles = {row["area"]: (int(row["column"]), int(row["row"])) for _, row in table("tiles.csv", _TILE)}
    found = {}
    for place, row in table("areas.csv", _AREA):
        slug = row["slug"]
        fictional = _flag(row["fictional"], place)
        region = _NOWHERE if fictional else _known(_REGIONS, row["region"], "region", place)
        latest = {code.scheme: code.code for code in codes[slug]}
        found[slug] = Area(
            slug=slug,
            name=row["name"],
            kind=_kind(row["kind"], place),
            la_code=latest.get("dfe"),
            ons_code=latest.get("ons"),
            urn=latest.get("urn"),
            region=region.name,
            region_code=region.code,
            ofsted_region=_OFSTED_REGIONS.get(region.code, region.name),
            start=day(row["start"], place),
            end=day(row["end"], place),
            codes=tuple(codes[slug]),
            aliases=tuple(names[slug]),
            predecessors=tuple(before[slug]),
            successors=tuple(after[slug]),
            delivery_bodies=tuple(trusts.get(slug, ())),
            tile=_known(tiles, slug, "tile (make tiles.csv again)", place),
            fictional=fictional,
        )
    for slug in (*codes, *names, *before, *after, *trusts, *tiles):
        _known(found, slug, "area", "a table beside areas.csv")
    return MappingProxyType(found)


_AREA = ("slug", "name", "kind", "region", "start", "end", "longitude", "latitude", "fictional", "source")
_SUCCESSION = ("predecessor", "successor", "date", "source")
NAMES = ("area", "name", "within", "source")
_TILE = ("area", "column", "row")


def _codes() -> defaultdict[str, list[Code]]:
    """Each area's codes, older ones first within a scheme."""
    found: defaultdict[str, list[Code]] = defaultdict(list)
    for place, row in table("codes.csv", ("area", "scheme", "code", "start", "end", "source")):
        if row["scheme"] not in ("urn", "dfe", "ons"):
            raise FactsError(f"{place}: the scheme is urn, dfe or ons, not {row['scheme']!r}")
        scheme = cast(Scheme, row["scheme"])
        found[row["area"]].append(Code(scheme, row["code"], day(row["start"], place), day(row["end"], place)))
    for each in found.values():
        each.sort(key=lambda code: (code.scheme, code.start or dt.date.min))
    return found


def _grouped(name: str, columns: tuple[str, ...], key: str, value: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, row in table(name, columns):
        found[row[key]].append(row[value])
    return found


def _delivery_bodies() -> dict[str, list[DeliveryBody]]:
    """Each area's trusts and companies, the first one first."""
    found = {}
    for slug, each in services().items():
        trusts = [DeliveryBody(body.key, body.name, start, end) for body, start, end, _ in each if body.kind == "trust"]
        found[slug] = sorted(trusts, key=lambda trust: trust.start or dt.date.min)
    return found


def _known(things: Mapping[str, T], key: str, what: str, place: str) -> T:
    if key not in things:
        raise FactsError(f"{place}: there is no {what} {key!r}")
    return things[key]


def _flag(cell: str, place: str) -> bool:
    if cell not in ("", "yes"):
        raise FactsError(f"{place}: fictional is yes or empty, not {cell!r}")
    return cell == "yes"


def _kind(cell: str, place: str) -> Kind:
    if cell not in ("county", "unitary", "metropolitan", "london"):
        raise FactsError(f"{place}: the kind is county, unitary, metropolitan or london, not {cell!r}")
    return cast(Kind, cell)
