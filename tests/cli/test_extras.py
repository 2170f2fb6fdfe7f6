"""A command whose optional part is not installed says which to install."""

from __future__ import annotations

import pytest

from joinedup.cli import extras


def test_a_missing_part_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda module: None if module == "gunicorn" else object())
    with pytest.raises(extras.MissingExtraError, match=r"pip install 'joinedup\[serve\]'"):
        extras.need("joinedup serve", "serve", "documents")


def test_nothing_is_said_where_all_is_there() -> None:
    extras.need("joinedup demo", "serve", "documents")
