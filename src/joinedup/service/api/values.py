"""What a value in an address may be, each type strict: one way to write a day or a number, and all else is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote_plus

from ninja import PathEx
from pydantic import BeforeValidator, Field, StringConstraints

from joinedup.analysis.accountability_filters import NO_VERSION, period_key
from joinedup.errors import UsageError
from joinedup.frameworks import frameworks
from joinedup.record.choices import NOBODY, agency_key, kind_key, polarity_key, region_name
from joinedup.record.search import NOTHING_SOUGHT, WORD

LARGEST_PAGE = 200

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


def _small(value: Any) -> Any:
    """A hash in small letters, as it is kept: some programs print it in capitals."""
    return value.lower() if isinstance(value, str) else value


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
Sought = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=WORD.pattern),
    BeforeValidator(_formed(re.compile(f".*{WORD.pattern}.*|", re.DOTALL), NOTHING_SOUGHT)),
]
Slug = Annotated[
    str, StringConstraints(pattern=_SLUG.pattern, max_length=100), BeforeValidator(_formed(_SLUG, _slug_wanted))
]
Key = Annotated[
    str,
    StringConstraints(pattern=_SLUG.pattern, max_length=100),
    BeforeValidator(_formed(_SLUG, "a key has small letters and digits, with hyphens between them")),
]
ReportId = Annotated[
    str,
    StringConstraints(pattern=_REPORT.pattern),
    BeforeValidator(_formed(_REPORT, _REPORT_WANTED)),
    BeforeValidator(_small),
]
StatementId = Annotated[
    str,
    StringConstraints(pattern=_STATEMENT.pattern),
    BeforeValidator(_formed(_STATEMENT, _STATEMENT_WANTED)),
    BeforeValidator(_small),
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
ARegion = Annotated[RegionName, BeforeValidator(_called(region_name))]
"""A region by its name, in any case and with whatever signs, or by its ONS code."""
Visit = Literal["standard", "short", "focused", "monitoring", "reinspection"]
Fate = Literal["asked_again", "now_praised", "dropped", "not_looked_at", "newly_asked"]
Standing = Literal["standing", "confirmed", "replaced", "withdrawn", "lost", "overruled"]
Geography = Literal["area", "region", "country"]
Judgement = Literal[
    "overall", "leaders", "help_and_protection", "in_care", "care_leavers", "looked_after", "adoption", "leadership",
    "lscb",
]  # fmt: skip
