"""What may be kept: an answer stays as it is until the record, the program, the day or the address changes."""

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
    """A digest of the program's own code and tables: another program may answer otherwise."""
    root = Path(joinedup.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml", ".html"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def entity_tag(request: HttpRequest) -> str:
    """The tag of the answer to this request. A default day is today's, so today is part of it."""
    parts = (
        current_record().snapshot,
        program_digest(),
        str(settings.SHOW_FICTIONAL),
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
    )
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def known_to_client(request: HttpRequest, tag: str) -> bool:
    """Whether the client has that very answer (compared weakly: a compressed answer's tag is weak)."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in {each.removeprefix("W/") for each in given}


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose good answers may be kept; mistakes and refusals may not, and have no tag."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tag = entity_tag(request)
        told = {"ETag": tag, "Cache-Control": f"public, max-age={KEEP_SECONDS}"}
        if known_to_client(request, tag):
            return HttpResponse(status=304, headers=told)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            for name, value in told.items():
                response.headers[name] = value
        return response

    return answer
