"""A call in a process of its own: its answer, its errors in words, its end."""

from __future__ import annotations

import os
import signal

import pytest

from joinedup.record import RecordError
from joinedup.record.apart import EndedError, apart

pytestmark = pytest.mark.slow


def test_the_answer_comes_from_another_process() -> None:
    assert apart(os.getpid) != os.getpid()
    assert apart(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]


def test_our_errors_come_back_in_their_words() -> None:
    from joinedup.areas import get_area

    with pytest.raises(RecordError, match="nowhere-at-all"):
        apart(get_area, "nowhere-at-all")


def test_a_process_that_dies_is_told_and_not_waited_for() -> None:
    with pytest.raises(EndedError, match="without an answer"):
        apart(signal.raise_signal, signal.SIGKILL)
