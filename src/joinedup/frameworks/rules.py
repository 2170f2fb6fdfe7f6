"""How grades combine: the framework's rules tried on one inspection's grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.frameworks.errors import UnknownJudgementError
from joinedup.frameworks.model import Ceiling, Clause, Framework, Rule


@dataclass(frozen=True, slots=True)
class Departure:
    """A rule that an inspection's grades do not keep, with the grades that it looked at."""

    rule: Rule
    grades: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The rule and what was found, for a person."""
        found = ", ".join(f"{judgement} {grade}" for judgement, grade in self.grades)
        return f"{self.rule.text} Here: {found}."


def check_grades(framework: Framework, grades: Mapping[str, str | None]) -> tuple[Departure, ...]:
    """The combination rules that these grades (judgement key -> grade key) depart from; empty where none.

    A rule that looks at a judgement without a grade is tried on what is there, and holds where the missing grade could
    still fulfil it. Raises `UnknownJudgementError` for a judgement or grade that the framework does not have.
    """
    rank = _ranks(framework)
    given = {key: grade for key, grade in grades.items() if grade is not None}
    known = {judgement.key for judgement in framework.judgements}
    for key, grade in given.items():
        if key not in known or grade not in rank:
            raise UnknownJudgementError(
                f"{framework.id} has no judgement {key!r} at {grade!r}; judgements: {', '.join(sorted(known))}; "
                f"grades: {', '.join(rank) or 'none'}"
            )
    return tuple(
        Departure(rule, tuple((key, given[key]) for key in _looked_at(rule) if key in given))
        for rule in framework.rules
        if applies(rule, given, rank) and not holds(rule, given, rank)
    )


def _ranks(framework: Framework) -> dict[str, int]:
    """Grade key -> place in the list, 0 the best."""
    return {grade.key: place for place, grade in enumerate(framework.grades)}


def applies(rule: Rule, grades: Mapping[str, str], rank: Mapping[str, int]) -> bool:
    """Whether the grades let the rule be tried: its condition is met, and what it speaks of has a grade."""
    if rule.ceiling is not None:
        return rule.ceiling.judgement in grades and any(key in grades for key in rule.ceiling.of)
    if rule.when is None or rule.then is None:
        return False
    return _met(rule.when, grades, rank) and any(key in grades for key in rule.then.judgements)


def holds(rule: Rule, grades: Mapping[str, str], rank: Mapping[str, int]) -> bool:
    """Whether the grades keep a rule that applies."""
    if rule.ceiling is not None:
        return _under(rule.ceiling, grades, rank)
    then = rule.then
    if then is None or _met(then, grades, rank):
        return True
    return then.which == "any" and any(key not in grades for key in then.judgements)


def _under(ceiling: Ceiling, grades: Mapping[str, str], rank: Mapping[str, int]) -> bool:
    worst = max(rank[grades[key]] for key in ceiling.of if key in grades)
    return worst - rank[grades[ceiling.judgement]] <= ceiling.steps


def _met(clause: Clause, grades: Mapping[str, str], rank: Mapping[str, int]) -> bool:
    mark = rank[clause.grade]
    stands = [_stands(clause, rank[grades[key]], mark) for key in clause.judgements if key in grades]
    return bool(stands) and (any(stands) if clause.which == "any" else all(stands))


def _stands(clause: Clause, place: int, mark: int) -> bool:
    match clause.stands:
        case "at":
            return place == mark
        case "at_or_better":
            return place <= mark
        case "at_or_worse":
            return place >= mark


def _looked_at(rule: Rule) -> tuple[str, ...]:
    if rule.ceiling is not None:
        return (rule.ceiling.judgement, *rule.ceiling.of)
    clauses = [clause for clause in (rule.when, rule.then) if clause is not None]
    return tuple(dict.fromkeys(key for clause in clauses for key in clause.judgements))
