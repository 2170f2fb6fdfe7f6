"""`joinedup changes`: who moved from which grade to which."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from joinedup.analysis.changes import Changes, Move, changes
from joinedup.analysis.rules import GRADES
from joinedup.analysis.rules import Dates as DatesChoice
from joinedup.cli.corrected import read_as
from joinedup.cli.inputs import parse_date, parse_list
from joinedup.cli.options import Session, standard
from joinedup.cli.output import GRADE_WORDS, counted, print_json, print_table, print_text, spoken, write_csv
from joinedup.cli.questions import Dates, Frameworks, Judgement
from joinedup.errors import UsageError

TABLE_COLUMNS = {
    "": {
        "area": "the slug of an area that moved",
        "name": "its name",
        "la_code": "its three-digit code of the Department for Education",
        "from": "its grade on the first day; empty where it had none",
        "to": "its grade on the second day; empty where it had none",
        "corrected": 'which of the two a person has corrected, with the field ("; " between several)',
    }
}
"""What the columns of the command's table mean."""


@standard(csv=True)
def command(
    session: Session,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The second day.")] = "",
    framework: Frameworks = None,
    judgement: Judgement = "overall",
    dates: Dates = "official",
) -> int:
    """Who moved from which grade to which between two days, who is newly inadequate and who left it.

    Without --framework: slac, cpi, sif and ilacs together. Status 1 if nobody was judged on either day.
    """
    if not start or not end:
        raise UsageError("Name two days: --from 2012-07-31 --to 2013-08-31.")
    answer = changes(
        session.open(),
        start=parse_date(start, "--from"),
        end=session.day(end, "--to"),
        frameworks=parse_list(framework),
        judgement=judgement,
        dates=cast(DatesChoice, dates),
    )
    if session.csv:
        write_csv(session.csv, answer.rows(), answer.columns)
    if session.as_json:
        print_json(answer.to_json())
    elif not session.csv:
        _print(answer)
    return 0 if answer.matrix else 1


def _print(answer: Changes) -> None:
    judged_on = [grade for grade in (*GRADES, None) if any(grade in row for row in answer.matrix.values())]
    print_table(
        f"From {spoken(answer.start)} (down) to {spoken(answer.end)} (across): areas that were there on both days",
        ("", *(_words(grade) for grade in judged_on)),
        [(_words(was), *(row.get(now, 0) for now in judged_on)) for was, row in answer.matrix.items()],
    )
    print_table(
        f"Moved: {counted(len(answer.areas), 'area')}",
        ("Area", "From", "To"),
        [(move.name, *_grades(move, answer.judgement)) for move in answer.areas],
    )
    print_text(f"Newly inadequate: {_names(answer.newly_inadequate)}")
    print_text(f"Left inadequate: {_names(answer.left_inadequate)}")
    for one in answer.reorganised:
        after = "; ".join(f"{move.name} ({_words(move.after)})" for move in one.successors)
        print_text(f"{one.name} ({_words(one.before)}) ended on {spoken(one.ended)}; in its place: {after}")
    for move in answer.corrected:
        before, after = _grades(move, answer.judgement)
        if "corrected" in before + after and move not in answer.areas:  # those that moved say so in their row
            print_text(f"Corrected by a person: {move.name}, from {before} to {after}")


def _words(grade: str | None) -> str:
    return "No grade" if grade is None else GRADE_WORDS[grade]


def _grades(move: Move, judgement: str) -> tuple[str, str]:
    """The grade before and the one after in words; of one that somebody corrected also as what it was read."""
    before, after = (read_as(given, judgement) for given in (move.corrected_before, move.corrected_after))
    return (
        _words(move.before) + (f" ({before})" if before else ""),
        _words(move.after) + (f" ({after})" if after else ""),
    )


def _names(moves: tuple[Move, ...]) -> str:
    return ", ".join(move.name for move in moves) or "none"
