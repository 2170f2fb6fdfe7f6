"""The pages about the pages: how figures are made, under which licence, and how accessible the site is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.frameworks import frameworks
from joinedup.record.contents import source_files
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.choices import DEFAULT_FAMILIES, family_short
from joinedup.service.site.records import current_record
from joinedup.service.site.taking import takes


@public
@require_safe
@follows_the_record
@takes()
def method(request: HttpRequest) -> HttpResponse:
    """Where the figures come from and by which rule areas are counted."""
    ran = [each for each in frameworks() if each.status != "proposed"]
    counted = [(family_short(each.family), each) for each in ran if each.family in DEFAULT_FAMILIES]
    return render(request, "site/about.html", {"counted": counted, "sources": source_files(current_record())})


@public
@require_safe
@follows_the_record
@takes()
def licence(request: HttpRequest) -> HttpResponse:
    """The licence of the data and of the program."""
    return render(request, "site/licence.html")


@public
@require_safe
@follows_the_record
@takes()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for accessibility, how it was tested, and what is not yet good."""
    return render(request, "site/accessibility.html")
