"""Requests for information: inspectors ask, agencies answer, inspectors accept, send back, chase or withdraw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from joinedup.service.accounts.can import require
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission
from joinedup.service.actions import ValidationError, action, change, create, note_down
from joinedup.service.inspections import files
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Attachment, InformationRequest, Inspection, Party, Reply
from joinedup.service.inspections.repeated import require_new
from joinedup.service.inspections.stages import REQUEST_LIFE

MOST_FILES = 20
"""Files with one reply."""
_PLACE = "request"
"""The kind of place that words about a request stand in, when they are looked over."""


class Ask(NamedTuple):
    """One thing that is asked for."""

    title: str
    words: str = ""


@action(Permission.REQUEST_MAKE)
def make_requests(
    *,
    by: Person,
    inspection: Inspection,
    parties: Sequence[Party],
    asks: Sequence[Ask],
    due: dt.date,
    confirmed: str = "",
) -> list[InformationRequest]:
    """Ask each of some agencies for each of some things, by a day. Every pair is a request of its own.

    Raises DisclosureError for words that could identify a child; `confirmed` says that those found identify none.
    Raises RepeatedError where the person waits for one of them already, by the same day.
    """
    if not parties:
        raise ValidationError({"parties": "Choose at least one agency"})
    if not asks:
        raise ValidationError({"asks": "Write what you ask for"})
    if due < timezone.localdate():
        raise ValidationError({"due": "The day must not be past"})
    marks = require_may_leave(inspection, ((_PLACE, words) for ask in asks for words in ask), confirmed)
    number = inspection.requests.aggregate(last=Max("number"))["last"] or 0
    made = []
    for party in parties:
        require_of(inspection, party)
        for ask in asks:
            waiting = inspection.requests.filter(party=party, made_by=by, state__in=("open", "answered"), due=due)
            require_new(waiting.filter(title=ask.title.strip(), words=ask.words.strip()))
            number += 1
            made.append(
                create(
                    InformationRequest,
                    inspection=inspection,
                    party=party,
                    number=number,
                    title=ask.title.strip(),
                    words=ask.words.strip(),
                    due=due,
                    made_by=by,
                    made_at=timezone.now(),
                )
            )
    note_identifies_no_child(made[0], marks)
    return made


@action(Permission.REQUEST_ANSWER)
def answer_request(
    *, by: Person, inspection: Inspection, request: InformationRequest, words: str, uploads: Iterable[files.Upload] = ()
) -> Reply:
    """Answer, for one's own agency, in words, with files, or both. Another answer stands beside the earlier ones.

    Raises RepeatedError for the person's own words over again, unless they were sent back or files come with them.
    """
    require_of(inspection, request)
    if request.party.organisation_id != by.organisation_id:
        raise PermissionDenied("an agency answers its own requests alone")
    then = _then(by, inspection, request, "answer")
    brought = list(uploads)
    if not words.strip() and not brought:
        raise ValidationError({"words": "Write an answer, or choose a file"})
    if len(brought) > MOST_FILES:
        raise ValidationError({"uploads": f"Send at most {MOST_FILES} files with one answer"})
    if not brought:  # a page that is asked for anew holds no files
        require_new(request.replies.filter(by=by, words=words.strip(), sent_back="", attachments=None))
    reply = create(Reply, request=request, words=words.strip(), by=by, at=timezone.now())
    for upload in brought:
        kept = files.keep(upload)
        create(
            Attachment,
            inspection=inspection,
            reply=reply,
            evidence=None,
            sha256=kept.sha256,
            name=kept.name,
            kind=kept.kind,
            size=kept.size,
            by=by,
            at=timezone.now(),
        )
    change(request, state=then)
    return reply


@action(Permission.REQUEST_MAKE)
def accept_answer(*, by: Person, inspection: Inspection, request: InformationRequest, seen: int) -> InformationRequest:
    """Be content with what was answered."""
    require_of(inspection, request)
    return change(request, seen=seen, state=_then(by, inspection, request, "accept"))


@action(Permission.REQUEST_MAKE)
def send_back(
    *, by: Person, inspection: Inspection, request: InformationRequest, note: str, seen: int, confirmed: str = ""
) -> InformationRequest:
    """Ask again, and say what is missing; the agency reads why beside its answer. Raises DisclosureError."""
    require_of(inspection, request)
    then = _then(by, inspection, request, "send_back")
    if not note.strip():
        raise ValidationError({"note": "Say what is missing"})
    marks = require_may_leave(inspection, [(_PLACE, note)], confirmed)
    sent = change(request, seen=seen, state=then)
    last = request.replies.order_by("at", "pk").last()
    assert last is not None, "what is answered has a reply"
    change(last, sent_back=note.strip())
    note_identifies_no_child(last, marks)
    return sent


@action(Permission.REQUEST_MAKE)
def chase_request(*, by: Person, inspection: Inspection, request: InformationRequest) -> InformationRequest:
    """Ask for the same thing again. How often that was done is kept."""
    require_of(inspection, request)
    return _chased(by, inspection, request)


@action(Permission.REQUEST_MAKE)
def chase_overdue(*, by: Person, inspection: Inspection) -> int:
    """Chase every request that is overdue; answers how many there were."""
    overdue = inspection.requests.filter(state="open", due__lt=timezone.localdate())
    return len([_chased(by, inspection, request) for request in overdue])


@action(Permission.REQUEST_MAKE)
def withdraw_request(
    *, by: Person, inspection: Inspection, request: InformationRequest, note: str, seen: int, confirmed: str = ""
) -> InformationRequest:
    """Ask for it no longer, and say why; the agency reads it. Raises DisclosureError."""
    require_of(inspection, request)
    then = _then(by, inspection, request, "withdraw")
    if not note.strip():
        raise ValidationError({"note": "Say why it is not needed any more"})
    marks = require_may_leave(inspection, [(_PLACE, note)], confirmed)
    gone = change(request, seen=seen, state=then, withdrawn=note.strip())
    note_identifies_no_child(gone, marks)
    return gone


def _then(by: Person, inspection: Inspection, request: InformationRequest, event: str) -> str:
    row = REQUEST_LIFE.row(request.state, event)
    require(by, row.permission, inspection)
    return row.then


def _chased(by: Person, inspection: Inspection, request: InformationRequest) -> InformationRequest:
    then = _then(by, inspection, request, "chase")
    return change(request, state=then, chased=request.chased + 1, chased_at=timezone.now())


@action(Permission.REQUEST_SEE)
def take_file(*, by: Person, inspection: Inspection, attachment: Attachment) -> Attachment:
    """Take a copy of a file that came with an answer, an agency's people of their own; who took one is written down."""
    require_of(inspection, attachment)
    reply = attachment.reply
    own = reply is not None and reply.request.party.organisation_id == by.organisation_id
    if reply is None or not (own or inspection.roles_of(by) & IN_A_TEAM):
        raise PermissionDenied("an agency takes the files of its own answers alone")
    note_down(attachment, {"taken": attachment.name})
    return attachment
