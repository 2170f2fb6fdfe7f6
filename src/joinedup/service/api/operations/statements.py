"""What reports say: reports, their statements, who answers for them, and the search."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.http import HttpRequest
from ninja import Query

from joinedup.analysis.accountability_demands import Accountability, accountability
from joinedup.analysis.accountability_facts import ASKED, KINDS, About, abouts
from joinedup.analysis.accountability_filters import reports_of, selection
from joinedup.analysis.accountability_matrix import ALL, matrix
from joinedup.analysis.corrected import corrected
from joinedup.analysis.remembering import once
from joinedup.analysis.whole_report import UnknownReportError, WholeReport, whole_report
from joinedup.errors import NotFoundError
from joinedup.record.choices import areas_of_region
from joinedup.record.search import Filters, Hit, count, most_first, search
from joinedup.service.access import public
from joinedup.service.api import making
from joinedup.service.api.declared import read
from joinedup.service.api.paging import page_of, paged
from joinedup.service.api.parameters import (
    CorrectionsQuestion,
    MatrixQuestion,
    OfReports,
    OfStatements,
    Paged,
    ReportsQuestion,
    SearchQuestion,
    Statements,
)
from joinedup.service.api.shapes import answering, reports
from joinedup.service.api.shapes.common import Page
from joinedup.service.api.values import IdOfReport, IdOfStatement
from joinedup.service.site.records import current_record, find_report

TAG = "Reports"
WHO = "Who must improve what"


class UnknownStatementError(NotFoundError):
    """No report of the record makes that statement."""


@read("/reports", tag=TAG, shape=Page[reports.ReportBrief])
@public
def list_reports(request: HttpRequest, asked: Query[ReportsQuestion]) -> Page[reports.ReportBrief]:
    """Reports.

    The published reports that the record has read, newest first.
    """
    wanted = selection(**_of_reports(asked))
    found = sorted(
        reports_of(current_record(), wanted),
        key=lambda about: (about.day is not None, about.day and about.day.toordinal(), about.sha256),
        reverse=True,
    )
    return paged(request, asked, reports.ReportBrief, found, making.brief)


@read("/reports/{sha256}", tag=TAG, shape=reports.Report)
@public
def get_report(request: HttpRequest, sha256: IdOfReport) -> reports.Report:
    """One report.

    Everything that was read from it: judgements and statements with their pages and places on them, addressees, what
    was odd in it. The first 12 letters of its sha256, as the pages' addresses have them, name it too.
    """
    return _report(_read(sha256))


@read("/findings", tag=TAG, shape=Page[reports.Statement])
@public
def list_findings(request: HttpRequest, asked: Query[Statements]) -> Page[reports.Statement]:
    """Statements of reports.

    Improvements and priority actions asked for, strengths, and paragraphs, in the reports' own words, newest report
    first; with whom each holds responsible, and the words that decided it.
    """
    found = _found(asked, kinds=asked.kind or KINDS)
    return page_of(request, asked, reports.Statement, [making.statement(one) for one in found.demands], found.total)


@read("/findings/{id}", tag=TAG, shape=reports.StatementDetail)
@public
def get_finding(request: HttpRequest, id: IdOfStatement) -> reports.StatementDetail:  # noqa: A002 the address's own word
    """One statement.

    With its place on the page, in PDF points.
    """
    told = _read(id.partition("-")[0])
    for one in told.statements:
        if one.id == id:
            return reports.StatementDetail(**making.placed(one), report=making.brief(told.about))
    raise UnknownStatementError("The report makes no statement of that number.")


@read("/corrections", tag=TAG, shape=Page[reports.Correction])
@public
def list_corrections(request: HttpRequest, asked: Query[CorrectionsQuestion]) -> Page[reports.Correction]:
    """Corrections.

    Where a person put right what the program had read, latest first: what was read, what is right, when and why. Every
    other answer has what is right. Who made it is not given out.
    """
    record = current_record()
    known, fictional = abouts(record), making.shown(asked.fictional)
    areas = {making.place(slug).slug for slug in asked.area} if asked.area else None
    report = None if asked.report is None else _about(asked.report).sha256
    kept = [
        (one, known[one.report])
        for one in reversed(corrected(record).every)
        if one.report in known
        and (fictional or not known[one.report].fictional)
        and report in (None, one.report)
        and (areas is None or known[one.report].area in areas)
        and (asked.standing is None or one.standing in asked.standing)
    ]
    return paged(request, asked, reports.Correction, kept, lambda one: making.correction(*one))


@read("/accountability", tag=WHO, shape=Page[answering.Demand])
@public
def list_accountability(request: HttpRequest, asked: Query[Statements]) -> Page[answering.Demand]:
    """Who must improve what.

    What was asked for, newest report first; of each agency that is held responsible the post that answers for it in
    that place on that day, the person the report names, and to whom the post answers.
    """
    found = _found(asked, kinds=asked.kind or ASKED)
    return page_of(request, asked, answering.Demand, [making.demand(one) for one in found.demands], found.total)


@read("/accountability/matrix", tag=WHO, shape=answering.Matrix)
@public
def get_accountability_matrix(request: HttpRequest, asked: Query[MatrixQuestion]) -> answering.Matrix:
    """How much was asked of whom, about what and when.

    Statements counted by agency, theme and period, with the same filters; each cell's statements are those of
    /accountability with the cell's agency, theme and period.
    """
    record = current_record()
    filters = _of_statements(asked, kinds=asked.kind or ASKED)
    found = matrix(record, by=asked.by, **filters)
    cells = [answering.Cell(**cell._asdict(), **count._asdict()) for cell, count in found.counts.items()]
    return answering.Matrix(
        snapshot=record.snapshot,
        by=found.by,
        total=found.count().statements,
        agencies=list(found.agencies),
        themes=list(found.themes),
        periods=list(found.periods),
        cells=cells,
    )


@read("/themes", tag=WHO, shape=Page[answering.ThemeCount])
@public
def list_themes(request: HttpRequest, asked: Query[Paged]) -> Page[answering.ThemeCount]:
    """Themes.

    The themes that statements are about, most stated first.
    """
    record = current_record()
    counted = once(record, "themes counted", lambda: matrix(record, kinds=KINDS))
    found = []
    for theme in counted.themes:
        count = counted.count(ALL, theme, ALL)
        shape = answering.ThemeCount(theme=theme, statements=count.statements, reports=count.reports, areas=count.areas)
        found.append(shape)
    return paged(request, asked, answering.ThemeCount, found)


@read("/search", tag=TAG, shape=reports.HitPage)
@public
def search_findings(request: HttpRequest, asked: Query[SearchQuestion]) -> reports.HitPage:
    """Search.

    Statements that hold the words, best first; where none holds all of them, those that hold any, which `some_words`
    says. Of more than 2,000 the newest 2,000: more words, or a filter, find the others. `facets` count all.
    """
    record = current_record()
    filters = Filters(
        area=making.place(asked.area).slug if asked.area else None,
        areas=tuple(chain.from_iterable(map(areas_of_region, asked.region))) if asked.region else None,
        framework=asked.framework,
        kind=asked.kind,
        polarity=asked.polarity,
        agency=asked.agency,
        theme=asked.theme,
        since=asked.since,
        until=asked.until,
        fictional=making.shown(asked.fictional),
    )
    found = search(record, asked.q, filters, limit=asked.page_size, offset=asked.start)
    facets = {
        name: [reports.FacetCount(value=value, count=number) for value, number in most_first(counted)]
        for name, counted in count(record, asked.q, filters).items()
    }
    page = page_of(request, asked, reports.Hit, [_hit(one) for one in found], found.ranked)
    return reports.HitPage(
        **page.model_dump() | {"total": found.total},
        ranked=found.ranked,
        facets=reports.Facets(**facets),
        some_words=found.some_words,
    )


def _of_reports(asked: OfReports) -> dict[str, Any]:
    return {
        "area": [making.place(slug).slug for slug in asked.area] if asked.area else None,
        "region": asked.region,
        "framework": asked.framework,
        "period": asked.period,
        "body": asked.body,
        "since": asked.since,
        "until": asked.until,
        "fictional": making.shown(asked.fictional),
    }


def _of_statements(asked: OfStatements, kinds: Any) -> dict[str, Any]:
    return _of_reports(asked) | {
        "agency": asked.agency,
        "theme": asked.theme,
        "kinds": tuple(kinds),
        "polarity": asked.polarity,
        "sure_below": asked.sure_below,
        "text": asked.text,
    }


def _found(asked: Statements, kinds: Any) -> Accountability:
    filters = _of_statements(asked, kinds)
    return accountability(
        current_record(),
        limit=asked.page_size,
        offset=asked.start,
        doubtful_first=asked.doubtful_first,
        **filters,
    )


def _read(sha256: str) -> WholeReport:
    return whole_report(current_record(), _about(sha256).sha256)


def _about(sha256: str) -> About:
    """What the record knows of the report whose sha256 is this or begins so. Raises UnknownReportError, also for a
    fictional one where they are off, and where several begin so."""
    known = abouts(current_record())
    whole = find_report(current_record(), sha256)
    if whole is None:
        raise UnknownReportError("The record holds no report with that sha256, or several that begin so.")
    about = known[whole]
    if about.fictional and not making.shown(True):
        raise UnknownReportError("Fictional reports are switched off here.")
    return about


def _report(found: WholeReport) -> reports.Report:
    given, sha256 = corrected(current_record()), found.about.sha256
    outcome = None
    if found.outcome:
        outcome = reports.OutcomeRead(key=found.outcome, text=found.outcome_text, page=found.outcome_page)
    return reports.Report(
        **making.brief(found.about).model_dump(),
        area_as_printed=found.area_as_printed,
        la_code=found.la_code,
        ons_code=found.ons_code,
        lead_inspector=found.lead_inspector,
        inspectorates=list(found.inspectorates),
        pages=found.pages,
        outcome=outcome,
        statement=reports.StatementDue(
            principal_authority=found.principal_authority,
            due=found.statement_due,
            due_computed=found.statement_due_computed,
        ),
        addressees=[
            reports.Addressee(**{name: one[name] for name in reports.Addressee.model_fields})
            for one in found.addressees
        ],
        judgements=[
            reports.Judged(
                key=one.key,
                title=one.title,
                grade=one.grade,
                page=one.page,
                boxes=[reports.Box(**box._asdict()) for box in one.boxes],
                corrections=making.righted(given.of_grade(sha256, one.key)),
            )
            for one in found.judgements
        ],
        statements=[reports.PlacedStatement(**making.placed(one)) for one in found.statements],
        sheets=[reports.Sheet(**each._asdict()) for each in found.sheets],
        problems=[reports.Oddity(page=page, what=what) for page, what in found.problems],
        reader_version=found.reader_version,
        corrections=making.righted(given.of_fields(sha256)),
    )


def _hit(found: Hit) -> reports.Hit:
    return reports.Hit(
        id=found.finding,
        **{name: getattr(found, name) for name in reports.Hit.model_fields if name not in ("id", "corrections")},
        corrections=making.righted_of(found.finding),
    )
