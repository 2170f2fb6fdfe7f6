"""The team of an inspection: who is in it, who may join, and what its members declare."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission, Role
from joinedup.service.forms import GovForm, SeenForm
from joinedup.service.inspections.actions import team as act
from joinedup.service.inspections.interests import standing, team_of
from joinedup.service.inspections.models import Inspection, Interest, Member
from joinedup.service.inspections.stages import UNFINISHED
from joinedup.service.inspections.views.acting import act_page, press
from joinedup.service.live import inspection_page

MOST_FOUND = 20
"""People shown at once when somebody is looked for."""


@needs(Permission.TEAM_SEE)
def team(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Who is in the team, what each declared, and who has left."""
    person = person_of(request)
    open_still = inspection.stage in UNFINISHED
    members = [
        {
            "it": member,
            "standing": standing(member),
            "declared": list(member.interests.all())[-1:],
            "interest": any(not each.nothing or each.decision for each in list(member.interests.all())[-1:]),
            "leads": member.part == Role.LEAD_INSPECTOR,
            "may_lead": member.part == Role.INSPECTOR
            and member.organisation_id == inspection.lead_id
            and not member.barred,
            "own": member.person_id == person.pk,
        }
        for member in team_of(inspection)
    ]
    context = {
        "members": members,
        "gone": inspection.members.exclude(left=None).select_related("person", "organisation"),
        "manages": open_still and can(person, Permission.TEAM_MANAGE, inspection),
        "decides": open_still and can(person, Permission.INTEREST_DECIDE, inspection),
        "declares": open_still and can(person, Permission.INTEREST_DECLARE, inspection),
    }
    return inspection_page(request, "inspections/team.html", inspection, "team", context)


class _FindForm(GovForm):
    part = forms.ChoiceField(label="Part in the team", widget=forms.RadioSelect)
    q = forms.CharField(label="Name or e-mail address", required=False, max_length=100)


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.organisation.name}"


class _AddForm(GovForm):
    person = _PersonField(Person.objects.none(), label="Who", widget=forms.RadioSelect, empty_label=None)
    part = forms.CharField(widget=forms.HiddenInput)


@needs(Permission.TEAM_MANAGE)
def member_add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Look for somebody who may have a part, and add them."""
    parts = _parts(inspection)
    asked = request.GET.get("part", "")
    part = asked if asked in dict(parts) else parts[0][0]
    words = request.GET.get("q", "")[:100]
    find = _FindForm(initial={"part": part, "q": words}, auto_id="find_%s")
    find.fields["part"].choices = parts  # type: ignore[attr-defined]
    found = people_for(inspection, Role(part), words)
    shown = list(found[: MOST_FOUND + 1])
    form = _AddForm(request.POST or None, initial={"part": part})
    field = form.fields["person"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Person.objects.filter(pk__in=[each.pk for each in shown[:MOST_FOUND]]).select_related(
        "organisation"
    )
    if request.method == "POST":
        field.queryset = people_for(inspection, Role(part), "")
    return act_page(
        request, inspection, "team", form,
        lambda: act.add_member(by=person_of(request), inspection=inspection, person=form.cleaned_data["person"],
                               part=part),
        title="Add to the team", button="Add to the team", done="They are in the team, and declare next.",
        then=reverse("team", args=[inspection.reference]), template="inspections/member_add.html",
        context={"find": find, "part_title": dict(parts)[part], "more": len(shown) > MOST_FOUND, "found": shown,
                 "words": words, "part": part},
    )  # fmt: skip


@needs(Permission.TEAM_MANAGE)
@require_POST
def member_lead(request: HttpRequest, inspection: Inspection, member: int) -> HttpResponse:
    """Let a member lead."""
    leader = _member(inspection, member)
    return press(
        request, lambda: act.change_lead(by=person_of(request), inspection=inspection, member=leader),
        f"{leader.person} leads the inspection now.", reverse("team", args=[inspection.reference]),
    )  # fmt: skip


class _LeaveForm(GovForm):
    note = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000)


@needs(Permission.TEAM_MANAGE)
def member_leave(request: HttpRequest, inspection: Inspection, member: int) -> HttpResponse:
    """Let a member leave the team."""
    leaver = _member(inspection, member)
    form = _LeaveForm(request.POST or None)
    return act_page(
        request, inspection, "team", form,
        lambda: act.leave_team(by=person_of(request), inspection=inspection, member=leaver, **form.cleaned_data),
        title=f"Take {leaver.person} out of the team", button="Take out of the team",
        done=f"{leaver.person} has left the team.",
        then=reverse("team", args=[inspection.reference]),
        context={"hint": "They can no longer see the inspection. What they wrote stays under their name."},
    )  # fmt: skip


class _DeclareForm(GovForm):
    nothing = forms.TypedChoiceField(
        label="Do you have anything to declare?",
        help_text=(
            "Anything that could make people doubt your judgement here: having worked for an organisation that is "
            "inspected, family or friends there, a contract, a complaint, a child known to its services."
        ),
        widget=forms.RadioSelect,
        choices=[("yes", "I have nothing to declare"), ("no", "I have something to declare")],
        coerce=lambda value: value == "yes",
    )
    words = forms.CharField(
        label="What it is, with whom, and when", required=False, max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


@needs(Permission.INTEREST_DECLARE)
def declare(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Declare, for oneself, whether one has an interest."""
    form = _DeclareForm(request.POST or None)
    return act_page(
        request, inspection, "team", form,
        lambda: act.declare_interest(by=person_of(request), inspection=inspection, **form.cleaned_data),
        title="Declare your interests", button="Declare", done="Your declaration is kept.",
        then=reverse("team", args=[inspection.reference]),
    )  # fmt: skip


