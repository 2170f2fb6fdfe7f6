"""What leaves the team is looked over once more: every text of the report, against what a person has decided.

A decision is kept by the key of what was found and not with its words, which may identify a child. The report goes to
the agencies, to be signed and to the public only when everything found is decided on. What is written while the
agencies read their drafts stands in them without what nobody has decided on yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from joinedup.documents.inspection import InspectionReport
from joinedup.service.disclosure import Hit, Names, look
from joinedup.service.publishing.texts import Text, texts_of

LEFT_OUT = "[left out]"
"""Stands in documents where words were left out because they could identify a child."""
WITHHELD = "[withheld until it is decided whether this could identify a child]"
"""Stands in agencies' drafts in place of words that nobody has decided on."""


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
        words = _without(text.words, ((hit, LEFT_OUT) for hit in hits if hit.key in keys))
        if words != text.words:
            changed[text.name] = words
    return changed


def as_agencies_read(place: str, words: str, outcomes: Mapping[str, str], names: Names) -> str:
    """Words of a kind of place, without what is to be left out and without what nobody has decided on.

    `outcomes`: what was decided, by the key of what was found.
    """
    hits = look(words, timezone.localdate(), names=names, place=place)
    stands_for = {None: WITHHELD, "left_out": LEFT_OUT}
    return _without(
        words, ((hit, stands_for[outcome]) for hit in hits if (outcome := outcomes.get(hit.key)) in stands_for)
    )


def _without(words: str, hits: Iterable[tuple[Hit, str]]) -> str:
    for hit, instead in sorted(hits, key=lambda each: -each[0].start):
        words = f"{words[: hit.start]}{instead}{words[hit.end :]}"
    return words


def _looked(report: InspectionReport, names: Names) -> Iterator[tuple[Text, tuple[Hit, ...]]]:
    """Every text with what was found in it; the kind of a text is its place."""
    today = timezone.localdate()
    for text in texts_of(report):
        yield text, look(text.words, today, names=names, place=text.place)
