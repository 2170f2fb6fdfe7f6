"""What the record holds, and the frameworks that inspections are made under."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query

import joinedup
from joinedup.analysis.remembering import once
from joinedup.frameworks import Framework, frameworks
from joinedup.frameworks import get_framework as framework_of
from joinedup.record.columns import KIND_WORDS, Table
from joinedup.record.contents import source_files
from joinedup.record.export import exported
from joinedup.record.schema import TABLES
from joinedup.service.access import public
from joinedup.service.api.declared import read
from joinedup.service.api.paging import paged
from joinedup.service.api.parameters import FrameworksQuestion, Paged
from joinedup.service.api.shapes import holdings
from joinedup.service.api.shapes.common import Page
from joinedup.service.api.values import IdOfFramework
from joinedup.service.site.records import counted, current_record

TAG = "The record"
LICENCE = "Open Government Licence v3.0"


@read("/record", tag=TAG, shape=holdings.RecordFacts)
@public
def get_record(request: HttpRequest) -> holdings.RecordFacts:
    """The record.

    Which snapshot is being read, how much it holds, and the files that its statistics come from.
    """
    record = current_record()
    sources = once(record, "source files", lambda: source_files(record))
    return holdings.RecordFacts(
        snapshot=record.snapshot,
        as_of=settings.AS_OF,
        version=joinedup.__version__,
        licence=LICENCE,
        fictional=settings.SHOW_FICTIONAL,
        tables=counted(record),
        sources=[
            holdings.SourceFacts(kind=one.kind, title=one.title, as_at=one.as_at, files=one.files, rows=one.rows)
            for one in sources
        ],
    )


@read("/tables", tag=TAG, shape=Page[holdings.TableFacts])
@public
def list_tables(request: HttpRequest, asked: Query[Paged]) -> Page[holdings.TableFacts]:
    """Tables.

    Every table of the record with the meaning of its columns, and where to download it whole.
    """
    counts = counted(current_record())

    def made(table: Table) -> holdings.TableFacts:
        return holdings.TableFacts(
            name=table.name,
            row=table.row,
            key=list(table.key),
            rows=counts[table.name],
            columns=[
                holdings.ColumnFacts(name=c.name, type=KIND_WORDS[c.kind], meaning=c.meaning, always=c.needed)
                for c in exported(table.name)
            ],
            csv=request.build_absolute_uri(reverse("data-csv", args=[table.name])),
            parquet=request.build_absolute_uri(reverse("data-parquet", args=[table.name])),
        )

    return paged(request, asked, holdings.TableFacts, list(TABLES.values()), made)


@read("/frameworks", tag=TAG, shape=Page[holdings.FrameworkBrief])
@public
def list_frameworks(request: HttpRequest, asked: Query[FrameworksQuestion]) -> Page[holdings.FrameworkBrief]:
    """Frameworks.

    Every version of every inspection framework, oldest first, those that were only proposed too.
    """
    kept = [
        one for one in frameworks() if asked.family in (None, one.family) and (asked.on is None or one.covers(asked.on))
    ]
    return paged(request, asked, holdings.FrameworkBrief, kept, _brief)


@read("/frameworks/{id}", tag=TAG, shape=holdings.FrameworkDetail)
@public
def get_framework(request: HttpRequest, id: IdOfFramework) -> Framework:  # noqa: A002 the address's own word
    """One framework.

    What it judges and how grades combine, whom it covers, its timetable, what follows and by when; each with sources.
    """
    return framework_of(id)


def _brief(one: Framework) -> holdings.FrameworkBrief:
    return holdings.FrameworkBrief(
        id=one.id,
        family=one.family,
        version=one.version,
        title=one.title,
        status=one.status,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        counted_by=one.counted_by,
        judgements=[judgement.key for judgement in one.judgements],
        grades=[grade.key for grade in one.grades],
        agencies=[agency.key for agency in one.agencies],
        inspectorates=[inspectorate.key for inspectorate in one.inspectorates],
    )
