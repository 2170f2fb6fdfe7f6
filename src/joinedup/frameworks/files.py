"""Finds the framework files, reads one, and says where a wrong one is wrong.

The file's name is the framework's id, so that one family's versions are found without opening the others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from joinedup.frameworks import checks
from joinedup.frameworks.errors import FrameworkFileError, WrongValueError
from joinedup.frameworks.model import Framework
from joinedup.frameworks.strict import build

FOLDER = Path(__file__).parent / "files"
_ID = re.compile(r"(?P<family>[a-z][a-z-]*[a-z])(?:-(?P<version>\d+))?")
_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")


@cache
def framework_ids(folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """Every family with the ids of its versions, oldest first, told from the file names alone."""
    found: dict[str, list[tuple[int, str]]] = {}
    for file in sorted(folder.glob("*.toml")):
        match = _ID.fullmatch(file.stem)
        if match is None:
            raise FrameworkFileError(
                f"{file.name}: a framework file is named family.toml or family-version.toml; rename it"
            )
        found.setdefault(match["family"], []).append((int(match["version"] or 0), file.stem))
    return {family: tuple(id_ for _, id_ in sorted(versions)) for family, versions in sorted(found.items())}


@cache
def load_family(family: str, folder: Path = FOLDER) -> tuple[Framework, ...]:
    """The versions of one family, oldest first, each checked by itself and then with the others."""
    versions = tuple(load_file(folder / f"{id_}.toml") for id_ in framework_ids(folder).get(family, ()))
    problem = checks.check_family(versions)
    if problem is not None:
        id_, remedy = problem
        raise FrameworkFileError(f"{id_}.toml: {remedy}")
    return versions


def load_file(path: Path) -> Framework:
    """One framework file, read and checked; raises `FrameworkFileError` with the place and the remedy."""
    text = path.read_text(encoding="utf-8")
    try:
        framework = build(Framework, tomllib.loads(text))
        if framework.id != path.stem:
            raise WrongValueError(("id",), f"is {framework.id!r}; it must be the file's name, {path.stem!r}")
        checks.check(framework)
    except tomllib.TOMLDecodeError as error:
        raise FrameworkFileError(f"{path.name}: not TOML: {error}; put the syntax right") from error
    except WrongValueError as error:
        place = f"{path.name}, line {line_of(text, error.path)}"
        raise FrameworkFileError(f"{place}: {_spell(error.path)} {error.remedy}") from error
    return framework


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line (from 1) on which the deepest part of `path` that can be found stands; 1 where none can."""
    lines = text.splitlines()
    if not path:
        return 1
    table, rest = str(path[0]), path[1:]
    nth = rest[0] if rest and isinstance(rest[0], int) else 0
    headers = [(i, match[1]) for i, line in enumerate(lines) if (match := _HEADER.match(line))]
    own = [i for i, name in headers if name == table]
    if nth < len(own):
        begin = own[nth]
        end = min((i for i, _ in headers if i > begin), default=len(lines))
        key = next((part for part in rest if isinstance(part, str)), None)
    else:
        begin, end, key = -1, headers[0][0] if headers else len(lines), table
    if key is None:
        return begin + 1
    wanted = re.compile(rf"^\s*{re.escape(key)}\s*=")
    return next((i + 1 for i in range(begin + 1, end) if wanted.match(lines[i])), max(begin, 0) + 1)


def _spell(path: tuple[str | int, ...]) -> str:
    """`("judgements", 2, "parent")` as `judgements[3].parent`: people count from 1."""
    spelt = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return spelt.lstrip(".") or "the file"
