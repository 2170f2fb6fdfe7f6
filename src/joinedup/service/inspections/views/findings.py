"""Findings: the list of them, one with all that it rests on and asks for, and writing them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import SeenForm, WhyForm
from joinedup.service.inspections.actions import findings as actions
from joinedup.service.inspections.finding_form import FindingForm, found_evidence
from joinedup.service.inspections.findings_shown import FindingRead, read_finding, read_improvement
from joinedup.service.inspections.models import Finding, Inspection
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.live import inspection_page

_PAGE = 50


@needs(Permission.DRAFT_SEE)
def findings(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every finding, what it rests on counted, with those of one judgement or tendency alone where asked."""
    asked = {name: request.GET.get(name, "") for name in ("judgement", "tendency")}
    rows = (
        inspection.findings.annotate(
            pieces=Count("evidence", filter=Q(evidence__withdrawn=""), distinct=True),
            asks=Count("improvements", filter=Q(improvements__dropped=""), distinct=True),
        )
        .filter(**{name: value for name, value in asked.items() if value})
        .order_by("number")
    )
    if not request.GET.get("dropped"):
        rows = rows.filter(dropped="")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    rules = inspection.rules
    context = {
        "page": page,
        "rows": [read_finding(inspection, each) for each in page],
        "asked": asked,
        "with_dropped": bool(request.GET.get("dropped")),
        "judgements": [(each.key, each.title) for each in rules.judgements],
        "may_write": _may_write(request, inspection),
        "examples": inspection.findings.filter(example=True, dropped="").count(),
    }
    return inspection_page(request, "inspections/judging/findings.html", inspection, "findings", context)


@needs(Permission.DRAFT_SEE)
def finding(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """One finding: its words, each agency's part in it, the evidence, and what is asked of whom."""
    it = find(inspection, number)
    context = {
        "it": read_finding(inspection, it),
        "evidence": it.evidence.select_related("child").order_by("number"),
        "improvements": [read_improvement(each) for each in it.improvements.order_by("number")],
        "may_write": _may_write(request, inspection) and not it.dropped,
    }
    return inspection_page(request, "inspections/judging/finding.html", inspection, "findings", context)


@needs(Permission.FINDING_WRITE)
def new(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Write a new finding; from the list of evidence, ticked pieces may come along (`?evidence=3&evidence=9`)."""
    start = {
        "criterion": request.GET.get("criterion", ""),
        "judgement": request.GET.get("judgement", ""),
        "tendency": request.GET.get("tendency", ""),
    }
    return _write(request, inspection, None, {key: value for key, value in start.items() if value})


@needs(Permission.FINDING_WRITE)
def edit(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Write a finding anew."""
    it = find(inspection, number)
    return _write(request, inspection, it, FindingForm.of(it))


def _write(request: HttpRequest, inspection: Inspection, it: Finding | None, start: dict[str, Any]) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    ticked = (sent or request.GET).getlist("evidence")
    if sent is None and it is not None:
        ticked = [str(number) for number in it.evidence.values_list("number", flat=True)]
    search = (sent or request.GET).get("search", "")
    evidence = found_evidence(inspection, ticked, search)
    form = FindingForm(inspection, evidence, sent, initial={**start, "evidence": ticked, "search": search})

    def act(data: dict[str, Any]) -> None:
        values = form.values(data)
        if it is None:
            actions.write_finding(by=person_of(request), inspection=inspection, **values)
        else:
            actions.change_finding(
                by=person_of(request), inspection=inspection, finding=it, seen=data["seen"], **values
            )

    return form_page(
        request,
        inspection,
        "findings",
        form,
        act,
        title=f"Change finding {it.number}" if it else "Write a finding",
        done=f"Finding {it.number} is changed." if it else "The finding is written.",
        then=here("finding", inspection, it.number) if it else here("findings", inspection),
        template="inspections/judging/finding_form.html",
        shown=lambda thing: _stands(inspection, thing),
        values=_filled,
        only_show=sent is not None and "find" in sent,
    )


@needs(Permission.FINDING_WRITE)
def drop(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Drop a finding, with the reason."""
    it = find(inspection, number)
    form = WhyForm(request.POST or None, initial={"seen": it.version})
    form.fields["why"].label = "Why it no longer stands"
    return form_page(
        request,
        inspection,
        "findings",
        form,
        lambda data: actions.drop_finding(
            by=person_of(request), inspection=inspection, finding=it, seen=data["seen"], why=data["why"]
        ),
        title=f"Drop finding {number}",
        done=f"Finding {number} is dropped, and what it asked for with it.",
        then=here("findings", inspection),
        back=here("finding", inspection, number),
        save="Drop the finding",
        context={"intro": it.words},
        shown=lambda thing: _stands(inspection, thing),
    )


@needs(Permission.FINDING_WRITE)
def no_good_practice(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Say that the team looked for good practice and found too little."""
    form = NoGoodPracticeForm(
        request.POST or None, initial={"seen": inspection.version, "words": inspection.no_good_practice}
    )
    return form_page(
        request,
        inspection,
        "findings",
        form,
        lambda data: actions.say_no_good_practice(
            by=person_of(request), inspection=inspection, seen=data["seen"], words=data["words"]
        ),
        title="Good practice looked for and not found",
        done="What the team says of good practice is kept.",
        then=here("findings", inspection),
        shown=lambda thing: [("What the team says", thing.no_good_practice)],
    )


class NoGoodPracticeForm(SeenForm):
    """Where the team looked, in words; empty takes it back."""

    words = forms.CharField(
        label="Where the team looked, and why it offers no example",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def find(inspection: Inspection, number: int) -> Finding:
    """The finding of that number. Raises Http404."""
    it = inspection.findings.filter(number=number).first()
    if it is None:
        raise Http404("There is no such finding")
    return it


def _may_write(request: HttpRequest, inspection: Inspection) -> bool:
    return can(request.user, Permission.FINDING_WRITE, inspection) and inspection.is_open_for(Permission.FINDING_WRITE)


def _filled(thing: Finding) -> dict[str, Any]:
    numbers = sorted(each.number for each in thing.evidence.all())
    return {**FindingForm.of(thing), "evidence": [str(number) for number in numbers]}


def _stands(inspection: Inspection, thing: Finding) -> list[tuple[str, str]]:
    it: FindingRead = read_finding(inspection, thing)
    rows = [("Praise or concern", it.tendency), ("Criterion", it.criterion), ("Finding", thing.words)]
    return [*rows, *it.how, *([("Dropped", thing.dropped)] if thing.dropped else [])]
