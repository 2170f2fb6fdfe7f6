"""What an action is given must belong to the inspection that its permission was asked about."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models

from joinedup.service.inspections.models import Inspection


def require_of(inspection: Inspection, thing: models.Model) -> None:
    """Raise PermissionDenied for a thing of another inspection: being allowed here says nothing about there."""
    if getattr(thing, "inspection_id", None) != inspection.pk:
        raise PermissionDenied(f"not a part of inspection {inspection.reference}")
