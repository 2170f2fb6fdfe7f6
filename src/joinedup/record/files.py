"""Which data files a stored table has, as paths that the query engine can open.

A local record's files are opened where they stand. An object store's are copied once into the derived folder: data
files are never changed after they are written and each has a name of its own, so a copy is never stale.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.record.derived import forget, part_of, settle, write
from joinedup.record.errors import RecordError
from joinedup.record.location import DERIVED, Location

if TYPE_CHECKING:
    from deltalake import DeltaTable

KEPT = 4
"""Lists of a table's files that are kept: those of its newest versions."""

_ENTRY = re.compile(r"\d{20}\.json")
"""An entry of a Delta table's log."""


def open_table(location: Location, name: str, version: int | None = None) -> DeltaTable:
    """The stored table, at a version or as it stands. Raises `RecordError` where it cannot be opened."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        return DeltaTable(location.table(name), version=version, storage_options=location.options())
    except (DeltaError, OSError) as error:
        raise RecordError(f"The record at {location.address} cannot be read ({name}): {_first(error)}") from error


@dataclass(frozen=True, slots=True)
class Version:
    """A table's version: its number, and a mark that tells it from the same number of another table in its place.

    A record can be removed and made anew, or brought back from a copy: its versions are then counted from 0 again.
    """

    number: int
    mark: str


def version_of(location: Location) -> Version | None:
    """The version of the record's `loads`, which counts its commits; None where no record is."""
    if not location.remote:
        return newest_version(location, "loads")
    if not is_table(location, "loads"):
        return None
    table = open_table(location, "loads")
    return Version(table.version(), str(table.metadata().id))


def is_table(location: Location, name: str) -> bool:
    """Whether that table is there. Raises RecordError where the store cannot be reached."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        return bool(DeltaTable.is_deltatable(location.table(name), location.options()))
    except (DeltaError, OSError) as error:
        raise RecordError(
            f"The record at {location.address} cannot be reached: {_first(error)} "
            "(is the bucket there, and do AWS_ENDPOINT_URL, AWS_REGION and the credentials fit?)"
        ) from error


def data_files(location: Location, name: str, version: int | None = None) -> list[str]:
    """Local paths of the table's data files."""
    if location.remote:
        return _copied(location, name, _names(location, name, version))
    return [str(location.folder / name / file) for file in _local_names(location, name, version)]


def _names(location: Location, name: str, version: int | None) -> list[str]:
    # The table gives whole addresses, in which a space of the folder's name is %20. Our tables have no folders inside.
    return [uri.rpartition("/")[2] for uri in open_table(location, name, version).file_uris()]


def _local_names(location: Location, name: str, version: int | None) -> list[str]:
    """The names, kept beside the record: a version never changes, and loading the table format costs a tenth second."""
    newest = newest_version(location, name)
    if newest is None or version not in (None, newest.number):
        return _names(location, name, version)
    kept = location.folder / DERIVED / "files" / f"{name}-{newest.number}-{newest.mark}.json"
    try:
        names: list[str] = json.loads(kept.read_text())
    except (OSError, ValueError):
        names = _names(location, name, newest.number)
        if location.derived() == location.folder / DERIVED:
            with suppress(OSError):  # where nothing can be written, the table is opened again
                write(kept, json.dumps(names).encode())
                forget(kept.parent, f"{name}-*.json", KEPT)
    return names


def newest_version(location: Location, name: str) -> Version | None:
    """The newest version of a local table; None where it is not there."""
    # The log's newest entry is the version. Listing one folder costs far less than opening the table, and a service
    # asks at every request whether the record has moved.
    if location.folder.is_file():
        raise RecordError(f"{location.address} is a file; a record is a folder.")
    log = location.folder / name / "_delta_log"
    try:
        entries = [entry for entry in os.listdir(log) if _ENTRY.fullmatch(entry)]
        if not entries:
            return None
        newest = max(entries)
        status = os.stat(log / newest)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"The record at {location.address} cannot be read: {error.strerror}.") from error
    return Version(int(newest[:20]), f"{status.st_mtime_ns:x}-{status.st_ino:x}")


def _copied(location: Location, table: str, names: list[str]) -> list[str]:
    folder = location.derived() / "files" / table
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        _copy(location, table, missing, folder)
    return [str(folder / name) for name in names]


def _copy(location: Location, table: str, names: list[str], folder: Path) -> None:
    from deltalake.fs import DeltaStorageHandler
    from pyarrow import ArrowException
    from pyarrow.fs import PyFileSystem

    try:
        store = PyFileSystem(DeltaStorageHandler(location.table(table), location.options()))
        for name in names:
            part = part_of(folder / name)
            with store.open_input_stream(name) as source, part.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            settle(part, folder / name)
    except (OSError, ArrowException) as error:
        raise RecordError(f"The record at {location.address} cannot be read ({table}): {_first(error)}") from error


def _first(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
