"""Every address of the service, as everybody, in an inspection of their own, in another's and in none.

What is expected in each cell comes from two things that a person can read: the audience that the view declares
(`access.Audience`), and for those that need a permission `GRANTS`, the table that docs/reference/permissions.md shows.
A new view or operation of the API is in the matrix by having an address; one that declares nothing fails here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, resolve, reverse

from joinedup.areas.bodies import all_bodies
from joinedup.record import Record, Steps, open_record
from joinedup.service.access import Audience, audience_of
from joinedup.service.accounts.actions.fictional import add_fictional_organisation, add_fictional_person
from joinedup.service.accounts.invitations import path_for
from joinedup.service.accounts.models import OrganisationKind, Person
from joinedup.service.accounts.permissions import GRANTS, Permission, Role
from joinedup.service.api.declared import functions
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.inspections import files
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.actions.own import make_calendar_address
from joinedup.service.notifications.secret import secret_of
from joinedup.service.site.records import look_again
from joinedup.service.site.wording import words_key

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ALLOWED, NOT_SO, REFUSED, UNKNOWN, SIGN_IN = "allowed", "let in, but not so", "403", "404", "sign in"
"""What an answer amounts to. `NOT_SO`: inside, and told that what was sent is not right or cannot be done now."""
OWN, ANOTHERS, NONE = "own", "another's", "none"
TOKEN = "the operator's secret, of 32 letters or more"


class Address(NamedTuple):
    """A view that an address leads to, and what the address must be filled with."""

    view: Callable[..., Any]
    wanted: frozenset[str]


def addresses_of(resolver: URLResolver, space: str = "", known: frozenset[str] = frozenset()) -> Iterator[Any]:
    """(name, address) of every view, of the API's operations too."""
    for pattern in resolver.url_patterns:
        wanted = known | pattern.pattern.regex.groupindex.keys()
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses_of(pattern, inner, wanted)
        else:
            yield f"{space}{pattern.name}", Address(pattern.callback, wanted)


EVERY = list(addresses_of(get_resolver("joinedup.service.urls")))
VIEWS: dict[str, Address] = dict(EVERY)
API = "api-v1:"
NOWHERE = {
    "api-v1:nothing-here": "whatever else is asked below the API's address",
    "openid_connect_login": "no organisation of this world brings its own sign-in",
    "openid_connect_callback": "the same",
    "password": "nobody in this world signs in with a password",
    "recovery-codes": "nobody in this world has a second factor to recover",
    "second-factor-picture": "nobody here is half way through setting one up",
}
"""Addresses at which there is nothing for anybody who is let in, and why."""
WHO = (*(role.value for role in Role), "nobody in particular", "left the team", "kept out", "anonymous")
ROLE_OF = {role.value: role for role in Role}
OUTSIDE = {**ROLE_OF, "left the team": Role.INSPECTOR, "kept out": Role.INSPECTOR}
"""The role that somebody holds outside any one inspection."""


