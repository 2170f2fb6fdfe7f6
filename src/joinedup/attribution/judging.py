"""Words that judge: which of a statement's words are shown as the reason for praise or concern.

All of a statement's words weigh, and the heaviest is often "a" or "social workers", which no reader takes for a reason.
So the reason is looked for among words that say how good something is, and shown with the word that they say it of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress, count

from joinedup.attribution.words import STOP, Words, plain_set

PRAISE, CONCERN = 1, -1
"""The sides: the sign that a word's weight has on each."""
PRAISING = plain_set(
    "good effective effectively strong strongly well excellent positive positively timely clear clearly robust "
    "appropriate appropriately consistent consistently improved impressive valued quickly promptly prompt sensitive "
    "sensitively skilled highly helpful comprehensive thorough thoroughly committed commitment better best "
    "innovative swift swiftly successful successfully routinely regularly satisfactory outstanding confident safe "
    "safely stable suitable detailed creative proactive purposeful meaningful sound ambitious aspirational "
    "responsive tenacious warm visible rigorous substantial significantly high-quality child-centred benefit enjoy "
    "thrive achieve strength valuable beneficial realistic accurate coherent sharp determined passionate persistent"
)
FAULTING = plain_set(
    "lack lacking lacked insufficient insufficiently inconsistent inconsistently inconsistency variable variability "
    "limited delay delayed weak weakness poor poorly gap unclear missed rarely seldom ineffective underdeveloped "
    "inadequate difficulty fail failed failure absence absent backlog unable unaware slow slowly late incomplete "
    "narrow drift problem barrier deficit declined deteriorated unsatisfactory unsuitable unmet overdue outdated "
    "superficial unstable shortfall shortage inappropriate inappropriately unacceptable"
)
"""Words that praise and words that find fault, whatever they are said of: examples to learn from, too."""
TURNING = plain_set("not less insufficient insufficiently neither never no yet without few rarely hardly")
"""Words that make the praise directly after them into its contrary ("less rigorous", "too few skilled carers")."""
FINDING_FAULT = FAULTING | plain_set(
    "not no never cannot nor neither without too miss missing need needed require required requires concern little "
    "serious adrift overly unnecessary"
)
"""Words that find fault with what they are said of, alone or by denying or asking for what is good."""
JUDGING = (
    PRAISING
    | FINDING_FAULT
    | plain_set(
        "improving quick regular adequate significant enough few fewer yet low lower only always fully sufficient "
        "sufficiently less long longer wait waiting widespread complex basic high many"
    )
)
"""Words that say how good something is, or are part of saying so: a reader takes them for a reason."""
_EMPTY = plain_set(
    "has have had do did doe this these there they them when where which who whom will would should can could may "
    "all any most some such also more than into through out up over about after before if so but while although it "
    "he she we you within across both each other own during since then as between among new area local number"
)
"""Words, beside those that every text has, that are no reason by themselves."""
_NEAR = 3
"""How many words after a judging one the thing judged is looked for."""


def judging_words(words: Words, weights: Sequence[float], side: int) -> str:
    """The words, as printed, that speak most for a side: the judging word of most weight there, with the judging words
    round it and what they judge ("not always recorded"). Where no judging word speaks for that side, the heaviest that
    means something; "" where none does. `weights` has each word's, above 0 for praise."""
    plain = words.plain
    place = _heaviest(plain, weights, side, JUDGING.__contains__)
    if place is None:
        place = _heaviest(plain, weights, side, _means_something)
    if place is None:
        return ""
    first, last = place, place + 1
    while first > 0 and plain[first - 1] in JUDGING:
        first -= 1
    while last < len(plain) and plain[last] in JUDGING:
        last += 1
    what = next((at for at in range(last, min(last + _NEAR, len(plain))) if _ends_the_look(plain[at])), None)
    if what is not None and _means_something(plain[what]):
        last = what + 1
    elif first > 0 and _means_something(plain[first - 1]):
        first -= 1
    return words.between(first, last)


def _heaviest(plain: Sequence[str], weights: Sequence[float], side: int, among: Callable[[str], bool]) -> int | None:
    """The place of the word of most weight on a side among some words; None where none has any."""
    place, most = None, 0.0
    for at in compress(count(), map(among, plain)):
        if side * weights[at] > most:
            place, most = at, side * weights[at]
    return place


def _ends_the_look(word: str) -> bool:
    """Whether a word is where the look for what is judged ends: it means something, or it is a mark."""
    return not word[0].isalnum() or _means_something(word)


def _means_something(word: str) -> bool:
    return word not in STOP and word not in _EMPTY and word[0].isalnum()
