"""The figures of accountability: attribution, polarity, things asked again, and the times of search and pages."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asked_again
from measuring import JOINEDUP, ROOT, Figure, run

ISSUE = 3
SCORE = "bench/attribution_score.py"
SEARCHES = (
    "missing children",
    "strategy discussions",
    "police",
    '"return home" interviews',
    "children",
    "children and young people",
    "thresholds",
)


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure of the issue; all need the published reports, and too long for a quick run."""
    if shared is None or quick:
        return
    yield from attribution(shared)
    yield from asked_again.figures(shared, quick)
    with tempfile.TemporaryDirectory() as folder:
        run([*JOINEDUP, "ingest", str(shared / "data"), "--record", folder, "--json"])
        yield search(folder)
        yield from pages(folder)


def attribution(shared: Path) -> Iterator[Figure]:
    """Who is held responsible, and praise against concern, as cross-validated over areas."""
    yield from attribution_figures(json.loads(run([sys.executable, str(ROOT / SCORE), str(shared)]).output))


def attribution_figures(scored: dict[str, dict[str, Any]]) -> Iterator[Figure]:
    """The figures in what bench/attribution_score.py prints."""
    told, cost = scored["responsibility"], scored["cost"]
    note = f"areas left out, {told['folds']} folds"
    for name, value, goal, how in (
        ("agencies_f1", told["f1"], 0.93, note),
        ("agencies_exact", told["exact"], 0.85, note),
        ("polarity_f1", scored["polarity"]["reported"]["f1"], 0.92, "findings kept out of learning and tuning"),
    ):
        yield Figure(ISSUE, name, value, "", f">= {goal}", value >= goal, SCORE, how)
    send, council = scored["responsibility in area SEND"], scored["responsibility in reports on a council"]
    for name, figures in (("main_text", told["main text"]), ("area_send", send), ("council", council)):
        note = f"areas left out, {told['folds']} folds; the same set in {figures['exact']} of {figures['items']}"
        yield Figure(ISSUE, f"agencies_f1_{name}", figures["f1"], "", "none is set", None, SCORE, note)
    for reader, had in (("words_alone", "the item alone"), ("whole_letter", "the whole letter")):
        checked = told["checked by readers"][reader]
        read = checked["30%"]
        note = f"{checked['items']} items; the same set in {read['exact']}; the reader had {had}"
        yield Figure(
            ISSUE, f"agencies_f1_three_in_ten_checked_{reader}", read["f1"], "", "none is set", None, SCORE, note
        )
    about, readers = scored["themes"]["themes"], scored["themes"]["two readers"]["themes"]
    rates = f"precision {about['precision']}, recall {about['recall']}"
    note = f"reports not learnt from; {rates}; one reader against another {readers['f1']}"
    yield Figure(ISSUE, "themes_f1", about["f1"], "", "none is set", None, SCORE, note)
    share = round(100 * cost["seconds"] / cost["seconds_of_reading"], 1)
    first = round(100 * cost["seconds_in_the_first_pass"] / cost["seconds_of_reading_in_the_first_pass"], 1)
    note = (
        "processor time, garbage collected as where a record is read, each file's least of several passes: "
        f"{cost['seconds']} s against "
        f"{cost['seconds_of_reading']} s (the first pass alone: {first} %)"
    )
    yield Figure(ISSUE, "attribution_time", share, "% of reading", "<= 40", share <= 40, SCORE, note)


def search(record: str) -> Figure:
    """The slowest of several searches of the whole corpus, warm."""
    from joinedup.record import open_record
    from joinedup.record.search import search as find

    opened = open_record(record)
    find(opened, "police")
    taken = []
    for words in SEARCHES * 5:
        started = time.perf_counter()
        find(opened, words)
        taken.append(1000 * (time.perf_counter() - started))
    worst = round(max(taken), 1)
    return Figure(ISSUE, "search", worst, "ms, slowest of 30", "< 50", worst < 50, "joinedup.record.search")


def pages(record: str) -> Iterator[Figure]:
    """The 95th percentile of each kind of page's server time."""
    command = "bench/page_times.py"
    times = json.loads(run([sys.executable, str(ROOT / command), record]).output)
    for kind, one in times.items():
        value = one["p95"]
        note = f"median {one['median']} ms; processor time, p95: {one['processor_p95']} ms"
        if kind == "picture_first":
            yield Figure(ISSUE, kind, value, "ms, p95 of 100", "none: no page waits for it", None, command, note)
        else:
            yield Figure(ISSUE, f"page_{kind}", value, "ms, p95 of 100", "< 100", value < 100, command, note)
