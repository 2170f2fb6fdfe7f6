"""From the last signature to the public record: one step that happens or does not, corrections, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from joinedup.analysis import accountability
from joinedup.documents.inspection import InspectionReport, published_report, to_pdf
from joinedup.frameworks import frameworks
from joinedup.reading import Report, read
from joinedup.record import Steps, open_record
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError, ValidationError
from joinedup.service.audit.chain import verify
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.fictional.cast import Cast
from joinedup.service.inspections.actions.names import list_names
from joinedup.service.inspections.actions.stages import InTheWayError, call_off
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing import bridge
from joinedup.service.publishing.actions import begin_correction, begin_publication, end_publication
from joinedup.service.publishing.filling import from_inspection
from joinedup.service.publishing.models import Publication
from joinedup.service.publishing.showing import kept_file
from joinedup.service.publishing.waiting import needs
from joinedup.service.site.records import look_again

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

RUNNABLE = [each.id for each in frameworks() if each.runnable]
FIELDWORK = dt.date(2026, 9, 7)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A demonstration's settings, with a record and a folder of files of its own."""
    with override_settings(DEMO=True, RECORD=str(tmp_path / "record"), FILES=tmp_path / "files", SHOW_FICTIONAL=True):
        look_again()
        yield tmp_path
    look_again()


@pytest.fixture
def cast(place: Path) -> Cast:
    """Everybody of the fictional world."""
    return make_cast()


@pytest.fixture
def signed(cast: Cast) -> Inspection:
    """An inspection that every inspectorate has signed."""
    return carry_out(cast, "joined-up-1", "ashmere", "signed_off", fieldwork=FIELDWORK)


def versions(inspection: Inspection) -> list[Publication]:
    return list(Publication.objects.filter(inspection=inspection))


def stage(inspection: Inspection) -> str:
    return Inspection.objects.get(pk=inspection.pk).stage


def held(place: Path) -> list[str]:
    """The hashes of the reports that the record holds."""
    rows = open_record(place / "record").ask(Steps().step("answer", "SELECT sha256 FROM reports ORDER BY sha256")).rows
    return [row["sha256"] for row in rows]


def read_back(publication: Publication, folder: Path) -> Report:
    """The published PDF as `joinedup read` reads it."""
    (folder / "back.pdf").write_bytes(kept_file(publication, "report"))
    report = read(folder / "back.pdf")
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize("framework", RUNNABLE)
def test_what_is_published_is_read_back_exactly(framework: str, cast: Cast, place: Path) -> None:
    inspection = carry_out(cast, framework, "ashmere", "published", fieldwork=FIELDWORK)
    assert inspection.stage == "published"
    (publication,) = versions(inspection)
    given, back = from_inspection(inspection, [publication]), read_back(publication, place)
    assert held(place) == [publication.sha256]
    assert back.area is not None
    assert (back.area.slug, back.start, back.end) == ("ashmere", inspection.fieldwork_start, inspection.fieldwork_end)
    assert back.published == publication.published_on
    assert back.inspectorates == _inspectorates(given)
    assert [(each.key, each.grade) for each in back.judgements] == [(each.key, each.grade) for each in given.judgements]
    asked = sorted((str(each.number), each.words) for each in given.improvements)
    assert sorted((each.number, each.text) for each in (*back.improvements, *back.priority_actions)) == asked
    assert _agencies_of(back) == _agencies_asked(given)
    assert back.fictional
    assert back.publication is not None
    assert (back.publication.reference, back.publication.version) == (inspection.reference, 1)


def _inspectorates(report: InspectionReport) -> tuple[str, ...]:
    from joinedup.areas import get_inspectorate

    return tuple(get_inspectorate(key).names_over_time[-1].short for key in (report.about.lead, *report.about.others))


def _agencies_of(report: Report) -> dict[str | None, tuple[str, ...]]:
    return {each.number: each.responsible for each in (*report.improvements, *report.priority_actions)}


