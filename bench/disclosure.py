"""The figures of the look for what could identify a child: by rule, on texts with things planted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import disclosure_texts
from measuring import Figure

ISSUE = 5
HERE = "bench/disclosure.py"
NONE_MISSED = ("nhs_number", "upn", "listed_name")
"""The rules that may miss nothing."""
SEED = 20260914
MORE_SEEDS = 20
"""Further sets of held-out texts in which what may not be missed is looked for."""
HOSTILE = (
    *("1", "0", "1 ", "01-", "a", "A", "@", "a@", ".", " ", "\n", "the only ", "one of ", "one ", "jan", "1 jan "),
    *("born ", "nineteen ", "twenty-", "a'", "-", "M1", "M1 1", "H", "+44", "(", "(at)", "NHS ", "year", "1 years "),
    *("Jayden ", "é"),
)
"""What rules that look ahead, or back, or try again look long at when it is said over and over."""
SHORT, TIMES = 4_000, 8
IN_PROPORTION = 2.0
"""No hostile text may take more than so many times as long as in proportion; were it squared, it took TIMES as long."""


@dataclass(slots=True)
class Score:
    """What one rule found of what was planted for it."""

    planted: int = 0
    found: int = 0
    hits: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of the planted, the share found."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Of the hits, the share that had been planted."""
        return self.right / self.hits if self.hits else 1.0

    @property
    def sure_precision(self) -> float:
        """The same of the hits that are more than a hint."""
        return self.sure_right / self.sure if self.sure else 1.0


def scores(held_out: bool, seed: int = SEED) -> dict[str, Score]:
    """Every rule's score on one half of the texts of a seed, and that of all together under "all"."""
    from joinedup.service.disclosure import RULES, Names, Strength, look
    from joinedup.service.disclosure.listed import digests

    secret = b"of the inspection that is measured"
    names = Names((secret,), frozenset(each for name in disclosure_texts.LISTED for each in digests(name, secret)))
    found = {key: Score() for key in (*(rule.key for rule in RULES), "all")}
    for text in disclosure_texts.texts(held_out, seed):
        hits = look(text.words, disclosure_texts.TODAY, names=names)
        for rule, start, end in text.planted:
            met = any(hit.rule == rule and hit.start < end and start < hit.end for hit in hits)
            for score in (found[rule], found["all"]):
                score.planted += 1
                score.found += met
                score.missed += [] if met else [f"{rule}: {text.words[max(0, start - 30) : end + 10]}"]
        for hit in hits:
            right = any(hit.rule == rule and hit.start < end and start < hit.end for rule, start, end in text.planted)
            sure = hit.strength is not Strength.HINT
            for score in (found[hit.rule], found["all"]):
                score.hits += 1
                score.right += right
                score.sure += sure
                score.sure_right += sure and right
                around = text.words[max(0, hit.start - 30) : hit.end + 10]
                score.wrong += [] if right else [f"{hit.rule} ({hit.strength}): {around}"]
    return found


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure, of the half that is held out; none needs published reports, and all are quick."""
    found = scores(held_out=True)
    for rule, score in found.items():
        goal = "1" if rule in NONE_MISSED else "none"
        met = score.recall == 1 if rule in NONE_MISSED else None
        note = f"{score.found} of {score.planted} planted"
        yield Figure(ISSUE, f"disclosure_recall_{rule}", round(score.recall, 3), "", goal, met, HERE, note)
        note = f"{score.right} of {score.hits} hits; {score.sure_right} of {score.sure} that are more than a hint"
        yield Figure(ISSUE, f"disclosure_precision_{rule}", round(score.precision, 3), "", "none", None, HERE, note)
    planted, missed = more()
    note = f"of {planted} planted in {MORE_SEEDS} more sets: {', '.join(NONE_MISSED)}"
    yield Figure(ISSUE, "disclosure_missed", missed, "", "0", missed == 0, HERE, note)
    yield Figure(ISSUE, "disclosure_100_pages", round(_seconds(), 3), "s", "none", None, HERE, "processor time")
    worst, unit = hostile()
    note = f"{unit!r} {TIMES} times as long, least of three, over {TIMES} times what it took; of {len(HOSTILE)} texts"
    met = worst < IN_PROPORTION
    yield Figure(ISSUE, "disclosure_hostile", round(worst, 2), "", f"< {IN_PROPORTION:g}", met, HERE, note)


def more() -> tuple[int, int]:
    """How many of those that may not be missed were planted in further held-out texts, and how many were missed."""
    found = [scores(True, SEED + turn)[rule] for turn in range(1, MORE_SEEDS + 1) for rule in NONE_MISSED]
    return sum(each.planted for each in found), sum(each.planted - each.found for each in found)


def _seconds() -> float:
    """The time to look over some hundred pages (half a million letters), with a list of names."""
    from joinedup.service.disclosure import Names, look
    from joinedup.service.disclosure.listed import digests

    words = " ".join(text.words for text in disclosure_texts.texts(True))
    words = words * (500_000 // len(words) + 1)
    names = Names((b"x",), frozenset(each for name in disclosure_texts.LISTED for each in digests(name, b"x")))
    start = time.process_time()
    look(words[:500_000], disclosure_texts.TODAY, names=names)
    return time.process_time() - start


def hostile() -> tuple[float, str]:
    """Of all hostile texts the one that gets slowest as it gets longer, and how much more than in proportion."""
    from joinedup.service.disclosure import Names, look
    from joinedup.service.disclosure.listed import digests

    names = Names((b"x",), frozenset(each for name in disclosure_texts.LISTED for each in digests(name, b"x")))

    def took(text: str) -> float:
        start = time.process_time()
        look(text, disclosure_texts.TODAY, names=names)
        return time.process_time() - start

    found = []
    for unit in HOSTILE:
        short = unit * (SHORT // len(unit))
        found.append((min(took(short * TIMES) for _ in range(3)) / min(took(short) for _ in range(3)) / TIMES, unit))
    return max(found)


if __name__ == "__main__":
    for half in (False, True):
        print("held out" if half else "tuned on")
        for key, each in scores(half).items():
            print(
                f"  {key:13} planted {each.planted:4} recall {each.recall:.3f}  hits {each.hits:4} "
                f"precision {each.precision:.3f}  without hints {each.sure:4} {each.sure_precision:.3f}"
            )
        if not half:  # what the rules got wrong is looked at in the half for tuning alone
            print(*scores(half)["all"].missed, *scores(half)["all"].wrong, sep="\n    ")
    print("planted in more sets, and missed of them:", *more())
    print(f"half a million letters: {_seconds():.2f} s")
    print("the slowest hostile text, more than in proportion:", *hostile())
