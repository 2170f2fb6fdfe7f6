"""What can go wrong with the record, in words for the person who must act."""

from __future__ import annotations

from joinedup.errors import JoinedupError


class RecordError(JoinedupError):
    """The record cannot be read or written: the place is wrong, out of reach or not a record."""


class DamagedRecordError(RecordError):
    """Something that was taken in is gone, or cannot be read any more."""


class RecordBusyError(RecordError):
    """Another process has been writing to the record for longer than we are willing to wait."""


class QueryError(RecordError):
    """A question that the query engine refused. `sql` is the whole query as it was put, for `-v`."""

    def __init__(self, message: str, sql: str) -> None:
        super().__init__(message)
        self.sql = sql
