"""The scheduled command: every e-mail once, whatever runs at the same time or is killed; deadlines once; digests."""

from __future__ import annotations

import datetime as dt
import email
import json
import os
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Person
from joinedup.service.inspections.actions.requests import Ask, make_requests
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.actions import choose_how, tell
from joinedup.service.notifications.actions.deadlines import tell_deadlines
from joinedup.service.notifications.actions.outbox import LEASE, TOO_OLD, claim
from joinedup.service.notifications.events import Group, How
from joinedup.service.notifications.models import Mail, Notice
from joinedup.service.notifications.running import run_due
from joinedup.service.notifications.sending import send_waiting

ADDRESS = "https://inspections.example.org"
SET_UP = {
    "EMAIL_HOST_IS_SET": True,
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "DEFAULT_FROM_EMAIL": "joinedup@example.org",
}


@pytest.fixture
def told(world: SimpleNamespace, judged: Callable[..., Inspection]) -> Inspection:
    """An inspection whose team and agencies were told that it was published: eight people."""
    inspection = judged(stage="signed_off")
    with transaction.atomic():
        assert tell("published", inspection=inspection, by=world.lead) == 8
    return inspection


@pytest.mark.django_db
def test_what_waits_is_sent_once_to_each(told: Inspection) -> None:
    with override_settings(**SET_UP):
        assert send_waiting(ADDRESS) == {"sent": 8}
        assert send_waiting(ADDRESS) == {}
    assert Counter(address for sent in mail.outbox for address in sent.to) == Counter(
        Notice.objects.values_list("person__email", flat=True)
    )
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 8


@pytest.mark.django_db
def test_an_email_says_what_kind_of_thing_and_where_and_nothing_confidential(
    world: SimpleNamespace, told: Inspection
) -> None:
    party = told.parties.get(organisation=world.council)
    Inspection.objects.filter(pk=told.pk).update(stage="fieldwork")
    Mail.objects.all().delete()
    make_requests(
        by=world.lead, inspection=told, parties=[party], asks=[Ask("Files of the Grey family", "All since the fire")],
        due=timezone.localdate(),
    )  # fmt: skip
    with override_settings(**SET_UP):
        send_waiting(ADDRESS)
    for sent in mail.outbox:
        text = sent.subject + sent.body
        assert f"{ADDRESS}/inspections/{told.reference}/requests/1" in text
        assert told.reference in sent.subject
        for word in ("Grey", "fire", told.place.name, "Lena", "Council", "Ofsted"):
            assert word not in text


@pytest.mark.django_db
def test_what_somebody_may_know_no_longer_is_not_sent(world: SimpleNamespace, told: Inspection) -> None:
    told.members.filter(person=world.nurse).update(left=timezone.now())
    told.parties.filter(organisation=world.police).update(organisation=world.health)
    Person.objects.filter(pk=world.director.pk).update(is_active=False)
    with override_settings(**SET_UP):
        assert send_waiting(ADDRESS) == {"sent": 5, "not_sent": 3}
    sent_to = {address for sent in mail.outbox for address in sent.to}
    assert sent_to.isdisjoint({world.nurse.email, world.officer.email, world.director.email})


@pytest.mark.django_db
def test_nothing_is_lost_while_no_email_is_set_up_and_old_news_is_not_sent_after(told: Inspection) -> None:
    assert send_waiting(ADDRESS) == {}
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    Mail.objects.update(made_at=timezone.now() - TOO_OLD - dt.timedelta(minutes=1))
    with override_settings(**SET_UP):
        assert send_waiting(ADDRESS) == {"not_sent": 8}


@pytest.mark.django_db
def test_a_mail_server_that_is_not_there_is_tried_again(told: Inspection) -> None:
    nobody = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": 9,
    }
    with override_settings(**SET_UP | nobody):
        assert send_waiting(ADDRESS) == {"later": 8}
    with override_settings(**SET_UP):
        assert send_waiting(ADDRESS) == {"sent": 8}


@pytest.mark.django_db
def test_a_claim_holds_until_its_run_gave_no_sign_of_life(told: Inspection) -> None:
    assert len(claim("one")) == 8
    assert claim("other") == []
    Mail.objects.update(claimed_at=timezone.now() - LEASE - dt.timedelta(seconds=1))
    assert len(claim("other")) == 8


