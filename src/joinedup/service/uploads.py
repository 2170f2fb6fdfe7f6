"""How much of what is sent is taken in at all, while it arrives: a disk must not be filled by what is refused.

A form is read before it is known whether whoever sent it may send it: of somebody who has not signed in, nothing of a
file is taken in. Of others, one byte more than is kept of a file, by which it is known to be too large; and nothing of
any file where all together are more than one request may bring, which its length tells before the first byte.

A view may declare that its form brings a file (`takes_a_file`): the operator of the service has not signed in, and
whether whoever sends it is the operator stands in the form beside the file. So that much is taken in of anybody there.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


def takes_a_file(most: int) -> Callable[[ViewFunction], ViewFunction]:
    """Declare that the operator's form of this view brings a file of at most so many bytes."""

    def declare(view: ViewFunction) -> ViewFunction:
        view.takes_a_file = most  # type: ignore[attr-defined]
        return view

    return declare


class NotTakenIn(UploadedFile):
    """What a form gets in place of a file that came with too many others: its name, and nothing of it."""

    def __init__(self, name: str | None) -> None:
        super().__init__(BytesIO(), name, size=0)


class OnlyWhatCouldBeKept(FileUploadHandler):
    """The first of the handlers of uploads: it passes the beginning of each file on and drops the rest."""

    most = 0
    too_much = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **given: Any) -> None:
        """A request begins, of so many bytes. The words of a form come on top of what its files may hold."""
        words = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        if self.declared:
            self.too_much = content_length > self.declared + words
        else:
            self.too_much = _signed_in(self.request) and content_length > settings.UPLOAD_AT_ONCE + words

    def new_file(self, *args: Any, **given: Any) -> None:
        """A file begins; of one that is too much no other handler hears."""
        super().new_file(*args, **given)
        if self.too_much:
            raise StopFutureHandlers
        if self.declared:
            self.most = self.declared + 1
        else:
            self.most = _largest() + 1 if _signed_in(self.request) else 0

    @property
    def declared(self) -> int:
        """How much the view takes of the operator's file, where there is an operator; 0 where it declares none."""
        match = getattr(self.request, "resolver_match", None)
        return getattr(match.func, "takes_a_file", 0) if match and settings.OPERATOR_TOKEN else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The part of the next bytes, which begin at `start`, that goes on; None where nothing does."""
        return raw_data[: max(0, self.most - start)] or None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The handlers after this one have the file, unless nothing of it was taken in."""
        return NotTakenIn(self.file_name) if self.too_much else None


def _signed_in(request: Any) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _largest() -> int:
    from joinedup.service.inspections import files  # needs accounts, which the public site alone has not

    return files.LARGEST
