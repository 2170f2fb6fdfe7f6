"""Measure every figure that an issue says must be shown; write bench/latest.json and docs/measured.md.

`python bench/run.py` measures all (many minutes), `--quick` what can be measured in about one. Figures that need the
published reports and statistics say so where the folder is absent. Speed is always a ratio of two runs on the same
machine, taken by turns.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import accountability
import disclosure
import live
import public_record
from measuring import ROOT, Figure

import documents

Suite = Callable[[Path | None, bool], Iterator[Figure]]


def together(*suites: Suite) -> Suite:
    """Several suites as one."""

    def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
        for suite in suites:
            yield from suite(shared, quick)

    return figures


SUITES: dict[int, Suite] = {
    2: public_record.figures,
    3: accountability.figures,
    4: live.figures,
    5: together(documents.figures, disclosure.figures, live.together),
}
"""The issues whose figures are measured, each with what measures them."""


def kept(issue: int) -> list[Figure]:
    """An issue's figures as measured before, each with the commit that it was measured at."""
    held = ROOT / "bench" / "latest.json"
    if not held.is_file():
        return []
    told = json.loads(held.read_text(encoding="utf-8"))
    found = [Figure(**figure) for figure in told["figures"] if figure["issue"] == issue]
    at = f"at commit {told['commit']}"
    return [
        each if "at commit" in each.note else replace(each, note=f"{each.note}; {at}".strip("; ")) for each in found
    ]


def shared() -> Path | None:
    """The folder of published data, as the tests find it."""
    place = Path(os.environ.get("JOINEDUP_SHARED", ROOT.parent / "shared"))
    return place if (place / "data").is_dir() else None


def commit() -> str:
    """The commit measured, with a plus where the work tree differs from it."""
    name = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    changed = subprocess.run(
        ["git", "status", "--porcelain", "--", "src"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return name.stdout.strip() + ("+" if changed.stdout.strip() else "")


def machine() -> str:
    """Cores, processor and Python, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    """Measure, print a line a figure, and write both files."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="only what takes about a minute")
    arguments.add_argument("--only", type=int, metavar="ISSUE", help="only the figures of one issue; the others stay")
    given = arguments.parse_args()
    quick = given.quick
    before = {issue: kept(issue) for issue in SUITES if given.only not in (None, issue)}
    figures: list[Figure] = []
    for issue, suite in SUITES.items():
        for figure in before[issue] if issue in before else suite(shared(), quick):
            figures.append(figure)
            print(
                f"{_sign(figure.__dict__):8} {figure.name:34} {figure.value} {figure.unit}  (goal {figure.goal})",
                flush=True,
            )
            write(figures, quick)  # after each, so that a run that is ended keeps what it has measured


def write(figures: list[Figure], quick: bool) -> None:
    """What has been measured so far, as JSON and (of a full run) as the page."""
    result = {
        "figures": [figure.__dict__ for figure in figures],
        "commit": commit(),
        "machine": machine(),
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "quick": quick,
    }
    name = "quick.json" if quick else "latest.json"
    (ROOT / "bench" / name).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not quick:
        (ROOT / "docs" / "measured.md").write_text(page(result), encoding="utf-8")


def _sign(figure: dict[str, Any]) -> str:
    return {True: "met", False: "NOT MET", None: "not run" if figure["value"] is None else "no goal"}[figure["met"]]


def page(result: dict[str, object]) -> str:
    """The page docs/measured.md, from what was measured."""
    lines = [
        "# Measured",
        "",
        "Written from bench/latest.json, which `make bench` makes. Speed is a ratio of runs on one machine. A",
        "figure was measured at the commit named here unless its own note says otherwise.",
        "",
        f"{result['date']}, commit {result['commit']}, {result['machine']}.",
        "",
        "| issue | figure | value | goal | met | how |",
        "|---|---|---|---|---|---|",
    ]
    figures = result["figures"]
    assert isinstance(figures, list)
    for figure in figures:
        note = f" {figure['note']}" if figure["note"] else ""
        value = "not measured" if figure["value"] is None else f"{figure['value']} {figure['unit']}".strip()
        lines.append(
            f"| {figure['issue']} | {figure['name']} | {value} | {figure['goal']} | {_sign(figure)} | "
            f"`{figure['command']}`{note} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
