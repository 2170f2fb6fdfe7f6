"""Working without a connection: the worker, the page that opens without one, the key, and notes that waited.

Nothing that these pages hold by themselves is confidential: the worker and the page are the same for everybody.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import signing
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from joinedup.service.access import needs, person_of, public, signed_in
from joinedup.service.accounts.guard import unattended
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.actions.evidence import add_evidence
from joinedup.service.inspections.evidence_forms import Offered, PieceForm
from joinedup.service.inspections.models import Inspection
from joinedup.service.sent_once import once, sent_otherwise, tells_itself

SALT = "joinedup.offline.key"
KEY_FOR = 14 * 86_400
"""Seconds for which the key of a session that has ended is given out again, to its own person alone."""


@public
@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It changes whenever the page that it keeps does, so that browsers fetch both anew."""
    found = finders.find("live/worker.js")
    assert isinstance(found, str)
    script = Path(found).read_text(encoding="utf-8")
    page = _shell()
    digest = hashlib.sha256(page.encode()).hexdigest()[:16]
    outbox = re.search(r'src="(/static/live/outbox\.js[^"]*)"', page)
    assert outbox is not None
    script = script.replace("SHELL_DIGEST", digest).replace("OUTBOX_ADDRESS", outbox.group(1))
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@public
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page that opens where there is no connection."""
    return HttpResponse(_shell())


@signed_in
@unattended
@require_safe
def key(request: HttpRequest) -> JsonResponse:
    """The key of this session's notes, or of an earlier session of the same person (`kid`).

    It is made from the service's secret and the key's signed name, so that nothing of it is kept anywhere. Raises
    BadRequest for a name that is not the person's own, or too old.
    """
    person = person_of(request)
    kid = request.GET.get("kid") or request.session.get("offline_key")
    if kid is None:
        kid = request.session["offline_key"] = _name_of_key(person)
    if not _is_own(person, kid):
        raise BadRequest("that key is not yours, or has ended")
    made = salted_hmac(SALT, kid, algorithm="sha256").digest()
    return JsonResponse({"kid": kid, "key": base64.b64encode(made).decode(), "csrf": get_token(request)})


@needs(Permission.EVIDENCE_WRITE)
@tells_itself
@require_POST
def waiting(request: HttpRequest, inspection: Inspection) -> JsonResponse:
    """Add a piece of evidence that was typed without a connection; one that is there already is only named, and so is
    what a refused one has become since."""
    form = PieceForm(Offered(inspection), request.POST)
    if not form.is_valid():
        problems = (f"{form.fields[name].label}: {' '.join(map(str, each))}" for name, each in form.errors.items())
        return _refused(request, " ".join(map(str, problems)))
    try:
        saved, _ = once(
            request,
            lambda: add_evidence(
                by=person_of(request), inspection=inspection, piece=form.piece, confirmed=form.confirmation
            ),
            lambda added: f"{added.label} is saved.",
            reverse("evidence", args=[inspection.reference]),
        )
    except RefusedError as error:
        return _refused(request, str(error))
    except ValidationError as error:
        return _refused(request, " ".join(error.messages))
    return JsonResponse({"saved": saved})


def _refused(request: HttpRequest, why: str) -> JsonResponse:
    if saved := sent_otherwise(request):
        return JsonResponse({"saved": saved})
    return JsonResponse({"refused": why}, status=422)


def _shell() -> str:
    return render_to_string("inspections/offline.html")


def _name_of_key(person: Person) -> str:
    return signing.dumps([person.pk, secrets.token_urlsafe(12)], key=settings.SECRET_KEY, salt=SALT)


def _is_own(person: Person, kid: str) -> bool:
    try:
        owner, _ = signing.loads(kid, key=settings.SECRET_KEY, salt=SALT, max_age=KEY_FOR)
    except (signing.BadSignature, ValueError):
        return False
    return bool(owner == person.pk)
