"""England on a day: the map, the counts, what changed, the table and its download."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.address_form import FIRST_DAY
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.choices import family_title, judgement_titles
from joinedup.service.site.downloads import ENGLAND
from joinedup.service.site.england_asking import SORTS, EnglandForm, EnglandQuestion, a_year_before, same_day_in
from joinedup.service.site.files import refused, table_file
from joinedup.service.site.one_address import shorter
from joinedup.service.site.questions import England, Place, england
from joinedup.service.site.records import current_record, offers_fictional
from joinedup.service.site.tilemap import lay_out

COLUMNS = (
    ("area", "Area"),
    ("region", "Region"),
    ("grade", "Grade"),
    ("framework", "Inspection"),
    ("published", "Published"),
)


@public
@require_safe
@follows_the_record
def page(request: HttpRequest) -> HttpResponse:
    """The page; wrong parameters show the form again with what was typed, and status 400."""
    form = EnglandForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "site/england.html", {"form": form}, status=400)
    question = form.question
    if there := shorter(request, question.query()):
        return there
    answer = _answer(question)
    return render(
        request,
        "site/england.html",
        {
            "form": form,
            "question": question,
            "england": answer,
            "map": lay_out(answer.places),
            "fictional_map": lay_out(answer.fictional),
            "fictional_possible": offers_fictional(),
            "bar": _bar(answer),
            "rows": _sorted(answer.places, question),
            "headings": [_heading(question, *column) for column in COLUMNS],
            "years": [_year(question, year) for year in range(FIRST_DAY.year, question.today.year + 1)],
            "steps": _steps(question),
            "judgement_title": judgement_titles()[question.judgement],
            "family_titles": [family_title(family) for family in question.framework],
            "csv_query": question.query(since=a_year_before(question.as_at)),
            "fictional_switch": question.query(fictional="off" if question.fictional == "on" else "on"),
        },
    )


@public
@require_safe
@follows_the_record
def table_csv(request: HttpRequest) -> HttpResponse:
    """The page's table as CSV, by the same parameters; areas of our own invention, which are not in it, only where they
    are asked for."""
    form = EnglandForm(request.GET, today=timezone.localdate()).for_file()
    if not form.is_valid():
        return refused(form)
    question = form.question
    answer = _answer(question)
    places = (*answer.places, *(answer.fictional if form.cleaned_data["fictional"] == "on" else ()))
    rows = [
        {
            "area": place.name,
            "la_code": place.la_code,
            "ons_code": place.ons_code,
            "region": place.region,
            "as_at": question.as_at,
            "judgement": question.judgement,
            "grade": place.look.key if place.look.rank else None,
            "framework": place.framework,
            "visit": place.visit,
            "start": place.start,
            "published": place.published,
            "fictional": place.fictional,
            "corrected": "; ".join(place.corrected) or None,
            "slug": place.slug,
        }
        for place in _sorted(places, question)
    ]
    return table_file(f"england-{question.as_at}.csv", rows, ENGLAND)


def _answer(question: EnglandQuestion) -> England:
    return england(
        current_record(),
        as_at=question.as_at,
        since=question.since,
        families=question.framework,
        judgement=question.judgement,
        fictional=question.fictional == "on" and offers_fictional(),
        today=question.today,
    )


def _bar(answer: England) -> list[dict[str, Any]]:
    """The counts as parts of one bar a thousand units long."""
    parts, x = [], 0.0
    for count in answer.counts:
        width = 1000 * count.number / answer.total if answer.total else 0.0
        parts.append({"css": count.look.css, "x": round(x, 2), "width": round(width, 2)})
        x += width
    return parts


def _sorted(places: tuple[Place, ...], question: EnglandQuestion) -> list[Place]:
    """The rows by the column asked for, best grade and newest first when ascending would put the least told first."""
    keys: dict[str, Any] = {
        "area": lambda place: place.name,
        "region": lambda place: (place.region, place.name),
        "grade": lambda place: (-place.look.rank, place.look.letter, place.name),
        "framework": lambda place: (place.framework, place.name),
        "published": lambda place: (place.published or dt.date.min, place.name),
    }
    return sorted(places, key=keys[question.sort], reverse=question.order == "desc")


def _heading(question: EnglandQuestion, key: str, title: str) -> dict[str, str]:
    """A column's heading: its title, the address that sorts by it, and how it is sorted now (for aria-sort)."""
    assert key in SORTS
    now = question.sort == key
    turned = "desc" if now and question.order == "asc" else "asc"
    words = {"asc": "ascending", "desc": "descending"}
    return {
        "title": title,
        "query": question.query(sort=key, order=turned),
        "sorted": words[question.order] if now else "none",
        "turned": words[turned],
    }


def _year(question: EnglandQuestion, year: int) -> dict[str, Any]:
    """The link to the same day of another year; never past today."""
    to = min(max(same_day_in(question.as_at, year), FIRST_DAY), question.today)
    return {"year": year, "query": question.query(as_at=to), "current": question.as_at.year == year}


def _steps(question: EnglandQuestion) -> list[dict[str, Any]]:
    """A year and a month back and on, where the record can follow."""
    here = question.as_at
    before = here.replace(day=1) - dt.timedelta(days=1)
    after = (here.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    offers = [
        ("Year before", same_day_in(here, here.year - 1)),
        ("Month before", before.replace(day=min(here.day, before.day))),
        ("Month after", _same_day_of_month(after, here.day)),
        ("Year after", same_day_in(here, here.year + 1)),
    ]
    return [
        {"title": title, "query": question.query(as_at=day), "day": day}
        for title, day in offers
        if FIRST_DAY <= day <= question.today
    ]


def _same_day_of_month(first: dt.date, day: int) -> dt.date:
    """That day of the month that starts on `first`, or its last day where the month is shorter."""
    last = ((first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)).day
    return first.replace(day=min(day, last))
