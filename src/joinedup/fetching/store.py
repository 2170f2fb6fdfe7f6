"""The local store: a folder of fetched files with an index of what each is, where from and since when.

    STORE/index.sqlite     what was fetched and what was seen
    STORE/files/KIND/…     the files, each with a readable name
    STORE/partial/…        beginnings of files that have not all come yet

A file appears under `files` only whole and checked, by one rename; the index is written in transactions. So a run
that is killed leaves a store that the next run completes. One run at a time: the index is locked while it is open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from joinedup.fetching.errors import StoreError
from joinedup.fetching.found import Found
from joinedup.fetching.pages import Published
from joinedup.fetching.web import Marks
from joinedup.record.location import data_folder

VERSION = 1

_TABLES = """
create table if not exists things (
    address text not null, sha256 text not null, path text not null, size integer not null,
    kind text not null, title text not null, published text, area text, urn text,
    etag text, modified text, fetched_at text not null, checked_at text not null,
    primary key (address, sha256)
);
create table if not exists parts (address text primary key, etag text, modified text);
create table if not exists pages (address text primary key, etag text, modified text, links text not null);
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """One fetched file, as the index has it. `path` is relative to the store."""

    address: str
    sha256: str
    path: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page read before: its marks and the reports that it linked."""

    marks: Marks
    links: list[Published]


def default_store() -> Path:
    """`JOINEDUP_STORE`, else `joinedup/store` in the user's data folder."""
    if given := os.environ.get("JOINEDUP_STORE"):
        return Path(given).expanduser()
    return data_folder() / "store"


class Store:
    """A store in a folder, made where there is none. Use as a context manager. Raises StoreError."""

    def __init__(self, folder: Path, *, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
        self.folder = folder
        self.files = folder / "files"
        self._now = now
        try:
            self.files.mkdir(parents=True, exist_ok=True)
            (folder / "partial").mkdir(exist_ok=True)
            self._index = sqlite3.connect(folder / "index.sqlite", timeout=0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{folder} cannot be used as a store: {error}") from None
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._index.close()
            if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreError(f"{folder} is in use by another fetch ({error}); wait for it to end") from None
            raise StoreError(f"{folder} cannot be used as a store: {error}") from None
        except StoreError:
            self._index.close()
            raise

    def _prepare(self) -> None:
        """Lock the index and make its tables. Raises StoreError for a store of another version."""
        self._index.execute("pragma locking_mode = exclusive")
        self._index.execute("begin exclusive")
        found = self._index.execute("pragma user_version").fetchone()[0]
        if found not in (0, VERSION):
            raise StoreError(f"{self.folder} is a store of version {found}, and this program knows version {VERSION}")
        self._index.execute("commit")
        self._index.executescript(_TABLES)
        self._index.execute(f"pragma user_version = {VERSION}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()

    def thing(self, address: str) -> Thing | None:
        """The newest file fetched from an address, where it is still there."""
        row = self._index.execute(
            "select sha256, path, etag, modified from things where address = ? order by fetched_at desc", (address,)
        ).fetchone()
        if row is None or not (self.folder / row[1]).is_file():
            return None
        return Thing(address, row[0], row[1], Marks(row[2], row[3]))

    def part(self, address: str) -> tuple[Path, Marks]:
        """Where the beginning of a file is kept, and the marks of the version that it is the beginning of."""
        row = self._index.execute("select etag, modified from parts where address = ?", (address,)).fetchone()
        path = self.folder / "partial" / hashlib.sha256(address.encode()).hexdigest()[:32]
        return path, Marks(*row) if row else Marks()

    def mark_part(self, address: str, marks: Marks) -> None:
        """Remember of which version the beginning on disk is."""
        self._index.execute("insert or replace into parts values (?, ?, ?)", (address, marks.etag, marks.modified))

    def drop_part(self, address: str) -> None:
        """Forget the beginning of a file."""
        self.part(address)[0].unlink(missing_ok=True)
        self._index.execute("delete from parts where address = ?", (address,))

    def touch(self, address: str) -> None:
        """Note that an address was asked today and has not changed."""
        self._index.execute("update things set checked_at = ? where address = ?", (self._stamp(), address))

    def keep(self, found: Found, marks: Marks) -> tuple[Path, bool]:
        """Take the whole, checked part of a thing in. Gives its path and whether its content is new to the store."""
        part, _ = self.part(found.address)
        size = part.stat().st_size
        with part.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        row = self._index.execute("select path from things where sha256 = ?", (sha256,)).fetchone()
        new = row is None or not (self.folder / row[0]).is_file()
        target = self._place(found, sha256) if new else self.folder / row[0]
        if new:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
        self._write(found, sha256, target, size, marks)
        self.drop_part(found.address)
        return target, new

    def _place(self, found: Found, sha256: str) -> Path:
        return self.files / found.kind / found.file_name(sha256[:8])

    def _write(self, found: Found, sha256: str, target: Path, size: int, marks: Marks) -> None:
        row = (
            found.address,
            sha256,
            target.relative_to(self.folder).as_posix(),
            size,
            found.kind,
            found.title,
            found.published and found.published.isoformat(),
            found.area,
            found.urn,
            marks.etag,
            marks.modified,
            self._stamp(),
            self._stamp(),
        )
        self._index.execute(f"insert or replace into things values ({', '.join('?' * len(row))})", row)  # noqa: S608

    def page(self, address: str) -> KeptPage | None:
        """What a page held when it was last read."""
        row = self._index.execute("select etag, modified, links from pages where address = ?", (address,)).fetchone()
        if row is None:
            return None
        links = [Published(a, t, dt.date.fromisoformat(d) if d else None) for a, t, d in json.loads(row[2])]
        return KeptPage(Marks(row[0], row[1]), links)

    def keep_page(self, address: str, marks: Marks, links: list[Published]) -> None:
        """Remember what a page holds."""
        held = json.dumps([(one.address, one.title, one.day and one.day.isoformat()) for one in links])
        self._index.execute(
            "insert or replace into pages values (?, ?, ?, ?)", (address, marks.etag, marks.modified, held)
        )

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="microseconds")
