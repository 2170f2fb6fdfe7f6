"""What a question may be narrowed by, as people type it: agencies, regions, kinds of statement, praise or concern,
days.

Answers call these by their titles and hold them by their keys: either is taken, in any case, and what is neither is
refused with all that there is. The commands, Python, the API, the search and corrections read them here, so that one
word means the same to each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from joinedup.errors import UsageError

NOBODY = "none"
"""In place of an agency, a theme or a year: statements that have none."""

KIND_TITLES: Mapping[str, str] = {
    "priority_action": "Priority action",
    "improvement": "Improvement",
    "strength": "Strength",
    "finding": "Finding",
}
"""What a kind of statement is called, for one of them."""

POLARITY_TITLES: Mapping[str, str] = {
    "strength": "praise",
    "weakness": "concern",
    "mixed": "praise and concern",
    "context": "context",
}
"""What praise and concern are called."""


def agency_key(given: str) -> str:
    """An agency's key, from its key or title; NOBODY is itself. Raises UsageError."""
    from joinedup.areas import agencies

    return key_of("agency", given, {agency.key: agency.title for agency in agencies()}, nobody=True)


def theme_key(given: str) -> str:
    """A theme's key, from its key or title as people type them; NOBODY is itself. Raises UnknownThemeError."""
    from joinedup.attribution import find_theme

    return NOBODY if given.casefold() == NOBODY else find_theme(given).key


def kind_key(given: str) -> str:
    """A kind of statement's key, from its key or title. Raises UsageError."""
    return key_of("kind", given, KIND_TITLES)


def polarity_key(given: str) -> str:
    """The key of praise, concern, both or neither, from its key or title. Raises UsageError."""
    return key_of("polarity", given, POLARITY_TITLES)


def family_key(given: str) -> str:
    """A framework family's key, in any case. Raises UsageError."""
    from joinedup.frameworks import families

    return key_of("framework", given, {family: family for family in families()})


def region_name(given: str) -> str:
    """A region's name, from its name or its ONS code. Raises UsageError."""
    from joinedup.areas import regions

    named = {region.code: region.name for region in regions()}
    return named[key_of("region", given, named)]


def areas_of_region(given: str) -> tuple[str, ...]:
    """The slugs of the areas that a region has or had, named as `region_name` takes it. Raises UsageError."""
    from joinedup.areas import areas

    name = region_name(given)
    return tuple(area.slug for area in areas() if area.region == name)


def check_days(**days: dt.date | None) -> None:
    """Refuse what is no day, and a second day before the first (UsageError); days by their parameter's name."""
    for name, day in days.items():
        if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
            raise UsageError(f"{name} is {day!r}, which is no day: give a datetime.date, as in date(2016, 11, 16).")
    given = [day for day in days.values() if day is not None]
    if len(given) == 2 and given[1] < given[0]:
        raise UsageError(f"The days are in the wrong order: {given[0].isoformat()} is after {given[1].isoformat()}.")


def check_page(limit: int | None, offset: int) -> None:
    """Refuse a page that begins before the first statement or holds fewer than none (UsageError)."""
    if offset < 0 or (limit is not None and limit < 0):
        raise UsageError("A page begins at 0 or later and holds no fewer than 0 statements.")


def key_of(what: str, given: str, titles: Mapping[str, str], *, nobody: bool = False) -> str:
    """The one of some keys that is given by itself or by its title, in any case and whatever the signs between words.

    `what` the keys are of is told where there is none of them; `nobody`: NOBODY is one, too. Raises UsageError.
    """
    from joinedup.areas.words import fold

    def plain(text: str) -> str:
        return " ".join(fold(text).casefold().split())

    known = {plain(name): key for key, title in titles.items() for name in (title, key)}
    if nobody:
        known[NOBODY] = NOBODY
    if plain(given) not in known:
        told = [key if title == key else f"{title} ({key})" for key, title in titles.items()]
        raise UsageError(
            f"There is no {what} {given!r}. There is: {'; '.join([*told, *([NOBODY] if nobody else [])])}."
        )
    return known[plain(given)]
