"""A field that holds a few keys (of agencies, say) in one column, in their order, and can be searched for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class KeysField(models.TextField):
    """A tuple of keys, kept as `|police|health|`; empty is the empty text."""

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("default", tuple)
        given.setdefault("blank", True)
        super().__init__(*args, **given)

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        """The keys that a column's text holds."""
        return tuple(key for key in (value or "").split("|") if key)

    def to_python(self, value: Any) -> Any:
        """Keys as a tuple, from any iterable of them; a text is what the column holds."""
        return self.from_db_value(value) if isinstance(value, str) else tuple(value or ())

    def get_prep_value(self, value: Any) -> str:
        """The column's text; a text is taken as it is, so that one key can be looked for."""
        return value if isinstance(value, str) else _joined(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """A key holds no bar."""
        if any("|" in key for key in value):
            raise ValidationError("A key cannot contain |")
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")


def holding(name: str, key: str) -> models.Q:
    """The rows whose field of that name holds the key."""
    return models.Q(**{f"{name}__contains": f"|{key}|"})


def _joined(keys: Iterable[str]) -> str:
    return "".join(f"|{key}" for key in keys) + "|" if keys else ""
