"""`joinedup demo`: the web service with bundled facts, fictional reports and a fictional inspection team, to try."""

from __future__ import annotations

import os
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Annotated

import typer

from joinedup.cli.extras import need
from joinedup.cli.options import Session, standard
from joinedup.cli.output import note
from joinedup.cli.serve import tell
from joinedup.errors import JoinedupError

PATIENCE = 300.0
"""Seconds that the England page may take to come the first time, on a slow machine."""


class CheckFailedError(JoinedupError):
    """The demonstration started, but its first page did not come."""


@standard(as_of=False)
def command(
    session: Session,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port on this machine; if it is in use, a free one is taken.")
    ] = 8000,
    fictional: Annotated[
        bool,
        typer.Option(
            "--fictional/--no-fictional", help="With fictional areas and people, or with published facts alone."
        ),
    ] = True,
    check: Annotated[bool, typer.Option("--check", help="Start, fetch the England page, say ok and end.")] = False,
) -> int:
    """Show the website on this machine, with fictional reports and fictional people to sign in as.

    The first time, it makes a record and a database of its own in your cache folder; that takes a minute at most. With
    --record it shows that record instead. The fictional people can sign in to the demonstration only.
    """
    need("joinedup demo", *(("serve", "documents") if fictional else ("serve",)))
    from joinedup.service.demo import demo_folder, prepare, prepare_live
    from joinedup.service.server import Plan, listen, serve

    def say(words: str) -> None:
        note(words, quiet=session.quiet)

    record = session.record
    own = None
    if record is None:
        own = prepare(demo_folder(), say=say) if fictional else demo_folder() / "facts-alone"
        record = str(own)
    database, people = prepare_live(demo_folder(), record=own, say=say) if fictional else (None, [])
    if database is None:
        os.environ.pop("DATABASE_URL", None)  # nobody's live service belongs in a demonstration
    bound = listen("127.0.0.1", port, or_any=True)
    taken = bound.getsockname()[1]
    if port not in (0, taken):
        say(f"Port {port} is in use; taking {taken} instead.")
    checker = _Checker()

    def ready(address: str, stop: Callable[[], None]) -> None:
        tell(session, address)
        if people:
            note(f"Sign in at {address}demo/sign-in, with no password, as any of:", quiet=session.quiet)
        for name, email, roles, organisation in people:
            note(f"  {name} <{email}>: {roles}, {organisation}", quiet=session.quiet)
        if check:
            checker.start(address, stop)

    serve(bound, Plan(record=record, fictional=fictional, demo_database=database), ready)
    if check:
        checker.verdict()
        say("ok")
    return 0


class _Checker:
    """Fetches the first page beside the running server, then stops the server."""

    def __init__(self) -> None:
        self._problem: str | None = "the server ended before its first page could be fetched"

    def start(self, address: str, stop: Callable[[], None]) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._check, args=(address, stop), daemon=True).start()

    def verdict(self) -> None:
        """Raise CheckFailedError unless the page came."""
        if self._problem:
            raise CheckFailedError(f"the demonstration does not work: {self._problem}")

    def _check(self, address: str, stop: Callable[[], None]) -> None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 our own http address
                page = answer.read().decode()
            self._problem = None if "</html>" in page else "the England page came incomplete"
        except (OSError, urllib.error.URLError) as error:
            self._problem = f"the England page did not come: {error}"
        finally:
            stop()
