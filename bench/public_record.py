"""The figures of the public record: reading, the printed counts, speed, memory, and surviving being killed."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import JOINEDUP, ROOT, Figure, paired, run

ISSUE = 2
FIELDS = ("area", "report_date", "fieldwork_start", "fieldwork_end", "inspectorates", "addressees", "statement_due")
FEW = "needs the published reports and statistics (../shared)"


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure of the issue, in its order; the long ones only where `quick` is false."""
    yield from printed_counts()
    yield cold_start(5 if quick else 11)
    if shared is None:
        yield Figure(ISSUE, "reading", None, "", "see issue", None, "joinedup read", FEW)
        return
    yield from quality(shared)
    if not quick:
        yield from speed(shared)
        yield kill(shared)


def _ask(*words: str) -> dict[str, Any]:
    """What a command answers from the bundled facts alone: its record is a folder that does not exist."""
    with tempfile.TemporaryDirectory() as folder:
        answer = run([*JOINEDUP, *words, "--json", "--record", f"{folder}/none"])
    found: dict[str, Any] = json.loads(answer.output)
    return found


def _exact(name: str, value: object, goal: object, command: str, note: str = "") -> Figure:
    return Figure(ISSUE, name, str(value), "", f"= {goal}", value == goal, command, note)


def _four(answer: dict[str, Any]) -> str:
    grades = answer["grades"]
    return "/".join(str(grades[key]) for key in ("inadequate", "requires_improvement", "good", "outstanding"))


def printed_counts() -> Iterator[Figure]:
    """The figures that the press and the inspectorate printed, from the bundled facts alone."""
    sif = ("outcomes", "--framework", "sif", "--as-at", "2016-11-16", "--count")
    words = "joinedup outcomes --framework sif --as-at 2016-11-16 --count "
    inspections = _ask(*sif, "inspections")
    yield _exact("sif_inspections_2016", inspections["total"], 110, words + "inspections")
    yield _exact("sif_inspections_grades_2016", _four(inspections), "26/54/28/2", words + "inspections")
    percent = inspections["percent"]
    shares = "/".join(str(percent[key]) for key in ("inadequate", "requires_improvement", "good"))
    yield _exact("sif_inspections_percent_2016", shares, "23.6/49.1/25.5", words + "inspections")
    areas = _ask(*sif, "areas")
    yield _exact("sif_areas_2016", f"{areas['total']}: {_four(areas)}", "109: 25/54/28/2", words + "areas")

    slac = _ask("outcomes", "--framework", "slac", "--as-at", "2012-08-31")["grades"]
    first = (
        f"{sum(slac.values())}: {slac['inadequate']} inadequate, {slac['good'] + slac['outstanding']} good or better"
    )
    command = "joinedup outcomes --framework slac --as-at 2012-08-31"
    yield _exact("slac_first_cycle_2012", first, "152: 17 inadequate, 62 good or better", command)

    both = _ask("outcomes", "--framework", "slac,cpi", "--as-at", "2013-08-31")["grades"]["inadequate"]
    command = "joinedup outcomes --framework slac,cpi --as-at 2013-08-31"
    yield _exact("slac_cpi_inadequate_2013", both, 20, command)
    moved = _ask("changes", "--from", "2012-07-31", "--to", "2013-08-31", "--framework", "slac,cpi")
    command = "joinedup changes --from 2012-07-31 --to 2013-08-31 --framework slac,cpi"
    yield _exact("still_inadequate_2013", moved["matrix"]["inadequate"]["inadequate"], 6, command)
    found = _ask("changes", "--from", "2012-08-31", "--to", "2013-08-31", "--framework", "slac,cpi")
    good = ", ".join(sorted(one["area"] for one in found["areas"] if one["to"] == "good"))
    command = "joinedup changes --from 2012-08-31 --to 2013-08-31 --framework slac,cpi"
    yield _exact("moved_to_good_2013", good, "Derby, Gateshead, Greenwich, Redbridge", command)

    state = _ask("outcomes", "--framework", "ilacs", "--as-at", "2025-03-31")["grades"]
    four = "/".join(str(state[key]) for key in ("outstanding", "good", "requires_improvement", "inadequate"))
    yield _exact("state_2025", four, "36/67/31/19", "joinedup outcomes --framework ilacs --as-at 2025-03-31")


