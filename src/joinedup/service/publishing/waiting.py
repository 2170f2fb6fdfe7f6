"""What publishing needs of people: inspections that every inspectorate has signed and nobody has published."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.inspections.models import Inspection
from joinedup.service.work import Item


def needs(person: Person) -> Iterator[Item]:
    """One item for all that the person may publish; one query."""
    mine = Inspection.objects.filter(
        stage="signed_off", members__person=person, members__left=None, members__barred=False,
        members__part=Role.LEAD_INSPECTOR,
    )  # fmt: skip
    references = list(mine.order_by("reference").values_list("reference", flat=True)[:50])
    if references:
        title = "Publish the report" if len(references) == 1 else "Publish reports"
        yield Item(title, reverse("publishing", args=references[:1]), "signed off", count=len(references))
