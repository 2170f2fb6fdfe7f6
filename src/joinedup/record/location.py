"""Where a record lives: a local folder or an address on an object store, and the folder for what is derived from it.

Nothing here opens anything. The derived folder holds only what can be thrown away and made again (the merged history
of inspections, the search index, copies of an object store's files).
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from joinedup.record.errors import RecordError

DERIVED = "_derived"


@dataclass(frozen=True, slots=True)
class Location:
    """`address` is an absolute folder, or an address such as `s3://bucket/record`, without a slash at its end."""

    address: str

    @property
    def remote(self) -> bool:
        return "://" in self.address

    @property
    def folder(self) -> Path:
        """The local folder; only for a record that is not remote."""
        return Path(self.address)

    def table(self, name: str) -> str:
        """The address of one table."""
        return f"{self.address}/{name}" if self.remote else str(self.folder / name)

    def options(self) -> dict[str, str] | None:
        """What the table format needs to reach the store: the usual AWS_* environment. None for a local folder.

        An endpoint of `http://` is allowed because the person named it (a store on the same machine or network).
        """
        if not self.remote:
            return None
        options = {name: value for name, value in os.environ.items() if name.startswith("AWS_") and value}
        endpoint = options.get("AWS_ENDPOINT_URL_S3") or options.get("AWS_ENDPOINT_URL")
        if endpoint:
            options["AWS_ENDPOINT_URL"] = endpoint
            if endpoint.startswith("http://"):
                options["AWS_ALLOW_HTTP"] = "true"
        return options

    def derived(self) -> Path:
        """The folder for what is derived: beside a local record's tables where we may write, else the user's cache."""
        if not self.remote and (self.folder / "loads").is_dir() and os.access(self.folder, os.W_OK):
            return self.folder / DERIVED
        name = hashlib.sha256(self.address.encode()).hexdigest()[:16]
        return cache_folder() / name


def locate(location: str | Path | None) -> Location:
    """The location as given; without one, `JOINEDUP_RECORD`, else `joinedup/record` in the user's data folder."""
    given = location if location is not None else os.environ.get("JOINEDUP_RECORD") or None
    if given is None:
        return Location(str(data_folder() / "record"))
    text = str(given)
    if "://" not in text:
        return Location(str(Path(text).expanduser().resolve()))
    parts = urlsplit(text)
    if parts.scheme == "file":
        return Location(str(Path(parts.path)))
    if parts.scheme not in ("s3", "s3a"):
        raise RecordError(f"A record lives in a local folder or at s3://bucket/path, not at {parts.scheme}://.")
    if not parts.netloc:
        raise RecordError(f"{text} names no bucket: give the record as s3://bucket/path.")
    return Location(text.rstrip("/"))


def data_folder() -> Path:
    """Where the user's own things are kept."""
    return _user_folder("XDG_DATA_HOME", ".local/share", "Application Support") / "joinedup"


def cache_folder() -> Path:
    """Where is kept what can be thrown away and made again."""
    return _user_folder("XDG_CACHE_HOME", ".cache", "Caches") / "joinedup"


def _user_folder(variable: str, unix: str, mac: str) -> Path:
    if os.environ.get(variable):
        return Path(os.environ[variable])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac
    return Path.home() / unix
