"""Shapes of what the record holds: its tables and sources, statistics and frameworks."""

from __future__ import annotations

import datetime as dt

from joinedup import frameworks
from joinedup.service.api.shapes.common import Shape

FrameworkDetail = frameworks.Framework
"""A framework is answered as its own file has it."""


class ColumnFacts(Shape):
    """One column of a table."""

    name: str
    type: str
    meaning: str
    always: bool
    """Whether no row leaves it empty."""


class TableFacts(Shape):
    """One table of the record, with where to download it."""

    name: str
    row: str
    """What a row is."""
    key: list[str]
    """The columns that tell its rows apart."""
    rows: int
    """How many there are, fictional ones included."""
    columns: list[ColumnFacts]
    csv: str
    parquet: str


class SourceFacts(Shape):
    """Files of one title that statistics come from."""

    kind: str
    title: str
    as_at: dt.date | None
    files: int
    rows: int


class RecordFacts(Shape):
    """What is being read."""

    snapshot: str
    """Changes exactly when an answer might."""
    as_of: dt.datetime | None
    """The moment that the service shows the record at; null: as it stands."""
    version: str
    """The program's version."""
    licence: str
    fictional: bool
    """Whether fictional areas can be asked for here."""
    tables: dict[str, int]
    """How many rows each table has, fictional ones included."""
    sources: list[SourceFacts]


class MeasureFacts(Shape):
    """What is counted in one series of official statistics."""

    key: str
    title: str
    source: str
    unit: str | None
    polarity: str | None
    """high or low: which is better, where its publisher says."""
    topic: str | None
    description: str | None
    dimensions: dict[str, str]
    """The breakdown that it is of."""


class Observation(Shape):
    """One value of a measure for a place and a period."""

    measure: str
    geography: str
    """area, region or country."""
    place: str
    """An area's slug, a region's code or England's."""
    period: str
    """As printed."""
    year: int
    """The calendar year in which the period ends."""
    value: float | None
    reason: str | None
    """Why there is no value."""
    symbol: str | None
    """What the file printed in its place."""


class Point(Shape):
    """One period of an indicator."""

    period: str
    year: int
    value: float | None
    reason: str | None
    neighbours: float | None
    """The median of those statistical neighbours that have a value."""
    neighbours_counted: int
    england: float | None


class Indicator(Shape):
    """One measure of one area over time, oldest first, beside its neighbours and England."""

    measure: str
    title: str
    source: str
    unit: str | None
    polarity: str | None
    topic: str | None
    dimensions: dict[str, str]
    series: list[Point]


class FrameworkBrief(Shape):
    """One framework in one version."""

    id: str
    family: str
    version: str
    title: str
    status: str
    """in force, ended, proposed, or ours: written for this system, and adopted by no inspectorate."""
    valid_from: dt.date | None
    valid_to: dt.date | None
    counted_by: str
    judgements: list[str]
    """The keys of its judgements."""
    grades: list[str]
    """The keys of its grades, best first."""
    agencies: list[str]
    inspectorates: list[str]
