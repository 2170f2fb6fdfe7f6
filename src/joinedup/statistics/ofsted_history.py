"""The wide sheet of Ofsted's underlying data: every inspection of each council since 2009 on one row.

Two tables stand one above the other, the second for councils that no longer exist. Groups of columns follow each
other: safeguarding and looked after children (SLAC) with its two kinds of re-inspection, child protection (CPI) with
its re-inspection, targeted looked after children (TLAC), single inspection (SIF) with the review of the safeguarding
board and its re-inspection, then the first, second, … inspection under ILACS. Only publication dates are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from joinedup.statistics.dates import read_date
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.grades import read_grade
from joinedup.statistics.model import Inspection
from joinedup.statistics.places import Places
from joinedup.statistics.workbook import Sheet, Table, heading, table_at

_PLAIN = {"web link", "local authority name", "la region", "la authority type"}


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of one inspection: its framework and visit, the heading of its date, those of its grades."""

    framework: str
    visit: str | None
    date: str
    grades: Mapping[str, str]
    """Heading -> judgement key."""
    type: str | None = None


_SIF = "single inspection of la children's services (sif) "
_FIXED = (
    _Group(
        "slac",
        "standard",
        "safeguarding & looked after children (slac) inspection publication date",
        {
            "slac safeguarding overall effectiveness (oe)": "overall",
            "slac looked after children overall effectiveness (oe)": "looked_after",
        },
    ),
    _Group(
        "slac",
        "reinspection",
        "slac re-inspection of safeguarding publication date",
        {"slac re-inspection safeguarding oe": "overall"},
    ),
    _Group(
        "slac",
        "reinspection",
        "slac re-inspection of services for children looked after publication date",
        {"slac re-inspection of services children looked after oe": "looked_after"},
    ),
    _Group(
        "cpi",
        "standard",
        "child protection inspections (cpi) publication date",
        {"cpi overall effectiveness (oe)": "overall"},
    ),
    _Group(
        "cpi",
        "reinspection",
        "child protection re-inspection (cpri) publication date",
        {"cpri overall effectiveness (oe)": "overall"},
    ),
    _Group(
        "tlac",
        "standard",
        "targeted looked after children (tlac) inspection publication date",
        {"tlac overall effectiveness (oe)": "overall"},
    ),
    _Group(
        "sif",
        "standard",
        _SIF + "first sif publication date",
        {
            "first sif overall judgement (oe)": "overall",
            "first sif children who need help and protection": "help_and_protection",
            "first sif children looked after and achieving permanence": "looked_after",
            "first sif cla sub: adoption performance": "adoption",
            "first sif cla sub: experiences and progress of care leavers": "care_leavers",
            "first sif leadership, management and governance": "leadership",
            "lscb overall effectiveness": "lscb",
        },
    ),
    _Group(
        "sif",
        "reinspection",
        _SIF + "sif re-inspection publication date",
        {
            "sif re-inspection overall judgement (oe)": "overall",
            "sif re-inspection children who need help and protection": "help_and_protection",
            "sif re-inspection children looked after and achieving permanence": "looked_after",
            "sif re-inspection cla sub: adoption performance": "adoption",
            "sif re-inspection cla sub: experiences and progress of care leavers": "care_leavers",
            "sif re-inspection leadership, management and governance": "leadership",
        },
    ),
)
_ILACS = re.compile(r"((?:\w+ )?ilacs framework) (.+)")
_ILACS_GRADES = {
    "overall effectiveness": "overall",
    "impact of leaders": "leaders",
    "experiences and progress of children who need help and protection": "help_and_protection",
    # Until 2022 one judgement covered children in care and care leavers; the contract keeps it under "in_care".
    "experiences and progress of children in care and care leavers": "in_care",
    "experiences and progress of children in care": "in_care",
    "experiences and progress of care leavers": "care_leavers",
}
_ILACS_TYPES = {"ilacs standard inspection": "standard", "ilacs short inspection": "short"}


def find_wide_tables(sheets: Sequence[Sheet]) -> list[Table]:
    """The stacked tables of the sheet that holds the history since 2009; empty if the workbook has none."""
    for sheet in sheets:
        if any(_is_header(row) for row in sheet.head):
            return [table_at(sheet, index) for index, row in enumerate(sheet.rows) if _is_header(row)]
    return []


def _is_header(row: Sequence[object]) -> bool:
    names = {heading(cell) for cell in row}
    return "local authority name" in names and sum(group.date in names for group in _FIXED) >= 3


def read_wide(table: Table, places: Places) -> Iterator[Inspection]:
    """Every inspection of one table. A heading that is not known, or one that is missing: LayoutChangedError."""
    groups = _groups(table)
    for place, cells in table.records():
        for group in groups:
            row = _inspection(group, cells, places, place)
            if row is not None:
                yield row


def _groups(table: Table) -> list[_Group]:
    groups = [*_FIXED, *_ilacs_groups(table)]
    known = set(_PLAIN)
    for group in groups:
        known |= {group.date, *group.grades, *([group.type] if group.type else [])}
    missing = sorted((known - {"web link"}) - table.columns.keys())
    unknown = sorted(table.columns.keys() - known)
    if missing or unknown:
        raise LayoutChangedError(
            "a column " + " and ".join(map(repr, missing)) if missing else "no further columns",
            "unknown columns " + ", ".join(map(repr, unknown)) if unknown else "no such column",
            where=f"sheet '{table.sheet}'",
        )
    return groups


def _ilacs_groups(table: Table) -> list[_Group]:
    """The groups "First ILACS framework …", "Second …"; in the second table "ILACS framework …" without a number."""
    parts: dict[str, dict[str, str]] = {}
    for name in table.columns:
        if match := _ILACS.fullmatch(name):
            parts.setdefault(match.group(1), {})[match.group(2)] = name
    groups = []
    for prefix, columns in parts.items():
        grades = {name: _ILACS_GRADES[rest] for rest, name in columns.items() if rest in _ILACS_GRADES}
        for rest in ("overall effectiveness", "impact of leaders"):
            grades.setdefault(f"{prefix} {rest}", _ILACS_GRADES[rest])
        groups.append(_Group("ilacs", None, f"{prefix} publication date", grades, type=f"{prefix} inspection type"))
    return groups


def _inspection(group: _Group, cells: Mapping[str, object], places: Places, place: str) -> Inspection | None:
    where = f"{place}, {group.framework}"
    published = read_date(cells[group.date], where=where)
    grades = {key: g for name, key in group.grades.items() if (g := read_grade(cells[name], where=where)) is not None}
    if published is None:
        if grades:
            raise LayoutChangedError("a publication date beside the grades", "none", where=where)
        return None
    visit = group.visit
    if group.type is not None:
        words = heading(cells[group.type])
        if words not in _ILACS_TYPES:
            raise LayoutChangedError("ILACS standard or short inspection", f"'{cells[group.type]}'", where=where)
        visit = _ILACS_TYPES[words]
    area = places.area(cells["local authority name"], on=published)
    return None if area is None else Inspection(area, group.framework, visit, published, grades=grades, place=place)
