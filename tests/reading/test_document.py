"""Blocks are placed: under which heading each stands, in or below a box set into the text, after which lead-in."""

from __future__ import annotations

from joinedup.reading.document import Document
from joinedup.reading.layout import Line, Page
from joinedup.reading.placing import Placed


def _placed(*rows: tuple[float, str]) -> tuple[Placed, ...]:
    """Rows of a page, each with how far in it stands; "# " marks a heading, and every row is a block of its own."""
    lines = [
        Line(words.removeprefix("# "), 1, left, 520.0, top - 12.0, top, 12.0, bold, bold)
        for number, (left, words) in enumerate(rows)
        for top, bold in [(800.0 - 26.0 * number, words.startswith("# "))]
    ]
    return Document((Page(1, 595.0, 842.0, tuple(lines)),), "report").placed


def _lead_ins(*rows: tuple[float, str]) -> list[tuple[str | None, str]]:
    return [(one.lead_in, one.block.text) for one in _placed(*rows)]


def _headings(*rows: tuple[float, str]) -> list[tuple[str, str | None]]:
    return [(one.role, one.heading) for one in _placed(*rows)]


def test_a_numbered_lead_in_leads_to_its_bullets_and_not_to_the_next_number() -> None:
    assert _lead_ins(
        (71, "# Recommendations"),
        (71, "1. Improve plans by:"),
        (116, "\u2022 writing them sooner"),
        (116, "\u2022 keeping them short."),
        (71, "2. Ask the police to every meeting."),
    ) == [
        (None, "Improve plans by:"),
        ("Improve plans by:", "writing them sooner"),
        ("Improve plans by:", "keeping them short."),
        (None, "Ask the police to every meeting."),
    ]


def test_below_a_point_that_leads_to_others_the_lead_in_of_the_whole_list_holds_again() -> None:
    assert _lead_ins(
        (71, "# Recommendations"),
        (71, "The council and the police should:"),
        (71, "1. Meet every week."),
        (71, "2. Write plans that:"),
        (90, "(a) are short"),
        (90, "(b) are clear."),
        (71, "3. Tell families what was agreed."),
    ) == [
        (None, "The council and the police should:"),
        ("The council and the police should:", "Meet every week."),
        (None, "Write plans that:"),
        ("Write plans that:", "are short"),
        ("Write plans that:", "are clear."),
        ("The council and the police should:", "Tell families what was agreed."),
    ]


def test_a_number_after_bullets_is_none_of_their_list() -> None:
    assert _lead_ins(
        (71, "# Main findings"),
        (71, "1. Visits are timely."),
        (71, "Children told us that:"),
        (90, "\u2022 they are heard."),
        (71, "2. Plans are clear."),
    )[-2:] == [("Children told us that:", "they are heard."), (None, "Plans are clear.")]


def test_the_text_goes_on_below_a_box_where_it_stands_as_far_out_as_above_it() -> None:
    assert _headings(
        (71, "# Main findings"),
        (71, "Partners know their area well."),
        (76, "# Practice study: highly effective practice"),
        (76, "One child was helped by all."),
        (94, "\u2022 The school knew."),
        (71, "Partners do not always meet."),
    ) == [
        ("findings", "Main findings"),
        ("box", "Practice study: highly effective practice"),
        ("box", "Practice study: highly effective practice"),
        ("findings", "Main findings"),
    ]


def test_a_heading_that_stands_further_out_than_a_box_ends_it() -> None:
    assert _headings(
        (71, "# Main findings"),
        (71, "Partners know their area well."),
        (76, "# Practice study: highly effective practice"),
        (76, "One child was helped by all."),
        (71, "# Work with children at risk"),
        (71, "Partners do not always meet."),
    )[1:] == [("box", "Practice study: highly effective practice"), ("findings", "Work with children at risk")]


def test_the_text_goes_on_below_a_box_with_the_next_number() -> None:
    assert _headings(
        (71, "# Main findings"),
        (71, "1. Partners know their area well."),
        (71, "# Practice study: area for improvement"),
        (71, "One child was not helped at all."),
        (71, "2. Partners do not always meet."),
    ) == [
        ("findings", "Main findings"),
        ("box", "Practice study: area for improvement"),
        ("findings", "Main findings"),
    ]
