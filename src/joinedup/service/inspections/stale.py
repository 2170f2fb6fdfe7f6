"""A save over what somebody else changed meanwhile: what it was, what it is now and by whom, and what was typed.

How a thing stood when the person began is made from the audit, which keeps what every field was before each change:
from the thing as it is now, the changes are taken back one after the other. Nothing else needs to be kept for it.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms
from django.db import models

from joinedup.service.audit.models import Entry
from joinedup.service.site.words import day_in_words
from joinedup.service.versioned import Versioned

Thing = TypeVar("Thing", bound=Versioned)
Values = Mapping[str, Any]
Shown = Callable[[Any], Iterable[tuple[str, object]]]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a thing meanwhile, for which organisation, when, and the reason given, if any."""

    by: str
    organisation: str
    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a thing: what it was, what it is now, and what was typed; None where that part was no field."""

    label: str
    was: str
    now: str
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """All that a person needs to decide between what is there and what they typed."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]


def clash(
    form: forms.Form,
    thing: Versioned,
    seen: int,
    *,
    values: Callable[[Any], Values] | None = None,
    shown: Shown | None = None,
) -> Clash:
    """What a valid form and a thing that has moved on from the version `seen` (0: it was not there yet) say.

    `values` gives the form's fields as the thing fills them; by default the thing's own fields of the same names.
    `shown` gives (label, text) of a thing; it serves where the form fills no field of it (a reason, a position), and
    for parts that changed and are not in the form.
    """
    was = as_it_was(thing, seen) if seen else None

    def own(it: Any) -> Values:
        return {name: getattr(it, name) for name in form.fields if hasattr(it, name)}

    of = values or own
    filled = tuple(fields_apart(form, of(was) if was else None, of(thing)))
    others: list[Row] = []
    if shown:
        then = dict(shown(was)) if was else {}
        others = [Row(label, str(then.get(label) or ""), str(text or "")) for label, text in shown(thing)]
    if any(name in form.fields for name in of(thing) if name != "seen"):
        told = {row.now for row in filled}
        others = [row for row in others if row.was != row.now and row.now not in told]
    return Clash((*filled, *others), changes_since(thing, seen))


def as_it_was(thing: Thing, seen: int) -> Thing:
    """A copy of a thing as it stood at an earlier version of it; the copy is to be read and never written."""
    was = copy.copy(thing)
    columns = {each.attname: each for each in thing._meta.concrete_fields}
    relations = {each.name for each in thing._meta.many_to_many}
    related: dict[str, Any] = {}
    for entry in _since(thing, seen).order_by("-number"):
        for name, value in (entry.before or {}).items():
            if name in relations:
                related[name] = value
            elif name in columns:
                setattr(was, name, _typed(columns[name], value))
    was.version = seen
    was._prefetched_objects_cache = {  # type: ignore[attr-defined]  # noqa: SLF001 as prefetch_related fills it
        name: getattr(thing, name).model._default_manager.filter(pk__in=pks) for name, pks in related.items()
    }
    return was


def changes_since(thing: Versioned, seen: int) -> tuple[Change, ...]:
    """Who changed a thing after a version of it, the latest first; what one action wrote in several lines, once."""
    first = models.Q(from_version__gte=seen) | models.Q(to_version=1) if seen == 0 else models.Q(from_version__gte=seen)
    entries = _about(thing).filter(first).select_related("person", "on_behalf_of").order_by("-number")
    changes = (
        Change(
            entry.person.name if entry.person else "The service",
            entry.on_behalf_of.name if entry.on_behalf_of else "",
            entry.at,
            entry.note,
        )
        for entry in entries
    )
    return tuple(_once(changes))


def fields_apart(form: forms.Form, was: Values | None, now: Values) -> Iterator[Row]:
    """The visible fields of a valid form that are not the same in all three: as it was, as it is, as typed."""
    for bound in form.visible_fields():
        if bound.name not in now:
            continue
        before, after, typed = (
            said(bound.field, given.get(bound.name)) if given is not None else ""
            for given in (was, now, form.cleaned_data)
        )
        if not before == after == typed:
            yield Row(str(bound.label).removesuffix(" (optional)"), before, after, typed)


def said(field: forms.Field, value: Any) -> str:
    """A field's value in words: choices by their titles, days in full, a ticked box as Yes."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return day_in_words(value)
    if isinstance(field, forms.ChoiceField):
        titles = dict(_flat(cast(Iterable[Any], field.choices)))
        many = value if isinstance(value, list | tuple) else [value]
        return ", ".join(titles.get(str(each), str(each)) for each in many if each not in (None, ""))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for key, title in choices:
        if isinstance(title, list | tuple):
            yield from _flat(title)
        else:
            yield str(key), str(title)


def _once(changes: Iterable[Change]) -> Iterator[Change]:
    last: Change | None = None
    for change in changes:
        same = last and (last.by, last.why) == (change.by, change.why) and last.at - change.at < dt.timedelta(seconds=1)
        if not same:
            yield change
        last = change


def _about(thing: Versioned) -> models.QuerySet[Entry]:
    return Entry.objects.filter(thing=thing._meta.model_name, thing_id=str(thing.pk))


def _since(thing: Versioned, seen: int) -> models.QuerySet[Entry]:
    return _about(thing).filter(from_version__gte=seen)


def _typed(column: models.Field[Any, Any], value: Any) -> Any:
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    return target.to_python(value)
