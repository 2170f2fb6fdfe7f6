"""The live service as commands use it: set up, its tables made, its first person, its audit read through."""

from __future__ import annotations

import os
from dataclasses import dataclass

from joinedup.errors import JoinedupError, UsageError


class NoDatabaseError(JoinedupError):
    """The database does not answer."""


class NotMigratedError(JoinedupError):
    """The database has not the tables that this version needs."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody made known, and the path of the link by which they come in."""

    email: str
    name: str
    path: str


def set_up() -> None:
    """Set Django up over the live service's database. Raises UsageError where the environment does not name one."""
    if not os.environ.get("DATABASE_URL"):
        raise UsageError("set DATABASE_URL to the live service's database (see docs/how-to/run-the-live-service.md)")
    if not os.environ.get("JOINEDUP_SECRET_KEY"):
        raise UsageError("set JOINEDUP_SECRET_KEY to the same text that the service runs with: it signs links")
    os.environ["DJANGO_SETTINGS_MODULE"] = "joinedup.service.settings"
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise UsageError(str(error)) from error


def migrate() -> list[str]:
    """Bring the database's tables to this version; the names of the steps taken, none where there were none to take."""
    from django.core.management import call_command

    steps = waiting()
    call_command("migrate", interactive=False, verbosity=0)
    return steps


def waiting() -> list[str]:
    """The steps that the database still needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]


def require_migrated() -> None:
    """Raise NotMigratedError where steps are waiting."""
    if waiting():
        raise NotMigratedError("the database is not ready for this version: run joinedup service migrate")


def require_ready(address: str) -> None:
    """Raise NotMigratedError unless the database of that address is at this version; for a process of its own.

    Raises NoDatabaseError where it does not answer, and UsageError for settings that are wrong.
    """
    os.environ["DATABASE_URL"] = address
    set_up()
    from django.db import OperationalError

    try:
        require_migrated()
    except OperationalError as error:
        raise NoDatabaseError(f"the live service's database does not answer: {error}") from None


def add_service_administrator(email: str, name: str) -> Invitation:
    """Make somebody known who may make everybody else known. Raises UsageError for an address that cannot be."""
    from django.core.exceptions import ValidationError

    from joinedup.service.accounts.actions import first_service_administrator
    from joinedup.service.accounts.invitations import path_for

    require_migrated()
    try:
        person = first_service_administrator(by=None, email=email, name=name)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    return Invitation(person.email, person.name, path_for(person))


def run_due(address: str | None) -> dict[str, int]:
    """Do the scheduled work that is due now; how much of each kind. `address` is where the service is reached.

    Raises UsageError where e-mail is set up and no address is given: links would lead nowhere.
    """
    from dataclasses import asdict

    from django.conf import settings

    from joinedup.service.notifications.running import run_due as run
    from joinedup.service.publishing.bridge import complete_waiting

    require_migrated()
    if not address and settings.EMAIL_HOST_IS_SET:  # type: ignore[misc]  # set with the other live settings
        raise UsageError("say where the service is reached, for links in e-mails: --address or JOINEDUP_ADDRESS")
    if address and not address.startswith(("https://", "http://")):
        raise UsageError("the address must begin with https:// or http://")
    completed, _ = complete_waiting()  # why one could not be is in the log
    return {"published": completed, **asdict(run((address or "").rstrip("/")))}


def verify_audit(expected: str | None) -> tuple[int, str, list[tuple[int, str]]]:
    """Read the audit's chain through and keep what was found: rows, the last digest, and the faults by row."""
    from joinedup.service.audit.actions import keep_check
    from joinedup.service.audit.chain import verify

    require_migrated()
    found = verify(expected)
    keep_check(by=None, found=found)
    return found.rows, found.digest, [(fault.number, fault.what) for fault in found.faults]
