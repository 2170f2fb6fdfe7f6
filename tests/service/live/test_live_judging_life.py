"""Whatever anybody tries, in any order: nothing signed off breaks a rule, and nobody does what they may not.

A machine of rules drives a small inspection through the real actions: people of every part write, drop, challenge,
answer, move, sign and call off as they please. A rule that a person may use is allowed to be refused for its stage; a
person who may not use it is never let in. One machine lives under a framework with grades, the other under one that
follows children together, seeks good practice and has no grades.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

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
from joinedup.service.inspections.actions import accuracy, children, findings, judging, moderation, signing
from joinedup.service.inspections.actions.evidence import withdraw_evidence
from joinedup.service.inspections.actions.stages import call_off, move
from joinedup.service.inspections.content import digest_of, missing
from joinedup.service.inspections.models import Child, Evidence, Inspection
from joinedup.service.inspections.stages import LIFE

PEOPLE = ("lead", "inspector", "nurse", "peer", "moderator", "contact", "officer", "outsider", "manager", "stranger")
WHO = st.sampled_from(PEOPLE)
EVENTS = sorted({row.event for row in LIFE.rows if row.permission == "stage_move"})
STANCES = st.sampled_from(["agreed", "agreed", "agreed", "contested", "thin"])


BEGUN = ("J1", "J2")
ALWAYS = ((0, False), *((steps, True) for steps in range(1, 7)))
"""Beginnings that are tried whatever else is drawn: a draft with evidence alone, and a whole one, in doubt, at every
stage. Which lives are drawn differs from process to process."""


class Life(RuleBasedStateMachine):
    """One inspection and everybody around it."""

    world: SimpleNamespace
    judged: Callable[..., Inspection]
    piece: Callable[..., Evidence]
    framework = "ilacs-2026"
    stage = "drafting"
    agencies: tuple[str, ...] = ("local_authority",)
    lacked: ClassVar[set[str]]
    """The kinds of rules that something was missing by in any life."""

    @classmethod
    def prepare(cls) -> None:
        """What lives begin from, made once: an inspection with evidence alone, and a whole one."""
        maker = cls()
        for reference in BEGUN:
            maker.inspection = cls.judged(cls.framework, cls.stage, agencies=cls.agencies, reference=reference)
            for criterion in maker.inspection.rules.criteria:
                cls.piece(maker.inspection, "interview", criterion.key)
                cls.piece(maker.inspection, "document", criterion.key)
        maker.write_it_whole()

    @initialize(steps=st.sampled_from([6, 5, 4, 3, 2, 1, 0]), doubted=st.booleans())
    def begin(self, steps: int, doubted: bool) -> None:
        """A draft with evidence alone, or a whole one, or that some stages further, so that late lives are met too.

        Where the agencies have their drafts by then, one of them may have made a point.
        """
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.inspection = Inspection.objects.get(reference=BEGUN[bool(steps)])
        self.signed_off: str | None = None
        for _ in range(steps - 1):
            self.it_goes_on()
        if doubted:
            self.make_a_point("contact")

    def write_it_whole(self) -> None:
        """All that the framework asks for before others look at it."""
        self.write_judgements("lead")
        for agency in self.agencies:
            self.write_contribution("lead", "It does its part.", agency)
        for who in ("lead", "nurse"):
            self.take_positions(who, "agreed")

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

    @rule(
        who=WHO, tendency=st.sampled_from(["praise", "concern"]), pieces=st.integers(0, 3), example=st.booleans()
    )  # fmt: skip
    def write_finding(self, who: str, tendency: str, pieces: int, example: bool) -> None:
        self.tries(
            who,
            findings.write_finding,
            tendency=tendency,
            criterion=self.inspection.rules.criteria[0].key,
            words=f"So it is, {self.inspection.findings.count()}.",
            how={"local_authority": "By what it does."},
            evidence=list(self.inspection.evidence.order_by("number")[:pieces]),
            example=example,
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

    @rule(who=WHO, data=st.data())
    def withdraw_evidence(self, who: str, data: st.DataObject) -> None:
        it = data.draw(st.sampled_from(list(self.inspection.evidence.filter(withdrawn=""))))
        self.tries(who, withdraw_evidence, evidence=it, seen=it.version, why="Not so.")

    @rule(who=WHO, narrative=st.sampled_from(["", "It does its part.", "It does more."]))
    def write_contribution(self, who: str, narrative: str, agency: str = "local_authority") -> None:
        there = self.inspection.contributions.filter(agency=agency).first()
        seen = there.version if there else 0
        self.tries(who, judging.write_contribution, agency=agency, seen=seen, narrative=narrative)

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
        party = self.inspection.parties.get(agency="local_authority")
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
        onward = {
            "fieldwork": "end_fieldwork",
            "drafting": "to_moderation",
            "moderation": "to_accuracy",
            "factual_accuracy": "to_signing",
        }
        stage = Inspection.objects.get(pk=self.inspection.pk).stage
        if stage in onward:
            self.tries("lead", move, event=onward[stage])
        elif stage == "signing":
            for who in ("nurse", "lead"):
                self.sign(who)

    @rule(who=WHO)
    def sign(self, who: str) -> None:
        self.tries(who, signing.sign_off, digest=digest_of(self.inspection))

    @rule(who=st.sampled_from(["lead", "manager", *PEOPLE]))
    def call_it_off(self, who: str) -> None:
        self.tries(who, call_off, note="Because.")

    @invariant()
    def what_is_signed_off_is_whole_signed_by_all_and_stays_as_it_is(self) -> None:
        if not hasattr(self, "inspection"):
            return
        it = self.inspection = Inspection.objects.get(pk=self.inspection.pk)
        lacking, was = missing(it), self.signed_off
        if it.stage != "signed_off" and was is None:
            self.lacked.update(each.rule.kind for each in lacking)
            return
        assert it.stage in ("signed_off", "called_off"), "what is signed off can be called off, and nothing else"
        digest = digest_of(it)
        assert lacking == ()
        signed = set(it.signatures.filter(digest=digest).values_list("organisation_id", flat=True))
        assert {str(key) for key in signed} == set(it.inspectorates)
        assert was in (None, digest), "what is signed off changed"
        self.signed_off = digest


class JoinedUp(Life):
    """The same people under a framework in which the agencies audit tracked children, and good practice is sought."""

    framework = "joined-up-1"
    stage = "fieldwork"
    agencies = ("local_authority", "police")

    def write_it_whole(self) -> None:
        """Children whom both sides looked at, and examples, before what every inspection writes."""
        asked = self.inspection.rules.children
        assert asked is not None
        assert asked.joint_audit
        for _ in range(asked.tracked or 0):
            self.follow_a_child("lead", "tracked")
        for child in self.inspection.children.all():
            self.look_at_a_child("contact", child, "agencies")
            self.look_at_a_child("nurse", child, "inspectors")
        for _ in range(2):
            self.write_finding("lead", "praise", 2, True)
        super().write_it_whole()

    @rule(who=WHO, kind=st.sampled_from(["tracked", "sampled"]))
    def follow_a_child(self, who: str, kind: str) -> None:
        self.tries(who, children.choose_child, kind=kind, agencies=self.agencies, why="Met by both.")

    @rule(who=WHO, side=st.sampled_from(["agencies", "inspectors"]), data=st.data())
    def somebody_looks_at_a_child(self, who: str, side: str, data: st.DataObject) -> None:
        if there := list(self.inspection.children.all()):
            self.look_at_a_child(who, data.draw(st.sampled_from(there)), side)

    def look_at_a_child(self, who: str, child: Child, side: str) -> None:
        """One side's view of a child by every criterion."""
        act = children.record_audit if side == "agencies" else children.record_view
        held = {each.criterion: each.version for each in child.views.filter(side=side)}
        keys = [each.key for each in self.inspection.rules.criteria]
        views = [children.Seen(key, "mixed", f"Seen {held.get(key, 0)} times.", held.get(key, 0)) for key in keys]
        self.tries(who, act, child=child, views=views)

    @rule(who=WHO, data=st.data(), again=st.booleans())
    def stop_following_or_go_on(self, who: str, data: st.DataObject, again: bool) -> None:
        if there := list(self.inspection.children.exclude(dropped="") if again else self.inspection.children.all()):
            act, more = (children.follow_again, {}) if again else (children.stop_following, {"why": "They moved away."})
            self.tries(who, act, child=data.draw(st.sampled_from(there)), **more)

    @rule(who=WHO, words=st.sampled_from(["", "We looked in every team."]))
    def say_no_good_practice(self, who: str, words: str) -> None:
        now = Inspection.objects.get(pk=self.inspection.pk)
        self.tries(who, findings.say_no_good_practice, seen=now.version, words=words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("machine", "lives", "reached"),
    [
        (Life, 30, {"agency_assessed", "narrative_given", "positions_agreed"}),
        (JoinedUp, 50, {"children_tracked", "good_practice_sought", "accuracy_answered", "positions_agreed"}),
    ],
)
def test_no_life_of_an_inspection_breaks_a_rule_after_signing_and_nobody_does_what_they_may_not(
    world: SimpleNamespace,
    judged: Callable[..., Inspection],
    piece: Callable[..., Evidence],
    machine: type[Life],
    lives: int,
    reached: set[str],
) -> None:
    ends: set[tuple[str, bool]] = set()

    class Here(machine):  # type: ignore[misc, valid-type] # which of them, the test is told
        lacked: ClassVar[set[str]] = set()

        def teardown(self) -> None:
            if hasattr(self, "inspection"):
                ends.add((self.inspection.stage, self.signed_off is not None))
            super().teardown()

    Here.world, Here.judged, Here.piece = world, staticmethod(judged), staticmethod(piece)
    Here.prepare()
    for steps, doubted in ALWAYS:
        life = Here()
        life.begin(steps=steps, doubted=doubted)
        life.what_is_signed_off_is_whole_signed_by_all_and_stays_as_it_is()
        if not steps:
            life.call_it_off(who="manager")
        life.teardown()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=lives,
            stateful_step_count=15,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert any(signed for _, signed in ends), "no life reached its end, so nothing was tried"
    assert "called_off" in {stage for stage, _ in ends}
    assert reached <= Here.lacked, "the rules were never in the way, so nothing was tried"
