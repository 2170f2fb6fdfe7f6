"""The questions of `joinedup.analysis` answered in plain Python, slowly and obviously.

The specification tests run on this and on the SQL alike, and random histories compare the two. Rows are as in the
record's tables `inspections`, `reports` and `judgements`.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from joinedup.analysis.rules import GRADES, versions
from joinedup.areas import areas

DAY_ONE = dt.date(1, 1, 1)


@dataclass(frozen=True)
class Tables:
    """The three tables that the questions are asked of, as lists of plain rows."""

    inspections: list
    reports: list
    judgements: list


@dataclass(frozen=True)
class Known:
    """One inspection, from the official history or from a report that we read."""

    id: str
    area: str
    framework: str
    judges: bool
    start: dt.date | None
    published: dt.date | None
    grades: dict


def known(tables):
    official = [
        Known(
            id=row["id"],
            area=row["area"],
            framework=row["framework"],
            judges=row["visit"] not in ("focused", "monitoring"),
            start=row["start_date"],
            published=row["published"],
            grades=dict(row["grades"] or {}),
        )
        for row in tables.inspections
        if row["published"] or row["start_date"]
    ]
    read = []
    for row in tables.reports:
        dated = row["published"] or row["start_date"]
        if row["area"] is None or row["framework"] is None or dated is None:
            continue
        judges = row["visit"] not in ("focused", "monitoring")
        grades = {}
        for judgement in tables.judgements:
            if judgement["report"] == row["sha256"] and judgement["grade"] is not None:
                grades[judgement["key"]] = judgement["grade"]
        read.append(
            Known(row["sha256"], row["area"], row["framework"], judges, row["start_date"], row["published"], grades)
        )
    read.sort(key=worth)
    ours = [
        one
        for place, one in enumerate(read)
        if not any(same_inspection(one, other) for other in official)
        and not any(same_report(one, better) for better in read[:place])
    ]
    return official + [one for one in ours if not one.judges or (one.start and one.grades)]


def worth(one):
    """The first in this order speaks for all readings of one inspection."""
    return (not one.grades, one.start is None, -(one.published or DAY_ONE).toordinal(), one.id)


def same_report(one, other):
    if (one.area, one.framework, one.judges) != (other.area, other.framework, other.judges):
        return False
    return near(one.published, other.published) or near(one.start, other.start)


def same_inspection(one, other):
    if (one.area, one.framework, one.judges) != (other.area, other.framework, other.judges):
        return False
    if same_report(one, other):
        return True
    return bool(one.judges and one.start and other.published) and 0 <= (other.published - one.start).days <= 240


def near(one, other):
    return one is not None and other is not None and abs((one - other).days) <= 30


def version_of(inspection):
    of_family = versions(inspection.framework)
    began = inspection.start or inspection.published
    in_force = [v for v in of_family if v.since <= began]
    return in_force[-1] if in_force else None


def day_of(inspection, dates):
    if dates == "official" and version_of(inspection).counted_by == "inspection_start":
        return inspection.start or inspection.published
    return inspection.published


def telling(tables, families, judgement, dates):
    found = []
    for one in known(tables):
        if not one.judges or one.framework not in families or version_of(one) is None:
            continue
        day = day_of(one, dates)
        part_only = judgement not in one.grades and judgement in version_of(one).judgements
        if day is not None and not part_only:
            found.append((day, one))
    return found


def standing_on(tables, families, judgement, dates, moment):
    """slug -> grade or None, of each area that existed and had a telling inspection."""
    there = {a.slug for a in areas() if (a.start or DAY_ONE) <= moment < (a.end or dt.date.max)}
    latest = {}
    ordered = sorted(
        telling(tables, families, judgement, dates),
        key=lambda item: (item[0], item[1].published or DAY_ONE, item[1].framework, item[1].id),
    )
    for day, one in ordered:
        if day <= moment and one.area in there:
            latest[one.area] = one.grades.get(judgement)
    return latest


def outcomes(tables, *, frameworks, as_at, count="areas", judgement="overall", dates="official"):
    """(grades, no_grade)"""
    if count == "areas":
        counted = Counter(standing_on(tables, frameworks, judgement, dates, as_at).values())
    else:
        real = {a.slug for a in areas()}
        counted = Counter(
            one.grades.get(judgement)
            for day, one in telling(tables, frameworks, judgement, dates)
            if day <= as_at and one.area in real
        )
    return {grade: counted[grade] for grade in GRADES}, counted[None]


def matrix(tables, *, start, end, frameworks, judgement="overall", dates="official"):
    """Counter of (grade before, grade after) over the areas that existed on both days and had one on either."""
    before = standing_on(tables, frameworks, judgement, dates, start)
    after = standing_on(tables, frameworks, judgement, dates, end)
    both = {
        a.slug
        for a in areas()
        if (a.start or DAY_ONE) <= start < (a.end or dt.date.max)
        and (a.start or DAY_ONE) <= end < (a.end or dt.date.max)
    }
    pairs = Counter((before.get(slug), after.get(slug)) for slug in both)
    del pairs[(None, None)]
    return pairs
