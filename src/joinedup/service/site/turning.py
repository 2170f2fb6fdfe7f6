"""The pages of a long list: the one before and the one after, and what is said of one that there is none of."""

from __future__ import annotations

from typing import Any, Protocol


class Paged(Protocol):
    """What a list's address asks for."""

    @property
    def page(self) -> int:
        """The page of the list, counted from 1."""

    def query(self, **changes: Any) -> str:
        """The query string with some of it changed."""


def page_status(asking: Paged, pages: int) -> int:
    """The status of a list's page: 404 where there is none of that number, which the page says, else 200."""
    return 404 if asking.page > pages else 200


def turns(asking: Paged, pages: int) -> list[tuple[str, str, str]]:
    """(rel, title, address) of the page of the list before and the one after."""
    found = []
    if asking.page > 1:
        found.append(("prev", "Previous", asking.query(page=min(asking.page - 1, pages))))
    if asking.page < pages:
        found.append(("next", "Next", asking.query(page=asking.page + 1)))
    return found
