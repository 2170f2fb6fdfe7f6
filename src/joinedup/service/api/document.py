"""The OpenAPI document: what the operations and shapes say, with the problems and headers that the edge adds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from joinedup.service.api import operations
from joinedup.service.api.declared import api
from joinedup.service.api.problems import MEDIA_TYPE, TITLES, Problem, Wrong
from joinedup.service.api.shapes.meanings import meaning

PREFIX = "/api/v1/"
_REF = "#/components/schemas/"

assert operations.__all__, "importing the operations declares them"

_PROBLEMS = {
    400: "Parameters contradict each other (days in the wrong order, a judgement that the framework does not give).",
    404: "Something is named that there is none of.",
    422: "A parameter is unknown, or not of its form.",
    429: "Too many requests: wait as long as Retry-After says.",
    500: "A fault of ours.",
}
_HEADERS = {
    "ETag": "The answer's tag: send it back in If-None-Match.",
    "RateLimit-Limit": "How many requests may come at once.",
    "RateLimit-Remaining": "How many are left.",
    "RateLimit-Reset": "Seconds until all are left again.",
}


@cache
def document() -> dict[str, Any]:
    """The whole document, as plain values in a stable order."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    _, problems = models_json_schema(
        [(Problem, "serialization"), (Wrong, "serialization")], ref_template=_REF + "{model}"
    )
    schemas = made["components"]["schemas"] | problems["$defs"]
    renamed = {name: schema["title"] for name, schema in schemas.items() if "_" in name}
    made["components"]["schemas"] = {renamed.get(name, name): _open(schemas[name]) for name in sorted(schemas)}
    for name, schema in made["components"]["schemas"].items():
        _tell(name, schema)
    made = _named(made, {_REF + old: _REF + new for old, new in renamed.items()})
    made["info"]["license"] = {
        "name": "Open Government Licence v3.0",
        "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    }
    made["servers"] = [{"url": "/"}]
    for operation in _operations(made):
        operation["responses"] = _responses(operation)
        for parameter in operation["parameters"]:
            parameter["schema"] = _given(parameter["schema"])
    return made


def parameters() -> dict[str, dict[str, bool]]:
    """Of each operation the query parameters that are described, and whether each may be given several times."""
    return {
        operation["operationId"]: {
            one["name"]: one["schema"]["type"] == "array" for one in operation["parameters"] if one["in"] == "query"
        }
        for operation in _operations(document())
    }


def _operations(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in made["paths"].values():
        yield from path.values()


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's own type: where it may be left out the models say null, which no address can."""
    [own] = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    told = {name: value for name, value in {**schema, **own}.items() if name not in ("anyOf", "description")}
    return told if told.get("default") is not None else {n: value for n, value in told.items() if n != "default"}


def _responses(operation: dict[str, Any]) -> dict[str, Any]:
    body = {MEDIA_TYPE: {"schema": {"$ref": _REF + "Problem"}}}
    headers = {name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()}
    given = operation["responses"]["200"]
    problems = {
        str(status): {"description": f"{TITLES[status]}. {words}", "content": body}
        for status, words in _PROBLEMS.items()
    }
    problems["429"]["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    found = given | {"description": "The answer.", "headers": headers}
    return {"200": found, "304": {"description": "Nothing has changed since the answer with that tag."}, **problems}


def _named(value: Any, refs: dict[str, str]) -> Any:
    """With pages of lists under their own names (AreaPage), where pydantic puts a name together (Page_Area_)."""
    if isinstance(value, dict):
        return {name: refs.get(one, one) if name == "$ref" else _named(one, refs) for name, one in value.items()}
    return [_named(one, refs) for one in value] if isinstance(value, list) else value


def _tell(shape: str, schema: dict[str, Any]) -> None:
    """Describe each field that its shape leaves undescribed."""
    for field, value in schema.get("properties", {}).items():
        if "description" not in value and (told := meaning(shape, field)):
            value["description"] = told


def _open(schema: Any) -> Any:
    """Without the promise that no field will ever be added."""
    if isinstance(schema, dict):
        return {
            name: _open(value)
            for name, value in schema.items()
            if not (name == "additionalProperties" and value is False)
        }
    return [_open(one) for one in schema] if isinstance(schema, list) else schema