def _agencies_asked(report: InspectionReport) -> dict[str | None, tuple[str, ...]]:
    from joinedup.areas import get_agency

    return {str(each.number): (get_agency(each.agency).title,) for each in report.improvements}


def test_only_the_lead_inspector_publishes_and_only_what_is_signed(signed: Inspection, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        begin_publication(by=cast.inspectors["cqc"], inspection=signed)
    early = carry_out(cast, "joined-up-1", "port-rowan", "signing", fieldwork=FIELDWORK)
    with pytest.raises(RefusedError):
        begin_publication(by=cast.lead, inspection=early)
    assert versions(signed) == versions(early) == []


def test_a_signed_report_can_be_called_off_until_it_is_on_its_way_out(signed: Inspection, cast: Cast) -> None:
    with transaction.atomic():
        off = call_off(by=cast.lead, inspection=signed, note="It rests on figures that were wrong.")
        assert (off.stage, off.signatures.exists()) == ("called_off", True)
        with pytest.raises(RefusedError):
            begin_publication(by=cast.lead, inspection=off)
        transaction.set_rollback(True)
    begun = begin_publication(by=cast.lead, inspection=signed)
    with pytest.raises(InTheWayError, match="being published"):
        call_off(by=cast.lead, inspection=signed, note="Too late.")
    bridge.complete(begun)
    with pytest.raises(RefusedError, match="published"):
        call_off(by=cast.lead, inspection=signed, note="Too late.")
    assert stage(signed) == "published"


class Killed(BaseException):
    """Stands for a process that ends: nothing catches it."""


@pytest.mark.parametrize("where", ["put_into_record", "end_publication", "after"])
def test_a_publication_killed_anywhere_is_completed_by_the_next_run(
    where: str, signed: Inspection, cast: Cast, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(bridge, "look_again" if where == "after" else where, die)
        with pytest.raises(Killed):
            bridge.finish(begin_publication(by=cast.lead, inspection=signed))
    (begun,) = versions(signed)
    assert begun.state == ("published" if where == "after" else "publishing")
    assert stage(signed) == ("published" if where == "after" else "signed_off")
    if where == "put_into_record":
        assert not (place / "record").exists()
    assert bridge.complete_waiting() == (0 if where == "after" else 1, [])
    assert bridge.complete_waiting() == (0, [])
    (ended,) = versions(signed)
    assert (ended.state, ended.sha256, stage(signed)) == ("published", begun.sha256, "published")
    assert held(place) == [begun.sha256]
    assert verify().faults == ()


def test_who_leads_is_asked_to_publish_what_every_inspectorate_has_signed(signed: Inspection, cast: Cast) -> None:
    (item,) = needs(cast.lead)
    assert item.title == f"Publish the report: {signed.place.name}, {signed.reference}"
    assert not list(needs(cast.moderator))


def test_a_record_that_cannot_be_written_leaves_the_publication_waiting(
    signed: Inspection, cast: Cast, place: Path
) -> None:
    (place / "record").write_text("no folder")
    waiting = bridge.finish(begin_publication(by=cast.lead, inspection=signed))
    assert (waiting.state, stage(signed)) == ("publishing", "signed_off")
    done, problems = bridge.complete_waiting()
    assert done == 0
    assert signed.reference in problems[0]
    (place / "record").unlink()
    assert bridge.complete_waiting() == (1, [])


def test_nothing_of_a_publication_is_left_where_its_step_fails(
    signed: Inspection, cast: Cast, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> bytes:
        raise Killed

    monkeypatch.setattr("joinedup.service.publishing.actions.publication.to_pdf", fail)
    with pytest.raises(Killed), transaction.atomic():
        bridge.finish(begin_publication(by=cast.lead, inspection=signed))
    assert versions(signed) == []
    assert not (place / "record").exists()


def test_two_who_complete_at_once_do_it_once(signed: Inspection, cast: Cast, place: Path) -> None:
    begun = begin_publication(by=cast.lead, inspection=signed)
    bridge.put_into_record(begun)
    first = end_publication(by=None, inspection=signed, publication=begun)
    second = end_publication(by=None, inspection=signed, publication=begun)
    assert first.version == second.version
    bridge.complete(begun)
    assert held(place) == [begun.sha256]


def corrected(cast: Cast, inspection: Inspection, seen: int = 1, **given: Any) -> Publication:
    texts = given.pop("texts", {"improvement.1.words": "Visit every child within three working days."})
    told = {"changed": "Improvement 1 said five days.", "why": "It was mistyped."} | given
    return bridge.finish(begin_correction(by=cast.lead, inspection=inspection, seen=seen, texts=texts, **told))


def test_a_correction_is_a_further_version_and_both_are_kept(cast: Cast, place: Path) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "published", fieldwork=FIELDWORK)
    second = corrected(cast, inspection)
    first, again = versions(inspection)
    assert (again.number, again.state) == (2, "published")
    assert set(held(place)) == {first.sha256, second.sha256}
    back = read_back(again, place)
    assert back.publication is not None
    assert (back.publication.version, back.publication.changed) == (2, "Improvement 1 said five days.")
    assert any(each.text == "Visit every child within three working days." for each in back.improvements)
    signed_words = inspection.improvements.get(number=1).words
    assert signed_words != "Visit every child within three working days."
    assert to_pdf(published_report(from_inspection(inspection, [first]))) == kept_file(first, "report")
    page = Client().get(reverse("inspected", args=[inspection.reference])).content.decode()
    assert "The report was corrected" in page
    assert "Improvement 1 said five days." in page
    assert "Version 1 (PDF)" in page
    assert "Version 2 (PDF)" in page
    replaced = Client().get(reverse("report", args=[first.sha256])).content.decode()
    assert "This version was corrected." in replaced
    assert reverse("report", args=[second.sha256[:12]]) in replaced
    assert "This version was corrected." not in Client().get(reverse("report", args=[second.sha256])).content.decode()


def test_the_record_names_the_post_that_the_report_names(cast: Cast, place: Path) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "published", fieldwork=FIELDWORK)
    told = accountability(open_record(place / "record"), area="ashmere", fictional=True, limit=None)
    named = {one.text: [answer.post.key for held in one.agencies for answer in held.posts] for one in told.demands}
    assert named == {each.words: [each.post] for each in inspection.improvements.filter(dropped="")}
    assert named


def test_a_correction_says_what_and_why_and_changes_something(cast: Cast, place: Path) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "published", fieldwork=FIELDWORK)
    wrongs: tuple[dict[str, Any], ...] = (
        {"changed": " "},
        {"why": ""},
        {"texts": {}},
        {"texts": {"no.such.text": "x"}},
    )
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            corrected(cast, inspection, **wrong)
    with pytest.raises(RefusedError):
        corrected(cast, inspection, seen=2)
    with pytest.raises(RefusedError, match="identify"):
        corrected(cast, inspection, texts={"improvement.1.words": "Ring 01632 960123 about the child."})
    assert len(versions(inspection)) == 1


