"""A form that is sent twice does once what it asks for, and leads the second time to where it led the first."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.desk import SENT_FOR, Sent
from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.inspections import models as theirs
from joinedup.service.inspections.models import Finding, Inspection, Party, Reply
from joinedup.service.sent_once import FIELD

SignIn = Callable[[Person], Client]
Judged = Callable[..., Inspection]
SERVICE = Path(str(files("joinedup") / "service"))
AGAIN = "You sent this form twice, and it was done once."
FINDING = {"tendency": "concern", "criterion": "help", "words": "Plans drift.", "concerns_police": "on", "seen": "0"}
TODAY = timezone.localdate


def mark_on(client: Client, page: str) -> str:
    """The mark of the first form of a page that has one."""
    found = re.search(rf'name="{FIELD}" value="([\w-]+)"', client.get(page).content.decode())
    assert found, f"{page} has no form with a mark"
    return found.group(1)


def settle(inspection: Inspection, world: SimpleNamespace) -> None:
    """What the forms below are about: a concern, a challenge that is answered, a request."""
    inspection.findings.create(
        number=1, tendency="concern", criterion="help", words="Slow.", agencies="|police|local_authority|",
        by=world.lead, at=timezone.now(),
    )  # fmt: skip
    inspection.challenges.create(
        number=1, about="finding 1", words="Is it so?", answer="It is.", answered_by=world.lead,
        answered_at=timezone.now(), by=world.moderator, at=timezone.now(),
    )  # fmt: skip
    inspection.requests.create(
        party=inspection.parties.get(agency="local_authority"), number=1, title="The plan", due=TODAY(),
        made_by=world.lead, made_at=timezone.now(),
    )  # fmt: skip


MAKING: list[Any] = [
    pytest.param("nurse", "fieldwork", "evidence/add", {
        "words": "Seen.", "source": "interview", "criterion": "help", "agencies": ["police"], "tendency": "neutral",
    }, theirs.Evidence, id="evidence"),
    pytest.param("lead", "drafting", "findings/new", FINDING, Finding, id="finding"),
    pytest.param("lead", "drafting", "findings/1/improvements/new", {"words": "Act.", "seen": "0"},
                 theirs.Improvement, id="improvement"),
    pytest.param("lead", "drafting", "contributions/police", {"narrative": "It did much.", "seen": "0"},
                 theirs.Contribution, id="contribution"),
    pytest.param("lead", "fieldwork", "requests/make", {"asks": "Figures"}, theirs.InformationRequest, id="request"),
    pytest.param("contact", "fieldwork", "requests/1/answer", {"words": "Here it is."}, Reply, id="answer"),
    pytest.param("lead", "fieldwork", "children/add", {"kind": "tracked", "agencies": ["police"]},
                 theirs.Child, id="child"),
    pytest.param("lead", "fieldwork", "team/declare", {"nothing": "yes"}, theirs.Interest, id="interest"),
    pytest.param("moderator", "moderation", "moderation/new", {"about": "finding 1", "words": "Is it?"},
                 theirs.Challenge, id="challenge"),
    pytest.param("moderator", "moderation", "moderation/1/again", {"words": "Still?", "seen": "1"},
                 theirs.Challenge, id="challenge again"),
    pytest.param("contact", "factual_accuracy", "accuracy/{party}/new", {"about": "finding 1", "words": "Not so."},
                 theirs.AccuracyPoint, id="point"),
]  # fmt: skip


def sent_to(inspection: Inspection, path: str, fields: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Where a form goes and what it holds, with what only this inspection knows."""
    party = Party.objects.get(inspection=inspection, agency="local_authority")
    days = {"evidence/add": "seen_on", "requests/make": "due"}
    given = {**fields, **({days[path]: TODAY().isoformat()} if path in days else {})}
    if path == "requests/make":
        given["parties"] = [str(party.pk)]
    return f"/inspections/{inspection.reference}/{path.format(party=party.pk)}", given


@pytest.mark.parametrize(("who", "stage", "path", "fields", "made"), MAKING)
def test_a_form_that_makes_something_makes_it_once_however_often_it_is_sent(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn, who: str, stage: str, path: str, fields: dict[str, Any],
    made: type[Model],
) -> None:  # fmt: skip
    inspection = judged(stage=stage)
    settle(inspection, world)
    client = sign_in(getattr(world, who))
    address, given = sent_to(inspection, path, fields)
    before = made._default_manager.count()
    given[FIELD] = mark_on(client, address)
    first, second = (client.post(address, given) for _ in range(2))
    assert first.status_code == 302, first.content.decode()
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert made._default_manager.count() == before + 1
    said = client.get(second["Location"]).content.decode()
    assert AGAIN in said
    if path in ("children/add", "team/declare"):
        given[FIELD] = mark_on(client, address)
        assert client.post(address, given).status_code == 302
        assert made._default_manager.count() == before + 2, "another form makes another"


