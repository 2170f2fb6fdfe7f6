"""Evidence is gathered once, kept in every wording, narrowed, counted, and written only by the team while it may be."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError, StaleError
from joinedup.service.audit.models import Entry
from joinedup.service.inspections.actions.children import choose_child
from joinedup.service.inspections.actions.evidence import (
    Piece,
    add_evidence,
    add_notes,
    change_evidence,
    restore_evidence,
    withdraw_evidence,
)
from joinedup.service.inspections.coverage import coverage_of
from joinedup.service.inspections.evidence_download import plain
from joinedup.service.inspections.looking_over import DisclosureError
from joinedup.service.inspections.models import Evidence, Inspection
from joinedup.service.inspections.stages import OPEN_AT, STAGES

SignIn = Callable[[Person], Client]
Judged = Callable[..., Inspection]


def said(inspection: Inspection, **given: Any) -> Piece:
    """A piece that may be added, but for what is given."""
    first = inspection.rules.criteria[0].key
    return Piece(**{"words": "Seen.", "source": "interview", "criterion": first, "agencies": ("police",), **given})


def typed(inspection: Inspection, **given: Any) -> dict[str, Any]:
    """What the short form sends."""
    return {
        "words": "The plan was clear.", "source": "interview", "criterion": inspection.rules.criteria[1].key,
        "agencies": ["police", "local_authority"], "tendency": "praise", "child": "",
        "seen_on": timezone.localdate().isoformat(), "sent": "one form", **given,
    }  # fmt: skip


@pytest.fixture
def fieldwork(judged: Judged) -> Inspection:
    return judged(stage="fieldwork")


def test_a_piece_of_evidence_has_the_next_number_and_says_who_added_it(
    fieldwork: Inspection, world: SimpleNamespace
) -> None:
    first = add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork))
    second = add_evidence(by=world.peer, inspection=fieldwork, piece=said(fieldwork))
    assert (first.label, second.label) == ("E1", "E2")
    assert (first.organisation, first.by, first.seen_on) == (world.cqc, world.nurse, timezone.localdate())


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"words": "  "}, "words"),
        ({"source": "rumour"}, "source"),
        ({"criterion": "none"}, "criterion"),
        ({"agencies": ()}, "agencies"),
        ({"agencies": ("police", "nobody")}, "agencies"),
        ({"seen_on": dt.date(2100, 1, 1)}, "seen_on"),
        ({"tendency": "both"}, "tendency"),
    ],
)
def test_what_makes_no_evidence_is_refused_by_its_field(
    fieldwork: Inspection, world: SimpleNamespace, wrong: dict[str, Any], where: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork, **wrong))
    assert where in refused.value.message_dict
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("stage", STAGES)
def test_evidence_is_written_only_at_the_stages_of_the_table(
    judged: Judged, world: SimpleNamespace, stage: str
) -> None:
    inspection = judged(stage=stage)
    if stage in OPEN_AT[add_evidence.permission]:  # type: ignore[attr-defined]
        assert add_evidence(by=world.nurse, inspection=inspection, piece=said(inspection)).number == 1
    else:
        with pytest.raises(RefusedError):
            add_evidence(by=world.nurse, inspection=inspection, piece=said(inspection))


@pytest.mark.parametrize("name", ["moderator", "contact", "director", "manager", "outsider", "stranger", "auditor"])
def test_nobody_but_the_team_writes_evidence(fieldwork: Inspection, world: SimpleNamespace, name: str) -> None:
    with pytest.raises(PermissionDenied):
        add_evidence(by=getattr(world, name), inspection=fieldwork, piece=said(fieldwork))


def test_the_same_form_sent_twice_adds_once(fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.nurse)
    for _ in range(2):
        assert client.post("/inspections/J1/evidence/add", typed(fieldwork)).status_code == 302
    assert fieldwork.evidence.count() == 1


def test_several_notes_are_added_all_or_none(fieldwork: Inspection, world: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        add_notes(by=world.nurse, inspection=fieldwork, pieces=[said(fieldwork), said(fieldwork, words="")])
    assert not Evidence.objects.exists()
    assert not Entry.objects.exists()


def test_words_that_could_identify_a_child_need_a_confirmation_of_just_that(
    fieldwork: Inspection, world: SimpleNamespace
) -> None:
    with pytest.raises(DisclosureError) as found:
        add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork, words="Ring 020 7946 0958"))
    agreed = found.value.confirmation
    piece = said(fieldwork, words="Ring 020 7946 0958 or a@b.org")
    with pytest.raises(DisclosureError):
        add_evidence(by=world.nurse, inspection=fieldwork, piece=piece, confirmed=agreed)
    piece = said(fieldwork, words="Ring 020 7946 0958")
    add_evidence(by=world.nurse, inspection=fieldwork, piece=piece, confirmed=agreed)
    assert Entry.objects.filter(after={"confirmed": ["telephone"]}, person=world.nurse).exists()


def test_the_form_asks_for_the_confirmation_and_keeps_what_was_typed(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.nurse)
    sent = typed(fieldwork, words="Write to a@b.org about it")
    shown = client.post("/inspections/J1/evidence/add", sent)
    assert shown.status_code == 422
    page = shown.content.decode()
    assert "Write to a@b.org about it" in page
    assert "this identifies no child" in page
    value = page.split('name="confirmed"')[1].split('value="')[1].split('"')[0]
    assert client.post("/inspections/J1/evidence/add", {**sent, "confirmed": value}).status_code == 302


def changed(inspection: Inspection, by: Person, evidence: Evidence, words: str, seen: int, why: str = "") -> Evidence:
    return change_evidence(
        by=by, inspection=inspection, evidence=evidence, seen=seen, piece=said(inspection, words=words), why=why
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four, otherwise."]), max_size=8))
def test_no_wording_is_ever_lost(judged: Judged, world: SimpleNamespace, words: list[str]) -> None:
    inspection = Inspection.objects.filter(reference="J1").first() or judged(stage="fieldwork")
    first = f"First, {inspection.evidence.count()}."
    evidence = add_evidence(by=world.nurse, inspection=inspection, piece=said(inspection, words=first))
    stood = [first]
    for each in words:
        changed(inspection, world.peer, evidence, each, evidence.version)
        if each != stood[-1]:
            stood.append(each)
    evidence.refresh_from_db()
    kept = list(evidence.revisions.order_by("version").values_list("words", flat=True))
    assert [*kept, evidence.words] == stood
    assert evidence.version == len(stood)


def test_who_saves_over_what_they_have_not_seen_is_shown_both(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    evidence = add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork))
    changed(fieldwork, world.peer, evidence, "Theirs, saved meanwhile.", 1)
    with pytest.raises(StaleError):
        changed(fieldwork, world.nurse, Evidence.objects.get(pk=evidence.pk), "Mine.", 1)
    client = sign_in(world.nurse)
    mine = {**typed(fieldwork, words="Mine, typed long."), "seen": "1", "why": "", "agencies": ["health"]}
    shown = client.post("/inspections/J1/evidence/1/change", mine)
    page = shown.content.decode()
    assert shown.status_code == 409
    assert "Mine, typed long." in page
    assert "Theirs, saved meanwhile." in page
    assert 'value="health" ' in page
    assert client.post("/inspections/J1/evidence/1/change", {**mine, "seen": "2"}).status_code == 302
    page = client.get("/inspections/J1/evidence/1").content.decode()
    assert "Theirs, saved meanwhile." in page.replace("</span>", "").replace("<del>", "")
    assert "Agencies: was Police" in page


def test_a_piece_is_withdrawn_for_a_reason_stays_and_can_come_back(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    evidence = add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork))
    with pytest.raises(ValidationError):
        withdraw_evidence(by=world.nurse, inspection=fieldwork, evidence=evidence, seen=1, why=" ")
    withdraw_evidence(by=world.nurse, inspection=fieldwork, evidence=evidence, seen=1, why="Another area")
    client = sign_in(world.moderator)
    assert "Another area" in client.get("/inspections/J1/evidence/1").content.decode()
    assert "<strong>0</strong>" in client.get("/inspections/J1/evidence").content.decode()
    assert "<strong>1</strong>" in client.get("/inspections/J1/evidence?withdrawn=only").content.decode()
    assert not any(row.every.pieces for row in coverage_of(fieldwork).rows)
    with pytest.raises(RefusedError):
        changed(fieldwork, world.nurse, evidence, "New", 2)
    restore_evidence(by=world.nurse, inspection=fieldwork, evidence=evidence, seen=2)
    assert Evidence.objects.get(pk=evidence.pk).withdrawn == ""
    assert evidence.revisions.count() == 2


def test_a_child_of_another_inspection_cannot_be_named(
    fieldwork: Inspection, judged: Judged, world: SimpleNamespace
) -> None:
    other = judged(stage="fieldwork", reference="J2")
    child = choose_child(by=world.lead, inspection=other, kind="tracked", agencies=["police"])
    with pytest.raises(ValidationError):
        add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork, child=child))
    evidence = add_evidence(by=world.nurse, inspection=other, piece=said(other, child=child))
    with pytest.raises(RefusedError):
        changed(fieldwork, world.nurse, evidence, "Moved", 1)


def test_the_form_begins_with_what_the_person_used_last(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.nurse)
    before = client.get("/inspections/J1/evidence/add").content.decode()
    assert '<option value="interview" selected>' not in before
    assert f'value="{timezone.localdate().isoformat()}"' in before
    answer = client.post("/inspections/J1/evidence/add", typed(fieldwork, another="1"))
    assert answer.headers["Location"] == "/inspections/J1/evidence/add"
    after = client.get("/inspections/J1/evidence/add").content.decode()
    assert '<option value="interview" selected>' in after
    assert f'<option value="{fieldwork.rules.criteria[1].key}" selected>' in after


@pytest.fixture
def base(fieldwork: Inspection, world: SimpleNamespace) -> Inspection:
    """A base with a piece for each kind of source, turn by turn about police and health, praise and concern."""
    child = choose_child(by=world.lead, inspection=fieldwork, kind="tracked", agencies=["police"])
    for number, source in enumerate(EVIDENCE_SOURCES):
        piece = said(
            fieldwork, words=f"Note {number} about Ünder 100%_done", source=source,
            agencies=("police",) if number % 2 else ("health", "local_authority"),
            tendency="praise" if number % 3 else "concern", child=child if number == 4 else None,
            criterion=fieldwork.rules.criteria[number % 2].key, seen_on=dt.date(2026, 5, 1 + number),
        )  # fmt: skip
        add_evidence(by=world.nurse if number < 3 else world.inspector, inspection=fieldwork, piece=piece)
    return fieldwork


NARROWED = (
    ("", "7654321"),
    ("agency=police", "642"),
    ("agency=police&tendency=praise", "62"),
    ("source=data", "6"),
    ("child=C1", "5"),
    ("since=2026-05-06", "76"),
    ("since=2026-05-02&until=2026-05-03", "32"),
    ("q=note+3", "4"),
    ("q=100%25_d", "7654321"),
    ("q=nothing", ""),
    ("by={nurse}", "321"),
    ("inspectorate={ofsted}", "7654"),
    ("criterion={first}", "7531"),
    ("source=rumour&since=yesterday", "7654321"),
    ("below=3", "21"),
    ("above=5", "76"),
    ("below=x", "7654321"),
    ("above=99999999999999999999", ""),
    (f"below={'9' * 5_000}", "7654321"),
)
"""What an address asks for, and the numbers of the pieces that it shows, newest first."""


def test_the_address_narrows_the_list(base: Inspection, world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.moderator)
    given = {"nurse": world.nurse.pk, "ofsted": world.ofsted.pk, "first": base.rules.criteria[0].key}
    shown = {asked: shown_by(client, f"/inspections/J1/evidence?{asked.format(**given)}") for asked, _ in NARROWED}
    assert shown == {asked: [int(number) for number in numbers] for asked, numbers in NARROWED}


def shown_by(client: Client, address: str) -> list[int]:
    """The numbers of the pieces that a page of the list shows."""
    answer = client.get(address)
    assert answer.status_code == 200
    return [int(part.split("<")[0]) for part in answer.content.decode().split(">E")[1:] if part[0].isdigit()]


def test_the_list_is_downloaded_as_it_is_narrowed(base: Inspection, world: SimpleNamespace, sign_in: SignIn) -> None:
    answer = sign_in(world.moderator).get("/inspections/J1/evidence/download?agency=police")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["evidence"] for row in rows] == ["E2", "E4", "E6"]
    assert rows[0]["agencies"] == "Police"
    assert rows[0]["added_by"] == "Nora Nurse"


@given(st.text())
def test_no_cell_of_the_download_begins_a_formula_and_none_loses_a_letter(value: str) -> None:
    assert plain(value)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert plain(value).endswith(value)


def test_every_page_can_be_reached_from_the_one_before(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    pieces = [said(fieldwork, words=f"Note {number}") for number in range(130)]
    add_notes(by=world.nurse, inspection=fieldwork, pieces=pieces)
    client = sign_in(world.nurse)

    first, second = shown_by(client, "/inspections/J1/evidence"), shown_by(client, "/inspections/J1/evidence?below=81")
    third = shown_by(client, "/inspections/J1/evidence?below=31")
    assert first + second + third == list(range(130, 0, -1))
    assert shown_by(client, "/inspections/J1/evidence?above=30") == second
    assert "below=81" in client.get("/inspections/J1/evidence").content.decode()
    assert "above=80" in client.get("/inspections/J1/evidence?below=81").content.decode()


PAGES = ("", "/evidence", "/evidence?agency=police&q=Note", "/coverage", "/evidence/add", "/evidence/1", "/children")
"""The overview first, which tells how much there is."""
SAVE = "save a piece"


def test_the_queries_of_a_page_and_of_saving_do_not_grow_with_the_evidence(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    """The lead asks, who sees most: what can happen next and what is in its way, too."""
    client = sign_in(world.lead)
    client.get("/inspections/J1")  # the first page of a session writes it
    asked: list[dict[str, int]] = []
    for count in (3, 57):
        child = choose_child(by=world.lead, inspection=fieldwork, kind="sampled", agencies=["police", "health"])
        pieces = [
            said(fieldwork, words=f"Note {number}", source=list(EVIDENCE_SOURCES)[number % 7], child=child)
            for number in range(count)
        ]
        add_notes(by=world.nurse, inspection=fieldwork, pieces=pieces)
        for number in range(count // 10 + 1):
            first = fieldwork.evidence.get(number=1)
            changed(fieldwork, world.nurse, first, f"Now {count} {number}", first.version)
        asked.append({page: queries_of(client, f"/inspections/J1{page}") for page in PAGES})
        with CaptureQueriesContext(connection) as queries:
            sent = typed(fieldwork, child=child.reference, sent=f"form {count}")
            answer = client.post("/inspections/J1/evidence/add", sent)
        assert answer.status_code == 302
        client.get(answer.headers["Location"])  # where it is said that the piece was added
        asked[-1][SAVE] = len(queries)
    assert asked[0] == asked[1]
    assert max(number for page, number in asked[0].items() if page not in ("", SAVE)) < 20
    assert max(asked[0].values()) < 40


def queries_of(client: Client, address: str) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("framework", ["joined-up-1", "ilacs-2026", "jtai-2022", "multi-agency-2012"])
def test_coverage_counts_what_a_plain_count_over_every_piece_counts(
    judged: Judged, world: SimpleNamespace, framework: str
) -> None:
    inspection = judged(framework, "fieldwork", agencies=("local_authority",))
    keys = [each.key for each in inspection.rules.agencies]
    sources = list(EVIDENCE_SOURCES)
    pieces = [
        said(
            inspection, source=sources[number % 5 % 3], criterion=inspection.rules.criteria[number % 4].key,
            agencies=tuple(dict.fromkeys([keys[number % len(keys)], keys[0] if number % 2 else keys[-1]])),
        )
        for number in range(23)
    ]  # fmt: skip
    add_notes(by=world.nurse, inspection=inspection, pieces=pieces)
    found = coverage_of(inspection)
    for row in found.rows:
        mine = [piece for piece in pieces if piece.criterion == row.criterion.key]
        assert (row.every.pieces, row.every.kinds) == (len(mine), len({piece.source for piece in mine}))
        for (agency, _), cell in zip(found.agencies, row.by_agency, strict=True):
            about = [piece for piece in mine if agency in piece.agencies]
            kinds = {piece.source for piece in about}
            assert (cell.pieces, cell.kinds) == (len(about), len(kinds))
            short = len(about) < found.need.pieces or len(kinds) < found.need.kinds
            assert bool(cell.thin) == short


def test_coverage_is_one_query_and_each_cell_leads_to_what_it_counts(
    base: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    with CaptureQueriesContext(connection) as queries:
        coverage_of(base)
    assert sum("GROUP BY" in each["sql"] for each in queries) == 1
    client = sign_in(world.nurse)
    first = base.rules.criteria[0].key
    page = client.get("/inspections/J1/coverage").content.decode()
    assert f"/inspections/J1/evidence?criterion={first}&amp;agency=health" in page
    listed = client.get(f"/inspections/J1/evidence?criterion={first}&agency=health").content.decode()
    assert "<strong>4</strong> pieces" in listed
    assert "None yet" in page


def test_pasted_notes_are_shown_before_anything_is_saved_then_saved_together_once(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.nurse)
    first = fieldwork.rules.criteria[0].key
    text = f"+ [{first}; interview; police] Officers came at once.\n\nThe file was thin.\n\n[sic] Left as it is."
    sent = {"text": text, "seen_on": "2026-05-04", "source": "document", "criterion": "", "agencies": ["health"]}
    shown = client.post("/inspections/J1/evidence/notes", sent)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "“sic” in note 3" in page
    assert not Evidence.objects.exists()
    forms = shown.context["notes"]
    confirm = {"sent": "the mark of the preview", "many": "3"}
    for form in forms:
        for field in form.visible_fields():
            if field.value() not in (None, False):
                confirm[field.html_name] = field.value()
    wrong = client.post("/inspections/J1/evidence/notes", confirm)
    assert wrong.status_code == 422  # two notes have no criterion yet
    assert "Note 2: Choose the criterion" in wrong.content.decode()
    assert not Evidence.objects.exists()
    confirm |= {"2-criterion": first, "3-leave": "on"}
    for _ in range(2):
        assert client.post("/inspections/J1/evidence/notes", confirm).status_code == 302
    kept = list(fieldwork.evidence.order_by("number").values_list("words", "source", "agencies", "tendency"))
    assert kept == [
        ("Officers came at once.", "interview", ("police",), "praise"),
        ("The file was thin.", "document", ("health",), "neutral"),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "note\n\n" * 41])
def test_no_notes_and_too_many_are_told_and_kept(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn, text: str
) -> None:
    shown = sign_in(world.nurse).post("/inspections/J1/evidence/notes", {"text": text, "seen_on": "2026-05-04"})
    assert shown.status_code == 422
    assert text.strip() in shown.content.decode().replace("\r", "")


def test_a_file_is_kept_by_its_hash_and_given_to_those_who_may_see_evidence(
    fieldwork: Inspection, world: SimpleNamespace, sign_in: SignIn
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    add_evidence(by=world.nurse, inspection=fieldwork, piece=said(fieldwork))
    client = sign_in(world.nurse)
    for _ in range(2):
        upload = SimpleUploadedFile("plan.txt", b"what the plan says")
        assert client.post("/inspections/J1/evidence/1/attach", {"file": upload}).status_code == 302
    kept = fieldwork.attachments.get()
    address = f"/inspections/J1/evidence/1/files/{kept.pk}"
    assert sign_in(world.moderator).get(address).getvalue() == b"what the plan says"
    assert sign_in(world.contact).get(address).status_code == 403
    assert sign_in(world.stranger).get(address).status_code == 404
    assert client.get(f"/inspections/J1/evidence/1/files/{kept.pk + 1}").status_code == 404
    refused = client.post("/inspections/J1/evidence/1/attach", {"file": SimpleUploadedFile("x.exe", b"MZ\x00\x01")})
    assert refused.status_code == 422
    assert "Has files." in client.get("/inspections/J1/evidence").content.decode()
