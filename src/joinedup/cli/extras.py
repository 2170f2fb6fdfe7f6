"""Commands that need an optional part of the installation say which, instead of failing on an import."""

from __future__ import annotations

from importlib.util import find_spec

from joinedup.errors import JoinedupError

MODULES = {"serve": ("django", "whitenoise", "gunicorn"), "documents": ("typst",), "cluster": ("distributed",)}
"""The extras of pyproject.toml that commands need, with modules that each brings."""


class MissingExtraError(JoinedupError):
    """A command needs an extra that is not installed."""


def need(command: str, *extras: str) -> None:
    """Raise `MissingExtraError`, with what to install, where one of the extras is not there."""
    missing = [extra for extra in extras if any(find_spec(module) is None for module in MODULES[extra])]
    if missing:
        raise MissingExtraError(
            f"{command} needs {' and '.join(repr(extra) for extra in missing)} of the optional parts: "
            f"pip install 'joinedup[{','.join(missing)}]'"
        )
