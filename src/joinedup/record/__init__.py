"""The public record: its tables, taking files in, snapshots, the bundled facts and the search index.

`open_record` gives one snapshot; `Record.ask` answers named SQL steps with bound values; `ingest` takes files in;
`correct` says what is right where something was read wrongly. What has to do with taking in and with corrections is
fetched when it is first asked for: no question needs it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from joinedup.record.errors import QueryError, RecordBusyError, RecordError
from joinedup.record.gate import Record
from joinedup.record.opening import open_record
from joinedup.record.steps import Answer, Steps

if TYPE_CHECKING:
    from joinedup.record.corrected import Correction, corrections
    from joinedup.record.correcting import correct
    from joinedup.record.intake import IngestSummary, ingest

__all__ = [
    "Answer",
    "Correction",
    "IngestSummary",
    "QueryError",
    "Record",
    "RecordBusyError",
    "RecordError",
    "Steps",
    "correct",
    "corrections",
    "ingest",
    "open_record",
]


_HOMES = {
    "Correction": "corrected",
    "IngestSummary": "intake",
    "correct": "correcting",
    "corrections": "corrected",
    "ingest": "intake",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
