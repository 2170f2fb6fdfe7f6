"""The tables that pages have to download for what was chosen there, each with what its columns mean.

A page makes its file of the columns that stand here, so that no file has a column that the data page does not explain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.analysis.statement_columns import OF_DEMANDS, OF_HITS, OF_WHAT_BECAME
from joinedup.record.schema import TABLES

_MEASURE, _OBSERVATION = (
    {one.name: one.meaning for one in TABLES[name].columns} for name in ("measures", "observations")
)


@dataclass(frozen=True, slots=True)
class Download:
    """One such table. `file` is the name that its address goes by; `page` is what the page is called that has it and
    `view` the name of that page's address, or of the page's that leads to each of them. `has` says the rest."""

    file: str
    title: str
    row: str
    view: str
    page: str
    has: str
    columns: Mapping[str, str]


ENGLAND = Download(
    file="england-csv",
    title="Where every area stands",
    row="one area",
    view="england",
    page="England",
    has="has it to download, for the day and the choice made there; areas of our own invention only with fictional=on",
    columns={
        "area": "the area's name; other files have its slug under this name",
        "la_code": "its three-digit code of the Department for Education that day",
        "ons_code": "its nine-character code of the Office for National Statistics that day",
        "region": "its region",
        "as_at": "the day on which areas stand so",
        "judgement": "the judgement that was chosen (its key)",
        "grade": "the grade of its latest inspection; empty where that gives none, and where there was none",
        "framework": "the kind of that inspection, by its short title (ILACS); empty where there was none",
        "visit": "which sort of inspection it was, in words (Short inspection)",
        "start": "its first day on site",
        "published": "the day on which its outcome was published",
        "fictional": "whether the area is of our own invention",
        "corrected": 'the fields of the grade and of the inspection that a person has corrected ("; " between them); '
        "empty where Ofsted's own history has them",
        "slug": "the area's slug, which other files have as area",
    },
)

REPORTS = Download(
    file="reports-csv",
    title="The list of reports",
    row="one report",
    view="reports",
    page="Reports",
    has="has it to download, for whatever was chosen there",
    columns={
        "report": OF_DEMANDS["report"],
        "address": "the address of its page on this service",
        "area": OF_DEMANDS["area"],
        "area_name": OF_DEMANDS["area_name"],
        "region": OF_DEMANDS["region"],
        "framework": OF_DEMANDS["framework"],
        "visit": OF_DEMANDS["visit"],
        "theme": "what a themed inspection or focused visit looked at",
        "start_date": "the first day on site",
        "end_date": "the last day on site",
        "published": OF_DEMANDS["published"],
        "asked": "how many improvements and priority actions it asks for",
        "file": OF_DEMANDS["file"],
        "fictional": "whether it is of our own invention",
    },
)

INDICATORS = Download(
    file="area-indicators-csv",
    title="An area’s indicators",
    row="one measure of an area in one period",
    view="areas",
    page="Each area",
    has="has it to download, from the page of all its indicators",
    columns={
        "area": "the area's slug",
        "area_name": OF_DEMANDS["area_name"],
        "measure": "what is measured: its key, as in the table measures",
        "title": _MEASURE["title"],
        "breakdown": f'{_MEASURE["dimensions"]} ("what: which", ", " between them); empty where it is of everything',
        "topic": _MEASURE["topic"],
        "unit": _MEASURE["unit"],
        "source": _MEASURE["source"],
        "period": f"the period, {_OBSERVATION['period']}",
        "year": _OBSERVATION["year"],
        "value": "the area's figure; empty where there is none",
        "reason": _OBSERVATION["reason"],
        "neighbours": "the median of those of its statistical neighbours that have a figure",
        "neighbours_counted": "how many of them have one",
        "england": "England's figure",
    },
)

DEMANDS = Download(
    file="accountability-table",
    title="Who must improve what",
    row="one statement and one agency that it holds responsible",
    view="accountability",
    page="Who must improve what",
    has="has it to download, for whatever was chosen there",
    columns=OF_DEMANDS,
)

HITS = Download(
    file="search-table",
    title="What a search found",
    row="one statement, the best first",
    view="search",
    page="Search",
    has="has it to download, for whatever was sought there",
    columns=OF_HITS,
)

WHAT_BECAME = Download(
    file="area-asked-again-csv",
    title="What became of what was asked for",
    row="one thing that an area was asked for and one later wording on it",
    view="areas",
    page="Each area",
    has="has it to download, from the page of that name",
    columns=OF_WHAT_BECAME,
)

DOWNLOADS = (ENGLAND, REPORTS, DEMANDS, HITS, WHAT_BECAME, INDICATORS)
"""All of them, in the order of the data page."""
