"""The day by which a joint inspection's statement is due: computed when a report is taken in, and again when a
correction moves what it is computed from."""

from __future__ import annotations

import datetime as dt

from joinedup.areas import add_working_days
from joinedup.errors import UsageError

STATEMENT_WORKING_DAYS = 70
"""How long a principal authority has for its statement after it receives the report (SI 2015/1792, regulation 4)."""


def statement_due(framework: str | None, published: dt.date | None) -> dt.date | None:
    """The day by which a joint inspection's statement is due by the rule; None for other inspections, and for a day
    of which no working days are known, as one that was misread or mistyped."""
    # The rule counts from the day the letter is received; the letter's own date is the nearest that is published.
    if framework != "jtai" or published is None:
        return None
    try:
        return add_working_days(published, STATEMENT_WORKING_DAYS)
    except (UsageError, OverflowError):
        return None
