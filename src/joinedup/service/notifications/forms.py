"""The form by which people choose how they are sent what they are told."""

from __future__ import annotations

from typing import Any

from django import forms

from joinedup.service.accounts.models import Person
from joinedup.service.forms import GovForm
from joinedup.service.notifications.events import EVENTS, USUAL, Group, How
from joinedup.service.notifications.models import Preference


class ChoicesForm(GovForm):
    """One question for each group that can be chosen."""

    def __init__(self, person: Person, *args: Any) -> None:
        super().__init__(*args)
        chosen = dict(Preference.objects.filter(person=person).values_list("group", "how"))
        for group in Group:
            if group is not Group.MUST:
                titles = [each.title for each in EVENTS.values() if each.group is group]
                self.fields[group.value] = forms.ChoiceField(
                    label=group.label,
                    choices=How.choices,
                    widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                    initial=chosen.get(group.value, USUAL[group].value),
                    help_text="; ".join(titles) + ".",
                    error_messages={"required": f"Choose how you are sent: {group.label.lower()}"},
                )
