"""`joinedup correct`: says what is right of one thing that was read from a report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from joinedup.cli.options import Session, standard
from joinedup.cli.output import print_json
from joinedup.errors import UsageError

if TYPE_CHECKING:
    from joinedup.record import Correction


@standard(as_of=False)
def command(
    session: Session,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's SHA-256, or its first 12 letters.")],
    field: Annotated[
        str,
        typer.Option(
            "--field",
            metavar="FIELD",
            help="What is wrong. Of a statement: agencies, themes, kind, polarity (of the main text alone: of a list "
            "the kind tells it), section, text. Of the report: a column of `reports`, or grade: and a judgement's key.",
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who makes the correction.")],
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why it is wrong.")],
    new: Annotated[
        list[str] | None,
        typer.Option("--new", metavar="VALUE", help="What is right; several times for a list; left out for nothing."),
    ] = None,
    words: Annotated[
        str | None, typer.Option("--words", metavar="WORDS", help="Some words of the one statement that is meant.")
    ] = None,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="ID", help="The statement's id, or its number in the report.")
    ] = None,
) -> int:
    """Correct what was read from a report: a second row that says what is right, by whom and why."""
    from joinedup.record import correct
    from joinedup.record.correcting import LISTS, find_statement

    if words is not None and finding is not None:
        raise UsageError("Name the statement by --words or by --finding, not by both")
    if words is not None:
        finding = find_statement(session.open(), report, words)
    values = new or []
    if len(values) > 1 and field not in LISTS:
        raise UsageError(f"There is one {field}: give --new once")
    made = correct(
        session.record, report=report, field=field, new=values or None if field in LISTS else "".join(values),
        by=by, reason=reason, finding=finding,
    )  # fmt: skip
    if session.as_json:
        print_json(made.to_json())
    elif not session.quiet:
        sys.stdout.write(f"{_told(made)}\n")
    return 0


def _told(made: Correction) -> str:
    where = f", page {made.page}" if made.page else ""
    return f"Corrected {made.field} of {made.report[:12]}{where}: {made.old or 'nothing'} -> {made.new or 'nothing'}."
