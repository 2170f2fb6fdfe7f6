"""The audit's pages: for auditors alone, narrowed as asked, and without the words of evidence."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.service.accounts import actions
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.actions import change, create, open_action
from joinedup.service.audit.models import Check, Entry
from joinedup.service.inspections.actions.stages import move
from joinedup.service.inspections.models import Evidence, Inspection
from joinedup.service.notifications.actions import make_calendar_address
from joinedup.service.notifications.models import CalendarAddress

CONFIDENTIAL = "The child said that nobody had asked them."


@open_action("a test's own")
def scratch_write_piece(*, by: Person, piece: Evidence, words: str) -> Evidence:
    """Make and change a piece of evidence."""
    change(piece, words=words)
    own = {"number": piece.number + 1, "words": words, "source": piece.source, "criterion": piece.criterion}
    more = {"seen_on": piece.seen_on, "by": by, "organisation": by.organisation, "at": piece.at}
    return create(Evidence, inspection=piece.inspection, **own, **more)


@pytest.fixture
def auditor(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> Client:
    """An auditor who has signed in."""
    return sign_in(world.auditor)


def test_auditors_alone_see_it(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> None:
    actions.signed_out(by=world.lead)
    for name in ("lead", "administrator", "service_administrator", "manager", "contact"):
        client = sign_in(getattr(world, name))
        assert client.get("/audit").status_code == client.get("/audit/1").status_code == 403
        assert client.post("/audit/verify").status_code == 403


def test_words_of_evidence_are_not_shown(
    world: SimpleNamespace, auditor: Client, judged: Callable[..., Inspection], piece: Callable[..., Evidence]
) -> None:
    made = scratch_write_piece(by=world.lead, piece=piece(judged(), "interview", "help"), words=CONFIDENTIAL)
    shown = [auditor.get(f"/audit/{entry.number}").content.decode() for entry in Entry.objects.all()]
    pages = "".join([*shown, auditor.get("/audit").content.decode()])
    assert "child said" not in pages
    assert f"{len(CONFIDENTIAL)} characters, digest" in pages
    assert "words" in pages
    assert "From 1 to 2" in pages
    assert "Lena Lead" in pages
    assert made.words == CONFIDENTIAL
    assert CONFIDENTIAL in [entry.after["words"] for entry in Entry.objects.all() if "words" in (entry.after or {})]
    assert "are kept in its entries, but are not shown here" in pages


def test_a_reason_is_words_of_the_inspection_too(
    world: SimpleNamespace, auditor: Client, judged: Callable[..., Inspection]
) -> None:
    move(by=world.lead, inspection=judged(), event="back_to_fieldwork", note=CONFIDENTIAL)
    page = auditor.get(f"/audit/{Entry.objects.get(action='move').number}").content.decode()
    assert "child said" not in page
    assert f"{len(CONFIDENTIAL)} characters, digest" in page


def test_what_is_kept_of_people_is_shown_but_never_a_password(world: SimpleNamespace, auditor: Client) -> None:
    person = actions.invite_person(
        by=world.administrator, organisation=world.council, email="n@example.org", name="New One"
    )
    page = auditor.get(f"/audit/{Entry.objects.get(action='invite_person').number}").content.decode()
    assert "n@example.org" in page
    assert "(not shown)" in page
    assert person.password not in page


@pytest.mark.parametrize(("asked", "found"), [
    ("person=addy", {"give_role"}),
    ("person=sara.service@example.org", {"add_organisation"}),
    ("action=signed_out", {"signed_out"}),
    ("thing=roleheld", {"give_role"}),
    ("day=2001-01-01", set()),
    ("inspection=nowhere", set()),
    ("", {"give_role", "add_organisation", "signed_out"}),
])  # fmt: skip
def test_it_can_be_narrowed(world: SimpleNamespace, auditor: Client, asked: str, found: set[str]) -> None:
    actions.give_role(by=world.administrator, person=world.contact, role=Role.SECTOR_LED)
    actions.add_organisation(by=world.service_administrator, kind="adviser", name="A", key="", areas=[], sign_in="")
    actions.signed_out(by=world.lead)
    rows = auditor.get(f"/audit?{asked}").context["rows"]
    assert {entry.action for entry, *_ in rows} == found


def test_an_inspection_is_found_however_its_reference_is_typed(
    world: SimpleNamespace, auditor: Client, judged: Callable[..., Inspection]
) -> None:
    move(by=world.lead, inspection=judged(), event="back_to_fieldwork", note="More is to be seen.")
    rows = auditor.get("/audit?inspection=%20j1").context["rows"]
    assert [entry.action for entry, *_ in rows] == ["move"]


def test_things_of_every_app_are_called_as_people_call_them_and_can_be_asked_for(
    world: SimpleNamespace, auditor: Client
) -> None:
    make_calendar_address(by=world.lead)
    page = auditor.get("/audit?thing=calendaraddress")
    assert [entry.action for entry, *_ in page.context["rows"]] == ["make_calendar_address"]
    assert "Calendar address" in page.content.decode()
    offered = {name for name, _ in page.context["form"].fields["thing"].choices}
    assert {"publication", "decision", "wording", "evidencerevision", "attempt"} <= offered
    assert not {"draft", "sent", "presence", "notice", "entry"} & offered, "the audit tells of none of these"
    shown = auditor.get(f"/audit/{Entry.objects.get(action='make_calendar_address').number}").content.decode()
    assert CalendarAddress.objects.get().mark not in shown


def test_a_filter_that_cannot_be_says_so(auditor: Client) -> None:
    answer = auditor.get("/audit?day=tomorrow")
    assert answer.status_code == 422
    assert "“On the day” must be a day, like 31/01/2027." in answer.content.decode()
    last = auditor.get("/audit?day=9999-12-31")
    assert last.status_code == 422
    assert "Check the year" in last.content.decode()


def test_it_is_read_fifty_at_a_time_in_as_many_questions(world: SimpleNamespace, auditor: Client) -> None:
    auditor.get("/audit")  # the session begins
    asked = []
    for many in (3, 60):
        for _ in range(many):
            actions.signed_out(by=world.lead)
        with CaptureQueriesContext(connection) as queries:
            page = auditor.get("/audit")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    older = page.context["older"]
    assert [entry.number for entry, *_ in auditor.get(f"/audit?before={older}").context["rows"]] == list(
        range(older - 1, 0, -1)
    )


def test_verifying_tells_what_is_wrong_and_keeps_it(world: SimpleNamespace, auditor: Client) -> None:
    actions.signed_out(by=world.lead)
    assert "The chain holds" in auditor.post("/audit/verify", follow=True).content.decode()
    Entry.objects.filter(number=1).update(note="changed by hand")
    page = auditor.post("/audit/verify", follow=True).content.decode()
    assert "did not hold" in page
    assert "Row 1: was changed" in page
    assert Check.objects.count() == 2
    assert "chain does not hold" in auditor.get("/work").content.decode()
