"""The pages of planning, as people of each side use them: without scripts, by forms alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.areas import add_working_days, get_post
from joinedup.frameworks import get_framework
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.actions import RefusedError
from joinedup.service.audit.models import Entry
from joinedup.service.inspections import files
from joinedup.service.inspections.actions.evidence import Piece, add_evidence
from joinedup.service.inspections.actions.planning import change_scope, plan_inspection
from joinedup.service.inspections.actions.requests import Ask, make_requests, take_file
from joinedup.service.inspections.actions.team import (
    add_member,
    change_lead,
    decide_interest,
    declare_interest,
    leave_team,
)
from joinedup.service.inspections.actions.telling import notify_agencies
from joinedup.service.inspections.models import Attachment, Inspection
from joinedup.service.inspections.stages import STAGES

SignIn = Callable[[Person], Client]


def next_working_day() -> dt.date:
    return add_working_days(timezone.localdate(), 1)


def later() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def planned(world: SimpleNamespace) -> Inspection:
    """A planned inspection of Ashmere whose team is led by Lena."""
    inspection = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", first_day=next_working_day(),
        counts_from="notification",
    )  # fmt: skip
    for who, part in (
        (world.lead, Role.LEAD_INSPECTOR),
        (world.inspector, Role.INSPECTOR),
        (world.nurse, Role.INSPECTOR),
    ):
        add_member(by=world.manager, inspection=inspection, person=who, part=part.value)
    return inspection


@pytest.fixture
def notified(world: SimpleNamespace, planned: Inspection) -> Inspection:
    """The same, once the agencies were notified."""
    notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
    return Inspection.objects.get(pk=planned.pk)


def at(inspection: Inspection, rest: str = "") -> str:
    return f"/inspections/{inspection.reference}{rest}"


class TestPlanning:
    def test_the_form_asks_for_what_the_framework_has_and_plans(self, world: SimpleNamespace, sign_in: SignIn) -> None:
        client = sign_in(world.manager)
        assert b"Joint targeted" in client.get("/inspections/plan").content
        page = client.get("/inspections/plan?framework=jtai-2022").content.decode()
        assert 'name="theme"' in page
        assert 'name="no_notice"' not in page
        page = client.get("/inspections/plan?framework=multi-agency-2012").content.decode()
        assert 'name="no_notice"' in page
        assert 'name="theme"' not in page
        answer = client.post(
            "/inspections/plan?framework=joined-up-1",
            {"area": "ashmere", "visit": "standard", "counts_from": "notification",
             "first_day": next_working_day().isoformat(), "scope": "All of it"},
        )  # fmt: skip
        made = Inspection.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, at(made))
        assert made.fictional
        page = client.get(at(made)).content.decode()
        assert "No organisation stands for it yet" in page
        assert "Probation" in page

    def test_what_was_typed_is_kept_where_it_cannot_be_planned(self, world: SimpleNamespace, sign_in: SignIn) -> None:
        answer = sign_in(world.manager).post(
            "/inspections/plan?framework=joined-up-1",
            {"area": "ashmere", "visit": "standard", "counts_from": "fieldwork", "first_day": "2026-12-25",
             "scope": "Words that were typed"},
        )  # fmt: skip
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "25 December 2026 is not a working day. The next working day is 29 December 2026." in page
        assert "Words that were typed" in page
        assert not Inspection.objects.exists()

    def test_what_is_missing_or_no_day_is_said_with_the_name_of_its_field(
        self, world: SimpleNamespace, sign_in: SignIn
    ) -> None:
        """The summary stands above the form, where no field is in sight."""
        sent = {"area": "", "visit": "standard", "counts_from": "fieldwork", "first_day": "2026-02-30", "scope": ""}
        page = sign_in(world.manager).post("/inspections/plan?framework=joined-up-1", sent).content.decode()
        summary = page.partition("There is a problem")[2].partition("</ul>")[0]
        assert "“Area” needs an answer." in summary
        assert "must be a day, like 31/01/2027." in summary
        assert "This field" not in page
        assert "valid date" not in page

    @pytest.mark.parametrize("who", ["lead", "nurse", "contact", "auditor", "moderator"])
    def test_nobody_else_plans(self, world: SimpleNamespace, sign_in: SignIn, who: str) -> None:
        assert sign_in(getattr(world, who)).get("/inspections/plan?framework=joined-up-1").status_code == 403


class TestWhoSeesIt:
    def test_who_may_not_is_told_so_and_not_that_the_public_may_not(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        answer = sign_in(world.lead).get("/inspections/plan?framework=joined-up-1")
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "The roles that you hold, or your part in the inspection, do not open it." in page
        assert 'href="/work"' in page.partition("<main")[2]
        assert "not open to the public" not in page

    def test_agencies_do_not_know_of_it_before_they_are_notified(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        for person in (world.contact, world.director, world.officer):
            client = sign_in(person)
            for rest in ("", "/timetable", "/notification", "/requests", "/team"):
                assert client.get(at(planned, rest)).status_code == 404
            assert planned.reference.encode() not in client.get("/inspections").content

    def test_then_they_see_its_days_and_what_is_asked_of_them_alone(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.contact)
        for rest in ("", "/timetable", "/notification", "/requests"):
            assert client.get(at(notified, rest)).status_code == 200
        assert client.get(at(notified, "/team")).status_code == 403
        page = client.get(at(notified, "/notification")).content.decode()
        assert "Ashmere Council" in page
        assert "Ashmere Police" not in page
        assert "In the way" not in client.get(at(notified)).content.decode()

    def test_people_of_elsewhere_and_of_no_part_never_know(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        for person in (world.stranger, world.outsider, world.auditor, world.administrator):
            assert sign_in(person).get(at(notified)).status_code == 404


class TestScope:
    def test_it_is_changed_from_the_overview_and_the_audit_says_by_whom(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.manager)
        assert at(planned, "/scope") in client.get(at(planned)).content.decode()
        page = client.get(at(planned, "/scope"))
        assert 'name="theme"' not in page.content.decode(), "this framework has no themes"
        given = {"seen": planned_now(planned).version, "scope": " Help for children at home "}
        assert client.post(at(planned, "/scope"), given).status_code == 302
        assert "Help for children at home" in client.get(at(planned)).content.decode()
        entry = Entry.objects.filter(action="change_scope").get()
        assert (entry.person, entry.before, entry.after, entry.place) == (
            world.manager, {"scope": ""}, {"scope": "Help for children at home"}, planned.reference,
        )  # fmt: skip

    def test_a_change_over_somebody_elses_shows_both_and_can_be_saved_again(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        seen = planned_now(planned).version
        change_scope(by=world.manager, inspection=planned, seen=seen, scope="What the other wrote")
        client = sign_in(world.manager)
        answer = client.post(at(planned, "/scope"), {"seen": seen, "scope": "What I wrote"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "What the other wrote" in page
        assert "What I wrote" in page
        assert client.post(at(planned, "/scope"), {"seen": seen + 1, "scope": "What I wrote"}).status_code == 302
        assert planned_now(planned).scope == "What I wrote"

    def test_it_stays_as_it_is_once_fieldwork_has_started(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.manager)
        given = {"seen": notified.version, "scope": "Told and changed"}
        assert client.post(at(notified, "/scope"), given).status_code == 302
        Inspection.objects.filter(pk=notified.pk).update(stage="fieldwork")
        assert at(notified, "/scope") not in client.get(at(notified)).content.decode()
        assert "can be changed until fieldwork starts" in client.get(at(notified, "/scope")).content.decode()
        given = {"seen": planned_now(notified).version, "scope": "Too late"}
        assert client.post(at(notified, "/scope"), given).status_code == 409
        assert planned_now(notified).scope == "Told and changed"

    @pytest.mark.parametrize("who", ["lead", "nurse", "contact"])
    def test_nobody_but_who_plans_changes_it(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, who: str
    ) -> None:
        client = sign_in(getattr(world, who))
        assert client.get(at(notified, "/scope")).status_code == 403
        assert "Change the scope" not in client.get(at(notified)).content.decode()

    def test_another_theme_brings_in_the_agencies_and_inspectorates_that_it_adds_and_keeps_the_others(
        self, world: SimpleNamespace, sign_in: SignIn, organisation: Callable[..., Organisation]
    ) -> None:
        rules = get_framework("jtai-2022")
        always = {each.key for each in rules.agencies if each.scope == "always"}
        first = next(each for each in rules.themes if not each.agencies)
        other = next(each for each in rules.themes if len(each.agencies) > 1 and each.inspectorates)
        stands = organisation("Somebody of Ashmere", "agency", other.agencies[0], ("ashmere",))
        inspects = organisation("An inspectorate more", "inspectorate", other.inspectorates[0])
        inspection = plan_inspection(
            by=world.manager, framework=rules.id, area="ashmere", first_day=next_working_day(),
            counts_from="notification", theme=first.key,
        )  # fmt: skip
        assert not inspection.takes_part(inspects.pk)
        client = sign_in(world.manager)
        given = {"seen": inspection.version, "scope": "", "theme": "no such theme"}
        assert client.post(at(inspection, "/scope"), given).status_code == 422
        assert client.post(at(inspection, "/scope"), {**given, "theme": other.key}).status_code == 302
        now = planned_now(inspection)
        assert now.theme == other.key
        assert set(now.in_scope) == always | set(other.agencies)
        assert now.parties.get(agency=other.agencies[0]).organisation == stands
        assert not now.parties.filter(agency=other.agencies[1]).exists(), "a gap, which the overview shows"
        assert set(now.inspectorates) == {*inspection.inspectorates, str(inspects.pk)}
        back = {"seen": now.version, "scope": "", "theme": first.key}
        assert client.post(at(inspection, "/scope"), back).status_code == 302
        assert planned_now(inspection).in_scope == now.in_scope, "whoever is in stays"


def planned_now(inspection: Inspection) -> Inspection:
    return Inspection.objects.get(pk=inspection.pk)


class TestTeam:
    def test_somebody_is_found_added_declares_and_is_decided_on(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        manager, peer = sign_in(world.manager), sign_in(world.peer)
        page = manager.get(at(planned, "/team/add?part=sector_led&q=petra")).content.decode()
        assert "Petra Peer, Kelderby Council" in page
        answer = manager.post(
            at(planned, "/team/add?part=sector_led&q=petra"), {"person": world.peer.pk, "part": "sector_led"}
        )
        assert answer.status_code == 302
        answer = peer.post(at(planned, "/team/declare"), {"nothing": "no", "words": ""})
        assert answer.status_code == 422
        assert "Describe the interest" in answer.content.decode()
        assert peer.post(at(planned, "/team/declare"), {"nothing": "no", "words": "My sister"}).status_code == 302
        member = planned.members.get(person=world.peer)
        page = manager.get(at(planned, f"/team/{member.pk}/decide")).content.decode()
        assert "My sister" in page
        given = {"seen": "1", "decision": "conflict", "reason": "Too near"}
        assert manager.post(at(planned, f"/team/{member.pk}/decide"), given).status_code == 302
        assert peer.get(at(planned)).status_code == 404
        page = manager.get(at(planned, "/team")).content.decode()
        assert "Kept out by a conflict of interest" in page
        assert "Too near" in page

    def test_whom_a_conflict_keeps_out_does_not_come_back_by_leaving_and_being_added_anew(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        manager, lead, nurse = sign_in(world.manager), sign_in(world.lead), sign_in(world.nurse)
        declare_interest(by=world.nurse, inspection=planned, nothing=False, words="A friend")
        member = planned.members.get(person=world.nurse)
        given = {"seen": "1", "decision": "conflict", "reason": "Too near"}
        assert manager.post(at(planned, f"/team/{member.pk}/decide"), given).status_code == 302
        assert lead.post(at(planned, f"/team/{member.pk}/leave"), {"note": "Kept out"}).status_code == 302
        again = {"person": world.nurse.pk, "part": "inspector"}
        refused = lead.post(at(planned, "/team/add?part=inspector&q=nora"), again)
        assert refused.status_code == 409
        assert "Only a programme manager can bring them back" in refused.content.decode()
        assert nurse.get(at(planned)).status_code == 404
        assert manager.post(at(planned, "/team/add?part=inspector&q=nora"), again).status_code == 302

    def test_nor_does_a_programme_manager_bring_themselves_back(
        self, world: SimpleNamespace, planned: Inspection, person: Callable[..., Person]
    ) -> None:
        both = person("Bo Both", world.ofsted, Role.PROGRAMME_MANAGER, Role.INSPECTOR)
        member = add_member(by=world.manager, inspection=planned, person=both, part="inspector")
        interest = declare_interest(by=both, inspection=planned, nothing=False, words="A friend")
        decided = {"interest": interest, "decision": "conflict", "reason": "Too near", "seen": interest.version}
        decide_interest(by=world.manager, inspection=planned, **decided)
        leave_team(by=both, inspection=planned, member=planned.members.get(pk=member.pk), note="Kept out")
        with pytest.raises(RefusedError, match="Only another programme manager can bring you back"):
            add_member(by=both, inspection=planned, person=both, part="inspector")
        assert add_member(by=world.manager, inspection=planned, person=both, part="inspector").left is None

    def test_a_decision_is_offered_only_where_something_was_declared(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        declare_interest(by=world.nurse, inspection=planned, nothing=True)
        declare_interest(by=world.inspector, inspection=planned, nothing=False, words="A friend")
        page = sign_in(world.manager).get(at(planned, "/team")).content.decode()
        ids = {each.person.name: each.pk for each in planned.members.select_related("person")}
        assert at(planned, f"/team/{ids['Ivo Inspector']}/decide") in page
        assert at(planned, f"/team/{ids['Nora Nurse']}/decide") not in page
        assert at(planned, f"/team/{ids['Lena Lead']}/decide") not in page

    def test_a_stale_decision_shows_both_and_can_be_saved_again(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        manager = sign_in(world.manager)
        declare_interest(by=world.nurse, inspection=planned, nothing=False, words="A friend")
        member = planned.members.get(person=world.nurse)
        address = at(planned, f"/team/{member.pk}/decide")
        first = {"seen": "1", "decision": "no_conflict", "reason": "Long ago"}
        assert manager.post(address, first).status_code == 302
        answer = manager.post(address, {"seen": "1", "decision": "conflict", "reason": "Still close"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Long ago" in page
        assert "Still close" in page
        assert 'name="seen" value="2"' in page
        again = {"seen": "2", "decision": "conflict", "reason": "Still close"}
        assert manager.post(address, again).status_code == 302

    def test_a_moderator_does_not_become_the_lead(
        self, world: SimpleNamespace, planned: Inspection, person: Callable[..., Person]
    ) -> None:
        moderator = person("Mo Moderator", world.ofsted, Role.LEAD_INSPECTOR)
        add_member(by=world.manager, inspection=planned, person=moderator, part="moderator")
        member = planned.members.get(person=moderator)
        with pytest.raises(RefusedError, match="not in the team as an inspector"):
            change_lead(by=world.manager, inspection=planned, member=member)

    def test_the_lead_is_changed_by_one_button(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn, person: Callable[..., Person]
    ) -> None:
        other = person("Lars Lead", world.ofsted, Role.LEAD_INSPECTOR, Role.INSPECTOR)
        member = add_member(by=world.manager, inspection=planned, person=other, part="inspector")
        assert sign_in(world.manager).post(at(planned, f"/team/{member.pk}/lead")).status_code == 302
        assert planned.members.get(left=None, part="lead_inspector").person == other

    def test_who_may_only_look_is_refused_the_forms(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.nurse)
        assert client.get(at(planned, "/team")).status_code == 200
        member = planned.members.get(person=world.inspector)
        for rest in ("/team/add", f"/team/{member.pk}/leave", f"/team/{member.pk}/decide", "/call-off"):
            assert client.get(at(planned, rest)).status_code == 403


class TestNotification:
    def test_the_lead_confirms_the_gaps_and_then_everybody_is_told(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.lead)
        page = client.get(at(planned, "/notification/send"))
        form = page.context["form"]
        given: dict[str, Any] = {name: field.initial for name, field in form.fields.items() if field.initial}
        given = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in given.items()}
        answer = client.post(at(planned, "/notification/send"), given)
        assert answer.status_code == 422
        assert "Confirm that you tell" in answer.content.decode()
        assert client.post(at(planned, "/notification/send"), {**given, "gaps_known": "on"}).status_code == 302
        now = Inspection.objects.get(pk=planned.pk)
        assert (now.stage, now.notified_on) == ("notified", timezone.localdate())
        told = {each.post for party in now.parties.all() for each in party.notifications.all()}
        assert {"director_of_childrens_services", "chief_constable"} <= told

    def test_posts_of_the_areas_own_bodies_are_ticked_and_national_ones_are_only_offered(
        self, world: SimpleNamespace, planned: Inspection, sign_in: SignIn
    ) -> None:
        health = planned.parties.get(organisation=world.health)
        field = sign_in(world.lead).get(at(planned, "/notification/send")).context["form"].fields[f"posts_{health.pk}"]
        assert {"health_secretary", "icb_chief_executive"} <= {key for key, _ in field.choices}
        assert "icb_chief_executive" in field.initial
        assert "health_secretary" not in field.initial
        notify_agencies(by=world.lead, inspection=planned, gaps_known=True)
        told = {each.post for party in planned.parties.all() for each in party.notifications.all()}
        assert "icb_chief_executive" in told
        assert not {key for key in told if get_post(key).national}

    def test_an_agency_says_that_it_has_read_its_own_and_no_others(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        mine = notified.parties.get(organisation=world.council).notifications.first()
        other = notified.parties.get(organisation=world.police).notifications.first()
        assert mine
        assert other
        client = sign_in(world.contact)
        assert client.post(at(notified, f"/notification/{mine.pk}/read")).status_code == 302
        assert client.post(at(notified, f"/notification/{other.pk}/read")).status_code == 404
        mine.refresh_from_db()
        assert mine.seen_by == world.contact


class TestRequests:
    def test_several_are_made_at_once_answered_sent_back_and_accepted(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        inspector, contact = sign_in(world.inspector), sign_in(world.contact)
        parties = [party.pk for party in notified.parties.filter(organisation__in=[world.council, world.police])]
        answer = inspector.post(
            at(notified, "/requests/make"),
            {"parties": parties, "asks": "Case lists\nOf this year\n\nStaff turnover", "due": later().isoformat()},
        )
        assert answer.status_code == 302
        assert notified.requests.count() == 4
        asked = notified.requests.get(party__organisation=world.council, title="Case lists")
        assert asked.words == "Of this year"
        page = contact.get(at(notified, "/requests")).content.decode()
        assert "Ashmere Police" not in page
        sent = {
            "words": "Here it is",
            "uploads": [SimpleUploadedFile("list.csv", b"a,b\n"), SimpleUploadedFile("b.pdf", b"%PDF-1.7")],
        }
        one = at(notified, f"/requests/{asked.number}")
        assert contact.post(one + "/answer", sent).status_code == 302
        assert asked.replies.get().attachments.count() == 2
        assert inspector.post(one + "/send-back", {"seen": "2", "why": "The year is missing"}).status_code == 302
        assert "The year is missing" in contact.get(one).content.decode()
        assert contact.post(one + "/answer", {"words": "With the year"}).status_code == 302
        asked.refresh_from_db()
        assert inspector.post(one + "/accept", {"seen": asked.version}).status_code == 302
        asked.refresh_from_db()
        assert asked.state == "accepted"
        answer = contact.post(one + "/answer", {"words": "One more"})
        assert answer.status_code == 409
        assert "One more" in answer.content.decode()
        assert "That cannot be done while it is accepted" in answer.content.decode()

    def test_another_agencys_requests_and_files_are_not_there(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        party = notified.parties.get(organisation=world.council)
        make_requests(by=world.lead, inspection=notified, parties=[party], asks=[Ask("A list")], due=later())
        sign_in(world.contact).post(
            at(notified, "/requests/1/answer"), {"uploads": [SimpleUploadedFile("list.csv", b"a,b\n")]}
        )
        file = Attachment.objects.get()
        officer = sign_in(world.officer)
        for rest in ("/requests/1", "/requests/1/answer", f"/requests/files/{file.pk}"):
            assert officer.get(at(notified, rest)).status_code == 404
        with pytest.raises(PermissionDenied):
            take_file(by=world.officer, inspection=notified, attachment=file)
        assert officer.post(at(notified, "/requests/1/answer"), {"words": "x"}).status_code == 404
        answer = sign_in(world.director).get(at(notified, f"/requests/files/{file.pk}"))
        assert answer.getvalue() == b"a,b\n"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_a_file_that_cannot_be_kept_is_said_and_what_was_typed_stays(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        party = notified.parties.get(organisation=world.council)
        make_requests(by=world.lead, inspection=notified, parties=[party], asks=[Ask("A list")], due=later())
        sent = {"words": "Typed words", "uploads": [SimpleUploadedFile("run.exe", b"MZ\x00\x01")]}
        answer = sign_in(world.contact).post(at(notified, "/requests/1/answer"), sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "run.exe is of a kind that cannot be kept" in page
        assert "Typed words" in page
        assert notified.requests.get().state == "open"

    def test_of_a_file_no_more_is_taken_in_than_could_be_kept_and_of_a_strangers_nothing(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        party = notified.parties.get(organisation=world.council)
        make_requests(by=world.lead, inspection=notified, parties=[party], asks=[Ask("A list")], due=later())
        monkeypatch.setattr(files, "LARGEST", 100_000)
        for size, status, taken_in in ((100_000, 302, 100_000), (3_000_000, 409, 100_001)):
            sent = {"words": "Typed words", "uploads": [SimpleUploadedFile("list.txt", b"a" * size)]}
            answer = sign_in(world.contact).post(at(notified, "/requests/1/answer"), sent)
            assert answer.status_code == status
            assert [each.size for each in answer.wsgi_request.FILES.values()] == [taken_in]
        assert "list.txt is larger than" in answer.content.decode()
        sent = {"email": "a@example.org", "file": SimpleUploadedFile("list.txt", b"a" * 3_000_000)}
        answer = Client(enforce_csrf_checks=True, headers={"Cookie": f"csrftoken={'a' * 32}"}).post("/sign-in", sent)
        assert answer.status_code == 403
        assert [each.size for each in answer.wsgi_request.FILES.values()] == [0]

    def test_of_files_that_are_too_much_together_nothing_is_taken_in_and_what_was_typed_stays(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, settings: Any
    ) -> None:
        party = notified.parties.get(organisation=world.council)
        make_requests(by=world.lead, inspection=notified, parties=[party], asks=[Ask("A list")], due=later())
        settings.UPLOAD_AT_ONCE = 4 * 1024 * 1024
        client, address = sign_in(world.contact), at(notified, "/requests/1/answer")
        assert "25 MB each and 4 MB together" in client.get(address).content.decode()

        def send(each: int) -> Any:
            several = [SimpleUploadedFile(f"list{number}.txt", b"a" * each) for number in range(3)]
            return client.post(address, {"words": "Typed words", "uploads": several})

        refused = send(3_000_000)
        page = refused.content.decode()
        assert refused.status_code == 422
        assert "The files are larger than 4 MB together." in page
        assert "Typed words" in page
        assert sum(file.size for file in refused.wsgi_request.FILES.getlist("uploads")) == 0
        assert notified.requests.get().state == "open"
        assert send(1_000_000).status_code == 302
        assert Attachment.objects.count() == 3

    def test_who_comes_too_late_reads_why_and_keeps_what_they_typed(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        """A page that stood open in another tab while the request was accepted, or fieldwork began."""
        party = notified.parties.get(organisation=world.council)
        make_requests(by=world.lead, inspection=notified, parties=[party], asks=[Ask("A list")], due=later())
        answering, scoping = at(notified, "/requests/1/answer"), at(notified, "/scope")
        contact, manager = sign_in(world.contact), sign_in(world.manager)
        assert b"<textarea" in contact.get(answering).content
        assert b"<textarea" in manager.get(scoping).content
        notified.requests.update(state="accepted")
        Inspection.objects.filter(pk=notified.pk).update(stage="fieldwork")
        for client, address, why in (
            (contact, answering, "It cannot be answered now: the request is accepted"),
            (manager, scoping, "The scope can be changed until fieldwork starts."),
        ):
            page = client.get(address).content.decode()
            assert why in page
            assert "<textarea" not in page
            late = client.post(address, {"words": "Typed words", "scope": "Typed words", "seen": "1"})
            assert late.status_code == 409
            assert "Typed words" in late.content.decode()
            assert why in late.content.decode()

    def test_a_file_of_a_piece_of_evidence_that_is_too_much_is_refused_alike(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, settings: Any
    ) -> None:
        said = Piece(words="Seen.", source="document", criterion="help", agencies=("police",))
        add_evidence(by=world.lead, inspection=notified, piece=said)
        client = sign_in(world.lead)
        for at_once, most in ((1, 1), (26, 25)):
            settings.UPLOAD_AT_ONCE = at_once * 1024 * 1024
            sent = {"file": SimpleUploadedFile("list.txt", b"a" * (at_once + 4) * 1024 * 1024)}
            refused = client.post(at(notified, "/evidence/1/attach"), sent)
            assert refused.status_code == 422
            page = refused.content.decode()
            assert f"The file is larger than {most} MB. Send it in smaller parts." in page
            assert "files are" not in page, "the form takes one"

    @pytest.mark.parametrize("day", ["0026-05-11", "1999-12-31", "9999-12-31"])
    def test_a_slip_of_the_finger_is_no_day(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, day: str
    ) -> None:
        party = notified.parties.get(organisation=world.council)
        asked = {"parties": [party.pk], "asks": "A list", "due": day}
        refused = sign_in(world.lead).post(at(notified, "/requests/make"), asked)
        assert refused.status_code == 422
        assert "Check the year: it must be from 2000 to 2100." in refused.content.decode()
        assert f'value="{day}"' in refused.content.decode(), "what was typed stays"
        Inspection.objects.update(stage="planned", notified_on=None)
        form = sign_in(world.lead).get(at(notified, "/notification/send")).context["form"]
        sent = {f"{name}": form.get_initial_for_field(field, name) or "on" for name, field in form.fields.items()}
        sent |= {name: day for name in sent if name.startswith("due_")}
        refused = sign_in(world.lead).post(at(notified, "/notification/send"), sent)
        assert "Check the year" in refused.content.decode()

    def test_everything_overdue_is_chased_by_one_button(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        make_requests(
            by=world.lead, inspection=notified, parties=list(notified.parties.all()), asks=[Ask("A list")],
            due=timezone.localdate(),
        )  # fmt: skip
        notified.requests.update(due=timezone.localdate() - dt.timedelta(days=1))
        client = sign_in(world.lead)
        assert "Chase all 3 overdue" in client.get(at(notified, "/requests?state=overdue")).content.decode()
        assert client.post(at(notified, "/requests/chase")).status_code == 302
        assert set(notified.requests.values_list("chased", flat=True)) == {1}


class TestMoves:
    def test_what_is_in_the_way_is_said_with_where_to_put_it_right(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.lead)
        page = client.get(at(notified)).content.decode()
        assert "Ivo Inspector has not declared whether they have an interest." in page
        answer = client.post(at(notified, "/move/start_fieldwork"))
        assert answer.status_code == 409
        for member in (world.lead, world.inspector, world.nurse):
            declare_interest(by=member, inspection=notified, nothing=True)
        assert client.post(at(notified, "/move/start_fieldwork")).status_code == 302
        assert Inspection.objects.get().stage == "fieldwork"

    def test_going_back_and_calling_off_need_a_reason(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        client = sign_in(world.lead)
        Inspection.objects.update(stage="drafting")
        assert client.post(at(notified, "/move/back_to_fieldwork"), {"note": " "}).status_code == 422
        assert client.post(at(notified, "/move/back_to_fieldwork"), {"note": "One interview"}).status_code == 302
        assert client.post(at(notified, "/call-off"), {"note": ""}).status_code == 422
        assert client.post(at(notified, "/call-off"), {"note": "A serious incident"}).status_code == 302
        assert "A serious incident" in client.get(at(notified)).content.decode()
        assert client.post(at(notified, "/call-off"), {"note": "again"}).status_code == 409

    def test_a_signed_inspection_can_be_called_off_for_a_reason_and_keeps_its_signatures(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn
    ) -> None:
        Inspection.objects.update(stage="signed_off", signed_off_at=timezone.now())
        notified.signatures.create(organisation=world.ofsted, by=world.lead, at=timezone.now(), digest="a" * 64)
        client = sign_in(world.manager)
        assert at(notified, "/call-off") in client.get(at(notified)).content.decode()
        assert "this cannot be undone" in client.get(at(notified, "/call-off")).content.decode()
        assert client.post(at(notified, "/call-off"), {"note": ""}).status_code == 422
        assert client.post(at(notified, "/call-off"), {"note": "Signed on wrong figures"}).status_code == 302
        now = Inspection.objects.get()
        assert (now.stage, now.called_off, now.signatures.count()) == ("called_off", "Signed on wrong figures", 1)

    @pytest.mark.parametrize("stage", ["published", "called_off"])
    def test_calling_off_is_not_offered_where_it_cannot_be_done(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, stage: str
    ) -> None:
        Inspection.objects.update(stage=stage)
        client = sign_in(world.lead)
        assert at(notified, "/call-off") not in client.get(at(notified)).content.decode()
        answer = client.get(at(notified, "/call-off"))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert f"This cannot be done at the stage {STAGES[stage].lower()}." in page
        assert 'name="note"' not in page
        refused = client.post(at(notified, "/call-off"), {"note": "Too late"})
        assert refused.status_code == 409
        assert 'name="note"' not in refused.content.decode()
        assert Inspection.objects.get().stage == stage

    @pytest.mark.parametrize("event", ["notify", "call_off", "all_signed", "nonsense"])
    def test_other_moves_are_not_made_there(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, event: str
    ) -> None:
        assert sign_in(world.lead).post(at(notified, f"/move/{event}")).status_code == 404


class TestQueries:
    def asked(self, client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def test_pages_ask_no_more_of_the_database_as_rows_grow(
        self, world: SimpleNamespace, notified: Inspection, sign_in: SignIn, person: Callable[..., Person]
    ) -> None:
        clients = [sign_in(world.lead), sign_in(world.contact), sign_in(world.manager)]
        addresses = [
            (clients[0], rest) for rest in ("", "/team", "/timetable", "/notification", "/requests", "/team/add")
        ]
        addresses += [(clients[1], rest) for rest in ("", "/notification", "/requests")] + [(clients[2], "/team")]
        parties = list(notified.parties.all())
        make_requests(by=world.lead, inspection=notified, parties=parties, asks=[Ask("one")], due=later())
        few = [self.asked(client, at(notified, rest)) for client, rest in addresses]
        few.append(self.asked(clients[2], "/inspections"))
        asks = [Ask(f"Ask {n}") for n in range(20)]
        make_requests(by=world.lead, inspection=notified, parties=parties, asks=asks, due=later())
        for n in range(30):
            who = person(f"Inspector {n}", world.cqc, Role.INSPECTOR)
            add_member(by=world.manager, inspection=notified, person=who, part="inspector")
            declare_interest(by=who, inspection=notified, nothing=n % 2 == 0, words="" if n % 2 == 0 else "Something")
        for _ in range(6):
            plan_inspection(
                by=world.manager, framework="ilacs-2026", area="ashmere", first_day=next_working_day(),
                counts_from="notification",
            )  # fmt: skip
        many = [self.asked(client, at(notified, rest)) for client, rest in addresses]
        many.append(self.asked(clients[2], "/inspections"))
        assert many == few
