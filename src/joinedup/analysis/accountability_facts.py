"""The statements that reports make, each with whom it holds responsible and what it is about: the facts behind the
questions of who must improve what.

Two tiers, because a page must not wait for the query planner. What is counted and filtered by (a statement's report,
kind, praise or concern, agencies, themes) is asked for once a record and kind and remembered; it holds no words. The
words of a kind are remembered likewise while there are few enough of them; beyond that they are fetched for the
statements of one page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from joinedup.analysis.corrected import corrected
from joinedup.analysis.remembering import once
from joinedup.record.choices import KIND_TITLES, POLARITY_TITLES
from joinedup.record.schema import POLARITY_TOLD

if TYPE_CHECKING:
    from joinedup.record import Record, Steps

KINDS = tuple(KIND_TITLES)
ASKED = ("priority_action", "improvement")
"""The kinds of statement that ask somebody for something."""

HELD = 40_000
"""Of how many statements of a kind the words are remembered: some 40 megabytes. A record of every report on England's
councils since 2009 holds about that many improvements; of paragraphs it holds more, and those are fetched."""

POLARITIES = tuple(POLARITY_TITLES)

_REPORTS = """
    SELECT sha256, file, area, framework, visit, theme, start_date, end_date, published, fictional,
        reference, version, replaced
    FROM reports ORDER BY sha256
"""

_AGENCIES = """
    SELECT finding, list(agency ORDER BY agency) AS agencies,
        list({agency: agency, words: words, confidence: confidence} ORDER BY agency) AS told,
        max(coalesce(confidence, 1)) AS sure, product(coalesce(confidence, 1)) AS sure_of_all
    FROM responsibilities WHERE finding IN (SELECT id FROM chosen) GROUP BY finding
"""

_THEMES = """
    SELECT finding, list(theme ORDER BY theme) AS themes,
        list({theme: theme, words: words, confidence: confidence} ORDER BY theme) AS told
    FROM themes WHERE finding IN (SELECT id FROM chosen) GROUP BY finding
"""

_FACTS = f"""
    SELECT f.id, f.report, f.ordinal, {POLARITY_TOLD} AS polarity, a.agencies, coalesce(a.sure, 0) AS sure,
        coalesce(a.sure_of_all, 1) AS sure_of_all, t.themes
    FROM chosen AS f
    LEFT JOIN agencies_of AS a ON a.finding = f.id
    LEFT JOIN themes_of AS t ON t.finding = f.id
    ORDER BY f.report, f.ordinal
"""  # noqa: S608 constants of this module alone

_WORDS = """
    SELECT f.id, f.section, f.lead_in, f.number, f.page, f.text, f.polarity_words, f.polarity_confidence, f.responsible,
        a.told AS agencies, t.told AS themes
    FROM chosen AS f
    LEFT JOIN agencies_of AS a ON a.finding = f.id
    LEFT JOIN themes_of AS t ON t.finding = f.id
