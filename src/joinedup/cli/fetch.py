"""`joinedup fetch`: brings new reports and statistics from where they are published into the local store."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from joinedup.areas import find_area
from joinedup.cli.inputs import given_date, parse_list
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json
from joinedup.cli.progress import progress_bar
from joinedup.fetching import Summary, default_store, fetch


@standard(as_of=False)
def command(
    session: Session,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="DIR", help="The store.  [default: JOINEDUP_STORE, else your data folder]"),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kinds",
            metavar="K[,K…]",
            help="Which kinds: inspections, visits, joint, send, outcomes, statistics.  [default: all]",
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only what was published on or after that day.")
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="NAME-OR-CODE", help="Only reports on this area.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most N downloads.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look, and say what would be fetched.")] = False,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Also ask whether reports in the store have changed.")
    ] = False,
) -> int:
    """Download new reports and statistics from where they are published into a local store.

    It makes one request a second to each site. If it is stopped, the next run goes on where it was. Status 1 if
    anything failed.
    """
    # The retrying library logs each wait as a warning; the summary tells what matters.
    logging.getLogger("stamina").addHandler(logging.NullHandler())
    with progress_bar("Fetching", quiet=session.quiet) as tell:
        summary = fetch(
            store or default_store(),
            kinds=parse_list(kinds, "--kinds"),
            since=given_date(since, "--since"),
            area=find_area(area) if area is not None else None,
            limit=limit,
            dry_run=dry_run,
            recheck=recheck,
            progress=tell,
        )
    if session.as_json:
        print_json(summary.to_json())
    else:
        _print(summary)
    if summary.fetched:
        note(f"Next: joinedup ingest {summary.store / 'files'}", quiet=session.quiet)
    return 1 if summary.failed else 0


def _print(summary: Summary) -> None:
    say = sys.stdout.write
    if summary.dry_run:
        for one in summary.left:
            say(f"{one.published or 'undated'}  {one.kind}  {one.area or ''}  {one.title}  {one.address}\n")
    counts = (
        (len(summary.fetched), "fetched"),
        (summary.unchanged, "in the store already"),
        (summary.same, "the same as a file from another address"),
        (len(summary.left), "left for another run" if not summary.dry_run else "to fetch"),
        (len(summary.failed), "failed"),
    )
    told = ", ".join(f"{number} {words}" for number, words in counts if number)
    say(f"Found {summary.found}: {told or 'nothing new'}.\n")
    for address, reason in summary.failed:
        say(f"Failed: {reason if address in reason else f'{address}: {reason}'}\n")
