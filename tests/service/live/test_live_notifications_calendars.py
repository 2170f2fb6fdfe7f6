"""Calendar files by RFC 5545, and the secret address: whose days it shows, and when it shows nothing any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Person
from joinedup.service.audit.models import Entry
from joinedup.service.inspections.actions.planning import move_phase, plan_inspection
from joinedup.service.inspections.actions.requests import Ask, make_requests, withdraw_request
from joinedup.service.inspections.actions.stages import call_off
from joinedup.service.inspections.actions.team import add_member
from joinedup.service.inspections.actions.telling import notify_agencies
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.actions import make_calendar_address, stop_calendar_address
from joinedup.service.notifications.calendars import calendar
from joinedup.service.notifications.entries import INSIDE, Day
from joinedup.service.notifications.models import CalendarAddress
from joinedup.service.notifications.secret import secret_of, whose

DAYS = st.dates(dt.date(2007, 1, 1), dt.date(2100, 1, 1))
SIGNS = "aZ0 ;,:\\\"'^=-\n\tñ€’漢😀"
TEXTS = st.lists(st.sampled_from([*SIGNS, "END:VEVENT", "\\n"]), max_size=60).map(lambda few: "".join(few).strip())
ENTRIES = st.builds(
    Day,
    uid=st.uuids().map(str),
    start=DAYS,
    end=DAYS,
    title=TEXTS,
    sequence=st.integers(0, 10**6),
    changed=st.datetimes(dt.datetime(2007, 1, 1), dt.datetime(2100, 1, 1)).map(  # noqa: DTZ001 the zone comes next
        lambda at: at.replace(microsecond=0, tzinfo=dt.UTC)
    ),
    reference=st.integers(1, 999).map(lambda number: f"JU-2026-{number}"),
    page=st.just("timetable"),
    cancelled=st.booleans(),
)


@settings(max_examples=50)
@given(st.lists(ENTRIES, max_size=3))
def test_what_is_written_is_read_back_and_no_line_is_too_long(days: list[Day]) -> None:
    made = calendar("Joinedup JU-2026-1", days, lambda day: f"https://example.org/{day.reference}")
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")
    made.decode()
    read = Calendar.from_ical(made)
    assert read["version"] == "2.0"
    assert read["name"] == read["x-wr-calname"] == "Joinedup JU-2026-1"
    assert read.subcomponents
    events = read.walk("VEVENT")
    assert len(events) == len(days)
    for event, day in zip(events, days, strict=True):
        assert event["uid"] == day.uid
        assert event["summary"] == f"{day.reference}: {day.title}"
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (day.start, day.end + dt.timedelta(days=1))
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["sequence"] == day.sequence
        assert event.decoded("dtstamp") == day.changed
        assert event["status"] == ("CANCELLED" if day.cancelled else "CONFIRMED")


@pytest.mark.parametrize("words", ["a;b,c\\d", "two\nlines", "ü" * 200, "END:VEVENT", 'x";y=1:z'])
def test_signs_that_mean_something_are_escaped(words: str) -> None:
    day = Day("u", dt.date(2026, 1, 5), dt.date(2026, 1, 6), words, 0, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "A", "p")
    made = calendar("n", [day], lambda day: "https://example.org")
    assert Calendar.from_ical(made).walk("VEVENT")[0]["summary"] == f"A: {words}"
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


@pytest.fixture
def inspection(world: SimpleNamespace) -> Inspection:
    """An inspection that the agencies know of, with one request to the council."""
    made = plan_inspection(
        by=world.manager, framework="joined-up-1", area="ashmere", counts_from="notification", scope="All of it",
        first_day=add_working_days(timezone.localdate(), 1),
    )  # fmt: skip
    for person, part in ((world.lead, "lead_inspector"), (world.inspector, "inspector"), (world.nurse, "inspector")):
        add_member(by=world.manager, inspection=made, person=person, part=part)
    notify_agencies(by=world.lead, inspection=made, gaps_known=True)
    made = Inspection.objects.get(pk=made.pk)
    party = made.parties.get(organisation=world.council)
    asks = [Ask("About the Grey family", "All of it")]
    due = timezone.localdate() + dt.timedelta(days=9)
    make_requests(by=world.inspector, inspection=made, parties=[party], asks=asks, due=due)
    return made


def address_of(person: Person) -> str:
    return f"/calendar/{secret_of(make_calendar_address(by=person))}.ics"


def shown(body: bytes) -> dict[str, str]:
    """UID -> title."""
    return {
        str(each["uid"]): str(each["summary"]).partition(": ")[2] for each in Calendar.from_ical(body).walk("VEVENT")
    }


def test_each_sees_their_own_days_and_agencies_nothing_of_the_inside(
    world: SimpleNamespace, inspection: Inspection
) -> None:
    client = Client()
    titles = {each.key: each.title for each in inspection.phases.all()}
    inside = {titles[key] for key in INSIDE & titles.keys()}
    assert inside
    seen = {
        name: sorted(shown(client.get(address_of(getattr(world, name))).content).values())
        for name in ("lead", "inspector", "manager", "contact", "officer", "stranger", "auditor")
    }
    outside = sorted(set(titles.values()) - inside)
    asked, due = "answer to request 1 is due", "what the notification asks is due"
    assert seen["lead"] == seen["manager"] == sorted(titles.values())
    assert seen["inspector"] == sorted([*titles.values(), asked])
    assert seen["contact"] == sorted([*outside, asked, due])
    assert seen["officer"] == sorted([*outside, due])
    assert seen["stranger"] == seen["auditor"] == []


def test_agencies_see_nothing_before_they_were_notified(world: SimpleNamespace, inspection: Inspection) -> None:
    Inspection.objects.update(notified_on=None)
    assert shown(Client().get(address_of(world.contact)).content) == {}


def test_a_file_holds_no_words_that_anybody_wrote(world: SimpleNamespace, inspection: Inspection) -> None:
    body = Client().get(address_of(world.contact)).content.decode().replace("\r\n ", "")
    for word in ("Grey", inspection.place.name, "Council", "All of it"):
        assert word not in body
    assert inspection.reference in body


def test_the_secret_is_needed_and_another_one_ends_it(world: SimpleNamespace, inspection: Inspection) -> None:
    client = Client()
    first = address_of(world.contact)
    answer = client.get(first)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "sessionid" not in answer.cookies
    second = address_of(world.contact)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    stop_calendar_address(by=world.contact)
    assert client.get(second).status_code == 404
    assert client.post(second).status_code == 405


@pytest.mark.parametrize(
    "change",
    [lambda secret: secret[:-1] + ("0" if secret[-1] != "0" else "1"), lambda secret: secret[:-1],
     lambda secret: "1" + secret, lambda secret: "zzzzzzzzzzzzz-" + "0" * 40, lambda secret: "-",
     lambda secret: "x" * 500],
)  # fmt: skip
def test_another_secret_opens_nothing(
    world: SimpleNamespace, inspection: Inspection, change: Callable[[str], str]
) -> None:
    secret = secret_of(make_calendar_address(by=world.contact))
    assert Client().get(f"/calendar/{change(secret)}.ics").status_code == 404
    assert whose(secret) == world.contact


def test_nobodys_secret_follows_from_anothers(world: SimpleNamespace, inspection: Inspection) -> None:
    mine = secret_of(make_calendar_address(by=world.contact))
    make_calendar_address(by=world.lead)
    theirs = mine.replace(mine.partition("-")[0], f"{world.lead.pk}", 1)
    assert Client().get(f"/calendar/{theirs}.ics").status_code == 404


def test_who_was_let_go_has_no_calendar_and_who_lost_the_role_sees_nothing(
    world: SimpleNamespace, inspection: Inspection
) -> None:
    address = address_of(world.contact)
    world.contact.roles.update(end=timezone.localdate())
    assert shown(Client().get(address).content) == {}
    Person.objects.filter(pk=world.contact.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("how", ["link", "deactivate"])
def test_an_address_ends_for_good_with_the_other_ways_in(
    world: SimpleNamespace, inspection: Inspection, sign_in: Callable[[Person], Client], how: str
) -> None:
    """Whoever lost what they come in by may have lost the address, too; and who comes back has to make another."""
    address = f"/calendar/{secret_of(make_calendar_address(by=world.lead))}.ics"
    assert Client().get(address).status_code == 200
    client, person = sign_in(world.service_administrator), f"/people/{world.lead.pk}"
    assert client.post(f"{person}/{how}").status_code == 302
    assert Client().get(address).status_code == 404
    if how == "deactivate":
        assert client.post(f"{person}/reactivate").status_code == 302
        assert Client().get(address).status_code == 404
    lead = Person.objects.get(pk=world.lead.pk)
    page = sign_in(lead).get("/notifications/calendar").content.decode()
    assert "You have no address yet" in page
    assert Entry.objects.filter(thing="calendaraddress", action__in=["renew_invitation", "deactivate_person"]).exists()
    another = f"/calendar/{secret_of(make_calendar_address(by=lead))}.ics"
    assert Client().get(another).status_code == 200


def test_a_member_kept_out_sees_nothing(world: SimpleNamespace, inspection: Inspection) -> None:
    address = address_of(world.nurse)
    inspection.members.filter(person=world.nurse).update(barred=True)
    assert shown(Client().get(address).content) == {}


def test_the_same_thing_keeps_its_uid_and_its_sequence_grows(world: SimpleNamespace, inspection: Inspection) -> None:
    address, client = address_of(world.lead), Client()

    def events() -> dict[str, tuple[int, str, dt.date, dt.datetime]]:
        return {
            str(each["uid"]): (
                int(each["sequence"]), str(each["status"]), each.decoded("dtstart"), each.decoded("dtstamp"),
            )
            for each in Calendar.from_ical(client.get(address).content).walk("VEVENT")
        }  # fmt: skip

    first = events()
    phase = inspection.phases.get(key="fieldwork")
    days = {"start": add_working_days(phase.start, 1), "end": add_working_days(phase.end, 1)}
    move_phase(by=world.manager, inspection=inspection, phase=phase, **days, note="A holiday", seen=phase.version)
    moved = events()
    assert moved.keys() == first.keys()
    different = [uid for uid in first if moved[uid][2] != first[uid][2]]
    assert different
    assert all(moved[uid][0] > first[uid][0] for uid in different)
    assert {at.replace(microsecond=0) for *_, at in moved.values()} <= {
        at.replace(microsecond=0) for at in Entry.objects.filter(thing="phase").values_list("at", flat=True)
    }
    call_off(by=world.lead, inspection=Inspection.objects.get(pk=inspection.pk), note="No need")
    off = events()
    assert {status for _, status, *_ in off.values()} == {"CANCELLED"}
    assert all(off[uid][0] > moved[uid][0] for uid in moved)


def test_what_is_asked_no_longer_is_due_no_longer(world: SimpleNamespace, inspection: Inspection) -> None:
    address = address_of(world.contact)
    request = inspection.requests.get()
    withdraw_request(by=world.lead, inspection=inspection, request=request, note="No need", seen=request.version)
    assert "answer to request 1 is due" not in shown(Client().get(address).content).values()


def test_a_program_that_has_it_already_is_told_so(world: SimpleNamespace, inspection: Inspection) -> None:
    address, client = address_of(world.contact), Client()
    answer = client.get(address)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert "private" in answer["Cache-Control"]


def test_one_inspections_days_are_for_those_who_may_see_it(
    world: SimpleNamespace, inspection: Inspection, sign_in: Callable[[Person], Client]
) -> None:
    path = f"/inspections/{inspection.reference}/timetable.ics"
    for name, status in (("lead", 200), ("contact", 200), ("stranger", 404), ("auditor", 404)):
        assert sign_in(getattr(world, name)).get(path).status_code == status, name
    assert Client().get(path).status_code == 302
    answer = sign_in(world.contact).get(path)
    assert answer["Content-Disposition"] == f'attachment; filename="{inspection.reference}.ics"'
    assert shown(answer.content).keys() == shown(Client().get(address_of(world.contact)).content).keys()


def test_the_page_makes_ends_and_shows_the_address(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(world.contact)
    assert ".ics" not in client.get("/notifications/calendar").content.decode()
    assert client.post("/notifications/calendar/make").status_code == 302
    secret = secret_of(CalendarAddress.objects.get(person=world.contact))
    assert f"http://testserver/calendar/{secret}.ics" in client.get("/notifications/calendar").content.decode()
    client.post("/notifications/calendar/stop")
    assert secret not in client.get("/notifications/calendar").content.decode()


def test_a_calendar_asks_no_more_of_the_database_for_more_inspections(
    world: SimpleNamespace, inspection: Inspection, judged: Callable[..., Inspection]
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        return len(queries)

    def more(numbers: range) -> None:
        for number in numbers:
            made = judged(stage="fieldwork", reference=f"J{number}")
            Inspection.objects.filter(pk=made.pk).update(fieldwork_end=timezone.localdate())
            made.phases.create(key="fieldwork", title="Fieldwork", start=timezone.localdate(), end=timezone.localdate())

    addresses = [address_of(world.contact), address_of(world.lead)]
    more(range(2))
    few = [asked(address) for address in addresses]
    more(range(2, 20))
    assert [asked(address) for address in addresses] == few
