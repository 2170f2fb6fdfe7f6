"""A progress bar on standard error, where a person is watching; otherwise nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def progress_bar(words: str, *, quiet: bool) -> Iterator[Callable[[int, int, str | Path], None]]:
    """Gives a function to be told how many are done, how many there are, and which was the last."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, last: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(words),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task(words, total=None, last="")
        yield lambda done, total, last: progress.update(task, completed=done, total=total, last=Path(last).name)
