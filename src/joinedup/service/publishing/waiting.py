"""What publishing needs of people: inspections that every inspectorate has signed and nobody has published."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.named import to_do
from joinedup.service.work import Item

MOST = 20
"""Inspections that are named; somebody who has more sees the next ones once these are published."""


def needs(person: Person) -> Iterator[Item]:
    """One item for each inspection that the person may publish; one query."""
    mine = Inspection.objects.filter(
        stage="signed_off", members__person=person, members__left=None, members__barred=False,
        members__part=Role.LEAD_INSPECTOR,
    )  # fmt: skip
    for area, reference in mine.order_by("reference").values_list("area", "reference")[:MOST]:
        url = reverse("publishing", args=[reference])
        yield Item(to_do("Publish the report", area, reference), url, "Every inspectorate has signed it.")
