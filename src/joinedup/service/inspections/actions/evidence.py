"""Adding to the evidence base, and changing or withdrawing what is there; how each piece stood before is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, StaleError, action, change, create
from joinedup.service.inspections.actions.children import known_agencies, note_confirmed
from joinedup.service.inspections.looking_over import require_looked_over
from joinedup.service.inspections.models import Child, Evidence, EvidenceRevision, Inspection
from joinedup.service.inspections.repeated import require_new

KEPT = ("words", "source", "criterion", "agencies", "tendency", "child_id", "seen_on", "withdrawn")
"""What a revision keeps of a piece of evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a person says of one piece of evidence. `child` is one that the inspection follows."""

    words: str
    source: str
    criterion: str
    agencies: tuple[str, ...]
    tendency: str = "neutral"
    child: Child | None = None
    seen_on: dt.date | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields, as the model has them; today where no day is given."""
        return {
            "words": self.words.strip(),
            "source": self.source,
            "criterion": self.criterion,
            "agencies": tuple(dict.fromkeys(self.agencies)),
            "tendency": self.tendency,
            "child_id": self.child.pk if self.child else None,
            "seen_on": self.seen_on or timezone.localdate(),
        }


@action(Permission.EVIDENCE_WRITE)
def add_evidence(*, by: Person, inspection: Inspection, piece: Piece, confirmed: str = "") -> Evidence:
    """Add one piece. Raises RepeatedError where the person has added the very same."""
    return _add(by, inspection, [piece], confirmed)[0]


@action(Permission.EVIDENCE_WRITE)
def add_notes(*, by: Person, inspection: Inspection, pieces: Iterable[Piece], confirmed: str = "") -> list[Evidence]:
    """Add several pieces, all or none of them. Raises RepeatedError for one that the person has added before."""
    return _add(by, inspection, list(pieces), confirmed)


def _add(by: Person, inspection: Inspection, pieces: list[Piece], confirmed: str) -> list[Evidence]:
    if not pieces:
        raise RefusedError("There is nothing to add.")
    agencies = known_agencies(inspection)
    for piece in pieces:
        _check(inspection, piece, agencies)
        require_new(inspection.evidence.filter(by=by, withdrawn="", **piece.fields))
    marks = require_looked_over([piece.words for piece in pieces], confirmed)
    last = inspection.evidence.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    added = [
        create(
            Evidence, inspection=inspection, number=number, by=by, organisation_id=by.organisation_id, at=now,
            **piece.fields,
        )
        for number, piece in enumerate(pieces, start=last + 1)
    ]  # fmt: skip
    note_confirmed(added[0], [mark.rule for mark in marks])
    return added


@action(Permission.EVIDENCE_WRITE)
def change_evidence(
    *,
    by: Person,
    inspection: Inspection,
    evidence: Evidence,
    seen: int,
    piece: Piece,
    why: str = "",
    confirmed: str = "",
) -> Evidence:
    """Put a piece of evidence right. How it stood is kept as a revision. Raises StaleError where it moved on."""
    _check_belongs(inspection, evidence)
    if evidence.withdrawn:
        raise RefusedError(f"{evidence.label} was withdrawn; bring it back before you change it.")
    _check(inspection, piece, (*known_agencies(inspection), *evidence.agencies))
    marks = require_looked_over([piece.words, why], confirmed)
    _revise(by, evidence, seen, why, piece.fields)
    note_confirmed(evidence, [mark.rule for mark in marks])
    return evidence


@action(Permission.EVIDENCE_WRITE)
def withdraw_evidence(
    *, by: Person, inspection: Inspection, evidence: Evidence, seen: int, why: str, confirmed: str = ""
) -> Evidence:
    """Say that a piece no longer counts, and why. It stays, and can be brought back."""
    _check_belongs(inspection, evidence)
    if not why.strip():
        raise ValidationError({"why": "Say why this evidence no longer counts."})
    require_looked_over([why], confirmed)
    _revise(by, evidence, seen, why, {"withdrawn": why.strip()})
    return evidence


@action(Permission.EVIDENCE_WRITE)
def restore_evidence(*, by: Person, inspection: Inspection, evidence: Evidence, seen: int) -> Evidence:
    """Let a withdrawn piece count again."""
    _check_belongs(inspection, evidence)
    _revise(by, evidence, seen, "Brought back", {"withdrawn": ""})
    return evidence


def _revise(by: Person, evidence: Evidence, seen: int, why: str, fields: dict[str, Any]) -> None:
    """Keep how the piece stands, then change it; nothing different, nothing kept."""
    if seen != evidence.version:
        raise StaleError(evidence)
    if all(getattr(evidence, name) == value for name, value in fields.items()):
        return
    before = {name: getattr(evidence, name) for name in KEPT}
    create(
        cast(Any, EvidenceRevision), evidence=evidence, version=evidence.version, replaced_by=by,
        replaced_at=timezone.now(), why=why, **before,
    )  # fmt: skip
    change(evidence, seen=seen, **fields)


def _check(inspection: Inspection, piece: Piece, agencies: Collection[str]) -> None:
    problems: dict[str, str] = {}
    if not piece.words.strip():
        problems["words"] = "Write what was seen, read, heard or counted."
    if piece.source not in EVIDENCE_SOURCES:
        problems["source"] = "Choose the kind of source."
    if piece.criterion not in {each.key for each in inspection.rules.criteria}:
        problems["criterion"] = "Choose the criterion that this is evidence for."
    if not piece.agencies:
        problems["agencies"] = "Choose the agencies that this is about."
    elif unknown := set(piece.agencies) - set(agencies):
        problems["agencies"] = f"Not an agency that this inspection looks at: {min(unknown)}."
    if piece.child is not None and piece.child.inspection_id != inspection.pk:
        problems["child"] = "Choose a child that this inspection follows."
    if piece.seen_on is not None and piece.seen_on > timezone.localdate():
        problems["seen_on"] = "The day it was seen cannot be in the future."
    if problems:
        raise ValidationError(problems)


def _check_belongs(inspection: Inspection, evidence: Evidence) -> None:
    if evidence.inspection_id != inspection.pk:
        raise RefusedError("This evidence belongs to another inspection.")
