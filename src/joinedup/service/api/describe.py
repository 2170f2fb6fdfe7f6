"""The OpenAPI document put into words: what the reference page shows and `docs/reference/api.md` is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from joinedup.service.api.document import document

_PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a shape. `shape` is the shape that its type names, for a link."""

    name: str
    type: str
    shape: str | None
    meaning: str
    needed: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """One operation."""

    name: str
    path: str
    title: str
    text: str
    parameters: tuple[Field, ...]
    answer: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class ShapeDescribed:
    """One shape of an answer."""

    name: str
    text: str
    fields: tuple[Field, ...]


@cache
def families() -> tuple[tuple[str, tuple[Described, ...]], ...]:
    """The operations by what they are about, in the order in which they are declared."""
    found: dict[str, list[Described]] = {}
    for path, methods in document()["paths"].items():
        operation = methods["get"]
        found.setdefault(operation["tags"][0], []).append(_described(path, operation))
    return tuple((tag, tuple(each)) for tag, each in found.items())


@cache
def shapes() -> tuple[ShapeDescribed, ...]:
    """The shapes of answers by name."""
    return tuple(
        ShapeDescribed(
            name=name,
            text=_one_line(schema.get("description", "")),
            fields=tuple(_field(key, value) for key, value in schema.get("properties", {}).items()),
        )
        for name, schema in document()["components"]["schemas"].items()
        if schema.get("type") == "object"
    )


def _described(path: str, operation: Mapping[str, Any]) -> Described:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    words, shape = _type(schema)
    text = operation["description"]
    return Described(
        name=operation["operationId"],
        path=path,
        title=operation["summary"],
        text="" if text.rstrip(".") == operation["summary"] else _one_line(text),
        parameters=tuple(_parameter(one) for one in operation["parameters"]),
        answer=words,
        shape=shape,
    )


def _parameter(one: Mapping[str, Any]) -> Field:
    words, shape = _type(one["schema"])
    default = one["schema"].get("default")
    told = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    place = " (in the address)" if one["in"] == "path" else ""
    return Field(one["name"], words + place, shape, _one_line(one.get("description", "")), one["required"], told)


def _field(name: str, schema: Mapping[str, Any]) -> Field:
    words, shape = _type(schema)
    return Field(name, words, shape, _one_line(schema.get("description", "")))


def _type(schema: Mapping[str, Any]) -> tuple[str, str | None]:
    """A type in words, and the shape that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return name, name
    if "anyOf" in schema:
        parts = [_type(each) for each in schema["anyOf"]]
        return " or ".join(words for words, _ in parts), next((shape for _, shape in parts if shape), None)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"])), None
    return _plain(schema)


def _plain(schema: Mapping[str, Any]) -> tuple[str, str | None]:
    kind = schema.get("type", "any")
    if kind == "array":
        words, shape = _type(schema["items"]) if "items" in schema else ("value", None)
        return f"list of {words}", shape
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        words, shape = _type(schema["additionalProperties"])
        return f"map to {words}", shape
    if kind == "string" and "format" in schema:
        return {"date": "day", "date-time": "moment"}.get(schema["format"], schema["format"]), None
    return _PLAIN.get(kind, kind) + _bounds(schema), None


def _bounds(schema: Mapping[str, Any]) -> str:
    if "minimum" in schema and "maximum" in schema:
        return f", {schema['minimum']} to {schema['maximum']}"
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
