"""One function for each kind of sufficiency rule: a snapshot and a rule in, what is missing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from joinedup.areas import get_agency
from joinedup.frameworks import Judgement, Rule, Sufficiency, SufficiencyKind, check_grades
from joinedup.service.inspections.sufficiency import FindingSeen, Problem, Snapshot

Check = Callable[[Snapshot, Sufficiency], Iterator[Problem]]
SIDES = {"agencies": "the agencies’ joint audit", "inspectors": "the inspectors’ view"}


def _finding_evidence(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for finding in it.findings:
        if not rests_well(finding, rule):
            pieces, kinds = len(finding.sources), len(set(finding.sources))
            yield Problem(
                rule,
                f"Finding {finding.number} rests on {_many(pieces, 'piece', 'pieces')} of evidence"
                f"{f' of {_many(kinds, _KIND, _KINDS)}' if pieces else ''}; "
                f"it needs {_many(rule.pieces or 1, 'piece', 'pieces')}, of {_many(rule.kinds or 1, _KIND, _KINDS)}.",
                "finding-change",
                (finding.number,),
                f"finding {finding.number}",
            )


def rests_well(finding: FindingSeen, rule: Sufficiency) -> bool:
    """Whether a finding rests on as much evidence, of as many kinds of source, as the rule asks."""
    return len(finding.sources) >= (rule.pieces or 1) and len(set(finding.sources)) >= (rule.kinds or 1)


def _finding_attributed(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for finding in it.findings:
        if not finding.about:
            yield Problem(
                rule,
                f"Finding {finding.number} does not say which agencies it is about.",
                "finding-change",
                (finding.number,),
                f"finding {finding.number}",
            )


def _agency_assessed(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    always = {each.key for each in it.framework.agencies if each.scope == "always"}
    for key in it.agencies:
        part, title = it.contributions.get(key), get_agency(key).title
        if part is not None and (part.narrative or (part.not_assessed and key not in always)):
            continue
        reason = f"{title} has no narrative of its contribution."
        if part is not None and part.not_assessed:
            reason = f"{title} was not assessed, and this framework looks at it always: write its narrative."
        yield Problem(rule, reason, "contribution", (key,), f"contribution {key}")


def _concern_improved(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for finding in it.findings:
        if finding.concern and not finding.asks and not finding.asks_nothing:
            yield Problem(
                rule,
                f"Finding {finding.number} is a concern; it asks for no improvement and does not say why not.",
                "finding",
                (finding.number,),
                f"finding {finding.number}",
            )


def _improvement_accountable(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    names = {
        "agency": "the agency responsible",
        "post": "the accountable post",
        "answers_to": "to whom that post answers",
        "due": "by when",
    }
    for each in it.improvements:
        missing = [words for name, words in names.items() if not getattr(each, name)]
        if missing:
            yield Problem(
                rule,
                f"Improvement {each.number} does not say {_listed(missing)}.",
                "improvement-change",
                (each.number,),
                f"improvement {each.number}",
            )


def _grade_explained(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    rank = {grade.key: place for place, grade in enumerate(it.framework.grades)}
    titles = {grade.key: grade.title for grade in it.framework.grades}
    given = [part.grade for part in it.contributions.values() if part.grade]
    if not given:
        return
    best = min(given, key=lambda grade: rank[grade])
    for judgement in it.framework.judgements:
        written = it.judgements.get(judgement.key)
        if written is None or not written.grade or written.lowered_by or rank[written.grade] <= rank[best]:
            continue
        yield Problem(
            rule,
            f"{judgement.title} is graded {titles[written.grade]}, below the best contribution "
            f"({titles[best]}), and does not say whose contribution lowered it.",
            "judgement",
            (judgement.key,),
            f"judgement {judgement.key}",
        )


def _narrative_given(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    grades = any(visit.key == it.visit and visit.graded for visit in it.framework.visits) and it.framework.grades
    for judgement in judgements_given(it):
        written = it.judgements.get(judgement.key)
        missing = [] if written and written.narrative else ["narrative"]
        if grades and judgement.graded and not (written and written.grade):
            missing.append("grade")
        if missing:
            yield Problem(
                rule,
                f"{judgement.title} has no {' and no '.join(missing)}.",
                "judgement",
                (judgement.key,),
                f"judgement {judgement.key}",
            )


def judgements_given(it: Snapshot) -> list[Judgement]:
    """The judgements that this inspection gives: all, but those that may be left out only where one is begun."""
    return [each for each in it.framework.judgements if not each.optional or each.key in it.judgements]


def _combination_explained(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    given = {key: written.grade or None for key, written in it.judgements.items()}
    for departure in check_grades(it.framework, given):
        answerable = [key for key in bound_by(departure.rule) if key in it.judgements]
        if answerable and not any(it.judgements[key].departs for key in answerable):
            key = answerable[0]
            yield Problem(
                rule,
                f"The grades depart from a rule of the framework, and nothing says why. {departure.text}",
                "judgement",
                (key,),
                f"judgement {key}",
            )


def bound_by(rule: Rule) -> tuple[str, ...]:
    """The judgements whose grade a combination rule binds, and which can say why it departs."""
    if rule.ceiling is not None:
        return (rule.ceiling.judgement,)
    return rule.then.judgements if rule.then is not None else ()


def _children_tracked(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    least = rule.amount or 1
    if len(it.children) < least:
        yield Problem(
            rule,
            f"{_many(len(it.children), 'child is', 'children are')} tracked; it needs {least}.",
            "children",
        )
    audited = it.framework.children is not None and it.framework.children.joint_audit
    criteria = [each.key for each in it.framework.criteria]
    for child in it.children:
        for side in ("agencies", "inspectors") if audited else ("inspectors",):
            lacking = sum((key, side) not in child.views for key in criteria)
            if lacking:
                yield Problem(
                    rule,
                    f"Child {child.reference} lacks {SIDES[side]} on {lacking} of {_many(len(criteria), *_CRITERIA)}.",
                    "children",
                    (),
                    f"child {child.reference}",
                )


def _criteria_covered(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for criterion in it.framework.criteria:
        pieces = it.coverage.get(criterion.key, 0)
        if pieces < (rule.pieces or 1):
            yield Problem(
                rule,
                f"“{criterion.title}” has {_many(pieces, 'piece', 'pieces')} of evidence; it needs {rule.pieces or 1}.",
                "evidence",
                (),
                f"criterion {criterion.key}",
            )


def _good_practice_sought(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    examples = sum(each.example for each in it.findings)
    if examples < (rule.amount or 1) and not it.none_found:
        yield Problem(
            rule,
            f"{_many(examples, 'example', 'examples')} of good practice; it needs {rule.amount or 1}, or the team says "
            "that it looked and found none.",
            "no-good-practice",
        )


def _positions_agreed(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    taken = {(each.judgement, each.inspectorate): each for each in it.positions}
    against = {"contested": "contests", "thin": "holds the evidence too thin for"}
    for judgement in judgements_given(it):
        for inspectorate, name in it.inspectorates:
            position = taken.get((judgement.key, inspectorate))
            if position is None:
                reason = f"{name} has not said where it stands on {judgement.title}."
            elif not position.current:
                reason = f"{name} looked at an earlier text of {judgement.title}, and has yet to look at this one."
            elif position.stance in against:
                reason = f"{name} {against[position.stance]} {judgement.title}."
            else:
                continue
            written = judgement.key in it.judgements
            page = "position" if written else "judgement"
            yield Problem(rule, reason, page, (judgement.key,), f"judgement {judgement.key}")


def _challenges_answered(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for each in it.challenges:
        if not each.closed:
            lacks = "is answered but not closed" if each.answered else "is not answered"
            page = "challenge-close" if each.answered else "challenge-answer"
            yield Problem(rule, f"Challenge {each.number} {lacks}.", page, (each.number,), f"challenge {each.number}")


def _accuracy_answered(it: Snapshot, rule: Sufficiency) -> Iterator[Problem]:
    for each in it.points:
        if not each.answered:
            yield Problem(
                rule,
                f"Point {each.number} of {each.organisation} is not answered.",
                "accuracy-reply",
                (each.party, each.number),
                f"point {each.party} {each.number}",
            )


_KIND, _KINDS = "kind of source", "kinds of source"
_CRITERIA = ("criterion", "criteria")


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


RULES: Mapping[SufficiencyKind, Check] = {
    "finding_evidence": _finding_evidence,
    "finding_attributed": _finding_attributed,
    "agency_assessed": _agency_assessed,
    "concern_improved": _concern_improved,
    "improvement_accountable": _improvement_accountable,
    "grade_explained": _grade_explained,
    "narrative_given": _narrative_given,
    "combination_explained": _combination_explained,
    "children_tracked": _children_tracked,
    "criteria_covered": _criteria_covered,
    "good_practice_sought": _good_practice_sought,
    "positions_agreed": _positions_agreed,
    "challenges_answered": _challenges_answered,
    "accuracy_answered": _accuracy_answered,
}
"""Every kind of rule that a framework's file may have."""
