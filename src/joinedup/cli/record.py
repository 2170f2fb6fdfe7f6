"""`joinedup record …`: what the record was made of, and keeping it small and quick."""

from __future__ import annotations

import sys
from dataclasses import asdict

import typer

from joinedup.cli.options import Session, standard
from joinedup.cli.output import counted, print_json, print_table, write_csv
from joinedup.record import Steps
from joinedup.record.schema import TABLES

_LOADS = (
    "SELECT loaded_at, file, kind, title, rows, bundled, sha256, reader_version FROM loads ORDER BY loaded_at, file"
)
_CORRECTED = (
    "corrected_at", "report", "page", "words", "field", "old", "new", "corrected_by", "reason", "standing",
    "statements", "later", "id",
)  # fmt: skip
_COLUMNS = ("loaded_at", "file", "kind", "title", "rows", "bundled", "sha256", "reader_version")
TABLE_COLUMNS = {
    command: {"": {one.name: one.meaning for name in columns for one in TABLES[table].columns if one.name == name}}
    for command, table, columns in (("history", "loads", _COLUMNS), ("corrections", "corrections", _CORRECTED))
}
"""What the columns of each command's table mean: those of the record's own table."""


@standard(csv=True)
def history(session: Session) -> int:
    """The files that the record was made of, in the order in which they were taken in."""
    loads = session.open().ask(Steps().step("loaded", _LOADS)).rows
    rows = [row | {"loaded_at": row["loaded_at"].isoformat(timespec="seconds") + "Z"} for row in loads]
    if session.csv:
        write_csv(session.csv, rows, _COLUMNS)
    if session.as_json:
        print_json(rows)
    elif not session.csv:
        print_table(
            counted(len(rows), "file"),
            ("Taken in (UTC)", "File", "Recognised as", "Rows"),
            [(row["loaded_at"], row["file"], row["kind"], row["rows"]) for row in rows],
        )
    return 0 if rows else 1


@standard(as_of=False)
def tidy(session: Session) -> int:
    """Join small files and clear away what killed writers left. No answer changes.

    Status 1, and nothing is touched, where the record has lost a table, a file or rows that were taken in.
    """
    from joinedup.record.tidying import tidy as tidy_record

    session.open_with_reports()
    done = tidy_record(session.record)
    if session.as_json:
        print_json(asdict(done))
    else:
        sys.stdout.write(
            f"Files put together: {done.joined}; old files removed: {done.removed}; lost rows cleared: {done.rows}.\n"
        )
    return 0


@standard(csv=True)
def corrections(session: Session) -> int:
    """Everything that was corrected, oldest first: what was read, what is right, who says so and why."""
    from joinedup.record import corrections as given

    rows = [one.to_json() for one in given(session.open_with_reports())]
    if session.csv:
        write_csv(
            session.csv,
            [row | {name: "; ".join(row[name]) for name in ("statements", "later")} for row in rows],
            _CORRECTED,
        )
    if session.as_json:
        print_json(rows)
    elif not session.csv:
        print_table(
            counted(len(rows), 'correction'),
            ("When (UTC)", "Report", "Page", "What", "Read", "Right", "By", "Why", "Standing"),
            [
                (row["corrected_at"], row["report"][:12], row["page"], row["field"], row["old"], row["new"],
                 row["corrected_by"], row["reason"], row["standing"])
                for row in rows
            ],
        )  # fmt: skip
    return 0 if rows else 1


app = typer.Typer(help="See what the record was made of and what was corrected; keep it tidy.", no_args_is_help=True)
app.command("history")(history)
app.command("corrections")(corrections)
app.command("tidy")(tidy)
