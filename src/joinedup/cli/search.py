"""`joinedup search`: statements of the record's reports that hold some words, best first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from joinedup.analysis.search_table import COLUMNS, found_rows, in_cells
from joinedup.analysis.statement_columns import OF_HITS
from joinedup.analysis.visits import iso
from joinedup.cli.inputs import given_date, reading_filters
from joinedup.cli.options import Session, standard
from joinedup.cli.output import led, note, print_json, print_none_shown, print_table, print_text
from joinedup.cli.questions import Fictional, Polarity, Since, Until
from joinedup.cli.tables import Parquet, Xlsx, write_tables
from joinedup.errors import UsageError
from joinedup.record.choices import KIND_TITLES, areas_of_region

if TYPE_CHECKING:
    from joinedup.record.search import Hit, Hits

TABLE_COLUMNS = {"": OF_HITS}
"""What the columns of the command's table mean."""

_SHOWN_FACETS = 8

SHOWN = 20
"""How many hits are printed, where --limit does not say."""


@standard(csv=True)
def command(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…",
            help='Words; "a phrase" in double quotes; word* for words that begin so (four letters or more).',
        ),
    ],
    area: Annotated[str | None, typer.Option("--area", metavar="NAME-OR-CODE", help="Only this area.")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="REGION", help="Only this region.")] = None,
    agency: Annotated[
        str | None,
        typer.Option(
            "--agency",
            metavar="A",
            help="Only what holds this agency responsible, by title or key; none: what holds nobody.",
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            "--theme",
            metavar="THEME",
            help="Only what is about this theme, by title or key (docs/reference/themes.md); none: no theme.",
        ),
    ] = None,
    framework: Annotated[
        str | None, typer.Option("--framework", metavar="F", help="Only this framework family.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only this kind: priority action, improvement, strength or finding."
        ),
    ] = None,
    polarity: Polarity = None,
    since: Since = None,
    until: Until = None,
    fictional: Fictional = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, metavar="N", help="At most N statements.  [default: 20 on the screen, all in a file]"
        ),
    ] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out the best N statements.")] = 0,
    facets: Annotated[
        bool,
        typer.Option("--facets", help="Also count the hits by kind, framework, agency, theme, area and year."),
    ] = False,
    xlsx: Xlsx = None,
    parquet: Parquet = None,
) -> int:
    """Search what reports say, best first.

    The words that were found are marked. If no statement has all of the words, those with some of them are found, and
    the answer says so. Of more than 2,000 statements, only the newest 2,000 are put in order and written to a file;
    facets count all. Status 1 if nothing was found; 2 if a filter names something that does not exist.
    """
    from joinedup.areas import find_area
    from joinedup.record.search import MOST_RANKED, NOTHING_SOUGHT, Filters, count, search, terms

    with reading_filters():
        filters = Filters(
            area=find_area(area).slug if area is not None else None,
            areas=areas_of_region(region) if region is not None else None,
            agency=agency,
            theme=theme,
            framework=framework,
            kind=kind,
            polarity=polarity,
            since=given_date(since, "--since"),
            until=given_date(until, "--until"),
            fictional=fictional,
        ).checked()
    sought = " ".join(words)
    if not terms(sought):
        raise UsageError(f"{NOTHING_SOUGHT[0].upper()}{NOTHING_SOUGHT[1:]}.")
    record = session.open_with_reports()
    files = {"csv": session.csv, "xlsx": xlsx, "parquet": parquet}
    most = (MOST_RANKED if any(files.values()) else SHOWN) if limit is None else limit
    found = search(record, sought, filters, limit=most, offset=offset)
    written = write_tables(files, lambda: [in_cells(row) for row in found_rows(record, found)], COLUMNS)
    if written and limit is None and found.ranked < found.total:
        note(
            f"Of {found.total} hits the newest {found.ranked} were put in order and written: "
            "more words, or a filter, find the others.",
            quiet=session.quiet,
        )
    counted = _facets(count(record, sought, filters)) if facets else None
    if session.as_json:
        hits = [_plain(row, hit) for row, hit in zip(found_rows(record, found), found, strict=True)]
        document = {"total": found.total, "ranked": found.ranked, "some_words": found.some_words, "hits": hits}
        print_json(document if counted is None else document | {"facets": counted})
    elif not written:
        _print(found, offset, [row["corrected"] for row in found_rows(record, found)])
        for name, values in (counted or {}).items():
            print_text(f"{name}: {'; '.join(_facet(name, one) for one in values[:_SHOWN_FACETS])}")
    return 0 if found.total else 1


def _plain(row: dict[str, Any], hit: Hit) -> dict[str, Any]:
    """A hit as JSON has it, with the places of the words found."""
    return row | {"published": iso(hit.published), "marks": [list(mark) for mark in hit.marks]}


def _facets(counted: Mapping[str, Mapping[str, int]]) -> dict[str, list[dict[str, Any]]]:
    """How many hits there are under each value, most first."""
    from joinedup.record.search import most_first

    return {
        name: [{"value": value, "count": number} for value, number in most_first(found)]
        for name, found in counted.items()
    }


def _facet(name: str, one: Mapping[str, Any]) -> str:
    return f"{_title(name, str(one['value']))} ({one['count']})"


def _title(facet: str, value: str) -> str:
    """What a value of a facet is called."""
    from joinedup.areas import get_agency, get_area
    from joinedup.attribution import theme_title

    called: dict[str, Callable[[str], str]] = {
        "agency": lambda key: get_agency(key).title,
        "area": lambda slug: get_area(slug).name,
        "kind": KIND_TITLES.__getitem__,
        "theme": theme_title,
    }
    return called[facet](value) if facet in called else value


def _print(found: Hits, offset: int, corrected: Sequence[Sequence[str]]) -> None:
    """The table; `corrected` has for each hit the fields that somebody corrected."""
    hits = found.hits
    if not hits:
        print_none_shown(found.total, ranked=found.ranked, offset=offset)
        return
    if found.some_words:
        print_text("No statement has all of these words; these have some of them.")
    print_table(
        f"{len(hits)} of {found.total}" + (f", the newest {found.ranked} ranked" if found.ranked < found.total else ""),
        ("Area", "Published", "Kind", "Page", "Words"),
        [
            (hit.area_name, hit.published, KIND_TITLES[hit.kind], hit.page, _marked(hit) + _corrected(fields))
            for hit, fields in zip(hits, corrected, strict=True)
        ],
        caption="what was found stands between › and ‹",
    )


def _corrected(fields: Sequence[str]) -> str:
    return f" (corrected: {', '.join(fields)})" if fields else ""


def _marked(hit: Hit) -> str:
    """A statement's words, behind those that introduce its list, with what was found in them marked, in plain letters:
    not every terminal has colours."""
    text, marks = hit.snippet()
    parts, at = [], 0
    for start, end in marks:
        parts += [text[at:start], "›", text[start:end], "‹"]
        at = end
    return led(hit.lead_in, "".join([*parts, text[at:]]))
