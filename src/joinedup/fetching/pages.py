"""What the reports site's pages hold: the links to councils on a search page, and to reports on a council's page.

The standard library's parser is enough: the pages are looked through once, for links and dates, in the order in which
they stand. A search page links each council by an address that holds `/provider/` and ends in its URN. A council's
page links each report with the class `publication-link` and says in hidden words what it is ("area send full
inspection, pdf - 12 july 2024"), with the date in a `time` element beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from joinedup.fetching.addresses import joined, path_of
from joinedup.fetching.errors import UnexpectedContentError

_URN = re.compile(r"/provider/(?:[^?#]*/)?(?P<urn>\d{4,9})/?$")
_FILE = re.compile(r",?\s*pdf\b.*$", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Council:
    """One council that a search page lists."""

    urn: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Published:
    """One report that a council's page lists."""

    address: str
    title: str
    day: dt.date | None


@dataclass(slots=True)
class _Piece:
    """A link or a date, as it stands on the page."""

    tag: str
    href: str = ""
    classes: tuple[str, ...] = ()
    stamp: str = ""
    text: str = ""


class _Reader(HTMLParser):
    """Collects links and dates in order, with all the words within each, hidden ones too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []
        self._open: list[_Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("a", "time"):
            return
        given = {name: value or "" for name, value in attrs}
        self.handle_endtag(tag)  # a link cannot stand within a link: one that was left open ends here
        piece = _Piece(tag, given.get("href", ""), tuple(given.get("class", "").split()), given.get("datetime", ""))
        self.pieces.append(piece)
        self._open.append(piece)

    def handle_endtag(self, tag: str) -> None:
        # A page may leave a link open; whatever was opened within it closes with it.
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        for piece in self._open:
            piece.text += data


def _pieces(page: str, address: str) -> list[_Piece]:
    reader = _Reader()
    try:
        reader.feed(page)
        reader.close()
    except AssertionError:
        # The standard library's way of giving up on a section that it does not know, such as "<![x[".
        raise UnexpectedContentError(f"{address} gave something that cannot be read as a web page") from None
    return reader.pieces


def councils(page: str, address: str) -> list[Council]:
    """The councils that a search page links, each once, in order; `address` is the page's own.

    Raises UnexpectedContentError.
    """
    found: dict[str, Council] = {}
    for piece in _pieces(page, address):
        match = _URN.search(path_of(piece.href)) if piece.tag == "a" else None
        name = " ".join(piece.text.split())
        if match and (match["urn"] not in found or not found[match["urn"]].name):
            found[match["urn"]] = Council(match["urn"], name, joined(address, piece.href))
    return list(found.values())


def reports(page: str, address: str) -> list[Published]:
    """The reports that a council's page links, newest first as the page has them; the same file only once.

    A link that is no address is kept as it stands. Raises UnexpectedContentError.
    """
    found: dict[str, Published] = {}
    link: _Piece | None = None
    for piece in _pieces(page, address):
        if piece.tag == "a" and "publication-link" in piece.classes and piece.href:
            link = piece
            words = " ".join(piece.text.split())
            where = joined(address, piece.href)
            found.setdefault(where, Published(where, _FILE.sub("", words), read_day(words)))
        elif piece.tag == "time" and link is not None:
            day = read_day(piece.stamp) or read_day(piece.text)
            where = joined(address, link.href)
            if day:
                found[where] = Published(where, found[where].title, day)
            link = None
    return list(found.values())


def read_day(words: str) -> dt.date | None:
    """The day in words such as "30 january 2024" or "2024-01-30T00:00:00Z"; None where there is none."""
    try:
        return dt.date.fromisoformat(words.strip()[:10])
    except ValueError:
        pass
    match = _DAY.search(words)
    month = match and match[2].lower()[:3]
    if not match or month not in _MONTHS:
        return None
    try:
        return dt.date(int(match[3]), _MONTHS.index(month) + 1, int(match[1]))
    except ValueError:
        return None
