"""A cell is a number or a reason, never both and never a zero made of a symbol."""

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.statistics.values import parse_cells, parse_value


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("z", "not_applicable"),
        (".", "not_applicable"),
        ("x", "unavailable"),
        (":", "unavailable"),
        ("..", "unavailable"),
        ("c", "suppressed"),
        ("C", "suppressed"),
        ("[c]", "suppressed"),
        ("*", "suppressed"),
        ("SUPP", "suppressed"),
        ("low", "rounds_to_zero"),
        ("[low]", "rounds_to_zero"),
        ("k", "rounds_to_zero"),
        ("~", "rounds_to_zero"),
        ("u", "low_reliability"),
        ("", "missing"),
        ("   ", "missing"),
        ("-", "missing"),
        ("NA", "missing"),
        ("n/a", "missing"),
    ],
)
def test_a_symbol_is_kept_as_its_reason(printed: str, reason: str) -> None:
    value = parse_value(printed)
    assert value is not None
    assert (value.number, value.reason, value.symbol) == (None, reason, printed.strip())


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0", 0.0),
        ("12.5", 12.5),
        ("-0.3", -0.3),
        ("−4", -4.0),
        (" 7 ", 7.0),
        ("1,234", 1234.0),
        ("12,345,678.9", 12345678.9),
        ("12.5%", 12.5),
        ("£1,200", 1200.0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("+2", 2.0),
    ],
)
def test_a_number_is_read_as_printed(printed: str, number: float) -> None:
    value = parse_value(printed)
    assert value is not None
    assert value.number == pytest.approx(number)
    assert value.reason is None


@pytest.mark.parametrize("printed", ["Total", "12,34", "1,2345", "5 to 9", "1.2.3", "--", "1e999", "inf", "[q]", "%"])
def test_other_text_is_neither(printed: str) -> None:
    assert parse_value(printed) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(number: float) -> None:
    value = parse_value(repr(number))
    assert value is not None
    assert value.number == number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    value = parse_value(f"{number:,}")
    assert value is not None
    assert value.number == number


@given(st.text(max_size=12))
def test_text_is_a_number_or_a_reason_or_refused(text: str) -> None:
    value = parse_value(text)
    if value is not None:
        assert (value.number is None) != (value.reason is None)
        assert value.number is None or math.isfinite(value.number)
        assert (value.symbol is None) == (value.reason is None)


cells = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["z", "x", "c", "low", "k", "u", ":", "~", "", "NA", "1,000", "12%", "Total", "1e400"]),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
)


@given(st.lists(cells, max_size=30))
def test_columns_are_read_as_single_cells_are(texts: list[str]) -> None:
    column = parse_cells(pa.array(texts, pa.string()))
    expected = [parse_value(text) for text in texts]
    assert column.numbers.to_pylist() == [value.number if value else None for value in expected]
    assert column.reasons.to_pylist() == [value.reason if value else None for value in expected]
    assert column.symbols.to_pylist() == [value.symbol if value else None for value in expected]
    assert len(column.odd) == expected.count(None)
