"""What became of what an area was asked for, as a table: a row for each thing and each later wording on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from joinedup.service.site.asked_fates import each_fate
from joinedup.service.site.asked_links import Said, fates

if TYPE_CHECKING:
    from joinedup.record import Record

_SAID = ("finding", "report", "framework", "day", "page", "text")
COLUMNS = ("area", "area_name", "fate", *_SAID, "relation", "how_sure", *(f"later_{name}" for name in _SAID))


def rows(record: Record, area: str, *, name: str, as_at: dt.date | None) -> list[dict[str, Any]]:
    """In COLUMNS; of a thing on which there is no later wording one row, its last cells empty."""
    return [
        {
            "area": area,
            "area_name": name,
            "fate": fate,
            **_cells(thing.asked),
            "relation": link.relation if link else None,
            "how_sure": link.how_sure if link else None,
            **{f"later_{column}": value for column, value in _cells(link.later if link else None).items()},
        }
        for fate, thing in each_fate(record, fates(record, area, as_at=as_at))
        for link in thing.links or (None,)
    ]


def _cells(said: Said | None) -> dict[str, Any]:
    if said is None:
        return dict.fromkeys(_SAID)
    return dict(zip(_SAID, (said.id, said.report, said.framework, said.day, said.page, said.text), strict=True))
