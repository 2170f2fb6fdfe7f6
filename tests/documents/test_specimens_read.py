"""The reader reads every specimen back as what is true of it: fields, judgements and each item with its page.

Texts are compared by their words and stops, pages exactly. A paragraph without a number that crosses a page where a
sentence ends cannot be told from two, so two findings read there may stand for one written.
"""

import re

import pytest

from joinedup.documents.specimens import SPANS, make_specimen
from joinedup.reading import read_bytes, to_json

pytestmark = pytest.mark.slow

SEEDS = range(6)
FIELDS = ("framework", "visit", "inspection", "inspectorates", "theme", "addressees", "lead_inspector")
ITEMS = ("priority_actions", "improvements", "strengths", "findings")
EVERY = [
    pytest.param(family, visit, seed, id=f"{family}-{visit or 'full'}-{seed}")
    for family, visit in SPANS
    for seed in SEEDS
]


def year_for(family, visit, seed):
    """A year in which the family was inspected, another for each seed."""
    span = SPANS[family, visit]
    years = [year for year in range(span.first.year, span.last.year + 1) if (family, year) != ("jtai", 2021)]
    return years[seed % len(years)]


def plain(text):
    """A text with the spaces and the dashes of sub-lists made even."""
    return re.sub(r"\s+", " ", text.replace(" – ", " ")).strip()


def joined_over_pages(read, written):
    """Items read, with those joined again that a page's end cut in two where a sentence ended."""
    wanted = {plain(item["text"]) for item in written}
    items = []
    for item in read:
        text = plain(item["text"])
        if items and item["page"] == items[-1][1] + 1 and f"{items[-1][0]} {text}" in wanted:
            items[-1] = (f"{items[-1][0]} {text}", items[-1][1])
        else:
            items.append((text, item["page"]))
    return items


@pytest.mark.parametrize(("family", "visit", "seed"), EVERY)
def test_reads_back_what_was_written(family, visit, seed):
    specimen = make_specimen(family, visit=visit, seed=seed, year=year_for(family, visit, seed))
    written, read = specimen.truth, to_json(read_bytes(specimen.pdf, specimen.name))

    assert read["status"] == "read", read["reason"]
    assert read["fictional"]
    assert read["area"]["name"] == written["area"]["name"]
    if read["published_source"] == "printed":
        assert read["published"] == written["published"]
    assert {field: read[field] for field in FIELDS} == {field: written[field] for field in FIELDS}

    grades = [{(one["key"], one["grade"], one["page"]) for one in told["judgements"]} for told in (read, written)]
    assert grades[0] == grades[1]
    assert (read["outcome"] or {}).get("key") == (written["outcome"] or {}).get("key")
    due = written["statement"] or {}
    assert {key: (read["statement"] or {}).get(key) for key in due} == due

    for kind in ITEMS:
        assert joined_over_pages(read[kind], written[kind]) == [(plain(i["text"]), i["page"]) for i in written[kind]]
    for kind in ("priority_actions", "improvements"):
        for one, other in zip(read[kind], written[kind], strict=True):
            assert one["responsible"] == other.get("responsible", [])
            assert other.get("lead_in") in (None, one["lead_in"])
            assert other.get("number") in (None, one["number"])
