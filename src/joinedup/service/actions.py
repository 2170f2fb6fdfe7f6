"""Every write in the live service is an action: one function, one transaction, permission asked and the audit written.

An action is a keyword-only function under `@action(permission)`, in its app's `actions`. Inside it, `create`, `change`
and `relate` are the only ways to write, and each writes down what it did. Views, the API, commands and scheduled jobs
call actions; a test proves that nothing else writes.

The thing that an action is about (`on`, usually the inspection) is read anew and locked first, so that what is checked
cannot change before it is written.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from joinedup.errors import JoinedupError
from joinedup.service.accounts.can import require
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.audit.chain import Line, append
from joinedup.service.versioned import Versioned

Given = ParamSpec("Given")
Result = TypeVar("Result")
Thing = TypeVar("Thing", bound=Versioned)

NEVER_WRITTEN_DOWN = frozenset({"password"})
"""Fields whose values the audit must not hold; that they changed is written."""


class RefusedError(JoinedupError):
    """An action that the person may do, but not now or not so. The message says what would make it possible."""


class StaleError(RefusedError):
    """The thing was changed by somebody else since the person read it. `thing` is as it stands now."""

    def __init__(self, thing: Versioned) -> None:
        super().__init__("Somebody else changed this while you were working on it. Compare both, and save again.")
        self.thing = thing


@dataclass(slots=True)
class _Act:
    """What is being done now, and the lines for the audit so far."""

    name: str
    by: Person | None
    place: str
    note: str
    lines: list[Line] = field(default_factory=list)


_current: ContextVar[_Act | None] = ContextVar("the act in hand", default=None)
ACTIONS: dict[str, Permission | str] = {}
"""Every action by its name: the permission that it asks for, or why it asks for none."""


Listener = Callable[[Sequence[Line]], None]
_listeners: list[Listener] = []


def before_an_act_is_done(listener: Listener) -> Listener:
    """Give this function the audit's lines of every act, in the act's own transaction: both happen, or neither does.

    It is called once for an act with all that it did, whatever actions it was made of. Registering it again changes
    nothing.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


class OpenOrClosed(Protocol):
    """A thing that allows some permissions at some stages only."""

    def require_open(self, permission: Permission) -> None:
        """Raise RefusedError, with what would open it, unless the thing's stage allows it."""


