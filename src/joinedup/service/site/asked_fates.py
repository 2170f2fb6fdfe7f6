"""What became of what an area was asked for, made ready to be shown: every pair with both wordings, and the numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from joinedup.analysis.accountability_facts import About, abouts
from joinedup.analysis.asked_again_fates import last_looked_at
from joinedup.analysis.asked_again_pairs import BY_PERSON, Statement
from joinedup.service.site.asked_links import Fates, Link, Said, Thing, fates
from joinedup.service.site.choices import family_short
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.wording import report_address, words_address, words_key
from joinedup.service.site.words import short_day_in_words

if TYPE_CHECKING:
    from joinedup.record import Record

NUMBERS = (
    ("asked_again", "asked for again"),
    ("now_praised", "praised since"),
    ("dropped", "looked at since, neither asked for again nor praised"),
    ("not_looked_at", "that no later report speaks of, as far as the words tell"),
)
NEWLY = "newly_asked"

_Reports = Mapping[str, About]
"""Every report of the record, by its SHA-256."""

Numbers = tuple[tuple[str, int, str], ...]
"""(fate, how many things have it, what that is called)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: its words, where they stand, and in which report, by the year of publication ("ILACS 2024")."""

    words: str
    address: str
    when: str
    id: str
    """Of the statement."""
    named: str
    """How a form names it: by its id and its words, for a newer reading may give the id to others."""
    lead_in: str | None
    """What introduces the list that it stands in."""


@dataclass(frozen=True, slots=True)
class Later:
    """A later wording on the same thing: "asked_again", "now_praised" or "looked_at", and how sure the link is."""

    relation: str
    wording: Wording
    how_sure: str

    @property
    def by_person(self) -> bool:
        """Whether a person says that it is."""
        return self.how_sure == BY_PERSON


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing asked for: the first wording, and each later one."""

    first: Wording
    later: tuple[Later, ...]


@dataclass(frozen=True, slots=True)
class OfReport:
    """Things that one report asked for: the report's title and address, and their wordings."""

    title: str
    address: str
    asked: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class AskedFates:
    """Everything that is told of what became of what was asked for.

    `numbers` are (key, number, what it counts) of each fate that any thing has, and of `latest_new`: what the latest
    report that asks for anything is the first to ask for. `earlier_new` is what those before it were the first to ask
    for, less the very first, before which there is none. No numbers: nothing that a later report could answer.
    """

    numbers: Numbers
    again: tuple[Answered, ...]
    praised: tuple[Answered, ...]
    dropped: tuple[Answered, ...]
    not_looked_at: tuple[OfReport, ...]
    latest_new: tuple[OfReport, ...]
    earlier_new: tuple[OfReport, ...]


def asked_fates(record: Record, slug: str, *, as_at: dt.date | None = None) -> AskedFates:
    """What became of what an area was asked for; `as_at`: by the reports that could be read by that day."""
    return _asked_fates(Kept(record), slug, as_at)


@lru_cache(maxsize=KEPT)
def _asked_fates(kept: Kept, slug: str, as_at: dt.date | None) -> AskedFates:
    found, told = fates(kept.record, slug, as_at=as_at), abouts(kept.record)
    every = each_fate(kept.record, found)
    earlier_new = [one for one in found.newly_asked if one.day != found.latest]
    return AskedFates(
        numbers=numbers(found),
        again=_answered(told, _of(every, "asked_again")),
        praised=_answered(told, _of(every, "now_praised")),
        dropped=_answered(told, _of(every, "dropped")),
        not_looked_at=_by_report(told, [one.asked for one in _of(every, "not_looked_at")]),
        latest_new=_by_report(told, [one.asked for one in _of(every, NEWLY)]),
        earlier_new=_by_report(told, _newest_first(told, earlier_new)),
    )


