"""What each agency contributed, and the judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from joinedup.frameworks import check_grades
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.fields import holding
from joinedup.service.forms import SeenForm
from joinedup.service.inspections.actions import judging as actions
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.scope import agency_titles, grade_titles, graded, is_graded
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.live import inspection_page

_LONG = {"rows": 8}
_SHORT = {"rows": 3}


class ContributionForm(SeenForm):
    """One agency's part: a narrative, or why it was not assessed."""

    later = ("narrative",)
    narrative = forms.CharField(label="Narrative of its contribution", required=False, widget=forms.Textarea(_LONG))
    grade = forms.ChoiceField(label="Grade", required=False)
    not_assessed = forms.CharField(
        label="Or: why its part was not assessed", required=False, widget=forms.Textarea(_SHORT)
    )

    def __init__(
        self, inspection: Inspection, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        _grades(self, inspection, graded(inspection))


class JudgementForm(SeenForm):
    """One judgement: the narrative always, a grade only where there is one."""

    later = ("grade",)
    narrative = forms.CharField(
        label="Narrative",
        widget=forms.Textarea(_LONG),
        error_messages={"required": "Write the narrative; it is never left out"},
    )
    grade = forms.ChoiceField(label="Grade", required=False)
    explains = forms.CharField(
        label="How the agencies’ contributions explain it", required=False, widget=forms.Textarea(_SHORT)
    )
    lowered_by = forms.MultipleChoiceField(
        label="Whose contribution lowered it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Needed if the grade is below that of the best contribution.",
    )
    departs = forms.CharField(
        label="Why the grades depart from the framework’s rule",
        required=False,
        widget=forms.Textarea(_SHORT),
        help_text="Needed if they do.",
    )

    def __init__(
        self, inspection: Inspection, key: str, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        with_grade = is_graded(inspection, inspection.rules.judgement(key))
        _grades(self, inspection, with_grade)
        if not with_grade:
            del self.fields["lowered_by"]
        else:
            lowered = self.fields["lowered_by"]
            assert isinstance(lowered, forms.MultipleChoiceField)
            lowered.choices = agency_titles(inspection.in_scope)
        if not (with_grade and inspection.rules.rules):
            del self.fields["departs"]


def _grades(form: forms.Form, inspection: Inspection, given: bool) -> None:
    if not given:
        del form.fields["grade"]
        return
    field = form.fields["grade"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "Not graded yet"), *grade_titles(inspection).items()]


@needs(Permission.DRAFT_SEE)
def contributions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Each agency in scope: its narrative, and the findings that name it."""
    grades = grade_titles(inspection)
    written = {each.agency: each for each in inspection.contributions.all()}
    touching: dict[str, list[Any]] = {}
    for finding in inspection.findings.filter(dropped=""):
        for agency in finding.agencies:
            touching.setdefault(agency, []).append(finding)
    rows = [
        {
            "key": key,
            "title": title,
            "it": written.get(key),
            "grade": grades.get(written[key].grade, "") if key in written else "",
            "findings": [(each, each.how.get(key, "")) for each in touching.get(key, [])],
        }
        for key, title in agency_titles(inspection.in_scope)
    ]
    context = {"rows": rows, "may_write": _may(request, inspection, Permission.CONTRIBUTION_WRITE)}
    return inspection_page(request, "inspections/judging/contributions.html", inspection, "contributions", context)


@needs(Permission.CONTRIBUTION_WRITE)
def contribution(request: HttpRequest, inspection: Inspection, agency: str) -> HttpResponse:
    """Write one agency's part, with the findings that name it beside."""
    titles = dict(agency_titles(inspection.in_scope))
    if agency not in titles:
        raise Http404("That agency is not a part of this inspection")
    it = inspection.contributions.filter(agency=agency).first()
    start = {name: getattr(it, name) for name in ("narrative", "grade", "not_assessed")} if it else {}
    form = ContributionForm(inspection, request.POST or None, initial={**start, "seen": it.version if it else 0})
    named = inspection.findings.filter(holding("agencies", agency), dropped="")
    return form_page(
        request,
        inspection,
        "contributions",
        form,
        lambda data: actions.write_contribution(by=person_of(request), inspection=inspection, agency=agency, **data),
        title=f"Contribution: {titles[agency]}",
        done=f"The contribution of {titles[agency]} is saved.",
        then=f"{here('contributions', inspection)}#{agency}",
        template="inspections/judging/beside.html",
        context={
            "beside_title": "Findings that name it",
            "beside": [(each, each.how.get(agency, "")) for each in named],
        },
        shown=lambda thing: [
            ("Narrative", thing.narrative),
            ("Grade", grade_titles(inspection).get(thing.grade, "")),
            ("Why not assessed", thing.not_assessed),
        ],
    )


@needs(Permission.DRAFT_SEE)
def judgements(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Each of the framework's judgements as it stands, and where grades depart from its rules."""
    grades = grade_titles(inspection)
    written = {each.key: each for each in inspection.judgements.all()}
    rows = [
        {
            "key": judgement.key,
            "title": judgement.title,
            "graded": is_graded(inspection, judgement),
            "optional": judgement.optional,
            "it": written.get(judgement.key),
            "grade": grades.get(written[judgement.key].grade, "") if judgement.key in written else "",
            "lowered_by": [title for _, title in agency_titles(tuple(written[judgement.key].lowered_by))]
            if judgement.key in written
            else [],
        }
        for judgement in inspection.rules.judgements
    ]
    given = {key: each.grade or None for key, each in written.items()}
    context = {
        "rows": rows,
        "departures": check_grades(inspection.rules, given),
        "may_write": _may(request, inspection, Permission.JUDGEMENT_WRITE),
    }
    return inspection_page(request, "inspections/judging/judgements.html", inspection, "judgements", context)


@needs(Permission.JUDGEMENT_WRITE)
def judgement(request: HttpRequest, inspection: Inspection, key: str) -> HttpResponse:
    """Write one judgement, with the contributions and its findings beside."""
    by_key = {each.key: each for each in inspection.rules.judgements}
    if key not in by_key:
        raise Http404("The framework has no such judgement")
    it = inspection.judgements.filter(key=key).first()
    names = ("narrative", "grade", "explains", "lowered_by", "departs")
    start = {name: getattr(it, name) for name in names} if it else {}
    form = JudgementForm(inspection, key, request.POST or None, initial={**start, "seen": it.version if it else 0})
    grades = grade_titles(inspection)
    parts = {each.agency: each for each in inspection.contributions.all()}
    context = {
        "beside_title": "Its findings",
        "beside": [(each, "") for each in inspection.findings.filter(judgement=key, dropped="")],
        "parts": [
            (title, parts[agency], grades.get(parts[agency].grade, ""))
            for agency, title in agency_titles(inspection.in_scope)
            if agency in parts
        ],
        "intro": by_key[key].note or "",
    }
    return form_page(
        request,
        inspection,
        "judgements",
        form,
        lambda data: actions.write_judgement(by=person_of(request), inspection=inspection, key=key, **data),
        title=by_key[key].title,
        done=f"{by_key[key].title}: saved." + (" Positions taken on the earlier text no longer count." if it else ""),
        then=f"{here('judgements', inspection)}#{key}",
        template="inspections/judging/beside.html",
        context=context,
        shown=lambda thing: [
            ("Narrative", thing.narrative),
            ("Grade", grades.get(thing.grade, "")),
            ("How the contributions explain it", thing.explains),
        ],
    )


def _may(request: HttpRequest, inspection: Inspection, permission: Permission) -> bool:
    return can(request.user, permission, inspection) and inspection.is_open_for(permission)