def cold_start(times: int) -> Figure:
    """`joinedup outcomes` as a cold process against a bare `import duckdb`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *JOINEDUP, "outcomes", "--framework", "sif", "--as-at", "2016-11-16", "--json",
            "--record", f"{folder}/none",
        ]  # fmt: skip
        ours, bare = paired(
            lambda: run(command).seconds, lambda: run([sys.executable, "-c", "import duckdb"]).seconds, times
        )
    value = round(ours / bare, 2)
    return Figure(ISSUE, "outcomes_cold_ratio", value, "x", "< 3", value < 3, "joinedup outcomes … : import duckdb")


def quality(shared: Path) -> Iterator[Figure]:
    """The scoring script over the labelled reports."""
    script = shared / "score" / "reading.py"
    with tempfile.TemporaryDirectory() as folder:
        misses = Path(folder) / "misses.jsonl"
        answer = run([sys.executable, str(script), "--json", "--misses", str(misses), "--command", " ".join(JOINEDUP)])
        missed = [json.loads(line) for line in misses.read_text(encoding="utf-8").splitlines()]
    scored = json.loads(answer.output)
    command = "score/reading.py"
    wrong = [f"{miss[1].rpartition('/')[2]} {miss[2]}" for miss in missed if miss[0] == "grade"]
    note = f"missed: {', '.join(wrong)} (see tests/reading/test_published_reports.py)" if wrong else ""
    grades = scored["grades"]
    yield Figure(
        ISSUE, "official_grades", grades, "", "1.0, or each difference explained", grades >= 0.998, command, note
    )
    for name in ("published", *(f"jtai.{field}" for field in FIELDS)):
        goal = 1.0 if name == "published" else 0.98
        yield Figure(ISSUE, name, scored[name], "", f">= {goal}", scored[name] >= goal, command)
    items = scored["items"]["f1"]
    yield Figure(ISSUE, "items_f1", items, "", ">= 0.98", items >= 0.98, command)
    refused = scored["refused_wrongly_or_not_refused"]
    yield Figure(ISSUE, "refused_wrongly_or_not_refused", len(refused), "files", "= 0", not refused, command)


def speed(shared: Path) -> Iterator[Figure]:
    """Reading against bare text, taking in again against the first time, and the memory of both."""
    reports = sorted(map(str, (shared / "data" / "reports").rglob("*.pdf")))
    peaks: list[float] = []

    def read() -> float:
        done = run([*JOINEDUP, "read", "--jsonl", *reports], sample=True)
        peaks.append(done.peak_mb)
        return done.seconds

    def alone() -> float:
        return run([sys.executable, str(ROOT / "bench" / "read_alone.py"), *reports]).seconds

    ours, bare = paired(alone, lambda: run([sys.executable, str(ROOT / "bench" / "bare_text.py"), *reports]).seconds, 3)
    with_attribution = read()
    ratio = round(ours / bare, 2)
    command = "bench/read_alone.py data/reports : bench/bare_text.py, least of three by turns"
    note = f"{ours:.1f} s : {bare:.1f} s; joinedup read, which attributes too: {with_attribution:.1f} s"
    yield Figure(ISSUE, "reading_ratio", ratio, "x", "<= 1.5", ratio <= 1.5, command, note)

    with tempfile.TemporaryDirectory() as folder:
        take = [*JOINEDUP, "ingest", str(shared / "data" / "reports"), "--record", folder, "--json"]
        first = run(take, sample=True)
        again = statistics.median(run(take).seconds for _ in range(3))
        official = run(
            [*JOINEDUP, "ingest", str(shared / "data" / "official"), "--record", folder, "--json"], sample=True
        )
    peaks += [first.peak_mb, official.peak_mb]
    share = round(100 * again / first.seconds, 1)
    note = f"{first.seconds:.1f} s, then {again:.1f} s"
    yield Figure(ISSUE, "ingest_again", share, "%", "< 10", share < 10, "joinedup ingest data/reports, twice", note)
    peak = round(max(peaks))
    note = f"read {peaks[0]:.0f}, ingest reports {first.peak_mb:.0f}, ingest statistics {official.peak_mb:.0f}"
    command = "joinedup read, ingest data/reports, ingest data/official"
    yield Figure(ISSUE, "peak_memory_of_any_process", peak, "MB", "< 400", peak < 400, command, note)


def kill(shared: Path) -> Figure:
    """Killed at fifty random moments while taking in."""
    command = [sys.executable, str(ROOT / "bench" / "kill.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    last = (done.stdout.strip().splitlines() or [done.stderr[-300:]])[-1]
    return Figure(
        ISSUE, "killed_at_50_moments", last, "", "50 of 50 whole and completed", done.returncode == 0, "bench/kill.py"
    )
