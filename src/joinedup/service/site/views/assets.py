"""What machines ask for: whether the service is up, what robots may read, the icon at its usual place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static

from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.records import current_record


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 with the record's snapshot where the record can be opened."""
    return HttpResponse(f"ok {current_record().snapshot}\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read the pages; the England page of every day and choice is one page to them.

    What is for programs and the downloads are not pages.
    """
    rules = ("User-agent: *", "Disallow: /*?", "Disallow: /api/v1/", "Disallow: /data/")
    return HttpResponse("\n".join((*rules, "")), content_type="text/plain; charset=utf-8")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Browsers ask here whatever the page says."""
    return HttpResponsePermanentRedirect(static("site/icon.svg"))
