"""Answers of `joinedup.analysis` put into the API's shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings

from joinedup.analysis.corrected import corrected, in_plain
from joinedup.areas import Area, UnknownAreaError, get_area
from joinedup.service.api.shapes import answering, counts, reports
from joinedup.service.api.shapes.common import Corrected
from joinedup.service.site.records import current_record, file_name

if TYPE_CHECKING:
    from joinedup.analysis import Demand as Demanded
    from joinedup.analysis import Move as Moved
    from joinedup.analysis import Reorganised, Visited
    from joinedup.analysis.accountability_facts import About
    from joinedup.analysis.whole_report import StatementRead
    from joinedup.record import Correction
    from joinedup.service.site.asked_links import Said, Thing


def place(slug: str) -> Area:
    """The area with that slug. Raises UnknownAreaError, also for a fictional one where they are switched off."""
    area = get_area(slug)
    if area.fictional and not settings.SHOW_FICTIONAL:
        raise UnknownAreaError("Fictional areas are switched off here.")
    return area


def shown(fictional: bool) -> bool:
    """Whether what is fictional is shown: where it was asked for and is not switched off."""
    return fictional and settings.SHOW_FICTIONAL


def brief(about: About) -> reports.ReportBrief:
    """A report in a list."""
    return reports.ReportBrief.model_validate(about.to_json() | {"file": file_name(about.file)})


def _stated(demand: Demanded) -> dict[str, Any]:
    return {
        "id": demand.id,
        "kind": demand.kind,
        "polarity": demand.polarity,
        "polarity_words": demand.polarity_words,
        "polarity_confidence": demand.polarity_confidence,
        "section": demand.section,
        "lead_in": demand.lead_in,
        "number": demand.number,
        "page": demand.page,
        "text": demand.text,
        "themes": themes(demand.themes),
        "responsible": list(demand.responsible),
        "corrections": righted_of(demand.id),
        "report": brief(demand.report),
    }


def statement(demand: Demanded) -> reports.Statement:
    """A statement with whom it holds responsible."""
    agencies = [
        reports.ToldAgency(agency=one.agency, words=one.words, confidence=one.confidence) for one in demand.agencies
    ]
    return reports.Statement(**_stated(demand), agencies=agencies)


def demand(found: Demanded) -> answering.Demand:
    """A statement with those who answer for it."""
    return answering.Demand(
        **_stated(found), agencies=[answering.HeldAgency.model_validate(one.to_json()) for one in found.agencies]
    )


def themes(told: Any) -> list[reports.ToldTheme]:
    """The themes that a statement was told to be about."""
    return [reports.ToldTheme(theme=one.key, words=one.words, confidence=one.confidence) for one in told]


def righted(given: Iterable[Correction]) -> list[Corrected]:
    """What was corrected: what was read, what is right, when and why. Who says so is not given out."""
    return [Corrected.model_validate(one) for one in in_plain(given)]


def righted_of(statement: str) -> list[Corrected]:
    """What was corrected of one statement (its id)."""
    return righted(corrected(current_record()).by_statement.get(statement, ()))


def correction(given: Correction, about: About) -> reports.Correction:
    """One correction with its report."""
    [told] = in_plain([given])
    return reports.Correction(
        **told,
        id=given.id,
        report=brief(about),
        page=given.page,
        statements=list(given.statements),
        later=list(given.later),
        standing=given.standing,
    )


def asked_again(fate: str, thing: Thing) -> answering.AskedAgain:
    """One thing that was asked for, and what became of it."""
    said = corrected(current_record()).of_links.get(thing.asked.id, ())
    return answering.AskedAgain(
        fate=fate,
        asked=_worded(thing.asked),
        later=[
            answering.Later(
                relation=link.relation,
                how_sure=link.how_sure,
                sure=link.sure,
                words=link.words,
                shared=list(link.shared),
                wording=_worded(link.later),
            )
            for link in thing.links
        ],
        said=[answering.SaidSame.model_validate(one) for one in in_plain(said)],
    )


def _worded(said: Said) -> answering.Worded:
    return answering.Worded(
        id=said.id,
        report=said.report,
        framework=said.framework,
        day=said.day,
        page=said.page,
        lead_in=said.lead_in,
        text=said.text,
        corrections=righted_of(said.id),
    )


def placed(found: StatementRead) -> dict[str, Any]:
    """The fields of a statement with its place on the page."""
    return {
        "id": found.id,
        "kind": found.kind,
        "polarity": found.polarity,
        "polarity_words": found.polarity_words,
        "polarity_confidence": found.polarity_confidence,
        "section": found.section,
        "lead_in": found.lead_in,
        "number": found.number,
        "page": found.page,
        "text": found.text,
        "themes": themes(found.themes),
        "responsible": list(found.responsible),
        "corrections": righted_of(found.id),
        "agencies": [
            reports.ToldAgency(agency=one.key, words=one.words, confidence=one.confidence) for one in found.agencies
        ],
        "boxes": [reports.Box(**box._asdict()) for box in found.boxes],
    }


def move(found: Moved) -> counts.Move:
    """One area that moved."""
    return counts.Move.model_validate(found.to_json() | {"slug": found.area})


def move_corrected(found: Moved) -> counts.MoveCorrected:
    """What was corrected of one area's grades."""
    return counts.MoveCorrected.model_validate(found.corrections() | {"slug": found.area})


def reorganised(found: Reorganised) -> counts.Reorganised:
    """An area that ended."""
    return counts.Reorganised.model_validate(
        found.to_json() | {"slug": found.area, "successors": [move(one) for one in found.successors]}
    )


def inspection(found: Visited) -> counts.Inspection:
    """One inspection or visit."""
    area = get_area(found.area)
    return counts.Inspection.model_validate(found.to_json() | {"area_name": area.name, "fictional": area.fictional})
