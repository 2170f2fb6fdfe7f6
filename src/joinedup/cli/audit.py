"""`joinedup audit …`: does the live service's audit still hold?"""

from __future__ import annotations

from typing import Annotated

import typer

from joinedup.cli.extras import need
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json, print_line


@standard(as_of=False)
def verify(
    session: Session,
    expect: Annotated[
        str | None, typer.Option(metavar="DIGEST", help="A digest printed earlier, which must be in the chain.")
    ] = None,
) -> int:
    """Read the whole chain of the audit and name every row that was changed, taken out or put in.

    Status 1 if there is such a row. Keep the digest that it prints somewhere else: given to --expect later, it shows
    whether somebody made the whole chain anew. Needs DATABASE_URL.
    """
    need("joinedup audit", "serve")
    from joinedup.service import at_the_console as console

    console.set_up()
    rows, digest, faults = console.verify_audit(expect)
    if session.as_json:
        told = [{"row": row, "what": what} for row, what in faults]
        print_json({"rows": rows, "digest": digest, "holds": not faults, "faults": told})
        return 1 if faults else 0
    for row, what in faults:
        print_line(f"row {row}: {what}")
    if not faults:
        note(f"The chain holds: {rows} rows. Digest of the last:", quiet=session.quiet)
        print_line(digest)
    return 1 if faults else 0


app = typer.Typer(help="The live service's audit.", no_args_is_help=True)
app.command("verify")(verify)


@app.callback()
def _family() -> None:
    """The live service's audit."""
