"""What an address may ask: a model here is the parameters of one or more operations.

What is not among them is refused as unknown (see `edge`); what each may be is told in `values`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from joinedup.service.api.values import (
    AKind,
    AnAgency,
    APolarity,
    AreaKind,
    ARegion,
    BodyKind,
    Day,
    Family,
    Fate,
    Geography,
    Inspected,
    Judgement,
    Key,
    OneAgency,
    PageNumber,
    PageSize,
    Period,
    ReportId,
    Share,
    Slug,
    Sought,
    Standing,
    Text,
    Visit,
    Year,
    YesNo,
)

SEVERAL = 20
"""How many values of one parameter are taken together at most."""


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
    region: Annotated[list[ARegion] | None, Field(max_length=SEVERAL)] = None
    """Only of these regions."""


class Families(Question):
    """Which kinds of inspection."""

    framework: Annotated[list[Family] | None, Field(max_length=SEVERAL)] = None
    """Only of these framework families (give the parameter again for each)."""


class AreasQuestion(Paged, Invented):
    """Which areas."""

    on: Day | None = None
    """Only areas that existed on this day."""
    region: Annotated[list[ARegion] | None, Field(max_length=SEVERAL)] = None
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
    region: Annotated[list[ARegion] | None, Field(max_length=SEVERAL)] = None
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

    doubtful_first: bool = False
    """Begin with those whose agencies are least likely to be all right, instead of the newest: for whoever checks."""


class MatrixQuestion(OfStatements):
    """Which statements are counted, and how: all of them at once, so that there are no pages."""

    by: Literal["year", "cycle"] = "year"
    """Periods are years of publication, or versions of a framework."""


class SearchQuestion(Paged, Since, Invented):
    """What to search for."""

    q: Sought
    """Words, at least one of letters or digits; "in double quotes" a phrase; word* what begins so, from four letters
    on."""
    area: Slug | None = None
    """Only of this area (its slug)."""
    region: Annotated[list[ARegion] | None, Field(max_length=SEVERAL)] = None
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
    """Only those that stand, that confirm what was read, were replaced by later ones, take an earlier one back
    (withdrawn), whose words are lost, or that a list overrules."""


class IndicatorsQuestion(OnADay, Paged):
    """Which indicators of an area."""

    measure: Annotated[list[Text] | None, Field(max_length=SEVERAL)] = None
    """Only these measures (their keys)."""
