"""What a search found as a table: a row for each statement, with what was corrected of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from joinedup.analysis.accountability_facts import corrected_fields
from joinedup.analysis.statement_columns import OF_HITS

if TYPE_CHECKING:
    from joinedup.record import Record
    from joinedup.record.search import Hit

COLUMNS = tuple(OF_HITS)
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
