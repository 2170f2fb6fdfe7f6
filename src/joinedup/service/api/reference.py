"""The reference page of the API, and the snapshot of its contract.

`python -m joinedup.service.api.reference`, run in the project's folder, writes `docs/reference/api.md` and
`tests/service/api/openapi-v1.json` anew, after which the difference is read before it is committed: what a client
relies on is not taken away within a version.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from joinedup.service.api.describe import Described, Field, ShapeDescribed

PAGE = Path("docs/reference/api.md")
SNAPSHOT = Path("tests/service/api/openapi-v1.json")

_OPENING = """# The API

<!-- Written from the operations themselves by `python -m joinedup.service.api.reference`; a test fails where the two
differ. -->

The API gives read-only JSON over HTTP under `/api/v1/`. No key is needed. [How to use it](../how-to/use-the-api.md)
explains pages, tags, limits and errors. The service shows this reference at `/api/reference`, and describes itself in
OpenAPI 3.1 at `/api/v1/openapi.json`. Parameters that are not named here are refused with 422.
"""


def as_markdown() -> str:
    """The whole page."""
    from joinedup.service.api.describe import families, shapes

    parts = [_OPENING]
    for title, operations in families():
        parts += [f"## {title}\n", *(_operation(one) for one in operations)]
    parts += ["## Shapes of answers\n", *(_shape(one) for one in shapes())]
    return "\n".join(parts)


def snapshot() -> str:
    """The OpenAPI document as the contract's file has it."""
    from joinedup.service.api.document import document

    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _operation(one: Described) -> str:
    lines = [f"### {one.title}\n", f"`GET {one.path}` answers {_linked(one.answer, one.shape)}.\n"]
    if one.text:
        lines.append(one.text + "\n")
    if one.parameters:
        lines += ["| parameter | type | default | meaning |", "|---|---|---|---|"]
        lines += [_row(field, "must be given" if field.needed else field.default) for field in one.parameters]
        lines.append("")
    return "\n".join(lines)


def _shape(one: ShapeDescribed) -> str:
    lines = [f"### {one.name}\n"]
    if one.text:
        lines.append(one.text + "\n")
    lines += ["| field | type | meaning |", "|---|---|---|", *(_row(field) for field in one.fields), ""]
    return "\n".join(lines)


def _row(field: Field, *between: str) -> str:
    cells = (f"`{field.name}`", _linked(field.type, field.shape), *between, field.meaning)
    return f"| {' | '.join(cells)} |"


def _linked(words: str, shape: str | None) -> str:
    safe = words.replace(" | ", ", ")
    return safe.replace(shape, f"[{shape}](#{shape.lower()})", 1) if shape else safe


def page() -> str:
    """The whole page, for a program that has not set Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.service.settings")
    os.environ.setdefault("JOINEDUP_SECRET_KEY", secrets.token_urlsafe(50))
    import django

    django.setup()
    return as_markdown()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
