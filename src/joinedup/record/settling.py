"""The day a report was published, where the report does not print it.

ILACS and area SEND reports carry the days of fieldwork and no day of publication; the day their file was made is near
it, but a file that was made again tells another day. Ofsted's own series says when each inspection of a council was
published, so for those its word is taken.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from joinedup.reading.model import Problem, Report
from joinedup.record import facts

SAME_START = dt.timedelta(days=3)
"""The series and the reports may differ by a bank holiday on the first day."""

LONGEST_WAIT = dt.timedelta(days=250)
"""No inspection's report came out later than this after its last day."""


@dataclass(frozen=True, slots=True)
class _Known:
    start: dt.date | None
    published: dt.date


def settle(report: Report) -> Report:
    """The report with the day of publication of the official series, where its own words give none.

    Two inspections are the same where area and family agree and the first days are at most three days apart; where
    the series has no first day (before 2018), the first publication after the last day of fieldwork is meant.
    """
    if report.published_source == "printed" or report.area is None or report.area.slug is None:
        return report
    known = _official().get((report.area.slug, report.framework or ""), ())
    found = next((one for one in known if _same(one, report)), None)
    if found is None:
        return report
    problems = [one for one in report.problems if "publication" not in one.what]
    problems.append(Problem("the day of publication is not printed; taken from Ofsted's outcomes file"))
    return replace(report, published=found.published, published_source="official", problems=tuple(problems))


def _same(known: _Known, report: Report) -> bool:
    if known.start and report.start:
        return abs(known.start - report.start) <= SAME_START
    last = report.end or report.start
    return last is not None and dt.timedelta(0) < known.published - last <= LONGEST_WAIT


@cache
def _official() -> dict[tuple[str, str], tuple[_Known, ...]]:
    """Every graded inspection of the bundled facts by area and family, oldest first."""
    found: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    with (facts.FOLDER / "inspections.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["published"] and json.loads(row["grades"] or "{}"):
                start = dt.date.fromisoformat(row["start_date"]) if row["start_date"] else None
                known = _Known(start, dt.date.fromisoformat(row["published"]))
                found[row["area"], row["framework"]].append(known)
    return {key: tuple(sorted(rows, key=lambda one: one.published)) for key, rows in found.items()}
