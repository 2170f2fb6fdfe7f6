"""The errors of the documents room."""

from joinedup.errors import UsageError


class SpecimenError(UsageError):
    """No specimen can be made as asked: a family, visit or year that never was, or a sentence bank out of order."""


class ContentError(UsageError):
    """What an inspection is said to say cannot be: it names what its framework or itself does not hold."""


class TooLongError(UsageError):
    """A text does not fit the pages that its document may have; the message says by how much and what to do."""
