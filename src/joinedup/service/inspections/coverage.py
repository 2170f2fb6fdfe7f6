"""What the evidence covers: criteria by agencies by kinds of source, counted by the database in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from joinedup.areas import agencies
from joinedup.frameworks import Criterion
from joinedup.service.fields import holding
from joinedup.service.inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Need:
    """What the framework asks for: pieces and kinds of source under a finding, and pieces for each criterion."""

    pieces: int = 1
    kinds: int = 1
    criterion_pieces: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """How many pieces there are, and from how many kinds of source; `thin` says in words what is short, if anything."""

    pieces: int
    kinds: int
    thin: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: all of its evidence, then by agency in the order of `Coverage.agencies`, and pieces by source."""

    criterion: Criterion
    every: Cell
    by_agency: tuple[Cell, ...]
    sources: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole table. `agencies`: (key, title) of its columns."""

    need: Need
    agencies: tuple[tuple[str, str], ...]
    rows: tuple[CriterionRow, ...]

    @property
    def thin(self) -> tuple[CriterionRow, ...]:
        """The criteria with too little evidence altogether."""
        return tuple(row for row in self.rows if row.every.thin)


def need_of(inspection: Inspection) -> Need:
    """What the sufficiency rules ask of evidence for this kind of visit; one of each where they are silent."""
    rules = {rule.kind: rule for rule in inspection.rules.demands(inspection.visit)}  # type: ignore[arg-type]
    finding, criteria = rules.get("finding_evidence"), rules.get("criteria_covered")
    return Need(
        (finding and finding.pieces) or 1, (finding and finding.kinds) or 1, (criteria and criteria.pieces) or 1
    )


def coverage_of(inspection: Inspection) -> Coverage:
    """Count an inspection's evidence that has not been withdrawn.

    The columns are the agencies in scope here, and any other of the framework's that evidence names.
    """
    every = [each.key for each in agencies()]
    about = {f"about_{key}": Count("criterion", filter=holding("agencies", key)) for key in every}
    grouped = inspection.evidence.filter(withdrawn="").order_by().values("criterion", "source")
    counted: list[dict[str, Any]] = [dict(row) for row in grouped.annotate(pieces=Count("*"), **about)]
    scope = {*inspection.in_scope, *inspection.parties.values_list("agency", flat=True)}
    columns = [each for each in agencies() if each.key in scope or any(row[f"about_{each.key}"] for row in counted)]
    need = need_of(inspection)
    rows = []
    for criterion in inspection.rules.criteria:
        mine = [row for row in counted if row["criterion"] == criterion.key]
        whole = _cell([row["pieces"] for row in mine], need.criterion_pieces, 1)
        cells = (
            _cell([row[f"about_{each.key}"] for row in mine], need.pieces, need.kinds, each.key) for each in columns
        )
        rows.append(
            CriterionRow(criterion, whole, tuple(cells), tuple(sorted((row["source"], row["pieces"]) for row in mine)))
        )
    return Coverage(need, tuple((each.key, each.title) for each in columns), tuple(rows))


def _cell(counts: Iterable[int], pieces: int, kinds: int, agency: str = "") -> Cell:
    """A cell from the counts of each kind of source."""
    there = [count for count in counts if count]
    total = sum(there)
    if total == 0:
        thin = "None yet"
    elif total < pieces:
        thin = f"Thin: {pieces - total} more needed"
    elif len(there) < kinds:
        thin = "Thin: one kind of source only" if len(there) == 1 else f"Thin: {len(there)} kinds of source only"
    else:
        thin = ""
    return Cell(total, len(there), thin, agency)
