"""The files that reports were read from, kept beside the tables by the SHA-256 of their content.

A page that shows the words where they stand needs the page itself. A file is kept once, whatever names it comes
under, and is there whole or not at all. Nothing else leans on it: a record whose files are gone answers as before.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.record.derived import write
from joinedup.record.errors import RecordError
from joinedup.record.location import Location

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

FOLDER = "originals"

_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(location: Location, sha256: str, file: Path) -> bool:
    """Keep a file under the hash of its content; whether it is held now.

    False where the file has changed or gone since its hash was taken: what was read is then no longer to be had.
    Raises `RecordError` where the record cannot be written.
    """
    if is_held(location, sha256):
        return True
    try:
        data = file.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    try:
        if location.remote:
            with _store(location).open_output_stream(_name(sha256)) as out:  # put under its name when it is complete
                out.write(data)
        else:
            write(location.folder / FOLDER / _name(sha256), data)
    except OSError as error:
        raise RecordError(f"The record at {location.address} cannot be written ({FOLDER}): {error}") from error
    return True


def is_held(location: Location, sha256: str) -> bool:
    """Whether the file of that hash is held."""
    if not location.remote:
        return (location.folder / FOLDER / _name(sha256)).is_file()
    from pyarrow.fs import FileType

    (found,) = _store(location).get_file_info([_name(sha256)])
    return bool(found.type == FileType.File)


def original(location: Location, sha256: str) -> bytes | None:
    """The file's content; None where it is not held or is no longer what it was."""
    try:
        if location.remote:
            with _store(location).open_input_stream(_name(sha256)) as stored:
                data: bytes = stored.read()
        else:
            data = (location.folder / FOLDER / _name(sha256)).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"The record at {location.address} cannot be read ({FOLDER}): {error}") from error
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _name(sha256: str) -> str:
    # The hash becomes a part of a path: nothing but a hash may.
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in hexadecimal: {sha256!r}")
    return f"{sha256}.pdf"


def _store(location: Location) -> FileSystem:
    import pyarrow as pa
    from deltalake.fs import DeltaStorageHandler
    from pyarrow.fs import PyFileSystem

    class Store(DeltaStorageHandler):
        """The table format's own way to the object store, given bytes where pyarrow hands over its buffers."""

        def open_output_stream(self, path: str, metadata: dict[str, str] | None = None) -> Any:
            return pa.PythonFile(_BytesOnly(self._handler.open_output_stream(path, metadata)), mode="w")

    return PyFileSystem(Store(location.table(FOLDER), location.options()))


class _BytesOnly:
    """A stream that takes anything that holds bytes and passes bytes on."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def write(self, data: Any) -> int:
        self._out.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        self._out.close()

    @property
    def closed(self) -> bool:
        return bool(self._out.closed)
