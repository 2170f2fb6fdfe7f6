"""Which statements a question of accountability is asked of: its filters, checked, and whether a statement passes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from joinedup.analysis.accountability_facts import ASKED, KINDS, About, Fact, abouts, facts, saying
from joinedup.errors import UsageError
from joinedup.record.choices import (
    NOBODY,
    agency_key,
    check_days,
    family_key,
    kind_key,
    polarity_key,
    region_name,
    theme_key,
)

if TYPE_CHECKING:
    from joinedup.areas import Body
    from joinedup.record import Record

NO_VERSION = "no-version"
"""Given as a period: statements of reports of which no framework's version is known. A report may have a version and no
day, or a day and no version, so that one word for both would find more than was counted."""

Several = str | Sequence[str] | None

_FIRST, _LAST = dt.date.min, dt.date.max
_ORDINAL = attrgetter("ordinal")


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, each None where it does not restrict; several values of one are taken together.

    Areas are slugs. `body` keeps what was asked of the body's agency in the areas that it served, while it did; with
    agencies too, what holds both that agency and one of those responsible. Days are those from which a report could be
    read, both inclusive. A period is a year ("2023") or a framework's version ("jtai-2022"), NOBODY or NO_VERSION;
    where years and versions are given, a report has one of each. `sure_below` keeps what holds agencies responsible,
    but none as surely as that (0 to 1): what it is doubtful who must do.
    """

    areas: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    agencies: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    frameworks: tuple[str, ...] | None = None
    periods: tuple[str, ...] | None = None
    body: str | None = None
    kinds: tuple[str, ...] = ASKED
    polarity: str | None = None
    sure_below: float | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    text: str | None = None
    fictional: bool = False

    def to_json(self) -> dict[str, Any]:
        """The filters that restrict, as plain values."""
        given = {name: getattr(self, name) for name in self.__slots__}
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
        days = {name: day.isoformat() for name in ("since", "until") if (day := given[name])}
        return {name: value for name, value in (plain | days).items() if value not in (None, False)}


class Filters(TypedDict, total=False):
    """What every question of accountability takes, as its caller gives it; `Selection` is the same, checked.

    One value or several, None (or left out) where a filter does not restrict; a filter of no values, `[]`, leaves
    nothing. Areas are slugs, regions names or ONS codes; agencies, themes, kinds and polarity keys or titles in any
    case; `kinds` left out is what asks somebody for something (ASKED), and None every kind.
    """

    area: Several
    region: Several
    agency: Several
    theme: Several
    framework: Several
    period: Several
    body: str | None
    kinds: Several
    polarity: str | None
    sure_below: float | None
    since: dt.date | None
    until: dt.date | None
    text: str | None
    fictional: bool


def selection(**filters: Unpack[Filters]) -> Selection:
    """The filters of a question, checked. Raises UsageError for a value that there is none of and for days in the
    wrong order, UnknownAreaError, UnknownBodyError and UnknownThemeError for an area, a body or a theme that there is
    none of."""
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        raise TypeError(f"There is no filter {unknown[0]!r}")
    since, until, text = filters.get("since"), filters.get("until"), filters.get("text")
    check_days(since=since, until=until)
    sure_below = filters.get("sure_below")
    if sure_below is not None and not 0 < sure_below <= 1:
        raise UsageError(f"How sure is a number above 0, 1 at most: {sure_below} is not.")
    if text is not None and not text.split():
        raise UsageError("There are no words in the text that statements are to hold: give some, or leave it out.")
    body, polarity, kinds = filters.get("body"), filters.get("polarity"), _keys(kind_key, filters.get("kinds", ASKED))
    found = Selection(
        areas=_areas(filters.get("area")),
        regions=_keys(region_name, filters.get("region")),
        agencies=_keys(agency_key, filters.get("agency")),
        themes=_keys(theme_key, filters.get("theme")),
        frameworks=_keys(family_key, filters.get("framework")),
        periods=_keys(period_key, filters.get("period")),
        body=body,
        kinds=KINDS if kinds is None else kinds,
        polarity=None if polarity is None else polarity_key(polarity),
        sure_below=sure_below,
        since=since,
        until=until,
        text=None if text is None else " ".join(text.split()),
        fictional=filters.get("fictional", False),
    )
    if body is not None:
        _body(body)
    return found


def select(record: Record, wanted: Selection) -> list[Fact]:
    """The statements that pass, newest report first and in their report's order; undated reports come last."""
    reports = sorted(reports_of(record, wanted), key=lambda about: (about.day or _FIRST, about.sha256), reverse=True)
    stated = [facts(record, kind) for kind in KINDS if kind in wanted.kinds]
    those = chain.from_iterable(_in_order([of_kind.get(about.sha256, ()) for of_kind in stated]) for about in reports)
    kept = [*_stating(those, wanted)]
    return saying(record, kept, wanted.text) if wanted.text else kept


