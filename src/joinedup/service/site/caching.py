"""What a browser or a cache may keep: an answer stays as it is until the record, the program or the day changes.

The entity tag is made of the record's snapshot, the program's own files, today's date (a page without a date shows
today) and the address; a browser that has that answer is told so (304) before anything is asked of the record.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from joinedup.service.site.records import current_record

KEEP_SECONDS = 60


@cache
def program_digest() -> str:
    """A digest of everything that shapes a page: this room's code, templates and styles."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def entity_tag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The tag of the answer to this request."""
    parts = (current_record().snapshot, program_digest(), timezone.localdate().isoformat(), request.get_full_path())
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def follows_the_record(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer changes only with the record, the program, the day and the address."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=KEEP_SECONDS)
        return response

    return condition(etag_func=entity_tag)(answer)
