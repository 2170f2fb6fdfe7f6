"""Planning: an inspection of an area under a version of a framework, with its days, its inspectorates, its agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinedup.areas import Area, UnknownAreaError, get_area, get_inspectorate
from joinedup.frameworks import Framework, UnknownFrameworkError, VisitKey, get_framework
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, ValidationError, action, change, create
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.actions.telling import tell
from joinedup.service.inspections.asking import usual
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Inspection, Party, Phase
from joinedup.service.inspections.standing import (
    agencies_chosen,
    agency_of,
    inspectorates_chosen,
    inspectorates_for,
    parties_for,
    serving,
)
from joinedup.service.inspections.timetable import Planned, Span, TimetableError, out_of_order, plan

_ATTEMPTS = 20


@action(Permission.INSPECTION_PLAN, on=None)
def plan_inspection(
    *,
    by: Person,
    framework: str,
    area: str,
    first_day: dt.date,
    counts_from: str,
    visit: str = "standard",
    theme: str = "",
    scope: str = "",
    no_notice: bool = False,
    inspectorates: Iterable[str] = (),
    agencies: Iterable[str] = (),
    confirmed: str = "",
) -> Inspection:
    """Plan an inspection; nobody outside the inspectorates knows of it until the agencies are notified.

    `counts_from` says what `first_day` is the first day of: "notification" or "fieldwork". `inspectorates` and
    `agencies` are keys of those that take part beside the ones that the framework and the theme always have. Raises
    ValidationError, by field, for what the framework does not allow; DisclosureError where the scope could identify a
    child.
    """
    rules = _rules(framework)
    _require_known(rules, visit, theme, no_notice, counts_from)
    there = inspectorates_for(inspectorates_chosen(rules, theme, inspectorates), own=by.organisation)
    lead = there.get(rules.lead.key)
    if by.organisation not in there.values():
        raise PermissionDenied(f"only an inspectorate of {rules.title} plans one")
    if lead is None:
        title = get_inspectorate(rules.lead.key).title
        raise RefusedError(f"{title} leads these inspections and is not in the service. Ask for it to be added.")
    told, site = (first_day, None) if counts_from == "notification" else (None, first_day)
    try:
        days = plan(rules, cast(VisitKey, visit), notification=told, fieldwork=site)
    except TimetableError as error:
        raise ValidationError({"first_day": str(error)}) from error
    fieldwork = next(each for each in days if each.key == "fieldwork")
    place = _place(area, rules, fieldwork.start)
    in_scope = agencies_chosen(rules, theme, agencies)
    serve = parties_for(in_scope, place.slug)
    organisations = [lead, *(each for each in there.values() if each != lead)]
    inspection = _numbered(
        fieldwork.start.year,
        area=place.slug,
        framework=rules.id,
        visit=visit,
        theme=theme,
        scope=scope.strip(),
        no_notice=no_notice,
        lead=lead,
        inspectorates=tuple(str(each.pk) for each in organisations),
        agencies=in_scope,
        fieldwork_start=fieldwork.start,
        fieldwork_end=fieldwork.end,
        fictional=place.fictional or any(each.fictional for each in organisations),
    )
    note_identifies_no_child(inspection, require_may_leave(inspection, [("scope", scope)], confirmed))
    for phase in days:
        create(Phase, inspection=inspection, key=phase.key, title=phase.title, start=phase.start, end=phase.end)
    for agency, bodies in serve.items():
        for body in bodies:
            create(Party, inspection=inspection, organisation=body, agency=agency)
    return inspection


@action(Permission.SCOPE_CHANGE)
def change_scope(
    *, by: Person, inspection: Inspection, seen: int, scope: str, theme: str = "", confirmed: str = ""
) -> Inspection:
    """Change what a planned inspection looks at, until fieldwork starts.

    Agencies and inspectorates that another theme adds come in, as in planning; whoever is in already stays. Where the
    agencies have been notified, one that comes in is notified at once, in the usual words. Raises ValidationError for
    a theme that the framework has not, StaleError where somebody else changed the inspection since version `seen`,
    DisclosureError where a new scope could identify a child.
    """
    rules = inspection.rules
    wrong = _wrong_theme(rules, theme)
    if wrong:
        raise ValidationError({"theme": wrong})
    told = [("scope", scope)] if scope.strip() != inspection.scope else []
    marks = require_may_leave(inspection, told, confirmed)
    changed = change(inspection, seen=seen, theme=theme, scope=scope.strip())
    note_identifies_no_child(changed, marks)
    there = {each.key for each in Organisation.objects.filter(pk__in=[int(key) for key in inspection.inspectorates])}
    added = set(inspectorates_chosen(rules, theme, ())) - there
    new = [str(each.pk) for each in inspectorates_for(added, own=by.organisation).values()]
    in_scope = agencies_chosen(rules, theme, inspection.in_scope)
    before = set(inspection.in_scope)
    changed = change(changed, inspectorates=(*inspection.inspectorates, *new), agencies=in_scope)
    for agency, bodies in parties_for([key for key in in_scope if key not in before], inspection.area).items():
        for body in bodies:
            add_party(by=by, inspection=changed, agency=agency, organisation=body)
    return changed


@action(Permission.INSPECTION_PLAN)
def move_phase(
    *,
    by: Person,
    inspection: Inspection,
    phase: Phase,
    start: dt.date,
    end: dt.date,
    note: str,
    seen: int,
    confirmed: str = "",
) -> Phase:
    """Put a phase on other days, and say why. Phases that hang on it and were not moved by hand move with it.

    Agencies read why. Raises DisclosureError where it could identify a child.
    """
    require_of(inspection, phase)
    if not note.strip():
        raise ValidationError({"note": "Say why the days are moved"})
    if phase.key == "notification" and inspection.told:
        raise RefusedError("The agencies have been notified; the day of that cannot be moved now.")
    if end < start:
        raise ValidationError({"end": "The last day must be on or after the first day"})
    phases = {each.key: each for each in inspection.phases.all()}
    fixed = {each.key: Span(each.start, each.end) for each in phases.values() if each.moved}
    fixed[phase.key] = Span(start, end)
    try:
        days = {each.key: each for each in _planned_again(inspection, phases, fixed)}
    except TimetableError as error:
        raise ValidationError({"start": str(error)}) from error
    wrong = out_of_order((key, Span(each.start, each.end)) for key, each in days.items())
    if wrong:
        before, after = (phases[key].title for key in wrong)
        raise ValidationError({"start": f"“{after}” would then begin before “{before}”. Move one of them first."})
    marks = require_may_leave(inspection, [("timetable", note)], confirmed)
    moved = change(phase, seen=seen, start=start, end=end, moved=note.strip())
    note_identifies_no_child(moved, marks)
    for key, each in days.items():
        if key != phase.key and key in phases:
            change(phases[key], start=each.start, end=each.end)
    change(inspection, fieldwork_start=days["fieldwork"].start, fieldwork_end=days["fieldwork"].end)
    return moved


@action(Permission.INSPECTION_PLAN)
def add_party(*, by: Person, inspection: Inspection, agency: str, organisation: Organisation) -> Party:
    """Put an organisation in an agency's place, where that is still empty or shared; it is then in scope.

    Where the agencies have been notified already, it is notified at once, in the usual words.
    """
    if agency not in {each.key for each in inspection.rules.agencies}:
        raise ValidationError({"organisation": "The framework does not inspect that agency"})
    if agency_of(organisation) != agency or not serving([agency], inspection.area).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": f"{organisation} is not such an agency that serves the area"})
    if inspection.parties.filter(agency=agency, organisation=organisation).exists():
        raise RefusedError(f"{organisation} is in the inspection already.")
    members = inspection.members.filter(organisation=organisation, left=None)
    if members.exists():
        raise RefusedError(
            f"Somebody from {organisation} is in the team. They must leave it before {organisation} can be inspected."
        )
    order = [each.key for each in inspection.rules.agencies]
    change(inspection, agencies=tuple(sorted({*inspection.in_scope, agency}, key=order.index)))
    party = create(Party, inspection=inspection, organisation=organisation, agency=agency)
    if inspection.told:
        tell(inspection, party, usual(inspection, list(inspection.phases.all()), timezone.localdate()), None)
    return party


@action(Permission.INSPECTION_PLAN)
def add_inspectorate(*, by: Person, inspection: Inspection, organisation: Organisation) -> Inspection:
    """Let another inspectorate that the framework names take part."""
    named = {each.key for each in inspection.rules.inspectorates}
    if organisation.kind != "inspectorate" or organisation.key not in named:
        raise ValidationError({"organisation": f"The framework does not name {organisation}"})
    if inspection.takes_part(organisation.pk):
        raise RefusedError(f"{organisation} takes part already.")
    return change(inspection, inspectorates=(*inspection.inspectorates, str(organisation.pk)))


def _rules(framework: str) -> Framework:
    try:
        rules = get_framework(framework)
    except UnknownFrameworkError as error:
        raise ValidationError({"framework": "Choose a framework from the list"}) from error
    if not rules.runnable:
        raise ValidationError({"framework": f"{rules.title} does not say what must be there before anybody signs"})
    return rules


def _require_known(rules: Framework, visit: str, theme: str, no_notice: bool, counts_from: str) -> None:
    wrong = {}
    if visit not in {each.key for each in rules.visits} or not rules.demands(visit):
        wrong["visit"] = "Choose a kind of visit that the framework has"
    if words := _wrong_theme(rules, theme):
        wrong["theme"] = words
    if no_notice and rules.notice.working_days:
        wrong["no_notice"] = f"The framework gives {rules.notice.working_days} working days’ notice"
    if counts_from not in ("notification", "fieldwork"):
        wrong["counts_from"] = "Say what the first day is the first day of"
    if wrong:
        raise ValidationError(wrong)


def _wrong_theme(rules: Framework, theme: str) -> str:
    """Why a theme cannot be chosen; empty where it can."""
    if theme in ({each.key for each in rules.themes} or {""}):
        return ""
    return "Choose a theme" if rules.themes else "The framework has no themes"


def _place(slug: str, rules: Framework, on: dt.date) -> Area:
    try:
        place = get_area(slug)
    except UnknownAreaError as error:
        raise ValidationError({"area": "Choose an area from the list"}) from error
    if (place.start and on < place.start) or (place.end and on >= place.end):
        raise ValidationError({"area": f"{place.name} does not exist on {on.day} {on:%B %Y}"})
    if rules.valid_from and not rules.covers(on):
        until = f" until {rules.valid_to.day} {rules.valid_to:%B %Y}" if rules.valid_to else ""
        since = f"{rules.valid_from.day} {rules.valid_from:%B %Y}"
        raise ValidationError({"first_day": f"This version holds for fieldwork that begins from {since}{until}"})
    return place


def _numbered(year: int, **fields: object) -> Inspection:
    """Make the inspection under the year's next number. Two people who plan at once get two numbers."""
    start = f"JU-{year}-"
    taken = Inspection.objects.filter(reference__startswith=start).values_list("reference", flat=True)
    number = max((int(each.removeprefix(start)) for each in taken), default=0) + 1
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return create(Inspection, reference=f"{start}{number + attempt:03}", **fields)
        except IntegrityError:
            if not Inspection.objects.filter(reference=f"{start}{number + attempt:03}").exists():
                raise
    raise RefusedError("Many inspections are being planned at this moment. Try again.")


def _planned_again(inspection: Inspection, phases: dict[str, Phase], fixed: dict[str, Span]) -> tuple[Planned, ...]:
    visit = cast(VisitKey, inspection.visit)
    told = fixed.get("notification") or phases.get("notification")
    if told is None or inspection.no_notice:
        site = fixed.get("fieldwork") or phases["fieldwork"]
        return plan(inspection.rules, visit, fieldwork=site.start, fixed=fixed)
    return plan(inspection.rules, visit, notification=told.start, fixed=fixed)
