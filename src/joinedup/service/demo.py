"""The demonstration: a record of bundled facts and fictional reports, and a live service with a fictional world.

Both are prepared once and used again. A folder's name holds a digest of everything that its content is made of, so that
a newer program makes a new one. Making the record is idempotent, and the world is made whole or not at all: what was
interrupted is simply completed, and a mark is left when all is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from joinedup.errors import JoinedupError
from joinedup.record.location import cache_folder
from joinedup.service.apart import apart

READY = "ready"
RECORD_ROOMS = ("documents", "reading", "attribution", "record", "areas", "frameworks")
LIVE_ROOMS = ("service", "areas", "frameworks", "documents")


class DemoError(JoinedupError):
    """The demonstration's record could not be made."""


def demo_folder() -> Path:
    """Where demonstrations are kept: `joinedup/demo` in the user's cache folder."""
    return cache_folder() / "demo"


def prepare(folder: Path, *, say: Callable[[str], None]) -> Path:
    """The record with fictional reports in `folder`, made now or found from before. `say` is told what takes long.

    Raises DemoError where a specimen could not be read back, and what making or taking in the specimens raises.
    """
    place = folder / f"record-{_digest(RECORD_ROOMS)}"
    if not (place / READY).is_file():
        say("Making fictional reports and reading them into a record, the first time only ...")
        apart(make, place)
        (place / READY).touch()
        _forget_others(folder, place)
    return place / "record"


def prepare_live(folder: Path, *, record: Path | None, say: Callable[[str], None]) -> tuple[str, list[tuple[str, ...]]]:
    """A database with the fictional world in `folder`, made now or found from before, with what was done in it since.

    `record` is the demonstration's own, into which its published inspection goes; None where another is shown.

    Answers its address (DATABASE_URL) and whom one can sign in as: name, e-mail, roles, organisation.
    """
    place = folder / f"live-{_digest(LIVE_ROOMS)}"
    if not place.is_dir():
        say("Making a fictional area's agencies, people and inspections, the first time only ...")
    place.mkdir(parents=True, exist_ok=True)
    address = f"sqlite:///{(place / 'live.sqlite3').resolve().as_posix()}"
    people = apart(make_live, (address, str(record) if record else None))
    _forget_others(folder, place)
    return address, people


def make_live(given: tuple[str, str | None]) -> list[tuple[str, ...]]:
    """Make the fictional world in a database, and publish into a record what is to be; what is there stays as it is.

    `given`: the database's address and the record's place, if any. For a process of its own.
    """
    address, record = given
    os.environ["DJANGO_SETTINGS_MODULE"] = "joinedup.service.settings"
    os.environ.setdefault("JOINEDUP_SECRET_KEY", "only to make the demonstration; nothing is signed with it")
    os.environ.update(DATABASE_URL=address, JOINEDUP_DEMO="1")
    if record:
        os.environ["JOINEDUP_RECORD"] = record
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from joinedup.service.fictional import make_world, publish_world

    people = make_world()
    if record:
        publish_world()
    return [(each.name, each.email, each.roles, each.organisation) for each in people]


def make(place: Path) -> None:
    """Make the reports and take them in; what is there already stays as it is."""
    from joinedup.documents.specimens import make_specimens
    from joinedup.record import ingest

    summary = ingest(make_specimens(place / "reports"), place / "record", workers=1)
    if summary.refused:
        file, reason = summary.refused[0]
        raise DemoError(f"{len(summary.refused)} of our own specimens could not be read, {file} first: {reason}")


def _forget_others(folder: Path, place: Path) -> None:
    """Demonstrations of other versions of the program are of no use any more."""
    kind = place.name.partition("-")[0]
    for other in folder.iterdir():
        if other != place and other.is_dir() and other.name.partition("-")[0] in (kind, other.name):
            shutil.rmtree(other, ignore_errors=True)


def _digest(rooms: tuple[str, ...]) -> str:
    """A digest of the code that makes something: everything in those rooms."""
    digest = hashlib.sha256()
    for room in rooms:
        root = Path(str(files("joinedup") / room))
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
