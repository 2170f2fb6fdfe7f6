"""The reader reads every specimen back as what is true of it: fields, judgements and each item with its page.

Texts are compared by their words and stops, pages exactly. A paragraph that crosses a page where a sentence ends
cannot always be told from two, so two findings read there may stand for one written.
"""

import re

import pytest

from joinedup.documents.specimens import SPANS, make_specimen
from joinedup.reading import read_bytes, to_json

pytestmark = pytest.mark.slow

SEEDS = range(5)
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
    """A text with its spaces, and the dashes of a list within it, made even."""
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


def compared(read, written):
    """Each field's value as read and as written, in the same shape."""
    pairs = {field: (read[field], written[field]) for field in FIELDS}
    pairs["area"] = (read["area"]["name"], written["area"]["name"])
    if read["published_source"] == "printed":
        pairs["published"] = (read["published"], written["published"])
    pairs["judgements"] = tuple(
        sorted((one["key"], one["grade"], one["page"]) for one in told["judgements"]) for told in (read, written)
    )
    pairs["outcome"] = tuple((told["outcome"] or {}).get("key") for told in (read, written))
    due = written["statement"] or {}
    pairs["statement"] = ({key: (read["statement"] or {}).get(key) for key in due}, due)
    for kind in ITEMS:
        told = [(plain(item["text"]), item["page"]) for item in written[kind]]
        pairs[kind] = (joined_over_pages(read[kind], written[kind]), told)
    return pairs


@pytest.mark.parametrize(("family", "visit", "seed"), EVERY)
def test_reads_back_what_was_written(family, visit, seed):
    specimen = make_specimen(family, visit=visit, seed=seed, year=year_for(family, visit, seed))
    read = to_json(read_bytes(specimen.pdf, specimen.name))
    assert read["status"] == "read", read["reason"]
    assert read["fictional"]
    differ = {name: pair for name, pair in compared(read, specimen.truth).items() if pair[0] != pair[1]}
    assert differ == {}


@pytest.mark.parametrize(("family", "visit", "seed"), EVERY)
def test_reads_the_bodies_lead_ins_and_numbers_of_what_is_asked(family, visit, seed):
    specimen = make_specimen(family, visit=visit, seed=seed, year=year_for(family, visit, seed))
    read = to_json(read_bytes(specimen.pdf, specimen.name))
    for kind in ("priority_actions", "improvements"):
        by_text = {plain(item["text"]): item for item in read[kind]}
        for written in specimen.truth[kind]:
            one = by_text[plain(written["text"])]
            assert one["responsible"] == written.get("responsible", [])
            assert written.get("lead_in") in (None, one["lead_in"])
            assert written.get("number") in (None, one["number"])
