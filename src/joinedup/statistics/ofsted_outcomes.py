"""Ofsted's workbooks of local authority inspection outcomes (ODS or XLSX): state, in-year and history sheets.

Two layouts are known. The "outcomes" file (as at 31 March 2025; its notes say that area codes, the status column and
inspection dates in all three tables are new in 2025) has a state, an in-year and an ILACS history sheet. The older
"underlying data" file (2023) has the state, the in-year and one wide sheet of all inspections since 2009
(`ofsted_history`). Sheets and rows of headings are found by the headings themselves.

The inspection date is the first day on site. A list is complete for its layout or the file is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from joinedup.statistics.dates import read_date
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.grades import read_grade
from joinedup.statistics.merging import merge_rows
from joinedup.statistics.model import Inspection, Loaded
from joinedup.statistics.ofsted_history import find_wide_tables, read_wide
from joinedup.statistics.places import Places, clean_code
from joinedup.statistics.workbook import Sheet, Table, heading, table_at

OUTCOMES = "ofsted-outcomes"
UNDERLYING = "ofsted-underlying"

Role = Literal["state", "in_year", "history"]

_HEADINGS = {
    "web link": "link",
    "local authority area code": "code",
    "local authority code": "code",
    "local authority name": "name",
    "local authority status": "status",
    "ofsted region": "region",
    "region": "region",
    "inspection date": "start",
    "inspection/visit date": "start",
    "publication date": "published",
    "inspection type": "inspection_type",
    "inspection/visit type": "visit_type",
    "visit theme": "theme",
    "overall effectiveness": "overall",
    "impact of leaders": "leaders",
    "impact of leaders on social work practice with children and families": "leaders",
    "impact of leaders on practice with children and families": "leaders",
    "experiences and progress of children who need help and protection": "help_and_protection",
    "experiences and progress of children in care": "in_care",
    "experiences and progress of children in care and care leavers": "in_care",
    "experiences and progress of care leavers": "care_leavers",
}
_JUDGEMENTS = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")

_NEEDED = {"name", "leaders", "help_and_protection", "in_care"}
_TYPE = {"state": set[str](), "in_year": {"visit_type"}, "history": {"inspection_type"}}
_MAY_LACK = {"link", "region", "code", "status", "start", "overall", "care_leavers", "theme"}
"""Columns that some year's file lacks. They may be absent only where no unknown column stands in their place."""

_VISITS = {
    "ilacs standard inspection": ("standard", True),
    "ilacs short inspection": ("short", True),
    "ilacs focused visit": ("focused", False),
    "la monitoring visit": ("monitoring", False),
    "ilacs monitoring visit": ("monitoring", False),
}
_AS_AT = re.compile(r"\bas at (\d{1,2} [A-Z][a-z]+ \d{4})\b")
_ON_SHEET = {
    "state": "each area's latest inspection (Local authority name, Inspection date, Overall effectiveness, …)",
    "in_year": "inspections and visits of the year (… Inspection/Visit type, … Visit Theme)",
    "history": "the inspection history (Local authority status, … Inspection type, …)",
}


@dataclass(frozen=True, slots=True)
class _Found:
    role: Role
    table: Table
    fields: Mapping[str, int]
    """Field -> column index."""
    unknown: tuple[str, ...]


def recognise(sheets: Sequence[Sheet]) -> str | None:
    """The kind of workbook, if it is one of Ofsted's on local authorities, or None."""
    if find_wide_tables(sheets):
        return UNDERLYING
    return OUTCOMES if any(_header_row(sheet) is not None for sheet in sheets) else None


def load(sheets: Sequence[Sheet]) -> Loaded:
    """Every inspection of the workbook once, however many of its sheets list it. LayoutChangedError if altered."""
    wide = find_wide_tables(sheets)
    found = [table for sheet in sheets if (table := _find_table(sheet)) is not None]
    kind = UNDERLYING if wide else OUTCOMES
    _check_complete(sheets, found, ("state", "in_year") if wide else ("history", "in_year", "state"))
    places = Places()
    rows = [row for table in found for row in _read(table, places, kind)]
    rows.extend(row for table in wide for row in read_wide(table, places))
    merged, differences = merge_rows(rows)
    unread = [f"{t.table.sheet}: column '{name}' is not read" for t in found for name in t.unknown]
    return Loaded(
        kind=kind,
        title=_title(sheets, next(one.table for one in found if one.role == "state")),
        as_at=_as_at(sheets),
        inspections=merged,
        problems=(*places.problems(), *differences, *unread),
    )


