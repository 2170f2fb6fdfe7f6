"""Where does each area stand on a day? What a map is coloured by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.history import latest, latest_values
from joinedup.analysis.rules import SERIES, Dates, check_choice, check_question

if TYPE_CHECKING:
    from joinedup.areas import Area
    from joinedup.record import Record

_STANDING = """
    SELECT area, grade, framework, visit, start_date, published, day FROM latest
    WHERE $only IS NULL OR area = $only
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One area on one day. `grade` is None where it was never judged, or where its latest inspection gives no such
    judgement; only then is `framework` set all the same. `day` is the day by which the inspection counts."""

    area: str
    name: str
    la_code: str | None
    ons_code: str | None
    region: str
    ofsted_region: str
    tile: tuple[int, int] | None
    grade: str | None = None
    framework: str | None = None
    visit: str | None = None
    start: dt.date | None = None
    published: dt.date | None = None
    day: dt.date | None = None
    fictional: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in asdict(self).items()}


def standings(
    record: Record,
    *,
    as_at: dt.date,
    frameworks: Sequence[str] | None = None,
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

    found = _ask(record, None, as_at, frameworks, judgement, dates, fictional=fictional)
    there = areas(as_at, fictional=fictional)
    return tuple(_standing(area, found.get(area.slug)) for area in sorted(there, key=lambda area: area.name))


def standing(
    record: Record,
    area: str,
    *,
    as_at: dt.date,
    frameworks: Sequence[str] | None = None,
    judgement: str = "overall",
    dates: Dates = "official",
) -> Standing:
    """One area's standing (a slug, fictional ones too), as in `standings`; without a grade on days it did not exist.

    Raises UnknownAreaError where there is no such area.
    """
    from joinedup.areas import get_area

    place = get_area(area)
    found = _ask(record, place.slug, as_at, frameworks, judgement, dates, fictional=place.fictional)
    return _standing(place, found.get(place.slug))


def _ask(
    record: Record,
    only: str | None,
    as_at: dt.date,
    frameworks: Sequence[str] | None,
    judgement: str,
    dates: Dates,
    *,
    fictional: bool,
) -> dict[str, dict[str, Any]]:
    families = tuple(dict.fromkeys(frameworks)) if frameworks is not None else SERIES
    check_question(families, judgement)
    check_choice("dates", dates, ("official", "published"))
    values = latest_values(families, judgement, dates, [as_at], fictional=fictional)
    rows = record.ask(latest().step("standing", _STANDING), **values, only=only).rows
    return {row["area"]: row for row in rows}


def _standing(area: Area, row: dict[str, Any] | None) -> Standing:
    row = row or {}
    return Standing(
        area=area.slug,
        name=area.name,
        la_code=area.la_code,
        ons_code=area.ons_code,
        region=area.region,
        ofsted_region=area.ofsted_region,
        tile=area.tile,
        grade=row.get("grade"),
        framework=row.get("framework"),
        visit=row.get("visit"),
        start=row.get("start_date"),
        published=row.get("published"),
        day=row.get("day"),
        fictional=area.fictional,
    )
