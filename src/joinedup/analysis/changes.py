"""Who moved from which grade to which between two days?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.corrected import in_plain
from joinedup.analysis.rules import GRADES, Dates, families_named
from joinedup.analysis.standings import corrections_of, latest
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import check_days

if TYPE_CHECKING:
    from joinedup.areas import Area
    from joinedup.record import Correction, Record


@dataclass(frozen=True, slots=True)
class Move:
    """One area's grade on the first day and on the second; None where it had none that day.

    `corrected_before` and `corrected_after` are what was corrected of each grade, and of what else is told of its
    inspection, where a report of ours tells it.
    """

    area: str
    name: str
    la_code: str | None
    before: str | None
    after: str | None
    corrected_before: tuple[Correction, ...] = ()
    corrected_after: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's shape: `area` is the area's name."""
        return {"area": self.name, "la_code": self.la_code, "from": self.before, "to": self.after}

    def corrections(self) -> dict[str, Any]:
        """What was corrected of it, in the same shape: `from` and `to` are lists of corrections as plain values."""
        told = {"from": in_plain(self.corrected_before), "to": in_plain(self.corrected_after)}
        return {"area": self.name, "la_code": self.la_code, **told}


@dataclass(frozen=True, slots=True)
class Reorganised:
    """An area that ended between the two days (`before`: its grade on the first), with those that took its place (their
    grades on the second, where they were there already or still). These are no moves of anybody's."""

    area: str
    name: str
    la_code: str | None
    ended: dt.date
    before: str | None
    successors: tuple[Move, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; a successor in the shape of a move whose `from` is null."""
        return {
            "area": self.name,
            "la_code": self.la_code,
            "ended": self.ended.isoformat(),
            "from": self.before,
            "successors": [move.to_json() for move in self.successors],
        }


@dataclass(frozen=True, slots=True)
class Changes(Tabular):
    """How grades changed between two days, over the areas that existed on both.

    `areas` are those whose grade differs (also those judged for the first time: `before` is None). `matrix[was][now]`
    is how many areas went from one to the other, those that stayed included; the key None is "no grade".
    `newly_inadequate` and `left_inadequate` are parts of `areas`: leaving means for another grade, not for none.
    `corrected` are all those told of here, also those that stayed, of whom a person corrected something.
    """

    start: dt.date
    end: dt.date
    frameworks: tuple[str, ...]
    judgement: str
    areas: tuple[Move, ...]
    matrix: Mapping[str | None, Mapping[str | None, int]]
    newly_inadequate: tuple[Move, ...]
    left_inadequate: tuple[Move, ...]
    reorganised: tuple[Reorganised, ...]
    corrected: tuple[Move, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape; in `matrix` the key for no grade is `"null"`."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "framework": list(self.frameworks),
            "judgement": self.judgement,
            "areas": [move.to_json() for move in self.areas],
            "matrix": {
                was or "null": {now or "null": number for now, number in row.items()}
                for was, row in self.matrix.items()
            },
            "newly_inadequate": [move.to_json() for move in self.newly_inadequate],
            "left_inadequate": [move.to_json() for move in self.left_inadequate],
            "reorganised": [one.to_json() for one in self.reorganised],
            "corrections": [move.corrections() for move in self.corrected],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return ("area", "name", "la_code", "from", "to", "corrected")

    def rows(self) -> list[dict[str, Any]]:
        """One row for each area that moved; `corrected` names what a person has corrected of its two grades ("; "
        between several): "to grade:overall"."""
        return [
            {
                "area": m.area,
                "name": m.name,
                "la_code": m.la_code,
                "from": m.before,
                "to": m.after,
                "corrected": "; ".join(
                    f"{column} {given.field}"
                    for column, every in (("from", m.corrected_before), ("to", m.corrected_after))
                    for given in every
                )
                or None,
            }
            for m in self.areas
        ]


def changes(
    record: Record,
    *,
    start: dt.date,
    end: dt.date,
    frameworks: str | Sequence[str] | None = None,
    judgement: str = "overall",
    dates: Dates = "official",
) -> Changes:
    """Who moved from which grade to which between `start` and `end`, who is newly inadequate and who left it.

    `frameworks` are families (by default Ofsted's series: slac, cpi, sif, ilacs); an area's grade on each day is that
    of its latest inspection as in `outcomes`. Raises UsageError for days in the wrong order, and for a family or
    judgement that there is none of.
    """
    from joinedup.areas import areas

    check_days(start=start, end=end)
    families = families_named(frameworks)
    before, after = (
        latest(record, frameworks=families, judgement=judgement, dates=dates, day=day) for day in (start, end)
    )
    moves = {}
    for area in areas():
        was = before.get(area.slug) if area.exists_on(start) else None
        now = after.get(area.slug) if area.exists_on(end) else None
        moves[area.slug] = Move(
            area=area.slug,
            name=area.name,
            la_code=area.la_code,
            before=was.grade if was else None,
            after=now.grade if now else None,
            corrected_before=corrections_of(record, was, judgement),
            corrected_after=corrections_of(record, now, judgement),
        )
    both = [moves[a.slug] for a in sorted(areas(start), key=lambda a: a.name) if a.exists_on(end)]
    moved = tuple(m for m in both if m.before != m.after)
    return Changes(
        start=start,
        end=end,
        frameworks=families,
        judgement=judgement,
        areas=moved,
        matrix=_matrix(both),
        newly_inadequate=tuple(m for m in moved if m.after == "inadequate"),
        left_inadequate=tuple(m for m in moved if m.before == "inadequate" and m.after is not None),
        reorganised=_reorganised(areas(start), moves, end),
        corrected=tuple(
            m for m in sorted(moves.values(), key=lambda m: m.name) if m.corrected_before or m.corrected_after
        ),
    )


def _matrix(moves: Sequence[Move]) -> dict[str | None, dict[str | None, int]]:
    order: tuple[str | None, ...] = (*GRADES, None)
    counted: dict[str | None, dict[str | None, int]] = {}
    for was in order:
        row = {now: sum(m.before == was and m.after == now for m in moves) for now in order}
        if kept := {now: number for now, number in row.items() if number and not (was is None and now is None)}:
            counted[was] = kept
    return counted


def _reorganised(there: Sequence[Area], moves: Mapping[str, Move], end: dt.date) -> tuple[Reorganised, ...]:
    return tuple(
        Reorganised(
            area=area.slug,
            name=area.name,
            la_code=area.la_code,
            ended=area.end,
            before=moves[area.slug].before,
            successors=tuple(moves[slug] for slug in area.successors),
        )
        for area in sorted(there, key=lambda area: area.name)
        if area.end is not None and area.end <= end
    )
