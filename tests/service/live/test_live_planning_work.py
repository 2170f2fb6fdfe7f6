"""What planning needs of each person now, and of nobody else, in queries that do not grow."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Person
from joinedup.service.inspections.actions.planning import plan_inspection
from joinedup.service.inspections.actions.requests import Ask, make_requests
from joinedup.service.inspections.actions.team import add_member, declare_interest
from joinedup.service.inspections.actions.telling import acknowledge, notify_agencies
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.work_planning import needs


def titles(person: Person) -> list[str]:
    """What each item says, the inspection that it ends with taken off."""
    (inspection,) = Inspection.objects.all()
    found = [item.title for item in needs(Person.objects.get(pk=person.pk))]
    assert all(title.endswith(f": Ashmere, {inspection.reference}") for title in found)
    return [title.partition(":")[0] for title in found]


def planned(world: SimpleNamespace) -> Inspection:
    first_day = add_working_days(timezone.localdate(), -1)
    return plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", first_day=first_day, counts_from="notification"
    )


def test_each_is_told_what_is_theirs_in_the_order_of_an_inspections_life(world: SimpleNamespace) -> None:
    inspection = planned(world)
    assert titles(world.manager) == ["Choose a lead inspector"]
    for person, part in ((world.lead, "lead_inspector"), (world.nurse, "inspector")):
        add_member(by=world.manager, inspection=inspection, person=person, part=part)
    assert titles(world.manager) == []
    assert titles(world.lead) == ["Declare your interests", "Notify the agencies"]
    declare_interest(by=world.nurse, inspection=inspection, nothing=False, words="A friend")
    assert titles(world.nurse) == []
    assert titles(world.manager) == ["Decide on declared interests"]
    declare_interest(by=world.nurse, inspection=inspection, nothing=True)
    assert titles(world.manager) == []
    assert titles(world.contact) == []
    notify_agencies(by=world.lead, inspection=inspection, gaps_known=True)
    now = Inspection.objects.get(pk=inspection.pk)
    assert titles(world.contact) == ["Read the notification of the inspection"]
    assert titles(world.stranger) == []
    for notification in now.parties.get(organisation=world.council).notifications.all():
        acknowledge(by=world.contact, inspection=now, notification=notification)
    assert titles(world.contact) == []
    make_requests(
        by=world.lead, inspection=now, parties=list(now.parties.all()), asks=[Ask("A list")], due=timezone.localdate()
    )
    assert titles(world.director) == ["Answer requests for information"]
    now.requests.update(due=timezone.localdate() - dt.timedelta(days=1))
    (item,) = [item for item in needs(Person.objects.get(pk=world.nurse.pk)) if "overdue" in item.title]
    assert (item.count, item.overdue) == (3, True)


@pytest.mark.parametrize("name", ["manager", "lead", "contact", "nurse"])
def test_more_inspections_ask_no_more_of_the_database(world: SimpleNamespace, name: str) -> None:
    def asked() -> int:
        person = Person.objects.get(pk=getattr(world, name).pk)
        with CaptureQueriesContext(connection) as queries:
            list(needs(person))
        return len(queries)

    def one_more() -> None:
        inspection = planned(world)
        for who, part in ((world.lead, "lead_inspector"), (world.nurse, "inspector")):
            add_member(by=world.manager, inspection=inspection, person=who, part=part)
        notify_agencies(by=world.lead, inspection=inspection, gaps_known=True)
        planned(world)

    one_more()
    few = asked()
    for _ in range(4):
        one_more()
    assert asked() == few