@pytest.fixture
def client_of(cast: Cast) -> Callable[[Person], Client]:
    """A browser in which that person has signed in."""

    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


def test_a_lead_inspector_publishes_and_corrects_by_the_pages(
    signed: Inspection, cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    lead, page = client_of(cast.lead), reverse("publishing", args=[signed.reference])
    name = max(signed.findings.order_by("number")[0].words.split(), key=len).strip(".,")
    list_names(by=cast.lead, inspection=signed, names=name)
    assert "Decide on a name on the list" in lead.get(page).content.decode()
    decided = 0
    while "Decide<span" in (shown := lead.get(reverse("disclosure", args=[signed.reference])).content.decode()):
        decided += 1
        address = shown.split('href="')[next(n for n, part in enumerate(shown.split('href="')) if "?hit=" in part)]
        address = address.split('"')[0]
        assert lead.post(address, {"outcome": "stays"}).status_code == 422
        assert lead.post(address, {"outcome": "stays", "why": "Nobody is meant."}).status_code == 302
    assert decided
    assert "Publish the report" in lead.get(page).content.decode()
    assert Client().get(reverse("inspected", args=[signed.reference])).status_code == 404
    assert lead.post(reverse("publish", args=[signed.reference])).status_code == 302
    assert "Correct the published report" in lead.get(page).content.decode()
    address = reverse("publish-correct", args=[signed.reference])
    form = lead.get(address).context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if field.initial}
    sent |= {"seen": 1, "changed": "One word.", "why": "It was wrong.", "text.summary": ""}
    assert lead.post(address, sent).status_code == 422
    sent["text.improvement.1.words"] = "Do it sooner."
    assert lead.post(address, sent).status_code == 302
    assert "Version 2, " not in Client().get(reverse("inspected", args=[signed.reference])).content.decode()
    assert [each.number for each in versions(signed)] == [1, 2]


