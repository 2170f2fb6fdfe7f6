"""How many statements there are of each sort, each number with the address of exactly those in the explorer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from joinedup.analysis.accountability_facts import About
from joinedup.analysis.accountability_filters import reports_of, selection
from joinedup.record.choices import POLARITY_TITLES
from joinedup.service.site.asking import Asking
from joinedup.service.site.explorer import filters, with_fictional
from joinedup.service.site.wording import NOBODY

if TYPE_CHECKING:
    from joinedup.analysis.accountability_agencies import Tally
    from joinedup.record import Record


@dataclass(frozen=True, slots=True)
class Number:
    """How many statements there are of one sort ("asked", "praised", "concerns", "mixed"), and the query string of
    their list; empty where there is no list of these alone."""

    sort: str
    title: str
    counted: int
    query: str


def numbers(tally: Tally, asking: Asking | None) -> tuple[Number, ...]:
    """A tally's numbers; `asking` is for what they have in common, None where the explorer cannot be asked for that."""
    said = {"praised": "strength", "concerns": "weakness", "mixed": "mixed"}
    titles = {
        "asked": "asked for",
        "praised": "praised",
        "concerns": "concern" if tally.concerns == 1 else "concerns",
        "mixed": POLARITY_TITLES["mixed"],
    }

    def query(sort: str) -> str:
        if asking is None:
            return ""
        return (replace(asking, kind="said", polarity=said[sort]) if sort in said else asking).query()

    return tuple(Number(sort, title, getattr(tally, sort), query(sort)) for sort, title in titles.items())


def asking_of_report(record: Record, about: About) -> Asking | None:
    """What asks for the statements of one report; None where that would ask for another's, too, or for none.

    The explorer is asked for areas, kinds of inspection and days, by which reports are told apart: but for one of an
    unknown area, or two of one kind published on one day.
    """
    if about.area is None:
        return None
    asking = Asking(
        area=about.area,
        framework=about.framework or "",
        since=about.day,
        until=about.day,
        period="" if about.day else NOBODY,
    )
    found = reports_of(record, selection(**filters(asking), fictional=with_fictional(asking, record)))
    return asking if [one.sha256 for one in found] == [about.sha256] else None
