"""The components of GOV.UK Frontend that our pages repeat, and a few of our own, as template tags."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html

from joinedup.areas.sentences import answers_to_whom, listed
from joinedup.service.site.area_asking import AreaForm
from joinedup.service.site.area_search import full_name
from joinedup.service.site.england_asking import EnglandForm
from joinedup.service.site.grades import GradeLook
from joinedup.service.site.indicators import IndicatorCard
from joinedup.service.site.questions import Moved, Place
from joinedup.service.site.tilemap import TileMap, draw
from joinedup.service.site.words import day_in_words, number_in_words, short_day_in_words

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


register.filter("day", day_in_words)
register.filter("number", number_in_words)
register.filter("short_day", short_day_in_words)
register.filter("listed", listed)
register.filter("answers_to_whom", answers_to_whom)


@register.simple_tag
def grade(look: GradeLook) -> str:
    """A grade as a coloured tag that says its word. Not a template: a page has hundreds."""
    return format_html('<strong class="ju-grade ju-grade--{}">{}</strong>', look.css, look.title)


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(form: forms.Form) -> dict[str, Any]:
    """The list of what is wrong, each linked to its field; nothing where all is well."""
    problems = form.problems() if hasattr(form, "problems") else []
    return {"problems": problems}


@register.inclusion_tag(PARTS + "date_field.html")
def date_field(form: EnglandForm | AreaForm, name: str, value: dt.date | None, hint: str = "") -> dict[str, Any]:
    """One date. What was typed wrongly is given back in a text field, because a date field cannot hold it."""
    errors = form.errors.get(name)
    return {
        "name": name,
        "label": form.fields[name].label,
        "errors": errors,
        "value": form.typed(name) if form.errors else value.isoformat() if value else "",
        "type": "text" if form.errors else "date",
        "hint": hint,
    }


@register.inclusion_tag(PARTS + "select_field.html")
def select_field(form: EnglandForm, name: str, value: str) -> dict[str, Any]:
    """One choice out of a list; where anything is wrong, the one that was made."""
    return {
        "name": name,
        "label": form.fields[name].label,
        "choices": form.offered(name),
        "value": form.typed(name) if form.errors else value,
        "errors": form.errors.get(name),
    }


@register.inclusion_tag(PARTS + "checkboxes_field.html")
def checkboxes_field(form: EnglandForm, name: str, values: tuple[str, ...]) -> dict[str, Any]:
    """Several choices out of a list; where anything is wrong, those that were made."""
    return {
        "name": name,
        "label": form.fields[name].label,
        "choices": form.offered(name),
        "values": form.typed_several(name) if form.errors else values,
        "errors": form.errors.get(name),
    }


@register.simple_tag
def area_row(place: Place) -> str:
    """One area's row of the England table. Not a template: there are 150 of them, and they take most of the time."""
    visit = f", {place.visit.lower()}" if place.visit else ""
    return format_html(
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">'
        '<a class="govuk-link" href="{}">{}</a></th><td class="govuk-table__cell">{}</td>'
        '<td class="govuk-table__cell">{}{}</td><td class="govuk-table__cell">{}{}</td>'
        '<td class="govuk-table__cell">{}</td></tr>',
        place.address,
        place.name,
        place.region,
        grade(place.look),
        " corrected" if place.righted else "",
        place.framework,
        visit,
        short_day_in_words(place.published),
    )


@register.simple_tag
def tile_map(layout: TileMap, title: str, identity: str) -> str:
    """The map as SVG; `identity` tells two maps of one page apart."""
    return draw(layout, title=title, identity=identity)


@register.inclusion_tag(PARTS + "moves.html")
def moves(title: str, found: Sequence[Moved]) -> dict[str, Any]:
    """A card with the areas that moved and the grade before and after; a long list shows its first ten."""
    return {"title": title, "moves": found}


@register.simple_tag
def move_line(move: Moved) -> str:
    """One area that moved. Not a template: there may be a hundred."""
    return format_html(
        '<li><a class="govuk-link" href="{}">{}</a> <span class="ju-moves__words">{} <span aria-hidden="true">→</span>'
        '<span class="govuk-visually-hidden">to</span> {}{}</span></li>',
        move.address,
        move.name,
        # An area without a grade on a day may never have been inspected by then.
        *(look.title.lower() if look.rank else "no grade" for look in (move.before, move.after)),
        " (corrected)" if move.corrected else "",
    )


@register.simple_tag
def indicator(card: IndicatorCard, level: int = 4) -> str:
    """One indicator with its chart and its table."""
    return card.html(level)


register.filter("full_name", full_name)