class _DecideForm(SeenForm):
    decision = forms.ChoiceField(
        label="Is it a conflict?",
        widget=forms.RadioSelect,
        choices=[("no_conflict", "No conflict: they stay in the team"), ("conflict", "A conflict: they are kept out")],
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000)


@needs(Permission.INTEREST_DECIDE)
def decide(request: HttpRequest, inspection: Inspection, member: int) -> HttpResponse:
    """Decide on what a member declared last."""
    whose = _member(inspection, member)
    interest = get_object_or_404(Interest.objects.filter(member=whose).order_by("-declared_at", "-pk")[:1])
    form = _DecideForm(
        request.POST or None,
        initial={"seen": interest.version, "decision": interest.decision, "reason": interest.reason},
    )
    return act_page(
        request, inspection, "team", form,
        lambda: act.decide_interest(by=person_of(request), inspection=inspection, interest=interest,
                                    **form.cleaned_data),
        title=f"What {whose.person} declared", button="Decide", done="The decision is kept.",
        then=reverse("team", args=[inspection.reference]),
        now=lambda it: [("Decision", it.get_decision_display()), ("Reason", it.reason)],
        context={"quoted": "Nothing to declare" if interest.nothing else interest.words},
    )  # fmt: skip


def people_for(inspection: Inspection, role: Role, words: str) -> QuerySet[Person]:
    """The people who could have a part in the team now, by name; those whom `action.why_not` would refuse are left out.

    `words` is a part of the name or of the e-mail address.
    """
    today = timezone.localdate()
    held = Q(roles__role=role, roles__start__lte=today) & (Q(roles__end=None) | Q(roles__end__gt=today))
    inside = inspection.members.filter(left=None).values("person")
    parties = inspection.parties.values("organisation")
    found = Person.objects.filter(held, is_active=True).exclude(pk__in=inside).exclude(organisation__in=parties)
    if role == Role.SECTOR_LED:
        found = found.annotate(served=Cast("organisation__areas", TextField())).exclude(
            served__contains=f'"{inspection.area}"'
        )
    elif role == Role.LEAD_INSPECTOR:
        found = found.filter(organisation=inspection.lead_id)
    else:
        found = found.filter(organisation__in=[int(each) for each in inspection.inspectorates])
    if words.strip():
        found = found.filter(Q(name__icontains=words.strip()) | Q(email__icontains=words.strip()))
    return found.select_related("organisation").distinct()


def _parts(inspection: Inspection) -> list[tuple[str, str]]:
    roles = [Role.INSPECTOR, Role.LEAD_INSPECTOR, Role.MODERATOR]
    if inspection.rules.sector_led:
        roles.append(Role.SECTOR_LED)
    if not inspection.members.filter(left=None, part=Role.LEAD_INSPECTOR).exists():
        roles.sort(key=lambda role: role != Role.LEAD_INSPECTOR)
    else:
        roles.remove(Role.LEAD_INSPECTOR)
    return [(role.value, role.label) for role in roles]


def _member(inspection: Inspection, member: int) -> Member:
    return get_object_or_404(inspection.members.filter(left=None).select_related("person"), pk=member)
