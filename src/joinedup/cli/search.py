"""`joinedup search`: statements of the record's reports that hold some words, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from joinedup.cli.inputs import parse_date
from joinedup.cli.options import Session, standard
from joinedup.cli.output import print_json, print_table, print_text, write_csv

if TYPE_CHECKING:
    from joinedup.record.search import Hit

_COLUMNS = ("area", "framework", "published", "kind", "page", "text", "section", "report", "finding")


@standard(csv=True)
def command(
    session: Session,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS…", help='Words; "in quotes" a phrase; word* what begins so.')
    ],
    area: Annotated[str | None, typer.Option("--area", metavar="NAME-OR-CODE", help="Only of this area.")] = None,
    framework: Annotated[str | None, typer.Option("--framework", metavar="F", help="Only of this family.")] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="Only improvement, priority_action, strength or finding."),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only published from that day.")] = None,
    fictional: Annotated[
        bool, typer.Option("--fictional", help="Also in specimens of our own making, which are left out otherwise.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="How many at most.")] = 20,
) -> int:
    """Search what reports say, best first. Status 1 if nothing was found."""
    from joinedup.record.search import Filters, search

    filters = Filters(
        area=_slug(area) if area else None,
        framework=framework,
        kind=kind,
        since=parse_date(since, "--since") if since else None,
        fictional=fictional,
    )
    found = search(session.open(), " ".join(words), filters, limit=limit)
    rows = [_row(hit) for hit in found]
    if session.csv:
        write_csv(session.csv, rows, _COLUMNS)
    if session.as_json:
        print_json({"total": found.total, "hits": rows})
    elif not session.csv:
        _print(found.total, rows)
    return 0 if rows else 1


def _slug(name: str) -> str:
    from joinedup.areas import find_area

    return find_area(name).slug


def _row(hit: Hit) -> dict[str, Any]:
    row = {name: getattr(hit, name) for name in _COLUMNS if name not in ("area", "published")}
    return {"area": hit.area_name, "published": hit.published.isoformat() if hit.published else None} | row


def _print(total: int, rows: list[dict[str, Any]]) -> None:
    if not rows:
        print_text("Nothing was found.")
        return
    print_table(
        f"{len(rows)} of {total}",
        ("Area", "Published", "Kind", "Page", "Words"),
        [(row["area"], row["published"], row["kind"].replace("_", " "), row["page"], row["text"]) for row in rows],
    )
