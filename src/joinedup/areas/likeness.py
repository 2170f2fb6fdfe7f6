"""Statistical neighbours: the ten councils that the DfE's model calls most like a council, nearest first.

They are one-way: an area may list another that does not list it. The lists are those published in April 2021 and in
2025 (bundled; made by scripts/make_neighbours.py); an area that had not begun or had ended has none in that edition.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from joinedup.areas.facts import FactsError, table
from joinedup.areas.model import Area
from joinedup.areas.places import get_area
from joinedup.errors import NotFoundError

CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
"""The model's labels, nearest first."""


class UnknownEditionError(NotFoundError):
    """There is no such edition of the lists of neighbours."""


def editions() -> tuple[str, ...]:
    """The editions that are bundled, oldest first."""
    return tuple(_lists())


def neighbours(area: Area | str, edition: str | None = None) -> tuple[tuple[Area, str], ...]:
    """An area's neighbours (area, closeness), nearest first, in an edition ("2025") or (None) the latest.

    Empty where that edition has no list for the area. `area` may be a slug. Raises UnknownEditionError.
    """
    lists = _lists()
    chosen = edition or max(lists)
    if chosen not in lists:
        raise UnknownEditionError(
            f"there is no edition {chosen!r} of statistical neighbours; there is {', '.join(lists)}"
        )
    slug = area if isinstance(area, str) else area.slug
    return tuple((get_area(other), closeness) for other, closeness in lists[chosen].get(slug, ()))


@cache
def _lists() -> MappingProxyType[str, dict[str, tuple[tuple[str, str], ...]]]:
    found: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    for place, row in table("neighbours.csv", ("edition", "area", "neighbours")):
        pairs = tuple(_pair(each, place) for each in row["neighbours"].split(";"))
        found.setdefault(row["edition"], {})[row["area"]] = pairs
    return MappingProxyType(dict(sorted(found.items())))


def _pair(text: str, place: str) -> tuple[str, str]:
    slug, _, closeness = text.partition(":")
    if closeness not in CLOSENESS:
        raise FactsError(f"{place}: {closeness!r} is not one of {', '.join(CLOSENESS)}")
    return slug, closeness
