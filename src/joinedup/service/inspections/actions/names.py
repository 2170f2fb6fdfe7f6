"""Keeping the list of names that must not appear: as digests, from which no name can be read."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import action, change, create
from joinedup.service.disclosure import NotANameError
from joinedup.service.disclosure.listed import digests, whole
from joinedup.service.inspections.models import Inspection, ListedName
from joinedup.service.inspections.name_list import known_by, secrets_of


@action(Permission.CHILD_NAMES)
def list_names(*, by: Person, inspection: Inspection, names: str) -> int:
    """Put names on the list, one a line. Answers how many are new; one that is there stays as it is."""
    secret = secrets_of(inspection)[0]
    held = {each.whole: each for each in inspection.listed_names.all()}
    added = 0
    for key, name in _each(names, secret).items():
        if key not in held:
            create(
                ListedName, inspection=inspection, whole=key, digests=digests(name, secret), kept_by=known_by(secret)
            )
        elif held[key].removed:
            change(held[key], removed=False)
        else:
            continue
        added += 1
    return added


@action(Permission.CHILD_NAMES)
def take_names_off(*, by: Person, inspection: Inspection, names: str) -> int:
    """Take names off the list, typed again, one a line. Answers how many were on it."""
    keys = {key for secret in secrets_of(inspection) for key in _each(names, secret)}
    found = list(inspection.listed_names.filter(whole__in=keys, removed=False))
    for each in found:
        change(each, removed=True)
    return len(found)


@action(Permission.CHILD_NAMES)
def take_lost_names_off(*, by: Person, inspection: Inspection) -> int:
    """Take off the list what can no longer be looked for, since the service has another secret. Answers how many."""
    known = [known_by(secret) for secret in secrets_of(inspection)]
    found = list(inspection.listed_names.filter(removed=False).exclude(kept_by__in=known))
    for each in found:
        change(each, removed=True)
    return len(found)


def _each(names: str, secret: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(names.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found[whole(line, secret)] = line
        except NotANameError as error:
            raise ValidationError({"names": f"Line {number}: {error}"}) from error
    if not found:
        raise ValidationError({"names": "Give the names, one a line."})
    return found
