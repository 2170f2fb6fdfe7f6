"""`joinedup areas`: the local areas of England, on any day."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from joinedup.areas import Area, areas
from joinedup.cli.inputs import given_date
from joinedup.cli.options import Session, standard
from joinedup.cli.output import counted, print_json, print_table, write_csv

_COLUMNS = {
    "slug": "the area's slug, by which other tables know it",
    "name": "its name",
    "kind": "which sort of council it has",
    "region": "its region",
    "la_code": "its three-digit code of the Department for Education",
    "ons_code": "its nine-character code of the Office for National Statistics",
    "start": "the first day on which it was there; empty where it was there before 2009",
    "end": "the first day on which it was no more; empty where it is there still",
}
TABLE_COLUMNS = {"": _COLUMNS}
"""What the columns of the command's table mean."""


@standard(csv=True, as_of=False)
def command(
    session: Session,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Only those that existed on that day.")] = None,
) -> int:
    """The council areas with services for children, with their codes and the days on which they began and ended."""
    rows = [_row(area) for area in areas(given_date(on, "--on"))]
    if session.csv:
        write_csv(session.csv, rows, tuple(_COLUMNS))
    if session.as_json:
        print_json(rows)
    elif not session.csv:
        headings = ("Slug", "Name", "Kind", "Region", "DfE code", "ONS code", "Began", "Ended")
        print_table(counted(len(rows), "area"), headings, [tuple(row.values()) for row in rows], copied=True)
    return 0 if rows else 1


def _row(area: Area) -> dict[str, Any]:
    row = {name: getattr(area, name) for name in _COLUMNS}
    return row | {name: row[name].isoformat() if row[name] else None for name in ("start", "end")}
