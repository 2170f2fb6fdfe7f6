"""What a browser or a cache may keep: an answer stays as it is until the record, the program, the day or the address
changes.

The entity tag is made of the record's snapshot, the program's own files, the settings that show on pages, today's date
(what is asked without a date is of today) and the address; whoever has that answer is told so (304) before anything is
asked of the record. Pages, downloads and the API's answers are kept alike.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

import joinedup
from joinedup.service.site.records import current_record

KEEP_SECONDS = 60


@cache
def program_digest() -> str:
    """A digest of the program's own files, its tables and templates among them: another may answer otherwise."""
    root = Path(joinedup.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def entity_tag(request: HttpRequest) -> str:
    """The tag of the answer to this request."""
    parts = (
        current_record().snapshot,
        program_digest(),
        repr((settings.SHOW_FICTIONAL, settings.LIVE, bool(settings.OPERATOR_TOKEN))),
        repr((settings.API_PER_MINUTE, settings.API_BURST)),
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
    )
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def known_to_client(request: HttpRequest, tag: str) -> bool:
    """Whether the client has that very answer (compared weakly: a compressed answer's tag is weak)."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in {each.removeprefix("W/") for each in given}


def follows_the_record(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose good answers may be kept; mistakes and refusals may not, and have no tag. Nor has what the view
    itself says otherwise of (`Cache-Control`): it may be another without another record."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tag = entity_tag(request)
        told = {"ETag": tag, "Cache-Control": f"public, max-age={KEEP_SECONDS}"}
        if known_to_client(request, tag):
            return HttpResponse(status=304, headers=told)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            for name, value in told.items():
                response.headers[name] = value
        return response

    return answer
