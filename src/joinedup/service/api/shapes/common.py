"""What shapes share: what was corrected, and the page that a list comes in."""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A shape is exact: a field that an answer has and the shape does not is a fault of ours, found by a test."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, populate_by_name=True)


class Corrected(Shape):
    """One thing that was read wrongly and that a person put right: everything else here has what is right."""

    field: str
    """Of a statement: kind, polarity, agencies, themes, section or text; or same: with the first 12 letters of a later
    report and the hash of a statement's words, which is on the same thing or is not. Of a report: its column; grade:
    and a judgement's key."""
    old: str | None
    """What was read; null where there was none. Several values stand with "; " between them. Of what is on the same
    thing: what the program told, yes or no."""
    new: str | None
    """What is right; null where there is none."""
    corrected_at: dt.datetime
    reason: str
    """Why it is wrong."""


S = TypeVar("S", bound=Shape)


class Page(Shape, Generic[S]):
    """One page of a list."""

    snapshot: str
    """What was read: the same snapshot gives the same answer."""
    total: int
    """How many results there are altogether."""
    page: int
    """This page, from 1."""
    page_size: int
    """How many results a page holds."""
    next: str | None
    """The address of the next page; null on the last."""
    previous: str | None
    """The address of the page before; null on the first."""
    results: list[S]
    """The results of this page."""

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """The shape's name in the OpenAPI document."""
        return f"{params[0].__name__}Page"
