"""`joinedup service …`: the live service's database, and the work that it does by the clock."""

from __future__ import annotations

from typing import Annotated

import typer

from joinedup.cli.extras import need
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json


@standard(as_of=False)
def migrate(session: Session) -> int:
    """Make the tables of the live service, or bring them to this version. Needs DATABASE_URL."""
    need("joinedup service", "serve")
    from joinedup.service import at_the_console as console

    console.set_up()
    steps = console.migrate()
    if session.as_json:
        print_json({"steps": steps})
    else:
        note(f"{len(steps)} steps were taken." if steps else "There was nothing to do.", quiet=session.quiet)
    return 0


@standard(as_of=False)
def run_due(
    session: Session,
    address: Annotated[
        str | None,
        typer.Option(envvar="JOINEDUP_ADDRESS", help="The address of the service, for links in e-mails."),
    ] = None,
) -> int:
    """Do what is due: tell people of deadlines, send e-mails, complete interrupted publications, clear ended sessions.

    Run it every few minutes. Two runs at the same time do no harm: each e-mail is sent once. Needs DATABASE_URL.
    """
    need("joinedup service", "serve")
    from joinedup.service import at_the_console as console

    console.set_up()
    ran = console.run_due(address)
    if session.as_json:
        print_json(ran)
    else:
        words = f"{ran['sent']} e-mails were sent, {ran['waiting']} wait, {ran['not_sent']} will not be sent."
        done = f"{ran['published']} publications were completed, {ran['deadlines']} people were told of deadlines."
        note(f"{done} {words}", quiet=session.quiet)
    return 0


app = typer.Typer(help="The live service's database and scheduled work.", no_args_is_help=True)
app.command("migrate")(migrate)
app.command("run-due")(run_due)


@app.callback()
def _family() -> None:
    """The live service's database and scheduled work."""
