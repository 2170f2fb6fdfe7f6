"""The list of inspections, planning one, its overview, its timetable and its moves from stage to stage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from joinedup.areas import get_agency, get_inspectorate
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Organisation, OrganisationKind
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions import planning as act
from joinedup.service.inspections.actions import stages
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.overview import days, in_scope, inspecting, moves, tallies
from joinedup.service.inspections.plan_form import PlanForm, ScopeForm, runnable
from joinedup.service.inspections.stages import LIFE, NEEDS_A_REASON, STAGES, UNFINISHED
from joinedup.service.inspections.standing import serving
from joinedup.service.inspections.views.acting import ToldReasonForm, act_page
from joinedup.service.live import attempt, inspection_page
from joinedup.service.site.words import day_in_words

PAGE = 50


@needs(Permission.INSPECTION_SEE)
def inspections(request: HttpRequest) -> HttpResponse:
    """Every inspection that the person may know of; those not finished, unless all are asked for."""
    person = person_of(request)
    every = request.GET.get("show") == "all"
    found = Inspection.objects.visible_to(person).select_related("lead")
    if not every:
        found = found.filter(stage__in=UNFINISHED)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"here": "inspections", "page": page, "every": every, "query": "show=all&" if every else ""}
    context["plans"] = can(person, Permission.INSPECTION_PLAN)
    return render(request, "inspections/inspections.html", context)


@needs(Permission.INSPECTION_PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an inspection: first the framework, then all else."""
    person = person_of(request)
    choices = runnable(person.organisation)
    rules = next((each for each in choices if each.id == request.GET.get("framework")), None)
    context: dict[str, Any] = {"here": "inspections", "frameworks": choices, "rules": rules}
    if rules is None:
        return render(request, "inspections/plan_framework.html", {**context, "asked": "framework" in request.GET})
    form = PlanForm(rules, timezone.localdate(), request.POST or None)
    refused: RefusedError | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            to, refused = attempt(
                request, form,
                lambda: act.plan_inspection(
                    by=person, framework=rules.id, **form.cleaned_data, confirmed=form.confirmation
                ),
                "The inspection is planned. Choose its team next.",
                lambda made: reverse("inspection", args=[made.reference]),
            )  # fmt: skip
            if to is not None:
                return to
            status = 409 if refused and not form.errors else 422
    return render(request, "inspections/plan.html", {**context, "form": form, "refused": refused}, status=status)


