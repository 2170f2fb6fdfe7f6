"""`joinedup outcomes`: how many stood at each grade on a day."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from joinedup.analysis.outcomes import Outcomes, outcomes
from joinedup.analysis.rules import Count
from joinedup.analysis.rules import Dates as DatesChoice
from joinedup.cli.inputs import parse_list
from joinedup.cli.options import Session, standard
from joinedup.cli.output import GRADE_WORDS, counted, print_json, print_table, spoken, write_csv
from joinedup.cli.questions import Dates, Frameworks, Judgement, counting_rule
from joinedup.errors import UsageError

TABLE_COLUMNS = {
    "": {
        "grade": "outstanding, good, requires_improvement or inadequate",
        "count": "how many areas, or inspections, stand at it",
        "percent": "their share of all that have a grade, to one decimal",
    }
}
"""What the columns of the command's table mean."""


@standard(csv=True)
def command(
    session: Session,
    framework: Frameworks = None,
    as_at: Annotated[
        str, typer.Option("--as-at", metavar="DATE", help="The day: 2016-11-16 or '16 November 2016'.")
    ] = "",
    count: Annotated[
        str,
        typer.Option(
            "--count",
            metavar="areas|inspections",
            help="Count each area once, with its latest inspection; or every inspection, re-inspections too.",
        ),
    ] = "areas",
    judgement: Judgement = "overall",
    dates: Dates = "official",
) -> int:
    """How many areas, or inspections, stood at each grade on a day.

    Several frameworks are taken together: each area counts with its latest inspection. Status 1 if there were none.
    """
    families = parse_list(framework)
    if families is None:
        raise UsageError("Name a framework: --framework sif, or several: --framework slac,cpi.")
    if not as_at:
        raise UsageError("Name a day: --as-at 2016-11-16.")
    answer = outcomes(
        session.open(),
        frameworks=families,
        as_at=session.day(as_at, "--as-at"),
        count=cast(Count, count),
        judgement=judgement,
        dates=cast(DatesChoice, dates),
    )
    if session.csv:
        write_csv(session.csv, answer.rows(), answer.columns)
    if session.as_json:
        print_json(answer.to_json())
    elif not session.csv:
        _print(answer)
    return 0 if answer.total or answer.no_grade else 1


def _print(answer: Outcomes) -> None:
    rows: list[tuple[object, ...]] = [
        (GRADE_WORDS[row["grade"]], row["count"], row["percent"]) for row in answer.rows()
    ]
    rows.append(("Total", answer.total, 100.0 if answer.total else None))
    caption = [counting_rule(answer.counted_by, answer.dates)]
    if answer.no_grade:
        caption.append(f"{answer.no_grade} more whose latest inspection gives no such judgement")
    if answer.not_inspected:
        caption.append(f"{counted(answer.not_inspected, 'area')} not inspected under it by then")
    families = ", ".join(family.upper() for family in answer.frameworks)
    print_table(
        f"{families}: {answer.judgement.replace('_', ' ')} on {spoken(answer.as_at)}",
        ("Grade", answer.count.capitalize(), "%"),
        rows,
        caption="; ".join(caption),
        last_is_total=True,
    )
