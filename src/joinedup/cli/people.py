"""`joinedup people …`: the first person of the live service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from joinedup.cli.extras import need
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json, print_line


@standard(as_of=False)
def add_service_administrator(
    session: Session,
    email: Annotated[str, typer.Argument(help="Their e-mail address, by which they sign in.")],
    name: Annotated[str, typer.Argument(help="Their name.")],
    address: Annotated[str, typer.Option(help="The address of the service, for the link.")] = "http://127.0.0.1:8000",
) -> int:
    """Add a service administrator, who may add organisations and people, and print a link for their first sign-in.

    The link can be used once, within seven days. Needs DATABASE_URL and JOINEDUP_SECRET_KEY.
    """
    need("joinedup people", "serve")
    from joinedup.service import at_the_console as console

    console.set_up()
    made = console.add_service_administrator(email, name)
    link = address.rstrip("/") + made.path
    if session.as_json:
        print_json(asdict(made) | {"link": link})
    else:
        note(f"{made.name} chooses a password at this link, once and within seven days:", quiet=session.quiet)
        print_line(link)
    return 0


app = typer.Typer(help="The people of the live service.", no_args_is_help=True)
app.command("add-service-administrator")(add_service_administrator)


@app.callback()
def _family() -> None:
    """The people of the live service."""
