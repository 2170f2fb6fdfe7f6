"""What the server does for work without a connection: the worker, the page, the key, and notes that come late."""

from __future__ import annotations

import base64
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from joinedup.service.accounts.models import Person
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views import offline

SignIn = Callable[[Person], Client]
NOTE = {
    "words": "Seen in a basement.", "source": "interview", "criterion": "help", "agencies": ["police"],
    "tendency": "neutral", "child": "", "seen_on": "2026-05-11", "sent": "mark-1",
}  # fmt: skip


@pytest.fixture
def fieldwork(judged: Callable[..., Inspection]) -> Inspection:
    """An inspection in fieldwork."""
    return judged(stage="fieldwork")


def test_the_worker_and_its_page_are_the_same_for_everybody_and_hold_nothing_inline(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, client: Client
) -> None:
    worker, page = client.get("/worker.js"), client.get("/offline")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "no-store" in worker["Cache-Control"]
    assert "SHELL_DIGEST" not in worker.content.decode()
    assert 'importScripts("/static/live/outbox.js?v=' in worker.content.decode()
    text = page.content.decode()
    assert text == sign_in(world.nurse).get("/offline").content.decode()
    assert "style=" not in text
    assert text.count("<script") == text.count("<script defer src=") + text.count('<script type="module" src=')


def test_a_key_is_of_one_session_and_comes_again_to_its_own_person_alone(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    nora, ivo = sign_in(world.nurse), sign_in(world.inspector)
    first = nora.get("/offline/key").json()
    assert len(base64.b64decode(first["key"])) == 32
    assert nora.get("/offline/key").json()["kid"] == first["kid"]
    later = sign_in(world.nurse)
    assert later.get("/offline/key").json()["key"] != first["key"], "another session has another key"
    assert later.get("/offline/key", {"kid": first["kid"]}).json()["key"] == first["key"]
    assert ivo.get("/offline/key", {"kid": first["kid"]}).status_code == 400
    assert ivo.get("/offline/key", {"kid": "made:up"}).status_code == 400
    assert Client().get("/offline/key", {"kid": first["kid"]}).status_code == 302


def test_a_key_ends_in_time(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    nora = sign_in(world.nurse)
    kid = nora.get("/offline/key").json()["kid"]
    monkeypatch.setattr(offline, "KEY_FOR", -1)
    assert nora.get("/offline/key", {"kid": kid}).status_code == 400


def test_a_note_that_comes_twice_is_added_once(fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.nurse)
    address = "/inspections/J1/evidence/waiting"
    assert client.post(address, NOTE).json() == {"saved": "E1 is saved."}
    assert "E1 is saved." in client.post(address, NOTE).json()["saved"]
    assert client.post("/inspections/J1/evidence/add", NOTE).status_code == 302
    assert fieldwork.evidence.count() == 1
    assert client.get(address).status_code == 405


def test_a_refused_note_that_was_put_right_waits_no_longer(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client, refused = sign_in(world.nurse), NOTE | {"words": "Ring 07700 900123."}
    assert client.post("/inspections/J1/evidence/waiting", refused).status_code == 422
    assert client.post("/inspections/J1/evidence/add", NOTE | {"words": "Ring them."}).status_code == 302
    assert client.post("/inspections/J1/evidence/waiting", refused).json() == {"saved": "E1 is saved."}
    assert [each.words for each in fieldwork.evidence.all()] == ["Ring them."]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"words": ""}, "Write what was seen"),
        ({"words": "Ring 07700 900123."}, "could identify a child"),
        ({"criterion": "no-such"}, "Criterion"),
    ],
)
def test_a_note_that_cannot_be_saved_is_refused_with_the_reason(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, changed: dict[str, str], why: str
) -> None:
    answer = sign_in(world.nurse).post("/inspections/J1/evidence/waiting", {**NOTE, **changed})
    assert answer.status_code == 422
    assert why in answer.json()["refused"]
    assert not fieldwork.evidence.exists()


def test_a_note_that_comes_after_fieldwork_was_closed_is_refused_with_what_would_open_it(
    judged: Callable[..., Inspection], world: SimpleNamespace, sign_in: SignIn
) -> None:
    judged(stage="moderation")
    answer = sign_in(world.nurse).post("/inspections/J1/evidence/waiting", NOTE)
    assert answer.status_code == 422
    assert answer.json()["refused"]
