"""Publishing and correcting, in two steps: the database says what is to be published, then that the record holds it.

Between them the public record takes the file in (`publishing.bridge`), which it does once however often it is asked.
So nothing is published by half: killed anywhere, the next run goes on from what the database says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.base import ContentFile
from django.utils import timezone

from joinedup.documents.errors import ContentError, TooLongError
from joinedup.documents.inspection import Document, childrens_summary, public_summary, published_report, to_pdf
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, StaleError, ValidationError, action, change, create, open_action
from joinedup.service.inspections import files
from joinedup.service.inspections.actions.stages import InTheWayError, Obstacle, guard, in_the_way
from joinedup.service.inspections.content import digest_of, inspectorates
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stages import LIFE
from joinedup.service.publishing.filling import from_inspection, texts_left_out
from joinedup.service.publishing.models import Publication
from joinedup.service.publishing.texts import texts_of

BEING_PUBLISHED = "A version is being published. Wait until the public record holds it."


@guard("publish")
def before_publishing(inspection: Inspection) -> Iterable[Obstacle]:
    """What is in the way beside words that nobody decided on (`disclosure.py`): another text than was signed."""
    digest = digest_of(inspection)
    signed = set(inspection.signatures.filter(digest=digest).values_list("organisation_id", flat=True))
    for key, name in inspectorates(inspection).items():
        if key not in signed:
            yield Obstacle(f"{name} has not signed this text.", "signing")


@guard("call_off")
def before_calling_off(inspection: Inspection) -> Iterable[Obstacle]:
    """What is in the way of calling off: a report on its way into the public record, which may hold it by now."""
    if inspection.publications.exists():
        yield Obstacle(BEING_PUBLISHED, "publishing")


@action(Permission.PUBLISH)
def begin_publication(*, by: Person, inspection: Inspection) -> Publication:
    """Make version 1 from what was signed, keep its files, and say that it is to be put into the public record.

    Raises RefusedError where the stage does not allow it or it has begun already; InTheWayError where something must
    be put right first.
    """
    LIFE.row(inspection.stage, "publish")
    if inspection.publications.exists():
        raise RefusedError(BEING_PUBLISHED)
    obstacles = in_the_way(inspection, "publish")
    if obstacles:
        raise InTheWayError(obstacles)
    return _begun(by, inspection, [], Publication(number=1, texts=texts_left_out(inspection)))


@action(Permission.PUBLISH)
def begin_correction(
    *,
    by: Person,
    inspection: Inspection,
    seen: int,
    texts: Mapping[str, str],
    changed: str,
    why: str,
    confirmed: str = "",
) -> Publication:
    """Make the next version: `texts` holds new words by the name of the text (`texts.py`). All earlier ones are kept.

    `seen` is the number of the version that the person had before them. Raises StaleError where that is not the last,
    RefusedError where a version is being published, ValidationError by field, DisclosureError for words that could
    identify a child.
    """
    versions = list(inspection.publications.all())
    if not versions:
        raise RefusedError("Nothing is published yet that could be corrected.")
    if versions[-1].state != "published":
        raise RefusedError(BEING_PUBLISHED)
    if versions[-1].number != seen:
        raise StaleError(versions[-1])
    for name, words, problem in (("changed", changed, "Say what changed"), ("why", why, "Say why it changed")):
        if not words.strip():
            raise ValidationError({name: problem})
    now = {each.name: each.words for each in texts_of(from_inspection(inspection, versions))}
    unknown = texts.keys() - now.keys()
    if unknown:
        raise ValidationError({"__all__": f"The report has no such text: {', '.join(sorted(unknown))}"})
    new = {name: words.strip() for name, words in texts.items() if words.strip() != now[name].strip()}
    if not new:
        raise ValidationError({"__all__": "Nothing was changed"})
    marks = require_may_leave(
        inspection,
        ((name.partition(".")[0], words) for name, words in {**new, "changed": changed, "why": why}.items()),
        confirmed,
        known=set(inspection.disclosure_decisions.filter(outcome="stays").values_list("key", flat=True)),
    )
    begun = _begun(
        by,
        inspection,
        versions,
        Publication(number=seen + 1, texts=new, changed=changed.strip(), why=why.strip()),
    )
    note_identifies_no_child(begun, marks)
    return begun


@open_action("only ends what somebody with the permission to publish has begun", on="inspection")
def end_publication(*, by: Person | None, inspection: Inspection, publication: Publication) -> Publication:
    """The public record holds the version: it is published, and with the first one the inspection is."""
    publication = inspection.publications.get(pk=publication.pk)
    if publication.state == "published":
        return publication
    if publication.number == 1:
        change(inspection, stage=LIFE.row(inspection.stage, "publish").then)
    return change(publication, state="published")


def _begun(by: Person, inspection: Inspection, earlier: Sequence[Publication], made: Publication) -> Publication:
    """Make the version's files, keep them by their hashes, and write it down as being published."""
    now = timezone.now()
    made.published_on = timezone.localdate(now)
    try:
        report = from_inspection(inspection, [*earlier, made])
        documents = [published_report(report), public_summary(report), childrens_summary(report)]
    except (ContentError, TooLongError) as error:
        raise RefusedError(f"The report cannot be made: {error}.") from error
    whole, summary, children = (_kept(inspection, each) for each in documents)
    return create(
        Publication,
        inspection=inspection,
        number=made.number,
        published_on=made.published_on,
        sha256=whole,
        summary_sha256=summary,
        children_sha256=children,
        changed=made.changed,
        why=made.why,
        texts=made.texts,
        by=by,
        at=now,
    )


def _kept(inspection: Inspection, document: Document) -> str:
    return files.keep(ContentFile(to_pdf(document), name=f"{inspection.reference}.pdf")).sha256
