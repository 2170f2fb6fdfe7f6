"""The forms by which administrators invite people, give roles, and keep organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from joinedup.areas import agencies, areas, inspectorates
from joinedup.service.accounts.models import Organisation, OrganisationKind, Person
from joinedup.service.accounts.own_providers import providers
from joinedup.service.accounts.permissions import Role
from joinedup.service.accounts.roles import posts_of, roles_to_give
from joinedup.service.forms import GovForm


class Invite(GovForm):
    """Who is invited, and of which organisation they are."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the person's name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own address at work. Whoever reads its e-mail can use the link that is sent there.",
        error_messages={
            "required": "Enter the person's e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisation", error_messages={"required": "Choose an organisation"}
    )

    def __init__(self, *args: Any, organisations: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations


class GiveRole(GovForm):
    """A role for a person, and the post where they hold one."""

    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose a role"})
    post = forms.ChoiceField(label="Accountable post", required=False, help_text="Only for an accountable post-holder.")

    def __init__(self, *args: Any, giver: Person, person: Person, **given: Any) -> None:
        super().__init__(*args, **given)
        roles = roles_to_give(giver, person.organisation)
        self.fields["role"].choices = [("", "Choose a role"), *((each.value, each.label) for each in roles)]  # type: ignore[attr-defined]
        held = posts_of(person.organisation)
        if Role.POST_HOLDER in roles and held:
            self.fields["post"].choices = [("", "None"), *((each.key, each.title) for each in held)]  # type: ignore[attr-defined]
        else:
            del self.fields["post"]


class OrganisationForm(GovForm):
    """What is known of an organisation."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the organisation's name"})
    kind = forms.ChoiceField(
        label="Kind", choices=OrganisationKind.choices, error_messages={"required": "Choose what it is"}
    )
    key = forms.ChoiceField(label="Which inspectorate or agency", required=False)
    areas = forms.CharField(
        label="Areas that an agency serves",
        required=False,
        help_text="The names of councils' areas, one on each line.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    sign_in = forms.ChoiceField(
        label="How its people sign in",
        required=False,
        help_text="An organisation with a sign-in of its own uses no passwords here.",
    )

    def __init__(self, *args: Any, present: Organisation | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            ("", "Neither"),
            ("Inspectorates", [(each.key, each.title) for each in inspectorates() if each.end is None]),
            ("Agencies", [(each.key, each.title) for each in agencies()]),
        ]
        self.fields["sign_in"].choices = [  # type: ignore[attr-defined]
            ("", "With a password and a code"),
            *((each.id, f"Through {each.name}") for each in providers()),
        ]
        if present:
            del self.fields["kind"]

    def clean_areas(self) -> list[str]:
        """The slugs of the areas named, in their order."""
        from joinedup.areas import AmbiguousAreaError, UnknownAreaError, find_area

        fictional = {each.name.casefold(): each.slug for each in areas(fictional=True) if each.fictional}
        found = []
        for line in self.cleaned_data["areas"].splitlines():
            if not (name := line.strip()):
                continue
            try:
                found.append(fictional.get(name.casefold()) or find_area(name).slug)
            except (UnknownAreaError, AmbiguousAreaError) as error:
                raise forms.ValidationError(str(error)) from error
        return list(dict.fromkeys(found))
