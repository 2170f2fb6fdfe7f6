"""The audit's chain: whatever is done to a row afterwards is found, and several writers keep one chain."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.actions import change, create, open_action
from joinedup.service.audit.chain import START, Fault, Line, Row, append, check, digest_of, verify
from joinedup.service.audit.models import Entry, Head

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
values = st.one_of(st.none(), texts, st.integers(-(10**9), 10**9), st.booleans(), st.lists(texts, max_size=3))
fields = st.one_of(st.none(), st.dictionaries(texts, values, max_size=4))
lines = st.builds(
    Line,
    at=st.datetimes(timezones=st.just(dt.UTC)),
    person_id=st.one_of(st.none(), st.integers(1, 99)),
    on_behalf_of_id=st.one_of(st.none(), st.integers(1, 9)),
    action=texts,
    thing=texts,
    thing_id=texts,
    place=texts,
    before=fields,
    after=fields,
    from_version=st.one_of(st.none(), st.integers(1, 9)),
    to_version=st.one_of(st.none(), st.integers(1, 9)),
    note=texts,
)
chains = st.lists(lines, min_size=1, max_size=8)


def chained(told: list[Line]) -> list[Row]:
    """Rows as appending would have made them."""
    rows: list[Row] = []
    for number, line in enumerate(told, 1):
        previous = rows[-1].digest if rows else START
        own = {name: getattr(line, name) for name in Line.__dataclass_fields__}
        rows.append(Row(number=number, previous=previous, digest=digest_of(number, previous, line), **own))
    return rows


def faults(rows: list[Row], sound: list[Row]) -> list[int]:
    """The numbers of rows that are named when these stand where the sound ones were counted."""
    return [fault.number for fault in check(rows, len(sound), sound[-1].digest).faults]


@given(chains)
def test_a_chain_that_nobody_touched_holds(told: list[Line]) -> None:
    rows = chained(told)
    assert check(rows, len(rows), rows[-1].digest).faults == ()


@given(chains, st.data())
def test_any_change_of_any_field_of_any_row_is_found_and_the_row_named(told: list[Line], data: st.DataObject) -> None:
    rows = chained(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from([each for each in Row._fields if each != "number"]))
    strategy = {
        "at": st.datetimes(timezones=st.just(dt.UTC)),
        "before": fields,
        "after": fields,
        "previous": st.from_regex("[0-9a-f]{64}", fullmatch=True),
        "digest": st.from_regex("[0-9a-f]{64}", fullmatch=True),
    }.get(name, st.integers(1, 10**6) if name.endswith(("_id", "_version")) and name != "thing_id" else texts)
    value = data.draw(strategy.filter(lambda value: value != getattr(rows[place], name)))
    changed = [*rows[:place], rows[place]._replace(**{name: value}), *rows[place + 1 :]]
    assert place + 1 in faults(changed, rows)


@given(chains, st.data())
def test_a_row_changed_with_its_digest_made_anew_shows_in_what_follows(told: list[Line], data: st.DataObject) -> None:
    rows = chained(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    forged = rows[place]._replace(note=rows[place].note + "!")
    forged = forged._replace(digest=digest_of(forged.number, forged.previous, forged))
    named = faults([*rows[:place], forged, *rows[place + 1 :]], rows)
    assert named == [min(place + 2, len(rows))], "the next row, or the chain's end, says so"


@given(chains, st.data())
def test_any_row_or_rows_taken_out_are_named(told: list[Line], data: st.DataObject) -> None:
    rows = chained(told)
    first = data.draw(st.integers(0, len(rows) - 1))
    last = data.draw(st.integers(first, len(rows) - 1))
    found = check([*rows[:first], *rows[last + 1 :]], len(rows), rows[-1].digest).faults
    assert [fault.number for fault in found] == [first + 1]
    assert str(last + 1) in found[0].what


@given(chains, st.data())
def test_a_row_taken_out_and_the_others_counted_anew_shows(told: list[Line], data: st.DataObject) -> None:
    rows = chained(told)
    place = data.draw(st.integers(0, len(rows) - 1))
    rest = [*rows[:place], *(row._replace(number=row.number - 1) for row in rows[place + 1 :])]
    assert place + 1 in faults(rest, rows)


@given(chains, lines, st.data())
def test_a_row_put_in_anywhere_is_named(told: list[Line], line: Line, data: st.DataObject) -> None:
    rows = chained(told)
    place = data.draw(st.integers(0, len(rows)))
    before = rows[place - 1].digest if place else START
    own = {name: getattr(line, name) for name in Line.__dataclass_fields__}
    new = Row(number=place + 1, previous=before, digest=digest_of(place + 1, before, line), **own)
    moved = [row._replace(number=row.number + 1) for row in rows[place:]]
    assert set(faults([*rows[:place], new, *moved], rows)) & {place + 1, place + 2}


def test_a_digest_noted_down_earlier_shows_that_the_chain_was_made_anew() -> None:
    line = Line(
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), person_id=1, on_behalf_of_id=1, action="a", thing="t", thing_id="1"
    )
    sound = chained([line] * 3)
    made_anew = chained([replace(line, note="other")] * 3)
    assert check(made_anew, 3, made_anew[-1].digest).faults == ()
    found = check(made_anew, 3, made_anew[-1].digest, expected=sound[1].digest).faults
    assert len(found) == 1
    assert "made anew" in found[0].what
    assert check(sound, 3, sound[-1].digest, expected=sound[1].digest).faults == ()


@open_action("a test's own")
def scratch_add_some(*, by: Person | None, names: list[str]) -> list[Organisation]:
    """Several changes in one action."""
    made = [create(Organisation, kind="adviser", name=name) for name in names]
    change(made[0], name=f"{names[0]} again")
    return made


class TestInTheDatabase:
    """The same over real rows, as actions write them."""

    @pytest.fixture
    def written(self, world: SimpleNamespace) -> int:
        scratch_add_some(by=world.service_administrator, names=["Éire", "Two", "Three"])
        scratch_add_some(by=None, names=["Four"])
        return 6

    def test_what_actions_wrote_holds(self, written: int) -> None:
        found = verify()
        assert (found.rows, found.faults) == (written, ())
        assert found.digest == Head.objects.get().digest

    def test_changed(self, written: int) -> None:
        Entry.objects.filter(number=3).update(after={"name": "else"})
        assert verify().faults == (Fault(3, "was changed: its digest is not that of its words"),)

    def test_taken_out_of_the_middle(self, written: int) -> None:
        Entry.objects.filter(number__in=[2, 3]).delete()
        assert verify().faults == (Fault(2, "missing: rows 2 to 3"),)

    def test_taken_off_the_end(self, written: int) -> None:
        Entry.objects.filter(number=6).delete()
        assert verify().faults == (Fault(6, "missing: row 6 at the end"),)

    def test_all_taken_out(self, written: int) -> None:
        Entry.objects.all().delete()
        assert verify().faults == (Fault(1, "missing: rows 1 to 6 at the end"),)

    def test_put_in_at_the_end(self, written: int) -> None:
        last = Entry.objects.get(number=6)
        last.number, last.previous = 7, last.digest
        last.digest = digest_of(7, last.previous, last)
        last.save(force_insert=True)
        assert verify().faults == (Fault(7, "was put in after the chain's end"),)

    def test_the_head_changed(self, written: int) -> None:
        Head.objects.update(digest="0" * 64)
        assert [fault.number for fault in verify().faults] == [6]

    def test_an_action_that_fails_leaves_no_row(self, written: int) -> None:
        with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
            scratch_add_some(by=None, names=["Five", "Two"])
        assert verify().rows == written
        assert not Organisation.objects.filter(name="Five").exists()

    def test_appending_asks_as_often_for_one_row_as_for_many(self, written: int) -> None:
        line = Line(
            at=dt.datetime.now(dt.UTC), person_id=None, on_behalf_of_id=None, action="a", thing="t", thing_id="1"
        )
        asked = []
        for many in (1, 60):
            with (
                CaptureQueriesContext(
                    connection,
                ) as queries,
                transaction.atomic(),
            ):
                append([line] * many)
            asked.append(len(queries))
        assert asked[0] == asked[1]
        assert verify().faults == ()


WRITER = """
import sys
from joinedup.service import at_the_console as console
console.set_up()
from joinedup.service.accounts.models import Organisation
from joinedup.service.actions import change, create, open_action

@open_action("a test's own")
def add_one(*, by, name):
    change(create(Organisation, kind="adviser", name=name), name=name + " again")

print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    add_one(by=None, name=f"{sys.argv[1]} {number}")
"""
EACH = 40


def command(environment: dict[str, str], *words: str) -> dict[str, Any]:
    """What a command of the program prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "joinedup", *words, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout) | {"status": done.returncode}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_writers_at_the_same_moment_keep_one_chain(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if engine == "sqlite":
        address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    else:
        make: Callable[[], str] = request.getfixturevalue("postgres")
        address = make()
    environment = os.environ | {"DATABASE_URL": address, "JOINEDUP_FILES": str(tmp_path / "files")}
    assert command(environment, "service", "migrate")["steps"]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name, str(EACH)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("one", "other")
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout.readline() == "ready\n", writer.stderr.read()
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        told = writer.communicate(timeout=120)
        assert writer.returncode == 0, told[1]
    found = command(environment, "audit", "verify")
    assert found["holds"], found
    assert found["rows"] == 2 * 2 * EACH
    assert found["status"] == 0
    assert command(environment, "audit", "verify", "--expect", found["digest"])["holds"]
    assert command(environment, "audit", "verify", "--expect", "f" * 64)["status"] == 1
