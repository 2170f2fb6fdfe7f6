"""Which post answers for what is asked of an agency, in a place and on a day, and who a report names for it.

The posts and to whom each answers are facts of the areas room. What is decided here, by the table beside this module,
is which of an agency's posts a statement falls to: the words that hold the agency responsible often tell ("Cafcass",
"the hospital"); where they do not, the agency's own head answers.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from joinedup.analysis.accountability_lists import listed_with
from joinedup.areas import FactsError, Post, agencies, answers_to, bodies_of, chain, get_area, get_post, posts
from joinedup.areas.facts import holds
from joinedup.areas.sentences import answers_to_whom
from joinedup.record.choices import NOBODY, agency_key, check_days
from joinedup.record.schema import POST_AFTER

Decided = Literal["agency", "words", "either"]
Standing = Literal["holder", "acting", "deputy"]

_TABLE = os.path.join(os.path.dirname(__file__), "accountability_posts.toml")
_ACTING = re.compile(r"\b(acting|interim|temporary)\b|^A/", re.IGNORECASE)
_PARTS = re.compile(r"&|;|/|\band\b")
_DEPUTY = re.compile(r"\b(deputy|assistant|associate|vice)\b", re.IGNORECASE)


class Named(NamedTuple):
    """A person to whom a letter is addressed, or whom a report names as a leader, as printed, with the post and agency
    that the role tells.

    `post` is None where the role is none of the accountable posts. `standing` says whether the person holds it, acts
    in it or is its deputy.
    """

    name: str
    role: str | None
    organisation: str | None
    agency: str | None
    post: str | None
    standing: Standing

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return self._asdict()


@dataclass(frozen=True, slots=True)
class Answering:
    """A post that answers for something in a place on a day: for which bodies, and to whom.

    `bodies` are the (key, name on that day) of those that the post heads there then; `answers_to` whom it
    answers to directly, `chain` everybody above it, nearest first.
    """

    post: Post
    bodies: tuple[tuple[str, str], ...]
    answers_to: tuple[Post, ...]
    chain: tuple[Post, ...]

    @property
    def answers_in_words(self) -> str:
        """Whom it answers to, as a sentence goes on after its title: "answers to A, B and C"; empty for nobody."""
        return answers_to_whom(self.post.title, [above.title for above in self.answers_to])

    def to_json(self) -> dict[str, Any]:
        """Plain values; posts as their key and title."""
        return {
            "post": self.post.key,
            "title": self.post.title,
            "bodies": [{"body": key, "name": name} for key, name in self.bodies],
            "answers_to": [{"post": above.key, "title": above.title} for above in self.answers_to],
            "chain": [{"post": above.key, "title": above.title} for above in self.chain],
        }


class _Words(NamedTuple):
    when: re.Pattern[str]
    posts: tuple[str, ...]
    either: bool
    start: dt.date | None
    end: dt.date | None


class _Answer(NamedTuple):
    agency: str
    framework: str | None
    posts: tuple[str, ...]
    either: bool
    words: tuple[_Words, ...]
    below: re.Pattern[str] | None
    """Words for people of the agency whose head is `posts`; None where lists are not looked at."""


class _Role(NamedTuple):
    agency: str
    framework: str | None
    posts: tuple[str, ...]
    every: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    deputy: bool


class _Tables(NamedTuple):
    answers: tuple[_Answer, ...]
    bodies: Mapping[str, str]
    roles: tuple[_Role, ...]


def answering(
    agency: str,
    area: str | None,
    on: dt.date | None,
    *,
    words: str | None = None,
    framework: str | None = None,
    text: str | None = None,
) -> tuple[Decided, tuple[Answering, ...]]:
    """The posts that answer for what is asked of an agency in an area (its slug) on a day, and what decided it.

    `text`: the statement that the words stand in. Of the council and of health, who stands in one list with them
    ("senior leaders and elected members", "midwives and health visitors") answers too.

    "words": the words that held the agency responsible name the post, as a report of ours does behind the agency's
    name, or somebody for whom no post answers (a judge, a meeting of several agencies: empty); "agency": its head;
    "either": one of these, the words do not tell which. Empty too where the place or the day is not known, for no post
    can be told then, and for NOBODY. Raises UsageError for an agency that there is none of, UnknownAreaError for such
    an area.
    """
    check_days(on=on)
    if area is None or on is None:
        return "agency", ()
    found = _answering(agency, area, on, words or "", framework)
    if words and text and (below := _below(agency_key(agency))) and (found[0] == "words" or below.search(words)):
        others = [_answering(agency, area, on, part, framework) for part in listed_with(words, text)]
        beside = [one for one in others if one[0] == "words"]
        if any(map(below.search, listed_with(words, text))):
            beside.append(_answering(agency, area, on, "", framework))
        return _together([found, *beside]) if beside else found
    return found


def _below(agency: str) -> re.Pattern[str] | None:
    return next((one.below for one in _tables().answers if one.agency == agency and one.below), None)


@lru_cache(maxsize=16384)
def _answering(
    agency: str, area: str, on: dt.date, words: str, framework: str | None
) -> tuple[Decided, tuple[Answering, ...]]:
    entries = [one for one in _tables().answers if one.agency == agency and one.framework in (None, framework)]
    if not entries:  # it may have been named by its title
        key = agency_key(agency)
        return ("agency", ()) if key == NOBODY else _answering(key, area, on, words, framework)
    entry = entries[0]
    held = _held(get_area(area).slug, on)
    parts = words.split(POST_AFTER)
    for post in posts(agency, area, on):
        if post.title == parts[-1]:
            return "words", (_answerer(post.key, area, on),)
    if len(parts) > 1:  # several bodies, as the table of a report names them
        return _together([_answering(agency, area, on, part, framework) for part in parts])
    for each in (told for place, one in enumerate(entries) for told in one.words if told.posts or not place):
        if not holds(each.start, each.end, on):
            continue
        if each.when.search(words) and (not each.posts or any(post in held for post in each.posts)):
            those = tuple(_answerer(post, area, on) for post in each.posts if post in held)
            return ("either" if each.either and len(those) > 1 else "words"), those
    found = tuple(_answerer(post, area, on) for post in entry.posts if post in held)
    return ("either" if entry.either and len(found) > 1 else "agency"), found


def _together(each: Sequence[tuple[Decided, tuple[Answering, ...]]]) -> tuple[Decided, tuple[Answering, ...]]:
    """Who answers where several do: everybody once, told by the words if one of them is."""
    decided = [how for how, _ in each]
    found = {one.post.key: one for _, answerers in each for one in answerers}
    return next((how for how in ("words", "either") if how in decided), "agency"), tuple(found.values())


@lru_cache(maxsize=4096)
def _answerer(post: str, area: str, on: dt.date) -> Answering:
    kind = _tables().bodies.get(post)
    return Answering(
        post=get_post(post),
        bodies=tuple((body.key, body.name_on(on)) for body in bodies_of(area, on, kind=kind)) if kind else (),
        answers_to=answers_to(post, area, on),
        chain=chain(post, area, on),
    )


@lru_cache(maxsize=4096)
def _held(area: str, on: dt.date) -> frozenset[str]:
    """Every post that holds in an area on a day."""
    # `posts` gives those that begin a chain or stand in one of theirs; what other agencies answer to comes from chains.
    found = {post.key for agency in agencies() for post in posts(agency.key, area, on)}
    return frozenset(found | {above.key for post in found for above in chain(post, area, on)})


def named(
    people: Sequence[Mapping[str, Any]],
    area: str | None,
    on: dt.date | None,
    began: dt.date | None = None,
    *,
    framework: str | None = None,
) -> tuple[Named, ...]:
    """The addressees of a letter on an area, or the leaders whom a report names, each with the post that the role
    names there then.

    A role that no longer existed on the day of the letter (`on`) is told by the first day of fieldwork (`began`).
    """
    return tuple(_named(one, area, on, began, framework) for one in people)


def _named(
    person: Mapping[str, Any], area: str | None, on: dt.date | None, began: dt.date | None, framework: str | None
) -> Named:
    role = person["role"] or ""
    printed = ", ".join(filter(None, (role, person["organisation"])))
    roles = (one for one in _tables().roles if one.framework in (None, framework))
    entry = next((one for one in roles if _fits(one, printed)), None)
    agency = entry.agency if entry else person["agency"]
    post = _post(entry.posts, area, on, began) if entry else None
    standing: Standing = "holder"
    if _ACTING.search(printed):
        standing = "acting"
    elif entry and not entry.deputy and _DEPUTY.search(_part(role, person["organisation"] or "", entry)):
        standing = "deputy"
    return Named(person["name"], person["role"], person["organisation"], agency, post, standing)


def _part(role: str, organisation: str, entry: _Role) -> str:
    """The part of what is printed that names the post: some people are deputy of one thing and head of another, and
    some letters print the second where the body stands ("Chair of the …")."""
    if entry.posts and all(one.search(organisation) for one in entry.every):
        return organisation
    parts = _PARTS.split(role)
    return next((part for part in parts if entry.every[0].search(part)), role)


def _fits(entry: _Role, printed: str) -> bool:
    return all(one.search(printed) for one in entry.every) and not any(one.search(printed) for one in entry.none)


def _post(choices: Sequence[str], area: str | None, on: dt.date | None, began: dt.date | None) -> str | None:
    if area is None:
        return choices[0] if len(choices) == 1 else None
    days = [day for day in (on, began) if day]
    return next((post for day in days for post in choices if post in _held(area, day)), None)


@cache
def _tables() -> _Tables:
    import tomllib

    with open(_TABLE, "rb") as file:
        document = tomllib.load(file)
    answers = tuple(
        _Answer(
            agency=one["agency"],
            framework=one.get("framework"),
            posts=tuple(one["posts"]),
            either=one.get("either", False),
            words=tuple(
                _Words(
                    _pattern(each["when"]),
                    tuple(each["posts"]),
                    each.get("either", False),
                    each.get("start"),
                    each.get("end"),
                )
                for each in one.get("words", ())
            ),
            below=_pattern(rf"\b(?:{one['below']})\b") if "below" in one else None,
        )
        for one in document["answers"]
    )
    roles = tuple(
        _Role(
            agency=one["agency"],
            framework=one.get("framework"),
            posts=tuple(one.get("posts", ())),
            every=tuple(map(_pattern, one["all"])),
            none=tuple(map(_pattern, one.get("none", ()))),
            deputy=one.get("deputy", False),
        )
        for one in document["named"]
    )
    found = _Tables(answers, document["bodies"], roles)
    _check(found)
    return found


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _check(tables: _Tables) -> None:
    """Refuse a table that names a post there is none of, or under another agency than the post's own."""
    known = {post.key for post in posts()}
    told = [post for one in tables.answers for post in one.posts]
    told += [post for one in tables.answers for words in one.words for post in words.posts]
    told += [post for one in tables.roles for post in one.posts]
    if unknown := sorted({*told, *tables.bodies} - known):
        raise FactsError(f"accountability_posts.toml names posts that there are none of: {', '.join(unknown)}")
