"""One run: look where things are published, fetch what the store has not, and say what came of it.

A run can be stopped at any moment and started again: it asks again only for what has not come yet.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joinedup.areas import Area
from joinedup.fetching.checks import check_content
from joinedup.fetching.errors import FetchError, StoreError, UnexpectedContentError
from joinedup.fetching.found import REPORT_KINDS, Found, chosen_kinds
from joinedup.fetching.polite import Pace
from joinedup.fetching.settings import Settings, settings_from
from joinedup.fetching.sources import find_data_sets, find_outcomes, find_reports
from joinedup.fetching.store import Store
from joinedup.fetching.web import Web

Progress = Callable[[int, int, str], None]
"""Told how many things are done, how many there are and which was the last."""


@dataclass(slots=True)
class Summary:
    """What came of a run. `fetched` are new files, `same` those that another address had given already."""

    store: Path
    found: int = 0
    fetched: list[Path] = field(default_factory=list)
    same: int = 0
    unchanged: int = 0
    left: list[Found] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    dry_run: bool = False

    def to_json(self) -> dict[str, Any]:
        """As `joinedup fetch --json` prints it. `left` is what was found and not asked for (--limit, --dry-run)."""
        return {
            "store": str(self.store),
            "dry_run": self.dry_run,
            "found": self.found,
            "fetched": [str(path) for path in self.fetched],
            "same": self.same,
            "unchanged": self.unchanged,
            "left": [
                {
                    "address": one.address,
                    "kind": one.kind,
                    "title": one.title,
                    "published": one.published and one.published.isoformat(),
                    "area": one.area,
                }
                for one in self.left
            ],
            "failed": [{"address": address, "reason": reason} for address, reason in self.failed],
        }


def fetch(
    folder: Path,
    *,
    kinds: Iterable[str] | None = None,
    since: dt.date | None = None,
    area: Area | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    recheck: bool = False,
    settings: Settings | None = None,
    pace: Pace | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Fetch what is published and not in the store yet.

    Args:
        folder: the store; made where it is not there.
        kinds: of `found.KINDS`; None for all, or with `area` for all that are about one area.
        since: only what was published on or after this day (what bears no date is always taken).
        area: only reports on this area; statistics are of the whole country.
        limit: at most so many downloads in this run.
        dry_run: look, but download nothing.
        recheck: ask for reports that the store has, too, whether they have changed.

    Raises StoreError, UnknownKindError, and FetchError where the settings name no address. What fails at a site is in
    the summary.
    """
    wanted = chosen_kinds(kinds, one_area=area is not None)
    settings = settings or settings_from()
    summary = Summary(folder, dry_run=dry_run)
    with Store(folder) as store, Web(settings, pace) as web:
        with _told_of_the_store(folder):
            found = _find(web, store, settings, wanted, area, summary)
        found = [one for one in found if since is None or one.published is None or one.published >= since]
        found.sort(key=lambda one: one.published or dt.date.max, reverse=True)
        summary.found = len(found)
        run = _Run(store, web, summary, recheck=recheck)
        due = run.due(found)
        if dry_run:
            due, summary.left = [], due
        elif limit is not None:
            due, summary.left = due[:limit], due[limit:]
        for number, one in enumerate(due, 1):
            with _told_of_the_store(folder):
                run.take(one)
            if progress:
                progress(number, len(due), one.title)
    return summary


@contextmanager
def _told_of_the_store(folder: Path) -> Iterator[None]:
    """Tells in one line of a store that can no longer be written: a full disk, a folder taken away."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{folder} cannot be written any more: {error}") from None


def _find(
    web: Web, store: Store, settings: Settings, wanted: frozenset[str], area: Area | None, summary: Summary
) -> list[Found]:
    """Everything of the wanted kinds, each address once. A source that fails is told of, and the others go on."""

    def tell(address: str, reason: str) -> None:
        summary.failed.append((address, reason))

    urns = None if area is None else frozenset(code.code for code in area.codes if code.scheme == "urn")
    sources: list[tuple[str, Iterator[Found]]] = []
    if wanted & REPORT_KINDS.keys():
        if area and not urns:
            tell(settings.reports, f"the reports site's number of {area.name} is not known, so none of its are found")
        else:
            sources.append((settings.reports, find_reports(web, store, settings, urns, tell)))
    if "outcomes" in wanted:
        sources.append((settings.govuk, find_outcomes(web, settings, tell)))
    if "statistics" in wanted:
        sources.append((settings.ees, find_data_sets(web, settings, tell)))
    found: dict[str, Found] = {}
    for address, source in sources:
        try:
            for one in source:
                if one.kind in wanted:
                    found.setdefault(one.address, one)
        except FetchError as error:
            tell(address, str(error))
    return list(found.values())


class _Run:
    """The downloads of one run."""

    def __init__(self, store: Store, web: Web, summary: Summary, *, recheck: bool) -> None:
        self._store = store
        self._web = web
        self._summary = summary
        self._recheck = recheck

    def due(self, found: list[Found]) -> list[Found]:
        """What is to be asked for: what the store has not, and statistics, which may be put right where they stand."""
        due = []
        for one in found:
            if self._store.thing(one.address) and one.kind in REPORT_KINDS and not self._recheck:
                self._summary.unchanged += 1
            else:
                due.append(one)
        return due

    def take(self, one: Found) -> None:
        """Fetch one thing, check it and keep it; what goes wrong goes into the summary."""
        try:
            self._take(one)
        except FetchError as error:
            self._summary.failed.append((one.address, str(error)))

    def _take(self, one: Found) -> None:
        part, started = self._store.part(one.address)
        had = self._store.thing(one.address)
        try:
            answer = self._web.download(
                one.address,
                part,
                known=had.marks if had else None,
                started=started,
                began=lambda marks: self._store.mark_part(one.address, marks),
            )
        except UnexpectedContentError:
            self._store.drop_part(one.address)
            raise
        if answer.path is None:
            self._store.touch(one.address)
            self._summary.unchanged += 1
            return
        try:
            check_content(part, one.suffix, one.address)
        except UnexpectedContentError:
            self._store.drop_part(one.address)
            raise
        path, new = self._store.keep(one, answer.marks)
        if new:
            self._summary.fetched.append(path)
        elif had:
            self._summary.unchanged += 1
        else:
            self._summary.same += 1
