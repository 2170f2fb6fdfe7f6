"""The history of inspections that every question starts from, as named SQL steps.

`inspections` (the official history) and our own readings of reports become one table, `known`; the rules of
`joinedup.analysis.rules` then say on which day each counts, and so for how long it is its area's latest: its spell.
Which grade an area had on a day is then only a matter of looking, however many days are asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from joinedup.analysis.remembering import once
from joinedup.analysis.rules import Dates, check_choice, check_question, version_values

if TYPE_CHECKING:
    from joinedup.record import Record, Steps

REMEMBERED = 64
"""How many histories are kept with a record: one for each judgement, of few of the many choices of families."""

SAME_INSPECTION_DAYS = 30
"""Two reports, or a report and an official row, of one area and family whose publications, or first days on site, are
no further apart are one inspection."""

LONGEST_TO_PUBLICATION = 240
"""Nor can there be two where the official row was published within so many days of the report's first day on site.

The longest known way from there to publication is about 220 days; two inspections of one family begin further apart
(visits that judge nothing do not). It matters for reports that print no day of
publication, so that it can only be estimated."""

_JUDGES = "visit IS NULL OR visit NOT IN ('focused', 'monitoring')"

_OFFICIAL = f"""
    SELECT id, area, framework, visit, start_date, end_date, published, theme, {_JUDGES} AS judges, grades,
        TRUE AS official
    FROM inspections WHERE coalesce(published, start_date) IS NOT NULL
"""  # noqa: S608 constants of this module alone

_GRADED = """
    SELECT report, map(list(key ORDER BY key), list(grade ORDER BY key)) AS grades
    FROM judgements WHERE grade IS NOT NULL GROUP BY report
"""

# Of several readings of one inspection (a report issued again, or under two names) the first in `place` speaks for it:
# one with grades before one without, one with its first day on site before one without, then the one published last.
# A report that was corrected speaks by the version that stands, from the day on which its first was published.
_READ = f"""
    SELECT sha256 AS id, area, framework, visit, start_date, end_date,
        CASE WHEN reference IS NULL THEN published
            ELSE min(published) OVER (PARTITION BY area, framework, reference) END AS published,
        theme, {_JUDGES} AS judges, grades,
        FALSE AS official,
        row_number() OVER (
            ORDER BY grades IS NULL, start_date IS NULL, reports.published DESC NULLS LAST, sha256
        ) AS place
    FROM reports LEFT JOIN graded ON graded.report = reports.sha256
    WHERE area IS NOT NULL AND framework IS NOT NULL AND coalesce(published, start_date) IS NOT NULL
    QUALIFY replaced IS NULL
"""  # noqa: S608

_SAME = f"""
    o.area = r.area AND o.framework = r.framework AND o.judges = r.judges
    AND (abs(date_diff('day', o.published, r.published)) <= {SAME_INSPECTION_DAYS}
        OR abs(date_diff('day', o.start_date, r.start_date)) <= {SAME_INSPECTION_DAYS}
        OR o.official AND r.judges
            AND date_diff('day', r.start_date, o.published) BETWEEN 0 AND {LONGEST_TO_PUBLICATION})
"""

# The official row wins where both tell of one inspection, and of our own readings the one that speaks for the rest.
_KNOWN = f"""
    SELECT * FROM official
    UNION ALL
    SELECT * EXCLUDE (place) FROM read AS r
    WHERE NOT EXISTS (SELECT 1 FROM official AS o WHERE {_SAME})
        AND NOT EXISTS (SELECT 1 FROM read AS o WHERE o.place < r.place AND {_SAME})
"""  # noqa: S608

_LINKS = f"""
    SELECT o.id, list(r.id ORDER BY r.id) AS reports FROM known AS o JOIN read AS r ON {_SAME} GROUP BY o.id
"""  # noqa: S608

_VERSIONS = """
    SELECT unnest($version_family) AS family, unnest($version_since) AS since,
        unnest($version_counted_by) AS counted_by, unnest($version_gives) AS gives
"""

# A report of ours without its first day on site, or of which no grade could be read, is known but counts for nothing.
_COUNTED = """
    SELECT k.*, k.grades[$judgement] AS grade, v.gives,
        CASE WHEN $dates = 'official' AND v.counted_by = 'inspection_start'
            THEN coalesce(k.start_date, k.published) ELSE k.published END AS day
    FROM (SELECT *, coalesce(start_date, published) AS began FROM known) AS k
    ASOF JOIN versions AS v ON k.framework = v.family AND k.began >= v.since
    WHERE k.judges AND (k.official OR k.start_date IS NOT NULL AND k.grades IS NOT NULL)
"""

# A re-inspection of one part carries the grades of that part alone: for the others it says nothing, and the one
# before still stands. Where the framework itself has given a judgement up, the one before no longer does.
_TELLING = "SELECT * FROM counted WHERE day IS NOT NULL AND (grade IS NOT NULL OR NOT gives)"

_SPELLS = """
    SELECT area, grade, framework, visit, start_date AS start, published, day AS since,
        CASE WHEN NOT official THEN id END AS report,
        lead(day) OVER (PARTITION BY area ORDER BY day, published NULLS FIRST, framework, id) AS until
    FROM telling
    ORDER BY area, day
"""


class Spell(NamedTuple):
    """One inspection that tells of a judgement, and the days on which it is its area's latest: `since` is the first
    of them and `until` the first that is not (None: it still is). `grade` is None where it gives no such judgement.
    `report` is the report of ours (its sha256) that tells of it; None where the official history does."""

    area: str
    grade: str | None
    framework: str
    visit: str | None
    start: dt.date | None
    published: dt.date | None
    since: dt.date
    until: dt.date | None
    report: str | None

    def on(self, day: dt.date) -> bool:
        """Whether it is its area's latest on that day."""
        return self.since <= day and (self.until is None or day < self.until)


def spells(record: Record, families: Sequence[str], judgement: str, dates: Dates) -> tuple[Spell, ...]:
    """Every spell of every area, fictional ones too: the whole history of a judgement in one question.

    Raises UsageError for a family, a judgement or a choice of dates that there is none of.
    """
    check_question(families, judgement)
    check_choice("dates", dates, ("official", "published"))
    together = tuple(sorted(set(families)))

    def ask() -> tuple[Spell, ...]:
        values = {"judgement": judgement, "dates": dates, **version_values(together, judgement)}
        return tuple(Spell(**row) for row in record.ask(telling().step("spells", _SPELLS), **values).rows)

    return once(record, ("spells", together, judgement, dates), ask, most=REMEMBERED)


def known() -> Steps:
    """Steps up to `known`: every inspection and visit that the official history or a report of ours tells of."""
    from joinedup.record import Steps

    return Steps().step("official", _OFFICIAL).step("graded", _GRADED).step("read", _READ).step("known", _KNOWN)


def linked() -> str:
    """The SQL of a step after `known`: for each inspection or visit (`id`) the `reports` of ours on it."""
    return _LINKS


def telling() -> Steps:
    """Steps up to `telling`: each inspection that tells of the judgement, with the day on which it counts."""
    return known().step("versions", _VERSIONS).step("counted", _COUNTED).step("telling", _TELLING)
