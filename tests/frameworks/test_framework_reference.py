"""The reference page says what the files say."""

from pathlib import Path

from joinedup.frameworks import frameworks
from joinedup.frameworks.reference import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_in_the_docs_is_the_one_that_the_files_give() -> None:
    written = (DOCS / "reference" / "frameworks.md").read_text(encoding="utf-8")
    assert written == page(frameworks()), "the frameworks have changed: run `make docs`"


def test_the_page_tells_every_fact_with_its_sources() -> None:
    text = page(frameworks())
    for one in frameworks():
        assert f"\n## {one.id}\n" in text
        for source in one.sources:
            assert f"- `{source.key}`: " in text
        for follow_up in one.follow_up:
            assert follow_up.title in text
    assert "70 working days of receiving the report" in text
    assert "held in 33 of 33" in text


def test_the_page_that_tells_how_to_add_a_framework_is_there() -> None:
    assert (DOCS / "how-to" / "add-a-framework.md").is_file()
