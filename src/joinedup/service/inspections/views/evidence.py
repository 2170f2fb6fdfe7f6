"""The evidence base: the list with its filters, one piece with every wording it had, adding, changing, withdrawing."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.actions import evidence as acts
from joinedup.service.inspections.evidence_download import as_csv
from joinedup.service.inspections.evidence_forms import (
    ChangeForm,
    FilterForm,
    Offered,
    PieceForm,
    WithdrawForm,
    last_used,
)
from joinedup.service.inspections.evidence_shown import Titles
from joinedup.service.inspections.history import history
from joinedup.service.inspections.models import Attachment, Evidence, Inspection
from joinedup.service.inspections.stale import clash
from joinedup.service.inspections.views.forming import both_wordings, tried
from joinedup.service.live import inspection_page, version_seen

PAGE = 50
PARTS = "inspections/evidence/"


def rows_of(inspection: Inspection) -> QuerySet[Evidence]:
    """An inspection's evidence with all that a line of the list shows, in one query."""
    attached = Attachment.objects.filter(evidence=OuterRef("pk"))
    return inspection.evidence.select_related("by", "organisation", "child").annotate(attached=Exists(attached))


def piece_of(inspection: Inspection, number: int) -> Evidence:
    """The piece of that number, or 404."""
    return get_object_or_404(inspection.evidence.select_related("by", "organisation", "child"), number=number)


def may_write(request: HttpRequest, inspection: Inspection) -> bool:
    """Whether the person can write evidence at this stage."""
    allowed = Permission.EVIDENCE_WRITE
    return inspection.is_open_for(allowed) and can(person_of(request), allowed, inspection)


