"""`joinedup service …`: the live service's database."""

from __future__ import annotations

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


app = typer.Typer(help="The live service's database.", no_args_is_help=True)
app.command("migrate")(migrate)


@app.callback()
def _family() -> None:
    """The live service's database."""
