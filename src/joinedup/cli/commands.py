"""Which commands there are, where each lives, and the Typer application made of them.

A command is a module of this room with a function `command` (its docstring is the help), or, for a family of
commands, a Typer application `app`. Only the module of the command that is asked for is imported: a question must
not wait for what other commands need. The root help and the reference page import them all.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperOption

from joinedup.errors import UsageError

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
    "service",
    "people",
    "audit",
)


class GivenOnce(TyperCommand):
    """A command that refuses an option given twice where it takes one value: the first would be lost unseen."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises UsageError."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        single = [each for each in given if isinstance(each, TyperOption) and not (each.multiple or each.is_flag)]
        for each in single:
            if single.count(each) > 1:
                raise UsageError(f"{each.opts[0]} was given more than once, and takes one value.")
        return super().parse_args(ctx, args)


def asked_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """The commands to import for these arguments: the one named, all where none of them is, none for the version."""
    if arguments and arguments[0] == "--version":
        return ()
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
            for each in module.app.registered_commands:
                each.cls = GivenOnce
            app.add_typer(module.app, name=name, short_help=module.app.info.help)
        else:
            app.command(name, cls=GivenOnce, short_help=_first_paragraph(module.command.__doc__))(module.command)
    return app


def _first_paragraph(text: str) -> str:
    """What the list of commands says of one, whole: Typer would cut it off at 45 letters."""
    return " ".join(text.partition("\n\n")[0].split())


def _print_versions(wanted: bool) -> None:
    """Print the versions of the program, of its reader and of its attribution, and end."""
    if not wanted:
        return
    from joinedup import __version__
    from joinedup.reading import READER_VERSION
    from joinedup.record.attributed import ATTRIBUTION_VERSION

    typer.echo(f"joinedup {__version__} (reader {READER_VERSION}, attribution {ATTRIBUTION_VERSION})")
    raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_versions,
            is_eager=True,
            help="Print the versions of the program, of its reader and of its attribution.",
        ),
    ] = False,
) -> None:
    """Inspections of children's services in England: who was judged how, who must improve what, and what came of it.

    `joinedup COMMAND --help` says more about each command.
    """
