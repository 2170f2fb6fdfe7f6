"""Notification: the lead tells each agency's accountable posts what is asked and by when; their people acknowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from joinedup.areas import get_agency
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import ValidationError, action, change, create
from joinedup.service.inspections.actions.stages import Obstacle, advance, guard
from joinedup.service.inspections.asking import Asked, accountable_posts, told_as_a_rule, usual
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Inspection, Notification, Party


@dataclass(frozen=True, slots=True)
class Telling:
    """What one party is told, and the keys of the posts that are told it."""

    asked: Asked
    posts: tuple[str, ...]


@action(Permission.NOTIFY)
def notify_agencies(
    *,
    by: Person,
    inspection: Inspection,
    tellings: Mapping[int, Telling] | None = None,
    gaps_known: bool = False,
    confirmed: str = "",
) -> Inspection:
    """Notify every agency in the inspection; from now on their people see it.

    `tellings` holds, by a party's id, what is written to it; a party left out gets the usual words at the posts
    told as a rule. `gaps_known`: the lead knows that nobody stands for some agencies in scope, and that they will not
    be told. Raises DisclosureError for what is written and could identify a child; `confirmed` says that it identifies
    none.
    """
    parties = list(inspection.parties.select_related("organisation"))
    missing = set(inspection.in_scope) - {party.agency for party in parties}
    if missing and not gaps_known:
        titles = ", ".join(get_agency(key).title for key in inspection.in_scope if key in missing)
        raise ValidationError({"gaps_known": f"Nobody stands for: {titles}. Confirm that they are told in another way"})
    written_to = [each.asked.words for each in (tellings or {}).values()]
    marks = require_may_leave(inspection, (("notification", words) for words in written_to), confirmed)
    phases, today = list(inspection.phases.all()), timezone.localdate()
    for party in parties:
        written = (tellings or {}).get(party.pk)
        if written is None:
            tell(inspection, party, usual(inspection, phases, today), None)
        else:
            tell(inspection, party, written.asked, written.posts)
    advance(by=by, inspection=inspection, event="notify")
    note_identifies_no_child(inspection, marks)
    return change(inspection, notified_on=today)


@action(Permission.REQUEST_ANSWER)
def acknowledge(*, by: Person, inspection: Inspection, notification: Notification) -> Notification:
    """Say, for one's own agency, that a notification has been read. The first to say so is kept."""
    party = notification.party
    if party.inspection_id != inspection.pk or party.organisation_id != by.organisation_id:
        raise PermissionDenied("an agency acknowledges its own notifications alone")
    if notification.seen_by_id is not None:
        return notification
    return change(notification, seen_by=by, seen_at=timezone.now())


def tell(inspection: Inspection, party: Party, asked: Asked, posts: Iterable[str] | None) -> None:
    """Inside an action: notify the posts (their keys; None: those told as a rule) of a party."""
    known = {each.key for each in accountable_posts(party.agency, inspection)}
    chosen = {each.key for each in told_as_a_rule(party.agency, inspection)} if posts is None else set(posts)
    who = f"{party.organisation} ({get_agency(party.agency).title})"
    if not chosen or not chosen <= known:
        raise ValidationError({f"posts_{party.pk}": f"Choose at least one post of {who}"})
    if not asked.words.strip():
        raise ValidationError({f"asked_{party.pk}": f"Write what is asked of {who}"})
    if asked.due < timezone.localdate():
        raise ValidationError({f"due_{party.pk}": f"The day for {who} must not be past"})
    for each in accountable_posts(party.agency, inspection):
        if each.key in chosen:
            create(
                Notification,
                party=party,
                post=each.key,
                asked=asked.words.strip(),
                due=asked.due,
                sent_at=timezone.now(),
            )


@guard("notify")
def _somebody_to_tell(inspection: Inspection) -> Iterable[Obstacle]:
    if not inspection.parties.exists():
        yield Obstacle("No organisation stands for any agency yet.", "inspection")
