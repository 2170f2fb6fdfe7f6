"""Which commands there are, where each lives, and the Typer application made of them.

A command is a module of this room with a function `command` (its docstring is the help), or, for a family of
commands, a Typer application `app`. Only the module of the command that is asked for is imported: a question must
not wait for what other commands need. The root help and the reference page import them all.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module

import typer

COMMANDS = (
    "read",
    "ingest",
    "outcomes",
    "changes",
    "area",
    "areas",
    "frameworks",
    "accountability",
    "search",
    "fetch",
    "correct",
    "record",
    "serve",
    "demo",
)


def asked_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """The commands to import for these arguments: the one named, or all where none of them is."""
    named = next((word for word in arguments if not word.startswith("-")), None)
    return (named,) if named in COMMANDS else COMMANDS


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The Typer application with the named commands."""
    app = typer.Typer(
        name="joinedup",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for name in names:
        module = import_module(f"joinedup.cli.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)
    return app


def _root() -> None:
    """Joined-up inspection of children's services in England: the public record of who was judged how, and when."""
