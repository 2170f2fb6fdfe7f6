"""Lines become headings, paragraphs and bullets by where and how they are set; furniture is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.reading.blocks import Block, boxes_of, join_words, make_blocks, soften
from joinedup.reading.furniture import body_size, text_lines
from joinedup.reading.layout import Line
from joinedup.reading.order import in_reading_order
from joinedup.reading.pdf import open_pages

Make = Callable[..., bytes]
SetLine = tuple[float, float, float, bool, str]


def _line(text: str, top: float, left: float = 72.0, page: int = 1, size: float = 12.0, bold: bool = False) -> Line:
    return Line(text, page, left, left + 6 * len(text), top - 12, top, size, bold, bold)


def _blocks(lines: list[Line]) -> tuple[Block, ...]:
    return make_blocks(lines, 12.0)


def _page(*lines: SetLine) -> list[SetLine]:
    return list(lines)


def test_a_line_knows_its_place_size_and_weight(make_pdf: Make) -> None:
    (page,) = open_pages(make_pdf([_page((72, 700, 14, True, "Main findings"), (72, 670, 12, False, "Some words."))]))
    heading, text = page.lines
    assert (heading.text, heading.size, heading.bold, heading.all_bold) == ("Main findings", 14.0, True, True)
    assert (text.text, text.size, text.bold) == ("Some words.", 12.0, False)
    assert abs(heading.left - 72) < 2
    assert heading.bottom < 704 < heading.top


@pytest.mark.parametrize("stems", [b"47", b"80", b"140"])
def test_a_font_that_is_called_bold_is_bold_whatever_the_width_of_its_stems(make_pdf: Make, stems: bytes) -> None:
    data = make_pdf([[(72, 700, 12, True, "Bold words"), (72, 650, 12, False, "Plain words")]])
    font = (
        b"/FontDescriptor << /Type /FontDescriptor /FontName /Helvetica-Bold /Flags 32 /StemV %s >> /Encoding" % stems
    )
    (page,) = open_pages(data.replace(b"/Helvetica-Bold /Encoding", b"/Helvetica-Bold " + font))
    assert [line.bold for line in page.lines] == [True, False]


def test_a_line_that_only_ends_in_bold_is_no_heading_and_one_that_only_numbers_in_plain_is(make_pdf: Make) -> None:
    ends = [(72.0, 700.0, 12.0, False, "21. Outcomes for children are "), (230.0, 700.0, 12.0, True, "adequate.")]
    numbered = [(72.0, 650.0, 12.0, False, "3. "), (86.0, 650.0, 12.0, True, "Leadership")]
    plain = [(72.0, 600.0 - 15 * number, 12.0, False, "Leaders know their services well.") for number in range(4)]
    (page,) = open_pages(make_pdf([[*ends, *numbered, *plain]]))
    assert [line.all_bold for line in page.lines] == [False, True, *[False] * 4]


def test_a_letters_size_is_that_in_which_it_is_printed_whatever_the_file_names(make_pdf: Make) -> None:
    page = _page(
        (72, 760, 18, True, "A title"),
        *((72, 700 - 14.5 * row, 12, False, "Words of the text, line after line,1") for row in range(3)),
        (72, 640, 12, False, "A paragraph further down says more."),
    )
    as_named, scaled = (open_pages(make_pdf([page], scaled=scaled)) for scaled in (False, True))
    assert [line.size for line in scaled[0].lines] == [18.0, 12.0, 12.0, 12.0, 12.0]
    assert body_size(scaled) == 12.0
    lines, as_set = text_lines(as_named), text_lines(scaled)
    assert [block.text for block in _blocks(list(as_set))] == [block.text for block in _blocks(list(lines))]


def test_a_bullets_line_has_the_size_of_its_words_and_not_of_its_sign(make_pdf: Make) -> None:
    page = _page(
        (72, 700, 9, True, "\u2022"),
        (90, 700, 12, False, "Leaders listen to"),
        (90, 685.5, 12, False, "children and families."),
        (72, 665, 16, True, "\u2022"),
        (90, 665, 12, False, "They act on it."),
    )
    lines = text_lines(open_pages(make_pdf([page])))
    assert [(line.size, line.bold) for line in lines] == [(12.0, False)] * 3
    assert [block.text for block in _blocks(list(lines))] == [
        "Leaders listen to children and families.",
        "They act on it.",
    ]


def test_a_letter_of_a_font_of_signs_may_mark_a_bullet() -> None:
    (bullet,) = _blocks([_line("\x83 Leaders listen to", 700), _line("children.", 685.5, left=90)])
    assert (bullet.kind, bullet.text) == ("bullet", "Leaders listen to children.")


def test_running_heads_page_numbers_and_footnotes_are_left_out(make_pdf: Make) -> None:
    pages = [
        _page(
            (72, 800, 10, False, f"Inspection of Ashmere, page {number}"),
            (72, 700, 12, False, "The text of this page, which says something."),
            (72, 685, 12, False, "It goes on for another line of twelve points."),
            (72, 80, 9, False, "1 A footnote in small print."),
            (300, 40, 12, False, str(number)),
        )
        for number in (1, 2, 3)
    ]
    words = [line.text for line in text_lines(open_pages(make_pdf(pages)))]
    assert (
        words == ["The text of this page, which says something.", "It goes on for another line of twelve points."] * 3
    )


def test_a_pages_own_number_is_left_out_also_above_a_wide_margin_and_another_number_is_kept(make_pdf: Make) -> None:
    pages = [
        _page((72, 700, 12, False, "The text of a page."), (300, 120, 12, False, number))
        for number in ("1", "2", "700")
    ]
    words = [line.text for line in text_lines(open_pages(make_pdf(pages)))]
    assert words == ["The text of a page."] * 3 + ["700"]


def test_a_heading_that_stands_at_the_head_of_pages_far_apart_is_no_running_head(make_pdf: Make) -> None:
    pages = [
        _page(
            (72, 780, 14, True, "Inspection findings" if number % 4 == 1 else "Help for children"),
            (72, 700, 12, False, "Text."),
        )
        for number in range(1, 10)
    ]
    headings = [line.text for line in text_lines(open_pages(make_pdf(pages))) if line.bold]
    assert headings == ["Inspection findings"] * 3


def test_the_small_print_of_a_bare_title_page_is_kept(make_pdf: Make) -> None:
    title = _page((72, 700, 26, False, "Ashmere Council"), (72, 300, 10, True, "Inspection dates: 15-19 July 2013"))
    text = _page(
        *((72, 700 - 14.5 * row, 12, False, "Words of the text, line after line, go here.") for row in range(9))
    )
    lines = text_lines(open_pages(make_pdf([title, text])))
    assert "Inspection dates: 15-19 July 2013" in [line.text for line in lines]


def test_the_small_print_of_a_title_page_is_kept_though_a_name_on_it_is_set_as_the_text_is(make_pdf: Make) -> None:
    title = _page(
        (72, 700, 26, False, "Ashmere Council"),
        (72, 650, 12, False, "Published by an inspectorate"),
        (72, 300, 10, False, "Published: 3 July 2009"),
    )
    text = _page(
        *((72, 700 - 14.5 * row, 12, False, "Words of the text, line after line, go here.") for row in range(9)),
        (72, 80, 9, False, "1 A footnote."),
    )
    words = [line.text for line in text_lines(open_pages(make_pdf([title, text])))]
    assert "Published: 3 July 2009" in words
    assert "1 A footnote." not in words


def test_a_raised_footnote_mark_does_not_part_its_line(make_pdf: Make) -> None:
    page = _page(
        (72, 700, 12, False, "The hub opened in 2019."),
        (204, 705, 7, False, "1"),
        (210, 700, 12, False, "It is run jointly."),
        (72, 685, 12, False, "More words of the text follow here."),
    )
    first = text_lines(open_pages(make_pdf([page])))[0]
    assert first.text == "The hub opened in 2019. It is run jointly."


def test_gaps_part_paragraphs_and_bold_lines_are_headings() -> None:
    blocks = _blocks(
        [
            _line("Headline findings", 700, bold=True),
            _line("The first paragraph begins and", 670),
            _line("goes on.", 655.5),
            _line("The second paragraph.", 626),
        ]
    )
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Headline findings"),
        ("paragraph", "The first paragraph begins and goes on."),
        ("paragraph", "The second paragraph."),
    ]


def test_paragraphs_are_parted_in_a_text_whose_paragraphs_are_mostly_of_one_line() -> None:
    tops = [700, 678, 656, 634, 620, 598, 584, 562, 548]  # from line to line 14, from paragraph to paragraph 22
    lines = [_line(f"Line {number} says something.", top) for number, top in enumerate(tops)]
    assert [len(block.lines) for block in _blocks(lines)] == [1, 1, 1, 2, 2, 2]


def test_a_number_at_a_pages_head_that_ends_a_sentence_begins_no_point() -> None:
    begun = [_line("7. Young people stay with their", 100), _line("carers until they turn", 85.5, left=107)]
    overleaf = [_line("18. Few know that they may.", 760, left=107, page=2), _line("8. Plans are late.", 730, page=2)]
    assert [(block.number, block.text) for block in _blocks(begun + overleaf)] == [
        ("7", "Young people stay with their carers until they turn 18. Few know that they may."),
        ("8", "Plans are late."),
    ]
    plain = [_line("Young people stay with their", 100), _line("carers until they turn", 85.5)]
    assert len(_blocks([*plain, _line("18. Few know that they may.", 760, page=2)])) == 1


def test_a_point_whose_number_leaps_begins_overleaf_though_the_one_before_has_no_full_stop() -> None:
    begun = [_line("7. Young people stay with their", 100), _line("carers when they grow up", 85.5, left=107)]
    assert [block.number for block in _blocks([*begun, _line("24. Plans are late.", 760, page=2)])] == ["7", "24"]
    summary = [_line("8. Plans are clear.", 200), _line("Summary", 160, size=14), _line("Children are safe", 100)]
    assert _blocks([*summary, _line("24. Plans are late.", 760, page=2)])[-1].number == "24"


@pytest.mark.parametrize("sign", ["§", "n", "l", "q", "v", "u", "Ø", "ü", "Ÿ", "→", "✔", "⬤", "☐", "\uf0a7"])
def test_many_signs_mark_a_bullet_and_some_are_letters_of_a_font_of_signs(sign: str) -> None:
    lines = [
        _line(f"{sign} Help for children early, where", 700),
        _line("they and their families ask for it", 685, left=90),
        _line(f"{sign} Police attendance at meetings", 665),
        _line(f"{sign} Plans that children can read", 645),
    ]
    assert [(block.kind, block.text) for block in _blocks(lines)] == [
        ("bullet", "Help for children early, where they and their families ask for it"),
        ("bullet", "Police attendance at meetings"),
        ("bullet", "Plans that children can read"),
    ]


def test_a_single_letter_in_the_midst_of_a_sentence_marks_no_bullet() -> None:
    (block,) = _blocks(
        [_line("The council was heard in the case of Ashmere", 700), _line("v Fenwold and lost it.", 685)]
    )
    assert block.text == "The council was heard in the case of Ashmere v Fenwold and lost it."


def test_a_bullet_goes_on_in_its_hanging_indent_and_overleaf() -> None:
    blocks = _blocks(
        [
            _line("◼ The timeliness of the", 100),
            _line("police response. It is", 85.5, left=89),
            _line("slow.", 760, left=89, page=2),
            _line("◼ The next bullet.", 740, page=2),
        ]
    )
    assert [(block.kind, block.text) for block in blocks] == [
        ("bullet", "The timeliness of the police response. It is slow."),
        ("bullet", "The next bullet."),
    ]
    assert [box.page for box in blocks[0].boxes] == [1, 2]


def test_a_bullet_of_one_line_goes_on_overleaf_where_the_words_of_the_others_stand() -> None:
    lines = [
        _line("• Leaders know their services well and change", 140),
        _line("what does not work.", 125, left=90),
        _line("• Schools see children early.", 105),
        _line("They tell others what they see.", 770, left=90, page=2),
        _line("The council is small and lies by the sea.", 740, page=2),
    ]
    assert [(block.kind, block.text) for block in _blocks(lines)] == [
        ("bullet", "Leaders know their services well and change what does not work."),
        ("bullet", "Schools see children early. They tell others what they see."),
        ("paragraph", "The council is small and lies by the sea."),
    ]


def test_dashes_further_in_belong_to_their_bullet() -> None:
    (bullet,) = _blocks(
        [
            _line("◼ Leaders should ensure that:", 700),
            _line("− the police share", 680, left=89),
            _line("what they know", 665.5, left=107),
            _line("− health attends.", 645, left=89),
        ]
    )
    assert bullet.text == "Leaders should ensure that: − the police share what they know − health attends."


def test_numbered_points_follow_one_another_but_a_year_numbers_nothing() -> None:
    blocks = _blocks(
        [
            _line("1. The first point of", 700),
            _line("2014 was not a good year.", 685.5, left=100),
            _line("2. The second point.", 660),
        ]
    )
    assert [(block.number, block.text) for block in blocks] == [
        ("1", "The first point of 2014 was not a good year."),
        ("2", "The second point."),
    ]


def test_a_number_may_stand_directly_before_its_point_but_a_decimal_numbers_nothing() -> None:
    blocks = _blocks(
        [
            _line("9. The first point.", 700),
            _line("10.The second point, of", 675),
            _line("11.2 per cent of children.", 660.5),
            _line("11.‘Quoted’ is the third.", 635),
            _line("12.5 per cent begins a paragraph.", 610),
        ]
    )
    assert [(block.number, block.text) for block in blocks] == [
        ("9", "The first point."),
        ("10", "The second point, of 11.2 per cent of children."),
        ("11", "‘Quoted’ is the third."),
        (None, "12.5 per cent begins a paragraph."),
    ]


def test_hyphens_at_line_ends() -> None:
    assert join_words(["a multi-", "agency meeting"]) == "a multi-agency meeting"
    assert join_words(["a multi\ufffe", "agency meeting"]) == "a multi-agency meeting"
    assert join_words(["safe\u00ad", "guarding"]) == "safeguarding"
    assert join_words(["2015 -", "2016"]) == "2015 - 2016"


def _softened(*texts: str) -> str:
    lines = [_line(text, 700 - 14.5 * number) for number, text in enumerate(texts)]
    return join_words(line.text for line in soften(lines))


def test_a_hyphen_at_a_lines_end_is_dropped_from_a_word_that_the_text_has_without_one() -> None:
    assert _softened("The chil\ufffe", "dren are heard. All children are.") == (
        "The children are heard. All children are."
    )


def test_a_hyphen_at_a_lines_end_is_kept_in_a_word_that_the_text_has_with_one() -> None:
    assert _softened("A well\ufffe", "being plan. Her well-being; his wellbeing.") == (
        "A well-being plan. Her well-being; his wellbeing."
    )


def test_a_hyphen_at_a_lines_end_is_kept_where_the_text_has_no_such_word() -> None:
    assert _softened("A long\ufffe", "term plan for Port\ufffe", "Rowan.") == "A long-term plan for Port-Rowan."


def test_a_hyphen_at_a_lines_end_is_kept_between_two_words() -> None:
    assert _softened("The front\ufffe", "line staff. In front of the line: frontline work.") == (
        "The front-line staff. In front of the line: frontline work."
    )


@given(st.lists(st.text(st.characters(categories=["L", "N", "Zs", "P"]), max_size=30), max_size=6))
def test_joining_loses_no_word_of_lines_without_hyphens(lines: list[str]) -> None:
    clean = [" ".join(line.replace("-", " ").split()) for line in lines]
    clean = [line for line in clean if line]
    assert join_words(clean) == " ".join(clean)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(50, 800), st.integers(40, 200)), min_size=1, max_size=20))
def test_boxes_cover_every_line(places: list[tuple[int, int, int]]) -> None:
    lines = [_line("some words", float(top), float(left), page) for page, top, left in places]
    boxes = boxes_of(lines)
    for line in lines:
        assert any(
            box.page == line.page
            and box.left <= line.left + 0.05
            and box.right >= line.right - 0.05
            and box.bottom <= line.bottom + 0.05
            and box.top >= line.top - 0.05
            for box in boxes
        )


def test_body_size_is_that_of_most_letters(make_pdf: Make) -> None:
    page = _page(
        (72, 700, 20, True, "A title"), (72, 650, 11, False, "A much longer line of running text than the title")
    )
    assert body_size(open_pages(make_pdf([page]))) == 11.0


def _read_in_order(lines: list[Line]) -> list[str]:
    return [line.text for line in in_reading_order(lines)]


def test_a_heading_that_the_file_sets_last_is_read_where_it_stands() -> None:
    lines = [_line("Words above.", 700), _line("Words below.", 600), _line("And more.", 585)]
    heading = [_line("A heading of", 660, bold=True), _line("two lines", 645, bold=True)]
    assert _read_in_order([*lines, *heading]) == [
        "Words above.",
        "A heading of",
        "two lines",
        "Words below.",
        "And more.",
    ]


def test_a_table_over_the_text_that_the_file_sets_last_keeps_its_cells_together() -> None:
    text = [_line("The text goes on.", 640), _line("And ends.", 625)]
    cells = [_line("Leaders and", 760), _line("governance", 745), _line("Good", 753, left=300), _line("Summary", 700)]
    assert _read_in_order([*text, *cells]) == [
        "Leaders and",
        "governance",
        "Good",
        "Summary",
        "The text goes on.",
        "And ends.",
    ]


def test_columns_and_cells_stay_in_the_order_in_which_the_file_sets_them() -> None:
    columns = [_line(f"left {row}", 700 - 15 * row) for row in range(3)]
    columns += [_line(f"right {row}", 700 - 15 * row, left=300) for row in range(3)]
    assert _read_in_order(columns) == [line.text for line in columns]
    raised = [_line("2.1 Adoption", 700), _line("Good", 710, left=300), _line("3. Leaders", 600)]
    raised.append(_line("Outstanding", 612.5, left=300))
    assert _read_in_order(raised) == [line.text for line in raised]


@given(st.lists(st.tuples(st.integers(50, 800), st.sampled_from((72, 300))), max_size=20))
def test_no_line_is_lost_or_doubled_when_lines_are_put_in_order(places: list[tuple[int, int]]) -> None:
    lines = [_line(f"words {number}", float(top), float(left)) for number, (top, left) in enumerate(places)]
    assert sorted(_read_in_order(lines)) == sorted(line.text for line in lines)
