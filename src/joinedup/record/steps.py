"""A question as named SQL steps, and its answer.

Each step is one SELECT that may name the record's tables and the steps before it; the last is the answer. Values
stand in the SQL only as `$name` and are bound when the question is put, so that no value is ever part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from joinedup.record.errors import QueryError
from joinedup.record.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Steps:
    """Named steps in order. `step` gives a longer question and leaves this one as it is, so that a stem is shared."""

    named: tuple[tuple[str, str], ...] = ()

    def step(self, name: str, sql: str) -> Steps:
        """The question with one more step. Names are lower-case words; a step may not hide a table or a step."""
        if not _NAME.fullmatch(name):
            raise QueryError(f"A step's name is lower-case letters, digits and underscores: {name!r}.", sql)
        if name in TABLES or any(name == before for before, _ in self.named):
            raise QueryError(f"A step cannot be called {name!r}: the name is taken.", sql)
        return Steps((*self.named, (name, sql.strip())))

    @property
    def sql(self) -> str:
        """The steps as one query."""
        if not self.named:
            raise QueryError("A question has at least one step.", "")
        *before, (_, last) = self.named
        if not before:
            return last
        clauses = ",\n".join(f"{name} AS (\n{sql}\n)" for name, sql in before)
        return f"WITH {clauses}\n{last}"

    @property
    def tables(self) -> tuple[str, ...]:
        """The record's tables that the steps name, each after those it leans on."""
        words = {word for _, sql in self.named for word in _WORD.findall(sql.lower())}
        return tuple(name for name in TABLES if name in words)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record answered: rows by column name, the SQL that made them, the snapshot that was asked."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    sql: str
    snapshot: str
    _arrow: Callable[[], pa.Table] = field(repr=False, compare=False)

    def arrow(self) -> pa.Table:
        """The same rows as an Arrow table (asked again of the same snapshot; needs the record still to be there)."""
        return self._arrow()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
