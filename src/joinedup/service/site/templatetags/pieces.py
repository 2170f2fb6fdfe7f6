"""The components of GOV.UK Frontend that our pages repeat, and a few of our own, as template tags."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from joinedup.service.site.area_page import IndicatorCard, period
from joinedup.service.site.charts import number
from joinedup.service.site.grades import GradeLook
from joinedup.service.site.parameters import EnglandForm

register = template.Library()

PARTS = "site/parts/"


@cache
def _digest(name: str) -> str:
    """The first letters of a static file's SHA-256; a changed file gets a new address."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"There is no static file {name}")
    with open(found, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, with its content's digest so that caches may keep it."""
    return f"{static(name)}?v={_digest(name)}"


@register.filter
def day(value: dt.date | None) -> str:
    """16 November 2016; a dash where there is no day."""
    return f"{value.day} {value:%B %Y}" if value else "–"


@register.filter
def short_day(value: dt.date | None) -> str:
    """16 Nov 2016; a dash where there is no day."""
    return f"{value.day} {value:%b %Y}" if value else "–"


@register.inclusion_tag(PARTS + "grade.html")
def grade(look: GradeLook) -> dict[str, Any]:
    """A grade as a coloured tag that says its word."""
    return {"look": look}


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(form: forms.Form) -> dict[str, Any]:
    """The list of what is wrong, each linked to its field; nothing where all is well."""
    problems = form.problems() if hasattr(form, "problems") else []
    return {"problems": problems}


@register.inclusion_tag(PARTS + "date_field.html")
def date_field(form: EnglandForm, name: str, value: dt.date | None, hint: str = "") -> dict[str, Any]:
    """One date. What was typed wrongly is given back in a text field, because a date field cannot hold it."""
    errors = form.errors.get(name)
    return {
        "name": name,
        "label": form.fields[name].label,
        "errors": errors,
        "value": form.typed(name) if errors or not value else value.isoformat(),
        "type": "text" if errors else "date",
        "hint": hint,
    }


@register.inclusion_tag(PARTS + "select_field.html")
def select_field(form: EnglandForm, name: str, value: str) -> dict[str, Any]:
    """One choice out of a list."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return {
        "name": name,
        "label": field.label,
        "choices": list(field.choices),
        "value": value,
        "errors": form.errors.get(name),
    }


@register.inclusion_tag(PARTS + "checkboxes_field.html")
def checkboxes_field(form: EnglandForm, name: str, values: tuple[str, ...]) -> dict[str, Any]:
    """Several choices out of a list."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return {
        "name": name,
        "label": field.label,
        "choices": list(field.choices),
        "values": values,
        "errors": form.errors.get(name),
    }


@register.inclusion_tag(PARTS + "tile_map.html")
def tile_map(layout: Any, title: str, identity: str) -> dict[str, Any]:
    """The map as SVG; `identity` tells two maps of one page apart."""
    return {"map": layout, "title": title, "identity": identity}


@register.inclusion_tag(PARTS + "moves.html")
def moves(title: str, found: Any, empty: str) -> dict[str, Any]:
    """A list of areas with the grade before and after."""
    return {"title": title, "moves": found, "empty": empty}


@register.inclusion_tag(PARTS + "indicator.html")
def indicator(card: IndicatorCard) -> dict[str, Any]:
    """One indicator with its chart and its table."""
    return {"card": card}


@register.filter
def figure(value: float | None) -> str:
    """A number as people write it; a dash where there is none."""
    return "–" if value is None else number(value)


@register.filter(name="period")
def period_filter(printed: str) -> str:
    """A period as people write it."""
    return period(printed)
