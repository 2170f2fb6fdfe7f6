"""What became of a thing that was asked for, told from the later statements on it: here alone, for all who ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Protocol, TypeVar

Relation = Literal["asked_again", "now_praised", "looked_at"]
Fate = Literal["asked_again", "now_praised", "dropped", "not_looked_at"]


class Stated(Protocol):
    """A statement of one report; `day` is the first day of its inspection."""

    @property
    def id(self) -> str:
        """The statement's id."""

    @property
    def report(self) -> str:
        """The report's SHA-256."""

    @property
    def day(self) -> dt.date:
        """The first day of the inspection."""


class Linked(Protocol):
    """A later statement on the same thing as an earlier one."""

    @property
    def relation(self) -> str:
        """A `Relation`."""

    @property
    def later(self) -> Stated:
        """The later statement."""


S = TypeVar("S", bound=Stated)
L = TypeVar("L", bound=Linked)


def fate(links: Sequence[Linked]) -> Fate:
    """As the latest report has it that looked at the thing: asked again, else praised, else dropped; not looked at
    where no report has anything on it that the words tell."""
    if not links:
        return "not_looked_at"
    latest, _ = last_looked_at(links)
    relations = {link.relation for link in links if link.later.day == latest}
    if "asked_again" in relations:
        return "asked_again"
    return "now_praised" if "now_praised" in relations else "dropped"


def times_asked_again(links: Sequence[Linked]) -> int:
    """In how many later reports it was asked for again."""
    return len({link.later.report for link in links if link.relation == "asked_again"})


def last_looked_at(links: Sequence[Linked]) -> tuple[dt.date, int]:
    """The day of the last inspection that looked at the thing, and how many asked for it again: what lists go by, the
    greatest first. There must be a link."""
    return max(link.later.day for link in links), times_asked_again(links)


def answerable(asked: Sequence[tuple[S, Sequence[L]]], last: dt.date) -> tuple[list[tuple[S, Sequence[L]]], list[S]]:
    """Of everything that was asked for, each with its links: what a report could answer, the last of which is of the
    day `last`; and what was newly asked, by a report after the first that asks and by none before."""
    first = min((one.day for one, _ in asked), default=dt.date.max)
    again = {link.later.id for _, links in asked for link in links if link.relation == "asked_again"}
    return (
        [(one, links) for one, links in asked if one.day < last],
        [one for one, _ in asked if one.day > first and one.id not in again],
    )
