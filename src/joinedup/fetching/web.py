"""Asking a site for a page or a file: politely, again when it is busy, and never more than we can hold.

One class, `Web`, is the only place that touches the network. It keeps the pace, obeys robots.txt, follows redirects
only to hosts of the settings, tries again after 429, 5xx, timeouts and broken connections (waiting as long as the
site asks), and resumes a file where it broke off.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import httpx
import stamina

from joinedup.fetching.addresses import Gate, joined, place_of
from joinedup.fetching.errors import FetchError, RefusedAddressError, TemporaryError, UnexpectedContentError
from joinedup.fetching.polite import Pace, Trouble
from joinedup.fetching.robots import Rules, read_rules
from joinedup.fetching.settings import Settings

T = TypeVar("T")

REDIRECTS = 5
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_NO_SUCH = frozenset({404, 410})
_USEFUL = frozenset({200, 206, 304, 416})


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server says of a version of a thing, by which it can tell later whether it has changed."""

    etag: str | None = None
    modified: str | None = None

    @property
    def strong(self) -> str | None:
        """A mark by which parts of a file may be joined: a strong ETag, else the date of change."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified

    def ask_if_changed(self) -> dict[str, str]:
        """The headers that ask for an answer only if it has changed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, or None where it has not changed since the marks that were shown."""

    text: str | None
    marks: Marks


@dataclass(frozen=True, slots=True)
class Download:
    """A file on disk (None where it has not changed) with its marks."""

    path: Path | None
    marks: Marks


class Web:
    """A polite client. Use as a context manager; not for several threads."""

    def __init__(self, settings: Settings, pace: Pace | None = None) -> None:
        self._settings = settings
        self._pace = pace or Pace(settings.gap)
        self._trouble = Trouble(settings.failures)
        self._gate = Gate(settings.addresses())
        self._rules: dict[str, Rules] = {}
        timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
        self._client = httpx.Client(
            headers={"User-Agent": settings.user_agent}, timeout=timeout, follow_redirects=False, verify=_trust()
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def page(self, address: str, marks: Marks | None = None) -> Page:
        """A page as text. Raises FetchError."""
        headers = (marks or Marks()).ask_if_changed()

        def take(answer: httpx.Response) -> Page:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Page(None, marks or Marks())
            if answer.status_code != httpx.codes.OK:
                raise FetchError(f"{address} gave a part of a page ({answer.status_code}), which was not asked for")
            return Page(_read_text(answer, self._settings.page_bytes), _marks_of(answer))

        return self._ask(address, lambda: headers, take)

    def json(self, address: str) -> Any:
        """A page's JSON. Raises FetchError."""
        text = self.page(address).text or ""
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnexpectedContentError(f"{address} gave something that is not JSON ({error})") from None

    def download(
        self,
        address: str,
        part: Path,
        *,
        known: Marks | None = None,
        started: Marks | None = None,
        began: Callable[[Marks], None] = lambda marks: None,
    ) -> Download:
        """A file into `part`, carrying on where an earlier try left off.

        `known` are the marks of a version that we have already, `started` those of the version that `part` is the
        beginning of; `began` is told the marks of a version before any of it is written. Raises FetchError; what has
        come by then stays in `part`.
        """
        version = started or Marks()

        def headers() -> dict[str, str]:
            if _size(part) and version.strong:
                return {"Range": f"bytes={_size(part)}-", "If-Range": version.strong, "Accept-Encoding": "identity"}
            return {**(known or Marks()).ask_if_changed(), "Accept-Encoding": "identity"}

        def take(answer: httpx.Response) -> Download:
            nonlocal version
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Download(None, known or Marks())
            append = _continues(answer, part)
            if answer.status_code != httpx.codes.OK and not append:
                # It cannot give the rest, or gave another piece than we asked for: the next try takes the whole.
                part.unlink(missing_ok=True)
                raise TemporaryError(f"{address} does not carry on from where the file broke off", 0.0)
            if not append:
                version = _marks_of(answer)
                part.unlink(missing_ok=True)
                began(version)
            self._write(address, answer, part, append=append)
            return Download(part, version)

        return self._ask(address, headers, take)

    def _write(self, address: str, answer: httpx.Response, part: Path, *, append: bool) -> None:
        held = _size(part) if append else 0
        ends = time.monotonic() + self._settings.longest_file
        with part.open("ab" if append else "wb") as file:
            for chunk in answer.iter_bytes():
                held += len(chunk)
                if held > self._settings.file_bytes:
                    raise UnexpectedContentError(f"{address} is larger than {self._settings.file_bytes:,} bytes")
                if time.monotonic() > ends:
                    raise TemporaryError(f"{address} took longer than {self._settings.longest_file:.0f} seconds")
                file.write(chunk)

    def _ask(self, address: str, headers: Callable[[], Mapping[str, str]], take: Callable[[httpx.Response], T]) -> T:
        """Ask until it works or there is no more sense in it."""
        host = self._gate.check(address)
        if self._trouble.left(host):
            raise FetchError(f"{address} was not asked for: {host} failed too often in this run; try again later")
        self._obey_robots(address)
        try:
            for attempt in stamina.retry_context(
                on=self._wait_before_next,
                attempts=self._settings.attempts,
                timeout=None,
                wait_initial=self._settings.first_wait,
                wait_max=self._settings.longest_wait,
                wait_jitter=self._settings.first_wait / 2,
            ):
                with attempt:
                    answer = self._once(address, headers(), take)
            self._trouble.worked(host)
            return answer
        except TemporaryError:
            self._trouble.failed(host)
            raise

    def _wait_before_next(self, error: Exception) -> bool | float:
        """Whether to try again: not where it makes no sense, and after as long as the site asks."""
        if not isinstance(error, TemporaryError):
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= self._settings.longest_wait else False

    def _once(self, address: str, headers: Mapping[str, str], take: Callable[[httpx.Response], T]) -> T:
        """One try, through its redirects."""
        asked = address
        for _ in range(REDIRECTS + 1):
            host = self._gate.check(asked)
            if asked != address:
                self._obey_robots(asked)
            self._pace.wait(host)
            try:
                with self._client.stream("GET", asked, headers=dict(headers)) as answer:
                    if answer.is_redirect and "location" in answer.headers:
                        asked = joined(asked, answer.headers["location"])
                        continue
                    self._raise_for(answer, asked)
                    return take(answer)
            except httpx.TimeoutException:
                raise TemporaryError(f"{asked} did not answer in time") from None
            except httpx.TransportError as error:
                raise TemporaryError(f"the connection to {asked} broke ({type(error).__name__})") from None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise FetchError(f"{asked} gave an answer that cannot be read ({error})") from None
        raise RefusedAddressError(f"{address} leads from redirect to redirect, more than {REDIRECTS} times")

    def _raise_for(self, answer: httpx.Response, address: str) -> None:
        status = answer.status_code
        if status in BUSY:
            wait = _asked_wait(answer)
            if wait:
                self._pace.hold(place_of(address)[1], min(wait, self._settings.longest_wait))
            raise TemporaryError(f"{address} answered {status}: the site is busy or down; try again later", wait)
        if status in _NO_SUCH:
            raise FetchError(f"{address} is not there any more ({status})")
        if status not in _USEFUL:
            raise FetchError(f"{address} answered {status}, which is not a page or a file")

    def _obey_robots(self, address: str) -> None:
        scheme, host, port = place_of(address)
        site = f"{scheme}://{host}:{port}"
        if site not in self._rules:
            self._rules[site] = Rules(())  # while it is being read, robots.txt itself may be read
            self._rules[site] = self._read_rules(joined(address, "/robots.txt"), site)
        rules = self._rules[site]
        if not rules.allow(self._settings.user_agent, address):
            raise RefusedAddressError(f"{address} is not fetched: the site's robots.txt asks programs not to")
        if rules.delay:
            self._pace.slow_down(host, rules.delay)

    def _read_rules(self, address: str, site: str) -> Rules:
        try:
            return read_rules(self.page(address).text or "", self._settings.user_agent)
        except TemporaryError:
            # RFC 9309: while a site cannot give its rules, all of it is closed.
            self._rules.pop(site, None)
            raise
        except FetchError:
            return Rules(())


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that we trust, read once: it takes longer than a request."""
    return httpx.create_ssl_context()


def _marks_of(answer: httpx.Response) -> Marks:
    """The marks that the answer bears; one that could not be shown again in a request's headers is none."""
    etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return Marks(etag if etag and etag.isascii() else None, modified if modified and modified.isascii() else None)


def _continues(answer: httpx.Response, part: Path) -> bool:
    """Whether the answer carries on exactly where the part on disk ends."""
    if answer.status_code != httpx.codes.PARTIAL_CONTENT or answer.headers.get("content-encoding"):
        return False
    return str(answer.headers.get("content-range", "")).startswith(f"bytes {_size(part)}-")


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _read_text(answer: httpx.Response, most: int) -> str:
    held = b""
    for chunk in answer.iter_bytes():
        held += chunk
        if len(held) > most:
            raise UnexpectedContentError(f"{answer.url} is larger than {most:,} bytes, too large for a page")
    try:
        return held.decode(answer.charset_encoding or "utf-8", errors="replace")
    except LookupError:  # a character set that nobody knows
        return held.decode("utf-8", errors="replace")


def _asked_wait(answer: httpx.Response) -> float | None:
    """Seconds that the site asks us to wait (Retry-After, as a number or a date)."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        until = email.utils.parsedate_to_datetime(told)
    except ValueError:
        return None
    # A date of the zone "-0000" is read as one without a zone; it is in universal time all the same (RFC 5322, 3.3).
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
