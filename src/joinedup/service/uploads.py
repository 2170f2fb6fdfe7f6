"""How much of a file that is sent is taken in at all, while it arrives: a disk must not be filled by what is refused.

A form is read before it is known whether whoever sent it may send it: of somebody who has not signed in, nothing of a
file is taken in. Of others, one byte more than is kept, by which it is known to be too large.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler


class OnlyWhatCouldBeKept(FileUploadHandler):
    """The first of the handlers of uploads: it passes the beginning of each file on and drops the rest."""

    most = 0

    def new_file(self, *args: Any, **given: Any) -> None:
        """A file begins."""
        super().new_file(*args, **given)
        user = getattr(self.request, "user", None)
        self.most = _largest() + 1 if user is not None and user.is_authenticated else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The part of the next bytes, which begin at `start`, that goes on; None where nothing does."""
        return raw_data[: max(0, self.most - start)] or None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""


def _largest() -> int:
    from joinedup.service.inspections import files  # needs accounts, which the public site alone has not

    return files.LARGEST
