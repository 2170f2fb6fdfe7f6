"""Taking files into the record.

Reports are read by several processes and added in batches, statistics files one at a time. Each batch counts as a
whole or not at all; killed at any moment, the record holds what it held before the batch that was being added, and
taking the same files in again completes it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joinedup.record.adding import Addition, add_counted, ensure, known_versions
from joinedup.record.location import Location, locate
from joinedup.record.taking import Found, Unopened, expand, is_known, look

Progress = Callable[[int, int, Path], None]
"""Called after each file is answered: how many are, how many there are, which file it was."""

BATCH_REPORTS = 64
BATCH_SECONDS = 10.0
"""A batch of reports is added when it has this many or has been open this long, whichever comes first."""


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How each file given was answered: added, unchanged (held already), or refused with a reason."""

    added: int
    unchanged: int
    refused: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """The shape that `joinedup ingest --json` ends with."""
        refused = [{"file": file, "reason": reason} for file, reason in self.refused]
        return {"added": self.added, "unchanged": self.unchanged, "refused": refused}


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
    taking = _Taking(locate(location), list(expand(paths)), progress)
    taking.run(workers, cluster)
    return taking.summary()


class _Taking:
    """One run of `ingest`: what is still to be done and how each file was answered."""

    def __init__(self, location: Location, paths: Sequence[Path], progress: Progress | None) -> None:
        self._location = location
        self._paths = paths
        self._progress = progress
        self._added = 0
        self._unchanged = 0
        self._refused: list[tuple[str, str]] = []

    def summary(self) -> IngestSummary:
        return IngestSummary(self._added, self._unchanged, tuple(self._refused))

    def run(self, workers: int | None, cluster: str | None) -> None:
        from joinedup.reading import READER_VERSION
        from joinedup.record.loaded import LOADER_VERSION

        ensure(self._location)
        known = known_versions(self._location)
        versions = {"reading": READER_VERSION, "statistics": LOADER_VERSION}
        new: dict[str, Found] = {}
        for path in self._paths:
            found = look(path)
            if isinstance(found, Unopened):
                self._refuse(path, found.reason)
            elif found.sha256 in new or is_known(found.sha256, versions[found.program], known):
                self._answer_unchanged(path)
            else:
                new[found.sha256] = found
        self._take_reports([one for one in new.values() if one.program == "reading"], READER_VERSION, workers, cluster)
        for one in new.values():
            if one.program == "statistics":
                self._take_statistics(one, LOADER_VERSION)

    def _take_reports(self, files: list[Found], version: str, workers: int | None, cluster: str | None) -> None:
        if not files:
            return
        from joinedup.reading import Refusal, read_many
        from joinedup.record.rows import report_addition

        pending: list[Addition] = []
        opened = time.monotonic()
        for file, read in zip(
            files, read_many([one.path for one in files], workers=workers, cluster=cluster), strict=True
        ):
            if isinstance(read, Refusal):
                self._refuse(file.path, read.reason)
            else:
                pending.append(report_addition(file.path, read, version))
            if len(pending) >= BATCH_REPORTS or (pending and time.monotonic() - opened > BATCH_SECONDS):
                self._add(pending)
                pending, opened = [], time.monotonic()
        self._add(pending)

    def _take_statistics(self, file: Found, version: str) -> None:
        from joinedup.record.loaded import loaded_addition
        from joinedup.statistics import StatisticsError, load

        try:
            loaded = load(file.path)
        except StatisticsError as error:
            self._refuse(file.path, str(error))
        except OSError as error:
            self._refuse(file.path, f"it cannot be opened: {error.strerror or error}")
        else:
            self._add([loaded_addition(file.path, file.sha256, loaded, version)])

    def _add(self, additions: list[Addition]) -> None:
        """Add a batch; what another process has added in the meantime is unchanged."""
        if not additions:
            return
        counted = add_counted(self._location, additions, dt.datetime.now(dt.UTC))
        for addition in additions:
            if addition.sha256 in counted:
                self._added += 1
                self._tell(addition.file)
            else:
                self._answer_unchanged(addition.file)

    def _refuse(self, path: Path, reason: str) -> None:
        self._refused.append((str(path), reason))
        self._tell(path)

    def _answer_unchanged(self, path: Path) -> None:
        self._unchanged += 1
        self._tell(path)

    def _tell(self, path: Path) -> None:
        if self._progress is not None:
            done = self._added + self._unchanged + len(self._refused)
            self._progress(done, len(self._paths), path)
