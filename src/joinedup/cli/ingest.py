"""`joinedup ingest`: takes reports and official statistics into the record."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from joinedup.cli.options import Session, standard
from joinedup.cli.output import note, print_json
from joinedup.cli.progress import progress_bar
from joinedup.cli.read import Cluster, Paths, Workers
from joinedup.record import RecordError, ingest
from joinedup.record.apart import apart

_SHOWN = 3
"""Problems of one file that are printed, and files of one problem."""


@standard(as_of=False)
def command(session: Session, paths: Paths, workers: Workers = None, cluster: Cluster = None) -> int:
    """Put reports and official statistics into the record.

    Each file is recognised by what it holds. Taking in the same file again changes nothing. If a file is refused, the
    others are still taken in, and the status is 1. With --json the last line is the summary.
    """
    with progress_bar("Taking in", quiet=session.quiet) as tell:
        summary = ingest(paths, session.record, progress=tell, workers=workers, cluster=cluster)
    if summary.added:
        _lay_out(session)
    if session.as_json:
        print_json(summary.to_json(), one_line=True)
    else:
        sys.stdout.write(f"Added {summary.added}, unchanged {summary.unchanged}, refused {len(summary.refused)}.\n")
        for file, reason in summary.refused:
            sys.stdout.write(f"Refused: {file}: {reason}\n")
        for folder in summary.passed_over:
            sys.stdout.write(f"Passed over: {folder}: it holds a record, and nothing to take in.\n")
        sys.stdout.writelines(problem_lines(summary.problems))
    if not (summary.added or summary.unchanged or summary.refused or summary.passed_over):
        note(f"There is no file in {', '.join(map(str, paths))}.", quiet=session.quiet)
        return 1
    return 1 if summary.refused else 0


def problem_lines(problems: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """The lines on what was odd: first file by file, then once what is the same of many, which would bury the rest."""
    files = Counter(one for _, what in problems for one in dict.fromkeys(what))
    for file, what in problems:
        own = [one for one in what if files[one] <= _SHOWN]
        more = f"; and {len(own) - _SHOWN} more, which --json tells" if len(own) > _SHOWN else ""
        if own:
            yield f"Added, with problems: {file}: {'; '.join(own[:_SHOWN])}{more}\n"
    for one, count in files.items():
        if count > _SHOWN:
            yield f"Added, with the same problem, {count} files, which --json names: {one}\n"


def _lay_out(session: Session) -> None:
    """What areas were asked again, ready for the pages' first visitors: the record is complete with or without it."""
    try:
        apart(_link, session.record)
    except RecordError as error:
        note(f"What was asked again was not laid out ahead; pages will be slower at first ({error}).", quiet=False)


def _link(location: str | None) -> int:
    from joinedup.record import open_record
    from joinedup.service.site.asked_links import lay_out

    try:
        return lay_out(open_record(location))
    except (OSError, sqlite3.Error) as error:
        raise RecordError(str(error)) from error
