"""What a local area is, as a plain value, and the errors that looking for one can give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from joinedup.areas.facts import holds
from joinedup.errors import NotFoundError

Kind = Literal["county", "unitary", "metropolitan", "london"]
Scheme = Literal["urn", "dfe", "ons"]

_KIND_BY_PREFIX: dict[str, Kind] = {"E06": "unitary", "E08": "metropolitan", "E09": "london", "E10": "county"}


class UnknownAreaError(NotFoundError):
    """No area bears that name or code. The message names the nearest that one does."""


class AmbiguousAreaError(NotFoundError):
    """Several areas bear that name and nothing given decides between them. The message names them."""


class Code(NamedTuple):
    """One code of an area: Ofsted's URN, the DfE's three digits or the ONS's nine characters, and when it held."""

    scheme: Scheme
    code: str
    start: dt.date | None
    end: dt.date | None


class DeliveryBody(NamedTuple):
    """A trust or company that runs an area's children's services; the council stays the one inspected."""

    key: str
    name: str
    start: dt.date | None
    end: dt.date | None


class Region(NamedTuple):
    """One of the nine regions: its ONS code and name, and the code that the DfE's own tables give it."""

    code: str
    name: str
    dfe_code: str


@dataclass(frozen=True, slots=True)
class Area:
    """One upper-tier council area, the unit that is inspected, for as long as its footprint stayed the same.

    `start` is the first day it existed (None: before 2009); `end` the first day it no longer does (None: it goes on).
    `kind`, `la_code`, `ons_code` and `urn` are the latest; `codes` holds every one with its dates. `tile` is the
    (column, row) of its square on the map of tiles, row 0 in the north.
    """

    slug: str
    name: str
    kind: Kind
    la_code: str | None
    ons_code: str | None
    urn: str | None
    region: str
    region_code: str
    ofsted_region: str
    start: dt.date | None
    end: dt.date | None
    codes: tuple[Code, ...]
    aliases: tuple[str, ...]
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    delivery_bodies: tuple[DeliveryBody, ...]
    tile: tuple[int, int]
    fictional: bool = False

    def exists_on(self, on: dt.date) -> bool:
        """Whether this area existed on that day."""
        return holds(self.start, self.end, on)

    def code(self, scheme: Scheme, on: dt.date | None = None) -> str | None:
        """Its code in a scheme, on a day or (None) the latest; None where there is none or it is not known."""
        found = [each for each in self.codes if each.scheme == scheme and (on is None or holds(*each[2:], on))]
        return found[-1].code if found else None

    def kind_on(self, on: dt.date) -> Kind:
        """What kind of council it was on that day: Buckinghamshire was a county until April 2020."""
        code = self.code("ons", on)
        return _KIND_BY_PREFIX.get(code[:3], self.kind) if code else self.kind
