"""Who holds each agency to account: the posts, in chain order, and whom each answers to, by area and day.

Which posts there are depends on the law of the day and on the place: in Greater Manchester the chief constable has
answered to the mayor since May 2017, in the City of London to the Common Council, elsewhere to a police and crime
commissioner since November 2012.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from joinedup.areas.bodies import KINDS, all_bodies, bodies_of, services_of
from joinedup.areas.facts import FactsError, document, entry, holds
from joinedup.areas.model import Area, Kind
from joinedup.areas.places import all_areas
from joinedup.errors import NotFoundError

PostKind = Literal["post", "body", "public"]

_FIRST_DAY = dt.date(2009, 1, 1)


class UnknownPostError(NotFoundError):
    """There is no accountable post of that key."""


@dataclass(frozen=True, slots=True)
class Post:
    """One accountable post or body. `agency` is None for Parliament and the electorate, where every chain ends.

    `answers_to` names every post it ever answers to anywhere; ask `answers_to()` for a place and a day. `forces`,
    `needs`, `council` and `unless` say where it holds (see data/posts.toml). `national`: it belongs to the
    Government or to a body for the whole country, and to none of an area's own.
    """

    key: str
    title: str
    agency: str | None
    kind: PostKind
    national: bool
    start: dt.date | None
    end: dt.date | None
    answers_to: tuple[str, ...]
    forces: tuple[str, ...]
    needs: str | None
    council: Kind | None
    unless: tuple[str, ...]
    source: str


def get_post(key: str) -> Post:
    """The post of that key. Raises UnknownPostError."""
    try:
        return _posts()[key]
    except KeyError:
        raise UnknownPostError(f"there is no accountable post {key!r}") from None


def posts(agency: str | None = None, area: Area | str | None = None, on: dt.date | None = None) -> tuple[Post, ...]:
    """The accountable posts of an agency (its key; None: all), from the front line upwards.

    With an area (or its slug) only those that hold there, with a day only those that hold then; a post above others is
    left out where none of them holds.
    """
    known = _posts()
    ours = [each for each in known.values() if agency in (None, each.agency)]
    held = [each for each in ours if _holds(each, area, on)]
    # A body's own posts (a trust's) come and go without those above them; posts of another agency say nothing here.
    above = {key for each in ours if not each.needs for key in each.answers_to if known[key].agency == each.agency}
    reached = {key for each in held for key in each.answers_to}
    return tuple(each for each in held if each.key in reached or each.key not in above)


def answers_to(post: Post | str, area: Area | str | None = None, on: dt.date | None = None) -> tuple[Post, ...]:
    """Whom a post (or its key) answers to directly, in an area and on a day; empty only where a chain ends."""
    each = get_post(post) if isinstance(post, str) else post
    return tuple(above for above in map(get_post, each.answers_to) if _holds(above, area, on))


def chain(post: Post | str, area: Area | str | None = None, on: dt.date | None = None) -> tuple[Post, ...]:
    """Everyone a post answers to, directly and through others, nearest first, each once."""
    found: dict[str, Post] = {}
    waiting = list(answers_to(post, area, on))
    while waiting:
        each = waiting.pop(0)
        if each.key not in found:
            found[each.key] = each
            waiting += answers_to(each, area, on)
    return tuple(found.values())


def _holds(post: Post, area: Area | str | None, on: dt.date | None) -> bool:
    """Whether a post holds; without an area somewhere, without a day at some time."""
    if area is None:
        return on is None or holds(post.start, post.end, on)
    slug = area if isinstance(area, str) else area.slug
    return any(_holds_there(post, slug, day) for day in ([on] if on else _turning_days(post, slug)))


def _holds_there(post: Post, slug: str, on: dt.date) -> bool:
    if not holds(post.start, post.end, on):
        return False
    if post.forces and not any(body.key in post.forces for body in bodies_of(slug, on, kind="police_force")):
        return False
    if post.needs and not bodies_of(slug, on, kind=post.needs):
        return False
    if post.council and ((there := all_areas().get(slug)) is None or there.kind_on(on) != post.council):
        return False
    return not any(_holds_there(get_post(other), slug, on) for other in post.unless)


def _turning_days(post: Post, slug: str) -> set[dt.date]:
    """The days on which a post can begin to hold in an area: if it does on none of them, it never does."""
    days = {post.start or _FIRST_DAY}
    days |= {end for end in (get_post(other).end for other in post.unless) if end}
    # A county that became a unitary took another code of the ONS that day.
    days |= {code.start for area in filter(None, [all_areas().get(slug)]) for code in area.codes if code.start}
    return days | {service.start for service in services_of(slug) if service.start}


@cache
def _posts() -> MappingProxyType[str, Post]:
    found: dict[str, Post] = {}
    optional = ("agency", "kind", "national", "start", "end", "answers_to", "forces", "needs", "council", "unless")
    for number, row in enumerate(document("posts.toml")["posts"], start=1):
        place = f"posts.toml, entry {number}"
        each = entry(row, place, required=("key", "title", "source"), optional=optional)
        found[each["key"]] = Post(
            key=each["key"],
            title=each["title"],
            agency=each["agency"],
            kind=_kind(each["kind"] or "post", place),
            national=each["national"] is True,
            start=each["start"],
            end=each["end"],
            answers_to=tuple(each["answers_to"] or ()),
            forces=tuple(each["forces"] or ()),
            needs=each["needs"],
            council=each["council"],
            unless=tuple(each["unless"] or ()),
            source=each["source"],
        )
    for post in found.values():
        _check(post, found)
    return MappingProxyType(found)


def _kind(kind: str, place: str) -> PostKind:
    if kind in ("post", "body", "public"):
        return cast(PostKind, kind)
    raise FactsError(f"{place}: the kind is post, body or public, not {kind!r}")


def _check(post: Post, found: dict[str, Post]) -> None:
    unknown = [key for key in (*post.answers_to, *post.unless) if key not in found]
    unknown += [key for key in post.forces if key not in all_bodies()]
    unknown += [post.needs] if post.needs is not None and post.needs not in KINDS else []
    unknown += [post.council] if post.council is not None and post.council not in get_args(Kind) else []
    if unknown:
        raise FactsError(f"posts.toml: {post.key} names what there is not: {', '.join(unknown)}")
    local = [key for key in post.answers_to if post.national and not found[key].national]
    if local:
        raise FactsError(f"posts.toml: {post.key} is national and answers to what is not: {', '.join(local)}")
