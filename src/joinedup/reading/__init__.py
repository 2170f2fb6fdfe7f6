"""Reading published inspection reports: a PDF file in, a `Report` or a `Refusal` out.

`read(path)` reads one file here; `read_many(paths)` reads any number in processes of their own, in the order given,
so that a file that harms its reader harms nothing else. `to_json` gives the contract's shape.
"""

from joinedup.reading.many import ClusterError, expand, read_many
from joinedup.reading.model import (
    Addressee,
    AreaRef,
    Box,
    Item,
    JudgementRead,
    OutcomeRead,
    Problem,
    Publication,
    Refusal,
    Report,
    Statement,
)
from joinedup.reading.one import READER_VERSION, read, read_bytes
from joinedup.reading.shape import to_json

__all__ = [
    "READER_VERSION",
    "Addressee",
    "AreaRef",
    "Box",
    "ClusterError",
    "Item",
    "JudgementRead",
    "OutcomeRead",
    "Problem",
    "Publication",
    "Refusal",
    "Report",
    "Statement",
    "expand",
    "read",
    "read_bytes",
    "read_many",
    "to_json",
]