def numbers(found: Fates) -> Numbers:
    """How many things had each fate, and how many the latest report asks for anew; nothing where there are none."""
    counted: Counter[str] = Counter(one.fate for one in found.things)
    told = [(key, counted[key], title) for key, title in NUMBERS if counted[key]]
    told.append((NEWLY, len(_latest_new(found)), "asked for anew by the latest report that asks for anything"))
    return tuple(told) if found.things else ()


def each_fate(record: Record, found: Fates) -> list[tuple[str, Thing]]:
    """Every thing with the fate under which `numbers` counts it, so that they add up, in the order of the page, its
    table and the API.

    What was looked at last comes first, and of that what was asked for again in most reports; then what no later report
    speaks of and what was newly asked, by report, the newest first. Where a later report asks for nothing, what was
    newly asked before it has a fate by that report, too, and is there under both.
    """
    told, by_id = abouts(record), {one.asked.id: one for one in found.things}
    looked_at = [one for one in found.things if one.links]
    unanswered = _newest_first(told, (one.asked for one in found.things if not one.links))
    newly = _newest_first(told, _latest_new(found)) if found.things else []
    return [
        *((one.fate, one) for one in sorted(looked_at, key=lambda one: last_looked_at(one.links), reverse=True)),
        *((by_id[one.id].fate, by_id[one.id]) for one in unanswered),
        *((NEWLY, by_id.get(one.id, Thing(one, ()))) for one in newly),
    ]


def _of(every: Iterable[tuple[str, Thing]], fate: str) -> list[Thing]:
    return [thing for each, thing in every if each == fate]


def _latest_new(found: Fates) -> list[Said]:
    return [one for one in found.newly_asked if one.day == found.latest]


def answered(record: Record, found: Fates, fate: str, most: int) -> tuple[Answered, ...]:
    """The first so many things of one fate."""
    return _answered(abouts(record), _of(each_fate(record, found), fate)[:most])


def _answered(told: _Reports, things: Iterable[Thing]) -> tuple[Answered, ...]:
    return tuple(Answered(wording(told, one.asked), tuple(_later(told, link) for link in one.links)) for one in things)


def _later(told: _Reports, link: Link) -> Later:
    return Later(link.relation, wording(told, link.later, link.words), link.how_sure)


def wording(told: _Reports, said: Said | Statement, words: str = "") -> Wording:
    """A statement as it is shown. `words`: the sentence of it that is shown, where that is not all of it."""
    address = words_address(said.report, said.page, said.text)
    year = _published(told, said).year
    when = f"{family_short(said.framework)} {year}".strip()
    return Wording(words or said.text, address, when, said.id, named(said.id, said.text), said.lead_in)


def named(identity: str, text: str) -> str:
    """How a form names a statement: as `Wording.named`."""
    return f"{identity}.{words_key(text)}"


def same_address(area: str, first: Wording, later: str = "") -> str:
    """Where it is said whether a later statement (as a form names it) is on the same thing as what was asked for; where
    none is named, where it is looked for."""
    asked = {"asked": first.named} | ({"later": later} if later else {})
    return f"{reverse('area-same', args=[area])}?{urlencode(asked)}"


def _published(told: _Reports, said: Said | Statement) -> dt.date:
    """The day by which a report is called on every page: links are put in order by that of the inspection."""
    return told[said.report].day or said.day


def _newest_first(told: _Reports, asked: Iterable[Said]) -> list[Said]:
    """By report, the newest first; each report's in its own order."""
    return sorted(asked, key=lambda one: (_published(told, one), one.report), reverse=True)


def _by_report(told: _Reports, asked: Iterable[Said]) -> tuple[OfReport, ...]:
    return tuple(_of_report(told, list(every)) for _, every in groupby(asked, key=lambda one: one.report))


def _of_report(told: _Reports, asked: list[Said]) -> OfReport:
    first = asked[0]
    title = f"{family_short(first.framework)}, {short_day_in_words(_published(told, first))}"
    return OfReport(title, report_address(first.report), tuple(wording(told, one) for one in asked))
