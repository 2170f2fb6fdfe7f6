"""Work in a process of its own, because the server that comes next forks and must not have done such things."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


def apart(work: Callable[[Given], Result], given: Given) -> Result:
    """What `work` answers for `given`, both of which can be sent to another process; raises what it raises."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as other:
        return other.submit(work, given).result()
