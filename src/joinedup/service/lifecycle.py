"""Life-cycles as tables: state, event, next state, who may. Nothing moves but by a row of its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.service.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Row:
    """One row: in `state`, `event` leads to `then`, for whoever has `permission`. `title` is what a button says."""

    state: str
    event: str
    then: str
    permission: Permission
    title: str


class LifeCycle:
    """A table of rows for one kind of thing. `titles` names each state for people, in the order of a thing's life."""

    def __init__(self, titles: dict[str, str], rows: Iterable[Row]) -> None:
        self.titles = titles
        self.rows = tuple(rows)
        self._by = {(row.state, row.event): row for row in self.rows}
        assert len(self._by) == len(self.rows), "an event leads from a state to one other"
        named = {state for row in self.rows for state in (row.state, row.then)}
        assert named <= titles.keys(), f"states without a title: {named - titles.keys()}"

    def row(self, state: str, event: str) -> Row:
        """The row for an event in a state. Raises RefusedError, saying what can happen in that state."""
        try:
            return self._by[state, event]
        except KeyError:
            from joinedup.service.actions import RefusedError  # here, so that the docs read tables without a database

            possible = ", ".join(row.title.lower() for row in self.leaving(state)) or "nothing more"
            raise RefusedError(
                f"That cannot be done while it is {self.titles[state].lower()}. What can be done now: {possible}."
            ) from None

    def leaving(self, state: str) -> tuple[Row, ...]:
        """What can happen in a state."""
        return tuple(row for row in self.rows if row.state == state)
