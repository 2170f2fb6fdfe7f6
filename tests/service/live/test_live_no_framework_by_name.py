"""The live service knows no framework by its name: everything comes from the files of `joinedup.frameworks`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from joinedup.frameworks import frameworks

SERVICE = Path(str(files("joinedup") / "service"))
LIVE = ("accounts", "audit", "inspections", "notifications", "publishing")
"""The apps of the live service; the fictional world chooses its frameworks, and the public pages name families."""
NAMES = {each.id for each in frameworks()} | {each.family for each in frameworks()}


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text in a module's code that is no docstring."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


MODULES = [path for app in LIVE for path in sorted((SERVICE / app).rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(SERVICE).as_posix()) for path in MODULES])
def test_no_module_names_a_framework(path: Path) -> None:
    assert [text for text in texts(ast.parse(path.read_text())) if text in NAMES] == []


def test_templates_name_none_either() -> None:
    named = [
        path.relative_to(SERVICE).as_posix()
        for app in LIVE
        for path in (SERVICE / app).rglob("*.html")
        if any(each.id in path.read_text() for each in frameworks())
    ]
    assert named == []


def test_the_reading_finds_a_name() -> None:
    name = next(iter(NAMES))
    assert name in set(texts(ast.parse(f'def f():\n    """Doc."""\n    return x == "{name}"\n')))
