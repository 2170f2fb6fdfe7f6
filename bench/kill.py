"""Kill an ingest at random moments, and see that the record is whole each time.

`python bench/kill.py [--times 50] [--seed N] [PATH…]`: ingests the files given (default: specimens of our own making
and small statistics files), in a process of its own that is ended by SIGKILL at a random moment. After each the
record must open and hold all or nothing of every file; a further run must complete it. Ends with a line of JSON;
exit status 1 when anything was broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from joinedup.record import Record, Steps, ingest, open_record

INGEST = """
import sys
from joinedup.record import ingest, intake
def tell(*_):
    sys.stdout.write("answered\\n")
    sys.stdout.flush()
if __name__ == "__main__":
    intake.BATCH_REPORTS = 3
    tell()
    ingest(sys.argv[2:], sys.argv[1], progress=tell)
"""
"""What is killed: an ingest as any program does it, but in small batches, so that more of the moments hit a commit."""

LONGEST_WAIT = 0.6
"""Seconds, at most, from the file after which an ingest is killed to the kill: about what a batch takes."""

CONTENT = {
    "reports": "SELECT sha256 AS id, count(*) AS n FROM reports GROUP BY 1",
    "judgements": "SELECT report AS id, count(*) AS n FROM judgements GROUP BY 1",
    "findings": "SELECT report AS id, count(*) AS n FROM findings GROUP BY 1",
    "addressees": "SELECT report AS id, count(*) AS n FROM addressees GROUP BY 1",
    "measures": "SELECT sha256 AS id, count(*) AS n FROM measures JOIN loads USING (load) WHERE NOT bundled GROUP BY 1",
    "observations": (
        "SELECT sha256 AS id, count(*) AS n FROM observations JOIN loads USING (load) WHERE NOT bundled GROUP BY 1"
    ),
    "neighbours": (
        "SELECT sha256 AS id, count(*) AS n FROM neighbours JOIN loads USING (load) WHERE NOT bundled GROUP BY 1"
    ),
    "loads": "SELECT sha256 AS id, count(*) AS n FROM loads WHERE NOT bundled GROUP BY 1",
}
"""How many rows each file has in each table."""

Content = dict[str, dict[str, int]]


def content(record: Record) -> Content:
    """For each file (by sha256) how many rows it has in each table."""
    found: Content = {}
    for table, sql in CONTENT.items():
        for row in record.ask(Steps().step("answer", sql)):
            found.setdefault(row["id"], {})[table] = row["n"]
    return found


def killed_once(files: list[Path], folder: Path, answered: int, wait: float) -> bool:
    """Ingest in a process that is killed a while after so many files were answered; whether it was still at work."""
    script = folder.parent / "ingest.py"
    script.write_text(INGEST)
    arguments = [sys.executable, str(script), str(folder), *map(str, files)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    for _ in range(answered + 1):  # the first line says that it has begun
        process.stdout.readline()
    time.sleep(wait)
    at_work = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return at_work


def compare(found: Content, whole: Content) -> list[str]:
    """What is broken: a file that is there in part, or one that should not be there."""
    return [
        f"{sha256[:12]}: {rows} is not all of {whole.get(sha256)}"
        for sha256, rows in found.items()
        if rows != whole.get(sha256)
    ]


def run(files: list[Path], work: Path, times: int, seed: int) -> dict[str, object]:
    """Kill `times` ingests, each of a fresh record or of the one left by the kill before; what came of it."""
    chance = random.Random(seed)
    began = time.monotonic()
    ingest(files, work / "whole")
    seconds = time.monotonic() - began
    whole = content(open_record(work / "whole"))
    broken: list[str] = []
    seen: Counter[str] = Counter()
    folder = work / "record"
    for number in range(times):
        left = len(whole) - len(content(open_record(folder)))
        at_work = killed_once(files, folder, len(whole) - chance.randint(0, left), chance.uniform(0, LONGEST_WAIT))
        held = content(open_record(folder))
        seen["at work" if at_work else "already done"] += 1
        seen["nothing" if not held else "all" if held == whole else "some files"] += 1
        broken += [f"kill {number}: {what}" for what in compare(held, whole)]
        # Once in two the next ingest goes on from what this one left; else it is completed and begun anew.
        if chance.random() < 0.5 or held == whole or number == times - 1:
            ingest(files, folder)
            completed = content(open_record(folder))
            if completed != whole:
                broken += [f"kill {number}: not completed: {what}" for what in compare(completed, whole) or ["lacking"]]
            shutil.rmtree(folder)
    return {
        "times": times,
        "files": len(whole),
        "seconds_undisturbed": round(seconds, 2),
        "moments": dict(seen),
        "broken": broken,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        files = given.paths or specimens(Path(work) / "specimens")
        result = run(files, Path(work), given.times, given.seed)
    print(json.dumps(result))
    return 1 if result["broken"] else 0


def specimens(folder: Path) -> list[Path]:
    """The demonstration's reports and some small statistics files, all of our own making."""
    from joinedup.areas import areas
    from joinedup.documents.specimens import make_specimens

    make_specimens(folder)
    known = [area for area in areas() if area.la_code and area.ons_code and area.end is None]
    head = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    for number in range(3):
        lines = [head + f"old_la_code,new_la_code,la_name,group_{number},child_count,child_percent"]
        for year in range(2013, 2026):
            lines += [
                f"{year},Reporting year,Local authority,E92000001,England,{area.region_code},{area.region},"
                f'{area.la_code},{area.ons_code},"{area.name}",All children,{number + year % 7},{number}.5'
                for area in known
            ]
        (folder / f"statistics-{number}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [folder]


if __name__ == "__main__":
    sys.exit(main())
