"""What a framework must hold to be inspected under: rules that fit it, criteria to inspect by, phases to plan."""

from __future__ import annotations

import re
from collections.abc import Mapping

from joinedup.frameworks.errors import WrongValueError
from joinedup.frameworks.live import EVIDENCE_SOURCES, PHASES, Sufficiency, SufficiencyKind
from joinedup.frameworks.model import Framework

_NUMBERS = ("pieces", "kinds", "amount")
_TAKES: Mapping[SufficiencyKind, tuple[str, ...]] = {
    "finding_evidence": ("pieces", "kinds"),
    "children_tracked": ("amount",),
    "criteria_covered": ("pieces",),
    "good_practice_sought": ("amount",),
}
"""The numbers that a kind of rule needs, and no others; a kind that is not here takes none."""

Path = tuple[str | int, ...]


def check_live(framework: Framework) -> None:
    """Raises `WrongValueError` for the first thing that would keep an inspection from being run as the file says."""
    _children(framework)
    kinds = [visit.key for visit in framework.visits]
    seen: set[tuple[str, str]] = set()
    for i, rule in enumerate(framework.sufficiency):
        path: Path = ("sufficiency", i)
        for visit in rule.visits:
            if visit not in kinds:
                raise WrongValueError(
                    (*path, "visits"), f"names {visit!r}, which is not a visit; use one of {', '.join(kinds)}"
                )
        marks = {(rule.kind, visit) for visit in rule.visits or kinds}
        if marks & seen:
            raise WrongValueError((*path, "kind"), f"is {rule.kind!r}, which stands above already; make one of both")
        seen |= marks
        _numbers(rule, path)
        _sense(framework, rule, path)
    if framework.sufficiency:
        _can_be_run(framework)


def _children(framework: Framework) -> None:
    if framework.children is not None:
        for name in ("tracked", "sampled"):
            number = getattr(framework.children, name)
            if number is not None and number < 1:
                raise WrongValueError(("children", name), f"is {number}; give at least 1, or leave the table out")


def _numbers(rule: Sufficiency, path: Path) -> None:
    takes = _TAKES.get(rule.kind, ())
    for name in _NUMBERS:
        number = getattr(rule, name)
        if name in takes and number is None:
            raise WrongValueError(path, f"is {rule.kind!r} and lacks {name!r}; add it")
        if name not in takes and number is not None:
            raise WrongValueError((*path, name), f"means nothing for {rule.kind!r}; remove it")
        if number is None:
            continue
        if number < 1:
            raise WrongValueError((*path, name), f"is {number}; it must be at least 1, or the rule demands nothing")
        # The reason shown to a person and the rule that is applied must not drift apart.
        if str(number) not in re.findall(r"\d+", rule.text):
            raise WrongValueError((*path, "text"), f"does not name {name} ({number}); write the number as a figure")
    if rule.kinds is not None and rule.pieces is not None:
        most = min(rule.pieces, len(EVIDENCE_SOURCES))
        if rule.kinds > most:
            raise WrongValueError(
                (*path, "kinds"), f"is {rule.kinds}, which {rule.pieces} pieces cannot have; at most {most}"
            )


def _sense(framework: Framework, rule: Sufficiency, path: Path) -> None:
    graded = any(judgement.graded for judgement in framework.judgements)
    several = len(framework.agencies) > 1
    lacking: Mapping[SufficiencyKind, str | None] = {
        "grade_explained": "graded judgements" if not graded else None if several else "second agency",
        "combination_explained": None if framework.rules else "[[rules]]",
        "narrative_given": None if framework.judgements else "[[judgements]]",
        "positions_agreed": None if framework.judgements else "[[judgements]]",
        "children_tracked": None if framework.children else "[children]",
    }
    lacks = lacking.get(rule.kind)
    if lacks:
        raise WrongValueError((*path, "kind"), f"is {rule.kind!r}, but the framework has no {lacks}; remove the rule")
    children = framework.children
    if rule.kind == "children_tracked" and children is not None and rule.amount != children.tracked:
        raise WrongValueError(
            (*path, "amount"), f"is {rule.amount}, but [children] tracks {children.tracked}; make both the same"
        )


def _can_be_run(framework: Framework) -> None:
    if not framework.criteria:
        raise WrongValueError(("criteria",), "is missing, though there are [[sufficiency]] rules; evidence needs them")
    audited = framework.children is not None and framework.children.joint_audit
    for visit in (visit for visit in framework.visits if framework.demands(visit.key)):
        planned = {step.key for step in framework.phases(visit.key)}
        for phase in PHASES:
            if phase not in planned and (phase != "audit" or audited):
                raise WrongValueError(
                    ("timetable",), f"has no {phase!r} for the visit {visit.key!r}; add it, or remove [[sufficiency]]"
                )
