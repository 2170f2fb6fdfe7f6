"""From arguments to an exit status: the one place where errors end.

Typed errors of the package and wrong usage become one line on standard error. Anything else is a fault of ours and
says so, also in one line; `-v` shows the traceback of either. Ctrl-C and a reader that has gone away (`| head`) end
the program quietly, with the statuses that a shell expects (130 and 141).
"""

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from joinedup.cli.commands import application, asked_for
from joinedup.cli.options import PipeClosed
from joinedup.cli.output import print_what_can_be_printed
from joinedup.errors import JoinedupError, UsageError

# Typer carries its own copy of click, whose place differs between versions; its errors are reached through the one
# that Typer offers to everybody.
_WRONG_USAGE = typer.BadParameter.__mro__[1]
_CLICK_ERROR = typer.BadParameter.__mro__[2]

OK, NOT_ALL_WELL, WRONG_USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (the process's own by default) and return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    print_what_can_be_printed()
    if not _verbose(words):
        # The library of the stored tables logs what it tries before it fails; our one line says what came of it.
        os.environ.setdefault("RUST_LOG", "off")
    try:
        status = application(asked_for(words))(args=words, prog_name="joinedup", standalone_mode=False)
        sys.stdout.flush()
        return int(status or OK)
    except (PipeClosed, BrokenPipeError):
        _let_go_of_standard_output()
        return PIPE_CLOSED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except UsageError as error:
        return _say(error, str(error), WRONG_USAGE, words)
    except JoinedupError as error:
        return _say(error, str(error), NOT_ALL_WELL, words)
    except Exception as error:  # noqa: BLE001 the top of the program: what nobody expected is told in one line, too
        return _untyped(error, words)


def _untyped(error: Exception, words: Sequence[str]) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        _write(f"{error}")
        return WRONG_USAGE
    if isinstance(error, _CLICK_ERROR):
        wrong = isinstance(error, _WRONG_USAGE)
        message = error.format_message()  # type: ignore[attr-defined]
        ended = message if message.endswith("?") else f"{message.rstrip('.')}."
        return _say(error, f"{ended} Try --help." if wrong else message, WRONG_USAGE, words)
    message = f"unexpected {type(error).__name__}: {error}. This is a fault in Joinedup; -v shows where it happened."
    return _say(error, message, NOT_ALL_WELL, words)


def _say(error: BaseException, message: str, status: int, words: Sequence[str]) -> int:
    if _verbose(words):
        _write("".join(traceback.format_exception(error)).rstrip())
    _write(f"joinedup: {' '.join(message.split())}")
    return status


def _verbose(words: Sequence[str]) -> bool:
    options = words[: words.index("--")] if "--" in words else words
    return any(word in {"-v", "--verbose"} for word in options)


def _write(text: str) -> None:
    sys.stderr.write(text + "\n")


def _let_go_of_standard_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not complain either."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError):
        return  # no real file descriptor behind it (captured in a test): nothing to let go of
