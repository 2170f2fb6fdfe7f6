"""Makes one specimen: any family and visit, of any year in which it was inspected, from a seed."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from joinedup.documents.errors import SpecimenError
from joinedup.documents.specimens import early, ilacs, jtai, letters, send, sif
from joinedup.documents.specimens.cast import SLUGS, cast_of
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.grades import GRADES
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import dates_from, fieldwork, span_of
from joinedup.documents.specimens.writer import Writer


@dataclass(frozen=True, slots=True)
class Specimen:
    """A fictional report: the PDF, what is true of it (as `joinedup read` prints it) and its name without an ending."""

    pdf: bytes
    truth: dict[str, Any]
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a story wants of a specimen beyond its family.

    Where, from which Monday on, how it went, what is asked first, when a council was judged inadequate and what a
    visit looked at (one of letters.THEMES).
    """

    area: str | None = None
    start: dt.date | None = None
    grade: str | None = None
    outcome: str | None = None
    asked: tuple[str, ...] = ()
    judged: dt.date | None = None
    theme: str | None = None


_STYLES: dict[str, Style] = {
    "slac": early.STYLE,
    "cpi": early.STYLE,
    "tlac": early.STYLE,
    "sif": sif.STYLE,
    "ilacs": ilacs.STYLE,
    "area-send": send.STYLE,
}


def usual_visit(family: str, visit: str | None) -> str | None:
    """An ILACS inspection is standard where nothing else is said; other families need no word."""
    return "standard" if family == "ilacs" and visit is None else visit


def make_specimen(family: str, *, visit: str | None = None, seed: int, year: int, wish: Wish | None = None) -> Specimen:
    """A fictional report of a family, as it would have been published; the same arguments give the same bytes.

    `year` is that of the fieldwork. Raises SpecimenError for a family, visit, year or grade that there is none of.
    """
    wish = wish or Wish()
    visit = usual_visit(family, visit)
    span_of(family, visit)
    if wish.grade is not None and wish.grade not in GRADES:
        raise SpecimenError(f"“{wish.grade}” is no grade; there are: {', '.join(GRADES)}")
    rng = random.Random(f"{family}/{visit}/{seed}/{year}")  # noqa: S311 - variety, not secrecy
    if wish.start:
        start, end, published = dates_from(family, visit, wish.start, rng)
    else:
        start, end, published = fieldwork(family, visit, year, rng)
    cast = cast_of(wish.area or rng.choice(SLUGS), start)
    style = _style(family, visit, start)
    draft = Draft(family, visit, cast, "", start, end, published, style, shorten=rng.random() < 0.7)
    _write(draft, Writer(cast, rng, wish.asked), rng, wish)
    name = "-".join(filter(None, (cast.area.slug, family, visit, published.isoformat())))
    pdf, truth = draft.finish(name)
    return Specimen(pdf, truth, name)


def _style(family: str, visit: str | None, start: dt.date) -> Style:
    if visit in ("focused", "monitoring"):
        return letters.STYLE
    if family == "jtai":
        return jtai.OLD_STYLE if start < jtai.NEW_LETTER else jtai.NEW_STYLE
    return _STYLES[family]


def _write(draft: Draft, writer: Writer, rng: random.Random, wish: Wish) -> None:
    match draft.family, draft.visit:
        case "ilacs", "focused":
            letters.write_focused(draft, writer, wish.theme)
        case "ilacs", "monitoring":
            letters.write_monitoring(draft, writer, wish.theme, judged=wish.judged)
        case "ilacs", _:
            ilacs.write(draft, writer, ilacs.draw_grades(draft.start, rng, wish.grade))
        case "sif", _:
            sif.write(draft, writer, sif.draw_grades(rng, wish.grade))
        case "jtai", _:
            jtai.write(draft, writer)
        case "area-send", _:
            send.write(draft, writer, wish.outcome)
        case family, _:
            early.write(draft, writer, early.draw_grades(family, rng, wish.grade))
