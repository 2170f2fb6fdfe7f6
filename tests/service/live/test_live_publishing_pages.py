"""What people and the public see of documents and publication: each their own, and only once it is published."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from joinedup.analysis import outcomes, standings
from joinedup.areas import get_agency
from joinedup.frameworks import get_framework
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError, StaleError, ValidationError
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.fictional.cast import Cast
from joinedup.service.inspections.actions.stages import InTheWayError
from joinedup.service.inspections.content import digest_of
from joinedup.service.inspections.models import Inspection, Notification
from joinedup.service.publishing import bridge
from joinedup.service.publishing.actions import begin_publication, decide_disclosure, write_wording
from joinedup.service.publishing.filling import concerns, from_inspection
from joinedup.service.publishing.looked_over import LEFT_OUT
from joinedup.service.publishing.texts import texts_of, with_texts
from joinedup.service.publishing.wording import usual_method
from joinedup.service.site.records import current_record, look_again

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

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
def client_of(cast: Cast) -> Callable[[Person], Client]:
    """A browser in which that person has signed in."""

    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


def pdf_words(content: bytes) -> str:
    """The words of a PDF in the order of its text."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def docx_words(content: bytes) -> str:
    import docx

    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in file.paragraphs), *cells])


def test_an_agency_gets_its_own_draft_and_letter_and_no_others(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "factual_accuracy", fieldwork=FIELDWORK)
    own, other = inspection.parties.get(agency="police"), inspection.parties.get(agency="health")
    officer, lead = client_of(cast.contacts["ashmere", "police"]), client_of(cast.lead)
    shown = officer.get(reverse("documents", args=[inspection.reference])).content.decode()
    draft = reverse("document-draft-pdf", args=[inspection.reference, own.pk])
    assert draft in shown
    for name in ("document-draft-pdf", "document-draft-docx"):
        assert reverse(name, args=[inspection.reference, other.pk]) not in shown
        assert officer.get(reverse(name, args=[inspection.reference, other.pk])).status_code == 404
    words = pdf_words(officer.get(draft).content)
    said = inspection.contributions.get(agency="police").narrative
    assert said.split(".")[0] in words
    assert "Draft for factual accuracy – not for publication" in words
    elsewhere = get_agency("health").title
    assert elsewhere not in words
    assert said.split(".")[0] in docx_words(officer.get(draft.replace(".pdf", ".docx")).content)
    assert officer.get(reverse("document-report", args=[inspection.reference])).status_code == 403
    letters = Notification.objects.filter(party__inspection=inspection)
    mine, theirs = letters.filter(party=own)[0], letters.filter(party=other)[0]
    letter = officer.get(reverse("document-letter-pdf", args=[inspection.reference, mine.pk]))
    assert "Notice of inspection" in pdf_words(letter.content)
    assert letter["Cache-Control"] == "private, no-store"
    assert officer.get(reverse("document-letter-pdf", args=[inspection.reference, theirs.pk])).status_code == 404
    for name in ("document-report-pdf", "document-summary-pdf", "document-children-pdf"):
        answer = lead.get(reverse(name, args=[inspection.reference]))
        assert "Draft – not for publication" in pdf_words(answer.content)
    assert (
        "Draft – not for publication"
        in lead.get(reverse("document-report", args=[inspection.reference])).content.decode()
    )


def test_a_draft_can_be_looked_at_before_anything_is_written(cast: Cast, client_of: Callable[[Person], Client]) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "planned", fieldwork=FIELDWORK)
    answer = client_of(cast.lead).get(reverse("document-report-pdf", args=[inspection.reference]))
    assert "Draft – not for publication" in pdf_words(answer.content)


