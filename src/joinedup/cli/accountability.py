"""`joinedup accountability`: who must improve what, and who answers for it."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from joinedup.analysis.accountability_demands import Accountability, Demand, Held, accountability
from joinedup.analysis.accountability_facts import ASKED
from joinedup.analysis.accountability_filters import selection
from joinedup.analysis.accountability_matrix import ALL, Matrix, Periods, matrix
from joinedup.analysis.rules import check_choice
from joinedup.analysis.statement_columns import OF_CHECKING, OF_DEMANDS
from joinedup.cli.inputs import given_date, parse_choices, parse_list, reading_filters
from joinedup.cli.options import Session, standard
from joinedup.cli.output import (
    counted,
    led,
    note,
    print_json,
    print_none_shown,
    print_table,
    print_text,
    spoken,
    write_bytes,
)
from joinedup.cli.questions import Fictional, Polarity, Since, Until
from joinedup.cli.tables import Parquet, Xlsx, write_tables
from joinedup.errors import UsageError
from joinedup.record.choices import NOBODY, POLARITY_TITLES, agency_key, kind_key

_CELLS = {
    "agency": "the agency that statements hold responsible (its key); none: those that hold nobody",
    "theme": "the theme that they are about (its key); none: those about none",
    "period": "the year of publication, or the version of the framework; none: without a day; no-version: without a "
    "known version",
    "statements": "how many statements; one that holds several agencies, or has several themes, counts under each",
    "priority": "how many of them are priority actions",
    "reports": "how many reports make them",
    "areas": "how many areas these are on",
}
TABLE_COLUMNS = {"": OF_DEMANDS, "--count-by": _CELLS, "--for-checking": OF_CHECKING}
"""What the columns of the command's tables mean: without an option, and with it."""

SHOWN = 20
"""How many statements are printed to read, where --limit does not say."""


@standard(csv=True)
def command(
    session: Session,
    area: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="NAME-OR-CODE", help="Only this area; repeat for several."),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="REGION", help="Only this region; repeat for several.")
    ] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option(
            "--agency",
            metavar="A[,A…]",
            help="Only what holds one of these agencies responsible, by title or key; none: what holds nobody.",
        ),
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option(
            "--theme",
            metavar="THEME",
            help="Only what is about this theme, by title or key (docs/reference/themes.md); repeat for several.",
        ),
    ] = None,
    framework: Annotated[
        list[str] | None, typer.Option("--framework", metavar="F[,F…]", help="Only these framework families.")
    ] = None,
    body: Annotated[
        str | None,
        typer.Option(
            "--body",
            metavar="KEY",
            help="Only what this body's agency was asked in the areas that it served, such as police-kent.",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="K[,K…]", help="Only these kinds: priority action, improvement, strength, finding."
        ),
    ] = None,
    polarity: Polarity = None,
    sure_below: Annotated[
        float | None,
        typer.Option(
            "--sure-below",
            metavar="N",
            help="Only doubtful answers: no agency is held responsible with a confidence of this (0 to 1) or more.",
        ),
    ] = None,
    doubtful_first: Annotated[
        bool,
        typer.Option(
            "--doubtful-first",
            help="Begin with those whose agencies are least likely to be all right, instead of the newest: to check.",
        ),
    ] = False,
    period: Annotated[
        list[str] | None,
        typer.Option(
            "--period",
            metavar="P[,P…]",
            help="Only these years (2023) or versions of a framework (jtai-2022); none: reports without a day.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="WORDS", help="Only statements with exactly these words, one after the other."),
    ] = None,
    count_by: Annotated[
        str | None,
        typer.Option(
            "--count-by", metavar="year|cycle", help="Print counts by agency, theme and period instead of statements."
        ),
    ] = None,
    fictional: Fictional = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, metavar="N", help="At most N statements.  [default: 20 on the screen, all in a file]"
        ),
    ] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out the first N statements.")] = 0,
    xlsx: Xlsx = None,
    parquet: Parquet = None,
    for_checking: Annotated[
        Path | None,
        typer.Option(
            "--for-checking",
            metavar="FILE",
            help="Write what nobody has checked to FILE (.csv or .xlsx), the most doubtful first, with cells to say "
            "whether the agencies are right; joinedup correct --from takes it in.",
        ),
    ] = None,
) -> int:
    """Who must improve what, newest first.

    Each statement comes with its report and page, the agencies that it holds responsible, the posts that answer for
    them and to whom those answer. Without --kind these are priority actions and improvements. For praise give --kind
    strength,finding --polarity strength. Status 1 if nothing was found; 2 if a filter names something that does not
    exist.
    """
    with reading_filters():
        filters: dict[str, Any] = {
            "area": [_slug(name) for name in area] if area else None,
            "region": region or None,
            "agency": parse_choices(agency, "--agency", agency_key),
            "theme": theme or None,
            "framework": parse_list(framework),
            "body": body,
            "kinds": parse_choices(kind, "--kind", kind_key) or ASKED,
            "polarity": polarity,
            "sure_below": sure_below,
            "period": parse_list(period, "--period"),
            "since": given_date(since, "--since"),
            "until": given_date(until, "--until"),
            "text": text,
            "fictional": fictional,
        }
        selection(**filters)
    files = {"csv": session.csv, "xlsx": xlsx, "parquet": parquet}
    if for_checking is not None:
        if count_by is not None or any(files.values()):
            raise UsageError("--for-checking writes a table of its own: leave out other files and --count-by.")
        return _write_to_check(session, for_checking, limit, offset, filters)
    if count_by is not None:
        check_choice("--count-by", count_by, ("year", "cycle"))
        if limit is not None or offset or doubtful_first:
            raise UsageError("--count-by counts everything: leave out --limit, --offset and --doubtful-first.")
        counted = matrix(session.open_with_reports(), by=cast(Periods, count_by), **filters)
        if not write_tables(files, counted.rows, counted.columns) and not session.as_json:
            _print_counts(counted)
        if session.as_json:
            print_json(counted.to_json())
        return 0 if counted.count().statements else 1
    to_read = not session.as_json and not any(files.values())
    answer = accountability(
        session.open_with_reports(), **filters, limit=SHOWN if limit is None and to_read else limit, offset=offset,
        doubtful_first=doubtful_first,
    )  # fmt: skip
    write_tables(files, answer.rows, answer.columns)
    if session.as_json:
        print_json(answer.to_json())
    elif to_read:
        _print(answer)
    return 0 if answer.total else 1


