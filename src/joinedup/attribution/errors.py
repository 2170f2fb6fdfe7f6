"""What can go wrong with the data that this room works from, and with what is asked of it."""

from joinedup.errors import JoinedupError, NotFoundError


class AttributionDataError(JoinedupError):
    """A file of words, themes or weights is not as it must be; the message names the file and the entry."""


class UnknownThemeError(NotFoundError):
    """There is no theme of that key or title. `near` are titles like it; where none is, the message has the keys."""

    def __init__(self, text: str, near: tuple[str, ...], keys: tuple[str, ...]) -> None:
        self.near = near
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there is: {', '.join(keys)}"
        super().__init__(f"There is no theme {text!r}; {hint}")
