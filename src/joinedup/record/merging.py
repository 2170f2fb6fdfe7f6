"""The official history of inspections as one table, whatever files it came in.

Each outcomes file prints again what the files before it printed, with corrections. The rule for which rows are one
inspection, and whose words win, is `joinedup.statistics.merge_inspections`. The merged history is kept in the derived
folder under the loads that it was made from, so that it is made once for each new outcomes file.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.record.columns import arrow_schema
from joinedup.record.derived import forget, part_of, settle
from joinedup.record.schema import INSPECTIONS

if TYPE_CHECKING:
    import duckdb

    from joinedup.statistics import Inspection


KEPT = 4
"""Merged histories that are kept: of the record as it stands, and of a few earlier moments."""

_MARKS = re.compile(r"(^|; )[^;\n]*\n")
"""A load's id in front of each place; the rule joins the places of one inspection by "; ", the winner's first."""


def merged_inspections(engine: duckdb.DuckDBPyConnection, rows: str, derived: Path) -> str:
    """SQL for the merged history. `rows` is SQL for every stored row; the engine holds the loads that count."""
    loads = engine.execute(
        "SELECT load FROM _loads WHERE list_contains(tables, 'inspections') ORDER BY _standing"
    ).fetchall()
    name = hashlib.sha256("\n".join(load for (load,) in loads).encode()).hexdigest()[:16]
    path = derived / f"inspections-{name}.parquet"
    if not path.is_file():
        _write(_merge(engine, rows), path)
    return "SELECT * FROM read_parquet('" + str(path).replace("'", "''") + "')"  # noqa: S608 - a path of our own


def inspection_rows(inspections: Iterable[Inspection], la_codes: dict[str, str | None]) -> list[dict[str, Any]]:
    """Rows of `inspections`, without their load. An id is the same in every release that prints the inspection."""
    seen: Counter[str] = Counter()
    rows = []
    for one in inspections:
        day = one.published or one.start
        name = "-".join(part for part in (one.area, one.framework, day and day.isoformat(), one.visit) if part)
        seen[name] += 1
        rows.append(
            {
                "id": name if seen[name] == 1 else f"{name}-{seen[name]}",
                "area": one.area,
                "la_code": la_codes.get(one.area),
                "framework": one.framework,
                "visit": one.visit,
                "start_date": one.start,
                "end_date": one.end,
                "published": one.published,
                "theme": one.theme,
                "grades": dict(one.grades or {}),
                "place": one.place,
            }
        )
    return rows


def _merge(engine: duckdb.DuckDBPyConnection, rows: str) -> list[dict[str, Any]]:
    from joinedup.statistics import Inspection, Loaded, merge_inspections

    found = engine.execute(
        "SELECT load, _loads.kind, _loads.title, _loads.as_at, area, la_code, framework, visit, published, start_date, "  # noqa: S608 - SQL of our own
        f"end_date, theme, grades, place FROM ({rows}) JOIN _loads USING (load) ORDER BY _standing, published, id"
    ).fetchall()
    la_codes: dict[str, str | None] = {}
    files: dict[str, tuple[tuple[Any, ...], list[Inspection]]] = {}
    for load, kind, title, as_at, area, la_code, framework, visit, published, *rest in found:
        start, end, theme, grades, place = rest
        la_codes[area] = la_code or la_codes.get(area)
        one = Inspection(area, framework, visit, published, start, end, theme, grades, place or "")
        files.setdefault(load, ((kind, title or "", as_at), []))[1].append(marked(one, load))
    loaded = [
        Loaded(kind=kind, title=title, as_at=as_at, inspections=tuple(inspections))
        for (kind, title, as_at), inspections in files.values()
    ]
    return placed(inspection_rows(merge_inspections(loaded), la_codes))


def marked(inspection: Inspection, load: str) -> Inspection:
    """The inspection with its load in front of its place: the merging rule knows files and not loads."""
    return replace(inspection, place=f"{load}\n{inspection.place}")


def placed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of merged inspections that were `marked`, with the winning load in its own column."""
    for row in rows:
        row["load"] = row["place"].partition("\n")[0]
        row["place"] = _MARKS.sub(r"\1", row["place"])
    return rows


def _write(rows: list[dict[str, Any]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    part = part_of(path)
    pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema(INSPECTIONS)), part)
    settle(part, path)
    forget(path.parent, "inspections-*.parquet", KEPT)
