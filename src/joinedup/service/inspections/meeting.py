"""How each judgement stands in the team: agreed, contested or thin, seen from positions and from the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from joinedup.frameworks import Judgement as Judged
from joinedup.service.inspections.content import inspectorates, snapshot
from joinedup.service.inspections.models import Finding, Inspection, Judgement, Position
from joinedup.service.inspections.scope import grade_titles
from joinedup.service.inspections.sufficiency import Snapshot
from joinedup.service.inspections.sufficiency_rules import rests_well

STANDS = {
    "agreed": ("Agreed", "green"),
    "contested": ("Contested", "red"),
    "thin": ("Thin", "yellow"),
    "open": ("Positions wanting", "grey"),
    "empty": ("Not written", "grey"),
}
"""How a judgement stands -> its word and the colour of its tag."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one inspectorate stands; `position` is None where it has not said. `current`: on today's text."""

    inspectorate: str
    position: Position | None
    current: bool


@dataclass(frozen=True, slots=True)
class Met:
    """One judgement at the team's meeting. `thin` gives the reasons why its evidence is thin, whoever says what."""

    judgement: Judged
    row: Judgement | None
    grade: str
    stands: str
    word: str
    colour: str
    positions: tuple[Stand, ...]
    thin: tuple[str, ...]
    findings: tuple[Finding, ...]


def judgements_met(inspection: Inspection) -> tuple[Met, ...]:
    """Every judgement of the framework; a fixed number of queries."""
    seen = snapshot(inspection)
    rows = {each.key: each for each in inspection.judgements.all()}
    names = inspectorates(inspection)
    positions = {
        (each.judgement_id, each.organisation_id): each
        for each in Position.objects.filter(judgement__inspection=inspection).select_related("by")
    }
    findings: dict[str, list[Finding]] = {}
    for each in inspection.findings.filter(dropped=""):
        findings.setdefault(each.judgement, []).append(each)
    return tuple(
        _met(judgement, rows.get(judgement.key), seen, names, positions, findings, grade_titles(inspection))
        for judgement in inspection.rules.judgements
    )


def _met(
    judgement: Judged,
    row: Judgement | None,
    seen: Snapshot,
    names: dict[int, str],
    positions: dict[tuple[int, int], Position],
    findings: dict[str, list[Finding]],
    grades: dict[str, str],
) -> Met:
    stands = []
    for key, name in names.items():
        position = positions.get((row.pk, key)) if row else None
        current = bool(row and position and position.judgement_version == row.version)
        stands.append(Stand(name, position, current))
    thin = tuple(thin_reasons(seen, judgement.key))
    how = _stands(row, stands, thin)
    return Met(
        judgement,
        row,
        grades.get(row.grade, "") if row else "",
        how,
        *STANDS[how],
        tuple(stands),
        thin,
        tuple(findings.get(judgement.key, ())),
    )


def _stands(row: Judgement | None, stands: list[Stand], thin: tuple[str, ...]) -> str:
    """Contested before thin before open: what needs talking about most comes first. Old positions do not count."""
    if row is None or not row.narrative:
        return "empty"
    stances = [each.position.stance if each.position and each.current else "" for each in stands]
    if "contested" in stances:
        return "contested"
    if "thin" in stances or thin:
        return "thin"
    return "agreed" if all(stances) else "open"


def thin_reasons(seen: Snapshot, key: str) -> Iterator[str]:
    """Why the evidence under a judgement is thin, by the framework's own numbers."""
    rules = {rule.kind: rule for rule in seen.framework.demands(seen.visit)}
    under = [each for each in seen.findings if each.judgement == key]
    if not under:
        yield "No finding belongs to it."
    evidence = rules.get("finding_evidence")
    if evidence is not None:
        weak = [str(each.number) for each in under if not rests_well(each, evidence)]
        if weak:
            yield f"Too little evidence under finding{'s' if len(weak) > 1 else ''} {', '.join(weak)}."
    covered = rules.get("criteria_covered")
    if covered is not None:
        for criterion in seen.framework.criteria:
            pieces = seen.coverage.get(criterion.key, 0)
            if criterion.judgement == key and pieces < (covered.pieces or 1):
                yield f"“{criterion.title}”: {pieces} of {covered.pieces} pieces of evidence."
