"""An inspection moves from stage to stage: by the table, when nothing is in the way, and with a reason to go back.

What is in the way, each room says for itself: a module of an app's `actions` puts a function under `@guard(event)`,
which is given the inspection and answers with whatever must be put right first.
"""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from joinedup.service import actions as writing
from joinedup.service.accounts.can import require
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stages import LIFE, NEEDS_A_REASON


class Obstacle(NamedTuple):
    """Something in the way of a move: what must be put right, and the section of the inspection where it can be."""

    words: str
    section: str = ""


Guard = Callable[[Inspection], Iterable[Obstacle]]
guards: defaultdict[str, list[Guard]] = defaultdict(list)
"""Event of `stages.LIFE` -> what must have nothing to say before it can happen."""


class InTheWayError(writing.RefusedError):
    """A move that something is in the way of. `obstacles` are those things."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__("This cannot be done yet. " + " ".join(each.words for each in obstacles))
        self.obstacles = obstacles


def guard(*events: str) -> Callable[[Guard], Guard]:
    """Make a function one that is asked before any of the events."""
    known = {row.event for row in LIFE.rows}
    assert known.issuperset(events), f"no such event: {set(events) - known}"

    def register(function: Guard) -> Guard:
        for event in events:
            guards[event].append(function)
        return function

    return register


def in_the_way(inspection: Inspection, event: str) -> tuple[Obstacle, ...]:
    """What must be put right before an event can happen to an inspection at its present stage."""
    _every_guard_registered()
    return tuple(obstacle for function in guards[event] for obstacle in function(inspection))


def advance(*, by: Person, inspection: Inspection, event: str, note: str = "") -> Inspection:
    """Move an inspection by a row of the table, inside an action. The row's own permission is asked.

    Raises PermissionDenied; RefusedError where the table has no such row for this stage, or the event needs a reason;
    InTheWayError where something must be put right first.
    """
    row = LIFE.row(inspection.stage, event)
    require(by, row.permission, inspection)
    if event in NEEDS_A_REASON and not note.strip():
        raise writing.ValidationError({"note": "Say why, so that everybody in the inspection knows"})
    obstacles = in_the_way(inspection, event)
    if obstacles:
        raise InTheWayError(obstacles)
    return writing.change(inspection, stage=row.then)


@writing.action(Permission.STAGE_MOVE)
def move(*, by: Person, inspection: Inspection, event: str, note: str = "") -> Inspection:
    """Move an inspection to another stage, for the events that the lead inspector decides."""
    row = LIFE.row(inspection.stage, event)
    if row.permission != Permission.STAGE_MOVE:
        raise writing.RefusedError(f"“{row.title}” has a page of its own.")
    return advance(by=by, inspection=inspection, event=event, note=note)


@writing.action(Permission.CALL_OFF)
def call_off(*, by: Person, inspection: Inspection, note: str, confirmed: str = "") -> Inspection:
    """Call an inspection off, for good, and say why; agencies read it. Everything written so far is kept.

    Raises what `advance` raises, and DisclosureError where the reason could identify a child.
    """
    advance(by=by, inspection=inspection, event="call_off", note=note)
    note_identifies_no_child(inspection, require_may_leave(inspection, [("called_off", note)], confirmed))
    return writing.change(inspection, called_off=note.strip())


@cache
def _every_guard_registered() -> None:
    """Load every app's modules of actions, so that no guard is forgotten whoever moves an inspection."""
    for app in apps.get_app_configs():
        if app.name.startswith("joinedup.service.") and module_has_submodule(app.module, "actions"):
            package = import_module(f"{app.name}.actions")
            for module in pkgutil.iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
