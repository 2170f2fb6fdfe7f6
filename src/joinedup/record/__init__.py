"""The public record: its tables, taking files in, snapshots, the bundled facts and the search index.

`open_record` gives one snapshot; `Record.ask` answers named SQL steps with bound values; `ingest` takes files in.
"""

from joinedup.record.errors import QueryError, RecordBusyError, RecordError
from joinedup.record.gate import Record
from joinedup.record.intake import IngestSummary, ingest
from joinedup.record.opening import open_record
from joinedup.record.steps import Answer, Steps

__all__ = [
    "Answer",
    "IngestSummary",
    "QueryError",
    "Record",
    "RecordBusyError",
    "RecordError",
    "Steps",
    "ingest",
    "open_record",
]
