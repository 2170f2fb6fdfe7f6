"""Many files read at once, answered in the order given, each in a process that a bad file may bring down alone.

By default one process a core; a Dask cluster's address sends the same work over a cluster. Files go to a process in
batches, so that what is made of its reports is made of several at a time. A reader process may use only so much memory
and may take only so long over one file: a PDF made to burst its reader ends that process, not the run. The file
is then refused, and the others of the batches that were under way are read again, one by one.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, overload

from joinedup.errors import JoinedupError
from joinedup.reading.model import Refusal, Report
from joinedup.reading.one import read, read_bytes
from joinedup.reading.pdf import UnreadableError, load

MEMORY = 2 * 1024**3
"""Bytes of address space that a reader process may use. Reading the largest report at hand takes under a tenth."""

SECONDS = 10.0
"""Of a processor's time that reading one file may take, and judging a batch. The longest file at hand takes one; a
batch is judged in half of one."""

TOGETHER = 32
"""Files in a batch at most. What judges reports keeps its tables in the processor's caches from one report to the next,
where reading a file in between would drive them out: a sixth of its time (`docs/decisions/0195`)."""

SELDOM = (200_000, 50, 50)
"""When a reader process looks for circles of values to free (`gc.set_threshold`). A report is a hundred thousand small
values without a circle among them: looking finds none."""

Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, how many there are, the file."""


T = TypeVar("T")
Then = Callable[[Sequence[Report]], Sequence[Any]]


class StartError(JoinedupError):
    """The processes that read files could not be started."""


class ClusterError(JoinedupError):
    """The cluster could not be used."""


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Files as given; of a folder every file ending in .pdf below it, in order of name.

    What ends so but is no file (a link to nothing, a pipe) comes too, and so does a folder that may not be looked into,
    so that they are refused and not passed over.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        found += sorted(_inside(path)) if os.path.isdir(path) else [path]
    return found


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for here, _, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        yield from (Path(here, name) for name in files if Path(name).suffix.lower() == ".pdf")
    yield from closed


def _as_read(reports: Sequence[Report]) -> Sequence[Report]:
    return reports


@overload
def read_many(
    paths: Sequence[str | Path],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    seconds: float = SECONDS,
) -> Iterator[Report | Refusal]: ...


@overload
def read_many(
    paths: Sequence[str | Path],
    *,
    then: Callable[[Sequence[Report]], Sequence[T]],
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    seconds: float = SECONDS,
) -> Iterator[T | Refusal]: ...


def read_many(
    paths: Sequence[str | Path],
    *,
    then: Then = _as_read,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    seconds: float = SECONDS,
) -> Iterator[Any]:
    """Read files side by side and answer each, in the order given.

    Args:
        paths: files (see `expand` for folders).
        then: what to make of the reports of a batch, one answer each in their order, done in the process that read them
            (a function of a module, since it travels there by name); by default the reports themselves.
        workers: processes; by default one a core, and never more than files.
        cluster: address of a Dask scheduler ("tcp://host:8786"); needs the extra `cluster`.
        progress: told after each file.
        seconds: of processor time that one file, or what is made of a batch, may take before it is given up (not on a
            cluster, which has its own limits and gets file by file).

    Raises:
        ClusterError: the cluster cannot be reached, or the extra is not installed.
    """
    files = [str(path) for path in paths]
    answers = _on_cluster(files, cluster, then) if cluster else _on_cores(files, workers or _cores(), seconds, then)
    for done, answer in enumerate(answers, 1):
        if progress:
            progress(done, len(files), files[done - 1])
        yield answer


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _limit() -> None:
    """Bound a new reader process: its memory, and what it prints when it dies."""
    gc.set_threshold(*SELDOM)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked answers to Ctrl-C
        signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _read_batch(files: Sequence[str], seconds: float, then: Then) -> list[Any]:
    """Read some files, and make of the reports what is to be made: an answer each. Raises MemoryError."""
    answers = [_read_bounded(file, seconds) for file in files]
    with _bounded(seconds):
        made = iter(then([answer for answer in answers if isinstance(answer, Report)]))
    return [next(made) if isinstance(answer, Report) else answer for answer in answers]


