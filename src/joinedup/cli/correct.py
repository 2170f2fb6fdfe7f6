"""`joinedup correct`: says what is right of one thing that was read from a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from joinedup.cli.inputs import parse_date
from joinedup.cli.options import Session, standard
from joinedup.cli.output import counted, print_json
from joinedup.errors import UsageError

if TYPE_CHECKING:
    from joinedup.record import Correction
    from joinedup.record.naming import Stated


@standard(as_of=False)
def command(
    session: Session,
    report: Annotated[
        str | None,
        typer.Argument(metavar="[REPORT]", help="The report's SHA-256, or its first 12 letters; not with --from."),
    ] = None,
    field: Annotated[
        str | None,
        typer.Option(
            "--field",
            metavar="FIELD",
            help="What is wrong. Of a statement: agencies, themes, kind, section, text, or polarity (main text only: "
            "in lists the kind decides it), or same (whether the later statement that --later names is on the same "
            "thing: yes or no). Of the report: area, framework, visit, start_date, end_date, published, "
            "lead_inspector, theme, principal_authority, statement_due, outcome, or grade: "
            "followed by a judgement's key.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help="Who makes the correction, or confirms.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="WHY", help="Why it is wrong, or how you know that it is right.")
    ] = None,
    new: Annotated[
        list[str] | None,
        typer.Option("--new", metavar="VALUE", help="What is right. Repeat for a list; leave out if nothing is right."),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take an earlier correction back: what was read counts again.")
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="What was read is right (of agencies, themes, same): doubtful no longer.")
    ] = False,
    words: Annotated[
        str | None, typer.Option("--words", metavar="WORDS", help="Some words that only the statement to correct has.")
    ] = None,
    finding: Annotated[
        str | None,
        typer.Option(
            "--finding",
            metavar="ID",
            help="The statement's id, or what stands after finding= in the address of its page.",
        ),
    ] = None,
    later: Annotated[
        str | None,
        typer.Option(
            "--later",
            metavar="ID",
            help="With --field same: the later statement's id, or its report (as REPORT), a colon and some of its "
            "words.",
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="In place of all that names one thing: a table of joinedup accountability --for-checking that people "
            "have filled in (CSV or XLSX). --by and --reason are of the rows that have none.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --from: look, and say what would be kept.")] = False,
) -> int:
    """Correct what was read from a report, or confirm it.

    What was read is kept; the correction is a second row that says what is right, who says so and why.

    With --from everything that a table says is kept, or nothing: where a row is wrong, all that are wrong are named,
    and the status is 1. Taking in the same table again changes nothing.
    """
    if table is not None:
        if any((report, field, new, withdraw, confirm, words, finding, later)):
            raise UsageError("--from takes what is right from the table: leave out all else but --by and --reason")
        return _take_in(session, table, by or "", reason or "", keep=not dry_run)
    if dry_run:
        raise UsageError("--dry-run is for --from alone")
    if report is None or field is None or by is None or reason is None:
        raise UsageError("Give REPORT, --field, --by and --reason for one thing, or a table with --from. Try --help")
    return _correct_one(
        session, report, field, by, reason, new=list(new or ()), withdraw=withdraw, confirm=confirm, words=words,
        finding=finding, later=later,
    )  # fmt: skip


def _correct_one(
    session: Session,
    report: str,
    field: str,
    by: str,
    reason: str,
    *,
    new: list[str],
    withdraw: bool,
    confirm: bool,
    words: str | None,
    finding: str | None,
    later: str | None,
) -> int:
    """Correct, confirm or take back one thing, and say so."""
    from joinedup.record import correct
    from joinedup.record.correctable import DAYS, LISTS
    from joinedup.record.corrected import replaced
    from joinedup.record.naming import find_statement, statement
    from joinedup.record.schema import SAME

    if words is not None and finding is not None:
        raise UsageError("Name the statement by --words or by --finding, not by both")
    if (bool(new), withdraw, confirm).count(True) > 1:
        raise UsageError("Give --new for what is right, --withdraw or --confirm, one of them")
    record = session.open_with_reports()
    if words is not None:
        finding = find_statement(record, report, words)
    stated = statement(record, report, finding) if finding is not None else None
    values = new
    if field in DAYS:
        values = [parse_date(value, "--new").isoformat() if value.strip() else "" for value in values]
    if len(values) > 1 and field not in LISTS:
        raise UsageError(f"There is one {field}: give --new once")
    told: dict[str, Any] = {"report": report, "by": by, "reason": reason, "withdraw": withdraw, "confirm": confirm}
    if field == SAME.rstrip(":"):
        made = _said(session, stated, later, "".join(values), told)
    elif later is not None or field.startswith(SAME):
        raise UsageError("A later statement is named with --later, and with --field same alone")
    else:
        right = values or None if field in LISTS else "".join(values)
        made = correct(session.record, field=field, new=right, finding=stated.id if stated else None, **told)
    if session.as_json:
        print_json(made.to_json())
    elif not session.quiet:
        then = session.open()
        other = statement(then, made.later[0].rpartition("-")[0], made.later[0]) if made.later else None
        sys.stdout.write(f"{_told(made, stated, other, replaced(then, made))}\n")
    return 0


def _take_in(session: Session, table: Path, by: str, reason: str, *, keep: bool) -> int:
    """Take a table in that people have filled in, and say what came of it, or what is wrong with it."""
    from joinedup.analysis.sheet_checked import take_in

    session.open_with_reports()
    found = take_in(session.record, table, by=by, reason=reason, keep=keep)
    if session.as_json:
        print_json(found.to_json())
    elif found.wrong:
        rows = len({one.row for one in found.wrong})
        sys.stdout.write(f"Nothing was kept: {counted(rows, 'row')} of {table} cannot be.\n")
        for one in found.wrong:
            sys.stdout.write(f"Row {one.row}, {one.column}: {one.what} “{one.words}”\n")
    elif not session.quiet:
        told = f"onfirmed {found.confirmed}, corrected {found.corrected}, as they stood already {found.unchanged}"
        begins = "C" if keep else "Nothing was kept. It would be: c"
        sys.stdout.write(f"{begins}{told}, not filled in {found.passed_over}.\n")
    return 1 if found.wrong else 0


def _said(session: Session, stated: Stated | None, later: str | None, new: str, told: dict[str, Any]) -> Correction:
    """What is said of whether a later statement is on the same thing."""
    from joinedup.analysis.asked_again_saying import say_same

    if stated is None or later is None:
        raise UsageError("Name the earlier statement by --words or --finding, and the later one by --later")
    return say_same(session.record, finding=stated.id, later=later, new=new, **told)


def _told(made: Correction, stated: Stated | None, later: Stated | None, before: Correction | None) -> str:
    """What was done, with the words of the statement and its number as printed, so that a wrong one is noticed; so too
    of the later one that was named."""
    from joinedup.record.correctable import title_of, value_titles
    from joinedup.record.schema import WITHDRAWN

    of = f"{title_of(made.field)} of {made.report[:12]}"
    if stated:
        of += f", {_shown(stated)}"
    if later:
        of += f", and of {later.id[:12]}, {_shown(later)}"
    read, right = (value_titles(made.field, each) for each in (made.old, made.new))
    told = f"Corrected {of}: {read} -> {right}."
    if made.standing == WITHDRAWN:
        told = f"Taken back: {of}: {read}, as read."
    if made.confirmed:
        told = f"Confirmed {of}: {read}."
    if before:
        told += f" This replaces what {before.corrected_by} gave on {before.corrected_at:%Y-%m-%d}: "
        told += f"{value_titles(before.field, before.new)}."
    return told


def _shown(stated: Stated) -> str:
    number = f"{stated.number} " if stated.number else ""
    return f"page {stated.page}, “{number}{_shortened(stated.text)}”"


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rsplit(" ", 1)[0] + " …"
