"""A report while it is written: its blocks in order, and beside them what is true of it.

Each family's module adds to one `Draft`; `finish` sets it (setting.py), learns from the setter on which page each
item stands, and gives the truth in the shape in which `joinedup read` prints a report. Beyond that, items in the truth
carry `section`, `lead_in`, `number`, `responsible`, `polarity`, `themes` and `matter` (the bank's key).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from joinedup.documents.specimens.cast import Cast, Person
from joinedup.documents.specimens.names import Names
from joinedup.documents.specimens.setting import Style, set_pages
from joinedup.documents.specimens.writer import Statement

Runs = str | list[str | dict[str, str]]
Json = dict[str, Any]

KINDS = {
    "improvement": "improvements",
    "priority_action": "priority_actions",
    "strength": "strengths",
    "finding": "findings",
}


@dataclass(slots=True)
class Draft:
    """A report being written. Dates are those of the fieldwork and of publication."""

    family: str
    visit: str | None
    cast: Cast
    title: str
    start: dt.date
    end: dt.date
    published: dt.date
    style: Style
    lead_inspector: str | None = None
    inspectorates: tuple[str, ...] = ("Ofsted",)
    theme: str | None = None
    addressees: tuple[Person, ...] = ()
    statement: Json | None = None
    shorten: bool = True
    blocks: list[Json] = field(default_factory=list)
    _items: list[Json] = field(default_factory=list)
    _judgements: list[Json] = field(default_factory=list)
    _outcome: Json | None = None
    _section: str | None = None
    _ids: int = 0
    _names: Names = field(init=False)

    def __post_init__(self) -> None:
        self._names = Names(self.cast.long_names(), shorten=self.shorten)

    def _new_id(self) -> str:
        self._ids += 1
        return f"x{self._ids}"

    def add(self, **block: Any) -> None:
        """A block as the setter knows it, about which nothing is true that the contract asks for."""
        self.blocks.append(block)

    def heading(self, text: str, level: int = 2, note: str | None = None) -> None:
        """A heading; what follows belongs to its section."""
        runs: Runs = [text, {"note": note}] if note else text
        self.add(kind="heading", level=level, text=runs)
        self._section = text

    def paragraph(self, text: Runs) -> None:
        """A paragraph that is no finding: about the inspection, what comes next."""
        self.add(kind="paragraph", text=self._names.tell(text) if isinstance(text, str) else text)

    def _told(self, said: list[Statement]) -> list[Statement]:
        """Statements with long names as they are called at this place of the report."""
        return [replace(each, text=self._names.tell(each.text)) for each in said]

    def _item(self, kind: str, said: Statement, **more: Any) -> str:
        place = self._new_id()
        text = " ".join((said.text, *said.sub))
        self._items.append(
            {
                "kind": kind,
                "id": place,
                "text": text,
                "agencies": list(said.agencies),
                "themes": list(said.themes),
                "polarity": said.polarity,
                "section": self._section,
                "matter": said.key,
                **more,
            }
        )
        return place

    def findings(self, paragraphs: list[Statement]) -> None:
        """Paragraphs of what was found, without numbers."""
        for said in self._told(paragraphs):
            self.add(kind="paragraph", text=said.text, id=self._item("finding", said))

    def numbered(self, kind: str, said: list[Statement], start: int, *, lead_in: str | None = None) -> int:
        """Numbered statements from `start`; gives the number that comes next."""
        items = [
            _entry(each, self._item(kind, each, number=str(start + place), lead_in=lead_in))
            for place, each in enumerate(self._told(said))
        ]
        self.add(kind="numbered", start=start, items=items)
        return start + len(said)

    def bullets(self, kind: str, said: list[Statement], *, lead_in: str | None = None) -> None:
        """Statements as bullets."""
        self.add(
            kind="bullets", items=[_entry(each, self._item(kind, each, lead_in=lead_in)) for each in self._told(said)]
        )

    def plain_bullets(self, lines: list[str]) -> None:
        """Bullets that are no items: figures about the area."""
        self.add(kind="bullets", items=[{"text": line} for line in lines])

    def box(self, title: str, said: list[Statement], *, breakable: bool = True) -> None:
        """A case or practice study, set in a frame. Its paragraphs are findings."""
        before, self._section = self._section, title
        paragraphs = [{"text": each.text, "id": self._item("finding", each)} for each in self._told(said)]
        self.add(kind="box", title=title, paragraphs=paragraphs, breakable=breakable)
        self._section = before

    def table_of(
        self, kind: str, said: list[Statement], head: str, bodies: list[list[str]] | None = None, body_head: str = ""
    ) -> None:
        """Statements as the rows of a table, beside the bodies responsible for each where these are given."""
        rows: list[list[Any]] = []
        for place, each in enumerate(self._told(said)):
            named = bodies[place] if bodies else []
            cell = _entry(each, self._item(kind, each, responsible=named))
            rows.append([" and ".join(named), cell] if bodies else [cell])
        columns, heads = ([1, 2], [body_head, head]) if bodies else ([1], [head])
        self.add(kind="table", columns=columns, head=heads, rows=rows)

    def judgement(self, key: str, title: str, grade: str | None) -> str:
        """One judgement of the report; gives the mark to set where it is printed."""
        place = self._new_id()
        self._judgements.append({"key": key, "title": title, "grade": grade, "id": place})
        return place

    def outcome(self, key: str, text: str) -> str:
        """An area SEND report's outcome; gives the mark to set where it is printed."""
        place = self._new_id()
        self._outcome = {"key": key, "text": text, "id": place}
        return place

    def finish(self, name: str) -> tuple[bytes, Json]:
        """The report as PDF, and what is true of it."""
        pdf, pages, where = set_pages(self.title, self.published, self.style, self.blocks)
        judgements = [
            {"key": j["key"], "title": j["title"], "grade": j["grade"], "page": where[j["id"]]}
            for j in self._judgements
        ]
        outcome = self._outcome and {
            "key": self._outcome["key"],
            "text": self._outcome["text"],
            "page": where[self._outcome["id"]],
        }
        area = self.cast.area
        truth: Json = {
            "file": f"{name}.pdf",
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "pages": pages,
            "status": "read",
            "reason": None,
            "framework": self.family,
            "visit": self.visit,
            "area": {"name": area.name, "la_code": area.la_code, "ons_code": area.ons_code},
            "inspection": {"start": self.start.isoformat(), "end": self.end.isoformat()},
            "published": self.published.isoformat(),
            "lead_inspector": self.lead_inspector,
            "inspectorates": list(self.inspectorates),
            "theme": self.theme,
            "addressees": [
                {"name": p.name, "role": p.role, "organisation": p.organisation, "agency": p.agency}
                for p in self.addressees
            ],
            "judgements": judgements,
            "outcome": outcome,
            **{name: [] for name in ("priority_actions", "improvements", "strengths", "findings")},
            "statement": self.statement,
            "problems": [],
        }
        for item in self._items:
            told = {key: value for key, value in item.items() if key not in ("kind", "id")}
            truth[KINDS[item["kind"]]].append({**told, "page": where[item["id"]]})
        return pdf, truth


def _entry(said: Statement, place: str) -> Json:
    entry: Json = {"text": said.text, "id": place}
    if said.sub:
        entry["sub"] = list(said.sub)
    return entry
