"""What people say of an earlier thing asked for and a later statement: that both are on the same thing, or are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from joinedup.analysis.remembering import once
from joinedup.record.schema import CONFIRMED, SAME

if TYPE_CHECKING:
    from joinedup.record import Record

Said = Mapping[str, Mapping[str, bool]]
"""By the id of the statement that asks for something, and the later statement's: whether they are."""

NOTHING_SAID: Said = {}

SAID = f"""
    SELECT earlier.id AS earlier, later.id AS later, c.new = 'yes' AS same
    FROM corrections AS c, unnest(c.statements) AS earlier(id), unnest(c.later) AS later(id)
    WHERE starts_with(c.field, '{SAME}') AND c.standing IN ('standing', '{CONFIRMED}')
"""  # noqa: S608 - constants of our own
"""SQL for the same as rows."""


def said(record: Record) -> Said:
    """What people say in a record, as it stands."""

    def ask() -> Said:
        from joinedup.record import Steps

        told: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        for row in record.ask(Steps().step("said", SAID)).rows:
            told[row["earlier"]][row["later"]] = row["same"]
        return dict(told)

    return once(record, "said_of_links", ask)
