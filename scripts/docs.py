"""Write the generated pages of docs/ anew. A test holds each to its source and says `make docs` when it is old."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from joinedup.attribution.reference import page as themes
from joinedup.cli.reference import as_markdown as commands
from joinedup.frameworks import frameworks
from joinedup.frameworks.reference import page as frameworks_page
from joinedup.record.reference import as_markdown as record
from joinedup.service.accounts.reference import page as permissions
from joinedup.service.api.reference import page as api
from joinedup.service.inspections.life_reference import as_markdown as life_cycles
from joinedup.service.inspections.sufficiency_reference import page as sufficiency_page

DOCS = Path(__file__).resolve().parents[1] / "docs"

PAGES: dict[str, Callable[[], str]] = {
    "reference/api.md": api,
    "reference/commands.md": commands,
    "reference/frameworks.md": lambda: frameworks_page(frameworks()),
    "reference/life-cycles.md": life_cycles,
    "reference/permissions.md": permissions,
    "reference/record.md": record,
    "reference/sufficiency.md": lambda: sufficiency_page(frameworks()),
    "reference/themes.md": themes,
}


def main() -> None:
    """Write every page that differs, and say which."""
    for name, make in PAGES.items():
        page, text = DOCS / name, make()
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
            print(f"written: docs/{name}")


if __name__ == "__main__":
    main()
