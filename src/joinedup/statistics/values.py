"""One cell of official figures: a number, or the reason why there is none.

Symbols are those of the Government Statistical Service and of DfE's open data standards: z not applicable, x
unavailable, c confidential, low (also k) rounds to zero but is not zero, u of low reliability; the obsolete ":" and
"~"; older files' "..", "." and "*". They also come in square brackets. A blank and "-", "NA", "n/a" say nothing more
than that there is no figure. A symbol is never a zero.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_REASONS = {
    "z": "not_applicable",
    ".": "not_applicable",
    "x": "unavailable",
    ":": "unavailable",
    "..": "unavailable",
    "np": "unavailable",
    "c": "suppressed",
    "*": "suppressed",
    "supp": "suppressed",
    "suppressed": "suppressed",
    "low": "rounds_to_zero",
    "k": "rounds_to_zero",
    "~": "rounds_to_zero",
    "u": "low_reliability",
    "": "missing",
    "-": "missing",
    "–": "missing",
    "na": "missing",
    "n/a": "missing",
    "nan": "missing",
    "null": "missing",
    "none": "missing",
}
_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)£?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)?(?P<rest>\.\d+)?(?P<power>e[-+]?\d{1,3})?%?"
)
PLAIN_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$"
"""What is converted without further thought; everything else is looked at by `parse_value`."""


@dataclass(frozen=True, slots=True)
class Value:
    """Exactly one of `number` and `reason` is set; `symbol` is what was printed where there is no number."""

    number: float | None
    reason: str | None = None
    symbol: str | None = None


def parse_value(text: str) -> Value | None:
    """The number or the reason; None for text that is neither (a name, a symbol that we do not know).

    Thousands separators, a leading pound sign and a trailing percent sign are understood; "12.5%" is 12.5.
    """
    printed = text.strip()
    bare = printed.casefold()
    if len(bare) > 2 and bare[0] == "[" and bare[-1] == "]":
        bare = bare[1:-1]
    reason = _REASONS.get(bare)
    if reason is not None:
        return Value(None, reason, printed)
    match = _NUMBER.fullmatch(bare)
    if match is None or not (match["digits"] or match["rest"]):
        return None
    number = float(
        f"{match['sign'].replace('−', '-')}{(match['digits'] or '0').replace(',', '')}"
        f"{match['rest'] or ''}{match['power'] or ''}"
    )
    return Value(number) if math.isfinite(number) else None


@dataclass(frozen=True, slots=True)
class Column:
    """Many cells parsed: three arrays as long as the cells, and those cells that are neither number nor symbol."""

    numbers: pa.Array
    reasons: pa.Array
    symbols: pa.Array
    odd: tuple[str, ...]


def parse_cells(cells: pa.Array) -> Column:
    """`parse_value` over an array of strings without nulls, most of it at the speed of pyarrow."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(cells)
    plain = pc.match_substring_regex(trimmed, PLAIN_NUMBER)
    numbers = pc.cast(pc.if_else(plain, trimmed, pa.scalar(None, pa.string())), pa.float64())
    numbers = pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    blank = pa.nulls(len(cells), pa.string())
    left = pc.is_null(numbers)
    texts = trimmed.filter(left).to_pylist()
    if not texts:
        return Column(numbers, blank, blank, ())
    parsed = [parse_value(text) for text in texts]
    odd = tuple(text for text, value in zip(texts, parsed, strict=True) if value is None)
    values = [value if value is not None else Value(None) for value in parsed]

    def filled(column: pa.Array, parts: list[object], kind: pa.DataType) -> pa.Array:
        return pc.replace_with_mask(column, left, pa.array(parts, kind))

    return Column(
        filled(numbers, [value.number for value in values], pa.float64()),
        filled(blank, [value.reason for value in values], pa.string()),
        filled(blank, [value.symbol for value in values], pa.string()),
        odd,
    )
