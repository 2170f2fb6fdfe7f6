"""What an official statistics file says, as plain values: inspections' outcomes, measures and observations.

A loader turns one file into one `Loaded`. Areas are given by slug (`joinedup.areas`); a row whose area is not known
is never dropped in silence: it is listed in `problems`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from joinedup.statistics.observations import Observations

Geography = Literal["area", "region", "country"]
Polarity = Literal["high", "low"]
"""Which direction is better."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One published inspection in the official history.

    `framework` is the family (`sif`); `visit` is standard, short, focused, monitoring, reinspection or None.
    `start` is the first day on site and `published` the day of publication, each where the file gives it (one of the
    two always is: Ofsted's 2023 lists of visits print the start alone). `grades` maps judgement keys of the contract
    to grades; a judgement that the file leaves blank is absent.
    """

    area: str
    framework: str
    visit: str | None
    published: dt.date | None
    start: dt.date | None = None
    end: dt.date | None = None
    theme: str | None = None
    grades: Mapping[str, str] | None = None
    place: str = ""
    """Where in the file it stands: sheet and row, or line."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted. `key` is stable across releases of the same series; `dimensions` are its breakdown's values."""

    key: str
    title: str
    source: str
    unit: str | None = None
    polarity: Polarity | None = None
    topic: str | None = None
    description: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one measure for one place and period, or the reason there is none.

    Exactly one of `value` and `reason` is set. `place` is an area's slug, a region's code or England's code.
    `period` is as the file prints it ("2025", "202425", "2014-16"); `year` is the calendar year in which it ends.
    `reason` is one of: not_applicable, unavailable, suppressed, rounds_to_zero, low_reliability, missing;
    `symbol` is what the file printed.
    """

    measure: str
    geography: Geography
    place: str
    period: str
    year: int
    value: float | None
    reason: str | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An area's statistical neighbours in order of closeness, from one edition of the model."""

    area: str
    edition: str
    neighbours: tuple[tuple[str, str], ...]
    """(slug, closeness label), nearest first."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything one file held. `kind` names the loader that recognised it; `problems` what could not be placed.

    `observations` are a stream that reads the file again, and not rows in memory: see `Observations`.
    """

    kind: str
    title: str
    as_at: dt.date | None = None
    inspections: tuple[Inspection, ...] = ()
    measures: tuple[Measure, ...] = ()
    observations: Observations = field(default_factory=Observations.of)
    neighbours: tuple[Neighbours, ...] = ()
    problems: tuple[str, ...] = ()
