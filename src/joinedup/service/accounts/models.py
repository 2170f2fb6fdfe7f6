"""Organisations, people, and the roles that people hold."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from joinedup.service.accounts.permissions import Role
from joinedup.service.versioned import Versioned


class OrganisationKind(models.TextChoices):
    """What an organisation is to an inspection."""

    INSPECTORATE = "inspectorate", "Inspectorate"
    AGENCY = "agency", "Agency"
    PARTNERSHIP = "partnership", "Safeguarding partnership"
    OMBUDSMAN = "ombudsman", "Ombudsman"
    ADVISER = "adviser", "Adviser"
    OPERATOR = "operator", "Runs this service"


class Organisation(Versioned):
    """An inspectorate, an agency in its areas, or another body whose people use the service.

    `key` is the inspectorate's key, or the agency's (`joinedup.areas`); empty for the other kinds. `areas` are slugs
    of the areas that an agency serves. `sign_in` is the id of the organisation's own OpenID Connect provider, where
    it has one: its people then sign in there and nowhere else.
    """

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, unique=True)
    areas = models.JSONField(default=list, blank=True)
    sign_in = models.CharField(max_length=100, blank=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """How people are looked up."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of an e-mail address, however it is written."""
        return self.get(email=(username or "").strip().casefold())

    def managed_by(self, manager: Person) -> models.QuerySet[Person]:
        """The people whom somebody looks after: everybody's, their own organisation's, or nobody."""
        from joinedup.service.accounts.can import roles_held

        held = roles_held(manager)
        if Role.SERVICE_ADMINISTRATOR in held:
            return self.all()
        return self.filter(organisation=manager.organisation_id) if Role.ADMINISTRATOR in held else self.none()


class Person(AbstractBaseUser, Versioned):
    """Somebody who may sign in. The e-mail address is kept in lower case.

    A fictional person can sign in to a demonstration and nowhere else.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    fictional = models.BooleanField(default=False)
    joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[People] = People()

    class Meta:
        ordering: ClassVar = ["name", "email"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Bring the e-mail address into its one form."""
        self.email = self.email.strip().casefold()

    def get_full_name(self) -> str:
        """The name; libraries ask for it so."""
        return self.name

    get_short_name = get_full_name

    def save(self, *args: Any, **given: Any) -> None:
        """Keep the e-mail address in its one form."""
        self.clean()
        super().save(*args, **given)


class RoleHeld(Versioned):
    """A role that a person holds, from a day until (not on) another; `end` empty while it lasts.

    Being an inspector here means that somebody may be put in a team; what they may do in an inspection comes from the
    team alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role.choices)
    post = models.CharField(max_length=60, blank=True, help_text="For a post-holder: the post's key")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "post"], condition=models.Q(end=None), name="role_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {Role(self.role).label}"

    def holds(self, on: dt.date) -> bool:
        """Whether the role is held on a day."""
        return self.start <= on and (self.end is None or on < self.end)


def held_now() -> models.Q:
    """The roles that are held today."""
    today = timezone.localdate()
    return models.Q(start__lte=today) & (models.Q(end=None) | models.Q(end__gt=today))


def without_role(people: models.QuerySet[Person]) -> models.QuerySet[Person]:
    """Those of the people who hold no role today."""
    return people.exclude(models.Exists(RoleHeld.objects.filter(held_now(), person=models.OuterRef("pk"))))


def invited(people: models.QuerySet[Person]) -> models.QuerySet[Person]:
    """Those of the people who were invited and have never come in."""
    return people.filter(last_login=None, fictional=False)


class Attempt(models.Model):
    """One attempt to sign in, or to use a code: a keyed digest of what it was about, and when."""

    about = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about", "at"], name="attempts_about"),
            models.Index(fields=["at"], name="attempts_at"),
        ]


from joinedup.service.accounts.desk import Draft, Presence, Sent  # noqa: E402, F401 Django finds models here