@needs(Permission.EVIDENCE_SEE)
@require_safe
def evidence(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The list: newest first, narrowed by what the address says, fifty at a time by number."""
    offered = Offered(inspection)
    narrow = FilterForm(inspection, offered, request.GET)
    narrow.is_valid()
    chosen = narrow.narrow(inspection.evidence.all())
    counts = chosen.order_by().aggregate(
        all=Count("*"),
        praise=Count("criterion", filter=Q(tendency="praise")),
        concern=Count("criterion", filter=Q(tendency="concern")),
    )
    page, newer, older = _page(narrow.narrow(rows_of(inspection)), request.GET.get("below"), request.GET.get("above"))
    titles = Titles(inspection)
    asked = {name: str(value) for name, value in request.GET.items() if name in narrow.fields and value}
    context = {
        "narrow": narrow,
        "asked": bool(asked),
        "counts": counts,
        "rows": [titles.line(each) for each in page],
        "newer": urlencode({**asked, "above": str(newer)}) if newer else "",
        "older": urlencode({**asked, "below": str(older)}) if older else "",
        "query": urlencode(asked),
        "may_write": may_write(request, inspection),
    }
    return inspection_page(request, PARTS + "list.html", inspection, "evidence", context)


def _page(rows: QuerySet[Evidence], below: str | None, above: str | None) -> tuple[list[Evidence], int, int]:
    """One page, and the numbers from which the newer and the older page go on; 0 where there is none.

    Paging by number and not by counting: a page deep down costs as much as the first.
    """
    if above and above.isdecimal():
        page = list(rows.filter(number__gt=_number(above)).order_by("number")[: PAGE + 1])
        more, page = len(page) > PAGE, page[:PAGE][::-1]
        return page, page[0].number if more and page else 0, page[-1].number if page else 0
    if below and below.isdecimal():
        rows = rows.filter(number__lt=_number(below))
    page = list(rows.order_by("-number")[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    return page, page[0].number if below and page else 0, page[-1].number if more else 0


def _number(digits: str) -> int:
    """A piece's number; for more digits than any has, the greatest that there can be."""
    return int(digits) if len(digits) < 10 else 2**31 - 1


@needs(Permission.EVIDENCE_SEE)
@require_safe
def download(request: HttpRequest, inspection: Inspection) -> HttpResponseBase:
    """The list as CSV, narrowed in the same way."""
    narrow = FilterForm(inspection, Offered(inspection), request.GET)
    narrow.is_valid()
    return as_csv(inspection, narrow.narrow(rows_of(inspection)).order_by("number"))


@needs(Permission.EVIDENCE_SEE)
@require_safe
def piece(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """One piece, how it stood before, its files, and the findings that rest on it."""
    found = piece_of(inspection, number)
    titles = Titles(inspection)
    revisions = list(found.revisions.select_related("child", "replaced_by").order_by("version"))
    context = {
        "line": titles.line(found),
        "changes": history(titles, found, revisions),
        "files": found.attachments.select_related("by"),
        "findings": found.findings.order_by("number"),
        "may_write": may_write(request, inspection),
        "why": WithdrawForm(initial={"seen": found.version}),
    }
    return inspection_page(request, PARTS + "piece.html", inspection, "evidence", context)


@needs(Permission.EVIDENCE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Add one piece: the form begins with today and with the criterion and source that the person used last."""
    offered, person = Offered(inspection), person_of(request)
    if request.method == "POST":
        form = PieceForm(offered, request.POST)
    else:
        form = PieceForm(offered, initial=last_used(inspection, person))

    def act() -> str:
        added = acts.add_evidence(by=person, inspection=inspection, piece=form.piece, confirmed=form.confirmation)
        return f"{added.label} is saved."

    another = "evidence-add" if "another" in request.POST else "evidence"
    gone, shown, status = tried(request, form, act, reverse(another, args=[inspection.reference]))
    if gone:
        return gone
    context = {**shown, "form": form, "open": inspection.is_open_for(Permission.EVIDENCE_WRITE)}
    return inspection_page(request, PARTS + "add.html", inspection, "evidence", context, status=status)


@needs(Permission.EVIDENCE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Put a piece right; where somebody else has meanwhile, both wordings are shown."""
    found = piece_of(inspection, number)
    sent = request.POST if request.method == "POST" else None
    form = ChangeForm(Offered(inspection), sent, initial={**_filled(found), "seen": found.version})

    def act() -> str:
        acts.change_evidence(
            by=person_of(request), inspection=inspection, evidence=found, seen=form.cleaned_data["seen"],
            piece=form.piece, why=form.cleaned_data["why"], confirmed=form.confirmation,
        )  # fmt: skip
        return f"{found.label} was changed. How it stood is kept."

    then = _address(inspection, found)
    gone, shown, status = tried(request, form, act, then)
    if gone:
        return gone
    if "newer" in shown:
        shown |= both_wordings(request, form, shown["newer"], then, values=_filled)
    context = {**shown, "form": form, "piece": found}
    return inspection_page(request, PARTS + "change.html", inspection, "evidence", context, status=status)


@needs(Permission.EVIDENCE_WRITE)
@require_POST
def withdraw(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Say that a piece no longer counts, and why."""
    found = piece_of(inspection, number)
    form = WithdrawForm(request.POST)

    def act() -> str:
        acts.withdraw_evidence(
            by=person_of(request), inspection=inspection, evidence=found, seen=form.cleaned_data["seen"],
            why=form.cleaned_data["why"], confirmed=form.confirmation,
        )  # fmt: skip
        return f"{found.label} is withdrawn and no longer counts."

    then = _address(inspection, found)
    gone, shown, status = tried(request, form, act, then)
    if gone:
        return gone
    if "newer" in shown:
        shown |= both_wordings(request, form, shown["newer"], then, values=lambda _: {}, shown=_wording)
    context = {**shown, "form": form, "piece": found}
    return inspection_page(request, PARTS + "withdraw.html", inspection, "evidence", context, status=status)


@needs(Permission.EVIDENCE_WRITE)
@require_POST
def restore(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Let a withdrawn piece count again."""
    found = piece_of(inspection, number)
    seen = version_seen(request)
    form = WithdrawForm({"seen": str(seen), "why": "-"})

    def act() -> str:
        acts.restore_evidence(by=person_of(request), inspection=inspection, evidence=found, seen=seen)
        return f"{found.label} counts again."

    gone, shown, status = tried(request, form, act, _address(inspection, found))
    if gone:
        return gone
    if "newer" in shown:
        shown["clash"] = clash(form, shown["newer"], seen, values=lambda _: {}, shown=_wording)
    context = {**shown, "piece": found, "clash_final": True, "keep_theirs": _address(inspection, found)}
    return inspection_page(request, PARTS + "withdraw.html", inspection, "evidence", context, status=status)


def _filled(found: Evidence) -> dict[str, Any]:
    names = ("words", "source", "criterion", "agencies", "tendency", "seen_on")
    return {**{name: getattr(found, name) for name in names}, "child": found.child.reference if found.child else ""}


def _wording(found: Evidence) -> list[tuple[str, object]]:
    return [("Evidence", found.words), ("Withdrawn", found.withdrawn)]


def _address(inspection: Inspection, found: Evidence) -> str:
    return reverse("evidence-piece", args=[inspection.reference, found.number])
