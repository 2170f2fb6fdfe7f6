"""What went wrong, in plain words, as application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError
from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json

from joinedup.errors import NotFoundError, UsageError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "The parameters do not go together",
    404: "Not found",
    405: "This can only be read",
    422: "A parameter is not right",
    429: "Too many requests",
    500: "A fault of ours",
}

WORDS: Mapping[str, str] = {
    "missing": "this parameter must be given",
    "string_too_short": "at least {min_length} character",
    "string_too_long": "no more than {max_length} characters",
    "literal_error": "it can be {expected}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "greater_than": "more than {gt}",
    "less_than": "less than {lt}",
    "too_long": "no more than {max_length} of these",
    "too_short": "at least {min_length} of these",
}
"""The types' own words for what is wrong, in ours."""


class Wrong(BaseModel):
    """One parameter that is not right, and why."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    parameter: str
    """Its name; empty where the address as a whole is meant."""
    message: str
    """What is wrong with it and what it can be."""


class Problem(BaseModel):
    """What went wrong. `detail` is for a person to read."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str
    """Always about:blank: the status says which kind of problem it is."""
    title: str
    """The kind of problem in a few words."""
    status: int
    """The HTTP status."""
    detail: str
    """What is wrong and what to do about it."""
    errors: list[Wrong]
    """Each parameter that is not right."""


def problem(
    status: int, detail: str, *, errors: Sequence[Wrong] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer that tells of a problem."""
    told = Problem(type="about:blank", title=TITLES[status], status=status, detail=detail, errors=list(errors))
    return HttpResponse(to_json(told), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def wrong_parameters(errors: Sequence[Wrong]) -> HttpResponse:
    """422 with every parameter that is not right."""
    return problem(422, " ".join(_sentence(error) for error in errors), errors=errors)


def not_valid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Parameters that are not of their type."""
    assert isinstance(error, ValidationError)
    return wrong_parameters([Wrong(parameter=_name(one["loc"]), message=_words(one)) for one in error.errors])


def not_found(request: HttpRequest, error: NotFoundError | type[NotFoundError]) -> HttpResponse:
    """Something is named that there is none of."""
    return problem(404, _finished(str(error)))


def contradictory(request: HttpRequest, error: UsageError | type[UsageError]) -> HttpResponse:
    """Each parameter is right, and together they are not (days in the wrong order)."""
    return problem(400, _finished(str(error)))


def our_fault(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Anything else, once logged: the client is told that it was not its doing, and nothing of how we are made."""
    assert isinstance(error, Exception)
    logger.error("%s could not be answered", request.get_full_path(), exc_info=error)
    return problem(500, "The service could not answer. That is not your doing; please try again later.")


def _name(place: tuple[str | int, ...]) -> str:
    """The parameter's name out of where the types found it (query, name, number in the list)."""
    names = [part for part in place[1:] if isinstance(part, str)]
    return names[-1] if names else ""


def _words(error: Mapping[str, Any]) -> str:
    template = WORDS.get(error["type"])
    if template is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return template.format(**{name: _plain(value) for name, value in error.get("ctx", {}).items()})


def _plain(value: Any) -> Any:
    """What is allowed as people write it: choices without quotes, a whole number without a point."""
    if isinstance(value, str):
        return value.replace("'", "")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sentence(error: Wrong) -> str:
    return _finished(f"{error.parameter}: {error.message}" if error.parameter else error.message)


def _finished(words: str) -> str:
    first = words[:1].upper() + words[1:] if words[:1].islower() and ":" not in words[:20] else words
    return first if first.endswith((".", "?", "!")) else f"{first}."
