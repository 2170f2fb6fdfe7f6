"""Answers to check: whom statements hold responsible, those first of which the program is least sure.

A person who reads a few of them puts right most of what is wrong (docs/explanation/attribution.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import QueryDict

from joinedup.analysis.accountability_demands import demands
from joinedup.analysis.accountability_facts import KINDS, Fact
from joinedup.analysis.accountability_filters import select, selection
from joinedup.analysis.sheet_to_check import SURE
from joinedup.record.applying import APART
from joinedup.record.correcting import ChangedMeanwhileError, Saying, correct_each
from joinedup.service.site import explorer
from joinedup.service.site.asking import Asking
from joinedup.service.site.report_page import because, per_cent
from joinedup.service.site.wording import agency_title, words_key

if TYPE_CHECKING:
    from joinedup.record import Record

PAGE = 10
"""Statements on one page; they are sent together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement to check. `agencies` are ticked; `spoken`: whoever checks has been shown what somebody else said
    meanwhile; `checked`: somebody says that it was looked at; `wrong` is what stopped it from being saved."""

    shown: explorer.Shown
    seen: str
    agencies: tuple[str, ...]
    spoken: bool = False
    checked: bool = False
    wrong: str = ""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.shown.demand.id

    @property
    def named(self) -> str:
        """How a form names it: by its id and its words, for a newer reading may give the id to others."""
        return f"{self.id}.{words_key(self.shown.demand.text)}"

    @property
    def anchor(self) -> str:
        """Its name within the page."""
        return f"s-{self.id}"

    @property
    def reasons(self) -> list[tuple[str, str, int | None]]:
        """Each agency that is told of it, why, and how sure that is in per cent, as `Line.reasons` has them."""
        said = self.shown.demand
        return [
            (agency_title(one.agency), because(said, one.words) if one.words else "", per_cent(one.confidence))
            for one in said.agencies
        ]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One page of the statements to check: `total` altogether."""

    total: int
    entries: tuple[Entry, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def doubtful(record: Record, asking: Asking) -> Doubtful:
    """The page of statements that a question leaves and nobody has spoken for, the most doubtful first."""
    given = explorer.filters(asking)
    given["sure_below"] = given["sure_below"] or SURE
    found = select(record, selection(**given, fictional=explorer.with_fictional(asking, record)))
    found.sort(key=attrgetter("sure_of_all"))  # what is as sure stays newest first
    first = (asking.page - 1) * PAGE
    return Doubtful(len(found), tuple(_entries(record, found[first : first + PAGE])))


def sent(record: Record, given: QueryDict) -> tuple[Entry, ...]:
    """The statements that a form was sent with, as it was filled in; those are left out that are not read so any more.
    Whoever ticks other agencies has checked the statement, whether or not they say so."""
    named = list(dict.fromkeys(given.getlist("of")))[:PAGE]
    ids = {each.partition(".")[0] for each in named}
    every = select(record, selection(kinds=KINDS, fictional=settings.SHOW_FICTIONAL))
    found = {one.named: one for one in _entries(record, [fact for fact in every if fact.id in ids])}
    return tuple(_filled(found[each], given) for each in named if each in found)


def _filled(one: Entry, given: QueryDict) -> Entry:
    seen, ticked = given.get(f"seen-{one.id}", ""), tuple(given.getlist(f"agencies-{one.id}"))
    checked = one.id in given.getlist("checked") or set(ticked) != _several(seen)
    return replace(one, seen=seen, agencies=ticked, spoken=f"spoken-{one.id}" in given, checked=checked)


def _several(agencies: str) -> set[str]:
    """The agencies of a value as the record keeps it."""
    return set(filter(None, agencies.split(APART)))


def keep(entries: Sequence[Entry], by: str, reason: str) -> list[Entry]:
    """Save what a person says of those that were checked: what was ticked is right. Those that are not saved come
    back, with what was wrong; where somebody else has spoken meanwhile, with what stands now.

    Raises RecordError where the record cannot be written: nothing is saved then.
    """
    checked = [one for one in entries if one.checked]
    made = correct_each(settings.RECORD, [_saying(one) for one in checked], by=by, reason=reason)
    return [_stopped(one, why) for one, why in zip(checked, made, strict=True) if isinstance(why, Exception)]


def _saying(one: Entry) -> Saying:
    as_seen = set(one.agencies) == _several(one.seen)
    said = Saying(one.shown.demand.report.sha256, "agencies", one.id, seen=one.seen, unspoken=not one.spoken)
    return replace(said, confirm=True) if as_seen else replace(said, new=one.agencies)


def _stopped(one: Entry, why: Exception) -> Entry:
    if isinstance(why, ChangedMeanwhileError):
        stands = why.stands or ""
        one = replace(one, seen=stands, agencies=tuple(_several(stands)), spoken=why.latest is not None, checked=False)
    return replace(one, wrong=str(why))


def _entries(record: Record, chosen: list[Fact]) -> Iterator[Entry]:
    for one in demands(record, chosen):
        stands = tuple(held.agency for held in one.agencies)
        yield Entry(explorer.shown(one), APART.join(sorted(stands)), stands)
