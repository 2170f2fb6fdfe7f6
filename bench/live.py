"""What issue 4 says must be shown of the live service's speed.

`python bench/live.py audit_chain` measures that one figure alone.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, run

ISSUE = 4
ROWS = 100_000
GOAL = 10.0
"""Seconds in which that many rows of the audit must be verified."""


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure of the issue. None needs published data; pages over a million rows are too long for a quick run."""
    yield audit_chain()
    if not quick:
        yield from pages()


def pages() -> Iterator[Figure]:
    """Server time of four pages on PostgreSQL with 200 inspections, a million pieces of evidence and 2,000 people."""
    told = json.loads(run([sys.executable, str(Path(__file__).parent / "live_scale.py")]).output)
    for name, page in told["pages"].items():
        yield Figure(
            issue=ISSUE,
            name=f"live_{name.replace(' ', '_')}",
            value=page["p95_ms"],
            unit="ms, 95th percentile",
            goal=f"under {told['goal_p95_ms']}",
            met=page["p95_ms"] < told["goal_p95_ms"],
            command="bench/live_scale.py",
            note=f"median {page['median_ms']} ms, of which processor {page['own_cpu_median_ms']} ms; "
            f"{page['queries'][0]} to {page['queries'][1]} queries; {told['evidence']:,} pieces of evidence",
        )


def together(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Issue 5: eight people at once for two minutes on each database, undisturbed and with the server killed."""
    if quick:
        return
    for name, kills in (("together", 0), ("together_killed", 20)):
        script = str(Path(__file__).parent / "live_together.py")
        told = run([sys.executable, script, "--seconds", "120", "--kills", str(kills)]).output
        for line in told.splitlines():
            found = json.loads(line)
            wrong = sum(len(found[each]) for each in ("lost", "doubled", "unexplained"))
            yield Figure(
                issue=5,
                name=f"{name}_{found['database']}",
                value=wrong,
                unit="lost, doubled or refused without a word",
                goal="0",
                met=found["good"],
                command=f"bench/live_together.py --seconds 120 --kills {kills}",
                note=f"{found['evidence']} pieces of evidence and {found['changes']} changes acknowledged, "
                f"{found['refused']} refused with the reason, {kills} kills",
            )


def audit_chain() -> Figure:
    """Seconds to verify the audit's chain over 100,000 rows on SQLite, by the command, from start to end."""
    with tempfile.TemporaryDirectory(prefix="joinedup-bench-") as folder:
        environment = {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'live.sqlite3'}",
            "JOINEDUP_SECRET_KEY": "only for measuring",
            "JOINEDUP_FILES": folder,
        }
        run([sys.executable, __file__, "fill_chain", str(ROWS)], env=environment)
        inside = json.loads(run([sys.executable, __file__, "verify_chain"], env=environment).output)
        whole = run([sys.executable, "-m", "joinedup", "audit", "verify", "--json"], env=environment)
        told = json.loads(whole.output)
    assert told["holds"], told
    assert told["rows"] >= ROWS
    return Figure(
        issue=ISSUE,
        name="audit_verified",
        value=round(whole.seconds, 2),
        unit="s",
        goal=f"under {GOAL:g} s",
        met=whole.seconds < GOAL,
        command="joinedup audit verify",
        note=f"100,000 rows on SQLite; of which reading and checking the rows {inside['seconds']} s "
        f"({inside['processor']} s of processor), the rest is starting",
    )


def fill_chain(rows: int) -> None:
    """Make that many rows, such as saving a piece of evidence writes, through the same code as actions use."""
    from joinedup.service import at_the_console as console

    console.set_up()
    console.migrate()
    import datetime as dt

    from django.db import transaction

    from joinedup.service.audit.chain import Line, append

    words = "The child's plan was reviewed with the family, and every agency that had a part in it was there. " * 4
    for start in range(0, rows, 2_000):
        with transaction.atomic():
            append(
                [
                    Line(
                        at=dt.datetime.now(dt.UTC),
                        person_id=number % 40 + 1,
                        on_behalf_of_id=number % 6 + 1,
                        action="add_evidence",
                        thing="evidence",
                        thing_id=str(number),
                        place=f"ashmere-2026-{number % 20}",
                        after={"words": words, "source": "interview", "agencies": "|police|health|", "number": number},
                        to_version=1,
                    )
                    for number in range(start, min(start + 2_000, rows))
                ]
            )


def verify_chain() -> None:
    """Print how long verifying takes, apart from starting a process."""
    from joinedup.service import at_the_console as console

    console.set_up()
    from joinedup.service.audit.chain import verify

    started, busy = time.perf_counter(), time.process_time()
    found = verify()
    seconds, processor = round(time.perf_counter() - started, 2), round(time.process_time() - busy, 2)
    print(json.dumps({"seconds": seconds, "processor": processor, "rows": found.rows, "good": not found.faults}))


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent)
    match sys.argv[1:]:
        case ["fill_chain", rows]:
            fill_chain(int(rows))
        case ["verify_chain"]:
            verify_chain()
        case ["audit_chain"]:
            print(audit_chain())
        case _:
            sys.exit("which one? audit_chain")