def _header_row(sheet: Sheet) -> int | None:
    for index, row in enumerate(sheet.head):
        fields = {_HEADINGS[name] for cell in row if (name := heading(cell)) in _HEADINGS}
        if len(fields) >= 4 and len(fields.intersection(_JUDGEMENTS)) >= 2:
            return index
    return None


def _find_table(sheet: Sheet) -> _Found | None:
    index = _header_row(sheet)
    if index is None:
        return None
    table = table_at(sheet, index)
    fields: dict[str, int] = {}
    for name, position in table.columns.items():
        if name in _HEADINGS:
            fields.setdefault(_HEADINGS[name], position)
    unknown = tuple(name for name in table.columns if name not in _HEADINGS)
    return _Found(_role(fields), table, fields, unknown)


def _role(fields: Mapping[str, int]) -> Role:
    if "visit_type" in fields or "theme" in fields:
        return "in_year"
    return "history" if "inspection_type" in fields or "status" in fields else "state"


def _check_complete(sheets: Sequence[Sheet], found: Sequence[_Found], roles: Sequence[Role]) -> None:
    for role in roles:
        if sum(table.role == role for table in found) != 1:
            raise LayoutChangedError(
                f"one sheet with {_ON_SHEET[role]}", "sheets " + ", ".join(f"'{sheet.name}'" for sheet in sheets)
            )
    for table in found:
        _check_columns(table, dated=len(roles) == 3)


def _check_columns(found: _Found, *, dated: bool) -> None:
    expected = _NEEDED | _TYPE[found.role] | ({"published"} if dated else {"start"})
    usual = expected | (_MAY_LACK - ({"theme"} if found.role != "in_year" else set()))
    if not dated or found.role != "history":
        usual -= {"status"}
    if not dated:
        usual -= {"code"}
    missing = (usual if found.unknown else expected) - found.fields.keys()
    if missing:
        names = " and ".join(repr(_heading_of(field)) for field in sorted(missing))
        unknown = ", ".join(repr(name) for name in found.unknown)
        raise LayoutChangedError(
            f"a column {names}",
            f"unknown columns {unknown}" if unknown else "no such column",
            where=f"sheet '{found.table.sheet}'",
        )


def _heading_of(field: str) -> str:
    return next(name for name, known in _HEADINGS.items() if known == field)


def _read(found: _Found, places: Places, kind: str) -> Iterator[Inspection]:
    for number, row in enumerate(found.table.rows, found.table.first_row):
        place = f"{found.table.sheet}, row {number}"
        cells = {field: row[index] for field, index in found.fields.items()}
        start = read_date(cells.get("start"), where=f"{place}, inspection date")
        published = read_date(cells.get("published"), where=f"{place}, publication date")
        visit, graded = _visit(cells, place)
        grades = {key: g for key in _JUDGEMENTS if (g := read_grade(cells.get(key), where=place)) is not None}
        if start is None and published is None:
            if grades:
                raise LayoutChangedError("a date for each inspection", "grades without a date", where=place)
            continue  # an area that has not been inspected yet stands in the list with blanks
        if graded and not grades:
            raise LayoutChangedError("grades for each inspection", "none", where=place)
        area = places.area(cells.get("code"), cells.get("name"), on=start or published)
        if area is not None:
            theme = clean_code(cells.get("theme")) or None
            yield Inspection(area, "ilacs", visit, published, start, theme=theme, grades=grades, place=place)


def _visit(cells: Mapping[str, object], place: str) -> tuple[str | None, bool]:
    """The kind of visit, and whether it must come with grades. The state sheet does not tell the kind."""
    column = "visit_type" if "visit_type" in cells else "inspection_type"
    if column not in cells:
        return None, True
    words = heading(cells[column])
    if words not in _VISITS:
        raise LayoutChangedError(
            "a type of inspection or visit (" + ", ".join(sorted(_VISITS)) + ")", f"'{cells[column]}'", where=place
        )
    return _VISITS[words]


def _title(sheets: Sequence[Sheet], state: Table) -> str:
    """The heading above the table of latest inspections, which names the release."""
    top = next(sheet.head[0] for sheet in sheets if sheet.name == state.sheet)
    return next((" ".join(cell.split()) for cell in top if isinstance(cell, str) and cell.strip()), state.sheet)


def _as_at(sheets: Sequence[Sheet]) -> dt.date | None:
    """The day that the file describes, from the first "as at …" in the sheets' opening rows."""
    for sheet in sheets:
        for row in sheet.head:
            for cell in row:
                if isinstance(cell, str) and (match := _AS_AT.search(cell)):
                    return read_date(match.group(1), where=f"sheet '{sheet.name}'")
    return None
