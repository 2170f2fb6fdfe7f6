"""Where does each area stand on a day? What a map is coloured by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.corrected import corrected, in_plain
from joinedup.analysis.history import Spell, spells
from joinedup.analysis.rules import Dates, families_named
from joinedup.record.choices import check_days
from joinedup.record.schema import GRADE

if TYPE_CHECKING:
    from joinedup.areas import Area
    from joinedup.record import Correction, Record


@dataclass(frozen=True, slots=True)
class Standing:
    """One area on one day. `grade` is None where it was never judged, or where its latest inspection gives no such
    judgement; only then is `framework` set all the same. `day` is the day by which the inspection counts.

    `corrections` are those of the grade and of what else is told of the inspection, where a report of ours tells it.
    """

    area: str
    name: str
    la_code: str | None
    ons_code: str | None
    region: str
    ofsted_region: str
    tile: tuple[int, int]
    grade: str | None = None
    framework: str | None = None
    visit: str | None = None
    start: dt.date | None = None
    published: dt.date | None = None
    day: dt.date | None = None
    fictional: bool = False
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        every = {name: getattr(self, name) for name in self.__slots__} | {"corrections": in_plain(self.corrections)}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in every.items()}


def standings(
    record: Record,
    *,
    as_at: dt.date,
    frameworks: str | Sequence[str] | None = None,
    judgement: str = "overall",
    dates: Dates = "official",
    fictional: bool = False,
) -> tuple[Standing, ...]:
    """Every area that existed on `as_at`, in the order of their names, with its latest grade.

    `frameworks` are families (by default Ofsted's series: slac, cpi, sif, ilacs); `dates` as for `outcomes`.
    `fictional` adds the areas of our own invention, which otherwise are not there. Raises UsageError for a family or
    judgement that there is none of.
    """
    from joinedup.areas import areas

    found = latest(record, frameworks=frameworks, judgement=judgement, dates=dates, day=as_at)
    there = areas(as_at, fictional=fictional)
    named = sorted(there, key=lambda area: area.name)
    return tuple(_standing(record, area, found.get(area.slug), judgement, as_at) for area in named)


def standing(
    record: Record,
    area: str,
    *,
    as_at: dt.date,
    frameworks: str | Sequence[str] | None = None,
    judgement: str = "overall",
    dates: Dates = "official",
) -> Standing:
    """One area's standing (a slug, fictional ones too) as in `standings`. Raises UnknownAreaError."""
    from joinedup.areas import get_area

    place = get_area(area)
    found = latest(record, frameworks=frameworks, judgement=judgement, dates=dates, day=as_at)
    return _standing(record, place, found.get(place.slug), judgement, as_at)


def latest(
    record: Record, *, frameworks: str | Sequence[str] | None, judgement: str, dates: Dates, day: dt.date
) -> dict[str, Spell]:
    """Each area's latest inspection on that day, by slug, whether or not the area was still, or yet, there."""
    check_days(as_at=day)
    found = spells(record, families_named(frameworks), judgement, dates)
    return {spell.area: spell for spell in found if spell.on(day)}


def corrections_of(record: Record, spell: Spell | None, judgement: str) -> tuple[Correction, ...]:
    """What was corrected of an inspection's grade of that judgement, and of what else is told of it; none where the
    official history tells it."""
    given = corrected(record).of_visit(spell.report) if spell and spell.report else []
    return tuple(one for one in given if one.field.removeprefix(GRADE) in (one.field, judgement))


def _standing(record: Record, area: Area, spell: Spell | None, judgement: str, day: dt.date) -> Standing:
    return Standing(
        area=area.slug,
        name=area.name,
        la_code=area.code("dfe", day),
        ons_code=area.code("ons", day),
        region=area.region,
        ofsted_region=area.ofsted_region,
        tile=area.tile,
        grade=spell.grade if spell else None,
        framework=spell.framework if spell else None,
        visit=spell.visit if spell else None,
        start=spell.start if spell else None,
        published=spell.published if spell else None,
        day=spell.since if spell else None,
        fictional=area.fictional,
        corrections=corrections_of(record, spell, judgement),
    )
