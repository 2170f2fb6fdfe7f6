"""Saying that a later statement is on the same thing as an earlier one that asks for something, or that it is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.analysis.asked_again import beside, link
from joinedup.analysis.asked_again_said import said
from joinedup.record import open_record

if TYPE_CHECKING:
    from joinedup.record import Correction, Record


def told_same(record: Record, earlier: str, later: str) -> str:
    """Whether the program tells two statements (their ids) to be on the same thing, "yes" or "no", by the words and all
    that people say of others; what they say of these two is left out."""
    others = {
        one: {other: same for other, same in answers.items() if (one, other) != (earlier, later)}
        for one, answers in said(record).items()
    }
    pairs = {(pair.earlier.id, pair.later.id) for pair in link(beside(record, earlier), others).pairs}
    return "yes" if (earlier, later) in pairs else "no"


def say_same(
    location: str | Path | None = None,
    *,
    report: str,
    finding: str,
    later: str,
    new: str | None = None,
    by: str,
    reason: str,
    withdraw: bool = False,
    confirm: bool = False,
    seen: str | None = None,
    now: dt.datetime | None = None,
) -> Correction:
    """Say of an earlier thing asked for and a later statement whether they are on the same thing, and have it count.

    Args:
        location: the record, as `open_record` takes it.
        report, finding: the earlier statement, as `joinedup.record.correct` takes it.
        later: the later one: its id, or its report, a colon and some of its words.
        new: "yes" or "no".
        withdraw: take back what was said before: the program's answer stands again. `new` is left out.
        confirm: what the program tells is right, whatever a newer one tells. `new` is left out.
        seen: what stood ("yes" or "no") when whoever says it looked; left out, whatever stands is replaced.
        by, reason, now: as of `joinedup.record.correct`, which raises what this does.
    """
    from joinedup.record.correcting import NOT_SAID, correct
    from joinedup.record.naming import statement
    from joinedup.record.same import field_of, find_later

    record = open_record(location)
    earlier, other = statement(record, report, finding).id, find_later(record, later)
    return correct(
        location,
        report=report,
        finding=earlier,
        field=field_of(record, other),
        new=new,
        by=by,
        reason=reason,
        withdraw=withdraw,
        confirm=confirm,
        seen=NOT_SAID if seen is None else seen,
        told=lambda now: told_same(now, earlier, other),
        now=now,
    )
