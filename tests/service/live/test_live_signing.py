"""From a complete draft through moderation and the agencies' check to the signatures, and nothing changes after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from joinedup.areas import posts
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError, StaleError
from joinedup.service.inspections.actions import accuracy, findings, judging, moderation, signing
from joinedup.service.inspections.actions.stages import move
from joinedup.service.inspections.content import digest_of, missing
from joinedup.service.inspections.models import Child, Evidence, Finding, Inspection
from joinedup.service.work import items_for

NOW = dt.datetime(2026, 5, 20, tzinfo=dt.UTC)
Judged = Callable[..., Inspection]
Piece = Callable[..., Evidence]
SignIn = Callable[..., Client]


def anew(inspection: Inspection) -> Inspection:
    return Inspection.objects.get(pk=inspection.pk)


def write_all(world: SimpleNamespace, inspection: Inspection, piece: Piece) -> Finding:
    """Everything that its framework asks for before moderation; the first finding is answered."""
    rules = inspection.rules
    for criterion in rules.criteria:
        piece(inspection, "interview", criterion.key)
        piece(inspection, "document", criterion.key)
    evidence = list(inspection.evidence.all()[:2])
    concern = findings.write_finding(
        by=world.inspector,
        inspection=inspection,
        tendency="concern",
        criterion=rules.criteria[0].key,
        words="Children wait too long.",
        how={"police": "Referrals come late."} if "police" in inspection.in_scope else {},
        evidence=evidence,
    )
    agency = inspection.in_scope[0]
    post = posts(agency, inspection.area, inspection.fieldwork_start)[0]
    findings.ask_improvement(
        by=world.inspector,
        inspection=inspection,
        finding=concern,
        words="See children sooner.",
        agency=agency,
        post=post.key,
        due=dt.date(2026, 12, 1),
    )
    findings.say_no_good_practice(
        by=world.lead, inspection=inspection, seen=anew(inspection).version, words="We looked in every service."
    )
    for agency in inspection.in_scope:
        judging.write_contribution(
            by=world.lead, inspection=inspection, agency=agency, seen=0, narrative="It does its part."
        )
    for judgement in rules.judgements:
        grade = rules.grades[1].key if judgement.graded and rules.grades else ""
        written = judging.write_judgement(
            by=world.lead, inspection=inspection, key=judgement.key, seen=0, narrative="It is so.", grade=grade
        )
        for person in (world.lead, world.nurse):
            judging.record_position(
                by=person, inspection=inspection, judgement=written, seen=written.version, stance="agreed"
            )
    if any(rule.kind == "children_tracked" for rule in rules.demands("standard")):
        for number in range(1, 6):
            child = Child.objects.create(inspection=inspection, reference=f"C{number}", kind="tracked")
            for criterion in rules.criteria:
                for side in ("agencies", "inspectors"):
                    child.views.create(
                        criterion=criterion.key,
                        side=side,
                        strength="mixed",
                        by=world.lead,
                        organisation=world.ofsted,
                        at=NOW,
                    )
    return concern


def to_signing(world: SimpleNamespace, inspection: Inspection) -> Inspection:
    for event in ("to_moderation", "to_accuracy", "to_signing"):
        move(by=world.lead, inspection=inspection, event=event)
    return anew(inspection)


@pytest.mark.parametrize("framework", ["joined-up-1", "jtai-2022", "ilacs-2026", "multi-agency-2012"])
def test_an_inspection_is_signed_off_once_every_inspectorate_signed_the_same_text(
    world: SimpleNamespace, judged: Judged, piece: Piece, framework: str
) -> None:
    agencies = ("local_authority",) if framework == "ilacs-2026" else ("local_authority", "police")
    inspection = judged(framework, agencies=agencies)
    with pytest.raises(RefusedError, match="cannot be done yet"):
        move(by=world.lead, inspection=inspection, event="to_moderation")
    write_all(world, inspection, piece)
    assert missing(anew(inspection)) == ()
    inspection = to_signing(world, inspection)
    digest = digest_of(inspection)
    signing.sign_off(by=world.nurse, inspection=inspection, digest=digest)
    assert anew(inspection).stage == "signing"
    with pytest.raises(RefusedError, match="has signed this text already"):
        signing.sign_off(by=world.nurse, inspection=inspection, digest=digest)
    signing.sign_off(by=world.lead, inspection=inspection, digest=digest)
    done = anew(inspection)
    assert done.stage == "signed_off"
    assert done.signed_off_at is not None
    assert digest_of(done) == digest


def test_a_change_after_a_signature_makes_it_count_no_longer(
    world: SimpleNamespace, judged: Judged, piece: Piece, sign_in: SignIn
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    inspection = to_signing(world, inspection)
    before = digest_of(inspection)
    signing.sign_off(by=world.nurse, inspection=inspection, digest=before)
    assert not [item for item in items_for(world.nurse) if item.title.startswith("Sign")]
    move(by=world.lead, inspection=inspection, event="reopen", note="A word is wrong.")
    part = inspection.contributions.get(agency="police")
    judging.write_contribution(
        by=world.lead,
        inspection=inspection,
        agency="police",
        seen=part.version,
        narrative="It does more than its part.",
    )
    inspection = to_signing(world, inspection)
    now = digest_of(inspection)
    assert now != before
    with pytest.raises(RefusedError, match="not the one that you read"):
        signing.sign_off(by=world.lead, inspection=inspection, digest=before)
    signing.sign_off(by=world.lead, inspection=inspection, digest=now)
    assert anew(inspection).stage == "signing"
    page = sign_in(world.lead).get(reverse("signing", args=[inspection.reference])).content.decode()
    assert "does not count, something changed since" in page
    again = [item for item in items_for(world.nurse) if item.title.startswith("Sign")]
    assert [item.why for item in again] == ["The text changed after your inspectorate signed it."]
    signing.sign_off(by=world.nurse, inspection=inspection, digest=now)
    assert anew(inspection).stage == "signed_off"


def test_whoever_signs_a_text_that_changed_meanwhile_is_shown_the_new_one_to_read_and_sign(
    world: SimpleNamespace, judged: Judged, piece: Piece, sign_in: SignIn
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    inspection = to_signing(world, inspection)
    client, address = sign_in(world.lead), reverse("sign", args=[inspection.reference])
    refused = client.post(address, {"digest": "0" * 64, "read": "on"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "not the one that you read" in page
    assert f'name="digest" value="{digest_of(inspection)}"' in page
    assert "checked" not in page, "that it was read is said anew"
    assert client.post(address, {"digest": digest_of(inspection), "read": "on"}).status_code == 302


def test_nothing_changes_once_it_is_signed_off(world: SimpleNamespace, judged: Judged, piece: Piece) -> None:
    inspection = judged(stage="signed_off", inspectorates=("ofsted",))
    for act in (
        lambda: findings.write_finding(
            by=world.lead,
            inspection=inspection,
            tendency="praise",
            criterion="help",
            words="Late.",
            how={},
            evidence=[],
        ),
        lambda: judging.write_judgement(by=world.lead, inspection=inspection, key="overall", seen=0, narrative="Late."),
        lambda: judging.write_contribution(
            by=world.lead, inspection=inspection, agency="police", seen=0, narrative="Late."
        ),
        lambda: signing.sign_off(by=world.lead, inspection=inspection, digest=digest_of(inspection)),
    ):
        with pytest.raises(RefusedError, match="at the stage signed off"):
            act()


def test_only_members_of_an_inspectorate_that_takes_part_sign_or_take_a_position(
    world: SimpleNamespace, judged: Judged, piece: Piece
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    judgement = inspection.judgements.get(key="leadership")
    for outsider in (world.peer, world.moderator, world.contact, world.outsider, world.manager):
        with pytest.raises(PermissionDenied):
            judging.record_position(
                by=outsider, inspection=inspection, judgement=judgement, seen=judgement.version, stance="agreed"
            )
    inspection = to_signing(world, inspection)
    for outsider in (world.peer, world.moderator, world.contact, world.outsider, world.manager):
        with pytest.raises(PermissionDenied):
            signing.sign_off(by=outsider, inspection=inspection, digest=digest_of(inspection))


def test_a_position_on_an_earlier_text_does_not_count(world: SimpleNamespace, judged: Judged, piece: Piece) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    it = inspection.judgements.get(key="leadership")
    changed = judging.write_judgement(
        by=world.lead, inspection=inspection, key="leadership", seen=it.version, narrative="It is otherwise."
    )
    assert [problem.thing for problem in missing(anew(inspection))] == ["judgement leadership"] * 2
    with pytest.raises(StaleError):
        judging.record_position(
            by=world.nurse, inspection=inspection, judgement=changed, seen=it.version, stance="agreed"
        )


def test_moderation_goes_on_until_every_challenge_is_closed(
    world: SimpleNamespace, judged: Judged, piece: Piece
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    move(by=world.lead, inspection=inspection, event="to_moderation")
    first = moderation.challenge(by=world.moderator, inspection=inspection, about="finding 1", words="How long?")
    with pytest.raises(RefusedError, match="Challenge 1 is not answered"):
        move(by=world.lead, inspection=inspection, event="to_accuracy")
    with pytest.raises(RefusedError, match="not answered yet"):
        moderation.close_challenge(by=world.moderator, inspection=inspection, challenge=first, seen=first.version)
    with pytest.raises(PermissionDenied):
        moderation.answer_challenge(by=world.moderator, inspection=inspection, challenge=first, seen=1, answer="Long.")
    first = moderation.answer_challenge(by=world.nurse, inspection=inspection, challenge=first, seen=1, answer="Long.")
    second = moderation.challenge_again(
        by=world.moderator, inspection=inspection, challenge=first, seen=first.version, words="How many weeks?"
    )
    assert (second.number, second.about, second.answer) == (2, "finding 1", "")
    second = moderation.answer_challenge(by=world.lead, inspection=inspection, challenge=second, seen=1, answer="Nine.")
    moderation.close_challenge(by=world.moderator, inspection=inspection, challenge=second, seen=second.version)
    move(by=world.lead, inspection=inspection, event="to_accuracy")
    assert anew(inspection).stage == "factual_accuracy"


def test_an_agency_sees_its_own_draft_and_nothing_of_anybody_else(
    world: SimpleNamespace, judged: Judged, piece: Piece, sign_in: SignIn
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    council, police = inspection.parties.get(agency="local_authority"), inspection.parties.get(agency="police")
    officer = sign_in(world.officer)
    own = reverse("accuracy-draft", args=[inspection.reference, police.pk])
    assert officer.get(own).status_code == 404, "before the round begins there is nothing to see"
    for event in ("to_moderation", "to_accuracy"):
        move(by=world.lead, inspection=inspection, event=event)
    page = officer.get(own).content.decode()
    assert "Referrals come late." in page
    assert "See children sooner." not in page, "that is asked of the council"
    assert "Something was seen." not in page, "that is evidence"
    other = reverse("accuracy-draft", args=[inspection.reference, council.pk])
    assert officer.get(other).status_code == 404
    assert officer.get(reverse("accuracy-point", args=[inspection.reference, council.pk])).status_code == 404
    for name in ("findings", "judgements", "meeting", "signing"):
        assert officer.get(reverse(name, args=[inspection.reference])).status_code == 403
    with pytest.raises(PermissionDenied):
        accuracy.make_point(
            by=world.officer, inspection=inspection, party=council, about="contribution local_authority", words="No."
        )
    listed = officer.get(reverse("accuracy", args=[inspection.reference])).content.decode()
    assert "Ashmere Police" in listed
    assert "Ashmere Council" not in listed


def test_every_point_of_an_agency_is_answered_before_signing(
    world: SimpleNamespace, judged: Judged, piece: Piece, sign_in: SignIn
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    for event in ("to_moderation", "to_accuracy"):
        move(by=world.lead, inspection=inspection, event=event)
    police = inspection.parties.get(agency="police")
    point = accuracy.make_point(
        by=world.officer, inspection=inspection, party=police, about="finding 1", words="Since March they do not."
    )
    assert any(item.title.startswith("Reply") for item in items_for(world.lead))
    assert any(item.title.startswith("Check the draft") for item in items_for(world.officer))
    with pytest.raises(RefusedError, match="Point 1 of Ashmere Police is not answered"):
        move(by=world.lead, inspection=inspection, event="to_signing")
    client = sign_in(world.nurse)
    address = reverse("accuracy-reply", args=[inspection.reference, police.pk, point.number])
    assert client.post(address, {"seen": "1", "outcome": "accepted"}).status_code == 422
    assert client.post(address, {"seen": "1", "outcome": "accepted", "reply": "So it is."}).status_code == 302
    page = client.get(reverse("accuracy-draft", args=[inspection.reference, police.pk])).content.decode()
    assert "Put it right: Finding 1" in page
    move(by=world.lead, inspection=inspection, event="to_signing")
    assert anew(inspection).stage == "signing"


def titles(person: Person) -> list[tuple[str, int]]:
    return [(item.title.split(":")[0], item.count) for item in items_for(person)]


def test_everybody_is_told_what_judging_needs_of_them_and_nobody_of_what_is_not_theirs(
    world: SimpleNamespace, judged: Judged, piece: Piece
) -> None:
    inspection = judged()
    write_all(world, inspection, piece)
    stand = "Say where your inspectorate stands"
    assert stand not in dict(titles(world.nurse))
    for key in ("overall", "leadership"):
        it = inspection.judgements.get(key=key)
        judging.write_judgement(by=world.lead, inspection=inspection, key=key, seen=it.version, narrative="Otherwise.")
    assert dict(titles(world.nurse))[stand] == 2
    for person in (world.peer, world.moderator, world.outsider, world.officer):
        assert stand not in dict(titles(person))
    for key in ("overall", "leadership"):
        it = inspection.judgements.get(key=key)
        for person in (world.lead, world.nurse):
            judging.record_position(by=person, inspection=inspection, judgement=it, seen=it.version, stance="agreed")
    move(by=world.lead, inspection=inspection, event="to_moderation")
    assert "Moderate" in dict(titles(world.moderator))
    moderation.challenge(by=world.moderator, inspection=inspection, about="finding 1", words="How long?")
    assert dict(titles(world.nurse))["Answer challenges"] == 1
    assert "Answer challenges" not in dict(titles(world.moderator))
    assert "Check the draft on your agency" not in dict(titles(world.officer))


@pytest.mark.parametrize("name", ["meeting", "judgements", "contributions", "signing", "sufficiency", "moderation"])
def test_a_full_inspection_shows_on_every_page(
    world: SimpleNamespace, judged: Judged, piece: Piece, sign_in: SignIn, name: str
) -> None:
    inspection = judged("multi-agency-2012")
    write_all(world, inspection, piece)
    assert sign_in(world.peer).get(reverse(name, args=[inspection.reference])).status_code == 200
