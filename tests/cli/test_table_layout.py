"""A table that is too wide for the paper: no word is broken, no number is cut, nothing is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from joinedup.areas import areas
from joinedup.cli import output
from joinedup.cli.run import main
from joinedup.frameworks import frameworks

AGENCIES = ("Local authority", "Education", "Youth justice", "Voluntary", "Partnership", "Probation", "Housing", "All")
TITLES = ("Information sharing and communication between agencies", "Neglect", "Front door, referrals and thresholds")


@pytest.fixture
def printed(capsys, monkeypatch):
    def printed(columns, rows, width, **how):
        monkeypatch.setattr(output, "WIDE", width)
        output.print_table("Title", columns, rows, **how)
        return capsys.readouterr().out.splitlines()[1:]

    return printed


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_words_and_numbers_stay_whole_at_any_width(printed, width):
    rows = [(title, *range(number * 1000, number * 1000 + len(AGENCIES))) for number, title in enumerate(TITLES, 1)]
    lines = printed(("Theme", *AGENCIES), rows, width)

    assert max(map(cell_len, lines)) <= width
    words = [word for line in lines for word in line.split()]
    assert {word for row in rows for cell in row for word in str(cell).split()} <= set(words)
    assert {word for name in ("Theme", *AGENCIES) for word in name.split()} <= set(words)


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_what_is_copied_into_other_commands_stands_whole_in_one_line(printed, width):
    rows = [(area.slug, area.name, area.kind, area.region, area.la_code, area.ons_code) for area in areas()]
    lines = printed(("Slug", "Name", "Kind", "Region", "DfE code", "ONS code"), rows, width, copied=True)

    assert max(map(cell_len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    assert {word for row in rows for cell in row if cell for word in cell.split()} <= words


def test_the_commands_whose_first_column_others_take_print_it_so(capsys):
    for asked, keys in (("areas", [each.slug for each in areas()]), ("frameworks", [each.id for each in frameworks()])):
        assert main([asked]) == 0
        assert set(keys) <= set(capsys.readouterr().out.split()), asked


def test_a_table_that_fits_has_its_headings_in_one_line(printed):
    lines = printed(("Theme", *AGENCIES[:3]), [(TITLES[1], 1, 2, 3)], 120)

    assert sum("Local authority" in line for line in lines) == 1


def test_what_does_not_fit_goes_on_below_under_the_same_titles(printed):
    lines = printed(("Theme", *AGENCIES), [("Neglect", *range(8)), ("Workforce", *range(8))], 40)

    shown = [line.split()[1:] for line in lines if line.split()[:1] == ["Neglect"]]
    assert len(shown) > 1
    assert [number for row in shown for number in row] == [str(number) for number in range(8)]


@given(
    names=st.lists(st.text("abc d", min_size=1, max_size=12), min_size=1, max_size=14),
    numbers=st.lists(st.integers(0, 10**6), min_size=14, max_size=14),
)
def test_every_column_is_shown_once_and_fits(names, numbers):
    from joinedup.cli.layout import parts

    cells = [["a title of a few words", *map(str, numbers[: len(names)])]]
    found = parts(("Theme", *names), cells, [False, *[True] * len(names)], 50)
    assert [each for part in found for each in part.columns if each] == list(range(1, len(names) + 1))
    assert all(part.columns[0] == 0 for part in found)
