"""The reference page of life-cycles, written from the tables that the service moves things by."""

from __future__ import annotations

from joinedup.service.accounts.permissions import GRANTS, Permission, Reach
from joinedup.service.inspections.stages import LIFE, NEEDS_A_REASON, OPEN_AT, REQUEST_LIFE, STAGES
from joinedup.service.lifecycle import LifeCycle

_OPENING = """# Life-cycles

<!-- Written by `make docs` from the tables themselves; a test fails where the two differ. -->

Each row is a move from one state to another. The live service knows no other moves: it works by the same tables
(`src/joinedup/service/inspections/stages.py`). Who has which permission is listed in [permissions](permissions.md).
The overview of each inspection shows what else must be there before a move
([how to plan one](../how-to/plan-an-inspection.md)).
"""


def as_markdown() -> str:
    """The whole page."""
    return "\n".join(
        [
            _OPENING,
            "## An inspection\n",
            *_table(LIFE),
            "## A request for information\n",
            *_table(REQUEST_LIFE),
            "## What can be done at which stage of an inspection\n",
            *_open(),
        ]
    )


def _table(cycle: LifeCycle) -> list[str]:
    lines = ["| state | what happens | next state | who may | reason asked |", "|---|---|---|---|---|"]
    for row in cycle.rows:
        why = "yes" if row.event in NEEDS_A_REASON else ""
        states = f"| {cycle.titles[row.state]} | {row.title} (`{row.event}`) | {cycle.titles[row.then]} "
        lines.append(f"{states}| {_who(row.permission)} | {why} |")
    return [*lines, ""]


def _open() -> list[str]:
    lines = ["| permission | who has it | stages |", "|---|---|---|"]
    for permission, stages in OPEN_AT.items():
        named = [STAGES[stage].lower() for stage in STAGES if stage in stages]
        words = "every stage" if len(named) == len(STAGES) else ", ".join(named)
        lines.append(f"| `{permission.value}` | {_who(permission)} | {words} |")
    return [*lines, ""]


def _who(permission: Permission) -> str:
    reaches = {Reach.PART: "", Reach.ORGANISATION: " of an organisation that takes part", Reach.ANY: " (everywhere)"}
    return ", ".join(f"{role.label.lower()}{reaches[reach]}" for role, reach in GRANTS[permission].items())