def _stating(found: Iterable[Fact], wanted: Selection) -> Iterable[Fact]:
    """Those of some statements that pass what the filters ask of a statement itself."""
    agencies = None if wanted.agencies is None else frozenset(wanted.agencies)
    own = None if wanted.body is None else frozenset((_body(wanted.body).agency,))
    themes = None if wanted.themes is None else frozenset(wanted.themes)
    asked = (agencies, own, themes, wanted.polarity, wanted.sure_below)
    if asked == (None,) * 5:  # mostly so, and then none need be looked at
        return found
    return (
        fact
        for fact in found
        if wanted.polarity in (None, fact.polarity)
        and (wanted.sure_below is None or (bool(fact.agencies) and fact.sure < wanted.sure_below))
        and _among(fact.agencies, agencies)
        and _among(fact.agencies, own)
        and _among(fact.themes, themes)
    )


def reports_of(record: Record, wanted: Selection) -> list[About]:
    """The reports that pass what the filters ask of a report, in no order."""
    spans = _spans(_body(wanted.body)) if wanted.body else None
    dated = wanted.since is not None or wanted.until is not None
    years, versions = years_and_versions(wanted.periods or ())
    return [
        about
        for about in abouts(record).values()
        if about.stands(wanted.until)
        and (wanted.fictional or not about.fictional)
        and (wanted.areas is None or about.area in wanted.areas)
        and (wanted.regions is None or _region(about.area) in wanted.regions)
        and (wanted.frameworks is None or about.framework in wanted.frameworks)
        and (not dated or _between(about.day, wanted.since, wanted.until))
        and wanted.periods != ()  # as with every filter: one of no values leaves nothing
        and (not years or year_of(about) in years)
        and (not versions or cycle_of(about) in versions)
        and (spans is None or any(_between(about.day, *span) for span in spans.get(about.area or "", ())))
    ]


def _in_order(kinds: Sequence[tuple[Fact, ...]]) -> Sequence[Fact]:
    """One report's statements of several kinds in the report's order."""
    if len(kinds) == 1:
        return kinds[0]
    return sorted(chain.from_iterable(kinds), key=_ORDINAL)


def years_and_versions(periods: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Periods as those that are years, and those that are versions of a framework."""
    given = tuple(periods)
    years = tuple(each for each in given if is_year(each) or each == NOBODY)
    return years, tuple(each for each in given if each not in years)


def is_year(period: str) -> bool:
    """Whether a period is a year, as YYYY."""
    return len(period) == 4 and period.isascii() and period.isdigit()


def year_of(report: About) -> str:
    """The year of the day from which a report could be read, or NOBODY."""
    return str(report.day.year) if report.day else NOBODY


def cycle_of(report: About) -> str:
    """The version of the framework under which an inspection was made, or NO_VERSION."""
    return report.cycle or NO_VERSION


def _among(found: tuple[str, ...], wanted: Collection[str] | None) -> bool:
    if wanted is None:
        return True
    return any(each in wanted for each in found) if found else NOBODY in wanted


def _between(day: dt.date | None, start: dt.date | None, last: dt.date | None) -> bool:
    return day is not None and (start or _FIRST) <= day <= (last or _LAST)


def _region(area: str | None) -> str | None:
    from joinedup.areas import get_area

    return get_area(area).region if area else None


def _body(key: str) -> Body:
    from joinedup.areas import get_body

    return get_body(key)


def _spans(body: Body) -> dict[str, list[tuple[dt.date | None, dt.date | None]]]:
    """The areas that a body served and the first and last days on which it did."""
    from joinedup.areas import areas, services_of

    found: defaultdict[str, list[tuple[dt.date | None, dt.date | None]]] = defaultdict(list)
    for area in areas(fictional=True):
        for service in services_of(area.slug):
            if service.body.key == body.key:
                found[area.slug].append((service.start, service.end and service.end - dt.timedelta(days=1)))
    return dict(found)


def _several(given: Several) -> tuple[str, ...] | None:
    if given is None:
        return None
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


def _keys(read: Callable[[str], str], given: Several) -> tuple[str, ...] | None:
    """The key of each value that a filter was given, once each."""
    values = _several(given)
    return None if values is None else tuple(dict.fromkeys(map(read, values)))


def period_key(given: str) -> str:
    """A period as it stands: a year, a framework's version, NOBODY or NO_VERSION. Raises UsageError."""
    from joinedup.frameworks import frameworks

    if is_year(given) or given in (NOBODY, NO_VERSION) or any(given == one.id for one in frameworks()):
        return given
    raise UsageError(
        f"There is no period {given!r}. There are years (2023), versions of a framework (jtai-2022), "
        f"{NOBODY} (no day) and {NO_VERSION} (no known version)."
    )


def _areas(given: Several) -> tuple[str, ...] | None:
    from joinedup.areas import get_area

    slugs = _several(given)
    return None if slugs is None else tuple(get_area(slug).slug for slug in slugs)
