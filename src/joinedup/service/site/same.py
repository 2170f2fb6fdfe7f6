"""Whether a later statement is on the same thing as what an area was asked for: the two, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.asked_again import beside, what_became
from joinedup.analysis.asked_again_pairs import Pair, Statement
from joinedup.analysis.asked_again_said import said
from joinedup.analysis.asked_again_saying import say_same
from joinedup.record.naming import letters
from joinedup.service.site.asked_fates import Wording, wording
from joinedup.service.site.wording import words_key

if TYPE_CHECKING:
    from joinedup.record import Record

MOST = 10
"""Statements with the words that were sought which are offered; of more, more words are asked for."""

_ADDRESS = re.compile(r"/reports/(?P<report>[0-9a-f]{12,64})/pages/[0-9]+\?(?:[^#]*&)?finding=(?P<key>[0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that an area was asked for, and every later statement on the area, oldest first."""

    statement: Statement
    after: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Two:
    """The two, and what stands: the pair, None where they are none; `spoken`: a person has said so."""

    earlier: Statement
    later: Statement
    pair: Pair | None
    spoken: bool

    @property
    def stands(self) -> str:
        """Whether they are on the same thing, "yes" or "no"."""
        return "yes" if self.pair else "no"


def find_asked(record: Record, area: str, named: str) -> Asked | None:
    """The thing that a form names, as `Wording.named` does; None where the area was asked for nothing of the kind, or
    the statement is read otherwise now."""
    every = beside(record, named.partition(".")[0])
    found = _named(every, named)
    if found is None or not found.asks or abouts(record)[found.report].area != area:
        return None
    return Asked(found, tuple(sorted((one for one in every if one.day > found.day), key=lambda one: one.day)))


def find_two(record: Record, area: str, asked: Asked, named: str) -> Two | None:
    """That thing and the later statement that a form names; None as of `find_asked`."""
    earlier, later = asked.statement, _named(asked.after, named)
    if later is None:
        return None
    pairs = what_became(record, area).pairs
    pair = next((one for one in pairs if (one.earlier.id, one.later.id) == (earlier.id, later.id)), None)
    return Two(earlier, later, pair, later.id in said(record).get(earlier.id, {}))


def _named(every: tuple[Statement, ...], named: str) -> Statement | None:
    identity, _, key = named.partition(".")
    return next((one for one in every if one.id == identity and words_key(one.text) == key), None)


def with_words(asked: Asked, given: str) -> list[Statement]:
    """The later statements that have some words, or the one whose page's address was given."""
    if address := _ADDRESS.search(given):
        report, key = address["report"], address["key"]
        return [one for one in asked.after if one.report.startswith(report) and words_key(one.text) == key]
    sought = letters(given)
    return [one for one in asked.after if sought in letters(one.text)] if sought else []


def shown(record: Record, one: Statement) -> Wording:
    """A statement as the page shows it."""
    return wording(abouts(record), one)


def say(two: Two, new: str | None, seen: str, by: str, reason: str) -> None:
    """Have it count what a person says of the two; `new` None takes back what was said before.

    What the program tells alone and a person affirms is confirmed. Raises what `say_same` does.
    """
    confirm = new is not None and new == two.stands and not two.spoken
    say_same(
        settings.RECORD,
        report=two.earlier.report,
        finding=two.earlier.id,
        later=two.later.id,
        new=None if confirm else new,
        confirm=confirm,
        withdraw=new is None,
        seen=seen,
        by=by,
        reason=reason,
    )
