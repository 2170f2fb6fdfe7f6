"""Findings rest on evidence and say how each agency contributed; a concern asks for something or says why not."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.service.inspections.models import Evidence, Inspection

Make = Callable[..., Inspection]
Piece = Callable[..., Evidence]
SignIn = Callable[..., Client]

PAGES = (
    "findings",
    "contributions",
    "judgements",
    "meeting",
    "sufficiency",
    "moderation",
    "accuracy",
    "signing",
    "finding_new",
    "no_good_practice",
)


@pytest.mark.parametrize("framework", ["joined-up-1", "jtai-2022", "ilacs-2026", "multi-agency-2012"])
def test_every_page_opens_on_an_inspection_that_holds_nothing(
    judged: Make, sign_in: SignIn, world: SimpleNamespace, framework: str
) -> None:
    inspection = judged(framework)
    client = sign_in(world.lead)
    answers = {name: client.get(reverse(name, args=[inspection.reference])).status_code for name in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)
