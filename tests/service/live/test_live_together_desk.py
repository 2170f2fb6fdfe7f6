"""Drafts that keep themselves, and who else is on a page."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.service.accounts.desk import DRAFTS_FOR, HERE_FOR, LONGEST_DRAFT, Draft, Presence
from joinedup.service.accounts.models import Person
from joinedup.service.audit.models import Entry
from joinedup.service.inspections.models import Inspection

SignIn = Callable[[Person], Client]
DESK = "/inspections/J1/desk"
PLACE = "/inspections/J1/evidence/add"


@pytest.fixture
def fieldwork(judged: Callable[..., Inspection]) -> Inspection:
    """An inspection in fieldwork."""
    return judged(stage="fieldwork")


def keep(client: Client, fields: list[list[str]] | str, place: str = PLACE) -> HttpResponse:
    """Keep a draft, as the page does."""
    given = fields if isinstance(fields, str) else json.dumps(fields)
    return client.post(f"{DESK}/draft/keep", {"place": place, "fields": given})  # type: ignore[return-value]


def test_a_draft_comes_back_to_its_writer_alone_and_leaves_nothing_in_the_audit(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    nora, ivo = sign_in(world.nurse), sign_in(world.inspector)
    before = Entry.objects.count()
    typed = [["words", "Half a sent"], ["agencies", "police"], ["agencies", "health"]]
    assert keep(nora, typed).json() == {"kept": True}
    assert keep(nora, [*typed, ["tendency", "praise"]]).json() == {"kept": True}
    assert nora.get(f"{DESK}/draft", {"place": PLACE}).json()["fields"] == [*typed, ["tendency", "praise"]]
    assert ivo.get(f"{DESK}/draft", {"place": PLACE}).json() == {}
    assert sign_in(world.nurse).get(f"{DESK}/draft", {"place": PLACE}).json()["fields"], "another session, too"
    assert Draft.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_draft_goes_when_it_is_saved_and_when_it_is_thrown_away_and_in_the_end(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.nurse)
    piece = {
        "words": "Seen.", "source": "interview", "criterion": "help", "agencies": ["police"], "tendency": "neutral",
        "seen_on": "2026-05-11", "sent": "mark",
    }  # fmt: skip
    keep(client, [["words", "Seen."]])
    assert client.post(PLACE, {**piece, "source": ""}).status_code == 422
    assert Draft.objects.exists(), "what was refused stays"
    assert client.post(PLACE, piece).status_code == 302
    assert not Draft.objects.exists()
    keep(client, [["words", "x"]])
    assert client.post(f"{DESK}/draft/keep", {"place": PLACE}).json() == {"kept": False}
    assert not Draft.objects.exists()
    keep(client, [["words", "x"]])
    Draft.objects.update(at=timezone.now() - DRAFTS_FOR - dt.timedelta(days=1))
    assert client.get(f"{DESK}/draft", {"place": PLACE}).json() == {}


@pytest.mark.parametrize("page", ["judgement", "plan"])
def test_the_other_forms_forget_their_drafts_too(
    judged: Callable[..., Inspection], world: SimpleNamespace, sign_in: SignIn, page: str
) -> None:
    inspection = judged()
    if page == "judgement":
        place = f"/inspections/J1/judgements/{inspection.rules.judgements[0].key}"
        sent, client = {"seen": "0", "narrative": "Written."}, sign_in(world.nurse)
    else:
        place, sent, client = "/inspections/J1/team/declare", {"nothing": "yes"}, sign_in(world.inspector)
    keep(client, [["words", "x"]], place)
    assert Draft.objects.count() == 1
    assert client.post(place, sent).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "place", ["", "/", "/inspections/J1/nowhere", "/inspections/J2/evidence/add", "/work", PLACE + "x" * 300]
)
def test_only_a_page_of_this_inspection_has_drafts_and_people(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, place: str
) -> None:
    client = sign_in(world.nurse)
    assert keep(client, [["words", "x"]], place).status_code == 400
    assert client.post(f"{DESK}/here", {"place": place}).status_code == 400
    assert client.get(f"{DESK}/draft", {"place": place}).status_code == 400


@pytest.mark.parametrize(
    "fields",
    ["not json", "{}", "[1]", '[["a"]]', '[["a", 1]]', json.dumps([["words", "x" * LONGEST_DRAFT]]),
     r'[["words", "A nurse\u0000"]]', r'[["words", "\ud83d"]]'],
)  # fmt: skip
def test_what_is_no_draft_is_refused(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, fields: str
) -> None:
    assert keep(sign_in(world.nurse), fields).status_code == 400
    assert not Draft.objects.exists()


def test_who_else_is_on_the_page_is_told_until_a_minute_after_they_left(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    nora, ivo = sign_in(world.nurse), sign_in(world.inspector)
    assert nora.post(f"{DESK}/here", {"place": PLACE}).json() == {"others": []}
    assert ivo.post(f"{DESK}/here", {"place": PLACE}).json() == {"others": ["Nora Nurse"]}
    assert ivo.post(f"{DESK}/here", {"place": "/inspections/J1/evidence/notes"}).json() == {"others": []}
    Presence.objects.filter(person=world.nurse).update(at=timezone.now() - HERE_FOR - dt.timedelta(seconds=1))
    assert ivo.post(f"{DESK}/here", {"place": PLACE}).json() == {"others": []}
    assert not Presence.objects.filter(person=world.nurse).exists(), "the gone are forgotten"


def test_nobody_learns_who_is_on_a_page_that_they_may_not_see(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    sign_in(world.nurse).post(f"{DESK}/here", {"place": PLACE})
    assert sign_in(world.contact).post(f"{DESK}/here", {"place": PLACE}).status_code == 403
    assert sign_in(world.outsider).post(f"{DESK}/here", {"place": PLACE}).status_code in (403, 404)


def test_asking_who_is_here_costs_the_same_with_many_people(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, person: Callable[..., Person]
) -> None:
    client = sign_in(world.nurse)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(f"{DESK}/here", {"place": PLACE}).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(60):
        Presence.objects.create(person=person(f"Person {number}", world.cqc), place=PLACE, at=timezone.now())
    assert asked() == few


def test_a_page_left_open_keeps_no_session_going(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.nurse)
    client.get(PLACE)
    session = client.session
    session["seen"] = long_ago = time.time() - 20 * 60
    session.save()
    assert client.post(f"{DESK}/here", {"place": PLACE}).status_code == 200
    assert client.get("/offline/key").status_code == 200
    assert client.session["seen"] == long_ago
    assert keep(client, [["words", "x"]]).status_code == 200
    assert client.session["seen"] > long_ago, "who types is there"


def test_a_form_of_very_many_fields_is_read(fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn) -> None:
    many = {f"text.finding.{number}.words": "As it was." for number in range(3_000)}
    answer = sign_in(world.inspector).post("/inspections/J1/team/declare", {**many, "nothing": "yes"})
    assert answer.status_code == 302, "a report of some hundred findings and ten agencies has so many texts to correct"
