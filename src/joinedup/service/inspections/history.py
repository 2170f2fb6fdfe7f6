"""Every wording that a piece of evidence had, and what each change took away and put in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from joinedup.service.inspections.evidence_shown import Titles
from joinedup.service.inspections.models import Evidence, EvidenceRevision

_PIECES = re.compile(r"\S+\s*|\s+")
LONGEST_COMPARED = 3_000
"""Words and gaps of a text above which a change is shown whole, before and after: comparing would take too long."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that stayed, went or came."""

    how: Literal["same", "gone", "new"]
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: by whom, when and why, from which version, the words before and after, and what else changed."""

    version: int
    by: str
    at: dt.datetime
    why: str
    words: tuple[Part, ...]
    others: tuple[tuple[str, str, str], ...]


def parts(before: str, after: str) -> tuple[Part, ...]:
    """What stayed, went and came between two texts; the parts that are not new make up the first, word for word."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > LONGEST_COMPARED:
        return tuple(part for part in (Part("gone", before), Part("new", after)) if part.words)
    found: list[Part] = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Part("same", "".join(old[i1:i2])))
        else:
            found += [Part("gone", "".join(old[i1:i2]))] if i2 > i1 else []
            found += [Part("new", "".join(new[j1:j2]))] if j2 > j1 else []
    return tuple(found)


def history(titles: Titles, piece: Evidence, revisions: Sequence[EvidenceRevision]) -> list[Change]:
    """The changes of a piece, the latest first, from its revisions in the order of their versions."""
    changes = []
    later: list[Evidence | EvidenceRevision] = [*revisions[1:], piece]
    for stood, then in zip(revisions, later, strict=False):
        before, after = titles.facts(stood), titles.facts(then)
        changes.append(
            Change(
                stood.version,
                stood.replaced_by.name,
                stood.replaced_at,
                stood.why,
                parts(stood.words, then.words) if stood.words != then.words else (),
                tuple((name, before[name], after[name]) for name in before if before[name] != after[name]),
            )
        )
    return changes[::-1]
