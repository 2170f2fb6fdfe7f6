"""What a search found as a table: a row for each statement, with what was corrected of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from joinedup.analysis.accountability_facts import corrected_fields

if TYPE_CHECKING:
    from joinedup.record import Record
    from joinedup.record.search import Hit

MEANINGS: Mapping[str, str] = {
    "area": "the area's slug; empty where the report tells no area",
    "area_name": "its name",
    "framework": "the family of the framework that the inspection was made under",
    "published": "the day of publication",
    "kind": "priority_action, improvement, strength or finding (a paragraph of the main text)",
    "polarity": "praise (strength), concern (weakness), both (mixed) or neither (context)",
    "agencies": 'the agencies that it holds responsible (their keys, "; " between them)',
    "themes": 'the themes that it is about (their keys, "; " between them)',
    "page": "the page of the report on which it begins",
    "text": "the report's own words",
    "section": "the heading that it stands under",
    "lead_in": "the words before the list that it is a point of; empty where there are none",
    "corrected": 'the fields of it that a person has corrected, as they now stand ("; " between them)',
    "report": "the report: the SHA-256 of its file",
    "finding": "the statement: the report's SHA-256 and the statement's number",
}
COLUMNS = tuple(MEANINGS)
"""The columns of the table."""


def found_rows(record: Record, hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """A row for each hit, in COLUMNS; agencies, themes and what was corrected as lists."""
    corrected = corrected_fields(record)
    return [
        {
            "area": hit.area,
            "area_name": hit.area_name,
            "framework": hit.framework,
            "published": hit.published,
            "kind": hit.kind,
            "polarity": hit.polarity,
            "agencies": list(hit.agencies),
            "themes": list(hit.themes),
            "page": hit.page,
            "text": hit.text,
            "section": hit.section,
            "lead_in": hit.lead_in,
            "corrected": list(corrected.get(hit.finding, ())),
            "report": hit.report,
            "finding": hit.finding,
        }
        for hit in hits
    ]


def in_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with one value a cell, as files have it."""
    return {name: "; ".join(value) or None if isinstance(value, list) else value for name, value in row.items()}
