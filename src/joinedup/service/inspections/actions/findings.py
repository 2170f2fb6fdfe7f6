"""Findings from evidence, what they ask to improve, and of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from joinedup.areas import answers_to, posts
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, ValidationError, action, change, create, relate
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.models import Evidence, Finding, Improvement, Inspection
from joinedup.service.inspections.repeated import require_new


@action(Permission.FINDING_WRITE)
def write_finding(
    *,
    by: Person,
    inspection: Inspection,
    tendency: str,
    criterion: str,
    words: str,
    how: Mapping[str, str],
    evidence: Sequence[Evidence],
    judgement: str = "",
    example: bool = False,
) -> Finding:
    """A new finding, numbered on from the last.

    `how` tells for each agency concerned (by key) how it contributed, in words or empty. Without a judgement the
    finding belongs to its criterion's. Raises ValidationError by field, RepeatedError for the person's own words over
    again under the same criterion.
    """
    values = _checked(inspection, tendency, criterion, judgement, how, evidence, example)
    require_new(inspection.findings.filter(by=by, criterion=criterion, words=words.strip(), dropped=""))
    made = create(
        Finding,
        inspection=inspection,
        number=_next(inspection.findings),
        words=words.strip(),
        by=by,
        at=timezone.now(),
        **values,
    )
    return relate(made, "evidence", evidence)


@action(Permission.FINDING_WRITE)
def change_finding(
    *,
    by: Person,
    inspection: Inspection,
    finding: Finding,
    seen: int,
    tendency: str,
    criterion: str,
    words: str,
    how: Mapping[str, str],
    evidence: Sequence[Evidence],
    judgement: str = "",
    example: bool = False,
) -> Finding:
    """Write a finding anew, as a whole. Praise asks for nothing: its improvements must have been dropped before."""
    require_of(inspection, finding)
    _require_standing(finding)
    if tendency == "praise" and finding.improvements.filter(dropped="").exists():
        raise RefusedError(f"{finding.label} asks for improvements. Drop those first, or leave it a concern.")
    values = _checked(inspection, tendency, criterion, judgement, how, evidence, example)
    if tendency == "praise":
        values["no_improvement"] = ""
    change(finding, seen=seen, words=words.strip(), **values)
    return relate(finding, "evidence", evidence)


@action(Permission.FINDING_WRITE)
def drop_finding(*, by: Person, inspection: Inspection, finding: Finding, seen: int, why: str) -> Finding:
    """A finding no longer stands; what it asked for falls with it. Both stay to be read, with the reason."""
    require_of(inspection, finding)
    _require_standing(finding)
    _require_words("why", why, "Say why it no longer stands")
    change(finding, seen=seen, dropped=why.strip())
    for improvement in finding.improvements.filter(dropped=""):
        change(improvement, dropped=f"{finding.label} was dropped: {why.strip()}")
    return finding


@action(Permission.FINDING_WRITE)
def ask_nothing(*, by: Person, inspection: Inspection, finding: Finding, seen: int, why: str) -> Finding:
    """Say why a concern asks nobody to improve anything; empty takes the reason back."""
    require_of(inspection, finding)
    _require_standing(finding)
    if finding.tendency != "concern":
        raise RefusedError(f"{finding.label} is praise and asks for nothing anyway.")
    if why.strip() and finding.improvements.filter(dropped="").exists():
        raise RefusedError(f"{finding.label} asks for improvements. Drop those first.")
    return change(finding, seen=seen, no_improvement=why.strip())


@action(Permission.FINDING_WRITE)
def say_no_good_practice(*, by: Person, inspection: Inspection, seen: int, words: str) -> Inspection:
    """Say that the team looked for good practice to share and found too little; empty takes it back."""
    return change(inspection, seen=seen, no_good_practice=words.strip())


@action(Permission.FINDING_WRITE)
def ask_improvement(
    *,
    by: Person,
    inspection: Inspection,
    finding: Finding,
    words: str,
    agency: str = "",
    post: str = "",
    due: dt.date | None = None,
    priority: bool = False,
) -> Improvement:
    """Ask one agency to put something right that a concern is about.

    Whom the post answers to directly is kept as it is on the first day of fieldwork. Raises ValidationError by field,
    RepeatedError for the same words over again from the same concern to the same agency and post.
    """
    require_of(inspection, finding)
    _require_standing(finding)
    if finding.tendency != "concern":
        raise RefusedError(f"{finding.label} is praise. Improvements come from concerns.")
    accountable = _accountable(inspection, agency, post, due)
    of = {"words": words.strip(), "agency": accountable["agency"], "post": post}
    require_new(inspection.improvements.filter(finding=finding, dropped="", **of))
    if finding.no_improvement:
        change(finding, no_improvement="")
    return create(
        Improvement,
        inspection=inspection,
        finding=finding,
        number=_next(inspection.improvements),
        words=words.strip(),
        due=due,
        priority=priority,
        **accountable,
    )


@action(Permission.FINDING_WRITE)
def change_improvement(
    *,
    by: Person,
    inspection: Inspection,
    improvement: Improvement,
    seen: int,
    words: str,
    agency: str = "",
    post: str = "",
    due: dt.date | None = None,
    priority: bool = False,
) -> Improvement:
    """Write anew what is asked, of whom and by when."""
    require_of(inspection, improvement)
    if improvement.dropped:
        raise RefusedError(f"Improvement {improvement.number} was dropped. Ask for a new one.")
    values = _accountable(inspection, agency, post, due)
    return change(improvement, seen=seen, words=words.strip(), due=due, priority=priority, **values)


@action(Permission.FINDING_WRITE)
def drop_improvement(
    *, by: Person, inspection: Inspection, improvement: Improvement, seen: int, why: str
) -> Improvement:
    """Ask for it no longer. It stays to be read, with the reason."""
    require_of(inspection, improvement)
    if improvement.dropped:
        raise RefusedError(f"Improvement {improvement.number} was dropped already.")
    _require_words("why", why, "Say why it is no longer asked for")
    return change(improvement, seen=seen, dropped=why.strip())


def _checked(
    inspection: Inspection,
    tendency: str,
    criterion: str,
    judgement: str,
    how: Mapping[str, str],
    evidence: Sequence[Evidence],
    example: bool,
) -> dict[str, Any]:
    rules = inspection.rules
    by_key = {each.key: each for each in rules.criteria}
    if criterion not in by_key:
        raise ValidationError({"criterion": "Choose one of the criteria"})
    judgement = judgement or by_key[criterion].judgement or (rules.judgements[0].key if rules.judgements else "")
    if judgement and judgement not in {each.key for each in rules.judgements}:
        raise ValidationError({"judgement": "Choose one of the judgements"})
    if not set(how) <= set(inspection.in_scope):
        raise ValidationError({"agencies": "Choose among the agencies of this inspection"})
    for piece in evidence:
        require_of(inspection, piece)
        if piece.withdrawn:
            raise ValidationError({"evidence": f"{piece.label} was withdrawn. Choose other evidence"})
    if example and tendency != "praise":
        raise ValidationError({"example": "An example of good practice is praise"})
    return {
        "tendency": tendency,
        "criterion": criterion,
        "judgement": judgement,
        "agencies": tuple(how),
        "how": {agency: words.strip() for agency, words in how.items()},
        "example": example,
    }


def _accountable(inspection: Inspection, agency: str, post: str, due: dt.date | None) -> dict[str, Any]:
    """Agency, post and to whom the post answers. A post alone tells its agency."""
    day = inspection.fieldwork_start
    in_scope = inspection.in_scope
    if agency and agency not in in_scope:
        raise ValidationError({"agency": "Choose among the agencies of this inspection"})
    if due is not None and due <= day:
        raise ValidationError({"due": "Give a day after the inspection began"})
    if not post:
        return {"agency": agency, "post": "", "answers_to": ()}
    among = {each.key: each for key in in_scope for each in posts(key, inspection.area, day)}
    if post not in among:
        raise ValidationError({"post": "Choose among the posts that there are in this area"})
    if agency and among[post].agency != agency:
        raise ValidationError({"post": "Choose a post of the agency that is responsible"})
    above = tuple(each.key for each in answers_to(post, inspection.area, day))
    return {"agency": among[post].agency or "", "post": post, "answers_to": above}


def _require_standing(finding: Finding) -> None:
    if finding.dropped:
        raise RefusedError(f"{finding.label} was dropped. Write a new finding.")


def _require_words(field: str, words: str, message: str) -> None:
    if not words.strip():
        raise ValidationError({field: message})


def _next(numbered: Any) -> int:
    """The next number in an inspection; the inspection is locked, so nobody else takes it meanwhile."""
    return (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
