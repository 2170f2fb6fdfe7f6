"""The people of the service: who they are, inviting them, their roles, and letting them go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.service.access import needs
from joinedup.service.accounts import actions
from joinedup.service.accounts.invitations import path_for, send
from joinedup.service.accounts.models import Organisation, Person, RoleHeld, invited, without_role
from joinedup.service.accounts.people_forms import GiveRole, Invite
from joinedup.service.accounts.permissions import Permission, Role
from joinedup.service.accounts.roles import roles_to_give, shown_roles, title_of
from joinedup.service.actions import RefusedError
from joinedup.service.live import attempt
from joinedup.service.sent_once import once

A_PAGE = 50


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _person(request: HttpRequest, number: int) -> Person:
    """The person of that number, if they are in the care of whoever asks; else it is as if there were none."""
    mine = Person.objects.managed_by(_me(request)).select_related("organisation")
    return get_object_or_404(mine, pk=number)


@needs(Permission.PEOPLE_MANAGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The people whom the administrator looks after, by name, a page at a time."""
    asked = request.GET.get("q", "").strip()
    people = Person.objects.managed_by(_me(request)).select_related("organisation").prefetch_related("roles")
    if asked:
        people = people.filter(
            Q(name__icontains=asked) | Q(email__icontains=asked) | Q(organisation__name__icontains=asked)
        )
    state = request.GET.get("state", "")
    if state in STATES:
        people = STATES[state](people.filter(is_active=True))
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    rows = [(person, shown_roles(person), state_of(person)) for person in page]
    shown = {"here": "people", "page": page, "rows": rows, "q": asked, "state": state if state in STATES else ""}
    return render(request, "accounts/people.html", shown)


STATES = {"no-role": without_role, "invited": invited}
"""What the list can be narrowed to."""


def state_of(person: Person) -> str:
    """How far a person is: invited, active, or not active any more."""
    if not person.is_active:
        return "Not active"
    return "Invited" if person.last_login is None else "Active"


@needs(Permission.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody new."""
    me = _me(request)
    everywhere = Role.SERVICE_ADMINISTRATOR in {Role(held.role) for held in me.roles.all()}
    organisations = Organisation.objects.all() if everywhere else Organisation.objects.filter(pk=me.organisation_id)
    first = None if everywhere else me.organisation
    form = Invite(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        initial={"organisation": request.GET.get("organisation") or first},
    )
    refused: RefusedError | None = None
    if request.method == "POST" and form.is_valid():
        new: list[Person] = []

        def act() -> Person:
            new.append(actions.invite_person(by=me, **form.cleaned_data))
            return new[0]

        answer, refused = attempt(request, form, act, "", _where_the_link_is)
        if answer:
            return _send(request, new[0]) if new else answer
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/invite.html", {"here": "people", "form": form, "refused": refused}, status=status)


def _send(request: HttpRequest, person: Person) -> HttpResponse:
    """Send the invitation by e-mail; where that cannot be, show the link to hand over, once."""
    if person.organisation.sign_in:
        link = request.build_absolute_uri(reverse("openid_connect_login", args=[person.organisation.sign_in]))
    else:
        link = request.build_absolute_uri(path_for(person))
    if send(person, link):
        messages.success(request, f"{person.name} has been sent an invitation at {person.email}.")
        return redirect("person", person.pk)
    request.session["link"] = {"person": person.pk, "link": link}
    return redirect("person-link", person.pk)


def _where_the_link_is(person: Person) -> str:
    """The page that shows a link just made, and where none is to be shown leads on to the person."""
    return reverse("person-link", args=[person.pk])


@needs(Permission.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Make a new link for somebody (POST), or see the one just made, once."""
    person = _person(request, number)
    if request.method == "POST":
        renewed: list[Person] = []

        def act() -> Person:
            renewed.append(actions.renew_invitation(by=_me(request), person=person))
            return renewed[0]

        try:
            _, then = once(request, act, "", _where_the_link_is)
        except RefusedError as error:
            return _one(request, person, refused=error, status=422)
        return _send(request, renewed[0]) if renewed else redirect(then)
    made = request.session.pop("link", None)
    if not made or made["person"] != person.pk:
        return redirect("person", person.pk)
    return render(request, "accounts/link.html", {"here": "people", "person": person, "link": made["link"]})


@needs(Permission.PEOPLE_MANAGE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One person: their roles now and before, and what can be done."""
    return _one(request, _person(request, number))


def _one(
    request: HttpRequest,
    person: Person,
    *,
    form: GiveRole | None = None,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    me, today = _me(request), timezone.localdate()
    yours = roles_to_give(me, person.organisation)
    roles = [(held, title_of(held), Role(held.role) in yours) for held in person.roles.order_by("end", "start", "pk")]
    shown = {
        "here": "people",
        "person": person,
        "state": state_of(person),
        "roles": roles,
        "form": form or (GiveRole(giver=me, person=person) if yours else None),
        "oneself": me.pk == person.pk,
        "beyond": any(held.holds(today) and not own for held, _, own in roles),
        "fictional": person.fictional,
        "refused": refused,
    }
    return render(request, "accounts/person.html", shown, status=status)


def _try(request: HttpRequest, person: Person, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do it and come back to the person's page, or say why it could not be."""
    try:
        act()
    except RefusedError as error:
        return _one(request, person, refused=error, status=422)
    messages.success(request, done)
    return redirect("person", person.pk)


@needs(Permission.PEOPLE_MANAGE)
@require_POST
def give_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give a role."""
    person = _person(request, number)
    form = GiveRole(request.POST, giver=_me(request), person=person)
    refused: RefusedError | None = None
    if form.is_valid():
        role, post = Role(form.cleaned_data["role"]), form.cleaned_data.get("post", "")
        answer, refused = attempt(
            request,
            form,
            lambda: actions.give_role(by=_me(request), person=person, role=role, post=post),
            f"{person.name} is now {role.label.lower()}.",
            reverse("person", args=[person.pk]),
        )
        if answer:
            return answer
    return _one(request, person, form=form, refused=refused, status=422)


@needs(Permission.PEOPLE_MANAGE)
@require_POST
def end_role(request: HttpRequest, number: int, held: int) -> HttpResponse:
    """End a role."""
    person = _person(request, number)
    role = get_object_or_404(RoleHeld, pk=held, person=person)

    def act() -> None:
        actions.end_role(by=_me(request), person=person, held=role)

    return _try(request, person, act, f"{person.name} is no longer {Role(role.role).label.lower()}.")


@needs(Permission.PEOPLE_MANAGE)
@require_POST
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in no longer."""
    person = _person(request, number)

    def act() -> None:
        actions.deactivate_person(by=_me(request), person=person)

    return _try(request, person, act, f"{person.name} can no longer sign in.")


@needs(Permission.PEOPLE_MANAGE)
@require_POST
def reactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in again."""
    person = _person(request, number)

    def act() -> None:
        actions.reactivate_person(by=_me(request), person=person)

    return _try(request, person, act, f"{person.name} is active again. Make a new link for them to sign in by.")
