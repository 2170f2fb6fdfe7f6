"""A piece of evidence as pages show it: every key by its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.areas import agencies
from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.inspections.models import Child, Evidence, EvidenceRevision, Inspection
from joinedup.service.inspections.models.evidence import TENDENCIES

BRIEF = 400
"""Letters of a piece that a line of the list shows."""
TENDENCY_TITLES = dict(TENDENCIES)
SOURCE_TITLES: dict[str, str] = {key: title for key, title in EVIDENCE_SOURCES.items()}  # noqa: C416 the keys are plain text here


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece with its titles."""

    piece: Evidence
    source: str
    criterion: str
    agencies: tuple[str, ...]
    tendency: str

    @property
    def brief(self) -> str:
        """Its words, as many as a line of the list has room for."""
        words = self.piece.words
        return words if len(words) <= BRIEF else f"{words[: BRIEF - 1]}…"


class Titles:
    """The titles of one inspection's keys. A key that its framework no longer knows stands for itself."""

    def __init__(self, inspection: Inspection) -> None:
        self.criteria = {each.key: each.title for each in inspection.rules.criteria}
        self.agencies = {each.key: each.title for each in agencies()}

    def line(self, piece: Evidence) -> EvidenceLine:
        """A piece with its titles."""
        return EvidenceLine(
            piece,
            self.source(piece.source),
            self.criterion(piece.criterion),
            tuple(self.agencies.get(key, key) for key in piece.agencies),
            TENDENCY_TITLES.get(piece.tendency, piece.tendency),
        )

    def source(self, key: str) -> str:
        """The title of a kind of source."""
        return SOURCE_TITLES.get(key, key)

    def criterion(self, key: str) -> str:
        """The title of a criterion."""
        return self.criteria.get(key, key)

    def facts(self, stood: Evidence | EvidenceRevision) -> dict[str, str]:
        """What a piece, or a revision of it, says beside its words: name of the field -> what it holds, in words."""
        child: Child | None = stood.child
        return {
            "Kind of source": self.source(stood.source),
            "Criterion": self.criterion(stood.criterion),
            "Agencies": joined(self.agencies.get(key, key) for key in stood.agencies),
            "Praise or concern": TENDENCY_TITLES.get(stood.tendency, stood.tendency),
            "Child": child.reference if child else "None",
            "Day": stood.seen_on.isoformat(),
            "Withdrawn": stood.withdrawn or "No",
        }


def joined(words: Iterable[str]) -> str:
    """Words in a list with commas; "None" where there are none."""
    return ", ".join(words) or "None"