def action(
    permission: Permission, *, on: str | None = "inspection"
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Make a keyword-only function with `by=` an action that needs a permission.

    `on` names the argument that the permission is asked about; None where it is the service as a whole. The function
    may take `note=` (why), which the audit keeps. Raises PermissionDenied, RefusedError, or what the function raises;
    then nothing was written.
    """

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        name = _register(function, permission)

        @functools.wraps(function)
        def run(*args: Given.args, **given: Given.kwargs) -> Result:
            assert not args, "an action takes its arguments by name"
            by = cast(Person, given["by"])
            with transaction.atomic():
                thing = given[on] if on else None
                if isinstance(thing, models.Model):
                    thing = given[on] = _locked(thing)  # type: ignore[index]
                require(by, permission, thing)
                if hasattr(thing, "require_open"):
                    cast(OpenOrClosed, thing).require_open(permission)
                return _perform(name, by, thing, function, given)

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return decorate


def open_action(why: str, *, on: str | None = None) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """An action that asks for no permission; `why` says what guards it instead. `by` may be None (the service).

    `on` names the argument that it is about, which is read anew and locked as for `action`.
    """

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        name = _register(function, why)

        @functools.wraps(function)
        def run(*args: Given.args, **given: Given.kwargs) -> Result:
            assert not args, "an action takes its arguments by name"
            with transaction.atomic():
                thing = given[on] if on else None
                if isinstance(thing, models.Model):
                    thing = given[on] = _locked(thing)  # type: ignore[index]
                return _perform(name, cast("Person | None", given.get("by")), thing, function, given)

        return run

    return decorate


def _register(function: Callable[..., Any], permission: Permission | str) -> str:
    name = function.__name__
    assert name not in ACTIONS, f"there are two actions called {name}"
    ACTIONS[name] = permission
    return name


def _locked(thing: models.Model) -> models.Model:
    return type(thing)._default_manager.select_for_update(no_key=True).get(pk=thing.pk)


def _perform(
    name: str, by: Person | None, thing: Any, function: Callable[..., Result], given: dict[str, Any]
) -> Result:
    outer = _current.get()
    act = _Act(name, by, _place_of(thing) or (outer.place if outer else ""), str(given.get("note") or ""))
    token = _current.set(act)
    try:
        result = function(**given)
    finally:
        _current.reset(token)
    if outer is not None:
        outer.lines.extend(act.lines)
    else:
        for listener in _listeners:
            listener(act.lines)
        append(act.lines)  # last: it locks the chain's head until the transaction ends
    return result


def _place_of(thing: Any) -> str:
    return str(getattr(thing, "reference", "") or "")


def _act() -> _Act:
    act = _current.get()
    assert act is not None, "only an action writes"
    return act


def create(model: type[Thing], **fields: Any) -> Thing:
    """A new row of a model, checked and written down. Raises ValidationError, by field, for what may not be there."""
    act = _act()
    thing = model(**fields)
    _check(thing)
    thing.save(force_insert=True)
    after = {each.attname: _plain(each, thing) for each in thing._meta.concrete_fields if each.attname not in _UNTOLD}
    _write(act, thing, None, {name: value for name, value in after.items() if value not in (None, "", [], {})}, None)
    return thing


def change(thing: Thing, *, seen: int | None = None, **fields: Any) -> Thing:
    """Change fields of a row, and write down what they were and are. Nothing different: nothing written.

    `seen` is the version that the person had before them. Raises StaleError where the row has another one by now.
    """
    act = _act()
    if seen is not None and seen != thing.version:
        raise StaleError(thing)
    was = {each.attname: _plain(each, thing) for each in thing._meta.concrete_fields}
    for name, value in fields.items():
        setattr(thing, name, value)
    _check(thing)
    now = {each.attname: _plain(each, thing) for each in thing._meta.concrete_fields}
    different = [name for name, value in now.items() if value != was[name] or name in NEVER_WRITTEN_DOWN & _set(fields)]
    if not different:
        return thing
    version = thing.version
    values = {name: getattr(thing, name) for name in different}
    manager = type(thing)._default_manager
    if not manager.filter(pk=thing.pk, version=version).update(**values, version=version + 1):
        raise StaleError(manager.get(pk=thing.pk))
    thing.version = version + 1
    shown = [name for name in different if name != "version"]
    _write(act, thing, {name: was[name] for name in shown}, {name: now[name] for name in shown}, version)
    return thing


def relate(thing: Thing, name: str, others: Iterable[models.Model]) -> Thing:
    """Make the many others that a row's field names exactly these, and write down which they were and are."""
    act = _act()
    manager = getattr(thing, name)
    was, now = sorted(manager.values_list("pk", flat=True)), sorted(other.pk for other in others)
    if was == now:
        return thing
    version = thing.version
    if not type(thing)._default_manager.filter(pk=thing.pk, version=version).update(version=version + 1):
        raise StaleError(type(thing)._default_manager.get(pk=thing.pk))
    manager.set(now)
    thing.version = version + 1
    _write(act, thing, {name: was}, {name: now}, version)
    return thing


def note_down(thing: models.Model, what: dict[str, Any]) -> None:
    """Write down something that happened to a thing and changed no field of it (a sign-in, a download)."""
    _write(_act(), thing, None, json.loads(json.dumps(what, cls=DjangoJSONEncoder)), None)


_UNTOLD = frozenset({"id", "version", "search"})


def _set(fields: dict[str, Any]) -> frozenset[str]:
    return frozenset(fields)


def _check(thing: models.Model) -> None:
    """The model's own rules for single fields. That related rows are there, the database knows."""
    related = [each.name for each in thing._meta.concrete_fields if each.is_relation]
    thing.clean_fields(exclude=related)
    thing.clean()


def _plain(each: models.Field[Any, Any], thing: models.Model) -> Any:
    if each.attname in NEVER_WRITTEN_DOWN:
        return "(not shown)"
    return json.loads(json.dumps(getattr(thing, each.attname), cls=DjangoJSONEncoder, default=str))


def _write(
    act: _Act, thing: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None, version: int | None
) -> None:
    act.lines.append(
        Line(
            at=timezone.now(),
            person_id=act.by.pk if act.by else None,
            on_behalf_of_id=act.by.organisation_id if act.by else None,
            action=act.name,
            thing=thing._meta.model_name or "",
            thing_id=str(thing.pk),
            place=act.place,
            before=before,
            after=after,
            from_version=version,
            to_version=getattr(thing, "version", None),
            note=act.note,
        )
    )


__all__ = [
    "ACTIONS",
    "RefusedError",
    "StaleError",
    "ValidationError",
    "action",
    "before_an_act_is_done",
    "change",
    "create",
    "note_down",
    "open_action",
    "relate",
]
