"""How many stood at each grade on a day?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.history import spells
from joinedup.analysis.rules import GRADES, Count, Dates, check_choice, counted_by, families_named, percentages
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import check_days

if TYPE_CHECKING:
    from joinedup.record import Record


@dataclass(frozen=True, slots=True)
class Outcomes(Tabular):
    """How many areas, or inspections, stood at each grade on `as_at`.

    `total` is the sum of `grades`; `percent` their shares, rounded half up to one decimal. `no_grade` is how many
    areas (inspections) have a latest inspection (are one) whose framework gives no such judgement; `not_inspected`
    how many areas existed that none of the frameworks had inspected yet (None when inspections are counted).
    `counted_by` tells for each family by which date it was counted: `inspection_start` or `publication`.
    """

    frameworks: tuple[str, ...]
    judgement: str
    as_at: dt.date
    count: Count
    dates: Dates
    total: int
    grades: Mapping[str, int]
    percent: Mapping[str, float]
    no_grade: int
    not_inspected: int | None
    counted_by: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape; `framework` is one family, or a list of several."""
        return {
            "framework": self.frameworks[0] if len(self.frameworks) == 1 else list(self.frameworks),
            "judgement": self.judgement,
            "as_at": self.as_at.isoformat(),
            "count": self.count,
            "total": self.total,
            "grades": dict(self.grades),
            "percent": dict(self.percent),
            "no_grade": self.no_grade,
            "not_inspected": self.not_inspected,
            "counted_by": dict(self.counted_by),
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return ("grade", "count", "percent")

    def rows(self) -> list[dict[str, Any]]:
        """One row a grade: `grade`, `count`, `percent`."""
        return [{"grade": g, "count": self.grades[g], "percent": self.percent[g]} for g in GRADES]


def outcomes(
    record: Record,
    *,
    frameworks: str | Sequence[str],
    as_at: dt.date,
    count: Count = "areas",
    judgement: str = "overall",
    dates: Dates = "official",
) -> Outcomes:
    """How many stood at each grade on `as_at`.

    `frameworks` are families (`sif`, `ilacs`, ...), taken together. `count="areas"` takes each area that existed on
    that day once, with its latest inspection that tells of the judgement; `"inspections"` takes every inspection,
    re-inspections too. Focused and monitoring visits judge nothing and never count. `dates="official"` counts each
    framework by the date that the official series counts it by (Ofsted's state of the nation on 31 March takes the
    ILACS inspections that had begun, its earlier series those that had been published); `"published"` counts all by
    publication. Raises UsageError for a family, judgement or choice that there is none of, and for no day.
    """
    from joinedup.areas import areas

    families = families_named(frameworks)
    check_choice("count", count, ("areas", "inspections"))
    check_days(as_at=as_at)
    history = spells(record, families, judgement, dates)
    if count == "areas":
        there = {area.slug for area in areas(as_at)}
        counted = [spell for spell in history if spell.on(as_at) and spell.area in there]
    else:
        # Also of an area that has since ended; what was never real does not count.
        real = {area.slug for area in areas()}
        counted = [spell for spell in history if spell.since <= as_at and spell.area in real]
    numbers = Counter(spell.grade for spell in counted)
    grades = {grade: numbers[grade] for grade in GRADES}
    no_grade = numbers[None]
    return Outcomes(
        frameworks=families,
        judgement=judgement,
        as_at=as_at,
        count=count,
        dates=dates,
        total=sum(grades.values()),
        grades=grades,
        percent=percentages(grades),
        no_grade=no_grade,
        not_inspected=len(there) - len(counted) if count == "areas" else None,
        counted_by={family: counted_by(family, dates) for family in families},
    )