"""

_OF_KIND = "SELECT * EXCLUDE (boxes) FROM findings WHERE kind = $kind"
_HOLDING = "SELECT id FROM findings WHERE kind = $kind AND contains(lower(text), $text)"
_OF_IDS = "SELECT * EXCLUDE (boxes) FROM findings WHERE list_contains($ids, id)"

_ADDRESSEES = "SELECT report, name, role, organisation, agency FROM addressees ORDER BY report, ordinal"


@dataclass(frozen=True, slots=True)
class About:
    """The report that a statement stands in. `cycle` is the framework's version by the first day of fieldwork.

    A report published by a service like this one has its inspection's `reference` and its own `version`; `replaced` is
    the day on which a corrected version took its place.
    """

    sha256: str
    file: str
    area: str | None
    framework: str | None
    visit: str | None
    theme: str | None
    start: dt.date | None
    end: dt.date | None
    published: dt.date | None
    fictional: bool
    cycle: str | None
    reference: str | None = None
    version: int | None = None
    replaced: dt.date | None = None

    def stands(self, on: dt.date | None = None) -> bool:
        """Whether no corrected version had taken its place by the end of a day; None: whether none has at all."""
        return self.replaced is None or (on is not None and on < self.replaced)

    @property
    def day(self) -> dt.date | None:
        """The day from which it could be read: its publication, or the nearest day that it prints."""
        return self.published or self.end or self.start

    @property
    def area_name(self) -> str | None:
        """The area's name; None where the report's area could not be told."""
        from joinedup.areas import get_area

        return get_area(self.area).name if self.area else None

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "sha256": self.sha256,
            "file": self.file,
            "area": self.area,
            "area_name": self.area_name,
            "framework": self.framework,
            "cycle": self.cycle,
            "visit": self.visit,
            "theme": self.theme,
            "inspection": {
                "start": self.start.isoformat() if self.start else None,
                "end": self.end.isoformat() if self.end else None,
            },
            "published": self.published.isoformat() if self.published else None,
            "fictional": self.fictional,
            "reference": self.reference,
            "version": self.version,
            "replaced": self.replaced.isoformat() if self.replaced else None,
        }


class Fact(NamedTuple):
    """One statement without its words. `polarity` is None where neither its list nor anybody's reading tells it.

    `sure` is how sure the surest of its agencies is (0 to 1): 0 where it has none, 1 where a person gave or confirmed
    it. `sure_of_all` is how likely all of them are right, the product of how sure each is: 1 where it has none.
    """

    id: str
    about: About
    ordinal: int
    kind: str
    polarity: str | None
    agencies: tuple[str, ...]
    themes: tuple[str, ...]
    sure: float
    sure_of_all: float


class Told(NamedTuple):
    """That a statement holds an agency responsible, or is about a theme: the words that decided it (None where only a
    person says so) and how sure (None where a person corrected or confirmed it)."""

    key: str
    words: str | None
    confidence: float | None


class Words(NamedTuple):
    """One statement's words and what was read from them."""

    section: str | None
    lead_in: str | None
    number: str | None
    page: int
    text: str
    polarity_words: str | None
    polarity_confidence: float | None
    responsible: tuple[str, ...]
    agencies: tuple[Told, ...]
    themes: tuple[Told, ...]


def abouts(record: Record) -> Mapping[str, About]:
    """Every report of the record by its sha256."""
    from joinedup.record import Steps

    def ask() -> dict[str, About]:
        return {row["sha256"]: _about(row) for row in record.ask(Steps().step("read", _REPORTS)).rows}

    return once(record, "abouts", ask)


def versions(record: Record, about: About) -> list[About]:
    """Every version of a report that was corrected and published again, first to last; itself alone otherwise."""
    if about.reference is None:
        return [about]
    same = (about.area, about.framework, about.reference)
    found = [one for one in abouts(record).values() if (one.area, one.framework, one.reference) == same]
    return sorted(found, key=lambda one: (one.version or 0, one.published or dt.date.min))


def facts(record: Record, kind: str) -> Mapping[str, tuple[Fact, ...]]:
    """The statements of a kind by their report's sha256, in its order."""
    return once(record, ("facts", kind), lambda: _facts_of(record, kind))


def words(record: Record, chosen: Sequence[Fact]) -> dict[str, Words]:
    """The words of some statements by their id."""
    found: dict[str, Words] = {}
    for kind in {fact.kind for fact in chosen}:
        ids = [fact.id for fact in chosen if fact.kind == kind]
        known = _words_of(record, kind)
        if known is not None:
            found.update((each, known[each]) for each in ids)
        else:
            found.update(_fetched(record, _OF_IDS, ids=ids))
    return found


def saying(record: Record, chosen: Sequence[Fact], text: str) -> list[Fact]:
    """Those of some statements that hold a text, whatever its case."""
    from joinedup.record import Steps

    sought = text.lower()
    holding: set[str] = set()
    for kind in {fact.kind for fact in chosen}:
        known = _words_of(record, kind)
        if known is not None:
            holding |= {f.id for f in chosen if f.kind == kind and sought in known[f.id].text.lower()}
        else:
            steps = Steps().step("holding", _HOLDING)
            holding |= {row["id"] for row in record.ask(steps, kind=kind, text=sought).rows}
    return [fact for fact in chosen if fact.id in holding]


