"""The form that plans an inspection: what it asks depends on the framework chosen before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from joinedup.areas import areas, get_agency, get_inspectorate
from joinedup.frameworks import Framework, frameworks
from joinedup.service.accounts.models import Organisation
from joinedup.service.forms import GovForm, SeenForm
from joinedup.service.inspections.looking_over import LookedOver


def runnable(organisation: Organisation) -> list[Framework]:
    """The frameworks under which an organisation can plan: those that can be run, and that name it."""
    return [
        each
        for each in frameworks()
        if each.runnable and organisation.key in {inspectorate.key for inspectorate in each.inspectorates}
    ]


def _scope() -> forms.CharField:
    return forms.CharField(
        label="Scope",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What this inspection looks at in particular. The agencies read it once they are notified.",
    )


def _themes(rules: Framework) -> list[tuple[str, str]]:
    running = sorted(rules.themes, key=lambda theme: theme.last is not None)
    return [("", "Choose a theme")] + [(each.key, each.title) for each in running]


class ScopeForm(LookedOver, SeenForm):
    """What a planned inspection looks at: its scope in words, and its theme where the framework has themes."""

    theme = forms.ChoiceField(
        label="Theme",
        help_text="Agencies and inspectorates that the new theme needs are added. Those that are in already stay.",
    )
    scope = _scope()

    def __init__(self, rules: Framework, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["theme"].choices = _themes(rules)  # type: ignore[attr-defined]
        if not rules.themes:
            del self.fields["theme"]


class PlanForm(LookedOver, GovForm):
    """Everything that planning needs beside the framework."""

    area = forms.ChoiceField(label="Area")
    visit = forms.ChoiceField(label="Kind of visit", widget=forms.RadioSelect)
    theme = forms.ChoiceField(label="Theme")
    scope = _scope()
    counts_from = forms.ChoiceField(
        label="Which day do you know?",
        widget=forms.RadioSelect,
        choices=[("fieldwork", "The first day of fieldwork"), ("notification", "The day of notification")],
        initial="fieldwork",
    )
    first_day = forms.DateField(
        label="That day", help_text="It must be a working day. The timetable gives the other days."
    )
    no_notice = forms.BooleanField(label="No notice: the agencies are told when inspectors arrive", required=False)
    inspectorates = forms.MultipleChoiceField(
        label="Other inspectorates that take part, besides those that always do",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.MultipleChoiceField(
        label="Other agencies that are inspected, besides those that always are",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, rules: Framework, today: dt.date, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        places = [each for each in areas(fictional=settings.SHOW_FICTIONAL) if each.end is None or each.end > today]
        self._choose("area", [("", "Choose an area")] + [(each.slug, each.name) for each in places])
        visits = [(each.key, each.title) for each in rules.visits if rules.demands(each.key)]
        self._choose("visit", visits, only=len(visits) == 1)
        self._choose("theme", _themes(rules))
        self._choose(
            "inspectorates",
            [(each.key, get_inspectorate(each.key).title) for each in rules.inspectorates if each.joins != "always"],
        )
        self._choose(
            "agencies", [(each.key, get_agency(each.key).title) for each in rules.agencies if each.scope != "always"]
        )
        if not rules.themes:
            del self.fields["theme"]
        if rules.notice.working_days:
            del self.fields["no_notice"]
        for name in ("inspectorates", "agencies"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]], *, only: bool = False) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if only:
            self.fields[name].initial = choices[0][0]
