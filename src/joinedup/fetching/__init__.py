"""Fetching: finds new reports and statistics where they are published and brings them into a local store, politely.

`fetch(folder)` is one run; it can be stopped at any moment and run again. What is in the store is then taken into the
record with `joinedup ingest`.
"""

from joinedup.fetching.errors import FetchError, StoreError, UnknownKindError
from joinedup.fetching.found import KINDS, Found
from joinedup.fetching.run import Summary, fetch
from joinedup.fetching.settings import Settings, settings_from
from joinedup.fetching.store import default_store

__all__ = [
    "KINDS",
    "FetchError",
    "Found",
    "Settings",
    "StoreError",
    "Summary",
    "UnknownKindError",
    "default_store",
    "fetch",
    "settings_from",
]
