"""Makes the bundled facts: `python -m joinedup.record.bundle FOLDER` with the folder of official statistics files.

Only facts go in: dates, grades, codes, counts and rates, each under the file that it comes from. The same files give
the same bytes, so that a change of the facts can be read in the history of this repository.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from joinedup.record.facts import FOLDER, NESTED
from joinedup.record.headlines import is_headline
from joinedup.record.loaded import la_codes, measure_rows, neighbour_rows, observation_batches, reaches
from joinedup.record.merging import inspection_rows, marked, placed
from joinedup.record.schema import OBSERVATIONS, TABLES, arrow_schema
from joinedup.record.taking import expand
from joinedup.statistics import Loaded, NotRecognisedError, load, merge_inspections

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One official file, with the load that its facts stand under."""

    path: Path
    sha256: str
    loaded: Loaded

    @property
    def load(self) -> str:
        return f"bundled-{self.sha256[:12]}"


def bundle(folder: Path, to: Path = FOLDER) -> None:
    """Make the bundled facts anew from the official files in a folder. Files that are no statistics are left alone."""
    sources = list(_sources(folder))
    rows: dict[str, list[Row]] = {
        "inspections": _inspections(sources),
        "neighbours": [{**row, "load": one.load} for one in sources for row in neighbour_rows(one.loaded.neighbours)],
        "measures": _measures(sources),
    }
    observed = _write_observations(sources, {row["key"]: row["load"] for row in rows["measures"]}, to)
    counts = {name: [row["load"] for row in found] for name, found in rows.items()} | {"observations": observed}
    rows["loads"] = [_load(one, counts) for one in sources if any(one.load in loads for loads in counts.values())]
    for name, found in rows.items():
        _write_csv(name, found, to)


def _sources(folder: Path) -> Iterable[Source]:
    for path in expand([folder]):
        try:
            loaded = load(path)
        except NotRecognisedError:
            continue
        with path.open("rb") as file:
            yield Source(path, hashlib.file_digest(file, "sha256").hexdigest(), _only_headlines(loaded))


def _only_headlines(loaded: Loaded) -> Loaded:
    """The file without what is not bundled, so that no large file stays in memory."""
    measures = tuple(one for one in loaded.measures if is_headline(one))
    keys = {one.key for one in measures}
    observations = tuple(one for one in loaded.observations if one.measure in keys)
    return replace(loaded, measures=measures, observations=observations)


def _inspections(sources: Sequence[Source]) -> list[Row]:
    files = [
        replace(one.loaded, inspections=tuple(marked(row, one.load) for row in one.loaded.inspections))
        for one in sources
    ]
    return placed(inspection_rows(merge_inspections(files), la_codes()))


def _measures(sources: Sequence[Source]) -> list[Row]:
    """Each measure once, from the file that reaches furthest."""
    found: dict[str, Row] = {}
    for one in sorted(sources, key=lambda one: reaches(one.loaded) or dt.date.min):
        for row in measure_rows(one.loaded.measures):
            found[row["key"]] = {**row, "load": one.load}
    return sorted(found.values(), key=lambda row: row["key"])


def _write_observations(sources: Sequence[Source], load_of: dict[str, str], to: Path) -> list[str]:
    """Write the observations of each measure from the file that the measure is from; the load of each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(OBSERVATIONS)
    batches = [
        batch
        for one in sources
        for batch in observation_batches(
            (o for o in one.loaded.observations if load_of[o.measure] == one.load), one.load
        )
    ]
    order = [(name, "ascending") for name in ("measure", "geography", "place", "year", "period")]
    table = pa.Table.from_batches(batches, schema=schema).sort_by(order)
    pq.write_table(table, to / "observations.parquet", compression="zstd", compression_level=19)
    return [str(load) for load in table.column("load").to_pylist()]


def _load(source: Source, counts: dict[str, list[str]]) -> Row:
    rows = {name: loads.count(source.load) for name, loads in counts.items()}
    newest = reaches(source.loaded)
    return {
        "load": source.load,
        "batch": "bundled",
        "sha256": source.sha256,
        "file": source.path.name,
        "kind": source.loaded.kind,
        "title": source.loaded.title,
        "bundled": True,
        "as_at": source.loaded.as_at,
        "reaches": newest,
        "tables": [name for name, count in rows.items() if count],
        "rows": sum(rows.values()),
        "reader_version": "bundled",
        "loaded_at": dt.datetime.combine(newest or dt.date(1970, 1, 1), dt.time()),
        "problems": [],
    }


def _write_csv(name: str, rows: Sequence[Row], to: Path) -> None:
    table = TABLES[name]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    for row in rows:
        writer.writerow([_cell(row.get(column.name), column.kind in NESTED) for column in table.columns])
    (to / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def _cell(value: Any, nested: bool) -> str:
    if value is None:
        return ""
    if nested:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m joinedup.record.bundle", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of official statistics files")
    given = parser.parse_args(arguments)
    if not given.folder.is_dir():
        parser.error(f"{given.folder} is not a folder")
    bundle(given.folder)


if __name__ == "__main__":
    main()
