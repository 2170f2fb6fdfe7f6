"""What an address may ask, each type strict: one way to write a day, a number or a yes; anything else is refused.

A model here is the parameters of one or more operations; what is not among them is refused as unknown (see `edge`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote_plus

from ninja import PathEx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from joinedup.analysis.accountability_filters import NO_VERSION, period_key
from joinedup.errors import UsageError
from joinedup.frameworks import frameworks
from joinedup.record.choices import NOBODY, agency_key, kind_key, polarity_key

LARGEST_PAGE = 200
SEVERAL = 20
"""How many values of one parameter are taken together at most."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,30})?(e[+-]?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$", re.ASCII)
_REPORT = re.compile(r"^[0-9a-f]{12,64}$", re.ASCII)
_REPORT_WANTED = "a report is named by the SHA-256 of its file, or at least the first 12 letters and digits of it"
_STATEMENT = re.compile(r"^[0-9a-f]{64}-[0-9]{1,9}$", re.ASCII)
_STATEMENT_WANTED = "a statement is named by its id: the SHA-256 of the report's file, a hyphen and its number"
_PERIOD = f"^([0-9]{{4}}|{NOBODY}|{NO_VERSION}|{'|'.join(one.id for one in frameworks())})$"
_LONGEST_ECHO = 60
"""Letters of what was given that a message repeats."""
_WHOLE = re.compile(r"-?[0-9]{1,9}", re.ASCII)


def _day(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value) if _DAY.fullmatch(value) else _not_a_day(value)
    except ValueError:
        return _not_a_day(value)


def _not_a_day(value: Any) -> dt.date:
    raise ValueError("a day is written like 2016-11-16")


def _in_digits(shape: re.Pattern[str], read: type[int] | type[float], told: str) -> Callable[[Any], Any]:
    """A reader of numbers as an address has them; what is a number already stays as it is."""

    def reader(value: Any) -> Any:
        if isinstance(value, str):
            if not shape.fullmatch(value):
                raise ValueError(f"{told}, in digits")
            return read(value)
        return value

    return reader


_number = _in_digits(_NUMBER, float, "a number")
_whole = _in_digits(_WHOLE, int, "a whole number")


def _called(read: Callable[[str], str]) -> Callable[[Any], Any]:
    """A reader of what has a key and a title: either is taken, and what is neither refused with all there are."""

    def reader(value: Any) -> Any:
        try:
            return read(value) if isinstance(value, str) else value
        except UsageError as error:
            raise ValueError(str(error).rstrip(".")) from error

    return reader


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("true or false")
        return value == "true"
    return value


def _formed(shape: re.Pattern[str], wanted: str | Callable[[str], str]) -> Callable[[Any], Any]:
    """A reader of what has a form, which says in words what is wanted where it has another."""

    def reader(value: Any) -> Any:
        if isinstance(value, str) and not shape.fullmatch(value):
            raise ValueError(wanted if isinstance(wanted, str) else wanted(value))
        return value

    return reader


def _slug_wanted(given: str) -> str:
    """What an area is called here, and where to find what somebody called otherwise."""
    asked = quote_plus(given[:_LONGEST_ECHO])
    return f"areas go by their slugs, such as barnsley; /api/v1/areas?q={asked} finds one by any name or code"


