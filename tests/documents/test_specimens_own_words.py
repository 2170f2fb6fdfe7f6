"""No sentence of a published report is in the bank: it shares no run of eight words with any report at hand."""

import re

import pypdfium2 as pdfium
import pytest

from joinedup.documents.specimens.bank import bank

pytestmark = [pytest.mark.slow, pytest.mark.corpus]

RUN = 8


def runs(text):
    """Every run of RUN words in a text, without case or stops."""
    words = re.findall(r"[a-z]+", text.lower().replace("’", ""))
    return {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def test_the_bank_shares_no_run_of_words_with_a_published_report(shared_data):
    ours = {}
    matters = bank().asks + bank().strengths
    sentences = [words.text for matter in matters for words in matter.forms.values()]
    for sentence in sentences + [line for lines in bank().glue.values() for line in lines]:
        # A slot breaks a run: whatever name stands there is not ours to compare.
        for part in re.split(r"\{\w+\}|\[[^\]]*\]", sentence):
            ours.update(dict.fromkeys(runs(part), sentence))
    found = {}
    for path in sorted((shared_data / "reports").rglob("*.pdf")):
        if path.read_bytes()[:5] != b"%PDF-":
            continue
        document = pdfium.PdfDocument(path)
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        found.update({ours[run]: (run, path.name) for run in runs(text) & ours.keys()})
    assert not found
