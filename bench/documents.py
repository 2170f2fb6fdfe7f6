"""The figures of documents: a published report set, and read back."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from measuring import ROOT, Figure, run

if TYPE_CHECKING:
    from joinedup.documents.inspection import InspectionReport

ISSUE = 5
PAGES = 40
HERE = "bench/documents.py"
T = TypeVar("T")


def figures(shared: Path | None, quick: bool) -> Iterator[Figure]:
    """Every figure; none needs the published reports, and all are quick."""
    from joinedup.documents.inspection import example_report, page_count, published_report, to_docx, to_html, to_pdf
    from joinedup.reading import Report, read_bytes

    reports = [_told_anew(example_report(findings=114), turn) for turn in range(5)]
    to_pdf(published_report(example_report()))  # loads the setter and its typefaces
    took = [_seconds(lambda report=report: to_pdf(published_report(report))) for report in reports]
    seconds, pdf = min(took, key=lambda one: one[0])
    report = reports[[made for _, made in took].index(pdf)]
    pages = page_count(pdf)
    note = f"{pages} pages, {len(pdf) // 1024} kB, of five reports with other words; processor time"
    met = seconds < 1 and pages >= PAGES
    yield Figure(ISSUE, "report_of_40_pages", round(seconds, 3), "s", "< 1", met, HERE, note)
    yield _held_against_pdf_ua(pdf, pages)
    seconds, page = _best(lambda: to_html(published_report(report)))
    yield Figure(ISSUE, "the_same_as_html", round(seconds, 3), "s", "< 1", seconds < 1, HERE, f"{len(page) // 1024} kB")
    seconds, file = _best(lambda: to_docx(published_report(report)))
    yield Figure(ISSUE, "the_same_for_word", round(seconds, 3), "s", "none", None, HERE, f"{len(file) // 1024} kB")
    seconds, read = _best(lambda: read_bytes(pdf, "report.pdf"))
    exact = isinstance(read, Report) and len(read.improvements) + len(read.priority_actions) == len(report.improvements)
    yield Figure(ISSUE, "read_back", round(seconds, 3), "s", "< 1", exact and seconds < 1, HERE, f"{pages} pages")


def _held_against_pdf_ua(pdf: bytes, pages: int) -> Figure:
    """What veraPDF's engine finds wrong with the report."""
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "report.pdf").write_bytes(pdf)
        told = json.loads(run([sys.executable, str(ROOT / "scripts" / "pdf_ua.py"), str(file)]).output)
    note = f"{pages} pages, {told['rules']} rules, {told['checks']:,} checks"
    broken = len(told["broken"])
    return Figure(ISSUE, "verapdf_pdf_ua_1", broken, "broken", "= 0", told["compliant"], "scripts/pdf_ua.py", note)


def _told_anew(report: InspectionReport, turn: int) -> InspectionReport:
    """The report with other words in every paragraph: the setter remembers what it has set before."""
    words = (f"On occasion {turn}.{number} it was seen again. " for number in itertools.count())

    def other(text: str) -> str:
        return "\n\n".join(next(words) + paragraph for paragraph in text.split("\n\n"))

    return replace(
        report,
        judgements=tuple(replace(each, narrative=other(each.narrative)) for each in report.judgements),
        contributions=tuple(replace(each, narrative=other(each.narrative)) for each in report.contributions),
        findings=tuple(replace(each, words=other(each.words)) for each in report.findings),
        improvements=tuple(replace(each, words=other(each.words)) for each in report.improvements),
    )


def _seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Processor time, which others on the machine lengthen least; a setter that uses several cores adds them up."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _best(work: Callable[[], T]) -> tuple[float, T]:
    """The shortest of five."""
    return min((_seconds(work) for _ in range(5)), key=lambda one: one[0])


if __name__ == "__main__":
    for figure in figures(None, quick=True):
        print(figure)