REPEATED = {
    "evidence/add": "/evidence/1",
    "findings/new": "/findings/2",
    "findings/1/improvements/new": "/improvements/1",
    "requests/make": "/requests/2",
    "requests/1/answer": "/requests/1",
    "moderation/new": "/moderation#challenge-2",
    "accuracy/{party}/new": "/accuracy/{party}#point-1",
}
"""Where words are found that were saved before."""
REPEATING = [pytest.param(*each.values, id=each.id) for each in MAKING if each.values[2] in REPEATED]


@pytest.mark.parametrize(("who", "stage", "path", "fields", "made"), REPEATING)
def test_who_goes_back_and_saves_the_same_words_is_led_to_what_is_there_and_loses_nothing(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn, who: str, stage: str, path: str, fields: dict[str, Any],
    made: type[Model],
) -> None:  # fmt: skip
    """Without scripts the browser asks for the page anew, which has another mark."""
    inspection = judged(stage=stage)
    settle(inspection, world)
    client = sign_in(getattr(world, who))
    address, given = sent_to(inspection, path, fields)
    assert client.post(address, given | {FIELD: mark_on(client, address)}).status_code == 302
    before = made._default_manager.count()
    again = client.post(address, given | {FIELD: mark_on(client, address)})
    said = again.content.decode()
    assert again.status_code in (409, 422)
    assert made._default_manager.count() == before
    there = REPEATED[path].format(party=Party.objects.get(inspection=inspection, agency="local_authority").pk)
    link = re.search(r'already saved these words here: <a class="govuk-link" href="([^"]+)"', said)
    assert link
    assert link.group(1) == f"/inspections/J1{there}"
    assert client.get(link.group(1), follow=True).status_code == 200
    words = "asks" if path == "requests/make" else "words"
    assert given[words] in said, "what was typed stands in the form"
    assert "<title>Error: " in said
    other = given | {words: "Otherwise.", FIELD: mark_on(client, address)}
    assert client.post(address, other).status_code == 302
    assert made._default_manager.count() == before + 1