def _read_bounded(file: str, seconds: float) -> Report | Refusal:
    try:
        with _bounded(seconds):
            return read(file)
    except MemoryError:
        return Refusal(file, None, _TOO_MUCH)


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Let what takes too long end this process (PDFium cannot be interrupted otherwise)."""
    can_be = hasattr(signal, "setitimer")
    if can_be:
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        if can_be:
            signal.setitimer(signal.ITIMER_PROF, 0)


_TOO_MUCH = (
    "reading it takes more memory or time than any report does: "
    "it may be damaged or made to do harm, so it was given up"
)


def _see_it_start(pool: ProcessPoolExecutor) -> None:
    """Wait for the first process to answer, so that one that cannot start is not blamed on the file it was to read."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise StartError(
            "the processes that read files could not be started: run read_many from a module or script whose own work "
            "stands under `if __name__ == '__main__':`"
        ) from error


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # A fork server: children start from a small clean process, whatever threads the caller runs.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["joinedup.reading.one"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_limit)
    try:
        _see_it_start(pool)
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def in_batches(files: Sequence[str], workers: int) -> Iterator[Sequence[str]]:
    """The files in batches, smaller towards the end, so that all processes are done at about the same time."""
    at = 0
    while at < len(files):
        size = max(1, min(TOGETHER, (len(files) - at) // (2 * workers)))
        yield files[at : at + size]
        at += size


_GIVEN_UP = (BrokenProcessPool, MemoryError)
"""What the process that reads a batch ends with where the batch is too much for it."""


def _on_cores(files: Sequence[str], workers: int, seconds: float, then: Then) -> Iterator[Any]:
    """Answer in order; where a process dies, read what was under way one by one until the culprit is found, then go
    on."""
    batches = list(in_batches(files, workers))
    ahead = 2 * workers
    at = 0
    while at < len(batches):
        try:
            with _pool(min(workers, len(batches) - at)) as pool:
                given = (pool.submit(_read_batch, batch, seconds, then) for batch in batches[at:])
                for answers in _in_order(given, ahead):
                    yield from answers
                    at += 1
        except _GIVEN_UP:
            for batch in batches[at : at + ahead + 1]:
                answers = list(_one_by_one(batch, seconds, then))
                yield from answers
                at += 1
                if any(isinstance(answer, Refusal) and answer.reason == _TOO_MUCH for answer in answers):
                    break


def _one_by_one(files: Sequence[str], seconds: float, then: Then) -> Iterator[Any]:
    """Answer files by themselves, in a new process after each that is too much for one."""
    at = 0
    while at < len(files):
        with _pool(1) as pool:
            try:
                while at < len(files):
                    yield from pool.submit(_read_batch, [files[at]], seconds, then).result()
                    at += 1
            except _GIVEN_UP:
                yield Refusal(files[at], None, _TOO_MUCH)
                at += 1


def _in_order(given: Iterable[Future[Any]], ahead: int) -> Iterator[Any]:
    """The answers to what is given out, in order; no more is given out while `ahead` are under way."""
    waiting: deque[Future[Any]] = deque()
    for one in given:
        waiting.append(one)
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _on_cluster(files: Sequence[str], address: str, then: Then) -> Iterator[Any]:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise ClusterError("--cluster needs the extra 'cluster': pip install 'joinedup[cluster]'") from error
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, TimeoutError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: start one, or leave --cluster out") from error
    try:
        # The bytes travel with the work, so that the workers need not see this machine's files.
        yield from _in_order(
            (client.submit(_read_sent, file, _bytes_of(file), then, pure=False) for file in files), ahead=64
        )
    finally:
        client.close()


def _bytes_of(file: str) -> bytes | str:
    try:
        return load(file)
    except UnreadableError as error:
        return str(error)


def _read_sent(file: str, data: bytes | str, then: Then) -> Any:
    answer = Refusal(file, None, data) if isinstance(data, str) else read_bytes(data, file)
    return answer if isinstance(answer, Refusal) else then([answer])[0]
