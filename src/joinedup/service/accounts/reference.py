"""The reference page of who may do what, written from the table that the service answers from."""

from __future__ import annotations

from joinedup.service.accounts.permissions import GRANTS, Permission, Reach, Role


def page() -> str:
    """docs/reference/permissions.md."""
    lines = [
        "# Permissions",
        "",
        "Written from `joinedup.service.accounts.permissions.GRANTS` by `make docs`. What is not granted is refused.",
        "",
        "How far a permission goes:",
        "",
        *(f"- **{_reach(reach)}**: {reach.value}" for reach in Reach),
        "",
        "| permission | who has it, and how far |",
        "|---|---|",
    ]
    for permission in Permission:
        held = ", ".join(
            f"{role.label} ({_reach(GRANTS[permission][role])})" for role in Role if role in GRANTS[permission]
        )
        lines.append(f"| {permission.value.replace('_', ' ')} | {held} |")
    return "\n".join(lines) + "\n"


def _reach(reach: Reach) -> str:
    return reach.name.lower()
