"""Making organisations known, and changing what is known of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from joinedup.areas import (
    UnknownAgencyError,
    UnknownAreaError,
    get_agency,
    get_area,
    get_inspectorate,
)
from joinedup.service.accounts.models import Organisation, OrganisationKind, Person
from joinedup.service.accounts.own_providers import providers
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import action, change, create


@action(Permission.ORGANISATIONS_MANAGE, on=None)
def add_organisation(*, by: Person, kind: str, name: str, key: str, areas: list[str], sign_in: str) -> Organisation:
    """A new organisation. Raises ValidationError, by field, for what does not fit together."""
    _check(kind, name, key, areas, sign_in, None)
    return create(Organisation, kind=kind, name=name.strip(), key=key, areas=areas, sign_in=sign_in)


@action(Permission.ORGANISATIONS_MANAGE, on="organisation")
def change_organisation(
    *, by: Person, organisation: Organisation, seen: int, name: str, key: str, areas: list[str], sign_in: str
) -> Organisation:
    """Change what is known of an organisation; its kind stays what it is."""
    _check(organisation.kind, name, key, areas, sign_in, organisation)
    return change(organisation, seen=seen, name=name.strip(), key=key, areas=areas, sign_in=sign_in)


def _check(kind: str, name: str, key: str, areas: list[str], sign_in: str, present: Organisation | None) -> None:
    others = Organisation.objects.exclude(pk=present.pk) if present else Organisation.objects.all()
    wrong: dict[str, Any] = {"key": _wrong_key(kind, key), "areas": _wrong_areas(kind, areas)}
    if others.filter(name=name.strip()).exists():
        wrong["name"] = "There is an organisation of this name already."
    if sign_in and sign_in not in {each.id for each in providers()}:
        wrong["sign_in"] = "No provider of this name is set up in the service."
    if wrong := {field: what for field, what in wrong.items() if what}:
        raise ValidationError(wrong)


def _wrong_key(kind: str, key: str) -> str:
    try:
        if kind == OrganisationKind.INSPECTORATE:
            get_inspectorate(key)
        elif kind == OrganisationKind.AGENCY:
            get_agency(key)
        elif key:
            return "Only inspectorates and agencies are one of a kind: leave this empty."
    except UnknownAgencyError:
        return "Choose which inspectorate or agency this is."
    return ""


def _wrong_areas(kind: str, areas: list[str]) -> str:
    if kind == OrganisationKind.AGENCY and not areas:
        return "Name at least one area that this agency serves."
    try:
        for slug in areas:
            get_area(slug)
    except UnknownAreaError as error:
        return str(error)
    return ""
