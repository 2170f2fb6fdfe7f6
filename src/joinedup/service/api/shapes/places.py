"""Shapes of areas, agencies and the bodies that serve areas."""

from __future__ import annotations

import datetime as dt

from joinedup.service.api.shapes.common import Shape
from joinedup.service.api.shapes.counts import AreaStanding


class Area(Shape):
    """A council area, the unit that is inspected, for as long as its footprint stayed the same."""

    slug: str
    """How the area is called in every address and answer here."""
    name: str
    kind: str
    """county, unitary, metropolitan or london."""
    la_code: str | None
    """The three-digit code of the Department for Education."""
    ons_code: str | None
    """The nine-character code of the Office for National Statistics."""
    urn: str | None
    """Ofsted's number."""
    region: str
    region_code: str
    ofsted_region: str
    start: dt.date | None
    """The first day it existed; null: before 2009."""
    end: dt.date | None
    """The first day it no longer does; null: it goes on."""
    fictional: bool


class AreaCode(Shape):
    """One code of an area, and when it held."""

    scheme: str
    """urn, dfe or ons."""
    code: str
    start: dt.date | None
    end: dt.date | None


class DeliveryBody(Shape):
    """A trust or company that runs the area's services for children."""

    name: str
    start: dt.date | None
    end: dt.date | None


class ServedBy(Shape):
    """A body that serves the area, and when."""

    body: str
    """Its key."""
    kind: str
    agency: str
    name: str
    start: dt.date | None
    end: dt.date | None
    part: bool
    """Whether it serves only a part of the area."""


class Neighbour(Shape):
    """A statistical neighbour: an area much like this one."""

    area: str
    name: str
    closeness: str | None


class AreaDetail(Area):
    """An area with its codes, its history, who serves it, and where it stands."""

    as_at: dt.date | None
    """The day asked about; null: everything that the record knows."""
    aliases: list[str]
    """Other names and spellings."""
    codes: list[AreaCode]
    predecessors: list[str]
    """The areas (slugs) that it took the place of."""
    successors: list[str]
    """The areas (slugs) that took its place."""
    delivery_bodies: list[DeliveryBody]
    served_by: list[ServedBy]
    """On the day asked about; without one, every body that ever did."""
    neighbours: list[Neighbour]
    """Nearest first, by the model's latest edition."""
    standing: AreaStanding | None
    """Its latest overall grade on that day; null where it did not exist."""


class Inspects(Shape):
    """An inspectorate that inspects an agency, and when."""

    inspectorate: str
    start: dt.date | None
    end: dt.date | None


class AccountablePost(Shape):
    """A post of an agency, and whom it may answer to (which of them depends on place and day)."""

    post: str
    title: str
    answers_to: list[str]
    start: dt.date | None
    end: dt.date | None


class Agency(Shape):
    """One of the ten agencies among whom responsibility is divided."""

    key: str
    title: str
    description: str
    inspected_by: list[Inspects]
    posts: list[AccountablePost]


class InspectorateName(Shape):
    """What an inspectorate was called, and when."""

    name: str
    short: str
    start: dt.date | None
    end: dt.date | None


class Inspectorate(Shape):
    """An inspectorate through all its names."""

    key: str
    title: str
    start: dt.date | None
    end: dt.date | None
    names: list[InspectorateName]


class Body(Shape):
    """A body that serves areas: a police force, an integrated care board, a probation region, a trust."""

    key: str
    kind: str
    agency: str
    name: str
    also: list[str]
    """Other names."""
    start: dt.date | None
    end: dt.date | None
