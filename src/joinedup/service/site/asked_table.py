"""What became of what an area was asked for, as a table: a row for each thing and each later wording on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from joinedup.analysis.corrected import corrected
from joinedup.analysis.statement_columns import OF_WHAT_BECAME
from joinedup.service.site.asked_fates import each_fate
from joinedup.service.site.asked_links import Link, Said, fates

if TYPE_CHECKING:
    from joinedup.record import Record

_SAID = ("finding", "report", "framework", "day", "page", "lead_in", "text")
COLUMNS = tuple(OF_WHAT_BECAME)
_LINKED = COLUMNS[COLUMNS.index("relation") :]


def rows(record: Record, area: str, *, name: str, as_at: dt.date | None) -> list[dict[str, Any]]:
    """In COLUMNS; of a thing on which there is no later wording one row, its last cells empty."""
    spoken = corrected(record).of_links
    return [
        {
            "area": area,
            "area_name": name,
            "fate": fate,
            **_cells(thing.asked),
            "said": "; ".join(f"{one.field} {one.new}" for one in spoken.get(thing.asked.id, ())) or None,
            **_link_cells(link),
        }
        for fate, thing in each_fate(record, fates(record, area, as_at=as_at))
        for link in thing.links or (None,)
    ]


def _link_cells(link: Link | None) -> dict[str, Any]:
    if link is None:
        return dict.fromkeys(_LINKED)
    return {
        "relation": link.relation,
        "how_sure": link.how_sure,
        "sure": link.sure,
        "shared": ", ".join(link.shared),
        **{f"later_{column}": value for column, value in _cells(link.later).items()},
        "later_words": link.words,
    }


def _cells(said: Said) -> dict[str, Any]:
    found = (said.id, said.report, said.framework, said.day, said.page, said.lead_in, said.text)
    return dict(zip(_SAID, found, strict=True))
