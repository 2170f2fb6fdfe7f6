"""How the agencies' view of a child and the inspectors' differ, in words: a pure comparison of two strengths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.frameworks import Criterion
from joinedup.service.inspections.models import ChildView

_RANK = {"strong": 3, "mixed": 2, "weak": 1}


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion with both sides' views of it, where given, and how they differ in words."""

    criterion: Criterion
    agencies: ChildView | None
    inspectors: ChildView | None
    difference: str

    @property
    def differs(self) -> bool:
        """Whether both judged, and not alike."""
        return self.difference.startswith("The inspectors see")


def difference(agencies: str | None, inspectors: str | None) -> str:
    """How two strengths differ, as a sentence; a strength is None where that side has not said."""
    if agencies is None and inspectors is None:
        return "Neither has said yet."
    if inspectors is None:
        return "The inspectors have not said yet."
    if agencies is None:
        return "The agencies have not said yet."
    theirs, ours = _RANK.get(agencies), _RANK.get(inspectors)
    if theirs is None or ours is None:
        return "Cannot be compared: it could not be judged by one side or both."
    if theirs == ours:
        return "Both see it alike."
    by = "much " if abs(theirs - ours) > 1 else ""
    return f"The inspectors see it {by}{'weaker' if ours < theirs else 'stronger'} than the agencies do."


def compare(criteria: Iterable[Criterion], views: Iterable[ChildView]) -> list[Compared]:
    """Every criterion in the framework's order, with both sides."""
    held = {(view.criterion, view.side): view for view in views}
    rows = []
    for each in criteria:
        agencies, inspectors = held.get((each.key, "agencies")), held.get((each.key, "inspectors"))
        said = difference(_strength(agencies), _strength(inspectors))
        rows.append(Compared(each, agencies, inspectors, said))
    return rows


def _strength(view: ChildView | None) -> str | None:
    return view.strength if view else None
