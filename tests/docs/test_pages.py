"""The documents' links lead somewhere, and the decisions are numbered once each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SETTING = re.compile(r"\bJOINEDUP_[A-Z_]*[A-Z]\b")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.partition("#")[0]).exists(), (
                f"{page.name} links to {target}, which is not there"
            )


def test_the_list_of_documents_names_every_document() -> None:
    listed = ROOT / "docs" / "README.md"
    leads_to = {(listed.parent / target).resolve() for target in LINK.findall(listed.read_text(encoding="utf-8"))}
    documents = {page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "decisions"} - {listed}
    assert documents - leads_to == set()


def test_the_how_tos_tell_of_every_setting_that_there_is_and_of_no_other() -> None:
    set_by_the_demonstration_alone = {"JOINEDUP_DEMO"}
    modules = (ROOT / "src").rglob("*.py")
    read = {name for module in modules for name in SETTING.findall(module.read_text(encoding="utf-8"))}
    guides = (ROOT / "docs" / "how-to").glob("*.md")
    told = {name for guide in guides for name in SETTING.findall(guide.read_text(encoding="utf-8"))}
    assert told == read - set_by_the_demonstration_alone


def test_decisions_have_a_number_of_their_own_and_a_title_that_is_the_decision() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name) for page in pages)
    assert len(numbers) == len(set(numbers))
    for page in pages:
        assert page.read_text(encoding="utf-8").startswith("# "), page.name


def test_the_readme_names_the_two_commands() -> None:
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in words
    assert "make test" in words
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readmes_python_runs_and_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JOINEDUP_RECORD", str(tmp_path / "none"))
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "'inadequate': 25" in capsys.readouterr().out
