"""Telling: what an act did becomes a notice for each person whom it concerns, in the act's own transaction.

The e-mails that follow from it wait in the same transaction and are sent by the scheduled command, never here: an act
that fails told nobody, and a mail server that fails stops no act. Notices are no part of the audit, whose lines they
follow from.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.audit.chain import Line
from joinedup.service.inspections.models import Inspection
from joinedup.service.notifications.audience import holders
from joinedup.service.notifications.events import USUAL, Event, Group, How, get_event
from joinedup.service.notifications.models import Mail, Notice, Preference
from joinedup.service.notifications.told import TOLD, About, Rule, event_of_move


def tell(
    event: str,
    *,
    inspection: Inspection | None,
    by: Person | None = None,
    party_id: int | None = None,
    people: Collection[int] | None = None,
    number: int | None = None,
    count: int = 1,
    due: dt.date | None = None,
    once: str | None = None,
) -> int:
    """Tell everybody whom an event (its key) concerns, but for `by`, who did it; answers how many were told.

    It concerns whoever has the event's permission in the inspection; with `party_id` of that agency's people only,
    with `people` (ids) of those only. `once`: whoever was told under that mark is not told again. Must be called in
    the transaction of what it tells of.
    """
    assert transaction.get_connection().in_atomic_block, "people are told in the transaction of what happened"
    what = get_event(event)
    if what.permission is None:
        assert people is not None, "an event that no permission guards is told to named people"
        found = Person.objects.filter(is_active=True)
    else:
        assert inspection is not None, "an event that a permission guards is told in an inspection"
        found = holders(what.permission, inspection, party_id)
    if people is not None:
        found = found.filter(pk__in=people)
    if by is not None:
        found = found.exclude(pk=by.pk)
    if once is not None:
        found = found.exclude(pk__in=Notice.objects.filter(once=once).values("person"))
    notice = Notice(
        event=event, inspection=inspection, party_id=party_id, number=number, count=count, due=due, once=once,
        at=timezone.now(),
    )  # fmt: skip
    return _keep(what, notice, list(found.only("pk", "fictional")))


def _keep(event: Event, like: Notice, people: Sequence[Person]) -> int:
    """A notice for each of the people, and for each who wants one at once, an e-mail that waits."""
    chosen = _chosen(event.group, people)
    at_once = [each for each in people if chosen[each.pk] == How.NOW]
    mails = Mail.objects.bulk_create(Mail(person=each, made_at=like.at, next_try=like.at) for each in at_once)
    mail_of = {mail.person_id: mail for mail in mails}
    told = (
        Notice(
            person=each, how=chosen[each.pk], mail=mail_of.get(each.pk), event=like.event, inspection=like.inspection,
            party_id=like.party_id, number=like.number, count=like.count, due=like.due, once=like.once, at=like.at,
        )
        for each in people
    )  # fmt: skip
    return len(Notice.objects.bulk_create(told))


def _chosen(group: Group, people: Sequence[Person]) -> dict[int, How]:
    """How each of the people is sent what belongs to a group. Nothing is ever sent to a fictional person."""
    chosen = dict.fromkeys((each.pk for each in people), USUAL[group])
    if group is not Group.MUST:
        said = Preference.objects.filter(group=group, person__in=chosen).values_list("person", "how")
        chosen |= {person: How(how) for person, how in said}
    return chosen | {each.pk: How.NONE for each in people if each.fictional}


def hear(lines: Sequence[Line]) -> None:
    """Tell of an act by what it wrote down (`told.TOLD`, `told.MOVES`); things of one kind are told of together."""
    found: defaultdict[tuple[Rule, int | None], list[str]] = defaultdict(list)
    for line in lines:
        if event := event_of_move(line):
            inspection = Inspection.objects.get(pk=line.thing_id)
            tell(event, inspection=inspection, by=_person(line.person_id))
        for rule in TOLD.get(line.action, ()):
            if rule.thing == line.thing and rule.when(line):
                found[rule, line.person_id].append(line.thing_id)
    for (rule, person_id), ids in found.items():
        _tell_of(rule, _person(person_id), dict.fromkeys(ids))


def _person(pk: int | None) -> Person | None:
    return None if pk is None else Person(pk=pk)


def _tell_of(rule: Rule, by: Person | None, ids: Iterable[str]) -> None:
    for about, numbers in _together(rule, ids).items():
        tell(
            rule.event, inspection=about.inspection, by=by, party_id=about.party_id, people=about.people,
            number=numbers[0] if len(numbers) == 1 else None, count=len(numbers),
        )  # fmt: skip


def _together(rule: Rule, ids: Iterable[str]) -> dict[About, list[int | None]]:
    """What the rows are about, without their numbers; the numbers apart."""
    rows = _model(rule.thing)._default_manager.select_related(*rule.related).filter(pk__in=list(ids))
    found: defaultdict[About, list[int | None]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if (about := rule.about(row)) is not None:
            found[about._replace(number=None)].append(about.number)
    return dict(found)


@cache
def _model(name: str) -> type[models.Model]:
    """The model of ours that the audit calls so."""
    ours = (each for each in apps.get_models() if each.__module__.startswith("joinedup."))
    return next(each for each in ours if each._meta.model_name == name)
