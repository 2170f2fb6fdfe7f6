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
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.record.columns import arrow_schema
from joinedup.record.facts import FOLDER, NESTED
from joinedup.record.headlines import HEADLINES, SAID
from joinedup.record.loaded import LoadedRows, la_codes, measure_rows, neighbour_rows
from joinedup.record.merging import inspection_rows, marked, placed
from joinedup.record.schema import OBSERVATIONS, TABLES
from joinedup.record.taking import RecordFolder, expand
from joinedup.statistics import Loaded, NotRecognisedError, load, merge_inspections

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One official file, with the load that its facts stand under."""

    path: Path
    sha256: str
    loaded: Loaded
    rows: LoadedRows

    @property
    def load(self) -> str:
        return f"bundled-{self.sha256[:12]}"


def bundle(folder: Path, to: Path = FOLDER) -> None:
    """Make the bundled facts anew from the official files in a folder. Files that are no statistics are left alone."""
    import pyarrow.parquet as pq

    sources = list(_sources(folder))
    observations = _observations(sources)
    pq.write_table(observations, to / "observations.parquet", compression="zstd", compression_level=19)
    rows: dict[str, list[Row]] = {
        "inspections": _inspections(sources),
        "neighbours": [{**row, "load": one.load} for one in sources for row in neighbour_rows(one.loaded.neighbours)],
        "measures": _measures(sources, observations),
    }
    counts = {name: Counter(row["load"] for row in found) for name, found in rows.items()}
    counts["observations"] = Counter(observations.column("load").to_pylist())
    rows["loads"] = [_load(one, counts) for one in sources if any(one.load in loads for loads in counts.values())]
    for name, found in rows.items():
        _write_csv(name, found, to)


def _sources(folder: Path) -> Iterable[Source]:
    for path in expand([folder]):
        if isinstance(path, RecordFolder):
            continue
        try:
            loaded = load(path)
        except NotRecognisedError:
            continue
        measures = tuple(one for one in loaded.measures if one.key in HEADLINES)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        bundled = replace(loaded, measures=measures)
        yield Source(path, sha256, bundled, LoadedRows(bundled))


def _inspections(sources: Sequence[Source]) -> list[Row]:
    files = [
        replace(one.loaded, inspections=tuple(marked(row, one.load) for row in one.loaded.inspections))
        for one in sources
    ]
    return placed(inspection_rows(merge_inspections(files), la_codes()))


def _observations(sources: Sequence[Source]) -> pa.Table:
    """The observations of the bundled measures; of each measure those of the file that reaches furthest."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def only(rows: Any, keys: Iterable[str]) -> Any:
        return rows.filter(pc.is_in(rows.column("measure"), pa.array(list(keys), pa.string())))

    found = []
    for one in sources:
        keys = [measure.key for measure in one.loaded.measures]
        batches = (only(batch, keys) for batch in one.rows.observations(one.load))
        found.append((one, pa.Table.from_batches(batches, schema=arrow_schema(OBSERVATIONS))))
    tables = []
    chosen: set[str] = set()
    for one, rows in sorted(found, key=lambda each: each[0].rows.reaches() or dt.date.min, reverse=True):
        keys = [measure.key for measure in one.loaded.measures if measure.key not in chosen]
        chosen.update(keys)
        tables.append(only(rows, keys))
    order = [(name, "ascending") for name in ("measure", "geography", "place", "year", "period")]
    return pa.concat_tables(tables).sort_by(order)


def _measures(sources: Sequence[Source], observations: pa.Table) -> list[Row]:
    """The headline measures, under the load of their observations, in the words of whichever file says most."""
    load_of = dict(zip(*(observations.column(name).to_pylist() for name in ("measure", "load")), strict=True))
    if missing := [key for key in HEADLINES if key not in load_of]:
        raise SystemExit(f"no file has the measures {', '.join(missing)}")
    found: dict[str, Row] = {}
    for row in sorted((row for one in sources for row in measure_rows(one.loaded.measures)), key=_told):
        found[row["key"]] = {**row, **SAID.get(row["key"], {}), "description": None, "load": load_of[row["key"]]}
    return [found[key] for key in sorted(found)]


def _told(row: Row) -> int:
    """How much a row says of its measure."""
    return sum(bool(row[name]) for name in ("unit", "polarity", "topic"))


def _load(source: Source, counts: Mapping[str, Counter[str]]) -> Row:
    rows = {name: loads[source.load] for name, loads in counts.items()}
    newest = source.rows.reaches()
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
