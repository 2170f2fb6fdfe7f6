"""One inspection: an area under a version of a framework, and the days that its timetable gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from joinedup.areas import Area, get_area
from joinedup.frameworks import Framework, get_framework
from joinedup.service.accounts.can import roles_held
from joinedup.service.accounts.permissions import FOR_AN_AGENCY, Permission, Role
from joinedup.service.actions import RefusedError
from joinedup.service.fields import KeysField
from joinedup.service.inspections.stages import OPEN_AT, STAGES
from joinedup.service.versioned import Versioned

if TYPE_CHECKING:
    from joinedup.service.accounts.models import Person


class Inspections(models.QuerySet["Inspection"]):
    """The inspections that somebody may know of."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of which the person may know that they exist.

        Members of the team whom no conflict keeps out; agencies' people once their agency was told; programme managers
        of an inspectorate that takes part.
        """
        from joinedup.service.inspections.models.parties import Party
        from joinedup.service.inspections.models.team import Member

        if isinstance(person, AnonymousUser) or not person.is_active:
            return self.none()
        roles = roles_held(person)
        seen = Q(Exists(Member.objects.filter(inspection=OuterRef("pk"), person=person, left=None, barred=False)))
        if roles & FOR_AN_AGENCY:
            told = Party.objects.filter(inspection=OuterRef("pk"), organisation=person.organisation_id)
            seen |= Q(Exists(told), notified_on__isnull=False)
        if Role.PROGRAMME_MANAGER in roles:
            seen |= Q(inspectorates__contains=f"|{person.organisation_id}|")
        return self.filter(seen)


class Inspection(Versioned):
    """One inspection.

    `reference` is its name in addresses. `area` and `framework` are keys of `joinedup.areas` and
    `joinedup.frameworks`. `lead` is the inspectorate that leads; `inspectorates` the ids of all that take part,
    the lead's among them; `agencies` the keys of the agencies in scope, in the framework's order, whether or not an
    organisation stands for each yet (those that do are its `parties`). `notified_on` is the day the agencies were
    told; until then they do not know of it. `stage`
    is one of `stages.STAGES`.
    """

    reference = models.SlugField(max_length=20, unique=True)
    area = models.CharField(max_length=60)
    framework = models.CharField(max_length=40)
    visit = models.CharField(max_length=20, default="standard")
    theme = models.CharField(max_length=60, blank=True)
    scope = models.TextField(blank=True)
    no_notice = models.BooleanField(default=False)
    lead = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    inspectorates = KeysField()
    agencies = KeysField()
    stage = models.CharField(max_length=20, choices=list(STAGES.items()), default="planned")
    notified_on = models.DateField(null=True, blank=True)
    fieldwork_start = models.DateField()
    fieldwork_end = models.DateField()
    no_good_practice = models.TextField(blank=True)
    called_off = models.TextField(blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    fictional = models.BooleanField(default=False)

    objects: ClassVar = Inspections.as_manager()

    class Meta:
        ordering: ClassVar = ["-fieldwork_start", "reference"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.place.name}"

    @property
    def place(self) -> Area:
        """The area inspected."""
        return get_area(self.area)

    @property
    def rules(self) -> Framework:
        """The framework inspected under."""
        return get_framework(self.framework)

    @property
    def told(self) -> bool:
        """Whether the agencies know of it."""
        return self.notified_on is not None

    @property
    def in_scope(self) -> tuple[str, ...]:
        """Keys of the agencies in scope; where none were chosen, those that the framework always inspects."""
        chosen: tuple[str, ...] = tuple(self.agencies)
        return chosen or tuple(each.key for each in self.rules.agencies if each.scope == "always")

    def roles_of(self, person: Person) -> frozenset[Role]:
        """The roles that the person has in it; asked of the database once for each pair of objects."""
        known: dict[int, frozenset[Role]] = self.__dict__.setdefault("_roles_of", {})
        if person.pk not in known:
            parts = self.members.filter(person=person, left=None, barred=False).values_list("part", flat=True)
            roles = {Role(part) for part in parts}
            if self.told and self.parties.filter(organisation=person.organisation_id).exists():
                roles |= roles_held(person) & FOR_AN_AGENCY
            known[person.pk] = frozenset(roles)
        return known[person.pk]

    def takes_part(self, organisation_id: int) -> bool:
        """Whether the organisation is one of those that inspect."""
        return str(organisation_id) in self.inspectorates

    def is_open_for(self, permission: Permission) -> bool:
        """Whether the permission can be used at this stage, by whoever has it."""
        return self.stage in OPEN_AT.get(permission, ())

    def require_open(self, permission: Permission) -> None:
        """Raise RefusedError, with the stages that would allow it, unless this one does."""
        if not self.is_open_for(permission):
            stages = " or ".join(STAGES[stage].lower() for stage in STAGES if stage in OPEN_AT.get(permission, ()))
            raise RefusedError(
                f"This cannot be done while the inspection is at the stage {STAGES[self.stage].lower()}; "
                f"it can at {stages or 'no stage'}."
            )


class Phase(Versioned):
    """One phase of an inspection's timetable, both days included.

    `moved` says why it is not where the framework puts it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="phases")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    start = models.DateField()
    end = models.DateField()
    moved = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["start", "end", "pk"]
