"""Boosted trees as plain values: sums of what small trees of questions answer, walked without any library.

`joinedup.attribution.train` grows them; here they are only asked. A tree is a number, or a question "is number F of
the row at most T?" with a tree for yes and a tree for no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Tree = float | tuple[int, float, "Tree", "Tree"]
"""An answer, or (place in the row, threshold, tree if at most, tree if more)."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees. `start` is what is answered before any is asked; the sum is log odds."""

    start: float
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """What the trees answer to a row, as log odds."""
        total = self.start
        for node in self.trees:
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return total


def packed(trees: Trees) -> dict[str, Any]:
    """The trees as JSON takes them: a question is a list of four."""
    return {"start": trees.start, "trees": list(trees.trees)}


def unpacked(held: dict[str, Any]) -> Trees:
    """The trees that `packed` gave. Raises KeyError, TypeError and ValueError for anything else."""
    return Trees(float(held["start"]), tuple(_tree(each) for each in held["trees"]))


def _tree(held: Any) -> Tree:
    if isinstance(held, list):
        place, threshold, low, high = held
        return int(place), float(threshold), _tree(low), _tree(high)
    return float(held)
