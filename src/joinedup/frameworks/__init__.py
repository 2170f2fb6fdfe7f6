"""Every inspection framework as data: what it judges, how grades combine, whom it covers, what follows and by when.

One TOML file each in `files/`; `get_framework("sif-2013")` reads one, `framework_for("ilacs", day)` finds the version
under which an inspection was made. Only the files of the family asked for are opened. Whatever is read is checked,
each time: a wrong file is refused with its place and the remedy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from joinedup.frameworks.errors import FrameworkFileError, UnknownFrameworkError, UnknownJudgementError
from joinedup.frameworks.files import framework_ids, load_family, load_file
from joinedup.frameworks.live import (
    EVIDENCE_SOURCES,
    PHASES,
    Children,
    EvidenceSource,
    Phase,
    Sufficiency,
    SufficiencyKind,
    Team,
    VisitKey,
)
from joinedup.frameworks.model import (
    Criterion,
    FollowUp,
    Framework,
    Grade,
    Judgement,
    Outcome,
    Rule,
    Source,
    Step,
    Theme,
    Topic,
    Visit,
)
from joinedup.frameworks.rules import Departure, check_grades
from joinedup.frameworks.words import grade_from_words, judgement_for_heading, normalise, outcome_from_words

__all__ = [
    "EVIDENCE_SOURCES",
    "PHASES",
    "Children",
    "Criterion",
    "Departure",
    "EvidenceSource",
    "FollowUp",
    "Framework",
    "FrameworkFileError",
    "Grade",
    "Judgement",
    "Outcome",
    "Phase",
    "Rule",
    "Source",
    "Step",
    "Sufficiency",
    "SufficiencyKind",
    "Team",
    "Theme",
    "Topic",
    "UnknownFrameworkError",
    "UnknownJudgementError",
    "Visit",
    "VisitKey",
    "check_grades",
    "families",
    "framework_for",
    "frameworks",
    "get_framework",
    "grade_from_words",
    "judgement_for_heading",
    "load_file",
    "normalise",
    "outcome_from_words",
    "versions",
]


def families() -> tuple[str, ...]:
    """The families of frameworks ("ilacs", "sif", ...), by the alphabet, told from the file names alone."""
    return tuple(framework_ids())


def versions(family: str) -> tuple[Framework, ...]:
    """The versions of a family, oldest first; raises `UnknownFrameworkError` for a family that is not known."""
    known = framework_ids()
    if family not in known:
        raise UnknownFrameworkError(_not_known(f"family of frameworks called {family!r}", family, known))
    return load_family(family)


def frameworks() -> tuple[Framework, ...]:
    """Every framework by the day each began: those only proposed by the year that is their version, ours last."""
    every = [framework for family in families() for framework in load_family(family)]
    return tuple(sorted(every, key=_began))


def _began(one: Framework) -> tuple[dt.date, str]:
    if one.status == "ours":
        return dt.date.max, one.id
    return one.valid_from or dt.date(int(one.version), 12, 31), one.id


def get_framework(id_: str) -> Framework:
    """The framework with that id ("ilacs-2023"); raises `UnknownFrameworkError`."""
    known = framework_ids()
    for family, ids in known.items():
        if id_ in ids:
            return next(one for one in load_family(family) if one.id == id_)
    every = [one for ids in known.values() for one in ids]
    raise UnknownFrameworkError(_not_known(f"framework {id_!r}", id_, every))


def framework_for(family: str, on: dt.date) -> Framework:
    """The version of a family under which an inspection was made whose first day of fieldwork was `on`.

    Raises `UnknownFrameworkError` where the family is not known or no version was in force that day; a framework that
    was only proposed, or is ours, never answers.
    """
    every = versions(family)
    for framework in every:
        if framework.covers(on):
            return framework
    spans = ", ".join(f"{one.id} ({one.valid_from or 'never'} to {one.valid_to or 'now'})" for one in every)
    raise UnknownFrameworkError(f"no version of {family} was in force on {on}; there are {spans}")


def _not_known(what: str, asked: str, known: Iterable[str]) -> str:
    import difflib  # only when something went wrong: it is slow to import, and every command starts here

    names = list(known)
    near = difflib.get_close_matches(asked, names, n=3)
    return f"there is no {what}; " + (f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(names)}")
