"""An inspection's list of names that must not appear: the secret it is kept by, and the list for looking over texts.

The secret is made from the service's own and the inspection's reference, so that whoever has the database alone can
neither read the names nor try some, and no list can be compared with another inspection's.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from joinedup.service.actions import RefusedError
from joinedup.service.disclosure import Names
from joinedup.service.disclosure.listed import digest
from joinedup.service.inspections.models import Inspection, ListedName


class ListLostError(RefusedError):
    """The list was kept by a secret that the service no longer has: the names must be given again."""


def secrets_of(inspection: Inspection) -> tuple[bytes, ...]:
    """The secrets by which this inspection's names may be kept; the first keeps new ones."""
    whole = f"names that must not appear\0{inspection.reference}".encode()
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return tuple(hmac.digest(str(each).encode(), whole, hashlib.sha256) for each in known)


def known_by(secret: bytes) -> str:
    """What is kept with a name to tell by which secret it was kept."""
    return digest(secret, "secret", "")


def lost(inspection: Inspection) -> int:
    """How many names of the list can no longer be looked for."""
    known = [known_by(secret) for secret in secrets_of(inspection)]
    return inspection.listed_names.filter(removed=False).exclude(kept_by__in=known).count()


def listed_names(inspection: Inspection) -> Names:
    """The list, for `look(…, names=…)`. Raises ListLostError where a part of it can no longer be looked for."""
    if count := lost(inspection):
        raise ListLostError(
            f"The service’s secret key was changed, and {count} of the names that must not appear can no longer be "
            "looked for. Take them off the list under Children, and put the names on it again."
        )
    rows = ListedName.objects.filter(inspection=inspection, removed=False).values_list("digests", flat=True)
    return Names(secrets_of(inspection), frozenset(each for row in rows for each in row))
