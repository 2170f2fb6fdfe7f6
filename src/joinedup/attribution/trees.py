"""Boosted trees as plain values: sums of what small trees of questions answer, walked without any library.

`joinedup.attribution.train` grows them; here they are only asked. A tree is an answer (a number), or a question "is
number F of the row at most T?" with a tree for yes and a tree for no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Tree = tuple[int, float, Any, Any]
"""A question: (place in the row, threshold, tree if at most, tree if more); an answer: (-1, answer, None, None)."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees. `start` is what is answered before any is asked; the sum is log odds."""

    start: float
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """What the trees answer to a row, as log odds."""
        total = self.start
        for place, number, low, high in self.trees:
            while place >= 0:
                place, number, low, high = low if row[place] <= number else high
            total += number
        return total


def answer(number: float) -> Tree:
    """A tree that asks nothing."""
    return -1, number, None, None


def packed(trees: Trees) -> dict[str, Any]:
    """The trees as JSON takes them: an answer is a number, a question a list of four."""
    return {"start": trees.start, "trees": [_packed(each) for each in trees.trees]}


def _packed(tree: Tree) -> Any:
    place, number, low, high = tree
    return number if place < 0 else [place, number, _packed(low), _packed(high)]


def unpacked(held: dict[str, Any]) -> Trees:
    """The trees that `packed` gave. Raises KeyError, TypeError and ValueError for anything else."""
    return Trees(float(held["start"]), tuple(_unpacked(each) for each in held["trees"]))


def _unpacked(held: Any) -> Tree:
    if isinstance(held, list):
        place, number, low, high = held
        return int(place), float(number), _unpacked(low), _unpacked(high)
    return answer(float(held))
