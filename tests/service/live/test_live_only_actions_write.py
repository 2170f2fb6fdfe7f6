"""Nothing writes to the live service's tables but actions: proved by reading the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

SERVICE = Path(str(files("joinedup") / "service"))
WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
"""Methods that write wherever they stand."""
WRITES_ON_ROWS = {"create", "update", "add", "set", "remove", "clear"}
"""Methods that write where they are called on a manager, a query or a relation."""
MANAGERS = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "select_for_update", "order_by"}
NOT_ROWS = {"session", "form", "request", "cache", "messages", "storage", "SocialAccount", "Authenticator", "qrcode"}
"""What has a `save` of its own and is no row of ours: the tables of the libraries that sign people in among them."""
WRITERS = ("actions.py", "audit/chain.py")
"""The modules that write for everybody else, beside each app's `actions`."""


def modules() -> Iterator[Path]:
    """Every module of the service that must not write."""
    for path in sorted(SERVICE.rglob("*.py")):
        place = path.relative_to(SERVICE).as_posix()
        if place in WRITERS or "/migrations/" in place or "/actions/" in place:
            continue
        yield path


def names_in(node: ast.expr) -> set[str]:
    """Every name and attribute that an expression is reached through."""
    found: set[str] = set()
    while True:
        match node:
            case ast.Attribute(value=value, attr=attr):
                found.add(attr)
                node = value
            case ast.Call(func=function):
                node = function
            case ast.Subscript(value=value):
                node = value
            case ast.Name(id=name):
                return found | {name}
            case _:
                return found


def writes(tree: ast.AST) -> Iterator[str]:
    """Where a module writes, as line and call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            through = names_in(node.func.value)
            inherited = isinstance(node.func.value, ast.Call) and names_in(node.func.value) == {"super"}
            certain = node.func.attr in WRITES and not through & NOT_ROWS and not inherited
            if certain or (node.func.attr in WRITES_ON_ROWS and through & MANAGERS):
                yield f"line {node.lineno}: {ast.unparse(node)[:80]}"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(SERVICE).as_posix()) for path in modules()])
def test_a_module_that_holds_no_actions_writes_nothing(path: Path) -> None:
    assert list(writes(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "code",
    [
        "person.save()",
        "Inspection.objects.filter(pk=1).update(stage='x')",
        "Evidence.objects.create(words='x')",
        "finding.evidence.all().delete()",
        "Person.objects.get_or_create(email='x')",
    ],
)
def test_the_reading_finds_a_write(code: str) -> None:
    assert list(writes(ast.parse(code)))


@pytest.mark.parametrize("code", ["request.session.save()", "found.update(other)", "super().save(*a)", "form.save()"])
def test_the_reading_takes_no_other_call_for_a_write(code: str) -> None:
    assert not list(writes(ast.parse(code)))
