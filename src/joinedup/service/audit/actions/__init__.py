"""What is done with the audit itself: it is read through, and what came of that is kept."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.actions import create, open_action
from joinedup.service.audit.chain import Verified
from joinedup.service.audit.models import Check

MOST_FAULTS = 100
"""So many faults are kept word by word."""


@open_action("it keeps what was found by somebody who may see the audit, or by a command on the service's own machine")
def keep_check(*, by: Person | None, found: Verified) -> Check:
    """Keep that the chain was read through, and what was wrong."""
    faults = [asdict(fault) for fault in found.faults[:MOST_FAULTS]]
    return create(Check, at=timezone.now(), rows=found.rows, digest=found.digest, faults=faults)


__all__ = ["keep_check"]
