"""`joinedup serve`: the web service over the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from joinedup.cli.extras import need
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json


@standard()
def command(
    session: Session,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 takes a free one.")] = 8000,
    workers: Annotated[
        int, typer.Option(min=0, help="How many server processes; 0 is one for each core, eight at most.")
    ] = 0,
) -> int:
    """Serve the record as web pages until stopped with Ctrl-C.

    At this machine's own address nothing needs to be set. For others to reach it, set JOINEDUP_SECRET_KEY and
    JOINEDUP_ALLOWED_HOSTS: see docs/how-to/run-the-service.md. With DATABASE_URL it serves the live service too, once
    `joinedup service migrate` has made its tables.
    """
    need("joinedup serve", "serve")
    from joinedup.service.server import Plan, listen, serve

    def ready(address: str, stop: Callable[[], None]) -> None:
        tell(session, address)

    plan = Plan(
        record=session.record,
        as_of=session.as_of.isoformat() if session.as_of else None,
        workers=workers or None,
    )
    serve(listen(host, port), plan, ready)
    return 0


def tell(session: Session, address: str) -> None:
    """Say where the service answers."""
    if session.as_json:
        print_json({"address": address}, one_line=True)
    else:
        note(f"Joinedup is at {address} (Ctrl-C stops it)", quiet=session.quiet)
