"""What must be there before sign-off: every rule of each framework is silent where it is met, and speaks where not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import get_args

import pytest

from joinedup.frameworks import Framework, Sufficiency, SufficiencyKind, get_framework
from joinedup.service.inspections.sufficiency import (
    LATER,
    ChallengeSeen,
    ChildSeen,
    ContributionSeen,
    FindingSeen,
    ImprovementSeen,
    JudgementSeen,
    PointSeen,
    PositionSeen,
    Snapshot,
    problems,
)
from joinedup.service.inspections.sufficiency_rules import RULES

FRAMEWORKS = ("jtai-2022", "ilacs-2026", "multi-agency-2012", "joined-up-1")
OURS = 1
"""The id of the one inspectorate in these inspections."""


def met(framework: Framework) -> Snapshot:
    """A small inspection that meets every rule there could be."""
    best = framework.grades[0].key if framework.grades else ""
    criteria = [each.key for each in framework.criteria]
    findings = [FindingSeen(1, True, False, criteria[0], "", ("interview", "document"), 1, False, True)]
    findings += [FindingSeen(n, False, True, criteria[0], "", ("data", "voice"), 0, False, True) for n in (2, 3)]
    views = frozenset((key, side) for key in criteria for side in ("agencies", "inspectors"))
    return Snapshot(
        framework=framework,
        visit="standard",
        agencies=tuple(each.key for each in framework.agencies),
        inspectorates=((OURS, "Ofsted"),),
        coverage=dict.fromkeys(criteria, 2),
        findings=tuple(findings),
        improvements=(ImprovementSeen(1, True, True, True, True),),
        contributions={each.key: ContributionSeen(True, best, False) for each in framework.agencies},
        judgements={
            each.key: JudgementSeen(True, best if each.graded else "", (), False) for each in framework.judgements
        },
        positions=tuple(PositionSeen(each.key, OURS, "agreed", True) for each in framework.judgements),
        children=tuple(ChildSeen(f"C{n}", views) for n in range(1, 6)),
        challenges=(ChallengeSeen(1, True, True),),
        points=(PointSeen(7, "Ashmere Police", 1, True),),
    )


def _first(it: Snapshot, **change: object) -> tuple[FindingSeen, ...]:
    return (dataclasses.replace(it.findings[0], **change), *it.findings[1:])  # type: ignore[arg-type]


def _worse(it: Snapshot) -> Mapping[str, JudgementSeen]:
    """The first graded judgement at the worst grade."""
    key = next(each.key for each in it.framework.judgements if each.graded)
    worst = it.framework.grades[-1].key
    return {**it.judgements, key: dataclasses.replace(it.judgements[key], grade=worst)}


Break = Callable[[Snapshot], dict[str, object]]
BROKEN: Mapping[str, tuple[Break, str]] = {
    "finding_evidence": (
        lambda it: {"findings": _first(it, sources=("interview",))},
        "Finding 1 rests on 1 piece of evidence of 1 kind of source; it needs 2 pieces, of 2 kinds of source.",
    ),
    "finding_attributed": (
        lambda it: {"findings": _first(it, about=False)},
        "Finding 1 does not say which agencies it is about.",
    ),
    "agency_assessed": (
        lambda it: {"contributions": {}},
        "has no narrative of its contribution.",
    ),
    "concern_improved": (
        lambda it: {"findings": _first(it, asks=0)},
        "Finding 1 is a concern; it asks for no improvement and does not say why not.",
    ),
    "improvement_accountable": (
        lambda it: {"improvements": (ImprovementSeen(4, True, False, False, False),)},
        "Improvement 4 does not say the accountable post, to whom that post answers or by when.",
    ),
    "grade_explained": (lambda it: {"judgements": _worse(it)}, "does not say whose contribution lowered it."),
    "narrative_given": (lambda it: {"judgements": {}}, "has no narrative"),
    "children_tracked": (lambda it: {"children": it.children[:4]}, "4 children are tracked; it needs 5."),
    "criteria_covered": (lambda it: {"coverage": {}}, "has 0 pieces of evidence; it needs 2."),
    "good_practice_sought": (
        lambda it: {"findings": it.findings[:1]},
        "0 examples of good practice;",
    ),
    "positions_agreed": (lambda it: {"positions": ()}, "Ofsted has not said where it stands on"),
    "challenges_answered": (
        lambda it: {"challenges": (ChallengeSeen(2, True, False),)},
        "Challenge 2 is answered but not closed.",
    ),
    "accuracy_answered": (
        lambda it: {"points": (PointSeen(7, "Ashmere Police", 3, False),)},
        "Point 3 of Ashmere Police is not answered.",
    ),
}
RULED = [(id_, rule) for id_ in FRAMEWORKS for rule in get_framework(id_).demands("standard")]


def kinds_missing(it: Snapshot) -> set[str]:
    return {problem.rule.kind for problem in problems(it)}


@pytest.mark.parametrize("id_", FRAMEWORKS)
def test_nothing_is_missing_where_everything_is_there(id_: str) -> None:
    assert problems(met(get_framework(id_))) == ()


@pytest.mark.parametrize(("id_", "rule"), RULED, ids=[f"{id_}-{rule.key}" for id_, rule in RULED])
def test_a_rule_speaks_when_it_is_not_met_and_names_the_thing(id_: str, rule: Sufficiency) -> None:
    whole = met(get_framework(id_))
    spoil, words = BROKEN[rule.kind]
    found = problems(dataclasses.replace(whole, **spoil(whole)))  # type: ignore[arg-type]
    mine = [problem for problem in found if problem.rule == rule]
    assert mine
    assert words in mine[0].reason


def test_every_kind_of_rule_is_known_and_those_of_the_frameworks_are_tried_here() -> None:
    assert set(RULES) == set(get_args(SufficiencyKind))
    assert {rule.kind for _, rule in RULED} == set(BROKEN)
    assert set(BROKEN) | {"combination_explained"} == set(RULES)


def combined() -> Snapshot:
    """An inspection under a framework with rules on how grades combine, all of which must be explained."""
    graded = next(
        each
        for each in (get_framework(id_) for id_ in ("ilacs-2023", "sif-2013"))
        if any(rule.when is not None for rule in each.rules)
    )
    rule = Sufficiency("combination_explained", "combination_explained", "Departures say why.", ())
    if not graded.criteria:
        graded = dataclasses.replace(graded, criteria=get_framework("ilacs-2026").criteria)
    return met(dataclasses.replace(graded, sufficiency=(rule,)))


def test_grades_that_depart_from_a_rule_say_why() -> None:
    whole = combined()
    framework = whole.framework
    rule = next(each for each in framework.rules if each.when is not None and each.then is not None)
    assert rule.when is not None
    worst, best = framework.grades[-1].key, framework.grades[0].key
    judgements = {
        each.key: JudgementSeen(True, worst if each.key in rule.when.judgements else best, (), False)
        for each in framework.judgements
        if each.graded
    }
    found = problems(dataclasses.replace(whole, judgements=judgements))
    assert found
    assert rule.text in " ".join(problem.reason for problem in found)
    told = {key: dataclasses.replace(each, departs=True) for key, each in judgements.items()}
    assert problems(dataclasses.replace(whole, judgements=told)) == ()


def test_evidence_must_come_from_enough_kinds_of_source() -> None:
    whole = met(get_framework("joined-up-1"))
    same = dataclasses.replace(whole, findings=_first(whole, sources=("data", "data", "data")))
    assert kinds_missing(same) == {"finding_evidence"}


def test_a_concern_may_say_why_it_asks_for_nothing() -> None:
    whole = met(get_framework("joined-up-1"))
    told = dataclasses.replace(whole, findings=_first(whole, asks=0, asks_nothing=True))
    assert problems(told) == ()


def test_saying_that_none_was_found_stands_for_examples_of_good_practice() -> None:
    whole = met(get_framework("joined-up-1"))
    none = dataclasses.replace(whole, findings=whole.findings[:1])
    assert kinds_missing(none) == {"good_practice_sought"}
    assert problems(dataclasses.replace(none, none_found=True)) == ()


def test_only_an_agency_that_is_not_always_looked_at_may_stay_unassessed_with_a_reason() -> None:
    framework = get_framework("jtai-2022")
    whole = met(framework)
    always = next(each.key for each in framework.agencies if each.scope == "always")
    sometimes = [each.key for each in framework.agencies if each.scope != "always"]
    left_out = ContributionSeen(False, "", True)
    told = {**whole.contributions, **dict.fromkeys(sometimes, left_out)}
    assert problems(dataclasses.replace(whole, contributions=told)) == ()
    refused = problems(dataclasses.replace(whole, contributions={**whole.contributions, always: left_out}))
    assert [problem.thing for problem in refused] == [f"contribution {always}"]


@pytest.mark.parametrize(("stance", "current"), [("contested", True), ("thin", True), ("agreed", False)])
def test_a_position_counts_only_where_it_agrees_to_the_text_of_today(stance: str, current: bool) -> None:
    whole = met(get_framework("joined-up-1"))
    first = dataclasses.replace(whole.positions[0], stance=stance, current=current)
    assert kinds_missing(dataclasses.replace(whole, positions=(first, *whole.positions[1:]))) == {"positions_agreed"}


def test_a_grade_says_whose_contribution_lowered_it_only_where_it_is_below_the_best() -> None:
    whole = met(get_framework("multi-agency-2012"))
    lower = _worse(whole)
    named = {key: dataclasses.replace(each, lowered_by=("police",)) for key, each in lower.items()}
    assert kinds_missing(dataclasses.replace(whole, judgements=lower)) == {"grade_explained"}
    assert problems(dataclasses.replace(whole, judgements=named)) == ()
    worst = whole.framework.grades[-1].key
    parts = {key: dataclasses.replace(each, grade=worst) for key, each in whole.contributions.items()}
    assert problems(dataclasses.replace(whole, judgements=lower, contributions=parts)) == ()


def test_a_child_needs_the_agencies_audit_only_where_the_framework_has_one() -> None:
    for id_, audited in (("joined-up-1", True), ("multi-agency-2012", False)):
        whole = met(get_framework(id_))
        views = frozenset((each.key, "inspectors") for each in whole.framework.criteria)
        first = dataclasses.replace(whole.children[0], views=views)
        found = problems(dataclasses.replace(whole, children=(first, *whole.children[1:])))
        assert bool(found) is audited


def test_moderation_waits_for_all_but_what_comes_later() -> None:
    whole = met(get_framework("joined-up-1"))
    later = dataclasses.replace(
        whole, challenges=(ChallengeSeen(1, False, False),), points=(PointSeen(7, "Ashmere Police", 1, False),)
    )
    assert problems(later, without=LATER["to_moderation"]) == ()
    assert {each.rule.kind for each in problems(later, without=LATER["to_accuracy"])} == {"challenges_answered"}
    assert len(problems(later, without=LATER["to_signing"])) == 2
