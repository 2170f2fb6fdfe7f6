"""Two service administrators at the same moment: who end each other, of whom one is left and can go on; and who invite
the same person."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

EACH_OTHER = """
import datetime as dt, sys, threading, time
import django; django.setup()
from django.db import connection
from django.test import Client
from joinedup.service.accounts.actions import people
from joinedup.service.accounts.models import Organisation, Person, RoleHeld
what, own = sys.argv[1:]
operator = Organisation.objects.create(name="The service", kind="operator")
both, clients = [], {}
for name in ("ada", "ben"):
    person = Person.objects.create(email=f"{name}@example.org", name=name, organisation=operator, password=f"!{name}")
    role = RoleHeld.objects.create(person=person, role="service_administrator", start=dt.date(2020, 1, 1))
    both.append((person, role))
    clients[person.pk] = Client(SERVER_NAME="localhost")
    clients[person.pk].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
change = people.change
def slowly(thing, **fields):
    time.sleep(1)  # so that both are in the middle of it
    return change(thing, **fields)
people.change = slowly
together, answers = threading.Barrier(2), []
def end(by, person, role):
    together.wait()
    address = f"/people/{person.pk}/" + what.format(role=role.pk)
    answers.append(clients[by.pk].post(address).status_code)
    connection.close()
(ada, of_ada), (ben, of_ben) = both
ended = [(ada, ada, of_ada), (ben, ben, of_ben)] if own == "own" else [(ada, ben, of_ben), (ben, ada, of_ada)]
threads = [threading.Thread(target=end, args=each) for each in ended]
for each in threads: each.start()
for each in threads: each.join()
left = [
    person for person, role in both
    if Person.objects.filter(pk=person.pk, is_active=True, password=person.password).exists()
    and RoleHeld.objects.filter(pk=role.pk, end=None).exists()
]
assert len(left) == 1, (left, answers)
assert sorted(answers)[0] == 302 and sorted(answers)[1] in (403, 422), answers
assert clients[left[0].pk].get("/people").status_code == 200
"""


@pytest.mark.parametrize(
    ("what", "whose"),
    [
        pytest.param("deactivate", "each other's", id="let each other in no longer"),
        pytest.param("link", "each other's", id="make each other begin anew"),
        pytest.param("roles/{role}/end", "each other's", id="end each other's role"),
        pytest.param("roles/{role}/end", "own", id="each end their own role"),
    ],
)
def test_of_two_service_administrators_who_end_at_once_one_is_left(
    migrated: dict[str, str], what: str, whose: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EACH_OTHER, what, whose],
        env=migrated, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


THE_SAME = """
import datetime as dt, threading, time
import django; django.setup()
from django.db import connection
from django.test import Client
from joinedup.service.accounts.actions import people
from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.audit.models import Entry
operator = Organisation.objects.create(name="The service", kind="operator")
theirs, clients = [], []
for name in ("ada", "ben"):
    person = Person.objects.create(email=f"{name}@example.org", name=name, organisation=operator, password="!")
    RoleHeld.objects.create(person=person, role="service_administrator", start=dt.date(2020, 1, 1))
    theirs.append(Organisation.objects.create(name=f"{name}'s police", kind="agency", key="police"))
    clients.append(Client(SERVER_NAME="localhost"))
    clients[-1].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
create = people.create
def slowly(model, **fields):
    time.sleep(0.5)  # so that both are in the middle of it, whatever was looked at before
    made = create(model, **fields)
    time.sleep(0.5)
    return made
people.create = slowly
together, answers = threading.Barrier(2), []
def invite(client, organisation, number):
    together.wait()
    answers.append(client.post("/people/invite", {
        "name": "New", "email": "new@example.org", "organisation": organisation.pk, "sent": f"form {number}"}))
    connection.close()
threads = [threading.Thread(target=invite, args=(*each, number)) for number, each in enumerate(zip(clients, theirs))]
for each in threads: each.start()
for each in threads: each.join()
told = sorted(answers, key=lambda each: each.status_code)
assert [each.status_code for each in told] == [302, 422], told
page = told[1].content.decode()
assert "Somebody with this e-mail address is known here already." in page, page
assert "new@example.org" in page, page
assert Person.objects.filter(email="new@example.org").count() == 1
assert Entry.objects.filter(action="invite_person").count() == 1
"""


def test_of_two_who_invite_the_same_address_at_once_one_does_and_the_other_is_told(migrated: dict[str, str]) -> None:
    """For two organisations: what is done to one of them waits for what is done to it before."""
    done = subprocess.run(
        [sys.executable, "-c", THE_SAME], env=migrated, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
