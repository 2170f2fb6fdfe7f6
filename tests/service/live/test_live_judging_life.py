"""Whatever anybody tries, in any order: nothing signed off breaks a rule, and nobody does what they may not.

A machine of rules drives a small inspection through the real actions: people of every part write, drop, challenge,
answer, move and sign as they please. A rule that a person may use is allowed to be refused for its stage; a person who
may not use it is never let in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from joinedup.areas import posts
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.actions import accuracy, findings, judging, moderation, signing
from joinedup.service.inspections.actions.stages import move
from joinedup.service.inspections.content import digest_of, missing
from joinedup.service.inspections.models import Evidence, Inspection
from joinedup.service.inspections.stages import LIFE

PEOPLE = ("lead", "inspector", "nurse", "peer", "moderator", "contact", "officer", "outsider", "manager", "stranger")
WHO = st.sampled_from(PEOPLE)
EVENTS = sorted({row.event for row in LIFE.rows if row.permission == "stage_move"})
STANCES = st.sampled_from(["agreed", "agreed", "agreed", "contested", "thin"])


class Life(RuleBasedStateMachine):
    """One inspection and everybody around it."""

    world: SimpleNamespace
    judged: Callable[..., Inspection]
    piece: Callable[..., Evidence]

    @initialize(steps=st.sampled_from([4, 3, 2, 1, 0]))
    def begin(self, steps: int) -> None:
        """A draft with evidence alone, or a whole one, or that some stages further, so that late lives are met too."""
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.inspection = self.judged("ilacs-2026", agencies=("local_authority",))
        self.signed_off: str | None = None
        for criterion in self.inspection.rules.criteria:
            self.piece(self.inspection, "interview", criterion.key)
            self.piece(self.inspection, "document", criterion.key)
        if steps:
            self.write_judgements("lead")
            self.write_contribution("lead", "It does its part.")
            for who in ("lead", "nurse"):
                self.take_positions(who, "agreed")
        for _ in range(steps - 1):
            self.it_goes_on()

    def teardown(self) -> None:
        """Leave the database as it was."""
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def tries(self, who: str, act: Callable[..., Any], **given: Any) -> None:
        """Somebody tries an action. Whoever may not is refused, whatever the stage; whoever may is told why not."""
        person = Person.objects.get(pk=getattr(self.world, who).pk)
        self.inspection = Inspection.objects.get(pk=self.inspection.pk)
        may = can(person, act.permission, self.inspection)  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                act(by=person, inspection=self.inspection, **given)
        except PermissionDenied:
            return
        except (RefusedError, ValidationError):
            assert may, "somebody who may not was told more than that"
            return
        assert may, f"{who} may not {act}"

    @rule(who=WHO, tendency=st.sampled_from(["praise", "concern"]), pieces=st.integers(0, 3))
    def write_finding(self, who: str, tendency: str, pieces: int) -> None:
        self.tries(
            who,
            findings.write_finding,
            tendency=tendency,
            criterion=self.inspection.rules.criteria[0].key,
            words="So it is.",
            how={"local_authority": "By what it does."},
            evidence=list(self.inspection.evidence.order_by("number")[:pieces]),
        )

    @rule(who=WHO, data=st.data())
    def drop_finding(self, who: str, data: st.DataObject) -> None:
        standing = list(self.inspection.findings.filter(dropped=""))
        if standing:
            it = data.draw(st.sampled_from(standing))
            self.tries(who, findings.drop_finding, finding=it, seen=it.version, why="Not so.")

    @rule(who=WHO, whole=st.booleans())
    def ask_improvement(self, who: str, whole: bool) -> None:
        it = self.inspection.findings.filter(dropped="", tendency="concern").last()
        if it is not None:
            post = posts("local_authority", self.inspection.area, self.inspection.fieldwork_start)[0].key
            more = {"post": post, "due": dt.date(2026, 12, 1)} if whole else {}
            self.tries(who, findings.ask_improvement, finding=it, words="Do better.", **more)

    @rule(who=WHO)
    def ask_nothing(self, who: str) -> None:
        it = self.inspection.findings.filter(dropped="", tendency="concern").last()
        if it is not None:
            self.tries(who, findings.ask_nothing, finding=it, seen=it.version, why="It was put right.")

    @rule(who=WHO, narrative=st.sampled_from(["", "It does its part.", "It does more."]))
    def write_contribution(self, who: str, narrative: str) -> None:
        there = self.inspection.contributions.first()
        seen = there.version if there else 0
        self.tries(who, judging.write_contribution, agency="local_authority", seen=seen, narrative=narrative)

    @rule(who=WHO)
    def write_judgements(self, who: str) -> None:
        rules = self.inspection.rules
        for judgement in rules.judgements:
            there = self.inspection.judgements.filter(key=judgement.key).first()
            grade = rules.grades[0].key if judgement.graded else ""
            self.tries(
                who,
                judging.write_judgement,
                key=judgement.key,
                seen=there.version if there else 0,
                narrative="It is so." if there is None else f"{there.narrative} Still.",
                grade=grade,
            )

    @rule(who=WHO, stance=STANCES)
    def take_positions(self, who: str, stance: str) -> None:
        for judgement in self.inspection.judgements.all():
            self.tries(
                who,
                judging.record_position,
                judgement=judgement,
                seen=judgement.version,
                stance=stance,
                words="" if stance == "agreed" else "Not yet.",
            )

    @rule(who=WHO)
    def challenge(self, who: str) -> None:
        about = f"judgement {self.inspection.rules.judgements[0].key}"
        self.tries(who, moderation.challenge, about=about, words="Is it?")

    @rule(who=WHO, then=st.sampled_from(["answer", "close"]))
    def go_on_with_a_challenge(self, who: str, then: str) -> None:
        it = self.inspection.challenges.filter(closed=False).first()
        if it is not None and then == "answer":
            self.tries(who, moderation.answer_challenge, challenge=it, seen=it.version, answer="It is.")
        elif it is not None:
            self.tries(who, moderation.close_challenge, challenge=it, seen=it.version)

    @rule(who=WHO)
    def make_a_point(self, who: str) -> None:
        party = self.inspection.parties.get()
        self.tries(who, accuracy.make_point, party=party, about="contribution local_authority", words="No.")

    @rule(who=WHO)
    def reply_to_a_point(self, who: str) -> None:
        it = self.inspection.accuracy_points.filter(outcome="").first()
        if it is not None:
            self.tries(who, accuracy.reply_to_point, point=it, seen=it.version, outcome="not", reply="Yes.")

    @rule(who=st.sampled_from(["lead", "lead", *PEOPLE]), event=st.sampled_from(EVENTS))
    def move_on(self, who: str, event: str) -> None:
        self.tries(who, move, event=event, note="Because.")

    @rule()
    def it_goes_on(self) -> None:
        """What leads on from where it stands, so that lives reach their end."""
        onward = {"drafting": "to_moderation", "moderation": "to_accuracy", "factual_accuracy": "to_signing"}
        stage = Inspection.objects.get(pk=self.inspection.pk).stage
        if stage in onward:
            self.tries("lead", move, event=onward[stage])
        elif stage == "signing":
            for who in ("nurse", "lead"):
                self.sign(who)

    @rule(who=WHO)
    def sign(self, who: str) -> None:
        self.tries(who, signing.sign_off, digest=digest_of(self.inspection))

    @invariant()
    def what_is_signed_off_is_whole_signed_by_all_and_stays_as_it_is(self) -> None:
        if not hasattr(self, "inspection"):
            return
        it = self.inspection = Inspection.objects.get(pk=self.inspection.pk)
        if it.stage != "signed_off":
            assert self.signed_off is None, "nothing leads out of signed off"
            return
        digest = digest_of(it)
        assert missing(it) == ()
        signed = set(it.signatures.filter(digest=digest).values_list("organisation_id", flat=True))
        assert {str(key) for key in signed} == set(it.inspectorates)
        assert self.signed_off in (None, digest), "what is signed off changed"
        self.signed_off = digest


@pytest.mark.slow
def test_no_life_of_an_inspection_breaks_a_rule_after_signing_and_nobody_does_what_they_may_not(
    world: SimpleNamespace, judged: Callable[..., Inspection], piece: Callable[..., Evidence]
) -> None:
    ends: set[str] = set()

    class Here(Life):
        def teardown(self) -> None:
            if hasattr(self, "inspection"):
                ends.add(self.inspection.stage)
            super().teardown()

    Here.world, Here.judged, Here.piece = world, staticmethod(judged), staticmethod(piece)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert "signed_off" in ends, "no life reached its end, so nothing was tried"
