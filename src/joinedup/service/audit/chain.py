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
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

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


_FIELDS = tuple(each.name for each in fields(Line))
_values = attrgetter(*_FIELDS)
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def digest_of(number: int, previous: str, line: Line | Row | Entry) -> str:
    """The digest of a row, as 64 hexadecimal digits."""
    at, *others = _values(line)
    told = [number, previous, at.astimezone(dt.UTC).isoformat(timespec="microseconds"), *others]
    return hashlib.sha256(_canonical(told).encode()).hexdigest()


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
        entries.append(
            Entry(number=number, previous=head.digest, digest=digest, **dict(zip(_FIELDS, _values(line), strict=True)))
        )
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
    """Read the whole chain and name every fault, holding no lock: what is appended meanwhile is not looked at.

    `expected`: a digest noted down earlier, which must be in it.
    """
    head = Head.objects.filter(pk=1).first() or Head(pk=1, digest=START)
    told = check(_rows(head.count), head.count, head.digest, expected)
    # One question to the database, so that a row appended at this moment is not taken for one put in.
    after = Entry.objects.filter(number__gt=Coalesce(Subquery(Head.objects.values("count")[:1]), 0))
    put_in = [Fault(number, "was put in after the chain's end") for number in after.values_list("number", flat=True)]
    return Verified(told.rows, told.digest, (*told.faults, *sorted(put_in, key=lambda fault: fault.number)))


class Row(NamedTuple):
    """A row of the chain, as cheap to make as can be: there are many."""

    number: int
    previous: str
    digest: str
    at: dt.datetime
    person_id: int | None
    on_behalf_of_id: int | None
    action: str
    thing: str
    thing_id: str
    place: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    from_version: int | None
    to_version: int | None
    note: str


def _rows(count: int) -> Iterator[Row]:
    last = 0
    while True:
        rows = Entry.objects.filter(number__gt=last, number__lte=count).order_by("number")
        found = list(rows.values_list(*Row._fields)[:AT_ONCE])
        yield from map(Row._make, found)
        if len(found) < AT_ONCE:
            return
        last = found[-1][0]


def check(entries: Iterable[Row | Entry], count: int, last: str, expected: str | None = None) -> Verified:
    """The faults of rows in the order of their numbers, against a head that counts `count` and ends in `last`."""
    faults: list[Fault] = []
    rows, number, digest, met = 0, 0, START, expected in (None, START)
    for entry in entries:
        rows += 1
        _check_place(entry, number, digest, faults)
        if digest_of(entry.number, entry.previous, entry) != entry.digest:
            faults.append(Fault(entry.number, "was changed: its digest is not that of its words"))
        number, digest = entry.number, entry.digest  # after a fault the row's own words are believed
        met = met or digest == expected
    if number < count:
        faults.append(Fault(number + 1, f"missing: {_from_to(number + 1, count)} at the end"))
    elif number > count:
        faults.append(Fault(count + 1, f"put in after the chain's end: {_from_to(count + 1, number)}"))
    elif digest != last:
        faults.append(Fault(count, "is not the row that the chain's end tells of: one of the two was changed"))
    if not met:
        faults.append(Fault(rows, f"the digest {expected} noted down earlier is not in the chain: it was made anew"))
    return Verified(rows, digest, tuple(faults))


def _check_place(entry: Row | Entry, number: int, digest: str, faults: list[Fault]) -> None:
    """A row follows from the one before it."""
    if entry.number > number + 1:
        faults.append(Fault(number + 1, f"missing: {_from_to(number + 1, entry.number - 1)}"))
    elif entry.number <= number:
        faults.append(Fault(entry.number, "was put in: there is another row of this number, or it is out of order"))
    elif entry.previous != digest:
        faults.append(
            Fault(entry.number, "does not follow from the row before it: one of the two was changed or put in")
        )


def _from_to(first: int, last: int) -> str:
    return f"row {first}" if first == last else f"rows {first} to {last}"
