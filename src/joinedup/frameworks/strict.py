"""Reads plain data from a TOML file into frozen dataclasses, strictly, by the types that they declare.

Nothing is coerced: a number is not a text, a list of one is not that one. An unknown key, a missing one, a value of
the wrong type and an empty text are refused with the way to the place. It is done here in a few lines, and not by
pydantic, because it runs each time the program starts (docs/decisions/0021).
"""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from joinedup.frameworks.errors import WrongValueError

T = TypeVar("T")
Path = tuple[str | int, ...]

_NAMES = {str: "a text", bool: "true or false", int: "a whole number", dt.date: "a date (2018-01-31, without quotes)"}


@cache
def _shape(cls: type[Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """A dataclass's fields with their types, and the names of those that must be given."""
    hints = get_type_hints(cls)
    needed = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}
    return {f.name: hints[f.name] for f in fields(cls)}, frozenset(needed)


def build(cls: type[T], table: object, path: Path = ()) -> T:
    """`table` (as `tomllib` gives it) as a `cls`; raises `WrongValueError`."""
    if not isinstance(table, dict):
        raise WrongValueError(path, "must be a table of keys and values")
    shape, needed = _shape(cls)  # type: ignore[arg-type]
    for key in table:
        if key not in shape:
            import difflib  # only when something is wrong: it is slow to import, and every command starts here

            near = difflib.get_close_matches(key, shape, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(shape)}"
            raise WrongValueError((*path, key), f"is no key that may stand here; {meant}")
    for key in sorted(needed):
        if key not in table:
            raise WrongValueError(path, f"lacks the key {key!r}; add it")
    return cls(**{key: _value(shape[key], value, (*path, key)) for key, value in table.items()})


def _value(hint: Any, value: object, path: Path) -> object:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        # TOML has no null, so an optional field is either absent or of its one other type.
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _value(hint, value, path)
    if origin is Literal:
        if value not in get_args(hint):
            raise WrongValueError(path, f"is {value!r}; it must be one of {', '.join(map(repr, get_args(hint)))}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise WrongValueError(path, "must be a list")
        return tuple(_value(get_args(hint)[0], item, (*path, i)) for i, item in enumerate(value))
    if is_dataclass(hint):
        return build(hint, value, path)  # type: ignore[arg-type]
    return _plain(hint, value, path)


def _plain(hint: type[object], value: object, path: Path) -> object:
    # `type() is` and not `isinstance`: True is an int and a datetime is a date, and neither is meant.
    if type(value) is not hint:
        raise WrongValueError(path, f"is {value!r}; it must be {_NAMES[hint]}")
    if isinstance(value, str) and not value.strip():
        raise WrongValueError(path, "is empty; write it or leave the key out")
    return value
