"""What leaves the team is looked over before it does: what agencies are told and read, and what is to be signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError
from joinedup.service.audit.models import Entry
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.inspections.actions.children import choose_child, stop_following
from joinedup.service.inspections.actions.judging import write_contribution
from joinedup.service.inspections.actions.moderation import answer_challenge, close_challenge
from joinedup.service.inspections.actions.names import list_names
from joinedup.service.inspections.actions.planning import plan_inspection
from joinedup.service.inspections.actions.stages import InTheWayError, in_the_way, move
from joinedup.service.inspections.actions.team import add_member
from joinedup.service.inspections.drafts import draft_for
from joinedup.service.inspections.looking_over import DisclosureError
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.actions import decide_disclosure, write_wording
from joinedup.service.publishing.filling import concerns, from_inspection
from joinedup.service.publishing.looked_over import LEFT_OUT, WITHHELD
from joinedup.service.work import items_for

Judged = Callable[..., Inspection]
SignIn = Callable[[Person], Client]
NAME, NUMBER = "Jayden Okafor", "01632 960123"
KEY = re.compile(r"[0-9a-f]{20}")


def soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=7)


def confirmations() -> list[list[str]]:
    """What the audit keeps of everything that somebody said identifies no child."""
    kept = [entry.after or {} for entry in Entry.objects.order_by("number")]
    return [after["identifies_no_child"] for after in kept if "identifies_no_child" in after]


def request_of(world: SimpleNamespace, inspection: Inspection, state: str) -> Any:
    party = inspection.parties.get(agency="local_authority")
    now = timezone.now()
    asked = inspection.requests.create(
        party=party, number=1, title="A list", due=soon(), state=state, made_by=world.lead, made_at=now
    )
    asked.replies.create(words="Here it is.", by=world.contact, at=now)
    return asked


def asks(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    inspection = judged(stage="fieldwork")
    parties = list(inspection.parties.values_list("pk", flat=True))
    sent = {"parties": parties, "asks": f"A list\n{words}\n\nAnother\nAll of it.", "due": soon()}
    return inspection, "request-make", sent, "asks"


def sends_back(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    inspection = judged(stage="fieldwork")
    request_of(world, inspection, "answered")
    return inspection, "request-send-back", {"seen": 1, "why": words}, "why"


def withdraws(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    inspection = judged(stage="fieldwork")
    request_of(world, inspection, "open")
    return inspection, "request-withdraw", {"seen": 1, "why": words}, "why"


def notifies(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    inspection = judged(stage="planned", agencies=("local_authority",))
    inspection.phases.create(key="fieldwork", title="Fieldwork", start=soon(), end=soon())
    client = Client()
    client.force_login(world.lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = client.get(reverse("notify", args=[inspection.reference])).context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if field.initial} | {"gaps_known": "on"}
    (asked,) = (name for name in sent if name.startswith("asked_"))
    return inspection, "notify", {**sent, asked: words}, asked


def replies(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    inspection = judged(stage="factual_accuracy")
    party = inspection.parties.get(agency="local_authority")
    inspection.accuracy_points.create(
        party=party, number=1, about="contribution local_authority", words="No.", by=world.contact, at=timezone.now()
    )
    return inspection, "accuracy-reply", {"seen": 1, "outcome": "not", "reply": words}, "reply"


def moves_days(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    day = next(day for n in range(40, 60) if (day := timezone.localdate() + dt.timedelta(days=n)).weekday() == 0)
    inspection = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", first_day=day, counts_from="fieldwork"
    )
    add_member(by=world.manager, inspection=inspection, person=world.lead, part="lead_inspector")
    last = inspection.phases.order_by("end").last()
    assert last
    later = last.end + dt.timedelta(days=7)
    return inspection, "phase-move", {"seen": 1, "start": later, "end": later, "why": words}, "why"


def calls_off(world: SimpleNamespace, judged: Judged, words: str) -> tuple[Inspection, str, dict[str, Any], str]:
    return judged(stage="drafting"), "call-off", {"note": words}, "note"


def address_of(name: str, inspection: Inspection) -> str:
    numbers = {
        "accuracy-reply": lambda: [inspection.accuracy_points.get().party_id, 1],
        "phase-move": lambda: [inspection.phases.order_by("end").last().pk],
        "request-send-back": lambda: [1],
        "request-withdraw": lambda: [1],
    }
    return reverse(name, args=[inspection.reference, *numbers.get(name, list)()])


@pytest.mark.parametrize("said", [f"What became of {NAME}?", f"Ring {NUMBER}.", "One child was moved twice."])
@pytest.mark.parametrize("does", [asks, sends_back, withdraws, notifies, replies, moves_days, calls_off])
def test_what_agencies_are_told_is_looked_over_and_nothing_typed_is_lost(
    does: Callable[..., Any], said: str, world: SimpleNamespace, judged: Judged, sign_in: SignIn
) -> None:
    inspection, name, sent, field = does(world, judged, said)
    list_names(by=world.lead, inspection=inspection, names=NAME)
    who = sign_in(world.manager if name == "phase-move" else world.lead)
    before = Entry.objects.count()
    refused = who.post(address_of(name, inspection), sent)
    form, page = refused.context["form"], unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "could identify a child" in form.errors[field][0]
    assert said in page.partition("<textarea")[2], "what was typed is in the form again"
    assert Entry.objects.count() == before, "nothing was kept"
    tick = form.fields["confirmed"].widget.attrs["value"]
    assert who.post(address_of(name, inspection), {**sent, "confirmed": "0" * 16}).status_code == 422
    assert who.post(address_of(name, inspection), {**sent, "confirmed": tick}).status_code == 302
    (keys,) = confirmations()
    assert keys
    assert all(KEY.fullmatch(key) for key in keys)


def test_the_scope_of_an_inspection_is_looked_over_when_it_is_planned(world: SimpleNamespace, sign_in: SignIn) -> None:
    manager, address = sign_in(world.manager), reverse("inspection-plan") + "?framework=joined-up-1"
    sent = {"area": "ashmere", "visit": "standard", "counts_from": "fieldwork", "scope": f"Ring {NUMBER} first."}
    day = next(day for n in range(40, 60) if (day := timezone.localdate() + dt.timedelta(days=n)).weekday() == 0)
    refused = manager.post(address, {**sent, "first_day": day})
    assert refused.status_code == 422
    assert "could identify" in refused.context["form"].errors["scope"][0]
    assert not Inspection.objects.exists()
    tick = refused.context["form"].fields["confirmed"].widget.attrs["value"]
    assert manager.post(address, {**sent, "first_day": day, "confirmed": tick}).status_code == 302
    assert len(confirmations()) == 1


def test_why_a_child_is_followed_no_longer_is_looked_over_with_the_list_of_names(
    world: SimpleNamespace, judged: Judged
) -> None:
    inspection = judged(stage="fieldwork")
    list_names(by=world.lead, inspection=inspection, names=NAME)
    child = choose_child(by=world.lead, inspection=inspection, kind="tracked", agencies=["police"])
    with pytest.raises(DisclosureError, match="Jayden") as refused:
        stop_following(by=world.lead, inspection=inspection, child=child, why=f"{NAME} moved away.")
    tick = refused.value.confirmation
    stop_following(by=world.lead, inspection=inspection, child=child, why=f"{NAME} moved away.", confirmed=tick)
    assert len(confirmations()) == 1


def test_the_audit_keeps_a_key_and_no_words_of_what_was_confirmed_in_a_summary(
    world: SimpleNamespace, judged: Judged
) -> None:
    inspection = judged()
    words = {"summary": f"Ring {NUMBER} to say what you think."}
    with pytest.raises(DisclosureError) as refused:
        write_wording(by=world.lead, inspection=inspection, seen=0, **words)
    write_wording(by=world.lead, inspection=inspection, seen=0, **words, confirmed=refused.value.confirmation)
    ((key,),) = confirmations()
    assert KEY.fullmatch(key)
    (found,) = (each.hit for each in concerns(inspection) if each.hit.rule == "telephone")
    assert found.key == key, "the key that a decision goes by"
    noted = [entry.after for entry in Entry.objects.all() if "identifies_no_child" in (entry.after or {})]
    assert "960123" not in repr(noted)


def finding(inspection: Inspection, words: str, how: str = "") -> None:
    inspection.findings.create(
        number=1, tendency="concern", criterion=inspection.rules.criteria[0].key, words=words, agencies="|police|",
        how={"police": how},
        by=inspection.members.get(part="lead_inspector").person,
        at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("event", ["to_accuracy", "to_signing", "publish"])
def test_whatever_leaves_the_team_waits_for_every_decision(event: str, world: SimpleNamespace, judged: Judged) -> None:
    inspection = judged()
    finding(inspection, f"{NAME} waited.", f"Officers rang {NUMBER}.")
    list_names(by=world.lead, inspection=inspection, names=NAME)

    def said() -> list[str]:
        return [each.words for each in in_the_way(inspection, event) if each.section == "disclosure"]

    assert said() == [
        "Decide on a name on the list of names that must not appear in: Finding F1.",
        "Decide on a telephone number in: Finding F1: Police.",
    ]
    for each in concerns(inspection):
        decide_disclosure(by=world.lead, inspection=inspection, key=each.hit.key, outcome="left_out", why="A child.")
    assert said() == []
    inspection.findings.update(words=f"{NAME} waited, as zoe@example.com wrote.")
    assert said() == ["Decide on an e-mail address in: Finding F1."]


def test_of_very_many_things_to_decide_the_first_are_named_and_the_rest_counted(judged: Judged) -> None:
    inspection = judged()
    finding(inspection, " ".join(f"Ring 01632 96012{n}." for n in range(8)))
    told = [each.words for each in in_the_way(inspection, "to_accuracy") if each.section == "disclosure"]
    assert len(told) == 6
    assert told[-1] == "And on 3 more: “Disclosure” lists all."


def test_a_report_that_cannot_be_made_was_not_looked_over_and_does_not_leave(judged: Judged) -> None:
    inspection = judged()
    Inspection.objects.update(fictional=False)
    Inspection.objects.filter(pk=inspection.pk).update(visit="no such visit")
    told = [each.words for each in in_the_way(Inspection.objects.get(), "to_accuracy")]
    assert any(each.startswith("No report can be made") for each in told)


@pytest.mark.parametrize("stage", ["drafting", "moderation", "factual_accuracy", "signing", "signed_off"])
def test_the_lead_alone_decides_from_drafting_on_and_the_team_sees_what_was_found(
    stage: str, world: SimpleNamespace, judged: Judged, sign_in: SignIn
) -> None:
    inspection = judged(stage=stage)
    finding(inspection, f"Ring {NUMBER}.")
    page, (concern,) = reverse("disclosure", args=[inspection.reference]), concerns(inspection)
    for person in (world.nurse, world.peer, world.moderator):
        shown = sign_in(person).get(page).content.decode()
        assert NUMBER in shown
        assert "?hit=" not in shown
    assert sign_in(world.officer).get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        decide_disclosure(by=world.nurse, inspection=inspection, key=concern.hit.key, outcome="stays", why="Mine.")
    lead = sign_in(world.lead)
    address = f"{reverse('disclosure-decide', args=[inspection.reference])}?hit={concern.hit.key}"
    assert address in lead.get(page).content.decode()
    assert sign_in(world.nurse).get(address).status_code == 403
    missing = lead.post(address, {"why": "It is an office's."})
    assert missing.status_code == 422
    assert "It is an office" in missing.content.decode()
    assert lead.post(address, {"outcome": "stays", "why": "It is an office's."}).status_code == 302
    again = lead.post(address, {"outcome": "left_out", "why": "Typed a second time."})
    assert again.status_code == 422
    assert "Typed a second time." in again.content.decode(), "nothing typed is lost"
    assert "decided on already" in again.content.decode()
    assert lead.get(address, follow=True).redirect_chain == [(page, 302)]
    decision = inspection.disclosure_decisions.get()
    assert (decision.by, decision.outcome, decision.why) == (world.lead, "stays", "It is an office's.")
    assert "It is an office" in sign_in(world.nurse).get(page).content.decode()


def test_a_finding_that_names_no_agency_is_about_those_asked_to_put_it_right(
    world: SimpleNamespace, judged: Judged
) -> None:
    inspection = judged()
    finding(inspection, f"Ring {NUMBER}.")
    inspection.findings.update(agencies="", how={})
    assert from_inspection(inspection).findings == ()
    inspection.findings.get().improvements.create(
        inspection=inspection, number=1, words="Do it.", agency="police", post="chief_constable"
    )
    assert [each.agencies for each in from_inspection(inspection).findings] == [(("police", ""),)]
    assert [each.where for each in concerns(inspection)] == [("Finding F1",)]


@pytest.mark.parametrize("stage", ["fieldwork", "called_off"])
def test_nothing_is_decided_before_drafting_or_after_the_end(
    stage: str, world: SimpleNamespace, judged: Judged
) -> None:
    inspection = judged(stage=stage)
    finding(inspection, f"Ring {NUMBER}.")
    with pytest.raises(RefusedError, match="cannot be done while"):
        decide_disclosure(
            by=world.lead, inspection=inspection, key=concerns(inspection)[0].hit.key, outcome="stays", why="Mine."
        )


def test_an_agencys_draft_withholds_everything_while_the_list_of_names_cannot_be_looked_for(
    world: SimpleNamespace, judged: Judged
) -> None:
    inspection = judged(stage="factual_accuracy")
    finding(inspection, "All is well.")
    list_names(by=world.lead, inspection=inspection, names=NAME)
    party = inspection.parties.get(agency="police")
    assert draft_for(inspection, party).findings[0].words == "All is well."
    with override_settings(SECRET_KEY="another secret, which the list was not kept by"):
        assert draft_for(inspection, party).findings[0].words == WITHHELD


def test_everybody_who_leads_is_told_of_each_report_to_publish(world: SimpleNamespace, judged: Judged) -> None:
    for number in (1, 2, 3):
        judged(stage="signed_off", reference=f"J{number}")
    told = [(each.title, each.url) for each in items_for(world.lead) if each.title.startswith("Publish")]
    assert told == [(f"Publish the report: Ashmere, J{n}", reverse("publishing", args=[f"J{n}"])) for n in (1, 2, 3)]
    assert not [each for each in items_for(world.nurse) if each.title.startswith("Publish")]


@pytest.fixture
def demonstration(db: None, tmp_path: Path) -> Iterator[None]:
    with override_settings(DEMO=True, FILES=tmp_path / "files"):
        yield


@pytest.mark.slow
def test_from_moderation_to_signing_no_agency_reads_what_nobody_decided_on(
    demonstration: None, sign_in: SignIn
) -> None:
    cast = make_cast()
    inspection = carry_out(cast, "joined-up-1", "ashmere", "moderation", fieldwork=dt.date(2026, 9, 7))
    challenge = inspection.challenges.get()
    answered = answer_challenge(
        by=cast.lead, inspection=inspection, challenge=challenge, seen=1, answer="Of all of them."
    )
    close_challenge(by=cast.moderator, inspection=inspection, challenge=answered, seen=answered.version)

    def writes(words: str) -> None:
        part = inspection.contributions.get(agency="police")
        write_contribution(
            by=cast.lead, inspection=inspection, agency="police", seen=part.version, narrative=words, grade=part.grade
        )

    def decides(outcome: str) -> None:
        for each in concerns(inspection):
            decide_disclosure(by=cast.lead, inspection=inspection, key=each.hit.key, outcome=outcome, why="Made up.")

    writes("Officers answer on 01632 960111.")
    with pytest.raises(InTheWayError, match="Decide on a telephone number in: Police: contribution"):
        move(by=cast.lead, inspection=inspection, event="to_accuracy")
    decides("stays")
    inspection = move(by=cast.lead, inspection=inspection, event="to_accuracy")
    writes(f"Officers answer on 01632 960111. Her mother answers on {NUMBER}.")
    party = inspection.parties.get(agency="police")
    officer = sign_in(cast.contacts["ashmere", "police"])

    def reads() -> list[str]:
        page = officer.get(reverse("accuracy-draft", args=[inspection.reference, party.pk])).content.decode()
        return [page, *(_words(officer.get(reverse(f"document-draft-{kind}", args=[inspection.reference, party.pk]))
                               .content, kind) for kind in ("pdf", "docx"))]  # fmt: skip

    for words in reads():
        assert "960111" in words
        assert "960123" not in words
        assert WITHHELD in words
    with pytest.raises(InTheWayError, match="Decide on a telephone number"):
        move(by=cast.lead, inspection=inspection, event="to_signing")
    decides("left_out")
    for words in reads():
        assert "960123" not in words
        assert WITHHELD not in words
        assert LEFT_OUT in words
    assert move(by=cast.lead, inspection=inspection, event="to_signing").stage == "signing"


def _words(content: bytes, kind: str) -> str:
    import io

    import docx
    import pypdfium2

    if kind == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in file.paragraphs), *cells])
