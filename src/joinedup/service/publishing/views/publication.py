"""Publishing: what is in the way, the act, and completing what was interrupted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joinedup.errors import JoinedupError
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.actions.stages import in_the_way
from joinedup.service.inspections.models import Inspection
from joinedup.service.live import inspection_page
from joinedup.service.publishing import actions, bridge
from joinedup.service.publishing.models import Publication
from joinedup.service.sent_once import once

WAITS = "The report is kept and will be in the public record with the next run. Nothing needs to be done again."


@needs(Permission.PUBLISH)
@require_safe
def publishing(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Where publication stands: what is in the way, the versions."""
    versions = list(inspection.publications.select_related("by"))
    open_now = inspection.is_open_for(Permission.PUBLISH)
    context = {
        "versions": versions,
        "waiting": [each for each in versions if each.state == "publishing"],
        "open": open_now,
        "obstacles": in_the_way(inspection, "publish") if open_now and not versions else (),
    }
    return inspection_page(request, "publishing/publishing.html", inspection, "publishing", context)


@needs(Permission.PUBLISH)
@require_POST
def publish(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Publish the report."""
    begun: list[Publication] = []
    then = reverse("publishing", args=[inspection.reference])
    try:
        once(
            request,
            lambda: begun.append(actions.begin_publication(by=person_of(request), inspection=inspection)),
            "", then,
        )  # fmt: skip
    except RefusedError as error:
        messages.warning(request, str(error))
    if begun:
        finish(request, begun[0])
    return HttpResponseRedirect(then)


@needs(Permission.PUBLISH)
@require_POST
def complete(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Complete a publication that was interrupted, without waiting for the next run."""
    for each in inspection.publications.filter(state="publishing").select_related("inspection"):
        try:
            bridge.complete(each)
        except JoinedupError as error:
            messages.warning(request, f"The public record could not take it in: {error}")
        else:
            messages.success(request, f"Version {each.number} is published.")
    return HttpResponseRedirect(reverse("publishing", args=[inspection.reference]))


def finish(request: HttpRequest, begun: Publication) -> None:
    """Put a version that was just begun into the public record, and say how far that came."""
    made = bridge.finish(begun)
    if made.state == "published":
        messages.success(request, f"Version {made.number} is published.")
    else:
        messages.warning(request, WAITS)
