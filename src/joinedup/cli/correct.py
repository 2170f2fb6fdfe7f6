"""`joinedup correct`: says what is right of one thing that was read from a report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from joinedup.cli.inputs import parse_date
from joinedup.cli.options import Session, standard
from joinedup.cli.output import print_json
from joinedup.errors import UsageError

if TYPE_CHECKING:
    from joinedup.record import Correction
    from joinedup.record.naming import Stated


@standard(as_of=False)
def command(
    session: Session,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's SHA-256, or its first 12 letters.")],
    field: Annotated[
        str,
        typer.Option(
            "--field",
            metavar="FIELD",
            help="What is wrong. Of a statement: agencies, themes, kind, section, text, or polarity (main text only: "
            "in lists the kind decides it), or same (whether the later statement that --later names is on the same "
            "thing: yes or no). Of the report: area, framework, visit, start_date, end_date, published, "
            "lead_inspector, theme, principal_authority, statement_due, outcome, or grade: "
            "followed by a judgement's key.",
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who makes the correction, or confirms.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="WHY", help="Why it is wrong, or how you know that it is right.")
    ],
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
) -> int:
    """Correct what was read from a report, or confirm it.

    What was read is kept; the correction is a second row that says what is right, who says so and why.
    """
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
    values = list(new or ())
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
