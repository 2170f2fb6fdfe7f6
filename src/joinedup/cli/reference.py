"""The reference page of the commands, from the application itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from typer.main import get_command

from joinedup.cli.commands import application

_OPENING = """# Commands

<!-- Written from the commands themselves by `make docs`; a test fails where the two differ. -->

`joinedup COMMAND --help` says the same at the terminal. `python -m joinedup` is the same program. `joinedup --version`
prints the versions of the program, of its reader and of its attribution. A report that was read by another version is
read anew when you next take it in.

Standard output has the answer and nothing else. Progress and notes go to standard error. `--json` prints one JSON
document. Write a date as `2016-11-16` or `16 November 2016`. If a terminal lacks a character, it gets the nearest one;
JSON then has the character's escape. CSV is always in UTF-8.

| exit status | means |
|---|---|
| 0 | all well |
| 1 | some inputs were refused, nothing was found, or something failed; standard error says which |
| 2 | the command was used wrongly |
| 130 | it was stopped with Ctrl-C |
| 141 | the program that read the output has ended (`… \\| head`) |

An error is one line on standard error that says what is wrong and what to do. `-v` shows its traceback.
"""


def as_markdown() -> str:
    """The whole page."""
    root: Any = get_command(application())
    sections = [_section(("joinedup", name), command) for name, command in root.commands.items()]
    return "\n".join([_OPENING, *sections])


def _section(path: tuple[str, ...], command: Any) -> str:
    words = " ".join(path)
    if hasattr(command, "commands"):
        return "\n".join(_section((*path, name), one) for name, one in command.commands.items())
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join([words, "[OPTIONS]", *(argument.metavar or argument.name.upper() for argument in arguments)])
    help_text = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    lines = [f"## {words}", "", f"    {usage}", "", help_text, "", "| | meaning |", "|---|---|"]
    lines += [f"| `{_cell(a.metavar or a.name.upper())}` | {_cell(a.help or '')} |" for a in arguments]
    lines += [f"| {_names(option)} | {_cell(_meaning(option))} |" for option in options]
    tables = tables_of(path[1:])
    return "\n".join([*lines, "", *(line for option, columns in tables.items() for line in _table(option, columns))])


def tables_of(path: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What the columns of a command's tables mean, by the option with which it writes such a one: what its module has
    as TABLE_COLUMNS, by the command's name where it has several commands."""
    tables: Any = getattr(import_module(f"joinedup.cli.{path[0]}"), "TABLE_COLUMNS", {})
    found: Mapping[str, Mapping[str, str]] = tables.get(path[1], {}) if len(path) > 1 else tables
    return found


def _table(option: str, columns: Mapping[str, str]) -> list[str]:
    """What the columns of a command's table mean, where the option is given."""
    return [
        f"With `{option}` the table has these columns:" if option else "The table has these columns:",
        "",
        "| column | meaning |",
        "|---|---|",
        *(f"| `{name}` | {_cell(meaning)} |" for name, meaning in columns.items()),
        "",
    ]


def _names(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return f"{names} {_cell(option.metavar)}" if option.metavar else names


def _meaning(option: Any) -> str:
    default = option.default
    told = default is not None and default is not False and default != "" and not callable(default)
    return f"{option.help or ''}" + (f" Default: {_plain(default)}." if told else "")


def _plain(default: Any) -> str:
    return {True: "yes"}.get(default, str(default)) if isinstance(default, bool) else str(default)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
