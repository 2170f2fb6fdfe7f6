"""The tools of measuring: a process timed, with the most memory that any process of its family held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JOINEDUP = [sys.executable, "-m", "joinedup"]


@dataclass(frozen=True)
class Figure:
    """One figure that an issue says must be shown. `value` is None where it could not be measured, `note` says why."""

    issue: int
    name: str
    value: float | int | str | None
    unit: str
    goal: str
    met: bool | None
    command: str
    note: str = ""


@dataclass(frozen=True)
class Run:
    """One process, ended: its wall-clock seconds, what it printed, and the peak of any process of its family (MB)."""

    seconds: float
    output: str
    status: int
    peak_mb: float


def run(command: Sequence[str], *, sample: bool = False, env: dict[str, str] | None = None) -> Run:
    """Run a command to its end. With `sample`, look every 20 ms at the memory of it and all its descendants."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, **(env or {})},
        cwd=ROOT,
    )
    peak = 0.0
    if sample:
        import threading

        done = threading.Event()
        found = [0.0]

        def watch() -> None:
            while not done.wait(0.02):
                found[0] = max(found[0], _peak_of_session(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        output, errors = process.communicate()
        done.set()
        watcher.join()
        peak = found[0]
    else:
        output, errors = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode not in (0, 1) or "Traceback (most recent call last)" in errors:
        raise RuntimeError(f"{' '.join(command[:6])} ended with {process.returncode}: {errors[-2000:]}")
    return Run(seconds, output, process.returncode, peak)


def _peak_of_session(session: int) -> float:
    """The highest resident size that any living process of a session has had, in megabytes (Linux)."""
    highest = 0
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            with open(f"/proc/{entry.name}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            with open(f"/proc/{entry.name}/status") as file:
                size = next((line for line in file if line.startswith("VmHWM")), "VmHWM: 0 kB")
        except (OSError, ValueError, IndexError):
            continue  # it ended between the two looks
        highest = max(highest, int(size.split()[1]))
    return highest / 1024


def paired(one: Callable[[], float], other: Callable[[], float], times: int) -> tuple[float, float]:
    """The least seconds of each of two measurements, taken by turns so that both meet the same machine."""
    pairs = [(one(), other()) for _ in range(times)]
    return min(first for first, _ in pairs), min(second for _, second in pairs)
