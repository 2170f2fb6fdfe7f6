"""The bridge to the public record: what the database says is to be published, the record takes in.

The record knows a file by its SHA-256 and takes it in once, so the step between the database's two can be done again
whenever it is not known to be done: by whoever published, by the scheduled run, by two of them at the same time.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from joinedup.errors import JoinedupError
from joinedup.record import ingest
from joinedup.service.inspections import files
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.actions import end_publication
from joinedup.service.publishing.models import Publication
from joinedup.service.site.records import look_again

_log = logging.getLogger("joinedup.publishing")


class NotTakenInError(JoinedupError):
    """The public record did not take a report in; the message says why."""


def finish(begun: Publication) -> Publication:
    """Put a version that was just begun into the record.

    Answers with it `published`, or still `publishing` where the record could not be written now; the next run goes on.
    """
    try:
        return complete(begun)
    except JoinedupError as error:
        _log.warning("version %s of %s waits: %s", begun.number, begun.inspection.reference, error)
        return begun


def complete(publication: Publication) -> Publication:
    """Put a version into the record and say that it is there. Raises JoinedupError where the record cannot take it."""
    put_into_record(publication)
    ended = end_publication(by=None, inspection=publication.inspection, publication=publication)
    look_again()
    return ended


def complete_waiting() -> tuple[int, list[str]]:
    """Complete whatever is being published: how many were, and why others could not be."""
    done, problems = 0, []
    for each in Publication.objects.filter(state="publishing").select_related("inspection").order_by("pk"):
        try:
            complete(each)
            done += 1
        except JoinedupError as error:
            problems.append(f"{each.inspection.reference}, version {each.number}: {error}")
            _log.warning("version %s of %s waits: %s", each.number, each.inspection.reference, error)
    return done, problems


def put_into_record(publication: Publication) -> None:
    """Have the record take the version's PDF in; nothing where it holds it. Raises NotTakenInError."""
    if settings.AS_OF:
        raise NotTakenInError("this service shows the record as it stood on a day and adds nothing to it")
    summary = ingest([_named(publication)], settings.RECORD, workers=1)
    if summary.refused:
        raise NotTakenInError(summary.refused[0][1])


def _named(publication: Publication) -> Path:
    """The PDF under a name that tells what it is, beside the files that are kept by hash."""
    inspection: Inspection = publication.inspection
    place = Path(settings.FILES) / "published" / f"{inspection.reference}-version-{publication.number}.pdf"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        with files.open(publication.sha256) as kept, NamedTemporaryFile(dir=place.parent, delete=False) as beside:
            beside.write(kept.read())
            beside.flush()
            os.fsync(beside.fileno())
        Path(beside.name).replace(place)
    return place