def test_filling_asks_as_many_queries_for_much_as_for_little(cast: Cast) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "signed_off", fieldwork=FIELDWORK)
    asked = []
    for turn in range(2):
        inspection = Inspection.objects.get(pk=inspection.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            from_inspection(inspection)
        asked.append(len(queries))
        pieces = list(inspection.evidence.all()[:20])
        for number, piece in enumerate(pieces, 9_000 + 100 * turn):
            piece.pk, piece.number = None, number
            piece.save()
        for finding in list(inspection.findings.all()):
            finding.pk, finding.number = None, finding.number + 100 * (turn + 1)
            finding.save()
    assert asked[0] == asked[1] < 20


def test_what_is_written_for_readers_is_signed_and_shown_and_then_fixed(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    inspection = carry_out(cast, "joined-up-1", "ashmere", "signing", fieldwork=FIELDWORK)
    with pytest.raises(RefusedError):
        write_wording(by=cast.lead, inspection=inspection, seen=0, summary="Too late.")
    inspection = carry_out(cast, "joined-up-1", "port-rowan", "factual_accuracy", fieldwork=FIELDWORK)
    assert from_inspection(inspection).method == usual_method(inspection)
    before = digest_of(inspection)
    lead, address = client_of(cast.lead), reverse("wording-change", args=[inspection.reference])
    sent = {"seen": 0, "summary": "Children are helped well.", "for_children": "You are helped.", "method": ""}
    assert lead.post(address, sent).status_code == 302
    assert digest_of(inspection) != before
    again = lead.post(address, {**sent, "summary": "Otherwise."})
    assert again.status_code == 409
    assert "Children are helped well." in again.content.decode()
    assert "Otherwise." in again.content.decode()
    assert f"Changed by <strong>{cast.lead.name}</strong>" in again.content.decode()
    assert lead.post(address, {**sent, "seen": 1, "summary": "Ring 01632 960123."}).status_code == 422
    with pytest.raises(StaleError):
        write_wording(by=cast.lead, inspection=inspection, seen=7, summary="x")
    with pytest.raises(ValidationError, match="Shorten"):
        write_wording(by=cast.lead, inspection=inspection, seen=1, summary="Many words stand here. " * 900)
    assert "Children are helped well." in lead.get(reverse("sign", args=[inspection.reference])).content.decode()
    assert from_inspection(inspection).summary == "Children are helped well."


def planted(cast: Cast, words: str) -> Inspection:
    """A signed inspection with such words at the end of a finding, signed as they stand."""
    inspection = carry_out(cast, "joined-up-1", "ashmere", "signed_off", fieldwork=FIELDWORK)
    finding = inspection.findings.order_by("number")[0]
    finding.words += f" {words}"
    finding.save()
    inspection.signatures.update(digest=digest_of(inspection))
    for each in concerns(inspection):
        if each.hit.rule != "telephone":
            decide(cast, inspection, each.hit.key, "stays")
    return inspection


def decide(cast: Cast, inspection: Inspection, key: str, outcome: str, why: str = "Nobody is meant.") -> None:
    decide_disclosure(by=cast.lead, inspection=inspection, key=key, outcome=outcome, why=why)


@pytest.mark.parametrize(("outcome", "printed"), [("stays", True), ("left_out", False)])
def test_nothing_is_published_before_somebody_decided_on_what_could_identify_a_child(
    outcome: str, printed: bool, cast: Cast
) -> None:
    inspection = planted(cast, "Her mother answers on 01632 960123 in the evening.")
    with pytest.raises(InTheWayError, match="Decide on a telephone number"):
        bridge.finish(begin_publication(by=cast.lead, inspection=inspection))
    (concern,) = concerns(inspection)
    with pytest.raises(ValidationError):
        decide(cast, inspection, concern.hit.key, outcome, why=" ")
    with pytest.raises(RefusedError):
        decide(cast, inspection, "no such key", outcome)
    decide(cast, inspection, concern.hit.key, outcome)
    bridge.finish(begin_publication(by=cast.lead, inspection=inspection))
    for name in ("report", "summary"):
        address = reverse("inspected-file", args=[inspection.reference, 1, name])
        words = pdf_words(Client().get(address).content)
        assert ("960123" in words) is (printed and name == "report") or name == "summary"
        if not printed:
            assert "960123" not in words
    report = Client().get(reverse("inspected-report", args=[inspection.reference])).content.decode()
    assert (LEFT_OUT in report, "960123" in report) == (not printed, printed)
    with pytest.raises(RefusedError, match="correction"):
        decide(cast, inspection, concern.hit.key, outcome)


def test_every_text_of_a_report_can_be_named_and_replaced(cast: Cast) -> None:
    inspection = carry_out(cast, "multi-agency-2012", "ashmere", "signed_off", fieldwork=FIELDWORK)
    report = from_inspection(inspection)
    texts = {each.name: f"New words {number}." for number, each in enumerate(texts_of(report))}
    assert len(texts) > 20
    assert {each.name: each.words for each in texts_of(with_texts(report, texts))} == texts


def real(cast: Cast, framework: str, area: str) -> Inspection:
    """A signed inspection, moved to an area that exists."""
    inspection = carry_out(cast, framework, "ashmere", "signed_off", fieldwork=FIELDWORK)
    Inspection.objects.filter(pk=inspection.pk).update(area=area, fictional=False)
    inspection = Inspection.objects.get(pk=inspection.pk)
    inspection.signatures.update(digest=digest_of(inspection))
    for each in concerns(inspection):
        decide(cast, inspection, each.hit.key, "stays")
    return inspection


def public(name: str, *args: Any, **asked: str) -> str:
    answer = Client().get(reverse(name, args=args), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_a_published_inspection_is_on_the_public_pages_like_any_other_report(cast: Cast) -> None:
    inspection = real(cast, "joined-up-1", "barnsley")
    assert Client().get(reverse("inspected", args=[inspection.reference])).status_code == 404
    publication = bridge.finish(begin_publication(by=cast.lead, inspection=inspection))
    assert publication.state == "published"
    improvement = inspection.improvements.order_by("number")[0]
    said = improvement.words.split(".")[0]
    address = reverse("report", args=[publication.sha256[:12]])
    assert said in public("report", publication.sha256)
    assert address in public("area", "barnsley")
    assert said in public("accountability", area="barnsley")
    assert publication.sha256[:12] in public("search", q=max(said.split(), key=len).lower())
    assert address in public("reports", area="barnsley")
    page = public("inspected", inspection.reference)
    assert said in page
    assert "made up" not in page
    assert get_agency(improvement.agency).title in page
    for name in ("inspected-report", "inspected-summary", "inspected-children"):
        assert "Barnsley" in public(name, inspection.reference)


def figures(family: str, judgement: str) -> tuple[Any, dict[str, Any]]:
    """England's figures today, and each area's latest inspection by area."""
    look_again()
    record, today = current_record(), timezone.localdate()
    counted = outcomes(record, frameworks=[family], as_at=today, judgement=judgement).to_json()
    return counted, {each.area: each for each in standings(record, as_at=today, judgement=judgement)}


@pytest.mark.parametrize("exists", [True, False])
def test_it_counts_for_england_where_its_area_exists_and_never_where_it_does_not(exists: bool, cast: Cast) -> None:
    rules = get_framework("ilacs-2026")
    judgement = next(each.key for each in rules.judgements if each.graded)
    before, before_areas = figures(rules.family, judgement)
    table = public("england-csv", judgement=judgement).splitlines()
    if exists:
        bridge.finish(begin_publication(by=cast.lead, inspection=real(cast, rules.id, "barnsley")))
    else:
        inspection = carry_out(cast, rules.id, "ashmere", "published", fieldwork=FIELDWORK)
        assert "made up" in public("inspected", inspection.reference)
        with override_settings(SHOW_FICTIONAL=False):
            for name in ("inspected", "inspected-report"):
                assert Client().get(reverse(name, args=[inspection.reference])).status_code == 404
    after, after_areas = figures(rules.family, judgement)
    changed = {area for area, each in after_areas.items() if each != before_areas.get(area)}
    new = set(public("england-csv", judgement=judgement).splitlines()) - set(table)
    if exists:
        (row,) = new
        assert changed == {"barnsley"}
        assert after_areas["barnsley"].start == FIELDWORK
        assert "Barnsley" in row
    else:
        assert (after, changed, new) == (before, set(), set())
