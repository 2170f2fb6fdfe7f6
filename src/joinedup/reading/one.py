"""One file read: from bytes to a `Report`, or to a `Refusal` with its reason. Never raises for a bad file."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from joinedup.areas import Area, get_area, search_area_in
from joinedup.frameworks import Framework, UnknownFrameworkError, framework_for
from joinedup.reading import area_send, council, jtai, own, visit
from joinedup.reading.document import Document
from joinedup.reading.layout import Page, lost_pages, turned_pages
from joinedup.reading.leaders import leaders
from joinedup.reading.model import AreaRef, Problem, Refusal, Report
from joinedup.reading.pdf import UnreadableError, load, open_pages
from joinedup.reading.recognise import Kind, recognise

READER_VERSION = "9"
"""Goes up whenever what is read may change, so that the record knows which reports to read again."""


def read(path: str | Path) -> Report | Refusal:
    """Read one published inspection report.

    Args:
        path: a file. Its name is never looked at.

    Returns:
        The report, or a refusal with a reason that a person understands.
    """
    file = str(path)
    try:
        data = load(path)
    except UnreadableError as error:
        return Refusal(file, None, str(error))
    return read_bytes(data, file)


def read_bytes(data: bytes, file: str) -> Report | Refusal:
    """Read one report from its bytes; `file` is what it is called in the answer."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        pages = open_pages(data)
    except UnreadableError as error:
        return Refusal(file, sha256, str(error))
    kind = recognise(pages)
    if kind is None:
        return Refusal(file, sha256, _NO_REPORT, len(pages))
    blank = Report(file, sha256, len(pages), kind.family, kind.visit, None)
    try:
        report = _READERS[kind.reader](Document(pages, kind.layout), kind, blank)
    except UnreadableError as error:
        return Refusal(file, sha256, str(error), len(pages))
    return _finish(report, data, pages) if _is_one(report) else Refusal(file, sha256, _NO_REPORT, len(pages))


_NO_REPORT = (
    "no inspection report of a kind that is known: no such title stands on its first pages, "
    "or what every such report tells (the area, the days of the inspection) is not in it"
)


def _is_one(report: Report) -> bool:
    """Whether what was read bears out the title: guidance, minutes and plans name inspections too."""
    if report.area is None:
        return False
    told = report.start or report.judgements or report.outcome or report.addressees
    return (told is not None and told != ()) or report.framework is None


def _read_jtai(document: Document, kind: Kind, blank: Report) -> Report:
    published, people = jtai.opening(document)
    dates = jtai.fieldwork(document, published)
    actions, improvements, strengths, findings = jtai.items(document)
    return replace(
        blank,
        area=_area(jtai.area_phrases(document), dates, published),
        start=dates[0] if dates else None,
        end=dates[1] if dates else None,
        published=published,
        published_source="printed" if published else None,
        inspectorates=jtai.inspectorates(document),
        theme=jtai.theme(document),
        addressees=people,
        priority_actions=actions,
        improvements=improvements,
        strengths=strengths,
        findings=findings,
        statement=jtai.statement(document),
        sections=document.headings,
    )


def _read_area_send(document: Document, kind: Kind, blank: Report) -> Report:
    dates = council.fieldwork(document)
    framework = _framework("area-send", dates)
    actions, improvements, strengths, findings = area_send.items(document)
    return replace(
        blank,
        area=_area((area_send.area_phrase(document), council.title_text(document)), dates, None),
        start=dates[0] if dates else None,
        end=dates[1] if dates else None,
        lead_inspector=area_send.lead_inspector(document) or council.lead_inspector(document),
        inspectorates=("Ofsted", "CQC"),
        addressees=leaders(document),
        outcome=area_send.outcome(document, framework) if framework else None,
        priority_actions=actions,
        improvements=improvements,
        strengths=strengths,
        findings=findings,
        sections=document.headings,
    )


def _read_visit(document: Document, kind: Kind, blank: Report) -> Report:
    published, people = visit.opening(document)
    dates = visit.fieldwork(document, published)
    actions, improvements, strengths, findings = visit.items(document)
    return replace(
        blank,
        framework=visit.family(dates, published),
        area=_area(visit.area_phrases(document, people), dates, published),
        start=dates[0] if dates else None,
        end=dates[1] if dates else None,
        published=published,
        published_source="printed" if published else None,
        lead_inspector=visit.lead_inspector(document),
        inspectorates=("Ofsted",),
        theme=visit.theme(document),
        addressees=people,
        priority_actions=actions,
        improvements=improvements,
        strengths=strengths,
        findings=findings,
        sections=document.headings,
    )


