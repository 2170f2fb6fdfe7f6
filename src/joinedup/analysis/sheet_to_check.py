"""A table of doubtful answers that people check in a spreadsheet: whom each statement holds responsible, with cells to
say whether that is right. `sheet_checked` takes it back in."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from joinedup.analysis.accountability_demands import Accountability, Demand, accountability
from joinedup.analysis.accountability_filters import Filters
from joinedup.analysis.filled_in import MOST_ROWS
from joinedup.analysis.statement_columns import OF_CHECKING
from joinedup.errors import UsageError
from joinedup.record.applying import APART

if TYPE_CHECKING:
    from joinedup.record import Record

SURE = 1.0
"""Whatever a program told is less sure than this; what a person gave or confirmed is as sure."""

TO_FILL_IN = ("right", "right_agencies", "why", "who")
"""The columns that are a person's."""


def to_check(
    record: Record, *, limit: int | None = None, offset: int = 0, **filters: Unpack[Filters]
) -> Accountability:
    """The statements that the filters leave and nobody has spoken for, the most doubtful first.

    Raises as `accountability` does, and UsageError where they are more than one table takes.
    """
    told: Filters = {**filters, "sure_below": filters.get("sure_below") or SURE}
    found = accountability(record, limit=limit, offset=offset, doubtful_first=True, **told)
    if len(found.demands) > MOST_ROWS:
        raise UsageError(
            f"{len(found.demands):,} statements are more than the {MOST_ROWS:,} that one table to check may have: "
            "choose fewer, or take them in parts."
        )
    return found


def rows_to_check(demands: Iterable[Demand]) -> list[dict[str, Any]]:
    """A row for each statement, in OF_CHECKING's columns."""
    return [_row(one) for one in demands]


def columns_to_check() -> Mapping[str, str]:
    """What the columns mean, with the agencies that there are."""
    from joinedup.areas import agencies

    there_is = "; ".join(f"{one.title} ({one.key})" for one in agencies())
    return {**OF_CHECKING, "right_agencies": f"{OF_CHECKING['right_agencies']}. There is: {there_is}"}


def mark(finding: str, words: str, agencies: Sequence[str]) -> str:
    """What shows that a statement's id, the hash of its words and its agencies stand in the row they were written in:
    whoever sorts some of the columns alone, or writes what is right over what was read, would say what they never
    meant. It begins with a letter, so that no program takes it for a number."""
    told = " ".join((finding, words, *sorted(agencies)))
    return f"m{hashlib.sha256(told.encode()).hexdigest()[:11]}"


def _row(demand: Demand) -> dict[str, Any]:
    from joinedup.record.naming import fingerprint

    about = demand.report
    keys = sorted(held.agency for held in demand.agencies)
    return {
        "area_name": about.area_name,
        "framework": about.framework,
        "published": about.published,
        "page": demand.page,
        "kind": demand.kind,
        "section": demand.section,
        "lead_in": demand.lead_in,
        "text": demand.text,
        "agencies": APART.join(keys),
        "words": APART.join(dict.fromkeys(held.words for held in demand.agencies if held.words)) or None,
        "sure": round(math.prod(1 if held.confidence is None else held.confidence for held in demand.agencies), 2),
        **dict.fromkeys(TO_FILL_IN),
        "finding": demand.id,
        "file": about.file,
        "mark": mark(demand.id, fingerprint(demand.text), keys),
    }
