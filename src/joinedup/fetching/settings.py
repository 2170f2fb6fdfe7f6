"""Where things are published and how we behave there: addresses, pace, patience and bounds, all of them settings.

Every address can be set by an environment variable, because sites move (the statistics API has moved once already)
and because a test or a mirror stands elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from joinedup.fetching.addresses import place_of
from joinedup.fetching.errors import FetchError, RefusedAddressError

REPORTS = "https://reports.ofsted.gov.uk"
FILES = "https://files.ofsted.gov.uk"
EES = "https://api.education.gov.uk/statistics"
GOVUK = "https://www.gov.uk"
GOVUK_FILES = "https://assets.publishing.service.gov.uk"

COLLECTION = "/government/collections/childrens-social-care-statistics"
"""GOV.UK's page that lists every release of Ofsted's children's social care statistics."""

PUBLICATIONS = (
    "characteristics-of-children-in-need",
    "children-looked-after-in-england-including-adoptions",
    "children-s-social-work-workforce",
    "outcomes-for-children-in-need-including-children-looked-after-by-local-authorities-in-england",
)
"""The DfE's statistical publications on children's services, by the last part of their address."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fetch. Times are in seconds, sizes in bytes.

    `gap` is the least time between two requests to one host, `attempts` how often one address is tried, `longest_wait`
    the longest that a site may ask us to wait before we leave it for another run, `failures` how many addresses of
    one host may fail one after the other before the rest of that host is left.
    """

    reports: str = REPORTS
    files: str = FILES
    ees: str = EES
    govuk: str = GOVUK
    govuk_files: str = GOVUK_FILES
    collection: str = COLLECTION
    publications: tuple[str, ...] = PUBLICATIONS
    agent: str = "joinedup/{version} (reads published inspection reports; {contact})"
    contact: str = "https://pypi.org/project/joinedup/"
    gap: float = 1.0
    attempts: int = 5
    first_wait: float = 2.0
    longest_wait: float = 120.0
    connect_timeout: float = 15.0
    read_timeout: float = 60.0
    longest_file: float = 1800.0
    page_bytes: int = 10_000_000
    file_bytes: int = 500_000_000
    failures: int = 5
    page_size: int = 100
    most_pages: int = 200

    def __post_init__(self) -> None:
        for address in self.addresses():
            try:
                place_of(address)
            except RefusedAddressError:
                raise FetchError(
                    f"“{address}” is no address to fetch from: it must begin with https:// and name a host"
                ) from None
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise FetchError(f"“{self.contact}” cannot be said to a site: write the contact in plain letters")

    def addresses(self) -> tuple[str, ...]:
        """Every base address; their hosts are the only ones that anything is fetched from."""
        return (self.reports, self.files, self.ees, self.govuk, self.govuk_files)

    @property
    def user_agent(self) -> str:
        """Who we say we are, so that a site's keepers can reach us."""
        return self.agent.format(version=version("joinedup"), contact=self.contact)


_VARIABLES = {
    "reports": "JOINEDUP_REPORTS_URL",
    "files": "JOINEDUP_FILES_URL",
    "ees": "JOINEDUP_EES_URL",
    "govuk": "JOINEDUP_GOVUK_URL",
    "govuk_files": "JOINEDUP_GOVUK_FILES_URL",
    "contact": "JOINEDUP_CONTACT",
}


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings, with what the environment says put in the place of the usual."""
    given = {name: environment[key].rstrip("/") for name, key in _VARIABLES.items() if environment.get(key)}
    return Settings(**given)  # type: ignore[arg-type]
