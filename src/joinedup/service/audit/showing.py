"""What of an entry an auditor is shown: who did what to which thing, and which fields changed.

The words themselves of what inspectors and agencies write are confidential to the inspection. An auditor sees how long
a text was and a keyed digest of it, by which two can be found to be the same, and nothing of what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.crypto import salted_hmac

from joinedup.service.audit.models import Entry
from joinedup.service.fields import KeysField
from joinedup.service.versioned import Versioned

OPEN_APPS = frozenset({"accounts", "audit"})
"""What is kept of people, organisations and the audit is shown as it is."""
WITHOUT_A_VERSION = frozenset({"attempt", "evidencerevision"})
"""Things that nobody changes and that the audit tells of all the same."""
_SHOWN = (models.SlugField, models.EmailField, KeysField)


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that changed: how people call it, what it was and what it is."""

    name: str
    was: str
    now: str


def changed(entry: Entry) -> list[Changed]:
    """The fields of an entry, each with as much of its values as an auditor may see."""
    model = things().get(entry.thing)
    before, after = entry.before or {}, entry.after or {}
    names = [*after, *(name for name in before if name not in after)]
    return [
        Changed(name.removesuffix("_id").replace("_", " "), _shown(model, name, before), _shown(model, name, after))
        for name in names
    ]


def _shown(model: type[models.Model] | None, name: str, values: dict[str, Any]) -> str:
    if name not in values or values[name] in (None, "", [], {}):
        return ""
    value = values[name]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float) or _is_open(model, name):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return words_told(value if isinstance(value, str) else repr(value))


def words_told(text: str) -> str:
    """What an auditor is told of words that somebody wrote in an inspection; an entry’s reason is such, too."""
    digest = salted_hmac("joinedup.audit.words", text, algorithm="sha256").hexdigest()[:16]
    return f"{len(text)} characters, digest {digest}"


def _is_open(model: type[models.Model] | None, name: str) -> bool:
    """Whether a field's values say nothing that somebody wrote: keys, choices, days, and things' own numbers."""
    if model is None:
        return False
    if model._meta.app_label in OPEN_APPS:
        return True
    try:
        field = model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
    except FieldDoesNotExist:
        return False
    if isinstance(field, _SHOWN) or getattr(field, "choices", None) or field.is_relation:
        return True
    return not isinstance(field, models.CharField | models.TextField | models.JSONField)


@cache
def things() -> Mapping[str, type[models.Model]]:
    """Every kind of thing that the audit can tell of, by the name that it has there; those of every app."""
    ours = {str(each._meta.model_name): each for each in apps.get_models() if each.__module__.startswith("joinedup.")}
    return {name: each for name, each in ours.items() if issubclass(each, Versioned) or name in WITHOUT_A_VERSION}


def called(name: str) -> str:
    """An action's name, or a thing's, as people read it."""
    return name.replace("_", " ").capitalize()


def thing_called(thing: str) -> str:
    """A kind of thing as people read it."""
    model = things().get(thing)
    return str(model._meta.verbose_name).capitalize() if model else thing
