"""The reference page on the frameworks, written from the files themselves.

`docs/reference/frameworks.md` is what `page()` returns; a test fails when the two differ, so that the page cannot
drift from the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from joinedup.frameworks.model import After, Framework, Rule, Step, Within

_OPENING = (
    "Each framework is one file. The first day of fieldwork decides to which version an inspection belongs. Every fact "
    "names its sources in square brackets. See also [add a framework](../how-to/add-a-framework.md)."
)
_UNITS = {"working_days": "working days", "calendar_days": "days", "months": "months"}
_ANCHORS = {
    "notification": "notification",
    "fieldwork_start": "the first day on site",
    "fieldwork_end": "the last day on site",
    "report": "receiving the report",
    "publication": "publication",
    "visit": "the last inspection or visit",
    "statement": "the day the plan was due",
}
_TRUST = {
    "law": "law",
    "framework": "the inspectorates' own document",
    "observed": "observed in published files",
    "secondary": "somebody else's account",
    "memory": "memory, to be checked",
    "ours": "our own choice",
}
_STATUS = {"ours": "our own, adopted by no inspectorate"}


def page(frameworks: Sequence[Framework]) -> str:
    """The whole page in Markdown, one section a framework, in the order given."""
    head = [
        "# Inspection frameworks",
        "",
        "<!-- Written by `make docs` from src/joinedup/frameworks/files; do not edit here. -->",
        "",
        _OPENING,
        "",
        *_table(
            ("framework", "status", "first day of fieldwork", "judgements", "grades", "counted by"),
            [
                (
                    f"[{one.id}](#{one.id})",
                    _status(one),
                    _span(one),
                    str(len(one.judgements)),
                    "yes" if one.grades else f"{len(one.outcomes)} outcomes" if one.outcomes else "no",
                    one.counted_by.replace("_", " "),
                )
                for one in frameworks
            ],
        ),
    ]
    return "\n".join([*head, *(line for one in frameworks for line in _section(one))]).rstrip() + "\n"


def _section(one: Framework) -> list[str]:
    return [
        "",
        f"## {one.id}",
        "",
        f"{one.title}. {_status(one).capitalize()}; {_span(one)}.",
        "",
        f"Notice: {one.notice.words}{_cite(one.notice.sources)}",
        *_judged(one),
        *_scope(one),
        *_course(one),
        *_signed(one),
        *_followed(one),
        *_themes(one),
        *_part("Notes", [f"- {note.text}{_cite(note.sources)}" for note in one.notes]),
        *_part("Sources", [_source_line(one, source.key) for source in one.sources]),
    ]


def _judged(one: Framework) -> list[str]:
    judgements = [
        (
            f"`{j.key}`",
            j.title,
            "graded" if j.graded else "narrative",
            j.parent or "",
            _marks(j.optional, j.note, j.sources),
        )
        for j in one.judgements
    ]
    return [
        *_part("Judgements", _table(("key", "title", "", "part of", "notes"), judgements)),
        *_part(
            "Grades, best first", [f"- `{g.key}`: {g.title}.{_after(g.means)}{_cite(g.sources)}" for g in one.grades]
        ),
        *_part("Outcomes", [f"- `{o.key}`: {o.title}.{_cite(o.sources)}" for o in one.outcomes]),
        *_part("How grades combine", [_rule_line(rule) for rule in one.rules]),
        *_part(
            "Evaluated",
            [
                f"- {c.title}{f' (`{c.judgement}`)' if c.judgement else ''}{' (graded in print)' if c.graded else ''}."
                f"{_cite(c.sources)}"
                for c in one.criteria
            ],
        ),
    ]


def _scope(one: Framework) -> list[str]:
    agencies = [f"- `{a.key}`: {_words(a.scope)}.{_after(a.note)}{_cite(a.sources)}" for a in one.agencies]
    inspectorates = [
        f"- `{i.key}`: {i.role}, {_words(i.joins)}.{_after(i.note)}{_cite(i.sources)}" for i in one.inspectorates
    ]
    return [*_part("Agencies in scope", agencies), *_part("Inspectorates", inspectorates)]


def _course(one: Framework) -> list[str]:
    visits = [
        f"- `{v.key}`: {v.title}, {'with' if v.graded else 'without'} grades."
        f"{_after(v.team)}{_after(v.note)}{_cite(v.sources)}"
        for v in one.visits
    ]
    steps = [(s.title + _cite(s.sources), s.visit or "all", _when(s)) for s in one.timetable]
    return [*_part("Visits", visits), *_part("Timetable", _table(("phase", "visit", "when"), steps))]


def _signed(one: Framework) -> list[str]:
    """What the live service goes by: who is in the team, which children are followed, what must be there at the end."""
    lines = []
    if one.team is not None:
        also = "" if one.team.sector_led else "no "
        lines.append(f"- Team: {also}sector-led members.{_after(one.team.note)}{_cite(one.team.sources)}")
    if one.children is not None:
        of = one.children
        sampled = f", and at least {of.sampled} sampled" if of.sampled else ""
        audit = ", the agencies auditing those tracked together" if of.joint_audit else ""
        lines.append(f"- Children: at least {of.tracked} tracked{sampled}{audit}.{_after(of.note)}{_cite(of.sources)}")
    rules = [
        f"- `{rule.key}`: {rule.text}{f' ({_listed(rule.visits)} only)' if rule.visits else ''}{_cite(rule.sources)}"
        for rule in one.sufficiency
    ]
    return [*_part("Team and children", lines), *_part("Needed before sign-off", rules)]


def _followed(one: Framework) -> list[str]:
    rows = [
        (
            f.title + _after(f.note) + _cite(f.sources),
            f"`{f.by}`" if " " not in f.by else f.by,
            _cause(f.after),
            _by(f.within),
        )
        for f in one.follow_up
    ]
    return _part("What follows", _table(("what", "by whom", "after", "within"), rows))


def _themes(one: Framework) -> list[str]:
    rows = [
        (
            t.title + _after(t.note) + _cite(t.sources),
            _words(t.kind),
            f"{t.first:%B %Y} to {f'{t.last:%B %Y}' if t.last else 'now'}",
            ", ".join((*t.inspectorates, *t.agencies)),
        )
        for t in one.themes
    ]
    topics = [f"- `{t.key}`: {t.title}{_cite(t.sources)}" for t in one.topics]
    return [
        *_part("Themes", _table(("theme", "kind", "fieldwork", "adds"), rows)),
        *_part("Topics of visits", topics),
    ]


def _rule_line(rule: Rule) -> str:
    tried = [
        f"held in {e.held} of {e.applies}{f' ({e.visit})' if e.visit else ''}{_cite(e.sources)}" for e in rule.evidence
    ]
    return (
        f"- `{rule.key}`: {rule.text}{' ' if tried else ''}{'; '.join(tried)}{_cite(rule.sources) if not tried else ''}"
    )


def _source_line(one: Framework, key: str) -> str:
    source = one.source(key)
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"- `{key}`: {title} ({_TRUST[source.confidence]})"


def _when(step: Step) -> str:
    days = f"{step.start}" if step.end is None else f"{step.start} to {step.end}"
    return f"{'about ' if step.approximate else ''}{days} {_UNITS[step.unit]} after {_ANCHORS[step.anchor]}"


def _by(within: Within | None) -> str:
    if within is None:
        return ""
    about = "about " if within.approximate else ""
    return f"{about}{within.amount} {_UNITS[within.unit]} of {_ANCHORS[within.anchor]}"


def _cause(after: After) -> str:
    said = [
        ", ".join(after.visits),
        f"{after.judgement} {' or '.join(after.grades)}" if after.judgement else "",
        " or ".join(after.outcomes),
        "an area for priority action" if after.priority_action else "",
    ]
    return "; ".join(filter(None, said)) or "every inspection"


def _status(one: Framework) -> str:
    return _STATUS.get(one.status, one.status)


def _listed(keys: Sequence[str]) -> str:
    return " and ".join(keys)


def _span(one: Framework) -> str:
    if one.status == "ours":
        return "no published report was made under it"
    return "never ran" if one.valid_from is None else f"{one.valid_from} to {one.valid_to or 'now'}"


def _marks(optional: bool, note: str | None, sources: Iterable[str]) -> str:
    return f"{'Not in every inspection. ' if optional else ''}{note or ''}{_cite(sources)}".strip()


def _words(key: str) -> str:
    return key.replace("_", " ")


def _after(text: str | None) -> str:
    return f" {text}" if text else ""


def _cite(sources: Iterable[str]) -> str:
    return f" [{', '.join(sources)}]"


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", f"### {title}", "", *lines] if lines else []


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    ruled = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in ruled]