Day = Annotated[dt.date, BeforeValidator(_day)]
# The reading of digits stands outermost: bounds outside of it would hold, but not be described.
PageNumber = Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(_whole)]
PageSize = Annotated[int, Field(ge=1, le=LARGEST_PAGE), BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Share = Annotated[float, Field(gt=0, le=1), BeforeValidator(_number)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Slug = Annotated[
    str, StringConstraints(pattern=_SLUG.pattern, max_length=100), BeforeValidator(_formed(_SLUG, _slug_wanted))
]
Key = Annotated[
    str,
    StringConstraints(pattern=_SLUG.pattern, max_length=100),
    BeforeValidator(_formed(_SLUG, "a key has small letters and digits, with hyphens between them")),
]
ReportId = Annotated[str, StringConstraints(pattern=_REPORT.pattern), BeforeValidator(_formed(_REPORT, _REPORT_WANTED))]
StatementId = Annotated[
    str, StringConstraints(pattern=_STATEMENT.pattern), BeforeValidator(_formed(_STATEMENT, _STATEMENT_WANTED))
]
Period = Annotated[str, StringConstraints(pattern=_PERIOD), BeforeValidator(_called(period_key))]
Year = Annotated[int, Field(ge=1900, le=2200), BeforeValidator(_whole)]

SlugOfArea = Annotated[Slug, PathEx(description="The area's slug, such as barnsley; /api/v1/areas?q= finds it.")]
KeyOfBody = Annotated[Key, PathEx(description="The body's key, such as police-kent; /api/v1/bodies lists them.")]
IdOfFramework = Annotated[
    Key, PathEx(description="The framework's id, such as sif-2013; /api/v1/frameworks lists them.")
]
IdOfReport = Annotated[
    ReportId,
    PathEx(description="The report: the SHA-256 of its file, or at least the first 12 letters and digits of it."),
]
IdOfStatement = Annotated[
    StatementId, PathEx(description="The statement's id: the SHA-256 of the report's file, a hyphen and its number.")
]
KeyOfMeasure = Annotated[Text, PathEx(description="The measure's key; /api/v1/measures lists them.")]
"""What stands in an address."""

Family = Literal["area-send", "cpi", "ilacs", "joined-up", "jtai", "multi-agency", "sif", "slac", "tlac"]
Inspected = Literal["area-send", "cpi", "ilacs", "jtai", "sif", "slac", "tlac", "youth-justice"]
AgencyKey = Literal[
    "local_authority", "education", "health", "police", "probation", "youth_justice", "courts", "housing", "voluntary",
    "partnership",
]  # fmt: skip
AgencyOrNone = Literal[
    "local_authority", "education", "health", "police", "probation", "youth_justice", "courts", "housing", "voluntary",
    "partnership", "none",
]  # fmt: skip
RegionName = Literal[
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England",
    "London", "South East", "South West",
]  # fmt: skip
AreaKind = Literal["county", "unitary", "metropolitan", "london"]
BodyKind = Literal["trust", "police_force", "icb", "nps_division", "crc", "probation_region"]
StatementKind = Literal["priority_action", "improvement", "strength", "finding"]
Polarity = Literal["strength", "weakness", "mixed", "context"]
OneAgency = Annotated[AgencyKey, BeforeValidator(_called(agency_key))]
AnAgency = Annotated[AgencyOrNone, BeforeValidator(_called(agency_key))]
AKind = Annotated[StatementKind, BeforeValidator(_called(kind_key))]
APolarity = Annotated[Polarity, BeforeValidator(_called(polarity_key))]
"""The same by their keys, as they are described, or by their titles."""
Visit = Literal["standard", "short", "focused", "monitoring", "reinspection"]
Fate = Literal["asked_again", "now_praised", "dropped", "not_looked_at", "newly_asked"]
Standing = Literal["standing", "replaced", "withdrawn", "lost", "overruled"]
Geography = Literal["area", "region", "country"]
Judgement = Literal[
    "overall", "leaders", "help_and_protection", "in_care", "care_leavers", "looked_after", "adoption", "leadership",
    "lscb",
]  # fmt: skip


class Question(BaseModel):
    """Parameters of an operation."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Paged(Question):
    """Which part of a list."""

    page: PageNumber = 1
    """The page, from 1."""
    page_size: PageSize = 50
    """How many results a page holds."""

    @property
    def start(self) -> int:
        """How many results stand before the page."""
        return (self.page - 1) * self.page_size


class Invented(Question):
    """Whether what is fictional is wanted."""

    fictional: YesNo = False
    """Also what we invented to try the service with; it is marked and never counted in England's figures."""


class Since(Question):
    """Days, both inclusive."""

    since: Day | None = None
    """The first day."""
    until: Day | None = None
    """The last day."""


class Places(Question):
    """Where."""

    area: Annotated[list[Slug] | None, Field(max_length=SEVERAL)] = None
    """Only of these areas (slugs; give the parameter again for each)."""
    region: Annotated[list[RegionName] | None, Field(max_length=SEVERAL)] = None
    """Only of these regions."""


class Families(Question):
    """Which kinds of inspection."""

    framework: Annotated[list[Family] | None, Field(max_length=SEVERAL)] = None
    """Only of these framework families (give the parameter again for each)."""


class AreasQuestion(Paged, Invented):
    """Which areas."""

    on: Day | None = None
    """Only areas that existed on this day."""
    region: Annotated[list[RegionName] | None, Field(max_length=SEVERAL)] = None
    """Only of these regions."""
    kind: Annotated[list[AreaKind] | None, Field(max_length=SEVERAL)] = None
    """Only councils of these kinds (as they are now)."""
    q: Text | None = None
    """Only areas that bear this name, a part of it or this code, now or formerly; best first."""


class Counted(Families):
    """What is counted, and by which day."""

    judgement: Judgement = "overall"
    """The judgement asked about."""
    dates: Literal["official", "published"] = "official"
    """By which day an inspection counts: as the official series count it, or all by publication."""


class StandingsQuestion(Counted, Paged, Invented):
    """Where areas stand on a day."""

    as_at: Day | None = None
    """The day; today by default."""
    region: Annotated[list[RegionName] | None, Field(max_length=SEVERAL)] = None
    """Only of these regions."""


class OutcomesQuestion(Counted):
    """How many stand at each grade on a day."""

    as_at: Day | None = None
    """The day; today by default."""
    count: Literal["areas", "inspections"] = "areas"
    """Each area once with its latest inspection, or every inspection."""


class ChangesQuestion(Counted):
    """Who moved between two days."""

    start: Annotated[Day, Field(alias="from")]
    """The first day."""
    end: Annotated[Day | None, Field(alias="to")] = None
    """The second day; today by default."""


class InspectionsQuestion(Paged, Places, Since, Invented):
    """Which inspections; days are those by which they count."""

    framework: Annotated[list[Inspected] | None, Field(max_length=SEVERAL)] = None
    """Only of these kinds of inspection (give the parameter again for each)."""
    visit: Annotated[list[Visit] | None, Field(max_length=SEVERAL)] = None
    """Only these kinds of visit."""


class OfReports(Places, Families, Since, Invented):
    """Which reports; days are those from which they could be read."""

    body: Key | None = None
    """Only reports on areas that this body served on the day of publication."""
    period: Annotated[list[Period] | None, Field(max_length=SEVERAL)] = None
    """Only of these years of publication (2023) or versions of a framework (jtai-2022), or with one
    of each where both are given; none: without a date; no-version: of no known version."""


class OfStatements(OfReports):
    """Which statements of reports."""

    agency: Annotated[list[AnAgency] | None, Field(max_length=SEVERAL)] = None
    """Only statements that hold one of these agencies responsible, by key or title; none: those that
    hold nobody, because they only set a context or were corrected so."""
    theme: Annotated[list[Text] | None, Field(max_length=SEVERAL)] = None
    """Only about one of these themes, each by its key (/themes lists them) or its title; none: those about none."""
    kind: Annotated[list[AKind] | None, Field(max_length=SEVERAL)] = None
    """Only of these kinds."""
    polarity: APolarity | None = None
    """Only praise (strength), concern (weakness), both (mixed) or neither (context)."""
    sure_below: Share | None = None
    """Only statements that hold agencies responsible, but none as surely as this: what it is doubtful who must do."""
    text: Text | None = None
    """Only statements that hold exactly these letters, whatever their case."""


class ReportsQuestion(Paged, OfReports):
    """Which reports, a page at a time."""


class Statements(Paged, OfStatements):
    """Which statements of reports, a page at a time."""


class MatrixQuestion(OfStatements):
    """Which statements are counted, and how: all of them at once, so that there are no pages."""

    by: Literal["year", "cycle"] = "year"
    """Periods are years of publication, or versions of a framework."""


class SearchQuestion(Paged, Since, Invented):
    """What to search for."""

    q: Text
    """Words; "in double quotes" a phrase; word* what begins so."""
    area: Slug | None = None
    """Only of this area (its slug)."""
    region: Annotated[list[RegionName] | None, Field(max_length=SEVERAL)] = None
    """Only of these regions."""
    framework: Family | None = None
    """Only of this framework family."""
    kind: AKind | None = None
    """Only of this kind."""
    polarity: APolarity | None = None
    """Only praise (strength), concern (weakness), both (mixed) or neither (context)."""
    agency: AnAgency | None = None
    """Only statements that hold this agency responsible, by key or title; none: those that
    hold nobody, because they only set a context or were corrected so."""
    theme: Text | None = None
    """Only about this theme, by its key (/themes lists them) or its title; none: those about none."""


class MeasuresQuestion(Paged):
    """Which measures."""

    topic: Text | None = None
    """Only of this topic."""
    q: Text | None = None
    """Only measures whose title or key holds these letters, whatever their case."""


class ObservationsQuestion(Paged):
    """Which observations."""

    measure: Annotated[list[Text], Field(min_length=1, max_length=SEVERAL)]
    """Of these measures (their keys; give the parameter again for each)."""
    area: Annotated[list[Slug] | None, Field(max_length=SEVERAL)] = None
    """Only of these areas (slugs)."""
    geography: Geography | None = None
    """Only of areas, regions or England."""
    since: Year | None = None
    """The first calendar year in which a period ends."""
    until: Year | None = None
    """The last calendar year in which a period ends."""


class BodiesQuestion(Paged, Invented):
    """Which bodies."""

    kind: Annotated[list[BodyKind] | None, Field(max_length=SEVERAL)] = None
    """Only of these kinds."""
    agency: Annotated[list[OneAgency] | None, Field(max_length=SEVERAL)] = None
    """Only of these agencies, by key or title."""
    area: Slug | None = None
    """Only bodies that serve this area (its slug)."""
    on: Day | None = None
    """Only bodies there were on this day; with an area, that served it then."""


class FrameworksQuestion(Paged):
    """Which frameworks."""

    family: Family | None = None
    """Only versions of this family."""
    on: Day | None = None
    """Only versions in force on this day."""


class OnADay(Question):
    """On which day."""

    as_at: Day | None = None
    """Everything as it was on this day; without it, everything that the record knows."""


class AskedAgainQuestion(OnADay, Paged):
    """What became of which things."""

    fate: Annotated[list[Fate] | None, Field(max_length=SEVERAL)] = None
    """Only things of these fates: asked for again, praised since, not asked for by a report that looked at them, spoken
    of by no later report as far as the words tell, or asked for anew by the latest report that asks for anything."""


class CorrectionsQuestion(Paged, Invented):
    """Which corrections."""

    report: ReportId | None = None
    """Only of this report (its sha256, or the first 12 letters or more)."""
    area: Annotated[list[Slug] | None, Field(max_length=SEVERAL)] = None
    """Only of reports on these areas (slugs; give the parameter again for each)."""
    standing: Annotated[list[Standing] | None, Field(max_length=SEVERAL)] = None
    """Only those that stand, were replaced by later ones, take an earlier one back (withdrawn), whose words are lost,
    or that a list overrules."""


class IndicatorsQuestion(OnADay, Paged):
    """Which indicators of an area."""

    measure: Annotated[list[Text] | None, Field(max_length=SEVERAL)] = None
    """Only these measures (their keys)."""
