"""What is due: people are told once on the working day before, and once when the day is past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from joinedup.areas import add_working_days
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.models import InformationRequest, Inspection, Notification, Phase
from joinedup.service.inspections.stages import OPEN_AT
from joinedup.service.notifications.actions.telling import tell
from joinedup.service.notifications.models import Notice
from joinedup.service.notifications.told import who_asked


class Deadline(NamedTuple):
    """One thing to tell of. `about` is the kind and id of the thing."""

    event: str
    about: str
    inspection: Inspection
    due: dt.date
    party_id: int | None = None
    people: frozenset[int] | None = None
    number: int | None = None

    @property
    def once(self) -> str:
        """The mark under which it is told once; another day is another deadline."""
        return f"{self.event} {self.about} {self.due.isoformat()}"


def tell_deadlines(today: dt.date) -> int:
    """Tell of all that is due by the next working day, or was due before today; how many people were told.

    Call it with the work `locked`, in its transaction.
    """
    found = list(_found(today, add_working_days(today, 1)))
    told = _told_before(each.once for each in found)
    return sum(
        tell(
            each.event, inspection=each.inspection, party_id=each.party_id, people=each.people, number=each.number,
            due=each.due, once=each.once,
        )
        for each in found
        if each.once not in told
    )  # fmt: skip


def _found(today: dt.date, soon: dt.date) -> Iterator[Deadline]:
    asked = InformationRequest.objects.filter(
        state="open", due__lte=soon, inspection__stage__in=OPEN_AT[Permission.REQUEST_ANSWER]
    )
    for each in asked.select_related("inspection").order_by("pk"):
        about, late = f"request {each.pk}", each.due < today
        event = "request_overdue" if late else "request_due"
        yield Deadline(event, about, each.inspection, each.due, each.party_id, number=each.number)
        if late:
            people = who_asked(each).people
            yield Deadline("answer_overdue", about, each.inspection, each.due, people=people, number=each.number)
    told = Notification.objects.filter(
        due__range=(today, soon), party__inspection__stage__in=OPEN_AT[Permission.REQUEST_ANSWER]
    )
    for due in told.select_related("party__inspection").order_by("pk"):
        yield Deadline("asked_due", f"party {due.party_id}", due.party.inspection, due.due, due.party_id)
    rounds = Phase.objects.filter(
        key="factual_accuracy", end__range=(today, soon), inspection__stage__in=OPEN_AT[Permission.ACCURACY_POINT]
    )
    for phase in rounds.select_related("inspection"):
        yield Deadline("accuracy_due", f"phase {phase.pk}", phase.inspection, phase.end)


def _told_before(marks: Iterable[str]) -> set[str | None]:
    """Those of the marks under which somebody was told already, asked for a few hundred at a time."""
    wanted = sorted(set(marks))
    found: set[str | None] = set()
    for start in range(0, len(wanted), 500):
        few = wanted[start : start + 500]
        found.update(Notice.objects.filter(once__in=few).values_list("once", flat=True))
    return found
