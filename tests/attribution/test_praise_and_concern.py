"""Praise or concern, told by words, by headings and by the list a statement stands in. Every sentence is invented."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from joinedup.attribution import Statement, attribute, praises
from joinedup.attribution.examples import hash_of_words
from joinedup.attribution.polarity import Heard

LABELS = Path(__file__).parent / "labels" / "polarity.jsonl"


def polarity(text, **given):
    return attribute(Statement(text, **given), family="ilacs").polarity


@pytest.mark.parametrize(
    "text",
    [
        "Social workers know children well and build strong, trusting relationships with them.",
        "Care leavers benefit from effective support and are very positive about their advisers.",
        "Leaders have a clear vision and have made significant progress.",
    ],
)
def test_praise(text):
    assert polarity(text).value == "strength"


@pytest.mark.parametrize(
    "text",
    [
        "Assessments are too often poor and do not consider risk. Delay is not challenged.",
        "Supervision is inconsistent and records are incomplete, so children wait too long.",
        "There is insufficient oversight by managers, and plans lack timescales.",
    ],
)
def test_concern(text):
    assert polarity(text).value == "weakness"


@pytest.mark.parametrize(
    ("words", "praised"),
    [
        ("Return home interviews are timely and thorough, and children benefit from skilled support.", True),
        ("Managers provide effective oversight, which ensures that children are well supported.", True),
        ("Return home interviews are not consistently offered.", False),
        ("Too many children wait too long, and the quality of plans is variable.", False),
    ],
)
def test_whether_one_sentence_praises(words, praised):
    assert praises(words) is praised


@pytest.mark.parametrize("words", ["less rigorous", "not rigorous", "insufficiently rigorous", "rarely rigorous"])
def test_praise_that_is_turned_into_its_contrary_is_concern(words):
    assert polarity("Plans are rigorous.").value == "strength"
    assert polarity(f"Plans are {words}.").value == "weakness"


def test_both_in_equal_parts_is_mixed():
    text = "Visits are regular and relationships are strong. However, plans are poor and too many lack timescales."
    assert polarity(text).value == "mixed"


def test_an_item_is_what_its_list_says():
    text = "The quality of plans."
    assert polarity(text, kind="strength").value == "strength"
    assert polarity(text, kind="improvement").value == "weakness"
    assert polarity(text, kind="priority_action").value == "weakness"


def test_the_words_that_told_it_stand_in_the_text():
    text = "Supervision is inconsistent and records are incomplete, so children wait too long."
    told = polarity(text)
    assert told.words
    assert told.words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A review of the board has been held. Visits are not always recorded.", "not always recorded"),
        ("Social workers know children well.", "children well"),
        ("The council has a good range of placements for children in care.", "good range"),
        ("There are too many changes of social worker.", "too many changes"),
    ],
)
def test_the_words_that_told_it_are_those_that_judge_and_what_they_judge(text, words):
    assert polarity(text).words == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Services for children who need help are inadequate because serious failures leave them at risk.", "weakness"),
        ("The arrangements by which the board evaluates what the authority does require improvement.", "weakness"),
        ("The experiences of children in care require improvement to be good.", "weakness"),
        ("Children's services in Kelderby are good.", "strength"),
    ],
)
def test_a_sentence_that_gives_the_grade_is_what_the_grade_is(text, value):
    assert polarity(text).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Teachers praise the virtual school, but most education plans need work.", "mixed"),
        ("Elected members have not given the service the challenge that it asks for.", "weakness"),
        ("Teachers praise the virtual school, and education plans are good.", "strength"),
    ],
)
def test_a_statement_whose_words_outweigh_each_other_in_neither_direction_is_no_context(monkeypatch, text, value):
    def level(weights, words):
        return Heard(0.0, 0.0, [3.0, -3.0, *[0.0] * (len(words) - 2)])

    monkeypatch.setattr("joinedup.attribution.polarity.listen", level)
    assert polarity(text).value == value


def test_a_statement_that_weighs_little_and_in_which_no_word_judges_is_context():
    told = polarity("The council moved its records to another system in 2019.")
    assert (told.value, told.words) == ("context", "")


def test_a_finding_that_speaks_of_newsletters_is_a_finding():
    assert polarity("Good training and monthly newsletters keep social workers well informed.").value == "strength"


def test_what_grades_mean_is_no_finding():
    section = "What the inspection judgements mean"
    assert polarity("An outstanding authority leads highly effective services.", section=section).value == "context"


def test_labels_of_sentences_are_hashes_and_no_sentences():
    rows = [json.loads(line) for line in LABELS.with_name("polarity_sentences.jsonl").read_text().splitlines()]
    assert {tuple(sorted(row)) for row in rows} == {("label", "page", "report", "words")}
    assert {row["label"] for row in rows} == {"strength", "weakness", "mixed", "context"}
    assert len({(row["report"], row["words"]) for row in rows}) == len(rows) >= 3500
    scored_only = {row["report"] for row in rows if int(row["report"][:4], 16) % 2}
    assert not scored_only


def test_labels_are_hashes_and_no_sentences():
    rows = [json.loads(line) for line in LABELS.read_text().splitlines()]
    assert {tuple(sorted(row)) for row in rows} == {("label", "page", "reader", "report", "words")}
    assert all(len(row["words"]) == len(row["report"]) == 64 for row in rows)
    assert {row["label"] for row in rows} == {"strength", "weakness", "mixed", "context"}
    assert len({row["report"] for row in rows}) >= 60


@pytest.mark.corpus
@pytest.mark.slow
def test_labelled_findings_kept_out_of_tuning_are_told_apart(shared_data):
    from joinedup.reading import Report, read

    labels = {(row["report"], row["words"]): row["label"] for row in map(json.loads, LABELS.read_text().splitlines())}
    kept_out = {report for report, _ in labels if int(report[:4], 16) % 2}
    table = Counter()
    for path in sorted((shared_data / "reports").rglob("*.pdf")):
        if sha256(path.read_bytes()).hexdigest() not in kept_out:
            continue
        report = read(path)
        if isinstance(report, Report):
            for item in report.findings:
                label = labels.get((report.sha256, hash_of_words(item.text)))
                if label in ("strength", "weakness"):
                    table[label, polarity(item.text, section=item.section).value] += 1
    right = table["strength", "strength"] + table["weakness", "weakness"]
    wrong = table["strength", "weakness"] + table["weakness", "strength"]
    assert 2 * right / (right + wrong + table.total()) >= 0.9
