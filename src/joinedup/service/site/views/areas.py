"""The areas: finding one, and the page of each."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from joinedup.areas import AmbiguousAreaError, UnknownAreaError, areas, find_area, neighbours
from joinedup.service.access import public
from joinedup.service.site.area_answers import area_answers
from joinedup.service.site.area_page import area_page
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.records import current_record
from joinedup.service.site.search import near, search

LONGEST_QUESTION = 100


@public
@require_safe
@follows_the_record
def index(request: HttpRequest) -> HttpResponse:
    """Every area by region, or those that the words of `q` find; one that is named exactly is gone to at once."""
    typed = request.GET.get("q", "")
    words = " ".join(typed.split())
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
        "near": near(shown, fictional=settings.SHOW_FICTIONAL) if words and not found and not too_long else (),
        "regions": [
            (region, list(each))
            for region, each in groupby(
                sorted(here, key=lambda area: (area.region, area.name)), key=lambda area: area.region
            )
        ],
        "gone": gone,
        "fictional": [area for area in areas(fictional=settings.SHOW_FICTIONAL) if area.fictional],
    }
    return render(request, "site/areas.html", context, status=400 if too_long else 200)


@public
@require_safe
@follows_the_record
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One area's page; a code or another of its names leads to it; an unknown one is a 404 that names those like it."""
    try:
        area = find_area(slug)
    except (UnknownAreaError, AmbiguousAreaError) as error:
        raise Http404(str(error)) from error
    if area.fictional and not settings.SHOW_FICTIONAL:
        raise Http404("Fictional areas are switched off")
    if area.slug != slug:
        return redirect("area", slug=area.slug)
    record = current_record()
    context = {
        "page": area_page(record, slug, today=timezone.localdate()),
        "area": area,
        "neighbours": neighbours(area),
        "answers": area_answers(record, slug),
    }
    return render(request, "site/area.html", context)