@pytest.mark.django_db
def test_deadlines_are_told_on_the_working_day_before_and_once_when_past(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    inspection = judged(stage="fieldwork")
    today = timezone.localdate()
    due = add_working_days(today, 5)
    party = inspection.parties.get(organisation=world.council)
    make_requests(by=world.inspector, inspection=inspection, parties=[party], asks=[Ask("One")], due=due)
    Notice.objects.all().delete()

    def told_on(day: dt.date) -> list[tuple[str, str]]:
        with transaction.atomic():
            tell_deadlines(day)
        found = sorted(Notice.objects.values_list("event", "person__name"))
        Notice.objects.update(event="published")
        return [each for each in found if each[0] != "published"]

    agency = ["Connie Contact", "Dora Director"]
    assert told_on(add_working_days(due, -2)) == []
    assert told_on(add_working_days(due, -1)) == [("request_due", name) for name in agency]
    assert told_on(add_working_days(due, -1)) == []
    assert told_on(due) == []
    late = told_on(due + dt.timedelta(days=1))
    assert late == [("answer_overdue", "Ivo Inspector"), ("answer_overdue", "Lena Lead")] + [
        ("request_overdue", name) for name in agency
    ]
    assert told_on(due + dt.timedelta(days=2)) == []


@pytest.mark.django_db
def test_the_round_for_accuracy_and_what_a_notification_asks_are_deadlines_too(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    today = timezone.localdate()
    judged(stage="factual_accuracy").phases.create(key="factual_accuracy", title="Accuracy", start=today, end=today)
    other = judged(stage="notified", reference="J2")
    party = other.parties.get(organisation=world.police)
    for post in ("one", "two"):
        party.notifications.create(post=post, asked="Files", due=today, sent_at=timezone.now())
    with transaction.atomic():
        tell_deadlines(today)
    assert sorted(Notice.objects.values_list("event", "person__name")) == [
        ("accuracy_due", "Connie Contact"), ("accuracy_due", "Dora Director"), ("accuracy_due", "Olu Officer"),
        ("asked_due", "Olu Officer"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_daily_email_holds_what_was_told_until_seven_and_not_what_was_read(
    world: SimpleNamespace, judged: Callable[..., Inspection]
) -> None:
    choose_how(by=world.nurse, choices={Group.OUTCOME: How.DAILY})
    for number in range(3):
        with transaction.atomic():
            tell("published", inspection=judged(stage="signed_off", reference=f"J{number}"), people=[world.nurse.pk])
    first = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=first.pk).update(read_at=timezone.now())
    assert not Mail.objects.exists()
    day = timezone.localdate() + dt.timedelta(days=1)

    def run_at(hour: int, day: dt.date) -> None:
        run_due(ADDRESS, dt.datetime.combine(day, dt.time(hour), timezone.get_current_timezone()))

    with override_settings(**SET_UP):
        run_at(6, day)
        assert mail.outbox == []
        run_at(8, day)
        run_at(9, day)
        assert [sent.subject for sent in mail.outbox] == ["Joinedup: 2 notifications"]
        run_at(8, day + dt.timedelta(days=1))
    assert len(mail.outbox) == 1
    assert {"J1", "J2"} == {each for each in ("J0", "J1", "J2") if each in mail.outbox[0].body}


@pytest.mark.django_db
def test_sessions_that_are_over_are_cleared(world: SimpleNamespace, sign_in: Callable[[Person], Any]) -> None:
    from django.contrib.sessions.models import Session

    sign_in(world.lead)
    sign_in(world.nurse)
    first = Session.objects.all()[0]
    Session.objects.filter(pk=first.pk).update(expire_date=timezone.now() - dt.timedelta(days=1))
    run_due(ADDRESS)
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=first.pk).exists()


class _Server(socketserver.ThreadingTCPServer):
    """A mail server on loopback that keeps what it is sent; at message `stop_at` it takes it and never answers."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.kept: list[EmailMessage] = []
        self.lock = threading.Lock()
        self.stop_at = 0
        self.stopped = threading.Event()


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            match line.split()[0].upper():
                case b"DATA":
                    self.say("354 go on")
                    if not self.keep():
                        return
                    self.say("250 kept")
                case b"QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def keep(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        with self.server.lock:
            self.server.kept.append(email.message_from_bytes(b"".join(lines)))  # type: ignore[arg-type]
            stop = len(self.server.kept) == self.server.stop_at
        if stop:
            self.server.stopped.set()
            time.sleep(60)
        return not stop


@pytest.fixture
def mail_server() -> Iterator[_Server]:
    """A real mail server of the test's own."""
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


FILL = """
import django; django.setup()
from django.db import transaction
from joinedup.service.accounts.actions import first_service_administrator
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.notifications.actions import tell
first_service_administrator(by=None, email="first@example.org", name="First")
body = Organisation.objects.get()
people = [Person.objects.create(email=f"p{n}@example.org", name=f"P{n}", organisation=body) for n in range(40)]
with transaction.atomic():
    for _ in range(2):
        tell("role_given", inspection=None, people=[each.pk for each in people])
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path, mail_server: _Server) -> dict[str, str]:
    """The environment of a service whose database holds eighty e-mails that wait."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    else:
        address = request.getfixturevalue("postgres")()
    port = mail_server.server_address[1]
    environment = os.environ | {
        "DATABASE_URL": address,
        "JOINEDUP_FILES": str(tmp_path / "files"),
        "JOINEDUP_EMAIL_URL": f"smtp://127.0.0.1:{port}?from=joinedup@example.org",
        "JOINEDUP_ADDRESS": ADDRESS,
    }
    subprocess.run([*COMMAND, "service", "migrate", "--quiet"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", FILL], env=environment, check=True)
    return environment


COMMAND = [sys.executable, "-c", "import sys; from joinedup.cli import main; sys.exit(main())"]
RUN = [*COMMAND, "service", "run-due", "--json"]
OVER = """
import datetime as dt, django; django.setup()
from joinedup.service.notifications.models import Mail
from joinedup.service.notifications.actions.outbox import LEASE
held = Mail.objects.filter(state="sending")
for each in held: Mail.objects.filter(pk=each.pk).update(claimed_at=each.claimed_at - LEASE - dt.timedelta(seconds=1))
"""


@pytest.mark.slow
def test_three_runs_at_the_same_time_send_every_email_once(filled: dict[str, str], mail_server: _Server) -> None:
    runs = [subprocess.Popen(RUN, env=filled, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = [json.loads(run.communicate(timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sum(answer["sent"] for answer in answers) == 80
    assert Counter(message["To"] for message in mail_server.kept) == {f"p{n}@example.org": 2 for n in range(40)}
    assert len({message["Message-ID"] for message in mail_server.kept}) == 80
    again = subprocess.run(RUN, env=filled, stdout=subprocess.PIPE, text=True, check=True)
    assert json.loads(again.stdout)["sent"] == 0


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_one_email_twice_at_most_and_under_one_message_id(
    filled: dict[str, str], mail_server: _Server
) -> None:
    mail_server.stop_at = 30  # the thirtieth was taken by the mail server, and the run is killed before it hears so
    run = subprocess.Popen(RUN, env=filled, stdout=subprocess.PIPE, text=True)
    assert mail_server.stopped.wait(60)
    run.kill()
    run.communicate(timeout=30)
    subprocess.run([sys.executable, "-c", OVER], env=filled, check=True)
    subprocess.run(RUN, env=filled, stdout=subprocess.PIPE, check=True)
    ids = Counter(message["Message-ID"] for message in mail_server.kept)
    assert len(ids) == 80
    assert sorted(ids.values()) == [1] * 79 + [2]


def test_links_would_lead_nowhere_without_an_address(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'live.sqlite3'}",
        "JOINEDUP_FILES": str(tmp_path / "files"),
        "JOINEDUP_EMAIL_URL": "smtp://127.0.0.1:9?from=joinedup@example.org",
    }
    subprocess.run([*COMMAND, "service", "migrate", "--quiet"], env=environment, check=True)
    run = subprocess.run(RUN, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "--address" in run.stderr
