"""The hash chain: how rows are joined, appended and verified.

Each row's digest is the SHA-256 of the digest before it and of the row itself in one canonical form, so that changing,
removing or inserting a row anywhere breaks the chain there. Removing rows from the end shows in the head, which counts
them. Whoever can write the whole database could make a new chain: keep the head's digest elsewhere from time to time
(`joinedup audit verify` prints it, and takes one to be looked for).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from joinedup.service.audit.models import Entry, Head

START = "0" * 64
"""What stands before the first row."""
AT_ONCE = 2_000
"""Rows fetched at a time while verifying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is to be written down of one change, before it has its place in the chain."""

    at: dt.datetime
    person_id: int | None
    on_behalf_of_id: int | None
    action: str
    thing: str
    thing_id: str
    place: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    from_version: int | None = None
    to_version: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the chain does not hold: the row's number and what is wrong, for a person."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found: how many rows were read, the last digest, and the faults in order; none is good."""

    rows: int
    digest: str
    faults: tuple[Fault, ...]


_FIELDS = tuple(Line.__dataclass_fields__)


def digest_of(number: int, previous: str, line: Line | Entry) -> str:
    """The digest of a row, as 64 hexadecimal digits."""
    body = {name: getattr(line, name) for name in _FIELDS}
    body["at"] = line.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    text = json.dumps([number, previous, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(lines: Sequence[Line]) -> None:
    """Join lines to the chain, in the caller's transaction. The head stays locked until that ends."""
    if not lines:
        return
    assert transaction.get_connection().in_atomic_block, "the audit is written in the transaction of what it tells of"
    head = _locked_head()
    entries = []
    for line in lines:
        number = head.count + 1
        digest = digest_of(number, head.digest, line)
        entries.append(Entry(number=number, previous=head.digest, digest=digest, **asdict(line)))
        head.count, head.digest = number, digest
    Entry.objects.bulk_create(entries)
    Head.objects.filter(pk=1).update(count=head.count, digest=head.digest)


def _locked_head() -> Head:
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.bulk_create([Head(pk=1, digest=START)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=1)
    return head


def verify(expected: str | None = None) -> Verified:
    """Read the whole chain and name every fault. `expected`: a digest noted down earlier, which must be in it."""
    with transaction.atomic():
        head = Head.objects.filter(pk=1).first() or Head(pk=1, digest=START)
        return check(Entry.objects.order_by("number").iterator(AT_ONCE), head.count, head.digest, expected)


def check(entries: Iterable[Entry], count: int, last: str, expected: str | None = None) -> Verified:
    """The faults of rows in the order of their numbers, against a head that counts `count` and ends in `last`."""
    faults: list[Fault] = []
    rows, digest, met = 0, START, expected in (None, START)
    for entry, found in _walk(entries, faults):
        rows, digest = rows + 1, found
        met = met or entry.digest == expected
    if (rows == 0 and count) or (rows and entry.number < count):
        faults.append(
            Fault(count, f"missing: the chain counts {count} rows, and the last there is {rows and entry.number}")
        )
    elif digest != last:
        faults.append(Fault(count, "the chain's end does not carry the last row's digest"))
    if not met:
        faults.append(Fault(rows, f"the digest {expected} noted down earlier is not in the chain: it was made anew"))
    return Verified(rows, digest, tuple(faults))


def _walk(entries: Iterable[Entry], faults: list[Fault]) -> Iterator[tuple[Entry, str]]:
    """Each row with its own digest, faults added on the way; after a fault the row's own words are believed."""
    number, digest = 0, START
    for entry in entries:
        if entry.number != number + 1:
            gap = f"{number + 1}" if entry.number == number + 2 else f"{number + 1} to {entry.number - 1}"
            faults.append(Fault(number + 1, f"missing: row {gap}"))
        elif entry.previous != digest:
            faults.append(
                Fault(entry.number, "does not follow from the row before it: one of the two was changed or put in")
            )
        if digest_of(entry.number, entry.previous, entry) != entry.digest:
            faults.append(Fault(entry.number, "was changed: its digest is not that of its words"))
        number, digest = entry.number, entry.digest
        yield entry, digest
