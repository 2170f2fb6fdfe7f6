"""What types cannot say: that the parts of a framework fit together, and the versions of a family too.

Each check names the first thing it finds wrong by its place in the file and says what to do about it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from joinedup.frameworks.errors import WrongValueError
from joinedup.frameworks.live_checks import check_live
from joinedup.frameworks.model import Clause, Framework, Rule
from joinedup.frameworks.words import normalise

AGENCIES = (
    "local_authority", "education", "health", "police", "probation", "youth_justice", "courts", "housing",
    "voluntary", "partnership",
)  # fmt: skip
INSPECTORATES = ("ofsted", "cqc", "hmicfrs", "hmi_probation", "hmi_prisons", "hmcpsi")
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_WITHOUT_URL = ("observed", "memory", "ours")
_KEYED = (
    "grades", "judgements", "outcomes", "criteria", "agencies", "inspectorates", "timetable", "rules", "follow_up",
    "themes", "topics", "sources", "visits", "sufficiency",
)  # fmt: skip
_SOURCED = (*(table for table in _KEYED if table != "sources"), "notes")

Path = tuple[str | int, ...]


def check(framework: Framework) -> None:
    """Raises `WrongValueError` for the first thing in the framework that does not fit."""
    _head(framework)
    _keys(framework)
    _sources(framework)
    _bodies(framework)
    _grades(framework)
    _judgements(framework)
    _printed(framework)
    for i, rule in enumerate(framework.rules):
        _rule(framework, rule, ("rules", i))
    _steps(framework)
    _follow_ups(framework)
    _themes(framework)
    check_live(framework)


def check_family(versions: Sequence[Framework]) -> tuple[str, str] | None:
    """The id of the version that overlaps the one before, or leaves a gap, with the remedy; None where all is well."""
    run = [version for version in versions if version.valid_from is not None]
    for earlier, later in pairwise(run):
        if earlier.valid_to is None:
            return earlier.id, f"valid_to is missing, though {later.id} follows; add it"
        due = earlier.valid_to + dt.timedelta(days=1)
        if later.valid_from != due:
            return later.id, f"valid_from is {later.valid_from}; it must be {due}, the day after {earlier.id} ends"
    return None


def _head(framework: Framework) -> None:
    if not framework.version.isdigit():
        raise WrongValueError(("version",), f"is {framework.version!r}; it must be a number, such as '2018'")
    ids = (framework.family, f"{framework.family}-{framework.version}")
    if framework.id not in ids:
        raise WrongValueError(("id",), f"is {framework.id!r}; it must be {' or '.join(map(repr, ids))}")
    begin, end = framework.valid_from, framework.valid_to
    match framework.status:
        case "proposed" | "ours" if begin or end:
            raise WrongValueError(("status",), f"is {framework.status!r}, so valid_from and valid_to must be left out")
        case "ended" if not (begin and end):
            raise WrongValueError(("status",), "is 'ended', so valid_from and valid_to must both be given")
        case "in force" if not begin or end:
            raise WrongValueError(("status",), "is 'in force', so valid_from must be given and valid_to left out")
    if begin and end and end < begin:
        raise WrongValueError(("valid_to",), f"is {end}, before valid_from ({begin}); put the dates in order")


def _keys(framework: Framework) -> None:
    for table in _KEYED:
        seen: set[tuple[str, object]] = set()
        for i, row in enumerate(getattr(framework, table)):
            if not _KEY.fullmatch(row.key):
                raise WrongValueError((table, i, "key"), f"is {row.key!r}; use lower-case words joined by underscores")
            # A phase of the timetable may have another length for each kind of visit.
            mark = (row.key, getattr(row, "visit", None) if table == "timetable" else None)
            if mark in seen:
                raise WrongValueError((table, i, "key"), f"is {row.key!r}, which stands above already; rename one")
            seen.add(mark)


def _sources(framework: Framework) -> None:
    for i, source in enumerate(framework.sources):
        if source.url is None and source.confidence not in _WITHOUT_URL:
            raise WrongValueError(("sources", i), f"is {source.confidence!r} and has no url; add it")
    known = [source.key for source in framework.sources]
    for path, keys in _cited(framework):
        if not keys:
            raise WrongValueError(path, "is empty; every fact names where it comes from")
        _all_known(path, keys, known, "a key of [[sources]]")
    cited = {key for _, keys in _cited(framework) for key in keys}
    for i, key in enumerate(known):
        if key not in cited:
            raise WrongValueError(("sources", i, "key"), f"is {key!r}, which no fact names; use it or remove it")


def _cited(framework: Framework) -> Iterable[tuple[Path, tuple[str, ...]]]:
    yield ("based_on",), framework.based_on
    yield ("notice", "sources"), framework.notice.sources
    if framework.team is not None:
        yield ("team", "sources"), framework.team.sources
    if framework.children is not None:
        yield ("children", "sources"), framework.children.sources
    for table in _SOURCED:
        for i, row in enumerate(getattr(framework, table)):
            yield (table, i, "sources"), row.sources
    for i, rule in enumerate(framework.rules):
        for j, evidence in enumerate(rule.evidence):
            yield ("rules", i, "evidence", j, "sources"), evidence.sources


def _bodies(framework: Framework) -> None:
    for i, agency in enumerate(framework.agencies):
        _all_known(("agencies", i, "key"), (agency.key,), AGENCIES, "an agency")
    for i, inspectorate in enumerate(framework.inspectorates):
        _all_known(("inspectorates", i, "key"), (inspectorate.key,), INSPECTORATES, "an inspectorate")
    leads = [inspectorate for inspectorate in framework.inspectorates if inspectorate.role == "lead"]
    if len(leads) != 1:
        raise WrongValueError(("inspectorates",), f"has {len(leads)} leads; exactly one inspectorate leads")


def _grades(framework: Framework) -> None:
    keys = [grade.key for grade in framework.grades]
    for i, key in enumerate(keys):
        _all_known(("grades", i, "key"), (key,), GRADES, "a grade of the contract")
        if i and GRADES.index(key) < GRADES.index(keys[i - 1]):
            raise WrongValueError(("grades", i, "key"), f"is {key!r}, after {keys[i - 1]!r}; list the best grade first")


def _judgements(framework: Framework) -> None:
    keys = [judgement.key for judgement in framework.judgements]
    parents = {judgement.key: judgement.parent for judgement in framework.judgements}
    for i, judgement in enumerate(framework.judgements):
        if judgement.graded and not framework.grades:
            raise WrongValueError(("judgements", i, "graded"), "is true, but the framework has no [[grades]]")
        step = judgement.parent
        if step is not None:
            _all_known(("judgements", i, "parent"), (step,), keys, "a judgement")
        trail = [judgement.key]
        while step is not None:
            if step in trail:
                circle = " > ".join([*trail, step])
                raise WrongValueError(("judgements", i, "parent"), f"goes round in a circle ({circle}); cut it")
            trail.append(step)
            step = parents.get(step)
    for i, criterion in enumerate(framework.criteria):
        if criterion.judgement is not None:
            _all_known(("criteria", i, "judgement"), (criterion.judgement,), keys, "a judgement")


def _printed(framework: Framework) -> None:
    """Printed forms stand normalised, and none means two things."""
    for table, field in (
        ("grades", "printed"),
        ("judgements", "headings"),
        ("outcomes", "phrases"),
        ("themes", "phrases"),
    ):
        meant: dict[str, str] = {}
        for i, row in enumerate(getattr(framework, table)):
            for form in getattr(row, field):
                if normalise(form) != form:
                    raise WrongValueError((table, i, field), f"holds {form!r}; write it as {normalise(form)!r}")
            for form in (normalise(row.title), *getattr(row, field)):
                if meant.setdefault(form, row.key) != row.key:
                    raise WrongValueError((table, i, field), f"holds {form!r}, which means {meant[form]!r} already")


def _rule(framework: Framework, rule: Rule, path: Path) -> None:
    whole = (rule.when is not None and rule.then is not None) and rule.ceiling is None
    if not whole and (rule.ceiling is None or rule.when is not None or rule.then is not None):
        raise WrongValueError(path, "needs either both 'when' and 'then', or a 'ceiling' alone")
    keys = [judgement.key for judgement in framework.judgements if judgement.graded]
    for name in ("when", "then"):
        clause: Clause | None = getattr(rule, name)
        if clause is not None:
            _all_known((*path, name, "judgements"), clause.judgements, keys, "a graded judgement")
            _all_known((*path, name, "grade"), (clause.grade,), [grade.key for grade in framework.grades], "a grade")
    if rule.ceiling is not None:
        named = (rule.ceiling.judgement, *rule.ceiling.of)
        _all_known((*path, "ceiling", "of"), named, keys, "a graded judgement")
    for i, evidence in enumerate(rule.evidence):
        if not 0 <= evidence.held <= evidence.applies:
            raise WrongValueError((*path, "evidence", i, "held"), f"is {evidence.held} of {evidence.applies}")


def _steps(framework: Framework) -> None:
    visits = [visit.key for visit in framework.visits]
    for i, step in enumerate(framework.timetable):
        if step.end is not None and step.end < step.start:
            raise WrongValueError(("timetable", i, "end"), f"is {step.end}, before start ({step.start})")
        if step.visit is not None:
            _all_known(("timetable", i, "visit"), (step.visit,), visits, "a visit")


def _follow_ups(framework: Framework) -> None:
    visits = [visit.key for visit in framework.visits]
    for i, follow_up in enumerate(framework.follow_up):
        after, path = follow_up.after, ("follow_up", i, "after")
        _all_known(path, after.visits, visits, "a visit")
        _all_known(path, after.grades, [grade.key for grade in framework.grades], "a grade")
        _all_known(path, after.outcomes, [outcome.key for outcome in framework.outcomes], "an outcome")
        if after.judgement is not None:
            _all_known(path, (after.judgement,), [judgement.key for judgement in framework.judgements], "a judgement")
        if after.grades and after.judgement is None:
            raise WrongValueError(path, "names grades and no judgement; say whose grade it is")
        if follow_up.visit is not None:
            _all_known(("follow_up", i, "visit"), (follow_up.visit,), visits, "a visit")


def _themes(framework: Framework) -> None:
    for i, theme in enumerate(framework.themes):
        if theme.last is not None and theme.last < theme.first:
            raise WrongValueError(("themes", i, "last"), f"is {theme.last}, before first ({theme.first})")
        if not framework.covers(theme.first):
            raise WrongValueError(("themes", i, "first"), f"is {theme.first}, when the framework was not in force")
        _all_known(("themes", i, "agencies"), theme.agencies, AGENCIES, "an agency")
        _all_known(("themes", i, "inspectorates"), theme.inspectorates, INSPECTORATES, "an inspectorate")


def _all_known(path: Path, keys: Iterable[str], known: Sequence[str], what: str) -> None:
    for key in keys:
        if key not in known:
            raise WrongValueError(
                path, f"names {key!r}, which is not {what}; use one of {', '.join(known) or '(none)'}"
            )
