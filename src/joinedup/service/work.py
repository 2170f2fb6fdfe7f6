"""What needs somebody now: apps say what they have for a person, and the home page shows it.

An app registers a function in its `AppConfig.ready`:

    from joinedup.service.work import register
    register(waiting_requests)

The function takes the person and answers with a few `Item`s, in a few queries that do not grow with rows: things of one
kind are one item with a count. It says nothing of what the person may not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

if TYPE_CHECKING:
    from joinedup.service.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs somebody: what, where it is done, why it is theirs, by when, and how many there are."""

    title: str
    url: str
    why: str = ""
    due: dt.date | None = None
    count: int = 1

    @property
    def overdue(self) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < timezone.localdate()


Source = TypeVar("Source", bound="Callable[[Person], Iterable[Item]]")
_sources: list[Callable[[Person], Iterable[Item]]] = []


def register(source: Source) -> Source:
    """Ask this function too what needs a person. Registering it again changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def items_for(person: Person) -> list[Item]:
    """What needs the person now: what is due first, then the rest in the order in which apps told of it."""
    items = [item for source in _sources for item in source(person)]
    return sorted(items, key=lambda item: item.due or dt.date.max)