def test_a_correction_over_anothers_shows_whose_it_was_and_all_wordings_and_can_be_saved_again(
    cast: Cast, place: Path, client_of: Callable[[Person], Client]
) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "published", fieldwork=FIELDWORK)
    lead, address = client_of(cast.lead), reverse("publish-correct", args=[inspection.reference])
    form = lead.get(address).context["form"]
    mine = {name: field.initial for name, field in form.fields.items() if field.initial}
    first, second = "text.improvement.1.words", "text.improvement.2.words"
    began = mine[first]
    texts = {"improvement.1.words": "Do it by spring.", "improvement.2.words": "Do it by summer."}
    corrected(cast, inspection, texts=texts, changed="The days.", why="They were mistyped.")
    mine |= {"seen": 1, "changed": "What I changed.", "why": "Why I did.", first: "Do it by autumn."}
    stale = lead.post(address, mine)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert f"Changed by <strong>{cast.lead.name}</strong>, Ofsted, on " in page
    assert "version 2. The days. They were mistyped." in page
    rows = {row.label: (row.was, row.now, row.typed) for row in stale.context["clash"].rows}
    assert rows["Improvement 1"] == (began, "Do it by spring.", "Do it by autumn.")
    assert rows["Improvement 2"][1:] == ("Do it by summer.", None)
    assert len(versions(inspection)) == 2
    shown = stale.context["form"]
    kept = {name: shown[name].value() for name in shown.fields}
    assert (kept["seen"], kept["changed"], kept["why"]) == ("2", "What I changed.", "Why I did.")
    assert (kept[first], kept[second]) == ("Do it by autumn.", "Do it by summer."), (
        "theirs stays where nothing was typed"
    )
    assert lead.post(address, kept).status_code == 302
    third = versions(inspection)[2]
    assert third.texts == {"improvement.1.words": "Do it by autumn."}
    now = {each.number: each.words for each in from_inspection(inspection, versions(inspection)).improvements}
    assert (now[1], now[2]) == ("Do it by autumn.", "Do it by summer.")


def test_what_is_typed_for_a_correction_is_kept_while_another_version_is_being_published(
    cast: Cast, place: Path, client_of: Callable[[Person], Client]
) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "published", fieldwork=FIELDWORK)
    lead, address = client_of(cast.lead), reverse("publish-correct", args=[inspection.reference])
    form = lead.get(address).context["form"]
    mine = {name: field.initial for name, field in form.fields.items() if field.initial}
    mine |= {"seen": 1, "changed": "What I changed.", "why": "Why I did."}
    Publication.objects.update(state="publishing")
    refused = lead.post(address, mine)
    assert refused.status_code == 422
    assert "A version is being published" in refused.content.decode()
    assert "What I changed." in refused.content.decode()
    assert lead.get(address).status_code == 302
