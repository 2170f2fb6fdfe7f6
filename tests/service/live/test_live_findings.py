"""Findings rest on evidence and say how each agency contributed; a concern asks for something or says why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joinedup.areas import answers_to, posts
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.actions import findings
from joinedup.service.inspections.models import Evidence, Finding, Inspection

Make = Callable[..., Inspection]
Piece = Callable[..., Evidence]
SignIn = Callable[..., Client]

PAGES = (
    "findings",
    "contributions",
    "judgements",
    "meeting",
    "sufficiency",
    "moderation",
    "accuracy",
    "signing",
    "finding-new",
    "no-good-practice",
)


@pytest.mark.parametrize("framework", ["joined-up-1", "jtai-2022", "ilacs-2026", "multi-agency-2012"])
def test_every_page_opens_on_an_inspection_that_holds_nothing(
    judged: Make, sign_in: SignIn, world: SimpleNamespace, framework: str
) -> None:
    inspection = judged(framework)
    client = sign_in(world.lead)
    answers = {name: client.get(reverse(name, args=[inspection.reference])).status_code for name in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)


HOW = {"local_authority": "It answers late.", "police": ""}


def test_a_finding_keeps_how_each_agency_contributed_and_falls_to_its_criterions_judgement(
    judged: Make, piece: Piece, world: SimpleNamespace
) -> None:
    inspection = judged()
    seen = piece(inspection, "interview", "help")
    made = findings.write_finding(
        by=world.peer,
        inspection=inspection,
        tendency="concern",
        criterion="help",
        words="Families wait.",
        how=HOW,
        evidence=[seen],
    )
    assert (made.number, made.judgement, made.how, list(made.evidence.all())) == (1, "help_and_protection", HOW, [seen])
    second = findings.write_finding(
        by=world.peer,
        inspection=inspection,
        tendency="praise",
        criterion="help",
        words="Some are seen at once.",
        how={},
        evidence=[],
        example=True,
    )
    assert second.number == 2


def concern(world: SimpleNamespace, inspection: Inspection, **more: Any) -> Finding:
    given: dict[str, Any] = {"tendency": "concern", "criterion": "help", "words": "Families wait.", **more}
    return findings.write_finding(by=world.inspector, inspection=inspection, **{"how": {}, "evidence": [], **given})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"criterion": "nothing"}, "criterion"),
        ({"judgement": "nothing"}, "judgement"),
        ({"how": {"health": "Not in scope here."}}, "agencies"),
        ({"example": True}, "example"),
        ({"words": ""}, "words"),
        ({"tendency": "neutral"}, "tendency"),
    ],
)
def test_a_finding_that_does_not_fit_is_refused_with_the_field_named(
    judged: Make, world: SimpleNamespace, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        concern(world, judged(), **given)
    assert field in refused.value.message_dict


def test_evidence_of_another_inspection_can_never_be_used(judged: Make, piece: Piece, world: SimpleNamespace) -> None:
    here, there = judged(), judged(reference="J2")
    with pytest.raises(PermissionDenied):
        concern(world, here, evidence=[piece(there, "data", "help")])


def test_an_improvement_keeps_whom_its_post_answers_to_directly(judged: Make, world: SimpleNamespace) -> None:
    inspection = judged()
    found = concern(world, inspection)
    post = posts("police", inspection.area, inspection.fieldwork_start)[0]
    asked = findings.ask_improvement(
        by=world.inspector, inspection=inspection, finding=found, words="See them.", post=post.key
    )
    above = [each.key for each in answers_to(post, inspection.area, inspection.fieldwork_start)]
    assert (asked.agency, list(asked.answers_to)) == ("police", above)
    assert above
    with pytest.raises(ValidationError, match="post of the agency"):
        findings.change_improvement(
            by=world.inspector,
            inspection=inspection,
            improvement=asked,
            seen=asked.version,
            words="See them.",
            agency="local_authority",
            post=post.key,
        )


def test_dropping_a_finding_drops_what_it_asked_for_and_keeps_both_with_the_reason(
    judged: Make, world: SimpleNamespace
) -> None:
    inspection = judged()
    found = concern(world, inspection)
    findings.ask_improvement(by=world.inspector, inspection=inspection, finding=found, words="See them.")
    found = inspection.findings.get()
    with pytest.raises(ValidationError):
        findings.drop_finding(by=world.inspector, inspection=inspection, finding=found, seen=found.version, why=" ")
    findings.drop_finding(by=world.inspector, inspection=inspection, finding=found, seen=found.version, why="Not so.")
    assert inspection.findings.get().dropped == "Not so."
    assert "Not so." in inspection.improvements.get().dropped
    with pytest.raises(RefusedError, match="was dropped"):
        findings.ask_improvement(
            by=world.inspector, inspection=inspection, finding=inspection.findings.get(), words="See them."
        )


def test_a_search_adds_to_the_evidence_and_what_was_ticked_stays_without_javascript(
    judged: Make, piece: Piece, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged()
    for words in ("A school saw it.", "A nurse heard it.", "A chart shows it."):
        piece(inspection, "interview", "help", words)
    client = sign_in(world.inspector)
    address = reverse("finding-new", args=[inspection.reference])
    typed = {"seen": "0", "words": "Half a sentence", "evidence": ["1"], "search": "nurse"}
    page = client.post(address, {**typed, "find": "1"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Half a sentence" in text
    assert "A school saw it." in text
    assert "A nurse heard it." in text
    assert "A chart shows it." not in text
    assert not inspection.findings.exists()
    assert client.get(f"{address}?evidence={'9' * 30}&evidence=1").status_code == 200, "no piece has such a number"
    assert client.get(f"{address}?search=%00").status_code == 400, "PostgreSQL knows no such letter"
    assert client.post(address, {**typed, "search": "\0nurse", "find": "1"}).status_code == 200
    full = {**typed, "evidence": ["1", "2"], "tendency": "praise", "criterion": "help", "how_police": "They rang."}
    assert client.post(address, full).status_code == 302
    made = inspection.findings.get()
    assert sorted(made.evidence.values_list("number", flat=True)) == [1, 2]
    assert (list(made.agencies), made.how) == (["police"], {"police": "They rang."})


def test_what_was_typed_is_kept_beside_somebody_elses_change(
    judged: Make, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged()
    found = concern(world, inspection)
    findings.change_finding(
        by=world.nurse,
        inspection=inspection,
        finding=found,
        seen=found.version,
        tendency="concern",
        criterion="help",
        words="Families wait for weeks.",
        how={},
        evidence=[],
    )
    client = sign_in(world.inspector)
    address = reverse("finding-change", args=[inspection.reference, 1])
    typed = {"seen": "1", "tendency": "concern", "criterion": "help", "words": "Families wait for months."}
    refused = client.post(address, typed)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Families wait for weeks." in text
    assert "Families wait for months." in text
    assert 'name="seen" value="2"' in text
    assert client.post(address, {**typed, "seen": "2"}).status_code == 302
    assert inspection.findings.get().words == "Families wait for months."


@pytest.mark.parametrize("name", ["findings", "contributions", "judgements", "meeting", "sufficiency", "signing"])
def test_a_page_asks_the_database_as_often_for_sixty_findings_as_for_three(
    judged: Make, piece: Piece, world: SimpleNamespace, sign_in: SignIn, name: str
) -> None:
    inspection = judged()
    client = sign_in(world.lead)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=[inspection.reference])).status_code == 200
        return len(queries)

    def add(start: int, end: int) -> None:
        for number in range(start, end):
            made = Finding.objects.create(
                inspection=inspection,
                number=number,
                tendency="concern",
                criterion="help",
                judgement="help_and_protection",
                words="Families wait.",
                agencies="|police|",
                by=world.lead,
                at=dt.datetime(2026, 5, 20, tzinfo=dt.UTC),
            )
            made.evidence.add(piece(inspection, "data", "help"))
            made.improvements.create(inspection=inspection, number=number, words="See them.")

    add(1, 4)
    asked()  # the first visit keeps its session
    few = asked()
    add(4, 61)
    assert asked() == few
