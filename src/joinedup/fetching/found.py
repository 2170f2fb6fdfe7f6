"""What is looked for and what was found: the kinds of published things, and one thing with its address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.fetching.errors import UnknownKindError

REPORT_KINDS = {
    "inspections": "inspections of councils' children's services, of every framework since 2009",
    "visits": "letters of focused visits and monitoring visits",
    "joint": "letters of joint targeted area inspections",
    "send": "area SEND inspections",
}
STATISTICS_KINDS = {
    "outcomes": "Ofsted's outcomes statistics, from GOV.UK",
    "statistics": "the Department for Education's data sets on children's services",
}
KINDS = {**REPORT_KINDS, **STATISTICS_KINDS}

# Tried in this order on the words that the reports site gives each link; what fits none is not ours.
_WORDS: tuple[tuple[str, str], ...] = (
    ("visits", r"focused visit|monitoring|assurance visit"),
    ("joint", r"joint (area child protection|targeted area)"),
    ("send", r"\bsend\b|special educational needs"),
    (
        "inspections",
        r"children.?s services|local authority|safeguarding|looked after|child protection|joint area review",
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One published thing: where it is, what it is and, where the page says, when it came out and on whom it is.

    `suffix` is what its file must be ("pdf", "ods", "csv", "xlsx"); `urn` Ofsted's number of the council.
    """

    address: str
    kind: str
    title: str
    suffix: str
    published: dt.date | None = None
    area: str | None = None
    urn: str | None = None

    def file_name(self, mark: str) -> str:
        """A readable file name, kept apart from others of the same title by a mark."""
        parts = (self.urn, self.area or self.title, self.published and self.published.isoformat(), mark)
        stem = "-".join(_plain(str(part)) for part in parts if part)
        return f"{stem}.{self.suffix}"


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:70].strip("-")


def kind_of_report(title: str) -> str | None:
    """The kind of report that a link's words announce; None for one that is not ours."""
    words = title.lower()
    return next((kind for kind, pattern in _WORDS if re.search(pattern, words)), None)


def chosen_kinds(kinds: Iterable[str] | None, *, one_area: bool) -> frozenset[str]:
    """The kinds asked for; all of them, or for one area those that are about one area. Raises UnknownKindError."""
    if kinds is None:
        return frozenset(REPORT_KINDS if one_area else KINDS)
    asked = frozenset(kinds)
    if strange := asked - KINDS.keys():
        raise UnknownKindError(f"There is no kind called {', '.join(sorted(strange))}; there are {', '.join(KINDS)}.")
    return asked