def _read_council(document: Document, kind: Kind, blank: Report) -> Report:
    dates = council.fieldwork(document)
    published = council.published(document)
    framework = _framework(kind.family, dates or _one_day(published))
    grades, problems = council.judgements(document, framework) if framework else ((), ())
    actions, improvements, strengths, findings = council.items(document)
    return replace(
        blank,
        visit=council.ilacs_visit(dates) if kind.family == "ilacs" else kind.visit,
        area=_area((council.title_text(document),), dates, published),
        start=dates[0] if dates else None,
        end=dates[1] if dates else None,
        published=published,
        published_source="printed" if published else None,
        lead_inspector=council.lead_inspector(document),
        inspectorates=_council_inspectorates(kind, document),
        judgements=grades,
        priority_actions=actions,
        improvements=improvements,
        strengths=strengths,
        findings=findings,
        problems=problems,
        sections=document.headings,
    )


def _read_own(document: Document, kind: Kind, blank: Report) -> Report:
    report, area = own.read_report(document.pages, blank)
    return replace(report, area=_ref(area))


_READERS = {
    "jtai": _read_jtai,
    "area_send": _read_area_send,
    "visit": _read_visit,
    "council": _read_council,
    "own": _read_own,
}


def _council_inspectorates(kind: Kind, document: Document) -> tuple[str, ...]:
    if kind.family in ("slac", None):
        found = jtai.named_inspectorates(council.about_the_team(document))
        return tuple(dict.fromkeys(("Ofsted", *found)))
    return ("Ofsted",)


def _framework(family: str | None, dates: tuple[dt.date, dt.date] | None) -> Framework | None:
    if family is None or dates is None:
        return None
    try:
        return framework_for(family, dates[0])
    except UnknownFrameworkError:
        return None


def _one_day(day: dt.date | None) -> tuple[dt.date, dt.date] | None:
    return (day, day) if day else None


def _area(
    phrases: Iterable[str | None], dates: tuple[dt.date, dt.date] | None, published: dt.date | None
) -> AreaRef | None:
    """The area that the first of the phrases names that names one ("Kelderby’s children’s services" does)."""
    day = dates[1] if dates else published
    for phrase in phrases:
        area = phrase and (search_area_in(phrase, on=day) or search_area_in(_OWNER.sub(" ", phrase), on=day))
        if area:
            return _ref(area)
    return None


_OWNER = re.compile(r"[’']s?(?=\s)")


def _ref(area: Area) -> AreaRef:
    return AreaRef(area.name, area.slug, area.la_code, area.ons_code)


def _finish(report: Report, data: bytes, pages: tuple[Page, ...]) -> Report:
    """Mark what is fictional, supply a publication date the words lack, and say what is odd."""
    problems = list(report.problems)
    if report.published is None:
        made = _made_on(data)
        if made and report.end and dt.timedelta(0) <= made - report.end <= _LATEST:
            report = replace(report, published=made, published_source="file")
            problems.append(Problem("the day of publication is not printed; taken from the day the file was made"))
    problems += [Problem("this page could not be loaded", number) for number in lost_pages(pages)]
    problems += [Problem(_TURNED, number) for number in turned_pages(pages)]
    problems += [Problem(_PICTURE, page.number) for page in pages if page.is_picture]
    problems += [Problem(words) for words in _missing(report)]
    return replace(
        report,
        fictional=report.fictional or _is_fictional(report),
        problems=tuple(problems),
        sheets=tuple(page.sheet for page in pages if page.sheet),
    )


_TURNED = "the words of this page are set on their side in the file; what is read of it may be cut apart or lack words"

_PICTURE = "this page holds a picture and no text; what stands on it is not read"

_LATEST = dt.timedelta(days=250)
"""No report was published later than this after the last day on site; a file made later was made again."""


def _is_fictional(report: Report) -> bool:
    return bool(report.area and report.area.slug and get_area(report.area.slug).fictional)


def _missing(report: Report) -> list[str]:
    wants = {
        "the area could not be told": report.area is None,
        "the days of the inspection could not be told": report.start is None,
        "the day of publication could not be told": report.published is None,
        "no judgement could be read": report.framework in ("ilacs", "sif", "slac", "cpi", "tlac")
        and report.visit not in ("focused", "monitoring")
        and not report.judgements,
        "the outcome could not be read": report.framework == "area-send" and report.outcome is None,
        "nobody could be read whom the letter is addressed to": report.framework == "jtai"
        and report.publication is None
        and not report.addressees,
        "no statement could be read: its headings are of no layout that is known": report.publication is None
        and not (report.priority_actions or report.improvements or report.strengths or report.findings),
        "no kind of inspection report since April 2009: its judgements are not read": report.framework is None,
    }
    return [words for words, is_missing in wants.items() if is_missing]


_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def _made_on(data: bytes) -> dt.date | None:
    """The day on which the PDF says it was made."""
    document = pdfium.PdfDocument(data)
    try:
        match = _PDF_DATE.match(document.get_metadata_value("CreationDate") or "")
    finally:
        document.close()
    if not match:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None