def addressees(record: Record) -> Mapping[str, list[dict[str, Any]]]:
    """The people to whom each report is addressed or whom it names as leaders, by its sha256, in its order."""
    from joinedup.record import Steps

    def ask() -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in record.ask(Steps().step("addressed", _ADDRESSEES)).rows:
            found.setdefault(row["report"], []).append(row)
        return found

    return once(record, "addressees", ask)


def corrected_fields(record: Record) -> Mapping[str, tuple[str, ...]]:
    """Of each statement that a person has corrected (its id), the fields that were, as they stand."""

    def ask() -> dict[str, tuple[str, ...]]:
        found = corrected(record).by_statement
        return {statement: tuple(one.field for one in given) for statement, given in found.items()}

    return once(record, "corrected fields", ask)


def _facts_of(record: Record, kind: str) -> dict[str, tuple[Fact, ...]]:
    known = abouts(record)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in record.ask(_steps(_OF_KIND, _FACTS), kind=kind).rows:
        agencies, themes = tuple(row["agencies"] or ()), tuple(row["themes"] or ())
        agencies, themes = same.setdefault(agencies, agencies), same.setdefault(themes, themes)
        report = row["report"]
        told = (row["id"], known[report], row["ordinal"], kind, row["polarity"])
        found[report].append(Fact(*told, agencies, themes, row["sure"], row["sure_of_all"]))
    return {report: tuple(every) for report, every in found.items()}


def _words_of(record: Record, kind: str) -> dict[str, Words] | None:
    """The words of every statement of a kind by its id; None where there are too many to hold."""
    if sum(map(len, facts(record, kind).values())) > HELD:
        return None
    return once(record, ("words", kind), lambda: _fetched(record, _OF_KIND, kind=kind))


def _fetched(record: Record, chosen: str, **values: Any) -> dict[str, Words]:
    return {row["id"]: _words(row) for row in record.ask(_steps(chosen, _WORDS), **values).rows}


def _steps(chosen: str, answer: str) -> Steps:
    from joinedup.record import Steps

    stem = Steps().step("chosen", chosen).step("agencies_of", _AGENCIES).step("themes_of", _THEMES)
    return stem.step("stated", answer)


def _words(row: Mapping[str, Any]) -> Words:
    return Words(
        section=row["section"],
        lead_in=row["lead_in"],
        number=row["number"],
        page=row["page"],
        text=row["text"],
        polarity_words=row["polarity_words"],
        polarity_confidence=row["polarity_confidence"],
        responsible=tuple(row["responsible"] or ()),
        agencies=tuple(Told(one["agency"], one["words"], one["confidence"]) for one in row["agencies"] or ()),
        themes=tuple(Told(one["theme"], one["words"], one["confidence"]) for one in row["themes"] or ()),
    )


def _about(row: Mapping[str, Any]) -> About:
    began = row["start_date"] or row["published"] or row["end_date"]
    return About(
        sha256=row["sha256"],
        file=row["file"],
        area=row["area"],
        framework=row["framework"],
        visit=row["visit"],
        theme=row["theme"],
        start=row["start_date"],
        end=row["end_date"],
        published=row["published"],
        fictional=row["fictional"],
        cycle=_cycle(row["framework"], began),
        reference=row["reference"],
        version=row["version"],
        replaced=row["replaced"],
    )


def _cycle(family: str | None, began: dt.date | None) -> str | None:
    """The id of the family's version in force on a day; before the first began, the first."""
    from joinedup import frameworks

    if family is None or began is None or family not in frameworks.families():
        return None
    ran = [(one.valid_from, one.id) for one in frameworks.versions(family) if one.valid_from is not None]
    return next((key for since, key in reversed(ran) if since <= began), ran[0][1] if ran else None)
