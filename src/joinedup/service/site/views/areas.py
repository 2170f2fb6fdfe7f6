"""The areas: finding one, and the page of each."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from joinedup.areas import AmbiguousAreaError, Area, UnknownAreaError, areas, find_area, neighbours
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.area_answers import area_answers
from joinedup.service.site.area_asking import AreaAsking, AreaForm, MeasuresForm
from joinedup.service.site.area_measures import area_measures, topics_of
from joinedup.service.site.area_measures import rows as figures
from joinedup.service.site.area_page import area_page
from joinedup.service.site.area_search import near, search
from joinedup.service.site.asked_fates import asked_fates
from joinedup.service.site.asked_table import rows as asked_rows
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.downloads import INDICATORS, WHAT_BECAME
from joinedup.service.site.files import refused, table_file
from joinedup.service.site.one_address import shorter
from joinedup.service.site.records import current_record, offers_fictional
from joinedup.service.site.taking import takes
from joinedup.service.site.turning import page_status, turns

LONGEST_QUESTION = 100


@public
@require_safe
@follows_the_record
@takes("q")
def index(request: HttpRequest) -> HttpResponse:
    """Every area by region, or those that the words of `q` find; one that is named exactly is gone to at once."""
    typed = request.GET.get("q", "")
    words = " ".join(typed.split())
    if not words and (there := shorter(request, "")):
        return there
    too_long = len(words) > LONGEST_QUESTION
    shown = words[:LONGEST_QUESTION]
    found = () if too_long or not words else search(words, fictional=settings.SHOW_FICTIONAL)
    if len(found) == 1:
        return redirect("area", slug=found[0].slug)
    here = areas(timezone.localdate())
    gone = sorted((area for area in areas() if area not in here), key=lambda area: area.name)
    context = {
        "words": shown,
        "too_long": too_long,
        "longest": LONGEST_QUESTION,
        "asked": bool(words),
        "found": found,
        "near": near(shown, fictional=offers_fictional()) if words and not found and not too_long else (),
        "regions": [
            (region, list(each))
            for region, each in groupby(
                sorted(here, key=lambda area: (area.region, area.name)), key=lambda area: area.region
            )
        ],
        "gone": gone,
        "fictional": [area for area in areas(fictional=offers_fictional()) if area.fictional],
    }
    return render(request, "site/areas.html", context, status=400 if too_long else 200)


@public
@require_safe
@follows_the_record
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One area's page as things stood on a day; a code or another of its names leads to it; an unknown one is a 404
    that names those like it."""
    area = the_area(slug)
    if area.slug != slug:
        return _by_its_slug(request, "area", area)
    today = timezone.localdate()
    form = AreaForm(request.GET, today=today)
    if not form.is_valid():
        return render(request, "site/area.html", {"form": form, "area": area}, status=400)
    if there := shorter(request, form.asking.query()):
        return there
    record, as_at = current_record(), form.asking.as_at
    context = {
        "form": form,
        "page": area_page(record, slug, today=today, as_at=as_at),
        "area": area,
        "neighbours": neighbours(area),
        "answers": area_answers(record, slug, as_at=as_at),
    }
    return render(request, "site/area.html", context)


@public
@require_safe
@follows_the_record
def asked_again(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of each thing that an area was asked for: every pair with both wordings, and how sure it is."""
    area = the_area(slug)
    if area.slug != slug:
        return _by_its_slug(request, "area-asked-again", area)
    form = AreaForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "site/asked_again.html", {"form": form, "area": area}, status=400)
    if there := shorter(request, form.asking.query()):
        return there
    context = {
        "form": form,
        "area": area,
        "asking": form.asking,
        "found": asked_fates(current_record(), slug, as_at=form.asking.as_at),
        "day_query": AreaAsking(form.asking.as_at).query(),
        "saying": slug if settings.OPERATOR_TOKEN else "",
    }
    return render(request, "site/asked_again.html", context)


@public
@require_safe
@follows_the_record
def asked_again_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as CSV: a row for each thing and each later wording on it."""
    area = the_area(slug)
    form = AreaForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return refused(form)
    found = asked_rows(current_record(), area.slug, name=area.name, as_at=form.asking.as_at)
    return table_file(f"asked-again-{area.slug}.csv", found, WHAT_BECAME)


@public
@require_safe
@follows_the_record
def indicators(request: HttpRequest, slug: str) -> HttpResponse:
    """Every indicator of an area, a topic at a time."""
    area = the_area(slug)
    if area.slug != slug:
        return _by_its_slug(request, "area-indicators", area)
    form = _measures_form(request, area)
    if not form.is_valid():
        return render(request, "site/area_indicators.html", {"form": form, "area": area}, status=400)
    asking = form.asking
    if there := shorter(request, asking.query(page=asking.page)):
        return there
    found = area_measures(current_record(), slug, as_at=asking.as_at, topic=asking.topic, page=asking.page)
    context = {
        "form": form,
        "area": area,
        "asking": asking,
        "found": found,
        "topics": [(name, number, asking.query(topic=name), name == found.topic) for name, number in found.topics],
        "turns": turns(asking, found.pages),
        "day_query": AreaAsking(asking.as_at).query(),
        "query": AreaAsking(asking.as_at, found.topic).query(),
    }
    return render(request, "site/area_indicators.html", context, status=page_status(asking, found.pages))


@public
@require_safe
@follows_the_record
def indicators_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of an area, or of one topic, beside its neighbours' and England's, as CSV."""
    area = the_area(slug)
    form = _measures_form(request, area).for_file()
    if not form.is_valid():
        return refused(form)
    asking = form.asking
    rows = figures(current_record(), area.slug, name=area.name, as_at=asking.as_at, topic=asking.topic)
    return table_file(f"indicators-{area.slug}.csv", rows, INDICATORS)


def the_area(given: str) -> Area:
    try:
        area = find_area(given)
    except (UnknownAreaError, AmbiguousAreaError) as error:
        raise Http404(str(error)) from error
    if area.fictional and not settings.SHOW_FICTIONAL:
        raise Http404("Fictional areas are switched off")
    return area


def _by_its_slug(request: HttpRequest, page: str, area: Area) -> HttpResponse:
    """The way to the same page of the area, on the same day, by the name that addresses have for it."""
    asked = request.GET.urlencode()
    return redirect(reverse(page, args=[area.slug]) + (f"?{asked}" if asked else ""))


def _measures_form(request: HttpRequest, area: Area) -> MeasuresForm:
    today = timezone.localdate()
    return MeasuresForm(request.GET, today=today, topics=list(topics_of(current_record(), area.slug, None)))
