"""What each document of an inspection says, and to whom; what it leaves out; what it refuses."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import docx
import pytest

from joinedup.documents.errors import ContentError, TooLongError
from joinedup.documents.inspection import (
    Document,
    EvidenceBase,
    GoodPractice,
    InspectionReport,
    agency_draft,
    childrens_summary,
    draft_points,
    example_notification,
    example_report,
    long_sentences,
    notification_letter,
    page_count,
    public_summary,
    published_report,
    to_docx,
    to_html,
    to_pdf,
)
from joinedup.documents.inspection.blocks import Bullets, Facts, Heading, Lines, Paragraph, Table
from joinedup.documents.inspection.words import count

DUE, DAY = dt.date(2026, 12, 21), dt.date(2026, 12, 7)


def words_of(document: Document) -> str:
    """Everything that a document says, a piece a line."""
    found = [document.title]
    for block in document.blocks:
        match block:
            case Heading(_, text, _) | Paragraph(text, _, _):
                found.append(text)
            case Bullets(items) | Lines(items):
                found += items
            case Facts(rows):
                found += [part for label, value in rows for part in (label, *value)]
            case Table(caption, head, rows, _):
                found += [caption, *head, *(cell for row in rows for cell in row)]
    return "\n".join(found)


def marked(report: InspectionReport) -> InspectionReport:
    """The report with every text telling whose and what it is, so that one that strays is found."""
    return replace(
        report,
        contributions=tuple(
            replace(each, narrative=f"Contribution of {each.agency}.", organisations=(f"Body of {each.agency}",))
            for each in report.contributions
        ),
        judgements=tuple(replace(each, narrative=f"Judgement {each.key}.") for each in report.judgements),
        findings=tuple(
            replace(
                each,
                words=f"Words of finding {each.number}.",
                agencies=tuple((key, f"Part of {key} in {each.number}.") for key, _ in each.agencies),
            )
            for each in report.findings
        ),
        improvements=tuple(replace(each, words=f"Asked of {each.agency}.") for each in report.improvements),
        good_practice=tuple(
            GoodPractice(f"Practice of {each.agencies}.", each.agencies) for each in report.good_practice
        ),
    )


@pytest.mark.parametrize("agency", ["local_authority", "health", "police", "education", "probation"])
def test_an_agency_sees_its_own_draft_and_nothing_else(agency: str) -> None:
    report = marked(example_report(findings=12))
    said = words_of(agency_draft(report, agency, due=DUE, day=DAY))
    assert re.findall(r"Contribution of (\w+)\.", said) == [agency]
    assert set(re.findall(r"Part of (\w+) in", said)) <= {agency}
    assert set(re.findall(r"Asked of (\w+)\.", said)) <= {agency}
    named = {str(each.number) for each in report.findings if agency in dict(each.agencies)}
    assert set(re.findall(r"Words of finding (\d+)\.", said)) == named
    assert named
    assert "Judgement " not in said
    assert "Practice of" not in said
    assert set(re.findall(r"Body of (\w+)", said)) == {agency}


def test_the_points_of_a_draft_are_numbered_as_in_print() -> None:
    report = example_report(findings=8)
    points = draft_points(report, "health")
    document = agency_draft(report, "health", due=DUE, day=DAY)
    printed = [(b.number, b.text) for b in document.blocks if isinstance(b, Paragraph) and b.number]
    assert printed == [(one.number, one.words) for one in points]
    assert [one.number for one in points] == list(range(1, len(points) + 1))


def test_an_agency_of_which_nothing_is_said_gets_no_draft() -> None:
    with pytest.raises(ContentError, match="housing"):
        draft_points(example_report(), "housing")


def test_the_word_file_of_a_draft_has_every_point_beside_room_for_a_comment() -> None:
    report = example_report(findings=8)
    document = agency_draft(report, "health", due=DUE, day=DAY)
    file = docx.Document(io.BytesIO(to_docx(document)))
    rows = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
    points = [row for row in rows if row[0].isdigit()]
    assert [(int(number), said) for number, said, _ in points] == [
        (one.number, one.words) for one in draft_points(report, "health")
    ]
    assert all(comment == "" for *_, comment in points)
    assert file.core_properties.title == document.title
    assert file.core_properties.language == "en-GB"
    assert document.mark in file.sections[0].header.paragraphs[0].text
    headings = [p.text for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [b.text for b in document.blocks if isinstance(b, Heading)]


class Outline(HTMLParser):
    """Collects the tags, heading levels, ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        assert "style" not in told
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if told.get("id"):
            self.ids.append(told["id"] or "")
        if told.get("href"):
            self.links.append((told["href"] or "").lstrip("#"))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("level", [1, 2])
def test_the_page_says_what_the_print_says_and_every_link_leads_somewhere(level: int) -> None:
    document = published_report(example_report("multi-agency-2012", findings=8))
    page = Outline()
    page.feed(to_html(document, level=level))
    assert page.open == []
    assert page.levels[0] == level
    assert all(after - before <= 1 for before, after in pairwise(page.levels))
    assert len(set(page.ids)) == len(page.ids)
    assert page.links
    assert set(page.links) <= set(page.ids)
    for line in words_of(document).split("\n"):
        assert line in page.text or line == "Contents"


