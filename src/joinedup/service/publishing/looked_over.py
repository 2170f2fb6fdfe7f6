"""What leaves the team is looked over once more: every text of the report, against what a person has decided.

A decision is kept by the key of what was found and not with its words, which may identify a child.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils import timezone

from joinedup.documents.inspection import InspectionReport
from joinedup.service.disclosure import Hit, Names, look
from joinedup.service.publishing.texts import Text, texts_of

LEFT_OUT = "[left out]"
"""Stands in documents where words were left out because they could identify a child."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Words that could identify a child, as first found, and the texts that they stand in."""

    hit: Hit
    where: tuple[str, ...]


def undecided(report: InspectionReport, decided: Collection[str], names: Names) -> tuple[Concern, ...]:
    """What was found in a report's texts and nobody has decided on, in their order.

    `decided`: keys of hits; `names`: the inspection's list of names that must not appear.
    """
    found: dict[str, tuple[Hit, list[str]]] = {}
    for text, hits in _looked(report, names):
        for hit in hits:
            places = found.setdefault(hit.key, (hit, []))[1]
            if text.title not in places:
                places.append(text.title)
    return tuple(Concern(hit, tuple(where)) for key, (hit, where) in found.items() if key not in decided)


def left_out(report: InspectionReport, keys: Collection[str], names: Names) -> dict[str, str]:
    """The texts that change when what was found under these keys is left out, by name, as they then read."""
    changed = {}
    for text, hits in _looked(report, names) if keys else ():
        words = text.words
        for hit in sorted((hit for hit in hits if hit.key in keys), key=lambda hit: -hit.start):
            words = f"{words[: hit.start]}{LEFT_OUT}{words[hit.end :]}"
        if words != text.words:
            changed[text.name] = words
    return changed


def _looked(report: InspectionReport, names: Names) -> Iterator[tuple[Text, tuple[Hit, ...]]]:
    """Every text with what was found in it; the kind of a text is its place."""
    today = timezone.localdate()
    for text in texts_of(report):
        yield text, look(text.words, today, names=names, place=text.name.partition(".")[0])
