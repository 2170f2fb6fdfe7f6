"""Forms as GOV.UK's patterns show them: label, hint, error and field together, by Django's own renderer."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting

_CLASSES = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.RadioSelect: "govuk-radios__input",
    forms.CheckboxSelectMultiple: "govuk-checkboxes__input",
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.FileInput: "govuk-file-upload",
    forms.ClearableFileInput: "govuk-file-upload",
    forms.DateInput: "govuk-input govuk-input--width-10",
}


OPTIONAL = " (optional)"
"""What follows the label of a field that may stay empty."""
_USUAL = {forms.Field.default_error_messages["required"], forms.DateField.default_error_messages["invalid"]}
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years of days that people type here. A day outside them is a slip of the finger: 0026, or 20226 cut short."""


LONGEST = 20_000
"""Letters of one text, where a form says nothing else: some eight pages. Documents are made of such texts."""


def in_our_time(day: dt.date) -> None:
    """Raise ValidationError for a day that nobody can mean."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Check the year: it must be from {FIRST_YEAR} to {LAST_YEAR}.")


class Renderer(TemplatesSetting):
    """Renders fields and whole forms by this project's templates; single widgets by Django's."""

    form_template_name = "live/form.html"
    field_template_name = "live/field.html"


class GovForm(forms.Form):
    """A form whose widgets carry GOV.UK's classes. Dates are asked for by the browser's own date field.

    Every text has an end. A browser is not told of it: it would cut off what is pasted, and say nothing. What is
    missing is said with the name of its field, since the summary above says it, too, where no field is in sight.
    """

    later: ClassVar[tuple[str, ...]] = ()
    """Fields that may wait, but not for ever: they are not called optional."""
    use_required_attribute = False  # errors are told by the page, in the same words for everybody

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.label_suffix = ""
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(field, forms.DateField):
                widget = field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                widget.is_required = field.required
                field.validators.append(in_our_time)
            css = next((css for kind, css in _CLASSES.items() if type(widget) is kind), "govuk-input")
            widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()
            if not field.required and field.label and name not in self.later:
                field.label = f"{field.label}{OPTIONAL}"

    def __getitem__(self, name: str) -> forms.BoundField:
        """A field as it is shown and as it is cleaned, those too that a form has added to itself."""
        if name in self.fields:
            _with_an_end(self.fields[name])
            _named_in_errors(self.fields[name])
        return super().__getitem__(name)


def _with_an_end(field: forms.Field) -> None:
    field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea) and field.max_length is None:
        field.max_length = LONGEST
        field.validators.append(MaxLengthValidator(LONGEST))


def _named_in_errors(field: forms.Field) -> None:
    """In place of Django's own words for what is missing or no day; words that a field brings of its own stay."""
    name = str(field.label or "").removesuffix(OPTIONAL)
    said = {"required": f"“{name}” needs an answer."}
    if isinstance(field, forms.DateField):
        said["invalid"] = f"“{name}” must be a day, like 31/01/2027."
    for code, words in said.items():
        if name and field.error_messages[code] in _USUAL:
            field.error_messages[code] = words


class SeenForm(GovForm):
    """A form that changes a thing: it carries the version that the person had before them; 0 for none yet."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class WhyForm(SeenForm):
    """A form that changes a thing, and asks why."""

    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000)
