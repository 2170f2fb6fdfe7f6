"""Inviting people, giving and ending their roles, and letting them go."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinedup.service.accounts.can import require
from joinedup.service.accounts.models import Organisation, OrganisationKind, Person, RoleHeld, held_now
from joinedup.service.accounts.permissions import Permission, Role
from joinedup.service.accounts.roles import posts_of, roles_to_give
from joinedup.service.actions import RefusedError, action, change, create, note_down, open_action


@action(Permission.PEOPLE_MANAGE, on="organisation")
def invite_person(*, by: Person, organisation: Organisation, email: str, name: str) -> Person:
    """Somebody new of an organisation, who can come in once they accepted (or through their own provider).

    Raises ValidationError where the address is somebody's already.
    """
    return _new_person(organisation, email, name)


def _new_person(organisation: Organisation, email: str, name: str) -> Person:
    address = email.strip().casefold()
    person = Person(password="")
    person.set_unusable_password()
    try:
        with transaction.atomic():  # whoever invites the same address at this moment is waited for, by its unique key
            return create(
                Person,
                email=address,
                name=name.strip(),
                organisation=organisation,
                password=person.password,
                fictional=organisation.fictional,
            )
    except IntegrityError as error:
        if not Person.objects.filter(email=address).exists():
            raise
        raise ValidationError({"email": "Somebody with this e-mail address is known here already."}) from error


@action(Permission.PEOPLE_MANAGE, on="person")
def renew_invitation(*, by: Person, person: Person) -> Person:
    """A person begins anew: links sent before, the password, the second factor, every session and the secret address
    of their calendar end.

    It is the way for somebody who forgot the password or lost the second factor and the recovery codes. Whoever makes
    the link may come to have it in hand, and could come in by it as the person: raises RefusedError where the person
    has a role that is not theirs to give.
    """
    _not_oneself(by, person)
    _require_in_charge(by, person)
    _require_roles_of_ones_own_giving(by, person)
    if not person.is_active:
        raise RefusedError("Make this person active again first.")
    _forget_ways_in(person)
    note_down(person, {"invitation": "renewed"})
    person.set_unusable_password()
    return change(person, password=person.password)


def also_ends(end: Callable[[Person], object]) -> None:
    """Have another app end, in the same action, what it gave a person to come in by. Once more changes nothing."""
    if end not in _also_ends:
        _also_ends.append(end)


_also_ends: list[Callable[[Person], object]] = []


def _forget_ways_in(person: Person) -> None:
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    for end in _also_ends:
        end(person)


@open_action("whoever has the link that was sent to the person's own address; it is good once and for seven days")
def accept_invitation(*, by: Person, seen: int, name: str, password: str) -> Person:
    """A person who was invited says how they are called and takes a password."""
    by.set_password(password)
    return change(by, seen=seen, name=name.strip(), password=by.password)


@action(Permission.PEOPLE_MANAGE, on="person")
def give_role(*, by: Person, person: Person, role: Role, post: str = "") -> RoleHeld:
    """A role from today on. `post`: the accountable post's key, for a post-holder alone.

    Raises ValidationError where the giver may not give it there, where it is held already, or for a post that the
    agency has not.
    """
    _not_oneself(by, person)
    if role not in roles_to_give(by, person.organisation):
        raise ValidationError({"role": "This role does not fit the organisation, or is not yours to give."})
    known = {each.key for each in posts_of(person.organisation)}
    if (role == Role.POST_HOLDER) != bool(post) or (post and post not in known):
        raise ValidationError({"post": "Choose the accountable post for a post-holder, and for nobody else."})
    if person.roles.filter(held_now(), role=role, post=post).exists():
        raise ValidationError({"role": "This person has that role already."})
    return create(RoleHeld, person=person, role=role, post=post, start=timezone.localdate())


@action(Permission.PEOPLE_MANAGE, on="person")
def end_role(*, by: Person, person: Person, held: RoleHeld) -> RoleHeld:
    """A role ends today. That it was held stays known.

    Raises RefusedError for a role that the giver may not give, and for the last service administrator.
    """
    _require_in_charge(by, person)
    if held.person_id != person.pk or held.end is not None:
        raise RefusedError("This role has ended already.")
    if Role(held.role) not in roles_to_give(by, person.organisation):
        raise RefusedError("This role is not yours to give or to end: ask a service administrator.")
    if held.role == Role.SERVICE_ADMINISTRATOR and not _other_service_administrators(person):
        raise RefusedError("This is the last service administrator. Make another one first.")
    return change(held, end=timezone.localdate())


def _other_service_administrators(person: Person) -> bool:
    held = RoleHeld.objects.filter(held_now(), role=Role.SERVICE_ADMINISTRATOR)
    return held.filter(person__is_active=True).exclude(person=person).exists()


@action(Permission.PEOPLE_MANAGE, on="person")
def deactivate_person(*, by: Person, person: Person) -> Person:
    """A person can come in no longer, and their calendar's address ends too; what they did stays theirs."""
    _not_oneself(by, person)
    _require_in_charge(by, person)
    _require_roles_of_ones_own_giving(by, person)
    _forget_ways_in(person)
    person.set_unusable_password()
    return change(person, is_active=False, password=person.password)


def _require_in_charge(by: Person, person: Person) -> None:
    """Let one at a time take anything from a service administrator, and only who may by now.

    Two of them who end each other at the same moment would both be allowed to, and nobody would be left. So the second
    waits here for the first, and is then looked at as they stand. Raises PermissionDenied, or RefusedError where they
    have to begin anew themselves.
    """
    held = RoleHeld.objects.filter(held_now(), role=Role.SERVICE_ADMINISTRATOR).order_by("pk")
    if person.pk not in [each.person_id for each in held.select_for_update(no_key=True)]:
        return
    now = Person.objects.get(pk=by.pk)
    require(now, Permission.PEOPLE_MANAGE, person)
    if now.password != by.password:
        raise RefusedError("Your own sign-in has just ended. Sign in anew first.")


def _require_roles_of_ones_own_giving(by: Person, person: Person) -> None:
    yours = roles_to_give(by, person.organisation)
    if any(Role(held.role) not in yours for held in person.roles.filter(held_now())):
        raise RefusedError("This person has a role that is not yours to give or to end: ask a service administrator.")


@action(Permission.PEOPLE_MANAGE, on="person")
def reactivate_person(*, by: Person, person: Person) -> Person:
    """A person may come in again, by a new invitation, in the roles that they still have.

    Raises RefusedError where one of those is not the administrator's to give.
    """
    _require_roles_of_ones_own_giving(by, person)
    return change(person, is_active=True)


@open_action("whoever can run commands on the service's own machine")
def first_service_administrator(*, by: None, email: str, name: str) -> Person:
    """A service administrator made from the command line: the one who makes all others.

    Raises ValidationError where the address is somebody's already.
    """
    operator = Organisation.objects.filter(kind=OrganisationKind.OPERATOR, fictional=False).first()
    if operator is None:
        operator = create(Organisation, kind=OrganisationKind.OPERATOR, name="The service")
    person = _new_person(operator, email, name)
    create(RoleHeld, person=person, role=Role.SERVICE_ADMINISTRATOR, start=timezone.localdate())
    return person


def _not_oneself(by: Person, person: Person) -> None:
    if by.pk == person.pk:
        raise RefusedError("Nobody does this to themselves: ask another administrator.")
