"""A list of inspections as CSV, one a line, in the form of the lists kept between two official releases.

Columns: urn, la_code, local_authority, inspection_type (standard, short), inspection_start, inspection_end,
publication_date (ISO days), then the judgements. Overall effectiveness is blank for fieldwork from April 2026, when
Ofsted stopped giving it: such a row has no overall grade.
"""

from __future__ import annotations

import datetime as dt

from joinedup.statistics.dates import read_date
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.grades import read_grade
from joinedup.statistics.merging import merge_rows
from joinedup.statistics.model import Inspection, Loaded
from joinedup.statistics.places import Places
from joinedup.statistics.text import TextTable

KIND = "inspections-list"

_JUDGEMENTS = {
    "overall_effectiveness": "overall",
    "impact_of_leaders": "leaders",
    "help_and_protection": "help_and_protection",
    "children_in_care": "in_care",
    "care_leavers": "care_leavers",
}
_PLAIN = (
    "la_code",
    "local_authority",
    "inspection_type",
    "inspection_start",
    "inspection_end",
    "publication_date",
)
_VISITS = {"standard", "short", "focused", "monitoring"}


def recognise(table: TextTable) -> bool:
    """Whether the headings are those of such a list, one or two renamed at most."""
    wanted = {*_PLAIN, *_JUDGEMENTS}
    return len(wanted & table.columns.keys()) >= len(wanted) - 2


def load(table: TextTable) -> Loaded:
    """Every inspection of the list; `as_at` is the latest publication in it."""
    missing = [name for name in (*_PLAIN, *_JUDGEMENTS) if name not in table.columns]
    if missing:
        raise LayoutChangedError("a column " + " and ".join(missing), "columns " + ", ".join(table.headings))
    places = Places()
    rows: list[Inspection] = []
    for line, cells in table.records():
        where = f"line {line}"
        start = read_date(cells["inspection_start"], where=where)
        end = read_date(cells["inspection_end"], where=where)
        published = read_date(cells["publication_date"], where=where)
        visit = cells["inspection_type"].casefold()
        if visit not in _VISITS:
            raise LayoutChangedError("inspection_type standard or short", f"'{cells['inspection_type']}'", where=where)
        if published is None or (start is not None and published < start):
            raise LayoutChangedError(
                "a publication date after the inspection", cells["publication_date"] or "none", where=where
            )
        area = places.area(cells.get("la_code"), cells.get("urn"), cells["local_authority"], on=start or published)
        if area is None:
            continue
        grades = {key: g for name, key in _JUDGEMENTS.items() if (g := read_grade(cells[name], where=where))}
        rows.append(Inspection(area, "ilacs", visit, published, start, end, grades=grades, place=where))
    merged, told = merge_rows(rows)
    return Loaded(
        kind=KIND,
        title="Inspections of local authority children's services, as the reports give them",
        as_at=_latest(rows),
        inspections=merged,
        problems=(*places.problems(), *told),
    )


def _latest(rows: list[Inspection]) -> dt.date | None:
    return max((row.published for row in rows if row.published is not None), default=None)