def test_the_same_words_count_again_of_another_place_by_another_person_and_once_they_do_not_stand(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged()
    address = "/inspections/J1/findings/new"
    client = sign_in(world.lead)
    assert client.post(address, FINDING).status_code == 302
    other = inspection.rules.criteria[1].key
    assert client.post(address, FINDING | {"criterion": other}).status_code == 302
    assert sign_in(world.inspector).post(address, FINDING).status_code == 302
    assert client.post(address, FINDING).status_code == 409
    assert client.post("/inspections/J1/findings/1/drop", {"seen": "1", "why": "Not so."}).status_code == 302
    assert client.post(address, FINDING).status_code == 302


def test_an_answer_that_was_sent_back_can_be_given_again_in_the_same_words(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged(stage="fieldwork")
    settle(inspection, world)
    client, address = sign_in(world.contact), "/inspections/J1/requests/1/answer"
    assert client.post(address, {"words": "There is none."}).status_code == 302
    assert client.post(address, {"words": "There is none."}).status_code == 409
    back = sign_in(world.lead).post("/inspections/J1/requests/1/send-back", {"seen": "2", "why": "Look again."})
    assert back.status_code == 302, back.content.decode()
    assert client.post(address, {"words": "There is none."}).status_code == 302


def test_a_note_that_waited_without_a_connection_and_is_there_already_is_told_without_a_link(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    """Its page is shown by a script, as words."""
    inspection = judged(stage="fieldwork")
    client = sign_in(world.nurse)
    fields = next(each.values[3] for each in REPEATING if each.id == "evidence")
    address, given = sent_to(inspection, "evidence/add", fields)
    assert client.post(address, given).status_code == 302
    waited = client.post("/inspections/J1/evidence/waiting", given | {FIELD: "of the browser"})
    assert waited.status_code == 422
    assert "already saved these words here: E1." in waited.json()["refused"]


def test_planning_twice_by_one_form_plans_one_inspection(world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.manager)
    page = "/inspections/plan?framework=joined-up-1"
    given = {
        "area": "ashmere", "visit": "standard", "counts_from": "notification",
        "first_day": add_working_days(TODAY(), 1).isoformat(), "scope": "All of it", FIELD: mark_on(client, page),
    }  # fmt: skip
    first, second = (client.post(page, given) for _ in range(2))
    made = Inspection.objects.get()
    assert first["Location"] == second["Location"] == f"/inspections/{made.reference}"


def test_inviting_and_making_known_by_one_form_are_done_once(world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.service_administrator)
    new = {"name": "New Person", "email": "new@example.org", "organisation": world.police.pk}
    new[FIELD] = mark_on(client, "/people/invite")
    first, second = (client.post("/people/invite", new) for _ in range(2))
    person = Person.objects.get(email="new@example.org")
    assert first["Location"] == second["Location"] == f"/people/{person.pk}/link"
    assert "/invitation/" in client.get(second["Location"]).content.decode(), "the one link is there to be handed over"
    body = {"kind": "agency", "name": "Kelderby Police", "key": "police", "areas": "Kelderby"}
    body[FIELD] = mark_on(client, "/organisations/add")
    assert [client.post("/organisations/add", body).status_code for _ in range(2)] == [302, 302]
    assert Organisation.objects.filter(name="Kelderby Police").count() == 1
    role = {"role": "agency_contact", "post": "", FIELD: mark_on(client, f"/people/{person.pk}")}
    assert [client.post(f"/people/{person.pk}/roles", role).status_code for _ in range(2)] == [302, 302]
    assert RoleHeld.objects.filter(person=person).count() == 1


def test_a_new_link_asked_for_twice_by_one_form_is_one_link(world: SimpleNamespace, sign_in: SignIn) -> None:
    client, address = sign_in(world.service_administrator), f"/people/{world.contact.pk}/link"
    given = {FIELD: mark_on(client, f"/people/{world.contact.pk}")}
    client.post(address, given)
    begun = Person.objects.get(pk=world.contact.pk).password
    page = client.post(address, given, follow=True).content.decode()
    link = re.search(r"/invitation/[\w-]+/[\w-]+", page)
    assert link
    assert Person.objects.get(pk=world.contact.pk).password == begun
    assert Client().get(link.group()).status_code == 200, "the link that is shown is good"


def test_an_address_of_a_calendar_asked_for_twice_by_one_button_is_one_address(
    world: SimpleNamespace, sign_in: SignIn
) -> None:
    client, page = sign_in(world.lead), "/notifications/calendar"
    given = {FIELD: mark_on(client, page)}
    shown = [client.post(f"{page}/make", given, follow=True).content.decode() for _ in range(2)]
    first, second = (re.search(r"/calendar/[\w-]+\.ics", each).group() for each in shown)  # type: ignore[union-attr]
    assert first == second
    assert Client().get(first).status_code == 200


def test_chasing_twice_by_one_button_chases_once(judged: Judged, world: SimpleNamespace, sign_in: SignIn) -> None:
    inspection = judged(stage="fieldwork")
    settle(inspection, world)
    inspection.requests.update(due=TODAY() - dt.timedelta(days=1))
    client = sign_in(world.lead)
    for page, address in (("requests/1", "requests/1/chase"), ("requests", "requests/chase")):
        given = {FIELD: mark_on(client, f"/inspections/J1/{page}")}
        before = inspection.requests.get().chased
        for _ in range(2):
            assert client.post(f"/inspections/J1/{address}", given).status_code == 302
        assert inspection.requests.get().chased == before + 1


def test_an_answer_with_files_is_known_again_by_what_is_in_them(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged(stage="fieldwork")
    settle(inspection, world)
    client, address = sign_in(world.contact), "/inspections/J1/requests/1/answer"
    mark = mark_on(client, address)
    for words in (b"the plan", b"the plan", b"a new one"):
        given = {FIELD: mark, "words": "Here.", "uploads": SimpleUploadedFile("plan.txt", words)}
        assert client.post(address, given).status_code == 302
    assert Reply.objects.count() == 2
    assert {each.attachments.get().size for each in Reply.objects.all()} == {8, 9}


def test_other_words_in_the_same_page_are_another_form_and_are_not_lost(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    """Whoever goes back to the page that they sent, and writes the next finding in it."""
    inspection = judged()
    client = sign_in(world.lead)
    given = FINDING | {FIELD: mark_on(client, "/inspections/J1/findings/new")}
    for words in ("Plans drift.", "Visits are late."):
        assert client.post("/inspections/J1/findings/new", given | {"words": words}).status_code == 302
    assert sorted(inspection.findings.values_list("words", flat=True)) == ["Plans drift.", "Visits are late."]


def test_a_form_that_was_refused_can_be_sent_again(judged: Judged, world: SimpleNamespace, sign_in: SignIn) -> None:
    inspection = judged(stage="fieldwork")
    client, address = sign_in(world.lead), "/inspections/J1/findings/new"
    given = FINDING | {FIELD: mark_on(client, address)}
    Inspection.objects.update(stage="signing")
    assert client.post(address, given).status_code == 409
    assert not Sent.objects.exists()
    Inspection.objects.update(stage="drafting")
    assert client.post(address, given).status_code == 302
    assert inspection.findings.count() == 1


def test_a_mark_is_a_persons_own(judged: Judged, world: SimpleNamespace, sign_in: SignIn) -> None:
    inspection = judged()
    for who in (world.lead, world.inspector):
        answer = sign_in(who).post("/inspections/J1/findings/new", FINDING | {FIELD: "the same mark"})
        assert answer.status_code == 302
    assert inspection.findings.count() == 2


def test_what_was_sent_is_known_for_a_time_and_without_its_words(
    judged: Judged, world: SimpleNamespace, sign_in: SignIn
) -> None:
    judged()
    client, address = sign_in(world.lead), "/inspections/J1/findings/new"
    client.post(address, FINDING | {FIELD: "first"})
    kept = Sent.objects.get()
    assert "Plans drift" not in f"{kept.mark}{kept.done}{kept.then}"
    Sent.objects.update(at=timezone.now() - SENT_FOR - dt.timedelta(days=1))
    client.post(address, FINDING | {FIELD: "second"})
    assert Sent.objects.count() == 1


AT_ONCE = """
import datetime as dt, threading
import django; django.setup()
from django.db import connection
from django.test import Client
from django.utils import timezone
from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.inspections.models import Inspection
ofsted = Organisation.objects.create(name="Ofsted", kind="inspectorate", key="ofsted")
by = Person.objects.create(email="m@example.org", name="M", organisation=ofsted, password="!")
RoleHeld.objects.create(person=by, role="programme_manager", start=dt.date(2020, 1, 1))
clients = [Client(SERVER_NAME="localhost") for _ in range(2)]
for client in clients:
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
led = []
def send(client, number):
    together.wait()
    answer = client.post("/inspections/plan?framework=joined-up-1", {
        "area": "ashmere", "visit": "standard", "counts_from": "notification", "sent": f"form {number}",
        "first_day": add_working_days(timezone.localdate(), 1).isoformat(), "scope": "All of it"})
    led.append((number, answer.status_code, answer["Location"]))
    connection.close()
for number in range(6):
    together = threading.Barrier(2)
    both = [threading.Thread(target=send, args=(client, number)) for client in clients]
    for each in both: each.start()
    for each in both: each.join()
assert len(led) == 12 and len(set(led)) == 6, led
assert Inspection.objects.count() == 6, led
"""


@pytest.mark.slow
def test_of_the_same_form_sent_twice_at_the_same_moment_one_counts(migrated: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_ONCE], env=migrated, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


NEED_NONE = {
    "accounts/accept.html": "the link is good once",
    "accounts/account.html": "leaving twice is leaving",
    "accounts/code.html": "a code is good once",
    "accounts/demo.html": "signing in makes nothing",
    "accounts/password.html": "the old password is asked for, and good once",
    "accounts/recovery_codes.html": "a code is asked for, and good once",
    "accounts/second_factor.html": "a second factor that is there stays",
    "accounts/sign_in.html": "signing in makes nothing",
    "audit/listed.html": "it reads, and says of each time what was read",
    "inspections/evidence/attach.html": "the same file again is the same attachment",
    "inspections/evidence/names.html": "a name is on the list once; and of names not even a digest is kept elsewhere",
    "inspections/evidence/notes.html": "it shows how notes are understood, and saves nothing",
    "notifications/inbox.html": "what is read is read",
}
"""The pages whose forms carry no mark, and why it does no harm to send one of them twice."""
TO_A_STATE = {
    "acknowledge", "calendar-stop", "child-again", "child-stop", "evidence-restore", "member-lead", "person-deactivate",
    "person-reactivate", "person-role-end", "publish-complete", "request-accept",
}  # fmt: skip
"""Buttons that bring a thing to a state, in which it then is: pressed twice, they find it there."""


@pytest.mark.parametrize("app", ["accounts", "audit", "inspections", "notifications", "publishing"])
def test_every_form_of_the_live_service_carries_a_mark_or_needs_none(app: str) -> None:
    templates = SERVICE / app / "templates"
    for page in sorted(templates.rglob("*.html")):
        name, text = page.relative_to(templates).as_posix(), page.read_text()
        for form in text.split("{% csrf_token %}")[1:]:
            before = text[: text.index("{% csrf_token %}" + form)].rsplit("<form", 1)[1]
            to = re.search(r"{% url '([\w-]+)'", before)
            needs_none = name in NEED_NONE or (to and to.group(1) in TO_A_STATE)
            assert form.startswith("{{ form_mark }}") != bool(needs_none), f"{name}: {before}"
