"""Where to look: Ofsted's reports site, GOV.UK's statistics pages and the DfE's statistics API.

Each source yields what it finds and tells of what it could not look at, so that one page's trouble hides nothing
else. Pages that have not changed since the last run are not read again: what they linked is kept in the store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from joinedup.fetching.addresses import joined, path_of
from joinedup.fetching.errors import FetchError, UnexpectedContentError
from joinedup.fetching.found import Found, kind_of_report
from joinedup.fetching.pages import Council, Published, councils, read_day, reports
from joinedup.fetching.settings import Settings
from joinedup.fetching.store import Store
from joinedup.fetching.web import Web

Tell = Callable[[str, str], None]
"""Told of an address that could not be looked at, and why."""

SOCIAL_CARE, LOCAL_AUTHORITY = 3, 12
"""The reports site's numbers for children's social care and, within it, for local authorities."""

_RELEASE = re.compile(r"inspection|outcomes|social care", re.IGNORECASE)
_SUFFIXES = ("ods", "csv", "xlsx")


def find_reports(
    web: Web, store: Store, settings: Settings, urns: frozenset[str] | None, tell: Tell
) -> Iterator[Found]:
    """Every report on a council (or on the councils with these URNs) that the reports site links."""
    for council in _councils(web, settings):
        if urns is not None and council.urn not in urns:
            continue
        try:
            published = _reports_of(web, store, council)
        except FetchError as error:
            tell(council.address, str(error))
            continue
        if not published:
            tell(council.address, f"the page of {council.name or council.urn} links no report that we know how to read")
        for one in published:
            kind = kind_of_report(one.title)
            if kind:
                yield Found(one.address, kind, one.title, "pdf", one.day, council.name or None, council.urn)


def _councils(web: Web, settings: Settings) -> Iterator[Council]:
    """The councils that the search lists, page by page. Raises UnexpectedContentError where it lists none."""
    seen: set[str] = set()
    for _ in range(settings.most_pages):
        query = {
            "q": "",
            "location": "",
            "level_1_types": SOCIAL_CARE,
            "level_2_types[]": LOCAL_AUTHORITY,
            "start": len(seen),
            "rows": settings.page_size,
        }
        address = f"{settings.reports}/search?{urlencode(query)}"
        listed = councils(web.page(address).text or "", address)
        fresh = [council for council in listed if council.urn not in seen]
        if not fresh:
            break
        seen |= {council.urn for council in fresh}
        yield from fresh
    if not seen:
        raise UnexpectedContentError(
            f"{settings.reports}/search lists no council: its page may have changed, and this reader with it must"
        )


def _reports_of(web: Web, store: Store, council: Council) -> list[Published]:
    kept = store.page(council.address)
    page = web.page(council.address, kept.marks if kept else None)
    if page.text is None and kept:
        return kept.links
    links = reports(page.text or "", council.address)
    store.keep_page(council.address, page.marks, links)
    return links


def find_outcomes(web: Web, settings: Settings, tell: Tell) -> Iterator[Found]:
    """The spreadsheets attached to the releases that GOV.UK's collection lists."""
    collection = web.json(f"{settings.govuk}/api/content{settings.collection}")
    releases = [one for one in _list(collection, "links", "documents") if _RELEASE.search(str(one.get("title", "")))]
    if not releases:
        raise UnexpectedContentError(f"{settings.govuk}{settings.collection} lists no release that we know")
    for release in releases:
        address = f"{settings.govuk}/api/content{release.get('base_path', '')}"
        try:
            content = _object(web.json(address))
        except FetchError as error:
            tell(address, str(error))
            continue
        day = read_day(str(content.get("public_updated_at", "")))
        for attached in _list(content, "details", "attachments"):
            where = joined(f"{settings.govuk_files}/", str(attached.get("url", "")))
            suffix = path_of(where).rpartition(".")[2].lower()
            if suffix in _SUFFIXES:
                title = str(attached.get("title") or content.get("title") or "")
                yield Found(where, "outcomes", title, suffix, day)


def find_data_sets(web: Web, settings: Settings, tell: Tell) -> Iterator[Found]:
    """The newest version of each data set of the publications that the settings name."""
    publications = {
        str(one.get("slug")): one for one in _paged(web, settings, f"{settings.ees}/v1/publications", page_size=40)
    }
    if not publications:
        raise UnexpectedContentError(f"{settings.ees}/v1/publications lists nothing")
    for slug in settings.publications:
        if slug not in publications:
            tell(f"{settings.ees}/v1/publications", f"there is no publication called {slug} any more")
            continue
        address = f"{settings.ees}/v1/publications/{publications[slug].get('id')}/data-sets"
        try:
            for one in _paged(web, settings, address, page_size=20):
                yield _data_set(settings, one)
        except FetchError as error:
            tell(address, str(error))


def _data_set(settings: Settings, one: dict[str, Any]) -> Found:
    latest = _object(one.get("latestVersion"))
    query = urlencode({"dataSetVersion": latest["version"]}) if latest.get("version") else ""
    address = f"{settings.ees}/v1/data-sets/{one.get('id')}/csv" + (f"?{query}" if query else "")
    return Found(address, "statistics", str(one.get("title", "")), "csv", read_day(str(latest.get("published", ""))))


def _paged(web: Web, settings: Settings, address: str, *, page_size: int) -> Iterator[dict[str, Any]]:
    """The results of every page of a list of the statistics API."""
    for number in range(1, settings.most_pages + 1):
        answer = _object(web.json(f"{address}?{urlencode({'page': number, 'pageSize': page_size})}"))
        yield from _list(answer, "results")
        last = _object(answer.get("paging")).get("totalPages", 1)
        if not isinstance(last, int):
            raise UnexpectedContentError(f"{address} does not say how many pages it has")
        if number >= last:
            return


def _object(answer: Any) -> dict[str, Any]:
    """The answer where it is an object; an empty one where it has another shape."""
    return answer if isinstance(answer, dict) else {}


def _list(answer: Any, *keys: str) -> list[dict[str, Any]]:
    """The list of objects that stands under the keys; empty where the answer has another shape."""
    for key in keys:
        answer = _object(answer).get(key)
    return [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
