"""The errors of fetching. Each message says what is wrong with which address, and what to do."""

from joinedup.errors import JoinedupError, UsageError


class FetchError(JoinedupError):
    """Something could not be fetched. One address's error never stops the rest of a run."""


class RefusedAddressError(FetchError):
    """An address that is never fetched: another host, an internal address, not http, or barred by robots.txt."""


class UnexpectedContentError(FetchError):
    """What came is not what was asked for: a web page instead of a PDF, too large, or a page without any link."""


class TemporaryError(FetchError):
    """The site could not answer now: busy, down or too slow. `wait` is how many seconds it asks for, if it says."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class StoreError(JoinedupError):
    """The store cannot be used: another run has it open, or it is no store of this version."""


class UnknownKindError(UsageError):
    """A kind of thing that is not published anywhere we look."""
