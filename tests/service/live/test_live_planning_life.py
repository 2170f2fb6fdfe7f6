"""The life of an inspection, explored: nothing moves but by the table, and nobody moves it who may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from joinedup.areas import add_working_days
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.audit.models import Entry
from joinedup.service.inspections.actions import stages
from joinedup.service.inspections.actions.planning import plan_inspection
from joinedup.service.inspections.actions.requests import (
    Ask,
    accept_answer,
    answer_request,
    chase_request,
    make_requests,
    send_back,
    withdraw_request,
)
from joinedup.service.inspections.actions.team import add_member, decide_interest, declare_interest
from joinedup.service.inspections.actions.telling import notify_agencies
from joinedup.service.inspections.interests import Standing, standing, team_of
from joinedup.service.inspections.life_reference import as_markdown
from joinedup.service.inspections.models import InformationRequest, Inspection
from joinedup.service.inspections.stages import LIFE, NEEDS_A_REASON, OPEN_AT, REQUEST_LIFE, STAGES, UNFINISHED

ROWS = {(row.state, row.event): row for row in LIFE.rows}
EVENTS = sorted({row.event for row in LIFE.rows} - {"notify", "call_off", "all_signed"})
PEOPLE = (
    "manager",
    "lead",
    "inspector",
    "nurse",
    "moderator",
    "contact",
    "director",
    "officer",
    "stranger",
    "outsider",
)
TEAM = ("lead", "inspector", "nurse", "moderator")
NOTES = st.sampled_from(["", "  ", "Because it is so"])


def planned(world: SimpleNamespace) -> Inspection:
    inspection = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", counts_from="notification",
        first_day=add_working_days(timezone.localdate(), 1),
    )  # fmt: skip
    parts = {"lead": "lead_inspector", "moderator": "moderator"}
    for name in TEAM:
        add_member(
            by=world.manager, inspection=inspection, person=getattr(world, name), part=parts.get(name, "inspector")
        )
    return inspection


class Life(RuleBasedStateMachine):
    """What anybody might try, in any order. `world` is set by the test."""

    world: SimpleNamespace

    def __init__(self) -> None:
        super().__init__()
        self.unit = transaction.atomic()
        self.unit.__enter__()
        self.inspection = planned(self.world)
        self.stage = "planned"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.unit.__exit__(None, None, None)

    def person(self, name: str) -> Person:
        return Person.objects.get(pk=getattr(self.world, name).pk)

    def now(self) -> Inspection:
        return Inspection.objects.get(pk=self.inspection.pk)

    def attempt(self, event: str, name: str, note: str, act: Any) -> None:
        """Do it, and hold what came of it to the table."""
        before, by = self.now(), self.person(name)
        row = ROWS.get((before.stage, event))
        may = can(by, row.permission, before) if row else None
        uncleared = [each for each in team_of(before) if standing(each) in (Standing.UNDECLARED, Standing.UNDECIDED)]
        lines, came = Entry.objects.count(), "done"
        try:
            with transaction.atomic():
                act(by, before)
        except PermissionDenied:
            came = "not allowed"
        except (RefusedError, ValidationError):
            came = "refused"
        if came == "done":
            assert row is not None, f"{event} is not in the table at {before.stage}"
            assert may, f"{name} may not {event}"
            assert event not in NEEDS_A_REASON or note.strip()
            assert event != "start_fieldwork" or not uncleared
            assert Entry.objects.count() > lines, "a move is written down"
            self.stage = row.then
            return
        assert Entry.objects.count() == lines, "what was refused wrote nothing"
        if came == "not allowed":
            assert not may
        else:
            assert (
                row is None
                or (event in NEEDS_A_REASON and not note.strip())
                or (event == "start_fieldwork" and (uncleared or self.lead_is_barred()))
                or (event == "notify" and self.lead_is_barred())
            ), f"{event} was refused for no reason"

    def lead_is_barred(self) -> bool:
        return not self.inspection.members.filter(part="lead_inspector", left=None, barred=False).exists()

    @rule(event=st.sampled_from(EVENTS), name=st.sampled_from(PEOPLE), note=NOTES)
    def somebody_moves(self, event: str, name: str, note: str) -> None:
        self.attempt(event, name, note, lambda by, it: stages.move(by=by, inspection=it, event=event, note=note))

    @rule(event=st.sampled_from(EVENTS), note=NOTES)
    def the_lead_moves(self, event: str, note: str) -> None:
        self.somebody_moves(event, "lead", note)

    @rule()
    def the_lead_goes_on(self) -> None:
        going_on = [
            row.event for row in LIFE.leaving(self.stage) if row.event in EVENTS and row.event not in NEEDS_A_REASON
        ]
        for event in going_on:
            self.somebody_moves(event, "lead", "")

    @rule(name=st.sampled_from(PEOPLE))
    def somebody_notifies(self, name: str) -> None:
        self.attempt("notify", name, "", lambda by, it: notify_agencies(by=by, inspection=it, gaps_known=True))

    @rule(name=st.sampled_from(PEOPLE), note=NOTES, rarely=st.integers(0, 9))
    def somebody_calls_off(self, name: str, note: str, rarely: int) -> None:
        if rarely == 0:
            self.attempt("call_off", name, note, lambda by, it: stages.call_off(by=by, inspection=it, note=note))

    @rule(name=st.sampled_from(TEAM), nothing=st.booleans())
    def a_member_declares(self, name: str, nothing: bool) -> None:
        try:
            declare_interest(
                by=self.person(name), inspection=self.now(), nothing=nothing, words="" if nothing else "A friend there"
            )
        except PermissionDenied:
            assert self.inspection.members.get(person=getattr(self.world, name)).barred
        except RefusedError:
            assert self.stage not in UNFINISHED

    @rule(
        name=st.sampled_from(TEAM), decision=st.sampled_from(["no_conflict", "no_conflict", "no_conflict", "conflict"])
    )
    def the_manager_decides(self, name: str, decision: str) -> None:
        interest = self.inspection.members.get(person=getattr(self.world, name)).interests.last()
        if interest is None:
            return
        try:
            decide_interest(
                by=self.person("manager"), inspection=self.now(), interest=interest, decision=decision,
                reason="So it is", seen=interest.version,
            )  # fmt: skip
        except RefusedError:
            assert self.stage not in UNFINISHED

    @invariant()
    def it_is_where_the_table_led(self) -> None:
        assert self.now().stage == self.stage

    @invariant()
    def agencies_know_of_it_only_once_they_were_notified(self) -> None:
        now = self.now()
        assert now.told or self.stage in ("planned", "called_off")
        for name in ("contact", "director", "officer"):
            assert Inspection.objects.visible_to(self.person(name)).filter(pk=now.pk).exists() == now.told
        for name in ("stranger", "outsider"):
            assert not Inspection.objects.visible_to(self.person(name)).exists()

    @invariant()
    def the_barred_may_nothing(self) -> None:
        now = self.now()
        for member in now.members.filter(barred=True):
            assert not any(
                can(self.person_of(member), each, now) for each in (Permission.EVIDENCE_SEE, Permission.STAGE_MOVE)
            )

    def person_of(self, member: Any) -> Person:
        return Person.objects.get(pk=member.person_id)


def test_an_inspection_lives_by_its_table(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rooms' guards are left out here, so that the later stages can be reached with nothing written."""
    stages.in_the_way(planned(world), "notify")
    ours = {event: stages.guards[event] for event in ("notify", "start_fieldwork")}
    monkeypatch.setattr(stages, "guards", defaultdict(list, ours))

    monkeypatch.setattr(Life, "world", world, raising=False)
    run_state_machine_as_test(
        Life,
        settings=settings(max_examples=20, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )


def test_every_stage_can_be_reached_and_every_one_before_publishing_can_be_called_off() -> None:
    reached, waiting = {"planned"}, ["planned"]
    while waiting:
        for row in LIFE.leaving(waiting.pop()):
            if row.then not in reached:
                reached.add(row.then)
                waiting.append(row.then)
    assert reached == set(STAGES)
    off = {row.state for row in LIFE.rows if row.event == "call_off"}
    assert off == set(STAGES) - {"published", "called_off"} == OPEN_AT[Permission.CALL_OFF]
    assert [row.event for row in LIFE.leaving("signed_off")] == ["publish", "call_off"]
    assert not LIFE.leaving("published")
    assert not LIFE.leaving("called_off")


def test_the_page_of_life_cycles_is_the_tables() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "reference" / "life-cycles.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), "docs/reference/life-cycles.md is old: run `make docs`"


@pytest.mark.parametrize("stage", STAGES)
def test_at_the_wrong_stage_the_words_say_what_can_be_done(world: SimpleNamespace, stage: str) -> None:
    inspection = planned(world)
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage, notified_on=timezone.localdate())
    for event in EVENTS:
        if (stage, event) in ROWS:
            continue
        with pytest.raises(RefusedError) as refused:
            stages.move(by=world.lead, inspection=Inspection.objects.get(pk=inspection.pk), event=event, note="Why")
        assert STAGES[stage].lower() in str(refused.value)
        possible = [row.title.lower() for row in LIFE.leaving(stage) if row.permission is Permission.STAGE_MOVE]
        assert not possible or possible[0] in str(refused.value)


