"""The errors of the documents room."""

from joinedup.errors import UsageError


class SpecimenError(UsageError):
    """No specimen can be made as asked: a family, visit or year that never was, or a sentence bank out of order."""
