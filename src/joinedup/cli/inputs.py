"""What people type for a date, a moment, a list of frameworks or a filter, turned into values or a one-line error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from joinedup.errors import NotFoundError, UsageError

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SPOKEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d{4})")


def parse_date(text: str, option: str = "the date") -> dt.date:
    """The day that `text` names: `2016-11-16` or `16 November 2016` (or `16 Nov 2016`, `16th November 2016`).

    Raises UsageError, naming `option`, for anything else and for days that no calendar has.
    """
    words = " ".join(text.lower().split())
    try:
        if iso := _ISO.fullmatch(words):
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if spoken := _SPOKEN.fullmatch(words):
            months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(spoken[2])]
            if len(months) == 1:
                return dt.date(int(spoken[3]), months[0], int(spoken[1]))
    except ValueError:
        pass  # 31 June and the like: the same message as for no date at all
    raise UsageError(f"{option} is not a day that we can read: {text!r}. Write 2016-11-16 or '16 November 2016'.")


def given_date(text: str | None, option: str) -> dt.date | None:
    """The day that an option names, as `parse_date`; None where it was not given."""
    return None if text is None else parse_date(text, option)


def parse_moment(text: str) -> dt.datetime:
    """The moment that the text of `--as-of` names, in UTC; a day alone means the end of that day."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return dt.datetime.combine(parse_date(text, "--as-of"), dt.time.max, dt.UTC)
    if len(text.strip()) <= len("2016-11-16"):
        moment = dt.datetime.combine(moment.date(), dt.time.max)
    try:
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except OverflowError:
        raise UsageError(f"--as-of is before or after every day that we can count: {text!r}.") from None


@contextmanager
def reading_filters() -> Iterator[None]:
    """Within it filters are read: one that names what there is none of (an area, a body, a theme) raises UsageError.

    Whichever filter it is, the command was used wrongly (exit status 2); that nothing was found (1) is another answer.
    """
    try:
        yield
    except NotFoundError as error:
        raise UsageError(str(error)) from error


def parse_list(given: Sequence[str] | None, option: str = "--framework") -> tuple[str, ...] | None:
    """What an option named, however often it was given: `["slac,cpi", "sif"]` as its parts, in order and once each.

    None where the option was not given.
    """
    if not given:
        return None
    named = (part.strip().lower() for text in given for part in text.split(","))
    parts = tuple(dict.fromkeys(part for part in named if part))
    if not parts:
        raise UsageError(f"{option} names nothing. Write one or more with commas between them: {option} first,second.")
    return parts


def parse_choices(given: Sequence[str] | None, option: str, read: Callable[[str], str]) -> tuple[str, ...] | None:
    """The keys of what an option named by keys or titles, in order and once each; None where it was not given.

    Several stand with commas between them; a title that has commas itself is taken whole. Raises UsageError.
    """
    if not given:
        return None
    found: list[str] = []
    for text in given:
        try:
            found.append(read(text))
        except UsageError:
            found += map(read, parse_list([text], option) or ())
    return tuple(dict.fromkeys(found))