def test_no_text_becomes_markup() -> None:
    report = example_report()
    nasty = "<script>alert(1)</script> & \"quoted\" <b onclick='x'>"
    page = to_html(published_report(replace(report, summary=nasty, plan=None)))
    assert "<script" not in page
    assert "<b " not in page
    assert "&lt;script&gt;" in page


def test_paragraphs_have_the_same_numbers_on_the_page_as_in_print() -> None:
    document = published_report(example_report())
    starts = [int(found) for found in re.findall(r'<ol [^>]*start="(\d+)"', to_html(document))]
    numbers = [b.number for b in document.blocks if isinstance(b, Paragraph) and b.number]
    assert starts[0] == 1
    assert set(starts) <= set(numbers)


def test_the_letter_names_the_post_what_is_asked_and_by_when() -> None:
    letter = example_notification()
    said = words_of(notification_letter(letter))
    for words in (letter.post, letter.organisation, "6 November 2026", *letter.asked, *letter.answers_to):
        assert words in said


@pytest.mark.parametrize("framework", ["joined-up-1", "multi-agency-2012", "jtai-2022", "ilacs-2026"])
@pytest.mark.parametrize("findings", [0, 1, 150])
def test_summaries_fit_two_pages_with_and_without_a_text_of_their_own(framework: str, findings: int) -> None:
    written = example_report(framework, findings=findings)
    for report in (written, replace(written, summary="", for_children="")):
        for document in (public_summary(report), childrens_summary(report)):
            assert page_count(to_pdf(document)) <= 2


def test_a_teams_own_text_is_shown_whole_and_refused_where_it_does_not_fit() -> None:
    report = example_report()
    assert report.summary.split("\n\n")[1] in words_of(public_summary(report))
    assert report.for_children.split("\n\n")[1] in words_of(childrens_summary(report))
    long = replace(report, summary="A sentence of some length. " * 600, for_children="Very long. " * 1500)
    with pytest.raises(TooLongError, match="summary for the public"):
        public_summary(long)
    with pytest.raises(TooLongError, match="summary for children"):
        childrens_summary(long)


def test_what_we_say_to_children_is_in_short_sentences() -> None:
    for findings in (0, 1, 8):
        report = replace(example_report(findings=findings), for_children="")
        for block in childrens_summary(report).blocks:
            if isinstance(block, Paragraph):
                assert long_sentences(block.text) == ()


def test_long_sentences_are_named() -> None:
    long = " ".join(["word"] * 21) + "."
    assert long_sentences(f"Short one. Word {long} Another.") == (f"Word {long}",)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1234, "1,234")]
)
def test_small_numbers_are_not_printed(number: int, said: str) -> None:
    assert count(number) == said


def test_no_small_number_of_the_evidence_base_reaches_the_report() -> None:
    base = EvidenceBase((("interview", 3), ("data", 0)), (("health", 4),), (("together", 2),), 1, 2)
    report = replace(example_report(findings=0), evidence=base)
    tables = [b for b in published_report(report).blocks if isinstance(b, Table) and b.head[-1] == "Pieces"]
    assert sorted(row[-1] for table in tables for row in table.rows) == [
        "0",
        "fewer than 5",
        "fewer than 5",
        "fewer than 5",
    ]
    assert "fewer than 5 children" in words_of(published_report(report))


def test_no_name_but_the_lead_inspectors_is_asked_for() -> None:
    report = example_report()
    said = words_of(published_report(report))
    assert said.count("Rowan Ellis") == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "correction"),
        ({"published": dt.date(2026, 1, 1)}, "published after"),
        ({"findings": ()}, "comes from"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ContentError, match=words):
        replace(example_report(), **change)  # type: ignore[arg-type]


def test_judgements_grades_agencies_and_criteria_are_the_frameworks() -> None:
    report = example_report()
    judgement, finding, improvement = report.judgements[0], report.findings[0], report.improvements[0]
    wrong = (
        {"judgements": (replace(judgement, key="leaders"),)},
        {"judgements": (replace(judgement, grade="good"),)},
        {"judgements": (judgement, judgement)},
        {"findings": (replace(finding, agencies=()),), "improvements": (), "good_practice": ()},
        {"findings": (replace(finding, criterion="none"),), "improvements": (), "good_practice": ()},
        {"improvements": (replace(improvement, agency="army"),)},
        {"improvements": (improvement, improvement)},
        {"evidence": EvidenceBase(by_source=(("rumour", 9),))},
    )
    for change in wrong:
        with pytest.raises(ContentError):
            replace(report, **change)  # type: ignore[arg-type]
    with pytest.raises(ContentError, match="does not exist"):
        replace(report.about, fictional=False)
    with pytest.raises(ContentError):
        replace(report.about, framework="joined-up-9")
