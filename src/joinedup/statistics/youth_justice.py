"""HM Inspectorate of Probation's ratings of youth justice services, as a list in CSV.

Each row is taken as an inspection of the family "youth-justice": it has a service, a day of publication and grades,
as Ofsted's have, so that an area's history can show it beside them; no figure about councils' services counts it,
since those name their families. The score in per cent becomes an observation.

A youth justice service may span several councils: its inspection then stands under each of them. A name that is a
former council's (Northamptonshire, Bedfordshire) is taken for the councils that followed it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from joinedup.areas import Area, find_area, get_area
from joinedup.errors import NotFoundError
from joinedup.statistics.dates import read_date
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.grades import read_grade
from joinedup.statistics.model import Inspection, Loaded, Measure, Observation
from joinedup.statistics.observations import Observations
from joinedup.statistics.text import TextTable
from joinedup.statistics.values import parse_value

KIND = "youth-justice-ratings"
FAMILY = "youth-justice"
SOURCE = "HM Inspectorate of Probation, youth justice inspections"
SCORE = Measure("youth-justice/score", "Youth justice inspection score", SOURCE, unit="%", polarity="high")

_OVERALL = "overall_rating"
_STANDARDS = (
    "governance_and_leadership",
    "staff",
    "partnerships_and_services",
    "information_and_facilities",
    "assessment",
    "planning",
    "implementation_and_delivery",
    "reviewing",
    "joint_working",
    "policy_and_provision",
    "outofcourt_disposal_policy_and_provision",
    "resettlement_policy_and_provision",
)
_NEEDED = ("la_name", "score_%", _OVERALL, "publication_date", "governance_and_leadership", "staff", "assessment")
_AROUND_NAME = re.compile(
    r"^an inspection of |\s+-\s+ji$|\s+youth (?:justice|offending) (?:service|team)$", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s+(?:and|&)\s+|\s*,\s*")
_SPANNING = {"west mercia": ("herefordshire", "shropshire", "telford-and-wrekin", "worcestershire")}
"""Services named after no council: West Mercia Youth Justice Service, by its own account of its four councils."""
_WALES = frozenset(
    {
        *("blaenau gwent", "bridgend", "caerphilly", "cardiff", "carmarthenshire", "ceredigion", "conwy"),
        *("denbighshire", "flintshire", "gwynedd", "isle of anglesey", "merthyr tydfil", "monmouthshire"),
        *("neath port talbot", "newport", "pembrokeshire", "powys", "rhondda cynon taf", "swansea", "torfaen"),
        *("vale of glamorgan", "wrexham", "ynys môn", "gwynedd môn", "cwm taf", "western bay"),
    }
)
_LONGEST_GRADE = 4
"""Words. A cell with more is a footnote that slipped into the table, not a new grade."""


def recognise(table: TextTable) -> bool:
    """Whether the headings are the list's, one or two renamed at most."""
    return len({*_NEEDED, *_STANDARDS} & table.columns.keys()) >= len({*_NEEDED, *_STANDARDS}) - 2


def load(table: TextTable) -> Loaded:
    """Each inspection under each council that the service covers, and its score."""
    missing = [name for name in _NEEDED if name not in table.columns]
    if missing:
        raise LayoutChangedError("a column " + " and ".join(missing), "columns " + ", ".join(table.headings))
    inspections: list[Inspection] = []
    scores: list[Observation] = []
    problems: list[str] = []
    for line, cells in table.records():
        where = f"line {line}"
        published = read_date(cells["publication_date"], where=where)
        if published is None:
            raise LayoutChangedError("a publication date", "a blank", where=where)
        slugs = _areas(cells["la_name"], published)
        if not slugs:
            problems.append(f"{where}: {_why_not(cells['la_name'])}")
            continue
        grades = _grades(cells, where, problems)
        score = parse_value(cells["score_%"])
        if score is None:
            raise LayoutChangedError("a score in per cent", f"'{cells['score_%']}'", where=where)
        for slug in slugs:
            inspections.append(Inspection(slug, FAMILY, "standard", published, grades=grades, place=where))
            scores.append(
                Observation(
                    SCORE.key,
                    "area",
                    slug,
                    published.isoformat(),
                    published.year,
                    score.number,
                    score.reason,
                    score.symbol,
                )
            )
    return Loaded(
        kind=KIND,
        title=SOURCE,
        as_at=max((one.published for one in inspections if one.published), default=None),
        inspections=tuple(inspections),
        measures=(SCORE,) if scores else (),
        observations=Observations.of(scores),
        problems=tuple(problems),
    )


def _grades(cells: Mapping[str, str], where: str, problems: list[str]) -> dict[str, str]:
    grades: dict[str, str] = {}
    for key, column in (("overall", _OVERALL), *((name, name) for name in _STANDARDS if name in cells)):
        if len(cells[column].split()) > _LONGEST_GRADE:
            problems.append(f"{where}: {column} holds a note and no grade: left out")
            continue
        grade = read_grade(cells[column], where=f"{where}, {column}")
        if grade is not None:
            grades[key] = grade
    return grades


def _areas(name: str, on: dt.date) -> tuple[str, ...]:
    """The councils that a service covers on a day; none where the name tells none."""
    plain = _plain(name)
    if plain.casefold() in _SPANNING:
        return _SPANNING[plain.casefold()]
    parts = [_find(part, on) for part in _BETWEEN_NAMES.split(plain)]
    # No council's own name falls apart into names of councils ("Kensington" is none).
    named = [area for area in parts if area is not None]
    if len(named) < len(parts) or len(parts) == 1:
        named = [area for area in (_find(plain, on),) if area is not None]
    return tuple(dict.fromkeys(slug for area in named for slug in _present(area, on)))


def _find(name: str, on: dt.date) -> Area | None:
    try:
        return find_area(name, on=on)
    except NotFoundError:
        return None


def _present(area: Area, on: dt.date) -> tuple[str, ...]:
    """The area, or those that followed it if it was gone by then."""
    if area.exists_on(on):
        return (area.slug,)
    followed = tuple(slug for slug in area.successors if get_area(slug).exists_on(on))
    return followed or (area.slug,)


def _plain(name: str) -> str:
    """The bare name of the service: "An inspection of X", "X - JI" (a joint inspection) are X."""
    return _AROUND_NAME.sub("", " ".join(name.split()))


def _why_not(name: str) -> str:
    plain = _plain(name).casefold()
    parts = [part.strip() for part in _BETWEEN_NAMES.split(plain)]
    if plain in _WALES or all(part in _WALES for part in parts):
        return f"'{name}' is in Wales: left out"
    return f"no area is known as '{name}': left out"