@needs(Permission.INSPECTION_SEE)
def overview(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Where an inspection stands, what comes next, and what is in the way."""
    person, today = person_of(request), timezone.localdate()
    within = can(person, Permission.TEAM_SEE, inspection)
    taking_part, absent = inspecting(inspection)
    context = {
        "today": today,
        "days": days(inspection, today),
        "moves": moves(inspection, person) if within else [],
        "within": within,
        "tallies": tallies(inspection, person),
        "agencies": in_scope(inspection),
        "inspectorates": taking_part,
        "absent": absent,
        "plans": can(person, Permission.INSPECTION_PLAN, inspection) and inspection.stage in UNFINISHED,
        "changes_scope": can(person, Permission.SCOPE_CHANGE, inspection)
        and inspection.is_open_for(Permission.SCOPE_CHANGE),
        "visit": next((each.title for each in inspection.rules.visits if each.key == inspection.visit), ""),
        "theme": next((each.title for each in inspection.rules.themes if each.key == inspection.theme), ""),
    }
    return inspection_page(request, "inspections/overview.html", inspection, "inspection", context)


@needs(Permission.SCOPE_CHANGE)
def scope_change(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Change what a planned inspection looks at."""
    now = {"seen": inspection.version, "scope": inspection.scope, "theme": inspection.theme}
    form = ScopeForm(inspection.rules, request.POST or None, initial=now)
    return act_page(
        request, inspection, "inspection", form,
        lambda: act.change_scope(
            by=person_of(request), inspection=inspection, **form.cleaned_data, confirmed=form.confirmation
        ),
        title="Change the scope", button="Save", done="The scope is changed.",
        then=reverse("inspection", args=[inspection.reference]),
        context={
            "hint": "The framework, the area and the kind of visit stay as they were planned.",
            "none": "" if inspection.is_open_for(Permission.SCOPE_CHANGE) else (
                f"The scope can be changed until fieldwork starts. {inspection.reference} is at the stage "
                f"{inspection.get_stage_display().lower()}."
            ),
        },
    )  # fmt: skip


@needs(Permission.INSPECTION_SEE)
def timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The phases of an inspection beside today."""
    today = timezone.localdate()
    moves_days = can(person_of(request), Permission.INSPECTION_PLAN, inspection) and inspection.stage in UNFINISHED
    context = {"today": today, "days": days(inspection, today), "moves_days": moves_days}
    return inspection_page(request, "inspections/timetable.html", inspection, "timetable", context)


class _MoveDaysForm(ToldReasonForm):
    start = forms.DateField(label="First day")
    end = forms.DateField(label="Last day")
    field_order = ("start", "end", "why")


@needs(Permission.INSPECTION_PLAN)
def phase_move(request: HttpRequest, inspection: Inspection, phase: int) -> HttpResponse:
    """Put a phase on other days."""
    moved = get_object_or_404(inspection.phases, pk=phase)
    form = _MoveDaysForm(request.POST or None, initial={"start": moved.start, "end": moved.end, "seen": moved.version})
    return act_page(
        request, inspection, "timetable", form,
        lambda: act.move_phase(
            by=person_of(request), inspection=inspection, phase=moved, start=form.cleaned_data["start"],
            end=form.cleaned_data["end"], note=form.cleaned_data["why"], seen=form.cleaned_data["seen"],
            confirmed=form.confirmation,
        ),
        title=f"Move: {moved.title}", button="Move", done="The days are moved.",
        then=reverse("timetable", args=[inspection.reference]),
        now=lambda it: [("First day", day_in_words(it.start)), ("Last day", day_in_words(it.end)), ("Why", it.moved)],
        context={"hint": "Phases that hang on these days and were not moved by hand move with them."},
    )  # fmt: skip


class _OrganisationForm(GovForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation", widget=forms.RadioSelect)


@needs(Permission.INSPECTION_PLAN)
def party_add(request: HttpRequest, inspection: Inspection, agency: str) -> HttpResponse:
    """Choose an organisation that stands for an agency."""
    if agency not in {each.key for each in inspection.rules.agencies}:
        raise Http404("the framework does not inspect that agency")
    form = _OrganisationForm(request.POST or None)
    field = form.fields["organisation"]
    assert isinstance(field, forms.ModelChoiceField)
    taken = inspection.parties.filter(agency=agency).values_list("organisation", flat=True)
    field.empty_label = None
    field.queryset = serving([agency], inspection.area).exclude(pk__in=list(taken))
    title = get_agency(agency).title
    return act_page(
        request, inspection, "inspection", form,
        lambda: act.add_party(by=person_of(request), inspection=inspection, agency=agency, **form.cleaned_data),
        title=f"Who stands for: {title}", button="Add", done=f"{title}: added.",
        then=reverse("inspection", args=[inspection.reference]),
        context={"none": "" if field.queryset.exists() else (
            f"No other organisation in the service is recorded as serving {inspection.place.name} as this agency. "
            "Ask whoever runs the service to add it, with its people; then come back."
        )},
    )  # fmt: skip


@needs(Permission.INSPECTION_PLAN)
def inspectorate_add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Choose another inspectorate to take part."""
    form = _OrganisationForm(request.POST or None)
    field = form.fields["organisation"]
    assert isinstance(field, forms.ModelChoiceField)
    keys = [each.key for each in inspection.rules.inspectorates]
    field.empty_label = None
    field.queryset = Organisation.objects.filter(kind=OrganisationKind.INSPECTORATE, key__in=keys).exclude(
        pk__in=[int(each) for each in inspection.inspectorates]
    )
    return act_page(
        request, inspection, "inspection", form,
        lambda: act.add_inspectorate(by=person_of(request), inspection=inspection, **form.cleaned_data),
        title="Add an inspectorate", button="Add", done="The inspectorate takes part.",
        then=reverse("inspection", args=[inspection.reference]),
        context={"none": "" if field.queryset.exists() else (
            "Every inspectorate in the service that this framework names takes part. The framework names: "
            + ", ".join(get_inspectorate(key).title for key in keys) + "."
        )},
    )  # fmt: skip


class _StageForm(GovForm):
    note = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000)


class _CallOffForm(LookedOver, _StageForm):
    """Why it is called off; the agencies read it."""


@needs(Permission.STAGE_MOVE)
def stage_move(request: HttpRequest, inspection: Inspection, event: str) -> HttpResponse:
    """Move the inspection to another stage."""
    titles = {row.event: row.title for row in LIFE.rows if row.permission == Permission.STAGE_MOVE}
    if event not in titles:
        raise Http404("no such move")
    form = _StageForm(request.POST or None) if event in NEEDS_A_REASON else GovForm(request.POST or None)
    form.empty_permitted = False
    if request.method == "POST":
        form.is_bound = True
    reached = any(row.state == inspection.stage and row.event == event for row in LIFE.rows)
    return act_page(
        request, inspection, "inspection", form,
        lambda: stages.move(by=person_of(request), inspection=inspection, event=event, **form.cleaned_data),
        title=titles[event], button=titles[event], done=f"Done: {titles[event].lower()}.",
        then=reverse("inspection", args=[inspection.reference]),
        context={
            "obstacles": stages.in_the_way(inspection, event) if reached else (),
            "none": "" if reached else _not_now(inspection),
        },
    )  # fmt: skip


@needs(Permission.CALL_OFF)
def call_off(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Call the inspection off, unless its report is out or it is called off already."""
    form = _CallOffForm(request.POST or None)
    open_now = inspection.is_open_for(Permission.CALL_OFF)
    return act_page(
        request, inspection, "inspection", form,
        lambda: stages.call_off(
            by=person_of(request), inspection=inspection, **form.cleaned_data, confirmed=form.confirmation
        ),
        title="Call off the inspection", button="Call off", done="The inspection is called off.",
        then=reverse("inspection", args=[inspection.reference]),
        context={
            "hint": "Nobody can write in it any more, and this cannot be undone. What was written stays.",
            "warning": True,
            "obstacles": stages.in_the_way(inspection, "call_off"),
        } if open_now else {"none": _not_now(inspection)},
    )  # fmt: skip


def _not_now(inspection: Inspection) -> str:
    return f"This cannot be done at the stage {STAGES[inspection.stage].lower()}."
