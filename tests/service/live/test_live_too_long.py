"""Texts that are too long: told, never cut off in silence, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinedup.service.accounts.models import Person
from joinedup.service.forms import LONGEST
from joinedup.service.inspections.models import Inspection

SignIn = Callable[[Person], Client]
PAGES = {
    "evidence/add": ("words", {"source": "interview", "criterion": "help", "agencies": ["police"]}),
    "findings/new": ("words", {"tendency": "concern", "criterion": "help", "seen": "0"}),
    "findings/new#how": ("how_police", {"tendency": "concern", "criterion": "help", "words": "Slow.", "seen": "0"}),
    "contributions/police": ("narrative", {"seen": "0"}),
    "wording/change": ("summary", {"seen": "0"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_text_that_is_too_long_comes_back_whole_with_what_is_wrong(
    judged: Callable[..., Inspection], world: SimpleNamespace, sign_in: SignIn, page: str
) -> None:
    judged()
    name, rest = PAGES[page]
    client, address = sign_in(world.lead), f"/inspections/J1/{page.partition('#')[0]}"
    assert "maxlength" not in client.get(address).content.decode(), "a browser would cut off what is pasted"
    words = "a" * LONGEST + "the end"
    answer = client.post(address, {**rest, name: words})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Ensure this value has at most" in shown
    assert words in shown


def test_a_request_that_is_far_too_long_is_told_with_the_way_back(
    judged: Callable[..., Inspection], world: SimpleNamespace, sign_in: SignIn
) -> None:
    judged()
    client = sign_in(world.lead)
    few, many = {"words": "a" * 3_000_000}, {"words": "a", "file": [SimpleUploadedFile("a.txt", b"a")] * 101}
    for sent in (few, many):
        answer = client.post("/inspections/J1/findings/new", sent)
        assert answer.status_code == 413
        assert "Go back with your browser: what you typed should still be in the form." in answer.content.decode()
