"""Two people change the same thing: whoever comes second is shown what it was, what it is, by whom, and their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.service.accounts.models import Person
from joinedup.service.inspections.actions import children, findings, judging
from joinedup.service.inspections.actions.evidence import Piece, add_evidence, change_evidence
from joinedup.service.inspections.models import Contribution, Evidence, Finding, Inspection, Judgement
from joinedup.service.inspections.stale import as_it_was, changes_since

SignIn = Callable[[Person], Client]
Make = Callable[..., Inspection]


@pytest.fixture
def drafting(judged: Make) -> Inspection:
    """An inspection whose team writes findings and judgements."""
    return judged()


def judgement_of(world: SimpleNamespace, inspection: Inspection, words: str, seen: int, **more: Any) -> Judgement:
    """Somebody of another inspectorate writes the first judgement."""
    key = inspection.rules.judgements[0].key
    return judging.write_judgement(by=world.nurse, inspection=inspection, key=key, seen=seen, narrative=words, **more)


def the_three(page: str, label: str) -> list[str]:
    """What the page tells of one part: as it was, as it is, and as typed."""
    part = page.partition(f">{label}</h3>")[2].partition("</dl>")[0]
    return [" ".join(each.split()) for each in re.findall(r"<dd[^>]*>(.*?)</dd>", part, re.DOTALL)]


def test_a_judgement_saved_over_is_refused_with_all_three_wordings_and_who_and_when(
    drafting: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    judgement_of(world, drafting, "As it was when Ivo began.", 0)
    judgement_of(world, drafting, "A step between.", 1)
    judgement_of(world, drafting, "As Nora left it.", 2)
    key = drafting.rules.judgements[0].key
    client, address = sign_in(world.inspector), reverse("judgement", args=[drafting.reference, key])
    mine = {"seen": "1", "narrative": "As Ivo typed it."}
    refused = client.post(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert the_three(page, "Narrative") == ["As it was when Ivo began.", "As Nora left it.", "As Ivo typed it."]
    assert "Changed by <strong>Nora Nurse</strong>, Care Quality Commission, on " in page
    assert ">As Ivo typed it.</textarea>" in page.replace("\n", "")
    assert 'form="editing"' in page
    assert "Keep theirs" in page
    assert drafting.judgements.get().narrative == "As Nora left it.", "a refusal changes nothing"
    assert client.post(address, {**mine, "seen": "3", "anyway": "1"}).status_code == 302
    assert drafting.judgements.get().narrative == "As Ivo typed it."
    assert [each.by for each in changes_since(drafting.judgements.get(), 3)] == ["Ivo Inspector"]
    assert as_it_was(drafting.judgements.get(), 3).narrative == "As Nora left it.", "theirs is kept"


def test_what_two_people_begin_at_once_where_nothing_was_is_told_as_such(
    drafting: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    judgement_of(world, drafting, "Nora was first.", 0)
    address = reverse("judgement", args=[drafting.reference, drafting.rules.judgements[0].key])
    refused = sign_in(world.inspector).post(address, {"seen": "0", "narrative": "Ivo was second."})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert the_three(page, "Narrative") == ["Nothing", "Nora was first.", "Ivo was second."]
    assert "<strong>Nora Nurse</strong>" in page


def test_a_finding_is_made_anew_as_it_was_with_its_evidence_and_each_agencys_part(
    drafting: Inspection, piece: Callable[..., Evidence], world: SimpleNamespace, sign_in: SignIn
) -> None:
    first, second = piece(drafting, "interview", "help", "One."), piece(drafting, "data", "help", "Two.")
    how = {"police": "Came late."}
    given: dict[str, Any] = {"tendency": "concern", "criterion": "help", "words": "Help comes late.", "how": how}
    found = findings.write_finding(by=world.inspector, inspection=drafting, evidence=[first], **given)
    other = {**given, "words": "Help comes very late.", "how": {"police": "Never came."}}
    seen = found.version
    findings.change_finding(
        by=world.nurse, inspection=drafting, finding=found, seen=seen, evidence=[first, second], **other
    )
    now = Finding.objects.get()
    was = as_it_was(now, seen)
    assert (was.words, was.how) == ("Help comes late.", how)
    assert [each.number for each in was.evidence.all()] == [1]
    assert [each.number for each in now.evidence.order_by("number")] == [1, 2]
    typed = {"seen": str(seen), "tendency": "concern", "criterion": "help", "words": "Mine.", "evidence": ["2"]}
    page = sign_in(world.inspector).post(reverse("finding-change", args=[drafting.reference, 1]), typed)
    assert page.status_code == 409
    text = page.content.decode()
    assert the_three(text, "What was found") == ["Help comes late.", "Help comes very late.", "Mine."]
    assert the_three(text, "Evidence that it rests on") == ["One.", "One., Two.", "Two."]
    assert "Never came." in text


def test_evidence_changed_meanwhile_shows_its_fields_by_their_titles(
    judged: Make, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged(stage="fieldwork")
    begun = Piece(words="Begun.", source="interview", criterion="help", agencies=("police",))
    theirs = Piece(words="Theirs.", source="data", criterion="help", agencies=("police",))
    it = add_evidence(by=world.inspector, inspection=inspection, piece=begun)
    change_evidence(by=world.nurse, inspection=inspection, evidence=it, seen=1, piece=theirs, why="Read again")
    client = sign_in(world.inspector)
    typed: dict[str, Any] = {
        "words": "Mine.", "source": "interview", "criterion": "help", "agencies": ["police"], "tendency": "neutral",
        "child": "", "seen_on": it.seen_on.isoformat(), "seen": "1", "why": "",
    }  # fmt: skip
    shown = client.post(f"/inspections/{inspection.reference}/evidence/1/change", typed)
    page = shown.content.decode()
    assert shown.status_code == 409
    assert the_three(page, "What was seen, read, heard or counted") == ["Begun.", "Theirs.", "Mine."]
    assert len(set(the_three(page, "Kind of source"))) == 2
    withdrawn = client.post(f"/inspections/{inspection.reference}/evidence/1/withdraw", {"seen": "1", "why": "Twice"})
    page = withdrawn.content.decode()
    assert withdrawn.status_code == 409
    assert the_three(page, "Evidence") == ["Begun.", "Theirs."]
    assert "Twice" in page
    assert 'name="seen" value="2"' in page
    restored = client.post(f"/inspections/{inspection.reference}/evidence/1/restore", {"seen": "1"})
    assert restored.status_code == 409
    assert "Theirs." in restored.content.decode()


def test_each_criterion_of_a_childs_view_is_compared_by_itself(
    judged: Make, world: SimpleNamespace, sign_in: SignIn
) -> None:
    inspection = judged(stage="fieldwork")
    child = children.choose_child(by=world.lead, inspection=inspection, kind="tracked", agencies=["police"])
    views = [children.Seen("help", "strong", "Theirs.")]
    children.record_view(by=world.nurse, inspection=inspection, child=child, views=views)
    client, address = sign_in(world.inspector), f"/inspections/{inspection.reference}/children/C1/view"
    mine = {"help-strength": "weak", "help-words": "Mine.", "practice-strength": "strong", "practice-words": "Also."}
    refused = client.post(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert 'name="help-version" value="1"' in page
    assert "Theirs." in page
    assert "Nora Nurse" in page
    assert client.post(address, {**mine, "help-version": "1"}).status_code == 302
    assert child.views.get(criterion="help").words == "Mine."


def test_a_position_on_a_text_that_moved_shows_the_text_that_moved(
    drafting: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    judgement_of(world, drafting, "First text.", 0)
    judgement_of(world, drafting, "Second text.", 1)
    address = reverse("position", args=[drafting.reference, drafting.rules.judgements[0].key])
    refused = sign_in(world.lead).post(address, {"seen": "1", "stance": "agreed", "words": ""})
    assert refused.status_code == 409
    assert the_three(refused.content.decode(), "Narrative") == ["First text.", "Second text."]


def test_a_contribution_written_meanwhile_is_not_overwritten_unseen(
    drafting: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    judging.write_contribution(by=world.nurse, inspection=drafting, agency="police", seen=0, narrative="Theirs.")
    address = reverse("contribution", args=[drafting.reference, "police"])
    refused = sign_in(world.inspector).post(address, {"seen": "0", "narrative": "Mine."})
    assert refused.status_code == 409
    assert Contribution.objects.get().narrative == "Theirs."