def _write_to_check(session: Session, path: Path, limit: int | None, offset: int, filters: dict[str, Any]) -> int:
    """Write the table that people fill in, and say how many statements it has."""
    from joinedup.analysis.sheet_to_check import columns_to_check, rows_to_check, to_check
    from joinedup.documents.spreadsheets import write_to_fill_in

    ending = path.suffix.lower().lstrip(".")
    if ending not in ("csv", "xlsx"):
        raise UsageError(f"--for-checking {path} ends neither in .csv nor in .xlsx: give it one of these endings.")
    found = to_check(session.open_with_reports(), limit=limit, offset=offset, **filters)
    table = io.BytesIO()
    write_to_fill_in(table, ending, rows_to_check(found.demands), columns_to_check())
    write_bytes(path, table.getvalue())
    if session.as_json:
        print_json(found.to_json())
    else:
        note(
            f"{counted(len(found.demands), 'statement')} of {found.total:,} to check, in {path}. When you have filled "
            f"it in: joinedup correct --from {path} --by 'your name'",
            quiet=session.quiet,
        )
    return 0 if found.total else 1


_KINDS = {"priority_action": "PRIORITY: ", "strength": "Strength: "}
_TENDENCIES = {key: f"{title.capitalize()}: " for key, title in POLARITY_TITLES.items()}
"""What stands before a statement, by its kind or, for one of the main text, by whether it is praise or concern."""


def _slug(name: str) -> str:
    from joinedup.areas import find_area

    return find_area(name).slug


def _print(answer: Accountability) -> None:
    if not answer.demands:
        print_none_shown(answer.total, offset=answer.offset)
        return
    print_text(f"{answer.offset + 1} to {answer.offset + len(answer.demands)} of {answer.total}")
    report = None
    for demand in answer.demands:
        about = demand.report
        if about.sha256 != report:
            report = about.sha256
            kind = " ".join(filter(None, (about.framework, about.visit)))
            print_text(f"\n{about.area_name or 'Area not told'}: {kind}, {_day(about.day)} ({about.file})")
        _print_demand(demand)


def _print_demand(demand: Demand) -> None:
    marks, sort = (_TENDENCIES, demand.polarity) if demand.kind == "finding" else (_KINDS, demand.kind)
    corrected = f"; corrected: {', '.join(demand.corrected)}" if demand.corrected else ""
    print_text(f"- {marks.get(sort or '', '')}{led(demand.lead_in, demand.text)} (p. {demand.page}{corrected})")
    for held in demand.agencies:
        print_text(f"    {_agency(held.agency)}: {_posts(held)}")
    if not demand.agencies:
        print_text("    No agency is held responsible.")


def _posts(held: Held) -> str:
    """The posts in a line: "Chief constable (Kent Police), who answers to Police and crime commissioner"."""
    told = []
    for one in held.posts:
        people = [person.name for person in held.holders(one.post.key)]
        of = "; ".join([*(name for _, name in one.bodies), *people])
        above = f", who {one.answers_in_words}" if one.answers_to else ""
        told.append(f"{one.post.title}{f' ({of})' if of else ''}{above}")
    nobody = "no post answers for it" if held.decided == "words" else "no post is known"
    return (" – or – " if held.decided == "either" else "; ").join(told) or nobody


def _print_counts(counted: Matrix) -> None:
    rows = [
        (_agency(agency), *(counted.count(agency, period=period).statements for period in counted.periods),
         counted.count(agency).statements)
        for agency in (*counted.agencies, ALL)
    ]  # fmt: skip
    print_table(
        f"{counted.count().statements} statements by agency and {counted.by}",
        ("Agency", *counted.periods, "All"),
        rows,
        caption="a statement that holds several agencies responsible counts under each of them",
    )
    print_table(
        "By theme",
        ("Theme", *(_agency(agency) for agency in counted.agencies), "All"),
        [
            (_theme(theme), *(counted.count(agency, theme).statements for agency in (*counted.agencies, ALL)))
            for theme in counted.themes
        ],
    )


def _theme(key: str) -> str:
    from joinedup.attribution import theme_title

    return "No theme" if key == NOBODY else theme_title(key)


def _agency(key: str) -> str:
    from joinedup.areas import get_agency

    return {NOBODY: "No agency", ALL: "All"}.get(key) or get_agency(key).title


def _day(day: dt.date | None) -> str:
    return spoken(day) if day else "undated"
