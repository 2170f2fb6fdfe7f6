"""Reports and plans as documents. For now the maker of fictional reports, in `joinedup.documents.specimens`."""

from joinedup.documents.errors import SpecimenError

__all__ = ["SpecimenError"]
