"""What the keys of the record are called on the pages, and the addresses at which a report and its words are found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.urls import reverse

from joinedup import attribution
from joinedup.areas import agencies
from joinedup.record import choices
from joinedup.record.choices import POLARITY_TITLES
from joinedup.record.naming import fingerprint
from joinedup.record.schema import POLARITY_BY_KIND

NOBODY = choices.NOBODY
KIND_TITLES = choices.KIND_TITLES
KIND_GROUPS = {
    "priority_action": "Priority actions",
    "improvement": "What needs to improve",
    "strength": "Strengths",
    "finding": "What else the report says",
}

SHORT_HASH = 12
"""Letters of a report's hash in its address; more are taken, too."""


@cache
def agency_titles() -> dict[str, str]:
    """Title of each of the ten agencies, in the order in which they are always shown."""
    return {agency.key: agency.title for agency in agencies()}


def agency_title(key: str) -> str:
    """What an agency is called; NOBODY is told as such."""
    return "No agency" if key == NOBODY else agency_titles().get(key, key)


@cache
def theme_titles() -> dict[str, str]:
    """Title of each theme of the taxonomy, by the alphabet of the titles."""
    return {theme.key: theme.title for theme in sorted(attribution.themes(), key=lambda theme: theme.title)}


def theme_title(key: str) -> str:
    """What a theme is called: its title in the taxonomy; NOBODY is told as such."""
    return "No theme" if key == NOBODY else attribution.theme_title(key)


def kind_title(key: str) -> str:
    """What a kind of statement is called, for one of them."""
    return KIND_TITLES.get(key, key)


def said_title(kind: str, polarity: str | None) -> str:
    """A kind of statement, for one of them, with whether it is praise or concern where its list does not tell that."""
    told = "" if polarity == POLARITY_BY_KIND.get(kind) else POLARITY_TITLES.get(polarity or "", "")
    return f"{kind_title(kind)}: {told}" if told else kind_title(kind)


def label_look(kind: str, polarity: str | None) -> str:
    """How the label of a kind of statement looks: its list's, or that of praise or concern for the main text."""
    return polarity or kind if kind == "finding" else kind


def shortened(text: str) -> str:
    """How a statement begins."""
    return text if len(text) < 60 else text[:57].rsplit(" ", 1)[0] + " …"


def report_address(sha256: str) -> str:
    """The address of a report's page."""
    return reverse("report", args=[sha256[:SHORT_HASH]])


def words_key(text: str) -> str:
    """How an address names a statement: by its words, so that it still leads there when the report is read anew."""
    return fingerprint(text)


def words_address(sha256: str, page: int, text: str) -> str:
    """The address of the page of a report on which a statement stands, with its words marked."""
    return page_addresses(sha256)(page, words_key(text))


def page_addresses(sha256: str) -> Callable[[int, str], str]:
    """The same for many statements of one report, each by its page and its words' key."""
    start = f"{report_address(sha256)}/pages/"
    return lambda page, key: f"{start}{page}?finding={key}#mark"
