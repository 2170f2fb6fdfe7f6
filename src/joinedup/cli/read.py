"""`joinedup read`: what published inspection reports say, one answer a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from joinedup.cli.options import Session, standard
from joinedup.cli.output import OUTCOME_WORDS, grade_words, print_json, print_line, print_table
from joinedup.cli.progress import progress_bar
from joinedup.errors import NotFoundError

if TYPE_CHECKING:
    from joinedup.reading import Refusal, Report

T = TypeVar("T")

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH…", help="Files, or folders with everything below them.", show_default=False),
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, metavar="N", help="How many processes read.  [default: one a core]")
]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help="Read on the Dask cluster at this address instead.")
]


@standard(as_of=False)
def command(
    session: Session,
    paths: Paths,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON object a line, in the order given, as each is read.")
    ] = False,
    workers: Workers = None,
    cluster: Cluster = None,
) -> int:
    """Read published inspection reports: their area, dates, judgements and items, each with its page.

    If a file is refused, the answer says why, the others are still read, and the status is 1.
    """
    from joinedup.reading import Refusal
    from joinedup.record.attributed import as_lines, attribute_all, to_json

    refused = 0
    if jsonl:
        for line in _answers(paths, as_lines, workers, cluster, quiet=session.quiet):
            refused += isinstance(line, Refusal)
            print_line(json.dumps(to_json(line), ensure_ascii=False) if isinstance(line, Refusal) else line)
        return 1 if refused else 0
    kept = [to_json(answer) for answer in _answers(paths, attribute_all, workers, cluster, quiet=session.quiet)]
    if session.as_json:
        print_json(kept)
    else:
        _print(kept)
    return 1 if any(answer["status"] == "refused" for answer in kept) else 0


def _answers(
    paths: list[Path],
    then: Callable[[Sequence[Report]], Sequence[T]],
    workers: int | None,
    cluster: str | None,
    *,
    quiet: bool,
) -> Iterator[T | Refusal]:
    from joinedup.reading import expand, read_many

    files = list(expand(paths))
    if not files:
        raise NotFoundError(f"There is no file in {', '.join(map(str, paths))}.")
    with progress_bar("Reading", quiet=quiet) as tell:
        answers = read_many(files, then=then, workers=workers, cluster=cluster)
        for done, (file, answer) in enumerate(zip(files, answers, strict=True), 1):
            yield answer
            tell(done, len(files), str(file))


def _print(answers: list[dict[str, Any]]) -> None:
    read = [answer for answer in answers if answer["status"] == "read"]
    if read:
        print_table(
            f"Read: {len(read)} of {len(answers)}",
            ("File", "Kind", "Area", "Published", "Outcome", "Improvements", "Priority actions", "Strengths"),
            [_row(answer) for answer in read],
        )
    for answer in answers:
        if answer["status"] == "refused":
            sys.stdout.write(f"Refused: {answer['file']}: {answer['reason']}\n")


def _row(answer: dict[str, Any]) -> tuple[object, ...]:
    overall = next((one["grade"] for one in answer["judgements"] if one["key"] == "overall"), None)
    outcome = OUTCOME_WORDS.get(answer["outcome"]["key"]) if answer["outcome"] else grade_words(overall)
    kind = " ".join(filter(None, (answer["framework"], answer["visit"])))
    return (
        Path(answer["file"]).name,
        kind or None,
        answer["area"]["name"] if answer["area"] else None,
        answer["published"],
        outcome,
        len(answer["improvements"]),
        len(answer["priority_actions"]),
        len(answer["strengths"]),
    )
