"""How well things asked for are linked across inspections, and how fast; and the learning of what the linking goes by.

`python bench/asked_again.py` prints the figures, each by models that saw nothing of the area judged. With the
published reports at hand (../shared) it also times the linking of every area. `--gather` reads the reports and counts
anew, `--train` fits the models on the labels; both write into the package.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import asked_again_judging as judging
import asked_again_learning as learning
from asked_again_learning import Example
from measuring import ROOT, Figure

ISSUE = 3
COMMAND = "python bench/asked_again.py"
LEAST = 0.45
"""From this likelihood a pair is shown: chosen on the first reader's lists read whole, where from there on three pairs
in four are right; those lists are held to no goal."""
FEW = "needs the published reports (../shared)"


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure on linking. The timing reads all reports and is left out where `quick`."""
    yield from _asked()
    yield from _praise()
    if quick or shared is None:
        yield Figure(ISSUE, "linking one area", None, "ms", "-", None, COMMAND, FEW if shared is None else "slow")
    else:
        yield speed(shared)


def _asked() -> Iterator[Figure]:
    """Whether two requests ask for the same, on pairs and lists of one area.

    No label of the lists read whole by the second reader is learnt from, and each area is left out when it is scored;
    but what the models go by was chosen with these lists in view. Most of their easy links are among those that the
    first reader had judged; the figures say how well linking does on the others.
    """
    ours, theirs = judging.judged(learning.LABELS), judging.judged(learning.UNTOUCHED)
    sure = judging.cross_validated([*ours, *theirs])
    first = list(zip(sure, ours, strict=False))
    second = list(zip(sure[len(ours) :], theirs, strict=True))
    yield from _both("asked again, drawn pairs", _drawn(first, "pair"))
    yield from _both("asked again, pairs drawn last", _drawn(first, "fresh"))
    yield from _both("asked again, lists read whole", _drawn(first, "list"))
    yield from _both("asked again, successive inspections read whole", second, "0.85", "0.70")
    never = [(chance, pair) for chance, pair in second if "judged" not in pair.drawn.split()]
    yield from _both("of these, item pairs never judged before", never)
    right, found = judging.told_matters()
    note = f"{len(judging.kept())} requests, cross-validated by area"
    for measure, value in (("precision", right), ("recall", found)):
        yield Figure(ISSUE, f"what a request asks for: {measure}", round(value, 3), "", "-", None, COMMAND, note)


def _drawn(pairs: Iterable[tuple[float, judging.Pair]], way: str) -> list[tuple[float, judging.Pair]]:
    return [(sure, pair) for sure, pair in pairs if way in pair.drawn.replace("area", "list")]


def _both(
    name: str, pairs: Sequence[tuple[float, judging.Pair]], precise: str | None = None, recalled: str | None = None
) -> Iterator[Figure]:
    shown = [pair.same for sure, pair in pairs if sure >= LEAST]
    real = sum(pair.same for _, pair in pairs)
    found = {"precision": sum(shown) / len(shown), "recall": sum(shown) / real}
    note = f"{real} links in {len({pair.area for _, pair in pairs})} areas, cross-validated by area"
    for (measure, value), goal in zip(found.items(), (precise, recalled), strict=True):
        met = value >= float(goal) if goal else None
        yield Figure(
            ISSUE, f"{name}: {measure}", round(value, 3), "", f">= {goal}" if goal else "-", met, COMMAND, note
        )


def _praise() -> Iterator[Figure]:
    """By thing and later report: whether it is told as praised now, against whether any of its sentences does so."""
    every = learning.examples()
    pairs = [
        (sure, one)
        for sure, one in zip(learning.cross_validated(every), every, strict=True)
        if one.model == "mentioned"
    ]
    groups: defaultdict[tuple[str, str], list[tuple[float, Example]]] = defaultdict(list)
    for sure, one in pairs:
        groups[one.area, one.group].append((sure, one))
    told = {key: any(sure >= LEAST and one.praises for sure, one in group) for key, group in groups.items()}
    real = {key for key, group in groups.items() if any(one.label == "now_praised" for _, one in group)}
    right = sum(told[key] for key in real)
    note = f"{len(real)} praised of {len(groups)} things read for, {len({area for area, _ in groups})} areas"
    for measure, value in (("precision", right / sum(told.values())), ("recall", right / len(real))):
        yield Figure(ISSUE, f"now praised: {measure}", round(value, 3), "", "-", None, COMMAND, note)


def speed(shared: Path) -> Figure:
    """The slowest of all areas, linked from plain statements, in processor time. Visitors seldom wait for it: see
    decision 0185; the pages have a goal of their own."""
    from joinedup.analysis.asked_again import link

    statements = learning.read(shared)
    took = []
    for area in statements.values():
        started = time.process_time()
        link(area)
        took.append(1000 * (time.process_time() - started))
    note = f"median {statistics.median(took):.1f} ms of {len(took)} areas"
    return Figure(ISSUE, "linking one area", round(max(took), 1), "ms", "-", None, COMMAND, note)


def main() -> None:
    """Learn if asked to, then print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gather", action="store_true", help="count words and measure the labelled pairs anew")
    arguments.add_argument("--train", action="store_true", help="fit the models on the labelled pairs")
    arguments.add_argument("--quick", action="store_true", help="without the timing")
    asked = arguments.parse_args()
    place = Path(os.environ.get("JOINEDUP_SHARED", ROOT.parent / "shared"))
    shared = place if (place / "data").is_dir() else None
    if asked.gather:
        if shared is None:
            arguments.error(FEW)
        statements = learning.read(shared)
        learning.gather(statements)
        judging.gather(statements)
    if asked.train:
        learning.train(LEAST)
        judging.train()
    for figure in figures(shared, asked.quick):
        print(f"{figure.name:42} {figure.value} {figure.unit}  (goal {figure.goal}; {figure.note})")


if __name__ == "__main__":
    main()
