"""A list as pages, each with the address of the next and of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest

from joinedup.service.api.parameters import Paged
from joinedup.service.api.shapes.common import Page, Shape
from joinedup.service.site.records import current_record

S = TypeVar("S", bound=Shape)
T = TypeVar("T")


def paged(
    request: HttpRequest, asked: Paged, shape: type[S], found: Sequence[T], make: Callable[[T], S] | None = None
) -> Page[S]:
    """The page asked for of everything that was found; only its own results are made."""
    some: Iterable[Any] = found[asked.start : asked.start + asked.page_size]
    results = [make(one) for one in some] if make else list(some)
    return page_of(request, asked, shape, results, len(found))


def page_of(request: HttpRequest, asked: Paged, shape: type[S], results: list[S], total: int) -> Page[S]:
    """The page with these results, of a list of `total`."""
    last = max(1, -(-total // asked.page_size))
    before = min(asked.page - 1, last)
    return Page[shape](  # type: ignore[valid-type]
        snapshot=current_record().snapshot,
        total=total,
        page=asked.page,
        page_size=asked.page_size,
        next=_address(request, asked.page + 1) if asked.page < last else None,
        previous=_address(request, before) if before >= 1 else None,
        results=results,
    )


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
