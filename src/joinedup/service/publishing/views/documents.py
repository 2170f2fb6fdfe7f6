"""The documents of an inspection, for whoever may read each: previews, letters, and each agency's own draft."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from joinedup.areas import get_agency, get_post
from joinedup.documents.errors import ContentError, TooLongError
from joinedup.documents.inspection import Document, agency_draft, notification_letter, to_docx, to_html, to_pdf
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.files import DOCX, PDF
from joinedup.service.inspections.models import Inspection, Notification, Party
from joinedup.service.live import inspection_page
from joinedup.service.publishing.filling import for_agencies, letter_of
from joinedup.service.publishing.showing import as_it_stands, sent


@needs(Permission.INSPECTION_SEE)
@require_safe
def index(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every document that this person may read."""
    letters, drafts = [], []
    if can(request.user, Permission.REQUEST_SEE, inspection):
        rows = _letters(request, inspection).order_by("party_id", "pk")
        letters = [{"it": each, "post": get_post(each.post).title} for each in rows]
    if can(request.user, Permission.ACCURACY_SEE, inspection) and inspection.is_open_for(Permission.ACCURACY_SEE):
        drafts = [{"it": each, "title": get_agency(each.agency).title} for each in _parties(request, inspection)]
    context = {
        "room": can(request.user, Permission.DRAFT_SEE, inspection),
        "letters": letters,
        "drafts": drafts,
        "versions": [each for each in inspection.publications.all() if each.state == "published"],
    }
    return inspection_page(request, "publishing/documents.html", inspection, "documents", context)


@needs(Permission.DRAFT_SEE)
@require_safe
def report(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The report as a page."""
    try:
        made, problem = to_html(as_it_stands(inspection, "report")), ""
    except (ContentError, RefusedError) as error:
        made, problem = "", str(error)
    context = {"made": made, "problem": problem}
    return inspection_page(request, "publishing/preview.html", inspection, "documents", context)


@needs(Permission.DRAFT_SEE)
@require_safe
def report_pdf(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The report as PDF."""
    return _pdf(request, inspection, "report")


@needs(Permission.DRAFT_SEE)
@require_safe
def summary_pdf(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The summary for the public as PDF."""
    return _pdf(request, inspection, "summary")


@needs(Permission.DRAFT_SEE)
@require_safe
def children_pdf(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The summary for children and young people as PDF."""
    return _pdf(request, inspection, "children")


def _pdf(request: HttpRequest, inspection: Inspection, what: str) -> HttpResponse:
    try:
        return _sent_pdf(as_it_stands(inspection, what), f"{inspection.reference}-{what}.pdf")
    except (ContentError, TooLongError, RefusedError) as error:
        context = {"made": "", "problem": str(error)}
        return inspection_page(request, "publishing/preview.html", inspection, "documents", context, status=409)


@needs(Permission.REQUEST_SEE)
@require_safe
def letter_pdf(request: HttpRequest, inspection: Inspection, notification: int) -> HttpResponse:
    """The letter of notification to one accountable post; an agency's people read their own organisation's."""
    found = _letters(request, inspection).filter(pk=notification).first()
    if found is None:
        raise Http404("There is no such letter for you here")
    letter = notification_letter(letter_of(found))
    return _sent_pdf(letter, f"{inspection.reference}-letter-{notification}.pdf")


@needs(Permission.ACCURACY_SEE)
@require_safe
def draft_pdf(request: HttpRequest, inspection: Inspection, party: int) -> HttpResponse:
    """One agency's draft for factual accuracy as PDF."""
    found = _party(request, inspection, party)
    return _sent_pdf(_draft(inspection, found), f"{inspection.reference}-draft-{party}.pdf")


@needs(Permission.ACCURACY_SEE)
@require_safe
def draft_docx(request: HttpRequest, inspection: Inspection, party: int) -> HttpResponse:
    """One agency's draft for factual accuracy as a Word file with room for comments."""
    found = _party(request, inspection, party)
    return sent(to_docx(_draft(inspection, found)), f"{inspection.reference}-draft-{party}.docx", DOCX)


def _draft(inspection: Inspection, party: Party) -> Document:
    round_ = inspection.phases.filter(key="factual_accuracy").first()
    today = timezone.localdate()
    due = max(round_.end, today) if round_ else today
    try:
        return agency_draft(for_agencies(inspection), party.agency, due=due, day=today)
    except ContentError as error:
        raise Http404(str(error)) from error


def _sent_pdf(document: Document, name: str) -> HttpResponse:
    return sent(to_pdf(document), name, PDF)


def _room(request: HttpRequest, inspection: Inspection) -> bool:
    return can(request.user, Permission.DRAFT_SEE, inspection)


def _letters(request: HttpRequest, inspection: Inspection) -> QuerySet[Notification]:
    found = Notification.objects.filter(party__inspection=inspection).select_related(
        "party__organisation", "party__inspection"
    )
    return found if _room(request, inspection) else found.filter(party__organisation=person_of(request).organisation_id)


def _parties(request: HttpRequest, inspection: Inspection) -> QuerySet[Party]:
    found = inspection.parties.select_related("organisation")
    return found if _room(request, inspection) else found.filter(organisation=person_of(request).organisation_id)


def _party(request: HttpRequest, inspection: Inspection, pk: int) -> Party:
    """An agency whose draft this person may read now. Raises Http404."""
    found = _parties(request, inspection).filter(pk=pk).first()
    if found is None or not inspection.is_open_for(Permission.ACCURACY_SEE):
        raise Http404("That draft is not yours to read")
    return found
