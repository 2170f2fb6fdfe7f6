"""Who is told of what: every action stands in the table, and nobody is told what they may not know."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.actions import end_role, give_role
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission, Role
from joinedup.service.actions import ACTIONS, RefusedError, action
from joinedup.service.inspections.actions.accuracy import make_point, reply_to_point
from joinedup.service.inspections.actions.moderation import answer_challenge, challenge
from joinedup.service.inspections.actions.planning import change_scope, move_phase, plan_inspection
from joinedup.service.inspections.actions.requests import (
    Ask,
    accept_answer,
    answer_request,
    chase_overdue,
    make_requests,
    send_back,
)
from joinedup.service.inspections.actions.stages import call_off
from joinedup.service.inspections.actions.team import (
    add_member,
    change_lead,
    decide_interest,
    declare_interest,
    leave_team,
)
from joinedup.service.inspections.actions.telling import notify_agencies
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stages import LIFE
from joinedup.service.notifications.actions import choose_how, mark_read, tell
from joinedup.service.notifications.audience import holders, known, places
from joinedup.service.notifications.events import EVENTS, Group, How
from joinedup.service.notifications.inbox import page_of, unread
from joinedup.service.notifications.links import path_of
from joinedup.service.notifications.models import Mail, Notice
from joinedup.service.notifications.told import MOVES, SILENT, TOLD, is_silent

pytestmark = pytest.mark.django_db


def all_actions() -> dict[str, Any]:
    """Every action of every app of ours."""
    for config in apps.get_app_configs():
        if config.name.startswith("joinedup.service."):
            try:
                package = importlib.import_module(f"{config.name}.actions")
            except ModuleNotFoundError:
                continue
            for module in pkgutil.iter_modules(package.__path__):
                importlib.import_module(f"{package.__name__}.{module.name}")
    return {name: needs for name, needs in ACTIONS.items() if not name.startswith("scratch_")}


def test_every_action_tells_somebody_or_says_why_nobody_is_told() -> None:
    """Put a new action into `told.TOLD`, or with the reason into `told.SILENT`."""
    found = all_actions()
    assert [name for name, needs in found.items() if name not in TOLD and not is_silent(name, needs)] == []
    assert [name for name in TOLD if name not in found] == []
    assert [name for name in SILENT if name not in found] == []
    assert TOLD.keys().isdisjoint(SILENT)


def test_every_move_from_stage_to_stage_tells_of_something_or_is_known_to_tell_of_nothing() -> None:
    assert {row.event for row in LIFE.rows} <= MOVES.keys()
    assert {event for event in MOVES.values() if event} <= EVENTS.keys()


def test_every_event_that_a_rule_names_is_known() -> None:
    assert {rule.event for rules in TOLD.values() for rule in rules} <= EVENTS.keys()


@pytest.fixture
def planned(world: SimpleNamespace) -> Inspection:
    """An inspection that nobody but its team knows of."""
    inspection = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", counts_from="notification", scope="All of it",
        first_day=add_working_days(timezone.localdate(), 1),
    )  # fmt: skip
    for person, part in ((world.lead, "lead_inspector"), (world.inspector, "inspector"), (world.nurse, "inspector"),
                         (world.moderator, "moderator"), (world.peer, "sector_led")):  # fmt: skip
        add_member(by=world.manager, inspection=inspection, person=person, part=part)
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    return inspection


@pytest.fixture
def notified(world: SimpleNamespace, planned: Inspection) -> Inspection:
    """The same, once the agencies were told."""
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    return Inspection.objects.get(pk=planned.pk)


def told(event: str) -> set[str]:
    """The first names of those who were told of an event."""
    return {name.split()[0] for name in Notice.objects.filter(event=event).values_list("person__name", flat=True)}


def ask(world: SimpleNamespace, inspection: Inspection, *titles: str, days: int = 9) -> Any:
    party = inspection.parties.get(organisation=world.council)
    due = timezone.localdate() + dt.timedelta(days=days)
    return make_requests(
        by=world.inspector, inspection=inspection, parties=[party], asks=[Ask(title) for title in titles], due=due
    )


def test_agencies_are_told_when_notified_and_not_before(world: SimpleNamespace, planned: Inspection) -> None:
    assert not Notice.objects.exists()
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    assert told("notified") == {"Connie", "Dora", "Olu"}
    assert told("agencies_told") == {"Ivo", "Nora", "Mo", "Petra", "Mara"}
    assert Notice.objects.filter(event="notified", person=world.contact).count() == 1


def test_an_agency_added_later_is_told_by_itself(world: SimpleNamespace, notified: Inspection) -> None:
    from joinedup.service.inspections.actions.planning import add_party

    world.probation = type(world.council).objects.create(
        name="Probation", kind="agency", key="probation", areas=["ashmere"]
    )
    somebody = Person.objects.create(name="Pru Probation", email="pru@example.org", organisation=world.probation)
    somebody.roles.create(role=Role.AGENCY_CONTACT, start=dt.date(2020, 1, 1))
    add_party(by=world.manager, inspection=notified, agency="probation", organisation=world.probation)
    assert told("notified") == {"Pru"}


def test_the_agency_asked_is_told_once_for_all_that_was_asked_at_once(
    world: SimpleNamespace, notified: Inspection
) -> None:
    ask(world, notified, "One", "Two", "Three")
    assert told("request_made") == {"Connie", "Dora"}
    notice = Notice.objects.get(event="request_made", person=world.contact)
    assert (notice.count, notice.number) == (3, None)
    assert notice.title == "You are asked for 3 things"
    assert path_of(notice) == f"/inspections/{notified.reference}/requests"


def test_a_request_goes_back_and_forth(world: SimpleNamespace, notified: Inspection) -> None:
    (request,) = ask(world, notified, "One")
    assert path_of(Notice.objects.filter(event="request_made")[0]).endswith("/requests/1")
    answer_request(by=world.contact, inspection=notified, request=request, words="Here")
    assert told("request_answered") == {"Ivo", "Lena"}
    request.refresh_from_db()
    send_back(by=world.lead, inspection=notified, request=request, note="More", seen=request.version)
    assert told("request_sent_back") == {"Connie", "Dora"}
    request.refresh_from_db()
    answer_request(by=world.director, inspection=notified, request=request, words="More")
    request.refresh_from_db()
    accept_answer(by=world.lead, inspection=notified, request=request, seen=request.version)
    assert told("request_accepted") == {"Connie", "Dora"}
    type(request).objects.filter(pk=request.pk).update(state="open", due=timezone.localdate() - dt.timedelta(days=1))
    chase_overdue(by=world.lead, inspection=notified)
    assert told("request_chased") == {"Connie", "Dora"}


def test_the_team_is_told_of_its_own_matters(world: SimpleNamespace, planned: Inspection) -> None:
    leave_team(by=world.lead, inspection=planned, member=planned.members.get(person=world.peer), note="Ill")
    add_member(by=world.lead, inspection=planned, person=world.peer, part="sector_led")
    assert told("put_in_team") == {"Petra"}
    declare_interest(by=world.inspector, inspection=planned, nothing=True)
    assert not told("interest_declared")
    interest = declare_interest(by=world.nurse, inspection=planned, nothing=False, words="A friend")
    assert told("interest_declared") == {"Mara"}
    decide_interest(
        by=world.manager, inspection=planned, interest=interest, decision="conflict", reason="Close", seen=1
    )
    assert told("interest_decided") == {"Nora"}
    world.inspector.roles.create(role=Role.LEAD_INSPECTOR, start=dt.date(2020, 1, 1))
    change_lead(by=world.manager, inspection=planned, member=planned.members.get(person=world.inspector, left=None))
    assert told("lead_given") == {"Ivo"}


def test_roles_given_and_ended_are_told(world: SimpleNamespace) -> None:
    held = give_role(by=world.administrator, person=world.contact, role=Role.PLAN_COORDINATOR)
    end_role(by=world.administrator, person=world.contact, held=held)
    assert told("role_given") == told("role_ended") == {"Connie"}


def test_a_timetable_that_moves_is_told_to_agencies_only_once_they_know_of_it(
    world: SimpleNamespace, planned: Inspection
) -> None:
    phase = planned.phases.get(key="fieldwork")
    later = {"start": add_working_days(phase.start, 1), "end": add_working_days(phase.end, 1)}
    move_phase(by=world.manager, inspection=planned, phase=phase, **later, note="A holiday", seen=phase.version)
    assert told("timetable_moved") == {"Lena", "Ivo", "Nora", "Mo", "Petra"}
    assert set(Notice.objects.values_list("count", flat=True)) != {0}


def test_another_scope_is_told_to_agencies_only_once_they_know_of_it(
    world: SimpleNamespace, planned: Inspection
) -> None:
    seen = Inspection.objects.get(pk=planned.pk).version
    change_scope(by=world.manager, inspection=planned, seen=seen, scope="Help at home")
    assert told("scope_changed") == {"Lena", "Ivo", "Nora", "Mo", "Petra"}
    Notice.objects.all().delete()
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    seen = Inspection.objects.get(pk=planned.pk).version
    change_scope(by=world.manager, inspection=planned, seen=seen, scope="Help at home and in school")
    assert told("scope_changed") == {"Lena", "Ivo", "Nora", "Mo", "Petra", "Connie", "Dora", "Olu"}


def test_calling_off_is_told_to_agencies_only_once_they_know_of_it(
    world: SimpleNamespace, planned: Inspection, judged: Callable[..., Inspection]
) -> None:
    call_off(by=world.manager, inspection=planned, note="No need")
    assert told("called_off") == {"Lena", "Ivo", "Nora", "Mo", "Petra"}
    Notice.objects.all().delete()
    call_off(by=world.lead, inspection=judged(stage="fieldwork"), note="No need")
    assert told("called_off") == {"Ivo", "Nora", "Mo", "Petra", "Mara", "Connie", "Dora", "Olu"}


def test_moderation_is_told_between_moderators_and_inspectors(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    inspection = judged(stage="moderation")
    made = inspection.challenges.create(
        number=1, about="finding 1", words="Why?", by=world.moderator, at=timezone.now()
    )
    answer_challenge(by=world.lead, inspection=inspection, challenge=made, seen=1, answer="So")
    assert told("challenge_answered") == {"Mo"}
    finding = inspection.findings.create(
        number=1, tendency="praise", criterion=inspection.rules.criteria[0].key, words="Good", by=world.lead,
        at=timezone.now(),
    )  # fmt: skip
    challenge(by=world.moderator, inspection=inspection, about=f"finding {finding.number}", words="Is it?")
    assert told("challenged") == {"Lena", "Ivo", "Nora"}


def test_points_on_accuracy_are_told_to_inspectors_and_their_answers_to_that_agency_alone(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    inspection = judged(stage="factual_accuracy")
    party = inspection.parties.get(organisation=world.council)
    inspection.contributions.create(agency="local_authority", narrative="Its part.")
    point = make_point(
        by=world.contact, inspection=inspection, party=party, about="contribution local_authority", words="No."
    )
    assert told("point_made") == {"Lena", "Ivo", "Nora"}
    reply_to_point(by=world.lead, inspection=inspection, point=point, seen=1, outcome="not", reply="It is right")
    assert told("point_answered") == {"Connie", "Dora"}


def test_an_act_that_is_refused_tells_nobody(world: SimpleNamespace, notified: Inspection) -> None:
    (request,) = ask(world, notified, "One")
    before = Notice.objects.count()
    with pytest.raises(RefusedError):
        accept_answer(by=world.lead, inspection=notified, request=request, seen=request.version)
    assert Notice.objects.count() == before


@action(Permission.INSPECTION_SEE)
def scratch_publish(*, by: Person, inspection: Inspection, fail: bool) -> None:
    """An action that tells by itself, and may fail after that."""
    tell("published", inspection=inspection, by=by)
    if fail:
        raise RefusedError("not now")


def test_an_action_may_tell_by_itself_and_takes_it_back_when_it_fails(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    inspection = judged(stage="signed_off")
    with pytest.raises(RefusedError):
        scratch_publish(by=world.lead, inspection=inspection, fail=True)
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
    scratch_publish(by=world.lead, inspection=inspection, fail=False)
    assert told("published") == {"Ivo", "Nora", "Mo", "Petra", "Mara", "Connie", "Dora", "Olu"}


@pytest.mark.parametrize("stage", ["planned", "drafting"])
def test_who_is_told_is_who_may_by_the_one_function_that_answers(
    world: SimpleNamespace, judged: Callable[..., Inspection], stage: str
) -> None:
    """`holders` and `places` are `can()` for many at once."""
    inspection = judged(stage=stage)
    if stage == "planned":
        Inspection.objects.filter(pk=inspection.pk).update(notified_on=None)
    inspection.members.filter(person=world.peer).update(left=timezone.now())
    inspection.members.filter(person=world.nurse).update(barred=True)
    Person.objects.filter(pk=world.director.pk).update(is_active=False)
    inspection = Inspection.objects.get(pk=inspection.pk)
    everybody = list(Person.objects.all())
    for permission in {event.permission for event in EVENTS.values() if event.permission}:
        right = {each for each in everybody if can(each, permission, inspection)}
        assert set(holders(permission, inspection)) == right, permission
    for each in everybody:
        here = places(each, [inspection.pk]).get(inspection.pk)
        assert (here is not None) == Inspection.objects.visible_to(each).exists()
        for permission in Permission:
            if here is not None:
                assert can(each, permission, here) == can(each, permission, inspection), (each, permission)


def test_what_somebody_may_know_no_longer_is_not_shown(
    world: SimpleNamespace, notified: Inspection, sign_in: Callable[[Person], Client]
) -> None:
    ask(world, notified, "One")
    assert unread(world.contact) == 1
    theirs = list(Notice.objects.filter(person=world.contact))
    world.contact.roles.update(end=timezone.localdate())
    somebody = Person.objects.get(pk=world.contact.pk)
    assert known(somebody, theirs) == []
    assert unread(somebody) == 0
    assert notified.reference not in sign_in(somebody).get("/notifications").content.decode()


def test_a_notice_to_an_agencys_people_is_not_shown_to_one_who_went_to_another_agency(
    world: SimpleNamespace, notified: Inspection
) -> None:
    ask(world, notified, "One")
    Person.objects.filter(pk=world.contact.pk).update(organisation=world.police)
    somebody = Person.objects.get(pk=world.contact.pk)
    assert Inspection.objects.visible_to(somebody).exists()
    assert unread(somebody) == 0


def test_how_somebody_is_sent_what_they_are_told_is_theirs_to_choose(
    world: SimpleNamespace, planned: Inspection
) -> None:
    choose_how(by=world.contact, choices={Group.REQUESTS: How.NONE})
    choose_how(by=world.director, choices={Group.REQUESTS: How.DAILY})
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    inspection = Inspection.objects.get(pk=planned.pk)
    ask(world, inspection, "One")
    how = dict(Notice.objects.filter(event="request_made").values_list("person__name", "how"))
    assert how == {"Connie Contact": "none", "Dora Director": "daily"}
    assert set(Mail.objects.filter(notices__event="notified").values_list("person__name", flat=True)) == {
        "Connie Contact", "Dora Director", "Olu Officer",
    }  # fmt: skip
    assert not Mail.objects.filter(notices__event="request_made").exists()


def test_what_must_be_known_cannot_be_switched_off(world: SimpleNamespace) -> None:
    from django.core.exceptions import ValidationError

    for group in (Group.MUST, "anything"):
        with pytest.raises(ValidationError):
            choose_how(by=world.contact, choices={group: How.NONE})


def test_fictional_people_are_never_sent_anything(world: SimpleNamespace, planned: Inspection) -> None:
    Person.objects.update(fictional=True)
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    assert Notice.objects.exists()
    assert not Mail.objects.exists()


def test_the_page_lists_what_was_told_and_marks_it_read(
    world: SimpleNamespace, notified: Inspection, sign_in: Callable[[Person], Client]
) -> None:
    ask(world, notified, "One")
    ask(world, notified, "Two")
    client = sign_in(world.contact)
    page = client.get("/notifications").content.decode()
    assert "(2<span" in page
    assert page.count(">Unread<") == 2
    first = Notice.objects.filter(person=world.contact).order_by("pk")[0]
    assert client.post(f"/notifications/{first.pk}/read").headers["Location"] == "/notifications"
    assert "(1<span" in client.get("/work").content.decode()
    client.post("/notifications/read")
    assert '<span class="govuk-visually-hidden"> unread</span>' not in client.get("/work").content.decode()
    assert Notice.objects.filter(person=world.director, read_at=None).count() == 2


def test_nobody_marks_anothers_notices(
    world: SimpleNamespace, notified: Inspection, sign_in: Callable[[Person], Client]
) -> None:
    ask(world, notified, "One")
    notice = Notice.objects.get(person=world.contact)
    sign_in(world.director).post(f"/notifications/{notice.pk}/read")
    notice.refresh_from_db()
    assert notice.read_at is None
    assert mark_read(world.contact) == 1


def test_choosing_on_the_page(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(world.contact)
    choices = {group.value: "none" for group in Group if group is not Group.MUST}
    assert client.post("/notifications/choose", {**choices, "requests": "daily"}).status_code == 302
    page = client.get("/notifications/choose").content.decode()
    assert page.count(" checked>") == len(choices)
    assert client.post("/notifications/choose", {**choices, "requests": "never"}).status_code == 422


def test_pages_ask_no_more_of_the_database_for_more_notices(
    world: SimpleNamespace, judged: Callable[..., Inspection], sign_in: Callable[[Person], Client]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert sign_in(world.lead).get("/notifications").status_code == 200
        return len(queries)

    for number in range(3):
        with transaction.atomic():
            tell("published", inspection=judged(stage="signed_off", reference=f"J{number}"))
    few = asked()
    for number in range(3, 60):
        with transaction.atomic():
            tell("published", inspection=judged(stage="signed_off", reference=f"J{number}"))
    assert asked() == few
    page, rows = page_of(world.lead, "2")
    assert (len(rows), page.paginator.count) == (10, 60)
