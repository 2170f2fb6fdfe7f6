"""Running one call in a process of its own, whose memory is gone when it ends.

A large statistics file needs a hundred megabytes while it is taken in, of which the libraries' allocators give little
back. In a process of its own it neither adds to what the caller holds nor, if it brings its process down, ends more
than that. The process ends with its call, and so outlives a killed caller by no more than that.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from joinedup.errors import JoinedupError
from joinedup.record.errors import RecordError

P = ParamSpec("P")
T = TypeVar("T")


class EndedError(RecordError):
    """The process ended before it answered: it was killed, or ran out of memory."""


def apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns, called in a new process. It, its arguments and its answer can be pickled.

    Raises `RecordError` with the words of whichever of our errors it raised, `EndedError` where it gave no answer.
    """
    # A new interpreter, never a copy of the caller with its threads and locks.
    context = multiprocessing.get_context("spawn")
    answers, mine = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(mine, function, args, kwargs), daemon=True)
    process.start()
    mine.close()
    try:
        answer, error = answers.recv()
    except EOFError:
        raise EndedError("the process that read it ended without an answer; there may be too little memory") from None
    finally:
        answers.close()
        process.join()
    if error is not None:
        raise RecordError(error)
    result: T = answer
    return result


def _answer(to: Connection, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        to.send((function(*args, **kwargs), None))
    except JoinedupError as error:
        to.send((None, str(error)))
    finally:
        to.close()
