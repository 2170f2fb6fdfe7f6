"""Taking files into the record.

Reports are read by several processes and added in batches, statistics files one at a time. Each batch counts as a
whole or not at all; killed at any moment, the record holds what it held before the batch that was being added, and
taking the same files in again completes it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from joinedup.record.adding import REFUSED, Addition, add_counted, ensure, refusal
from joinedup.record.apart import EndedError, apart
from joinedup.record.location import Location, locate
from joinedup.record.originals import keep
from joinedup.record.taking import (
    LOADER_VERSION,
    Found,
    Program,
    RecordFolder,
    Unopened,
    expand,
    is_known,
    look,
    storable,
)

Progress = Callable[[int, int, Path], None]
"""Called after each file is answered: how many are, how many there are, which file it was."""

BATCH_REPORTS = 64
BATCH_SECONDS = 10.0
"""A batch of reports is added when it has this many or has been open this long, whichever comes first."""

LARGE = 1_000_000
"""A statistics file of this many bytes or more is taken in by a process of its own."""


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How each file given was answered: added, unchanged (held already), or refused with a reason.

    `problems`: of each file added with any, what could not be read or was left out. `passed_over`: folders that hold a
    record themselves.
    """

    added: int
    unchanged: int
    refused: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...] = ()
    passed_over: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape that `joinedup ingest --json` ends with."""
        refused = [{"file": file, "reason": reason} for file, reason in self.refused]
        problems = [{"file": file, "what": list(what)} for file, what in self.problems]
        return {
            "added": self.added,
            "unchanged": self.unchanged,
            "refused": refused,
            "problems": problems,
            "passed_over": list(self.passed_over),
        }


def ingest(
    paths: Iterable[str | Path],
    location: str | Path | None = None,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    cluster: str | None = None,
) -> IngestSummary:
    """Take files and folders into the record at a location (default as `open_record`), which is made if need be.

    `workers` processes read reports (default: one a core); `cluster` is the address of a Dask scheduler to read them
    instead. Raises `RecordError` where the record cannot be written; a file that cannot be read is refused in the
    summary and never stops the rest.
    """
    found = list(expand(paths))
    records = tuple(storable(each.path) for each in found if isinstance(each, RecordFolder))
    files = [each for each in found if not isinstance(each, RecordFolder)]
    taking = _Taking(locate(location), files, progress)
    taking.run(workers, cluster)
    return replace(taking.summary(), passed_over=records)


class _Taking:
    """One run of `ingest`: what is still to be done and how each file was answered."""

    def __init__(self, location: Location, paths: Sequence[Path], progress: Progress | None) -> None:
        self._location = location
        self._paths = paths
        self._progress = progress
        self._copies: dict[str, list[Path]] = {}
        """Further files with the content of one that is being taken in, by sha256: answered as that one is."""
        self._added = 0
        self._unchanged = 0
        self._refused: list[tuple[str, str]] = []
        self._problems: list[tuple[str, tuple[str, ...]]] = []

    def summary(self) -> IngestSummary:
        return IngestSummary(self._added, self._unchanged, tuple(self._refused), tuple(self._problems))

    def run(self, workers: int | None, cluster: str | None) -> None:
        from joinedup.record.attributed import VERSION

        known = ensure(self._location)
        versions: dict[Program, str] = {"reading": VERSION, "statistics": LOADER_VERSION}
        new: list[Found] = []
        for path in self._paths:
            found = look(path)
            if isinstance(found, Unopened):
                self._refuse(path, found.reason)
            elif found.sha256 in self._copies:
                self._copies[found.sha256].append(path)
            elif not is_known(found.sha256, versions[found.program], known):
                self._copies[found.sha256] = []
                new.append(found)
            elif (reason := known[found.sha256].reason) is not None:
                self._refuse(path, reason)
            else:
                if found.program == "reading":
                    keep(self._location, found.sha256, path)  # a record made before originals were kept gets them now
                self._keep(path)
        self._take_reports([one for one in new if one.program == "reading"], VERSION, workers, cluster)
        for one in new:
            if one.program == "statistics":
                self._take_statistics(one)

    def _take_reports(self, files: list[Found], version: str, workers: int | None, cluster: str | None) -> None:
        if not files:
            return
        from joinedup.reading import Refusal, read_many
        from joinedup.record.attributed import attribute_all
        from joinedup.record.rows import report_addition

        pending: list[Addition] = []
        opened = time.monotonic()
        answers = read_many([one.path for one in files], then=attribute_all, workers=workers, cluster=cluster)
        for file, read in zip(files, answers, strict=True):
            if not isinstance(read, Refusal):
                keep(self._location, file.sha256, file.path)
                pending.append(report_addition(file.path, read, version))
            elif read.sha256 is None:  # given up for want of time or memory, which may be otherwise the next time
                self._refuse_all(file.path, file.sha256, read.reason)
            else:
                pending.append(refusal(file.path, read.sha256, read.reason, version))
            if len(pending) >= BATCH_REPORTS or time.monotonic() - opened > BATCH_SECONDS:
                self._add(pending)
                pending, opened = [], time.monotonic()
        self._add(pending)

    def _take_statistics(self, file: Found) -> None:
        from joinedup.record.loaded import take_statistics

        try:
            if file.size < LARGE:
                answer = take_statistics(self._location, file)
            else:
                answer = apart(take_statistics, self._location, file)
        except EndedError as error:
            answer = str(error)
        if isinstance(answer, str):
            self._refuse_all(file.path, file.sha256, answer)
        else:
            self._settle(file.path, file.sha256, added=answer.added, problems=answer.problems)

    def _add(self, additions: list[Addition]) -> None:
        """Add a batch and answer its files; what another process has added in the meantime is unchanged."""
        if not additions:
            return
        try:
            counted = add_counted(self._location, additions, dt.datetime.now(dt.UTC))
        except (TypeError, ValueError) as error:  # a value that no column takes: one file's fault, and not the others'
            if len(additions) > 1:
                for one in additions:
                    self._add([one])
            else:
                (culprit,) = additions
                reason = f"what was read from it cannot be stored: {' '.join(str(error).split())}"
                self._refuse_all(culprit.file, culprit.sha256, reason)
            return
        for one in additions:
            if one.kind == REFUSED:
                self._refuse_all(one.file, one.sha256, "; ".join(one.problems))
            else:
                self._settle(one.file, one.sha256, added=one.sha256 in counted, problems=one.problems)

    def _settle(self, path: Path, sha256: str, *, added: bool, problems: tuple[str, ...]) -> None:
        if added:
            self._added += 1
            if problems:
                self._problems.append((storable(path), problems))
            self._tell(path)
        else:
            self._keep(path)
        for copy in self._copies.get(sha256, ()):  # none, if the file was changed in between
            self._keep(copy)

    def _refuse_all(self, path: Path, sha256: str, reason: str) -> None:
        for one in (path, *self._copies.get(sha256, ())):
            self._refuse(one, reason)

    def _refuse(self, path: Path, reason: str) -> None:
        self._refused.append((storable(path), reason))
        self._tell(path)

    def _keep(self, path: Path) -> None:
        self._unchanged += 1
        self._tell(path)

    def _tell(self, path: Path) -> None:
        if self._progress is not None:
            done = self._added + self._unchanged + len(self._refused)
            self._progress(done, len(self._paths), path)
