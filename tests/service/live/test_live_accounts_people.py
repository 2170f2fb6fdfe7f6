"""Who invites whom, who gives which role, and what a link is good for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.service.accounts import actions
from joinedup.service.accounts.invitations import invited, path_for
from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.accounts.permissions import Role
from joinedup.service.accounts.roles import roles_to_give
from joinedup.service.actions import RefusedError
from joinedup.service.audit.models import Entry

PASSWORD = "seven green bicycles"


@pytest.fixture(autouse=True)
def quick_hashes(settings: SimpleNamespace) -> None:
    """It is invitations that are tested here, not Argon2."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def invite(client: Client, organisation: Organisation, email: str = "new@example.org") -> str:
    """Invite somebody and give the link's path, as the page shows it where no e-mail is set up."""
    answer = client.post(
        "/people/invite", {"name": "Newa Person", "email": email, "organisation": organisation.pk}, follow=True
    )
    found = re.search(r"http://testserver(/invitation/\S+)</textarea>", answer.content.decode())
    assert found, answer.content.decode()
    return found.group(1)


TYPED = {"name": "Nua Person", "new_password": PASSWORD, "again": PASSWORD}


def test_an_administrator_invites_and_the_invited_comes_in_once(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    administrator = sign_in(world.administrator)
    link = invite(administrator, world.council)
    newcomer = Client()
    for _ in range(2):
        assert newcomer.get(link).status_code == 200, "looking uses nothing up"
    assert newcomer.post(link, TYPED | {"again": "other"}).status_code == 422
    assert newcomer.post(link, TYPED).headers["Location"] == "/work"
    assert newcomer.get("/work").headers["Location"] == "/account/second-factor"
    person = Person.objects.get(email="new@example.org")
    assert (person.name, person.organisation) == ("Nua Person", world.council)
    assert Client().get(link).status_code == 404, "it is good once"
    assert Client().post(link, TYPED | {"new_password": "stolen stolen stolen"}).status_code == 404
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    told = str(list(Entry.objects.values_list("before", "after")))
    assert person.password not in told


def test_the_link_is_shown_once(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(world.administrator)
    invite(client, world.council)
    person = Person.objects.get(email="new@example.org")
    assert client.get(f"/people/{person.pk}/link").headers["Location"] == f"/people/{person.pk}"


def test_where_e_mail_is_set_up_the_link_goes_there_and_nowhere_else(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], settings: SimpleNamespace, mailoutbox: list[object]
) -> None:
    settings.EMAIL_HOST_IS_SET = True
    answer = sign_in(world.administrator).post(
        "/people/invite",
        {"name": "O'Neil", "email": "new@example.org", "organisation": world.council.pk},
        follow=True,
    )
    assert "/invitation/" not in answer.content.decode()
    (sent,) = mailoutbox
    assert sent.to == ["new@example.org"]
    assert "Hello O'Neil" in sent.body
    link = re.search(r"http://testserver(\S+)", sent.body).group(1)
    assert Client().get(link).status_code == 200


def test_a_link_ends_after_seven_days(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    from joinedup.service.accounts import invitations

    person = actions.invite_person(
        by=world.administrator, organisation=world.council, email="new@example.org", name="N"
    )
    number, token = path_for(person).split("/")[2:]
    now = dt.datetime.now()  # noqa: DTZ005 as Django's tokens count time
    for days, good in ((6.9, True), (7.1, False)):
        monkeypatch.setattr(invitations._tokens, "_now", lambda later=days: now + dt.timedelta(days=later))
        assert (invited(number, token) == person) is good


@pytest.mark.parametrize("changed", ["token", "person", "nonsense"])
def test_a_link_that_was_tampered_with_is_no_link(world: SimpleNamespace, changed: str) -> None:
    person = actions.invite_person(
        by=world.administrator, organisation=world.council, email="new@example.org", name="N"
    )
    number, token = path_for(person).split("/")[2:]
    forged = {
        "token": (number, token[:-1] + ("a" if token[-1] != "a" else "b")),
        "person": ("1", token),
        "nonsense": ("zzzzzzzzzzzzzzzzzz", "-"),
    }[changed]
    assert Client().get(f"/invitation/{forged[0]}/{forged[1]}").status_code == 404


def test_a_new_link_ends_the_old_one_the_password_the_second_factor_and_the_session(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    from joinedup.service.accounts.second_factor import is_set_up

    client = sign_in(world.administrator)
    first = invite(client, world.council)
    newcomer = Client()
    newcomer.post(first, TYPED)
    person = Person.objects.get(email="new@example.org")
    actions.set_up_second_factor(by=person, secret="JBSWY3DPEHPK3PXP")
    assert newcomer.get("/work").status_code == 200
    answer = client.post(f"/people/{person.pk}/link", follow=True).content.decode()
    assert newcomer.get("/work").status_code == 302
    assert not is_set_up(person)
    person.refresh_from_db()
    assert not person.has_usable_password()
    second = re.search(r"testserver(/invitation/\S+)</textarea>", answer).group(1)
    assert second != first
    assert Client().get(second).status_code == 200


def test_an_administrator_sees_and_touches_the_people_of_their_own_organisation_alone(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(world.administrator)
    page = client.get("/people").content.decode()
    assert "Connie Contact" in page
    assert "Olu Officer" not in page
    assert client.get(f"/people/{world.officer.pk}").status_code == 404
    for part in ("link", "roles", "deactivate", "reactivate"):
        assert client.post(f"/people/{world.officer.pk}/{part}", {"role": "agency_contact"}).status_code == 404
    assert (
        client.post(
            "/people/invite", {"name": "N", "email": "n@example.org", "organisation": world.police.pk}
        ).status_code
        == 422
    )
    with pytest.raises(PermissionDenied):
        actions.invite_person(by=world.administrator, organisation=world.police, email="n@example.org", name="N")
    with pytest.raises(PermissionDenied):
        actions.deactivate_person(by=world.administrator, person=world.officer)


@pytest.mark.parametrize("role", ["lead", "contact", "auditor", "manager"])
def test_nobody_else_manages_people(world: SimpleNamespace, sign_in: Callable[[Person], Client], role: str) -> None:
    client = sign_in(getattr(world, role))
    for address in ("/people", "/people/invite", f"/people/{world.contact.pk}", "/organisations", "/organisations/add"):
        assert client.get(address).status_code == 403


def test_roles_that_fit_the_kind_of_organisation(world: SimpleNamespace) -> None:
    theirs = set(roles_to_give(world.administrator, world.council))
    assert theirs == {Role.AGENCY_CONTACT, Role.POST_HOLDER, Role.SECTOR_LED, Role.PLAN_COORDINATOR}
    service = world.service_administrator
    assert set(roles_to_give(service, world.ofsted)) == {
        Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.MODERATOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR
    }  # fmt: skip
    assert Role.SERVICE_ADMINISTRATOR in roles_to_give(service, world.operator)
    assert Role.SERVICE_ADMINISTRATOR not in roles_to_give(service, world.council)


@pytest.mark.parametrize("role", sorted(set(Role) - {
    Role.AGENCY_CONTACT, Role.POST_HOLDER, Role.SECTOR_LED, Role.PLAN_COORDINATOR
}))  # fmt: skip
def test_an_agencys_administrator_cannot_give_any_other_role(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], role: Role
) -> None:
    with pytest.raises(ValidationError):
        actions.give_role(by=world.administrator, person=world.director, role=role)
    answer = sign_in(world.administrator).post(f"/people/{world.director.pk}/roles", {"role": role.value})
    assert answer.status_code == 422
    assert not RoleHeld.objects.filter(person=world.director, role=role).exists()


def test_a_post_holder_holds_a_post_of_their_own_agency(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(world.administrator)
    address = f"/people/{world.contact.pk}/roles"
    assert client.post(address, {"role": "post_holder"}).status_code == 422
    assert client.post(address, {"role": "post_holder", "post": "chief_constable"}).status_code == 422
    assert client.post(address, {"role": "sector_led", "post": "chief_executive"}).status_code == 422
    given = {"role": "post_holder", "post": "director_of_childrens_services"}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 422, "it is held already"
    assert "Director of children" in client.get(f"/people/{world.contact.pk}").content.decode()


def test_a_role_ended_is_kept_and_gives_nothing_any_more(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    held = world.contact.roles.get()
    client = sign_in(world.administrator)
    assert client.post(f"/people/{world.contact.pk}/roles/{held.pk}/end").status_code == 302
    held.refresh_from_db()
    assert held.end == timezone.localdate()
    assert client.post(f"/people/{world.contact.pk}/roles/{held.pk}/end").status_code == 422
    assert {"give_role", "end_role"} & set(Entry.objects.values_list("action", flat=True)) == {"end_role"}


def test_an_administrator_does_not_end_or_let_go_an_administrator(
    world: SimpleNamespace, person: Callable[..., Person]
) -> None:
    other = person("Otto Other", world.council, Role.ADMINISTRATOR)
    with pytest.raises(RefusedError):
        actions.end_role(by=world.administrator, person=other, held=other.roles.get())
    with pytest.raises(RefusedError):
        actions.deactivate_person(by=world.administrator, person=other)
    actions.deactivate_person(by=world.service_administrator, person=other)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.SERVICE_ADMINISTRATOR])
def test_nobody_makes_a_link_into_a_role_that_is_not_theirs_to_give(
    world: SimpleNamespace, person: Callable[..., Person], sign_in: Callable[[Person], Client], role: Role
) -> None:
    administrator = person("Ola Operator", world.operator, Role.ADMINISTRATOR)
    other = person("Oda Other", world.operator, role)
    client, service = sign_in(administrator), sign_in(world.service_administrator)
    refused = client.post(f"/people/{other.pk}/link")
    assert refused.status_code == 422
    assert "not yours to give" in refused.content.decode()
    shown = client.get(f"/people/{other.pk}").content.decode()
    assert "Only a service administrator can make new links for them" in shown
    assert f"/people/{other.pk}/link" not in shown, "no button that would be refused"
    actions.deactivate_person(by=world.service_administrator, person=other)
    assert client.post(f"/people/{other.pk}/reactivate").status_code == 422, "nor lets them in again to do so then"
    assert service.post(f"/people/{other.pk}/reactivate").status_code == 302
    assert "/invitation/" in service.post(f"/people/{other.pk}/link", follow=True).content.decode()


def test_a_link_made_before_somebody_got_a_role_of_the_services_giving_is_good_no_longer(
    world: SimpleNamespace, person: Callable[..., Person], sign_in: Callable[[Person], Client]
) -> None:
    """Whoever made the link may have kept it, and could come in by it as an auditor."""
    administrator = person("Ola Operator", world.operator, Role.ADMINISTRATOR)
    other = person("Oda Other", world.operator)
    other = actions.renew_invitation(by=administrator, person=other)
    kept, stranger = path_for(other), Client()
    assert stranger.get(kept).status_code == 200
    actions.give_role(by=world.service_administrator, person=other, role=Role.AUDITOR)
    assert stranger.get(kept).status_code != 200
    assert stranger.get(path_for(other)).status_code == 200, "one made since is good"


def test_nobody_gives_themselves_anything_and_the_last_service_administrator_stays(
    world: SimpleNamespace, person: Callable[..., Person]
) -> None:
    service = world.service_administrator
    with pytest.raises(RefusedError):
        actions.give_role(by=service, person=service, role=Role.AUDITOR)
    with pytest.raises(RefusedError):
        actions.deactivate_person(by=service, person=service)
    with pytest.raises(RefusedError):
        actions.end_role(by=service, person=service, held=service.roles.get())
    person("Sue Second", world.operator, Role.SERVICE_ADMINISTRATOR)
    actions.end_role(by=service, person=service, held=service.roles.get())


def test_whoever_is_let_go_is_out_at_once(world: SimpleNamespace, sign_in: Callable[[Person], Client]) -> None:
    theirs, administrator = sign_in(world.contact), sign_in(world.administrator)
    assert theirs.get("/work").status_code == 200
    assert administrator.post(f"/people/{world.contact.pk}/deactivate").status_code == 302
    assert theirs.get("/work").status_code == 302
    assert administrator.post(f"/people/{world.contact.pk}/reactivate").status_code == 302
    assert theirs.get("/work").status_code == 302, "the session does not come back to life"


def test_a_service_administrator_keeps_organisations(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(world.service_administrator)
    given = {
        "name": "Ashmere Probation",
        "kind": "agency",
        "key": "probation",
        "areas": "Ashmere\nBarnsley",
        "sign_in": "",
    }
    wrong = client.post("/organisations/add", given | {"areas": "Nowhere at all"})
    assert wrong.status_code == 422
    assert "Nowhere at all" in wrong.content.decode(), "what was typed is kept"
    assert client.post("/organisations/add", given | {"key": ""}).status_code == 422
    assert client.post("/organisations/add", given | {"name": "Ofsted"}).status_code == 422
    assert client.post("/organisations/add", given).status_code == 302
    made = Organisation.objects.get(name="Ashmere Probation")
    assert made.areas == ["ashmere", "barnsley"]
    address = f"/organisations/{made.pk}"
    renamed = {
        "name": "Probation in Ashmere",
        "key": "probation",
        "areas": "Ashmere",
        "sign_in": "",
        "seen": made.version,
    }
    assert client.post(address, renamed).status_code == 302
    assert client.post(address, renamed | {"name": "Overwritten"}).status_code == 409, "somebody changed it meanwhile"
    assert client.post(address, renamed | {"seen": "9" * 5_000}).status_code == 409, "nor is that its version"


def test_lists_ask_as_often_for_three_as_for_sixty(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], person: Callable[..., Person]
) -> None:
    client = sign_in(world.service_administrator)
    addresses = ("/people", "/organisations", "/work")
    client.get("/work")  # the session begins
    asked = []
    for many in (3, 60):
        for number in range(many):
            person(f"Many {number}", world.police, Role.AGENCY_CONTACT)
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                assert client.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert "Page 1 of 2" in client.get("/people").content.decode()
    assert "Many 59" in client.get("/people?q=many+59").content.decode()


def test_home_pages_say_what_needs_administrators(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], person: Callable[..., Person]
) -> None:
    person("Nobody Yet", world.council)
    client = sign_in(world.administrator)
    page = client.get("/work").content.decode()
    assert "Give roles to people who have none" in page
    assert "Nobody Yet" in client.get("/people?state=no-role").content.decode()
    assert "Connie" not in client.get("/people?state=no-role").content.decode()
    assert "Verify the audit" in sign_in(world.auditor).get("/work").content.decode()
    assert "Nothing needs you now" in sign_in(world.stranger).get("/work").content.decode()
