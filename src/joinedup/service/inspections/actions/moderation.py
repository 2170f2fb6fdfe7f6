"""Moderation: somebody from outside the team questions what was written, and the team answers."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, ValidationError, action, change, create
from joinedup.service.inspections.about import can_be_about
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.models import Challenge, Inspection
from joinedup.service.inspections.repeated import require_new


@action(Permission.CHALLENGE)
def challenge(*, by: Person, inspection: Inspection, about: str, words: str) -> Challenge:
    """Question a finding, a contribution or a judgement. `about` names it: "finding 3".

    Raises RepeatedError for the person's own words on the same thing over again, until they were answered.
    """
    if not can_be_about(inspection, about):
        raise ValidationError({"about": "Choose what it is about"})
    require_new(inspection.challenges.filter(by=by, about=about, words=words.strip(), answer=""))
    return _make(by, inspection, about, words)


@action(Permission.CHALLENGE_ANSWER)
def answer_challenge(*, by: Person, inspection: Inspection, challenge: Challenge, seen: int, answer: str) -> Challenge:
    """Answer a challenge; a moderator then closes it, or challenges again."""
    require_of(inspection, challenge)
    if challenge.closed:
        raise RefusedError(f"Challenge {challenge.number} is closed.")
    if not answer.strip():
        raise ValidationError({"answer": "Write the answer"})
    return change(challenge, seen=seen, answer=answer.strip(), answered_by=by, answered_at=timezone.now())


@action(Permission.CHALLENGE)
def close_challenge(*, by: Person, inspection: Inspection, challenge: Challenge, seen: int) -> Challenge:
    """Be content with the answer."""
    require_of(inspection, challenge)
    _require_answered(challenge)
    return change(challenge, seen=seen, closed=True)


@action(Permission.CHALLENGE)
def challenge_again(*, by: Person, inspection: Inspection, challenge: Challenge, seen: int, words: str) -> Challenge:
    """Not be content: the challenge is closed with its answer kept, and a new one about the same thing stands."""
    require_of(inspection, challenge)
    _require_answered(challenge)
    change(challenge, seen=seen, closed=True)
    return _make(by, inspection, challenge.about, words)


def _make(by: Person, inspection: Inspection, about: str, words: str) -> Challenge:
    number = (inspection.challenges.aggregate(last=Max("number"))["last"] or 0) + 1
    return create(
        Challenge, inspection=inspection, number=number, about=about, words=words.strip(), by=by, at=timezone.now()
    )


def _require_answered(challenge: Challenge) -> None:
    if challenge.closed:
        raise RefusedError(f"Challenge {challenge.number} is closed already.")
    if not challenge.answer:
        raise RefusedError(f"Challenge {challenge.number} is not answered yet. An inspector of the team must answer.")
