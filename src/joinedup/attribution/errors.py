"""What can go wrong with the data that this room works from."""

from joinedup.errors import JoinedupError


class AttributionDataError(JoinedupError):
    """A file of words, themes or weights is not as it must be; the message names the file and the entry."""