@pytest.fixture(scope="module")
def there(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """The matrix's world, made once and undone at the end: somebody of each role, two inspections, all their things.

    A third inspection is published, so that there is a report in the public record.
    """
    here = tmp_path_factory.mktemp("matrix")
    kept = override_settings(
        DEMO=True, RECORD=str(here / "record"), SHOW_FICTIONAL=True, FILES=here / "files", OPERATOR_TOKEN=TOKEN,
        API_PER_MINUTE=0,
    )  # fmt: skip
    with django_db_blocker.unblock(), kept, transaction.atomic():
        look_again()
        yield _world(lambda: open_record(here / "record"))
        transaction.set_rollback(True)
    look_again()


def _world(record: Callable[[], Record]) -> SimpleNamespace:
    cast = make_cast()
    public = carry_out(cast, "multi-agency-2012", "port-rowan", "published", fieldwork=dt.date(2026, 6, 1))
    own = carry_out(cast, "joined-up-1", "ashmere", "factual_accuracy", fieldwork=dt.date(2026, 9, 7))
    council = cast.contacts["ashmere", "local_authority"].organisation

    def extra(name: str, organisation: Any, *roles: Role) -> Person:
        email = f"{name.replace(' ', '.')}@demo.invalid"
        return add_fictional_person(
            by=None, organisation=organisation, email=email, name=name, roles=[(role, "") for role in roles]
        )

    ofsted = cast.inspectorates["ofsted"]
    people: dict[str, Person] = {
        Role.LEAD_INSPECTOR: cast.lead,
        Role.INSPECTOR: cast.inspectors["cqc"],
        Role.SECTOR_LED: cast.sector_led,
        Role.MODERATOR: cast.moderator,
        Role.AGENCY_CONTACT: cast.contacts["ashmere", "local_authority"],
        Role.POST_HOLDER: extra("holder", council, Role.POST_HOLDER),
        Role.PLAN_COORDINATOR: extra("coordinator", council, Role.PLAN_COORDINATOR),
        Role.PROGRAMME_MANAGER: cast.manager,
        Role.ADMINISTRATOR: extra("administrator", council, Role.ADMINISTRATOR),
        "nobody in particular": extra("nobody", ofsted),
        "left the team": extra("gone", ofsted, Role.INSPECTOR),
        "kept out": extra("barred", ofsted, Role.INSPECTOR),
    }
    onlookers = {held.role: person for person in cast.others for held in person.roles.all()}
    for role in (Role.OMBUDSMAN_INVESTIGATOR, Role.ADVISER, Role.SERVICE_ADMINISTRATOR, Role.AUDITOR):
        people[role] = onlookers[role]
    when = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    for who, fields in (("left the team", {"left": when}), ("kept out", {"barred": True})):
        own.members.create(person=people[who], organisation=ofsted, part=Role.INSPECTOR, joined=when, **fields)
    stranger = add_fictional_organisation(
        by=None, kind=OrganisationKind.INSPECTORATE, name="Another inspectorate", key="ofsted", areas=[]
    )
    anothers = Inspection.objects.create(
        reference="JU-2026-900",
        area="kelderby",
        framework="joined-up-1",
        lead=stranger,
        inspectorates=(str(stranger.pk),),
        stage="fieldwork",
        notified_on=dt.date(2026, 9, 1),
        fieldwork_start=dt.date(2026, 9, 7),
        fieldwork_end=dt.date(2026, 9, 18),
    )
    clients = {who: Client(raise_request_exception=False) for who in WHO}
    for who, person in people.items():
        clients[who].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    live, open_to_all = _things(own, people), _public_things(public, record(), people["nobody in particular"])

    def things(name: str) -> dict[str, Any]:
        return (
            open_to_all(name) if audience_of(VIEWS[name].view) in (Audience.PUBLIC, Audience.OPERATOR) else live(name)
        )

    measure = open_to_all(f"{API}get_measure")["key"]
    steps = Steps().step("one", "SELECT id, text FROM findings WHERE kind = 'improvement' ORDER BY id LIMIT 1")
    (asked,) = record().ask(steps).rows
    questions = {
        "area-same": f"?asked={asked['id']}.{words_key(asked['text'])}",
        f"{API}get_changes": "?from=2024-04-01&to=2025-03-31",
        f"{API}list_observations": f"?measure={measure}",
        f"{API}search_findings": "?q=children",
        "search-table": "?q=children",
        "desk-draft": f"?place={reverse('inspection', args=[own.reference])}",
    }
    sent = {"demo-sign-in": {"person": cast.lead.pk}}
    return SimpleNamespace(
        people=people, own=own, anothers=anothers, things=things, clients=clients, questions=questions, sent=sent
    )


def _public_things(public: Inspection, record: Record, somebody: Person) -> Callable[[str], dict[str, Any]]:
    """What fills addresses outside inspections that anybody may ask for: one thing of each kind that is published."""

    def first(words: str) -> Any:
        return record.ask(Steps().step("one", f"SELECT {words} LIMIT 1")).rows[0]["it"]

    statement, measure = first("id AS it FROM findings"), first("key AS it FROM measures ORDER BY key")
    common = {
        "slug": "barnsley",
        "given": (sha256 := public.publications.get().sha256),
        "sha256": sha256,
        "number": 1,
        "ending": "csv",
        "table": "inspections",
        "secret": secret_of(make_calendar_address(by=somebody)),
        "provider_id": "none",
        "what": "report",
        "rest": "nothing",
        **resolve(path_for(somebody)).kwargs,
    }
    special = {
        "agency": {"slug": next(iter(all_bodies()))},
        "area-same": {"slug": public.area},
        "inspected": {"given": public.reference},
        f"{API}get_body": {"key": next(iter(all_bodies()))},
        f"{API}get_framework": {"id": public.framework},
        f"{API}get_finding": {"id": statement},
        f"{API}get_measure": {"key": measure},
    }
    return lambda name: {**common, **special.get(name, special.get(name.partition("-")[0], {}))}


def _things(own: Inspection, people: dict[str, Person]) -> Callable[[str], dict[str, Any]]:
    """What fills an address: one thing of each kind, the agency's own where it is an agency's."""
    council = people[Role.AGENCY_CONTACT].organisation
    party = own.parties.get(organisation=council)
    kept = files.keep(SimpleUploadedFile("a.txt", b"What there is to say."))
    file = {"sha256": kept.sha256, "name": kept.name, "kind": kept.kind, "size": kept.size, "by": people["inspector"]}
    at = dt.datetime(2026, 9, 8, tzinfo=dt.UTC)
    piece, request = own.evidence.order_by("number")[0], party.requests.order_by("number")[0]
    on_piece = own.attachments.create(evidence=piece, at=at, **file)
    on_reply = own.attachments.create(reply=request.replies.all()[0], at=at, **file)
    concern = own.findings.filter(tendency="concern")[0]
    common: dict[str, Any] = {
        "event": "to_signing",
        "agency": party.agency,
        "phase": own.phases.all()[0].pk,
        "member": own.members.get(person=people[Role.INSPECTOR]).pk,
        "notification": party.notifications.all()[0].pk,
        "attachment": on_reply.pk,
        "pk": on_piece.pk,
        "party": party.pk,
        "name": own.children.all()[0].reference,
        "key": own.judgements.all()[0].key,
        "held": people[Role.AGENCY_CONTACT].roles.all()[0].pk,
    }
    numbers = {
        "person": people[Role.AGENCY_CONTACT].pk,
        "organisation": council.pk,
        "audit": 1,
        "request": request.number,
        "evidence": piece.number,
        "finding": concern.number,
        "improvement": own.improvements.all()[0].number,
        "challenge": own.challenges.all()[0].number,
        "accuracy": party.accuracy_points.all()[0].number,
    }

    def fill(name: str) -> dict[str, Any]:
        kind = name.partition("-")[0]
        kind = {"improvement": "finding" if name == "improvement-new" else "improvement"}.get(kind, kind)
        return {**common, "number": numbers.get(kind, 1)}

    return fill


def addresses(name: str, world: SimpleNamespace) -> dict[str, str]:
    """An address in one's own inspection, in another's and in none; those outside inspections have the first alone."""
    wanted = VIEWS[name].wanted
    given = {key: value for key, value in world.things(name).items() if key in wanted}
    if "reference" not in wanted:
        return {OWN: reverse(name, kwargs=given) + world.questions.get(name, "")}
    references = {OWN: world.own.reference, ANOTHERS: world.anothers.reference, NONE: "JU-2026-999"}
    question = world.questions.get(name, "")
    return {where: reverse(name, kwargs={**given, "reference": each}) + question for where, each in references.items()}


def expected(name: str, who: str, where: str = OWN, method: str = "get") -> str:
    """The answer by the audience that the view declares, and by the table where it needs a permission."""
    view, wanted = VIEWS[name]
    inside = UNKNOWN if name in NOWHERE else ALLOWED
    match audience_of(view):
        case Audience.PUBLIC:
            return inside
        case Audience.OPERATOR:  # whose token no role has: all may look, nobody may change
            return inside if method == "get" else REFUSED
        case Audience.SIGNED_IN:
            return SIGN_IN if who == "anonymous" else inside
        case Audience.PERMITTED:
            permission: Permission = view.permission  # type: ignore[attr-defined]
            return _permitted(permission, who, where, in_inspection="reference" in wanted)
    raise AssertionError(f"{name} does not declare whom it is for")


def _permitted(permission: Permission, who: str, where: str, *, in_inspection: bool) -> str:
    """By the table: which roles have the permission, and which may know of the inspection at all."""
    if who == "anonymous":
        return SIGN_IN
    if not in_inspection:
        return ALLOWED if OUTSIDE.get(who) in GRANTS[permission] else REFUSED
    role = ROLE_OF.get(who)
    if where != OWN or role not in GRANTS[Permission.INSPECTION_SEE]:
        return UNKNOWN
    return ALLOWED if role in GRANTS[permission] else REFUSED


def answered(response: HttpResponse) -> str:
    """What an answer amounts to. Any other is told by its number, and is never the one expected."""
    status = response.status_code
    if status == 302 and response["Location"].startswith("/sign-in?next="):
        return SIGN_IN
    if status in (400, 409, 422):
        return NOT_SO
    return {403: REFUSED, 404: UNKNOWN}.get(status, ALLOWED if status < 400 else str(status))


def agrees(got: str, right: str, method: str) -> bool:
    """An empty form may be sent back to whoever is let in, and to nobody else; a page is shown or not."""
    return got == right or (got == NOT_SO and right == ALLOWED and method == "post")


def ask(client: Client, method: str, address: str, sent: Any = None) -> HttpResponse:
    """Ask, and leave everything as it was, the session too."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(address, sent)
        response.getvalue()  # a file's answer is closed by being read to its end; the client closes all others
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def methods(name: str, world: SimpleNamespace) -> list[str]:
    """The methods that an address takes: those that it does not refuse, as such, to somebody who is let in."""
    let_in = next(who for who in WHO if expected(name, who) in (ALLOWED, UNKNOWN))
    address = addresses(name, world)[OWN]
    return [each for each in ("get", "post") if ask(world.clients[let_in], each, address).status_code != 405]


def test_every_address_declares_whom_it_is_for() -> None:
    assert len(VIEWS) == len(EVERY), "two addresses have one name"
    assert [name for name, (view, _) in VIEWS.items() if audience_of(view) is None] == []
    assert {audience_of(view) for view, _ in VIEWS.values()} == set(Audience)
    assert {name.removeprefix(API) for name in VIEWS if name.startswith(API)} > functions.keys()
    assert NOWHERE.keys() <= VIEWS.keys()


@pytest.mark.parametrize("name", VIEWS)
def test_every_address_answers_everybody_as_is_declared(name: str, there: SimpleNamespace) -> None:
    found, wrong = addresses(name, there), []
    asked = methods(name, there)
    assert asked
    for who, client in there.clients.items():
        for where, address in found.items():
            for method in asked:
                right = expected(name, who, where, method)
                sent = there.sent.get(name) if method == "post" else None
                got = answered(response := ask(client, method, address, sent))
                if not agrees(got, right, method):
                    wrong.append(f"{method} {address} as {who}: {got} ({response.status_code}), not {right}")
    assert wrong == []


def test_who_has_the_operators_token_may_correct_and_without_one_nobody_finds_the_page(there: SimpleNamespace) -> None:
    address = addresses("correct", there)[OWN]
    client = there.clients["anonymous"]
    assert answered(ask(client, "post", address, {"token": TOKEN})) in (ALLOWED, NOT_SO)
    with override_settings(OPERATOR_TOKEN=""):
        for each in there.clients.values():
            assert answered(ask(each, "get", address)) == UNKNOWN
            assert answered(ask(each, "post", address, {"token": ""})) == UNKNOWN


@pytest.mark.parametrize("name", ["request", "request-answer", "accuracy-draft", "accuracy-point", "reply-file"])
def test_an_agency_does_not_know_of_what_is_another_agencys(name: str, there: SimpleNamespace) -> None:
    """Narrower than the table: within an inspection an agency's people see what is their own agency's."""
    police = there.own.parties.get(agency="police")
    other = Person.objects.filter(organisation=police.organisation, roles__role=Role.AGENCY_CONTACT)[0]
    with transaction.atomic():
        client = Client()
        client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
        for method in methods(name, there):
            assert answered(ask(client, method, addresses(name, there)[OWN])) in (REFUSED, UNKNOWN)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["person", "person-role", "person-deactivate", "person-link"])
def test_an_administrator_does_not_reach_people_of_other_organisations(name: str, there: SimpleNamespace) -> None:
    stranger = there.people[Role.LEAD_INSPECTOR]
    address = reverse(name, kwargs={"number": stranger.pk})
    for method in methods(name, there):
        assert answered(ask(there.clients[Role.ADMINISTRATOR], method, address)) in (REFUSED, UNKNOWN)