REQUEST_EVENTS: dict[str, Callable[[SimpleNamespace, Inspection, InformationRequest], object]] = {
    "answer": lambda w, i, r: answer_request(
        by=w.contact, inspection=i, request=r, words=f"Here is one more than {r.replies.count()}"
    ),
    "accept": lambda w, i, r: accept_answer(by=w.lead, inspection=i, request=r, seen=r.version),
    "send_back": lambda w, i, r: send_back(by=w.lead, inspection=i, request=r, note="More", seen=r.version),
    "chase": lambda w, i, r: chase_request(by=w.lead, inspection=i, request=r),
    "withdraw": lambda w, i, r: withdraw_request(by=w.lead, inspection=i, request=r, note="No need", seen=r.version),
}


@pytest.mark.parametrize("state", REQUEST_LIFE.titles)
@pytest.mark.parametrize("event", REQUEST_EVENTS)
def test_a_request_lives_by_its_table(world: SimpleNamespace, state: str, event: str) -> None:
    inspection = planned(world)
    notify_agencies(by=world.lead, inspection=inspection, gaps_known=True)
    now = Inspection.objects.get(pk=inspection.pk)
    party = now.parties.get(organisation=world.council)
    (asked,) = make_requests(
        by=world.lead, inspection=now, parties=[party], asks=[Ask("A list")], due=timezone.localdate()
    )
    if state != "open":
        REQUEST_EVENTS["answer"](world, now, asked)
    if state in ("accepted", "withdrawn"):
        asked.refresh_from_db()
        REQUEST_EVENTS["accept" if state == "accepted" else "withdraw"](world, now, asked)
    asked = InformationRequest.objects.get(pk=asked.pk)
    assert asked.state == state
    row = next((row for row in REQUEST_LIFE.rows if (row.state, row.event) == (state, event)), None)
    if row is None:
        with pytest.raises(RefusedError, match=f"while it is {REQUEST_LIFE.titles[state].lower()}"):
            REQUEST_EVENTS[event](world, now, asked)
    else:
        REQUEST_EVENTS[event](world, now, asked)
    asked.refresh_from_db()
    assert asked.state == (row.then if row else state)
