"""What the documents show is run: console lines in a shell's words, Python as doctest; reference pages are current."""

import doctest
import inspect
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from joinedup.analysis.asked_again import asked_again, what_became
from joinedup.cli.commands import application
from joinedup.cli.reference import as_markdown, tables_of
from joinedup.record import correct, corrections, search

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("tutorial/first-answers.md", "how-to/answer-a-question.md", "reference/python.md")
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

_BLOCK = re.compile(r"^```(?P<kind>console|pycon)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page, kind):
    text = (DOCS / page).read_text(encoding="utf-8")
    return [match["text"] for match in _BLOCK.finditer(text) if match["kind"] == kind]


def shown(wanted):
    """A pattern for what a page shows: white space counts as one blank, `...` is anything at all."""
    parts = " ".join(wanted.split()).split("...")
    return re.compile(".*".join(re.escape(part.strip()) for part in parts))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES[:2])
def test_commands_print_what_the_page_shows(run, page, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = blocks(page, "console")
    assert found
    for block in found:
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, wanted = example.partition("\n")
            program, *words = shlex.split(command)
            assert program == "joinedup"
            ran = run(*words)
            printed = ran.out + ran.err
            assert shown(wanted).fullmatch(" ".join(printed.split())), f"{command}\n{printed}"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_python_says_what_the_page_shows(page, monkeypatch, tmp_path):
    monkeypatch.setenv("JOINEDUP_RECORD", str(tmp_path / "none"))
    source = "\n".join(blocks(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, page, page, 0)
    told = []
    result = doctest.DocTestRunner(optionflags=LENIENT).run(test, out=told.append)

    assert result.attempted > 3
    assert result.failed == 0, "".join(told)


def test_the_reference_page_is_what_the_commands_say():
    page = DOCS / "reference" / "commands.md"

    assert page.read_text(encoding="utf-8") == as_markdown(), "docs/reference/commands.md is old: run `make docs`"


def test_every_public_name_is_documented():
    import joinedup.analysis

    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    functions = [name for name in joinedup.analysis.__all__ if name.islower() and name != "events"]

    assert [name for name in functions if f"`{name}(" not in page] == []
    for function in (search.search, search.count, what_became, asked_again, corrections, correct):
        home = function.__module__.removesuffix(".correcting").removesuffix(".corrected")
        name = f"{home}.{function.__name__}"
        [called] = re.findall(rf"`{re.escape(name)}\((.*?)\)`", page)
        taken = [part.partition("=")[0].strip() for part in called.split(",")]
        assert taken == [*_shown(function)], name


def _shown(function):
    """The parameters of a function as a signature prints them: a star before those given by name."""
    starred = False
    for one in inspect.signature(function).parameters.values():
        if one.kind is one.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        yield one.name


TABLES = {
    ("outcomes",): ("--framework", "sif", "--as-at", "2016-11-16"),
    ("changes",): ("--from", "2012-07-31", "--to", "2013-08-31"),
    ("area",): ("Derby",),
    ("areas",): (),
    ("accountability",): (),
    ("search",): ("lamps",),
    ("record", "history"): (),
    ("record", "corrections"): (),
}
"""Each command that writes a table as CSV, and words with which it writes one."""


def commands(root, before=()):
    for name, one in root.commands.items():
        if hasattr(one, "commands"):
            yield from commands(one, (*before, name))
        elif any("--csv" in option.opts for option in one.params):
            yield (*before, name)


def test_every_command_that_writes_a_table_says_what_its_columns_mean():
    assert set(commands(get_command(application()))) == set(TABLES)


@pytest.mark.parametrize("path", TABLES, ids=" ".join)
def test_the_columns_that_are_explained_are_those_that_are_written(run, path):
    explained = list(tables_of(path)[""])
    header = run(*path, *TABLES[path], "--csv", "-").out.splitlines()[0].split(",")

    if explained[-1] == "overall, …":  # one for each judgement, which are not the same in every area
        assert header[len(explained) - 1] == "overall"
        explained, header = explained[:-1], header[: len(explained) - 1]
    assert header == explained
