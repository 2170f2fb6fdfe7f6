"""The API itself, and how an operation is declared: what it reads, in which shape it answers, and whom it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from joinedup.errors import NotFoundError, UsageError
from joinedup.service.api import problems

Operation = TypeVar("Operation", bound=Callable[..., Any])

VERSION = "1.4.0"
"""The API's own version. What is new raises its second number; what is taken away is a /api/v2/."""

DESCRIPTION = """Who was judged how, and who must improve what: inspections of children's services in England.

Everything here is public and read-only. Facts are given under the Open Government Licence v3.0. Lists come in pages;
answers carry an ETag, and nothing is sent again that has not changed. Parameters that are not described are refused.
Within version 1 new fields may be added to answers: ignore those that you do not know."""


class _Json(BaseRenderer):
    """JSON in UTF-8, days as 2016-11-16."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data, inf_nan_mode="null")


api = NinjaAPI(
    title="Joinedup",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
    renderer=_Json(),
)
api.add_exception_handler(ValidationError, problems.not_valid)
api.add_exception_handler(NotFoundError, problems.not_found)
api.add_exception_handler(UsageError, problems.contradictory)
api.add_exception_handler(Exception, problems.our_fault)

functions: dict[str, Callable[..., Any]] = {}
"""Every operation by its name, which is also its operationId and its address's name."""


def read(path: str, *, tag: str, shape: Any) -> Callable[[Operation], Operation]:
    """Declare an operation that reads `path` and answers in `shape`; its docstring is its description.

    It must declare its audience as every view does (`joinedup.service.access`), or it is refused.
    """

    def declare(function: Operation) -> Operation:
        name = function.__name__
        summary, _, rest = (function.__doc__ or "").strip().partition("\n")
        api.get(
            path,
            response=shape,
            operation_id=name,
            url_name=name,
            tags=[tag],
            summary=summary.rstrip("."),
            description="\n".join(line.strip() for line in rest.strip().splitlines()) or summary,
            by_alias=True,
        )(function)
        functions[name] = function
        return function

    return declare
