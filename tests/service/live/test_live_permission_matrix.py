"""Every address of the live service, as everybody, in an inspection of their own, in another's and in none.

What is expected in each cell comes from `GRANTS` alone, the table that docs/reference/permissions.md shows. A new
address is in the matrix by being there; one without a declared permission is refused to all and fails here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from joinedup.service.access import Audience, audience_of
from joinedup.service.accounts.actions.fictional import add_fictional_organisation, add_fictional_person
from joinedup.service.accounts.models import OrganisationKind, Person
from joinedup.service.accounts.permissions import GRANTS, Permission, Role
from joinedup.service.fictional import carry_out, make_cast
from joinedup.service.inspections import files
from joinedup.service.inspections.models import Inspection

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ALLOWED, REFUSED, UNKNOWN, SIGN_IN = "allowed", "403", "404", "sign in"
OWN, ANOTHERS, NONE = "own", "another's", "none"


def views(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every named view that an address leads to."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        else:
            assert isinstance(pattern, URLPattern)
            yield str(pattern.name), pattern.callback


VIEWS = dict(views(get_resolver("joinedup.service.urls")))
PERMITTED = sorted(name for name, view in VIEWS.items() if audience_of(view) is Audience.PERMITTED)
WHO = (*(role.value for role in Role), "nobody in particular", "left the team", "kept out", "anonymous")
ROLE_OF = {role.value: role for role in Role}
OUTSIDE = {**ROLE_OF, "left the team": Role.INSPECTOR, "kept out": Role.INSPECTOR}
"""The role that somebody holds outside any one inspection."""


@pytest.fixture(scope="module")
def there(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The matrix's world, made once and undone at the end: somebody of each role, two inspections, all their things."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        yield _world()
        transaction.set_rollback(True)


def _world() -> SimpleNamespace:
    cast = make_cast()
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
    return SimpleNamespace(people=people, own=own, anothers=anothers, council=council, things=_things(own, people))


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
    pattern = get_resolver("joinedup.service.urls").reverse_dict.getlist(name)[0]
    wanted = pattern[0][0][1]
    given = {key: value for key, value in world.things(name).items() if key in wanted}
    if "reference" not in wanted:
        return {OWN: reverse(name, kwargs=given)}
    references = {OWN: world.own.reference, ANOTHERS: world.anothers.reference, NONE: "JU-2026-999"}
    return {where: reverse(name, kwargs={**given, "reference": each}) for where, each in references.items()}


def expected(who: str, permission: Permission, where: str, *, in_inspection: bool) -> str:
    """The answer by the table: which roles have the permission, and which may know of the inspection at all."""
    if who == "anonymous":
        return SIGN_IN
    if not in_inspection:
        return ALLOWED if OUTSIDE.get(who) in GRANTS[permission] else REFUSED
    role = ROLE_OF.get(who)
    may = role in GRANTS[permission]
    if where != OWN or role not in GRANTS[Permission.INSPECTION_SEE]:
        return UNKNOWN
    return ALLOWED if may else REFUSED


def answered(response: HttpResponse) -> str:
    """What an answer amounts to."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in"):
        return SIGN_IN
    return {403: REFUSED, 404: UNKNOWN}.get(response.status_code, ALLOWED)


def client_of(who: str, world: SimpleNamespace) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    if who != "anonymous":
        client.force_login(world.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_every_address_declares_whom_it_is_for() -> None:
    assert [name for name, view in VIEWS.items() if audience_of(view) is None] == []
    assert len(PERMITTED) > 80


@pytest.mark.parametrize("name", PERMITTED)
def test_every_address_answers_everybody_as_the_table_says(name: str, there: SimpleNamespace) -> None:
    permission = VIEWS[name].permission  # type: ignore[attr-defined]
    found = addresses(name, there)
    wrong = []
    for who in WHO:
        with transaction.atomic():
            client = client_of(who, there)
            for where, address in found.items():
                right = expected(who, permission, where, in_inspection=len(found) > 1)
                for method in ("get", "post"):
                    with transaction.atomic():
                        response = getattr(client, method)(address)
                        response.close()
                        transaction.set_rollback(True)
                    if (got := answered(response)) != right or response.status_code >= 500:
                        wrong.append(f"{method} {address} as {who}: {got} ({response.status_code}), not {right}")
            transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.parametrize("name", ["request", "request-answer", "accuracy-draft", "accuracy-point", "reply-file"])
def test_an_agency_does_not_know_of_what_is_another_agencys(name: str, there: SimpleNamespace) -> None:
    """Narrower than the table: within an inspection an agency's people see what is their own agency's."""
    police = there.own.parties.get(agency="police")
    other = Person.objects.filter(organisation=police.organisation, roles__role=Role.AGENCY_CONTACT)[0]
    with transaction.atomic():
        client = Client()
        client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(client, method)(addresses(name, there)[OWN])
                transaction.set_rollback(True)
            assert response.status_code in (403, 404, 405), "405: the address takes the other method alone"
            assert method == "get" or response.status_code != 405 or name == "reply-file"
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["person", "person-role", "person-deactivate", "person-link"])
def test_an_administrator_does_not_reach_people_of_other_organisations(name: str, there: SimpleNamespace) -> None:
    stranger = there.people[Role.LEAD_INSPECTOR]
    with transaction.atomic():
        client = client_of(Role.ADMINISTRATOR, there)
        address = reverse(name, kwargs={"number": stranger.pk})
        told = {client.get(address).status_code, client.post(address).status_code}
        assert told <= {403, 404, 405}, "405: the address takes the other method alone"
        assert told & {403, 404}
        transaction.set_rollback(True)
