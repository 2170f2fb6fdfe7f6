"""One list of inspections from several official files that overlap, and the rule by which they are put together.

Two rows are the same inspection when they are of the same area and framework family, their kinds of visit can be the
same, and
- they give the same start date (for graded inspections: within `NEAREST_STARTS` days, since Ofsted's files give
  Cumbria's of 2022 as beginning on 20 and on 21 September); or
- they give the same publication date, and not start dates further apart; or
- one gives only a start and the other only a publication up to `LONGEST_TO_PUBLICATION` days later, both are graded,
  and there is no nearer pair: so the 2023 file's list of latest inspections (starts alone) meets its wide history
  (publications alone).

Of rows that are the same, the better source wins field by field: a file of official outcomes before a list made
from the reports, a file as at a later day before an earlier one (Ofsted corrects: Staffordshire's care leavers grade
of November 2023 in the 2025 file). What the better source leaves blank the others fill: dates, theme, a judgement.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from joinedup.statistics.model import Inspection, Loaded, Measure

LONGEST_TO_PUBLICATION = 270
"""Days from the first day on site to publication. The longest in Ofsted's 2025 file is 225 (Devon), all others are
under 160. Two graded inspections of an area lie years apart."""

NEAREST_STARTS = 14
"""Days between two start dates that are still one graded inspection: slips, or the first day off site against on."""

_OFFICIAL = ("ofsted-outcomes", "ofsted-underlying")
_GRADED_VISITS = {"standard", "short", "reinspection", None}


def merge_inspections(loaded: Iterable[Loaded]) -> tuple[Inspection, ...]:
    """Each inspection once, by the rule above, ordered by area, then date. `place` names every row it came from."""
    merged, _ = merge_rows(_ranked(loaded))
    return merged


def differences(loaded: Iterable[Loaded]) -> tuple[str, ...]:
    """Where the sources of one inspection contradict each other: one line each, the winning value first."""
    _, told = merge_rows(_ranked(loaded))
    return told


def _ranked(loaded: Iterable[Loaded]) -> list[Inspection]:
    order = sorted(
        loaded, key=lambda one: (one.kind not in _OFFICIAL, -(one.as_at.toordinal() if one.as_at is not None else 0))
    )
    return [row for one in order for row in one.inspections]


@dataclass(slots=True)
class _Same:
    """Rows of one inspection, the best source first."""

    rows: list[Inspection] = field(default_factory=list)

    @property
    def published(self) -> dt.date | None:
        return next((row.published for row in self.rows if row.published is not None), None)

    @property
    def start(self) -> dt.date | None:
        return next((row.start for row in self.rows if row.start is not None), None)

    @property
    def visit(self) -> str | None:
        return next((row.visit for row in self.rows if row.visit is not None), None)

    def holds(self, row: Inspection) -> bool:
        """Whether the row's own dates say that it is this inspection."""
        if not _one_visit(self.visit, row.visit):
            return False
        if row.start is not None and self.start is not None:
            return abs((row.start - self.start).days) <= (NEAREST_STARTS if row.visit in _GRADED_VISITS else 0)
        return row.published is not None and row.published == self.published

    def result(self) -> Inspection:
        first = self.rows[0]
        grades: dict[str, str] = {}
        for row in self.rows:
            for key, grade in (row.grades or {}).items():
                grades.setdefault(key, grade)
        return Inspection(
            area=first.area,
            framework=first.framework,
            visit=self.visit,
            published=self.published,
            start=self.start,
            end=next((row.end for row in self.rows if row.end is not None), None),
            theme=next((row.theme for row in self.rows if row.theme is not None), None),
            grades=grades,
            place="; ".join(dict.fromkeys(row.place for row in self.rows if row.place)),
        )

    def differences(self) -> Iterable[str]:
        best = self.result()
        name = f"{best.area}, {best.framework} of {best.published or best.start}"
        for row in self.rows[1:]:
            for what in ("published", "start", "end", "visit", "theme"):
                other, winner = getattr(row, what), getattr(best, what)
                if other is not None and other != winner:
                    yield f"{name}: {what} {winner}, but {other} in {row.place}"
            for key, grade in (row.grades or {}).items():
                if grade != (best.grades or {})[key]:
                    yield f"{name}: {key} {(best.grades or {})[key]}, but {grade} in {row.place}"


def merge_rows(rows: Sequence[Inspection]) -> tuple[tuple[Inspection, ...], tuple[str, ...]]:
    """The rows, best source first, as (each inspection once, what contradicted)."""
    by_area: dict[tuple[str, str], list[_Same]] = defaultdict(list)
    for row in rows:
        known = by_area[row.area, row.framework]
        same = next((one for one in known if one.holds(row)), None)
        if same is None:
            known.append(_Same([row]))
        else:
            same.rows.append(row)
    merged = [one for known in by_area.values() for one in _join_lone_dates(known)]
    told = tuple(line for one in merged for line in one.differences())
    return tuple(sorted((one.result() for one in merged), key=_order)), told


def _order(row: Inspection) -> tuple[str, dt.date, str]:
    return row.area, row.published or row.start or dt.date.min, row.framework


def _one_visit(one: str | None, other: str | None) -> bool:
    """Whether two kinds of visit can be the same inspection: a slip between short and standard still is."""
    if one is None or other is None:
        return one in _GRADED_VISITS and other in _GRADED_VISITS
    return one == other or {one, other} == {"short", "standard"}


def _join_lone_dates(known: list[_Same]) -> list[_Same]:
    """Join those that have only a start with those that have only a publication soon after, nearest first."""
    starts = [one for one in known if one.published is None and one.visit in _GRADED_VISITS]
    ends = [one for one in known if one.start is None and one.visit in _GRADED_VISITS]
    pairs = sorted(
        (
            ((end.published - start.start).days, known.index(start), known.index(end))
            for start in starts
            for end in ends
            if end.published is not None and start.start is not None and _one_visit(start.visit, end.visit)
        ),
    )
    met: set[int] = set()
    absorbed: set[int] = set()
    for days, first, second in pairs:
        if 0 <= days <= LONGEST_TO_PUBLICATION and not met & {first, second}:
            better, worse = sorted((first, second))
            known[better].rows.extend(known[worse].rows)
            met |= {better, worse}
            absorbed.add(worse)
    return [one for index, one in enumerate(known) if index not in absorbed]


_NAMES_MEASURES = "lait-dictionary"
"""The kind of file whose words on a measure win over those of the file of its figures."""


def merge_measures(loaded: Iterable[Loaded]) -> tuple[Measure, ...]:
    """Each measure once by its key: a dictionary's words first, what it leaves out from the file of the figures.

    The order in which the files come does not matter, save that of two files of the same kind the later one wins.
    """
    found: dict[str, Measure] = {}
    for one in sorted(loaded, key=lambda each: each.kind == _NAMES_MEASURES):
        for measure in one.measures:
            known = found.get(measure.key)
            found[measure.key] = measure if known is None else _join(measure, known)
    return tuple(found[key] for key in sorted(found))


def _join(first: Measure, second: Measure) -> Measure:
    return Measure(
        first.key,
        first.title,
        first.source,
        unit=first.unit or second.unit,
        polarity=first.polarity or second.polarity,
        topic=first.topic or second.topic,
        description=first.description or second.description,
        dimensions=first.dimensions or second.dimensions,
    )
