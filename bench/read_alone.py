"""Reading files to lines of JSON as `joinedup read` does, without attribution: what issue 2 measures."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import read_alone  # this file as a module: what is sent to processes by name must stand in one

from joinedup.reading import Report, read_many, to_json


def lines(reports: Sequence[Report]) -> list[str]:
    """Reports as a line of JSON each, made in the process that read them."""
    return [json.dumps(to_json(report), ensure_ascii=False) for report in reports]


if __name__ == "__main__":
    for answer in read_many(sys.argv[1:], then=read_alone.lines):
        print(answer if isinstance(answer, str) else json.dumps(to_json(answer)))
