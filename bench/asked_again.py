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
from collections.abc import Iterator, Sequence
from pathlib import Path

import asked_again_learning as learning
from asked_again_learning import Example
from measuring import ROOT, Figure

ISSUE = 3
COMMAND = "python bench/asked_again.py"
LEAST = {"asked": 0.55, "mentioned": 0.4, "praise": -2.0}
"""From these likelihoods a pair is shown; a sentence praises above this tone. Chosen on the cross-validated figures of
the drawn pairs, which are therefore held to no goal: the goal is for the lists that nothing was chosen on."""
FEW = "needs the published reports (../shared)"


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure on linking. The timing reads all reports and is left out where `quick`."""
    every = learning.examples()
    asked = _sure(every, "asked")
    ways = {
        "drawn pairs": ("pair", None, None),
        "pairs drawn last": ("fresh", None, None),
        "lists read whole": ("list", None, None),
    }
    for name, (way, precise, recalled) in ways.items():
        kept = [(sure, one) for sure, one in asked if way in one.drawn.replace("area", "list")]
        yield from _both(f"asked again, {name}", kept, precise, recalled)
    yield from untouched(every)
    yield from _praise(_sure(every, "mentioned"))
    if quick or shared is None:
        yield Figure(ISSUE, "linking one area", None, "ms", "-", None, COMMAND, FEW if shared is None else "slow")
    else:
        yield speed(shared)


def untouched(every: Sequence[Example]) -> Iterator[Figure]:
    """Pairs of successive inspections read whole and blind by a second reader, none of them learnt from.

    Of the items' pairs that the first reader never judged, the figures say how well linking does where nothing was
    chosen on them; most of the easy links are among the others.
    """
    found = learning.examples(learning.UNTOUCHED_FEATURES)
    sure = list(zip(learning.cross_validated(every, "asked", found), found, strict=True))
    yield from _both("asked again, successive inspections read whole", sure, "0.85", "0.70")
    never = [(chance, one) for chance, one in sure if "judged" not in one.drawn.split()]
    yield from _both("of these, item pairs never judged before", never, None, None)


def _sure(every: Sequence[Example], name: str) -> list[tuple[float, Example]]:
    return [
        (sure, one) for sure, one in zip(learning.cross_validated(every, name), every, strict=True) if one.model == name
    ]


def _both(
    name: str, pairs: Sequence[tuple[float, Example]], precise: str | None, recalled: str | None
) -> Iterator[Figure]:
    shown = [one.true for sure, one in pairs if sure >= LEAST["asked"]]
    real = sum(one.true for _, one in pairs)
    found = {"precision": sum(shown) / len(shown), "recall": sum(shown) / real}
    note = f"{real} links in {len({one.area for _, one in pairs})} areas, cross-validated by area"
    for (measure, value), goal in zip(found.items(), (precise, recalled), strict=True):
        met = value >= float(goal) if goal else None
        yield Figure(
            ISSUE, f"{name}: {measure}", round(value, 3), "", f">= {goal}" if goal else "-", met, COMMAND, note
        )


def _praise(pairs: Sequence[tuple[float, Example]]) -> Iterator[Figure]:
    """By thing and later report: whether it is told as praised now, against whether any of its sentences does so."""
    groups: defaultdict[tuple[str, str], list[tuple[float, Example]]] = defaultdict(list)
    for sure, one in pairs:
        groups[one.area, one.group].append((sure, one))
    told = {
        key: any(sure >= LEAST["mentioned"] and one.tone > LEAST["praise"] for sure, one in group)
        for key, group in groups.items()
    }
    real = {key for key, group in groups.items() if any(one.label == "now_praised" for _, one in group)}
    right = sum(told[key] for key in real)
    note = f"{len(real)} praised of {len(groups)} things read for, {len({area for area, _ in groups})} areas"
    for measure, value in (("precision", right / sum(told.values())), ("recall", right / len(real))):
        yield Figure(ISSUE, f"now praised: {measure}", round(value, 3), "", "-", None, COMMAND, note)


def speed(shared: Path) -> Figure:
    """The slowest of all areas, linked from plain statements, in processor time. Visitors seldom wait for it: see
    decision 0185; the pages have a goal of their own."""
    from joinedup.analysis.asked_again import link

    statements, _ = learning.read(shared)
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
        learning.gather(*learning.read(shared))
    if asked.train:
        learning.train(LEAST)
    for figure in figures(shared, asked.quick):
        print(f"{figure.name:42} {figure.value} {figure.unit}  (goal {figure.goal}; {figure.note})")


if __name__ == "__main__":
    main()
