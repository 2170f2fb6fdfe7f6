"""The rules by which inspections are counted, as values that a question can bind.

Two facts about frameworks decide what an area's grade "as at" a day is, and both come from the framework files:
which date of an inspection the official series counts by, and whether the judgement asked for was part of the
framework in force when the inspection began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from joinedup.errors import UsageError

Count = Literal["areas", "inspections"]
Dates = Literal["official", "published"]

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")

SERIES = ("slac", "cpi", "sif", "ilacs")
"""The families of Ofsted's own series on a council's services for children, oldest first: what a question without
frameworks is asked of. `tlac` is left out because its five inspections judged services for looked after children
alone, and joint and area SEND inspections because they give no grades."""

_DAWN = dt.date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a framework family, as far as counting is concerned.

    `since`: first day of fieldwork that it applies to (the family's first version applies to all before it, too).
    `counted_by`: `inspection_start` or `publication`. `judgements`: the keys that it grades.
    """

    family: str
    since: dt.date
    counted_by: str
    judgements: frozenset[str]


@cache
def versions(family: str) -> tuple[Version, ...]:
    """The versions of a family that have been in force, oldest first; none for a family that was only proposed."""
    from joinedup import frameworks

    ran = [(f.valid_from, f) for f in frameworks.versions(family) if f.valid_from is not None]
    return tuple(
        Version(
            family=family,
            since=since if number else _DAWN,
            counted_by=framework.counted_by,
            judgements=frozenset(j.key for j in framework.judgements if j.graded),
        )
        for number, (since, framework) in enumerate(ran)
    )


@cache
def judgement_places(family: str) -> Mapping[str, int]:
    """The place of each of a family's judgements among the others, by its key: the overall one first, then in the order
    of its newest version. None for a family without a framework file."""
    from joinedup import frameworks

    ran = reversed(frameworks.versions(family)) if family in frameworks.families() else ()
    keys = dict.fromkeys(["overall", *(one.key for version in ran for one in version.judgements)])
    return {key: place for place, key in enumerate(keys)}


def families_named(frameworks: str | Sequence[str] | None) -> tuple[str, ...]:
    """The families of which a question is asked: the one or the several that it names, once each; SERIES for None."""
    if frameworks is None:
        return SERIES
    return (frameworks,) if isinstance(frameworks, str) else tuple(dict.fromkeys(frameworks))


def check_question(families: Sequence[str], judgement: str) -> None:
    """Refuse a family that there is none of, or a judgement that none of the families ever graded (UsageError)."""
    from joinedup import frameworks

    known = frameworks.families()
    if not families:
        raise UsageError(f"No framework is named. Known are: {', '.join(known)}.")
    for family in families:
        if family not in known:
            raise UsageError(f"There is no framework {family!r}. Known are: {', '.join(known)}.")
    keys = sorted({key for family in families for version in versions(family) for key in version.judgements})
    if judgement not in keys:
        if not keys:
            raise UsageError(f"No inspection under {' or '.join(families)} gives a grade.")
        raise UsageError(f"No graded judgement {judgement!r} in {', '.join(families)}. There is: {', '.join(keys)}.")


def check_choice(name: str, given: str, choices: Sequence[str]) -> None:
    """Refuse a value that is none of the choices (UsageError)."""
    if given not in choices:
        raise UsageError(f"{name} is {given!r}; it can be: {', '.join(choices)}.")


def counted_by(family: str, dates: Dates) -> str:
    """By which date the family's inspections count: `inspection_start` or `publication`.

    The record may hold inspections of families without a framework file (youth justice): those count by publication.
    """
    from joinedup import frameworks

    if dates == "published" or family not in frameworks.families() or not versions(family):
        return "publication"
    return versions(family)[0].counted_by


def version_values(families: Sequence[str], judgement: str) -> dict[str, list[Any]]:
    """The families' versions as parallel lists to bind; `version_gives` tells whether each grades `judgement`."""
    every = [version for family in families for version in versions(family)]
    return {
        "version_family": [v.family for v in every],
        "version_since": [v.since for v in every],
        "version_counted_by": [v.counted_by for v in every],
        "version_gives": [judgement in v.judgements for v in every],
    }


def percentages(grades: Mapping[str, int]) -> dict[str, float]:
    """Each grade's share of the total in percent, rounded half up to one decimal; all 0.0 where nothing is counted.

    Whole-number arithmetic, so that a half is a half: 1 of 16 is 6.3, where a float's 6.25 would round to 6.2.
    """
    total = sum(grades.values())
    return {grade: ((count * 2000 + total) // (2 * total)) / 10 if total else 0.0 for grade, count in grades.items()}
