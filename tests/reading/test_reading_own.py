"""Reports that this system publishes: known by their title, refused where they name what is not known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from joinedup.documents.inspection import Document, example_report, published_report, to_pdf
from joinedup.documents.inspection.blocks import Block, Facts
from joinedup.reading import Refusal, Report, own_form, read_bytes


def changed(change: Callable[[str, str], str | None]) -> Document:
    """The example report with the values of its first page changed; None leaves a row out."""
    document = published_report(example_report())
    front = document.blocks[0]
    assert isinstance(front, Facts)
    rows = tuple((label, (new,)) for label, value in front.rows if (new := change(label, value[0])) is not None)
    blocks: tuple[Block, ...] = (Facts(rows), *document.blocks[1:])
    return replace(document, blocks=blocks)


def test_the_example_is_read() -> None:
    read = read_bytes(to_pdf(changed(lambda label, value: value)), "report.pdf")
    assert isinstance(read, Report)
    assert (read.framework, read.area and read.area.slug) == ("joined-up", "kelderby")
    assert read.fictional


def test_a_framework_that_is_not_known_is_refused_and_named() -> None:
    framework = changed(lambda label, value: "Inspection of all (all-9)" if label == own_form.FRAMEWORK else value)
    answer = read_bytes(to_pdf(framework), "report.pdf")
    assert isinstance(answer, Refusal)
    assert "'all-9'" in answer.reason
    assert "not known" in answer.reason


def test_an_area_that_is_not_known_is_refused_and_named() -> None:
    area = changed(lambda label, value: "Atlantis" if label == own_form.AREA else value)
    answer = read_bytes(to_pdf(area), "report.pdf")
    assert isinstance(answer, Refusal)
    assert "Atlantis" in answer.reason


@pytest.mark.parametrize(
    "label", [own_form.FRAMEWORK, own_form.FIELDWORK, own_form.PUBLISHED, own_form.VERSION], ids=str
)
def test_a_first_page_that_lacks_what_all_have_is_refused_and_says_what(label: str) -> None:
    answer = read_bytes(to_pdf(changed(lambda each, value: None if each == label else value)), "report.pdf")
    assert isinstance(answer, Refusal)
    assert f"“{label}”" in answer.reason


def test_a_version_that_no_report_has_is_refused() -> None:
    version = changed(lambda label, value: "9" * 40 if label == own_form.VERSION else value)
    answer = read_bytes(to_pdf(version), "report.pdf")
    assert isinstance(answer, Refusal)
    assert f"“{own_form.VERSION}”" in answer.reason


def test_letters_and_drafts_of_ours_are_no_reports() -> None:
    import datetime as dt

    from joinedup.documents.inspection import (
        agency_draft,
        childrens_summary,
        example_notification,
        notification_letter,
        public_summary,
    )

    report, day = example_report(), dt.date(2026, 12, 7)
    for document in (
        agency_draft(report, "health", due=day, day=day),
        notification_letter(example_notification()),
        public_summary(report),
        childrens_summary(report),
    ):
        assert isinstance(read_bytes(to_pdf(document), "file.pdf"), Refusal), document.title


def test_the_title_in_a_report_of_another_kind_changes_nothing(typeset: Callable[..., bytes]) -> None:
    letter = typeset(
        "# Joint targeted area inspection of Kelderby\n\nDear colleagues\n\n"
        "This inspection took place from 4 to 8 March 2024. It was carried out by Ofsted, CQC and HMICFRS.\n\n"
        "# Headline findings\n\nThe Joinedup inspection report of last year was read by inspectors of all agencies."
    )
    read = read_bytes(letter, "letter.pdf")
    assert isinstance(read, Report)
    assert read.framework == "jtai"
    assert read.publication is None


def test_every_place_that_is_read_can_be_shown_on_its_page() -> None:
    read = read_bytes(to_pdf(published_report(example_report(findings=12))), "report.pdf")
    assert isinstance(read, Report)
    for item in (*read.improvements, *read.strengths, *read.findings, *read.judgements):
        assert item.boxes[0].page == item.page
        assert all(0 < box.left < box.right < 595 and 0 < box.bottom < box.top < 842 for box in item.boxes)


def test_no_label_begins_with_another_and_none_is_a_number() -> None:
    assert all(not re.match(r"\d", label) for label in own_form.LABELS)
    assert own_form.BETWEEN not in "".join(own_form.LABELS)
