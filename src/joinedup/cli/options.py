"""The options common to all commands, declared once and added to each by `standard`.

A command takes a `Session` first and its own parameters after it; `standard` turns the session into the options
`--record`, `--as-of`, `--json`, `--csv` (where a table makes sense), `--quiet` and `-v`.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import os
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec

import typer

from joinedup.cli.inputs import parse_date, parse_moment
from joinedup.cli.output import STDOUT, note, spoken
from joinedup.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from joinedup.record import Record

Parameters = ParamSpec("Parameters")


class PipeClosed(Exception):
    """Whoever read our standard output has gone."""


@dataclass(frozen=True, slots=True)
class Session:
    """What the common options said."""

    record: str | None = None
    as_of: dt.datetime | None = None
    as_json: bool = False
    csv: Path | None = None
    quiet: bool = False
    verbose: bool = False

    def open(self) -> Record:
        """The record that the options name, as it stood at `--as-of`; where it holds nothing, that is said."""
        from joinedup.record import open_record

        record = open_record(self.record, as_of=self.as_of)
        if record.derived is None and not self._said_to_begin_later() and self._named:  # the bundled facts alone
            note(f"Note: there is no record at {self._named}. {_BUNDLED}", quiet=self.quiet)
        return record

    def day(self, text: str, option: str) -> dt.date:
        """The day as which things are asked for; of one that is still to come it is said that nobody knows it yet."""
        day = parse_date(text, option)
        if day > dt.datetime.now(dt.UTC).date():
            note(f"Note: {spoken(day)} is still to come. The answer is what is known today.", quiet=self.quiet)
        return day

    def open_with_reports(self) -> Record:
        """The same for what only a record of one's own has: reports, corrections. Raises NoRecordError where there is
        no record at the place that was named: nothing found in a folder that was mistyped would look like an answer."""
        from joinedup.record import open_record

        record = open_record(self.record, as_of=self.as_of)
        if record.derived is None and not self._said_to_begin_later():
            if self._named:
                raise NoRecordError(
                    f"There is no record at {self._named}: name another with --record, or take reports in with "
                    "joinedup ingest."
                )
            note("Note: there is no record yet; joinedup ingest takes reports in.", quiet=self.quiet)
        return record

    @property
    def _named(self) -> str | None:
        """Where the record should be, if anybody said so."""
        return self.record or os.environ.get("JOINEDUP_RECORD")

    def _said_to_begin_later(self) -> bool:
        """Whether there is a record, but it held nothing yet at `as_of`, which is then said."""
        from joinedup.record import open_record

        if not self.as_of or open_record(self.record).derived is None:
            return False
        note(f"Note: the record held nothing yet on {self.as_of:%Y-%m-%d}. {_BUNDLED}", quiet=self.quiet)
        return True


class NoRecordError(NotFoundError):
    """There is no record where one was named, and the facts that come with the package hold no reports."""


_BUNDLED = "The answer is from the facts that come with the package."

_OPTIONS: dict[str, Any] = {
    "record": Annotated[
        str | None,
        typer.Option(
            "--record",
            metavar="DIR|URL",
            help="The record to use: a folder or an s3:// address.  [default: JOINEDUP_RECORD, else your data folder]",
        ),
    ],
    "as_of": Annotated[
        str | None,
        typer.Option("--as-of", metavar="MOMENT", help="Read the record as it stood then (a date, or date and time)."),
    ],
    "as_json": Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")],
    "csv": Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to FILE as CSV; - is standard output.")
    ],
    "quiet": Annotated[bool, typer.Option("--quiet", help="No progress and no notes on standard error.")],
    "verbose": Annotated[bool, typer.Option("-v", "--verbose", help="Show the traceback of an error.")],
}
_DEFAULTS: dict[str, Any] = {
    "record": None,
    "as_of": None,
    "as_json": False,
    "csv": None,
    "quiet": False,
    "verbose": False,
}


def standard(
    *, csv: bool = False, as_of: bool = True
) -> Callable[[Callable[Concatenate[Session, Parameters], int]], Callable[..., int]]:
    """Give a command the common options: `--csv` where it has a table, `--as-of` where it asks the record something."""
    left_out = {name for name, wanted in (("csv", csv), ("as_of", as_of)) if not wanted}
    names = [name for name in _OPTIONS if name not in left_out]

    def decorate(command: Callable[Concatenate[Session, Parameters], int]) -> Callable[..., int]:
        @functools.wraps(command)
        def with_session(**given: Any) -> int:
            common = {name: given.pop(name) for name in names}
            moment = common.pop("as_of", None)
            if common["as_json"] and common.get("csv") == STDOUT:
                raise UsageError("--json and --csv - would both be written to standard output: leave one out.")
            session = Session(as_of=parse_moment(moment) if moment is not None else None, **common)
            try:
                return command(session, **given)  # type: ignore[call-arg]
            except BrokenPipeError as gone:
                # Typer would turn this one into status 1 by itself.
                raise PipeClosed from gone

        own = list(inspect.signature(command).parameters.values())[1:]
        hints = typing.get_type_hints(command, include_extras=True)
        parameters = [
            parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
            for parameter in own
        ]
        parameters += [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[name], annotation=_OPTIONS[name])
            for name in names
        ]
        with_session.__signature__ = inspect.Signature(parameters, return_annotation=int)  # type: ignore[attr-defined]
        with_session.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": int}
        return with_session

    return decorate
