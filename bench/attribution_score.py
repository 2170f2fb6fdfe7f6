"""How well responsibility, polarity and themes are told, measured on published reports: prints JSON.

    python bench/attribution_score.py SHARED [--make] [--folds N]

SHARED holds `data/reports` and `data/gold`. The figures of responsibility come from cross-validation over areas: each
area's letters (or area SEND reports) are scored by weights learnt from other areas' alone. Themes are scored on the
labelled statements of reports from which nothing is learnt, and, by reports left out, on the others; on the same
statements, who is held responsible by letters' main text and in reports on a council (there also where a statement
names nobody else, so that the figure stays one of the same statements whatever words name somebody). Polarity is scored
on the half of the labelled findings whose reports were kept out of tuning, and on the items of letters ("strengths"
against "what needs to improve"), again by areas left out. `--make` first writes the files of examples (features and
labels, no sentences).
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import prod
from pathlib import Path
from typing import Any

from joinedup.attribution import (
    AGENCIES,
    Statement,
    about,
    attribute_report,
    attribute_reports,
    councils,
    learn_names,
    themes,
)
from joinedup.attribution.evidence import lexical, read_statement, relational
from joinedup.attribution.examples import Example, hash_of_words, read_examples, write_examples
from joinedup.attribution.jointly import choose
from joinedup.attribution.judging import FAULTING, PRAISING
from joinedup.attribution.mentions import find_mentions
from joinedup.attribution.polarity import features, judge_polarity, score_text, sentences
from joinedup.attribution.roles import roles
from joinedup.attribution.train import (
    THEME_THRESHOLD,
    WITH_TREES,
    fit_polarity,
    fit_responsible,
    fit_themes,
    prepare,
    prepare_themes,
    theme_probabilities,
    thresholds,
)
from joinedup.attribution.weights import COUNCIL, JOINT
from joinedup.attribution.words import ENDS, Words, cut, telling
from joinedup.reading import Item, Report, expand, read
from joinedup.reading.many import SELDOM, in_batches
from joinedup.record.attributed import texts_of

HERE = Path(__file__).parent / "attribution"
RESPONSIBLE = {family: HERE / f"{family}.jsonl.gz" for family in (*JOINT, COUNCIL)}
POLARITY, ABOUT = (HERE / f"{name}.jsonl.gz" for name in ("polarity", "themes"))
LABELLED = Path(__file__).parents[1] / "tests" / "attribution" / "labels"
LABELS, SENTENCES, THEMES, THEMES_ALONE, READERS, SEND, MAIN, COUNCILS, CHECKERS = (
    LABELLED / f"{name}.jsonl"
    for name in (
        "polarity", "polarity_sentences", "themes", "themes_alone", "themes_readers", "area_send", "jtai_main",
        "council", "jtai_readers",
    )
)  # fmt: skip
CODES = {
    "LA": "local_authority",
    "EDU": "education",
    "HEALTH": "health",
    "POLICE": "police",
    "PROBATION": "probation",
    "YJS": "youth_justice",
    "COURTS": "courts",
    "HOUSING": "housing",
    "VCS": "voluntary",
    "PARTNERSHIP": "partnership",
}
KINDS = {"priority_actions": "priority_action", "improvements": "improvement", "strengths": "strength"}
CHAPTER = {"outstanding": (1, 0.3)}
SENTENCE_WEIGHTS = {"strength": ((1, 1.5),), "weakness": ((0, 1.5),), "context": ((1, 0.4), (0, 0.4))}
"""How a labelled sentence teaches: as praise (1) or concern (0), and with what weight."""
WRITTEN = "0" * 64
"""In place of a report's sha256: words and sentences written for this."""
JUDGING = 25.0
"""The weight of a word that judges by itself, as an example: few are met often enough to be learnt from reports."""
GRADE_WORDS = {
    verb: {"outstanding": 1, "good": 1, "inadequate": 0}
    for verb in ("is ", "are ", "was ", "were ", "is judged to be ", "are judged to be ")
} | {
    "require ": {"improvement": 0, "improvement to be good": 0},
    "requires ": {"improvement": 0, "improvement to be good": 0},
}
GRADED = [
    (subject, verb)
    for subjects, verbs in (
        (
            ("The quality of practice", "Leadership", "The impact of leaders", "The help that children get"),
            ("is ", "was ", "is judged to be ", "requires "),
        ),
        (
            ("Services for children", "Children’s services", "Arrangements", "The experiences of children in care"),
            ("are ", "were ", "are judged to be ", "require "),
        ),
    )
    for subject in subjects
    for verb in verbs
]
SOME = 3
"""One in so many paragraphs of a chapter with a telling grade is taken as an example of polarity."""
CHECKED = 5
"""The folds of the free check of polarity, whose weights take longest to learn."""
BANDS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.01)
"""Where bands of confidence begin and end."""
CHECKED_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 1.0)
"""The shares of statements that somebody reads and answers for."""
PASSES = 3
"""How often all files are read and judged to tell what it costs."""
PROCESSES = 2
"""The processes that the files would be shared among, by which their batches are as large as they are."""


def same(one: str, two: str) -> float:
    """How far two texts have the same words (0 to 1)."""
    first, second = (Counter(hash_words) for hash_words in (cut(one.lower()).plain, cut(two.lower()).plain))
    return 2 * sum((first & second).values()) / max(1, sum(first.values()) + sum(second.values()))


def statement(item: Item) -> Statement:
    """An item of the reader as this room takes it."""
    return Statement(item.text, item.kind, item.section, item.lead_in, item.responsible)


def items(report: Report) -> list[Item]:
    """Every statement of a report."""
    return [*report.priority_actions, *report.improvements, *report.strengths, *report.findings]


def labelled(shared: Path) -> Iterator[tuple[Report, Item, set[str]]]:
    """Each labelled item of the joint inspection letters with its agencies; disputed ones left out."""
    for path in sorted((shared / "data/gold/jtai").glob("*.json")):
        truth, report = json.loads(path.read_text()), read(shared / "data/reports/jtai" / f"{path.stem}.pdf")
        assert isinstance(report, Report), path
        for kind in KINDS:
            pool = list(getattr(report, kind))
            for label in truth[kind]:
                best = max(pool, key=lambda item: same(item.text, label["text"]), default=None)
                if best is not None and same(best.text, label["text"]) >= 0.9:
                    pool.remove(best)
                    if not label.get("disputed"):
                        yield report, best, {CODES[code] for code in label["agencies"]}


def labelled_in_main_text(shared: Path) -> Iterator[tuple[Report, Item, set[str]]]:
    """Each statement of the letters' main text with its agencies; those that hold nobody responsible are left out."""
    rows = (json.loads(line) for line in MAIN.read_text().splitlines())
    labels = {(row["report"], row["words"]): row["agencies"] for row in rows}
    for path in sorted((shared / "data/reports/jtai").glob("*.pdf")):
        report = read(path)
        for item in report.findings if isinstance(report, Report) else ():
            if agencies := labels.pop((report.sha256, hash_of_words(item.text)), None):
                yield report, item, set(agencies)


def labelled_in_area_send(shared: Path) -> Iterator[tuple[Report, Item, set[str]]]:
    """Each labelled statement of the area SEND reports with its agencies; those that a table answers are left out."""
    rows = (json.loads(line) for line in SEND.read_text().splitlines())
    labels = {(row["report"], row["words"]): row["agencies"] for row in [*theme_labels().values(), *rows]}
    for path in sorted((shared / "data/reports/area-send").glob("*.pdf")):
        report = read(path)
        for item in items(report) if isinstance(report, Report) else ():
            agencies = labels.pop((report.sha256, hash_of_words(item.text)), None)
            if agencies and not item.responsible:
                yield report, item, set(agencies)


def labelled_on_councils(shared: Path) -> Iterator[tuple[Report, Item, set[str]]]:
    """Each labelled statement, with its agencies, of the reports on a council from which may be learnt."""
    labels = council_labels()
    for path in sorted((shared / "data/reports").rglob("*.pdf")):
        report = read(path)
        if isinstance(report, Report) and report.framework not in JOINT and not for_scoring(report.sha256):
            for item in items(report):
                agencies = labels.pop((report.sha256, hash_of_words(item.text)), None)
                if agencies:
                    yield report, item, set(agencies)


def council_labels() -> dict[tuple[str, str], list[str]]:
    """The agencies of the statements labelled by reading, but for joint inspections' letters, by report and hash of
    words: those drawn for the themes, and those drawn for this, nearly all of which name others than the council."""
    rows = map(json.loads, COUNCILS.read_text().splitlines())
    return {(row["report"], row["words"]): row["agencies"] for row in [*rows, *theme_labels().values()]}


def make_responsible(shared: Path) -> None:
    """The examples of responsibility, a file for each family of reports."""
    letters = chain(labelled(shared), labelled_in_main_text(shared))
    send, single = labelled_in_area_send(shared), labelled_on_councils(shared)
    for family, found in (("jtai", letters), ("area-send", send), (COUNCIL, single)):
        write_examples(RESPONSIBLE[family], responsible_examples(found, family), least=3)


def responsible_examples(found: Iterable[tuple[Report, Item, set[str]]], family: str) -> list[Example]:
    """Labelled statements as the model of responsibility sees them."""
    made, names = [], {}
    for report, item, agencies in found:
        if report.sha256 not in names:
            told = texts_of(report)
            learnt = learn_names((one.text for one in told.statements), told.organisations, told.family)
            names[report.sha256] = learnt, told.on_board
        words, (local, on_board) = cut(item.text), names[report.sha256]
        mentions = find_mentions(words, local.table)
        reading = read_statement(statement(item), local, words, mentions)
        if family == COUNCIL:
            inspected = councils.inspected_body(item.section, report.framework, on_board=on_board)
            if councils.names_nobody_else(mentions, inspected):  # the inspected body answers: nothing to learn from it
                spoken, how = set[str](), dict[str, dict[str, float]]({inspected: {}})
            else:
                spoken, how = telling(words), councils.how_named(reading, inspected)
        else:
            spoken, how = lexical(reading), dict(relational(reading))
        made.append(
            Example(
                report.sha256,
                item.page,
                hash_of_words(item.text),
                sorted(agencies),
                frozenset(spoken),
                how,
                roles=roles(reading, AGENCIES if family in WITH_TREES else ()),
            )
        )
    return made


def polarity_features(text: str) -> frozenset[str]:
    """The features of a text for the model of polarity."""
    words = cut(text)
    return frozenset(name for plain in sentences(words) for name in features(plain))


def polarity_of(report: Report, item: Item) -> tuple[int, float] | None:
    """Praise (1) or concern (0) as the report itself says it of a statement, and how much that says; or None."""
    section = (item.section or "").lower()
    if report.framework == "jtai" and item.kind != "finding":
        return int(item.kind == "strength"), 1.0
    if item.kind != "finding":
        return None
    if report.framework == "jtai":
        return (1, 0.5) if "effective practice" in section else (0, 0.5) if "improvement" in section else None
    if report.framework == "area-send":
        return (0, 0.7) if "do better" in section else None
    return next((label for grade, label in CHAPTER.items() if grade in section), None)


def make_polarity(shared: Path) -> None:
    """The examples of polarity: what reports themselves say, the tuning half of the labelled findings, the labelled
    sentences of the same reports, what grades mean, and words that judge."""
    labels, by_sentence = polarity_labels(), sentence_labels()
    made = []
    examples = [
        Example(WRITTEN, 0, hash_of_words(text), label, polarity_features(text), {})
        for text, label in (
            (f"{subject} {verb}{grade}.", label)
            for subject, verb in GRADED
            for grade, label in GRADE_WORDS[verb].items()
        )
    ]
    examples += [
        Example(WRITTEN, 0, hash_of_words(word), int(word in PRAISING), frozenset((word,)), {}, JUDGING)
        for word in sorted(PRAISING | FAULTING)
    ]
    for path in sorted((shared / "data/reports").rglob("*.pdf")):
        report = read(path)
        for item in items(report) if isinstance(report, Report) else ():
            if item.kind == "finding" and for_tuning(report.sha256):
                examples += sentence_examples(report, item, by_sentence)
            words = hash_of_words(item.text)
            label = labels.get((report.sha256, words))
            if label is not None:
                if for_tuning(report.sha256) and label in ("strength", "weakness"):
                    made.append((report, item, int(label == "strength"), 1.5))
                continue
            told = polarity_of(report, item)
            if told is not None and (told[1] > 0.3 or int(words[:6], 16) % SOME == 0):
                made.append((report, item, *told))
    examples += [
        Example(report.sha256, item.page, hash_of_words(item.text), label, polarity_features(item.text), {}, weight)
        for report, item, label, weight in made
    ]
    write_examples(POLARITY, examples, least=4)


def sentence_examples(report: Report, item: Item, labels: dict[tuple[str, str], str]) -> Iterator[Example]:
    """A finding's labelled sentences, each once. One that is neither praise nor concern is a little of both, so that
    its words weigh nothing; one that is as much of either teaches nothing."""
    for text in in_sentences(cut(item.text)):
        words = hash_of_words(text)
        for label, weight in SENTENCE_WEIGHTS.get(labels.pop((report.sha256, words), "mixed"), ()):
            yield Example(report.sha256, item.page, words, label, polarity_features(text), {}, weight)


def in_sentences(words: Words) -> Iterator[str]:
    """A text's sentences as printed."""
    start = 0
    for at, word in enumerate(words.plain):
        if word in ENDS or at == len(words) - 1:
            yield words.text[words.start(start) : words.start(at) + len(words.printed(at))]
            start = at + 1


def sentence_labels() -> dict[tuple[str, str], str]:
    """The sentences labelled by reading: report and hash of words to label."""
    rows = (json.loads(line) for line in SENTENCES.read_text().splitlines())
    return {(row["report"], row["words"]): row["label"] for row in rows}


def make_about(shared: Path) -> None:
    """The examples of themes: the labelled statements of the reports that may be learnt from."""
    alone = map(json.loads, THEMES_ALONE.read_text().splitlines())
    labels = theme_labels() | {(row["report"], row["words"]): row for row in alone}
    keys = [theme.key for theme in themes()]
    made: dict[tuple[str, str], Example] = {}
    for path in sorted((shared / "data/reports").rglob("*.pdf")):
        report = read(path)
        for item in items(report) if isinstance(report, Report) else ():
            place = (report.sha256, hash_of_words(item.text))
            if place not in labels or place in made or for_scoring(report.sha256):
                continue
            words, one = cut(item.text), statement(item)
            _, how = about.named_how(words, about.in_heading(one.section))
            made[place] = Example(
                report.sha256,
                item.page,
                place[1],
                labels[place]["themes"],
                frozenset(about.lexical(one, words, report.framework)),
                {keys[number]: dict.fromkeys(about.relational(each), 1.0) for number, each in how.items()},
            )
    write_examples(ABOUT, [*made.values()], least=4)


def theme_labels() -> dict[tuple[str, str], dict[str, Any]]:
    """The statements labelled with themes and agencies by reading, by report and hash of words."""
    rows = (json.loads(line) for line in THEMES.read_text().splitlines())
    return {(row["report"], row["words"]): row for row in rows}


def for_scoring(sha256: str) -> bool:
    """Whether a report's labelled statements are scored only; from the others themes may be learnt."""
    return int(sha256[:8], 16) % 2 == 0


def polarity_labels() -> dict[tuple[str, str], str]:
    """The findings labelled by reading: report and hash of words to label."""
    rows = (json.loads(line) for line in LABELS.read_text().splitlines())
    return {(row["report"], row["words"]): row["label"] for row in rows}


def for_tuning(sha256: str) -> bool:
    """Whether a report's labelled findings may be learnt from; the others are only scored."""
    return int(sha256[:4], 16) % 2 == 0


def folds(groups: Iterable[str], number: int) -> dict[str, int]:
    """Each report in one fold, the same every time."""
    return {group: place % number for place, group in enumerate(sorted(set(groups)))}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one labelled statement by weights learnt from other areas: each agency's probability, and those
    that answer. `apart`: it stands in a letter's main text."""

    example: Example
    sure: dict[str, float]
    said: set[str]
    apart: bool

    @property
    def truth(self) -> set[str]:
        """The agencies that it is labelled with."""
        return set(self.example.label)

    @property
    def pair(self) -> tuple[set[str], set[str]]:
        """What is told and what is labelled."""
        return self.said, self.truth

    @property
    def all_right(self) -> float:
        """How likely all that answer are right, by which statements are checked, the least likely first."""
        return prod(self.sure[agency] for agency in self.said)


def responsibility(number: int, family: str = "jtai") -> dict[str, object]:
    """Precision, recall, F1 and exact share by cross-validation over areas, and each agency's counts: of letters those
    of the items, and apart from them those of the main text."""
    told = left_out(number, family)
    items, main = [one for one in told if not one.apart], [one for one in told if one.apart]
    how_sure = [
        (one.sure[agency], agency in one.truth) for one in told for agency in one.said if one.example.relational[agency]
    ]
    figures = {
        **_by_agency([one.pair for one in items]),
        "folds": number,
        "how sure": reliability(how_sure),
        "checked": checked(items),
    }
    if family == "jtai":
        figures["checked by readers"] = checked_by_readers(items)
    if main:
        figures["main text"] = {**_by_agency([one.pair for one in main]), "checked": checked(main)}
    return figures


def left_out(number: int, family: str) -> list[Told]:
    """What is told of each labelled statement of a family by weights that saw nothing of its area."""
    prepared = prepare(read_examples(RESPONSIBLE[family]))
    fold = folds((one.group for one in prepared.examples), number)
    places = range(len(prepared.examples))
    told: list[Told] = []
    for out in range(number):
        learnt = [place for place in places if fold[prepared.examples[place].group] != out]
        model = fit_responsible(prepared, learnt, family)
        scored = [place for place in places if fold[prepared.examples[place].group] == out]
        for place, sure in zip(scored, model.probabilities(prepared, scored), strict=True):
            one = prepared.examples[place]
            apart = family == "jtai" and "kind finding" in one.features
            told.append(Told(one, sure, set(choose(sure, thresholds(family))), apart))
    return told


def checked(told: Sequence[Told], readers: dict[tuple[str, str], set[str]] | None = None) -> dict[str, object]:
    """F1 and exact share where a person answers for some statements, the most doubtful first, by the share of
    statements that they read: somebody who is never wrong, or a reader whose answers are given (by report and hash)."""
    rows = sorted(told, key=lambda one: one.all_right)
    found = {}
    for share in CHECKED_SHARES:
        read = round(share * len(rows))
        right = [
            (one.truth if readers is None else readers[one.example.group, one.example.words], one.truth)
            for one in rows[:read]
        ]
        scores = _by_agency([*right, *(one.pair for one in rows[read:])])
        found[f"{share:.0%}"] = {"f1": scores["f1"], "exact": scores["exact"]}
    return found


def checked_by_readers(told: Sequence[Told]) -> dict[str, object]:
    """The same of the items that two more readers labelled without seeing any label: one who had the item's own words,
    heading and list alone, and one who had the whole letter."""
    rows = [json.loads(line) for line in CHECKERS.read_text().splitlines()]
    found = {}
    for reader in ("words_alone", "whole_letter"):
        answers = {(row["report"], row["words"]): set(row[reader]) for row in rows}
        theirs = [one for one in told if (one.example.group, one.example.words) in answers]
        found[reader] = {"items": len(theirs), **checked(theirs, answers)}
    return found


def _by_agency(told: Sequence[tuple[set[str], set[str]]]) -> dict[str, object]:
    """Precision, recall, F1 and exact share of answers against labels, and each agency's counts."""
    tally: Counter[str] = Counter()
    by_agency = {agency: Counter[str]() for agency in AGENCIES}
    for said, truth in told:
        tally.update(exact=said == truth)
        for agency in said | truth:
            key = "both" if agency in said & truth else "said" if agency in said else "missed"
            by_agency[agency][key] += 1
            tally[key] += 1
    return {
        **rates(tally),
        "exact": round(tally["exact"] / len(told), 4),
        "items": len(told),
        "agencies": {agency: {**rates(counts), **counts} for agency, counts in by_agency.items()},
    }


def rates(tally: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of counts both, said, missed."""
    both, said, missed = tally["both"], tally["said"], tally["missed"]
    return {
        "precision": round(both / max(1, both + said), 4),
        "recall": round(both / max(1, both + missed), 4),
        "f1": round(2 * both / max(1, 2 * both + said + missed), 4),
    }


def polarity(reports: Sequence[Report]) -> dict[str, object]:
    """F1 of strength against weakness on the labelled findings, by half, with the table of all four answers."""
    labels = polarity_labels()
    tables: dict[str, Counter[str]] = {"tuned on": Counter(), "reported": Counter()}
    sure: dict[str, list[tuple[float, bool]]] = {half: [] for half in tables}
    for report in reports:
        half = "tuned on" if for_tuning(report.sha256) else "reported"
        seen = set()
        for item in report.findings:
            label = labels.get((report.sha256, hash_of_words(item.text)))
            if label is not None and item.text not in seen:
                seen.add(item.text)
                told = judge_polarity(statement(item))
                tables[half][f"{label} > {told.value}"] += 1
                if told.value in ("strength", "weakness"):
                    sure[half].append((told.confidence, told.value == label))
    return {
        half: {
            **strength_against_weakness(table),
            "answers": dict(sorted(table.items())),
            "how sure": reliability(sure[half]),
        }
        for half, table in tables.items()
    }


def reliability(told: Sequence[tuple[float, bool]]) -> dict[str, dict[str, float]]:
    """Of answers in bands of confidence: how many, how sure they are in the mean, and how many of them are right."""
    bands = {f"{low} to {high}": [one for one in told if low <= one[0] < high] for low, high in pairwise(BANDS)}
    return {
        band: {
            "answers": len(those),
            "sure": round(sum(one[0] for one in those) / len(those), 3),
            "right": round(sum(one[1] for one in those) / len(those), 3),
        }
        for band, those in bands.items()
        if those
    }


def strength_against_weakness(table: Counter[str]) -> dict[str, float]:
    """F1 over findings labelled strength or weakness (another answer is a miss); `strict` counts mixed and context
    findings that were called either as errors too; and the share of all four labels that were met."""
    both = table["strength > strength"] + table["weakness > weakness"]
    wrong = table["strength > weakness"] + table["weakness > strength"]
    wanted = sum(count for key, count in table.items() if key.startswith(("strength", "weakness")))
    said = sum(count for key, count in table.items() if key.endswith(("> strength", "> weakness")))
    met = sum(count for key, count in table.items() if len(set(key.split(" > "))) == 1)
    return {
        "f1": round(2 * both / (both + wrong + wanted), 4),
        "strict_f1": round(2 * both / (said + wanted), 4),
        "accuracy": round(met / max(1, table.total()), 4),
        "findings": table.total(),
    }


def polarity_of_items(reports: Sequence[Report], number: int) -> dict[str, object]:
    """The free check: items of letters, by weights learnt without the letter's own report."""
    examples = read_examples(POLARITY)
    letters = [report for report in reports if report.framework == "jtai"]
    fold = folds((report.sha256 for report in letters), number)
    tally: Counter[str] = Counter()
    for place in range(number):
        weights = fit_polarity([one for one in examples if fold.get(one.group) != place])
        for report in (report for report in letters if fold[report.sha256] == place):
            for item in (item for item in items(report) if item.kind != "finding"):
                tally["right" if (score_text(weights, item.text) >= 0) == (item.kind == "strength") else "wrong"] += 1
    return {"items": tally.total(), "right": round(tally["right"] / tally.total(), 4)}


def themes_left_out(number: int) -> dict[str, object]:
    """Themes by cross-validation over the reports that may be learnt from."""
    prepared = prepare_themes(read_examples(ABOUT))
    fold = folds((one.group for one in prepared.examples), number)
    places = range(len(prepared.examples))
    told: list[tuple[set[str], set[str]]] = []
    for out in range(number):
        columns = fit_themes(prepared, [place for place in places if fold[prepared.examples[place].group] != out])
        scored = [place for place in places if fold[prepared.examples[place].group] == out]
        for place, sure in zip(scored, theme_probabilities(prepared, columns, scored), strict=True):
            one, keys = prepared.examples[place], list(prepared.classes)
            said = about.choose([*sure.values()], map(keys.index, one.relational), THEME_THRESHOLD)
            told.append(({keys[number] for number in said}, set(one.label)))
    return agreement(told)


def agreement(told: Sequence[tuple[set[str], set[str]]]) -> dict[str, object]:
    """Precision, recall and F1 of answers against labels (or of one reader against the other), and how many sets of
    them are the same."""
    tally: Counter[str] = Counter()
    for said, truth in told:
        tally.update(both=len(said & truth), said=len(said - truth), missed=len(truth - said), same=said == truth)
    return {**rates(tally), "exact": round(tally["same"] / max(1, len(told)), 4), "statements": len(told)}


def as_labelled(reports: Sequence[Report]) -> dict[str, object]:
    """The package's own answers on the statements that two readers labelled, of the reports that nothing of themes is
    learnt from; and who is held responsible there in reports on a council (of the others some is learnt from)."""
    labels, responsible = theme_labels(), council_labels()
    about_what: list[tuple[set[str], set[str]]] = []
    how_sure: list[tuple[float, bool]] = []
    held: list[tuple[set[str], set[str]]] = []
    for report in (report for report in reports if for_scoring(report.sha256)):
        every = items(report)
        judged = attribute_reports([texts_of(report)])[0]
        met = set()
        for item, told in zip(every, judged, strict=True):
            place = (report.sha256, hash_of_words(item.text))
            if place in met or (place not in labels and place not in responsible):
                continue
            met.add(place)
            if place in labels:
                about_what.append(({one.key for one in told.themes}, set(labels[place]["themes"])))
                how_sure += [(one.confidence, one.key in labels[place]["themes"]) for one in told.themes]
            if report.framework not in JOINT:
                held.append(({one.agency for one in told.agencies}, set(responsible[place])))
    readers = [json.loads(line) for line in READERS.read_text().splitlines()]
    return {
        "themes": {**agreement(about_what), "how sure": reliability(how_sure)},
        "agencies in reports on a council": agreement(held),
        "two readers": {
            what: agreement([(set(row["first"][what]), set(row["second"][what])) for row in readers])
            for what in ("themes", "agencies")
        },
    }


class Cost:
    """Processor time of reading files and of judging their statements, in batches as the record's loading does it.

    A batch's time is the least of some passes over all files: whatever else the machine did then weighs on neither. The
    first pass alone is told too. Garbage is collected as seldom as in the processes that read and judge for a record.
    """

    def __init__(self) -> None:
        gc.set_threshold(*SELDOM)
        for family in JOINT:
            attribute_report([Statement("Warms the tables.")], family=family)
        self.reading: dict[str, list[float]] = {}
        self.judging: dict[str, list[float]] = {}
        self.statements = self.themed = 0

    def take(self, batch: Sequence[str]) -> list[Report]:
        """The reports of a batch of files, read and judged."""
        started = time.process_time()
        reports = [report for report in map(read, batch) if isinstance(report, Report)]
        self.reading.setdefault(batch[0], []).append(time.process_time() - started)
        started = time.process_time()
        judged = attribute_reports(map(texts_of, reports))
        self.judging.setdefault(batch[0], []).append(time.process_time() - started)
        if len(self.judging[batch[0]]) == 1:
            self.statements += sum(map(len, judged))
            self.themed += sum(bool(one.themes) for each in judged for one in each)
        return [replace(report, file="") for report in reports]

    def figures(self) -> dict[str, float]:
        """What it took, in seconds, and of the statements how many have a theme."""
        seconds = sum(map(min, self.judging.values()))
        return {
            "statements": self.statements,
            "seconds": round(seconds, 2),
            "ms_each": round(1000 * seconds / self.statements, 3),
            "with_a_theme": round(self.themed / self.statements, 4),
            "seconds_of_reading": round(sum(map(min, self.reading.values())), 2),
            "seconds_in_the_first_pass": round(sum(each[0] for each in self.judging.values()), 2),
            "seconds_of_reading_in_the_first_pass": round(sum(each[0] for each in self.reading.values()), 2),
        }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--folds", type=int, default=11)
    given = parser.parse_args()
    if given.make:
        HERE.mkdir(exist_ok=True)
        make_responsible(given.shared)
        make_polarity(given.shared)
        make_about(given.shared)
        return
    files, cost = [str(path) for path in expand([given.shared / "data/reports"])], Cost()
    for _ in range(PASSES):
        reports = [report for batch in in_batches(files, PROCESSES) for report in cost.take(batch)]
    print(
        json.dumps(
            {
                "responsibility": responsibility(given.folds),
                "responsibility in area SEND": responsibility(given.folds, "area-send"),
                "responsibility in reports on a council": responsibility(given.folds, COUNCIL),
                "themes": {**as_labelled(reports), "reports left out": themes_left_out(min(CHECKED, given.folds))},
                "polarity": polarity(reports),
                "polarity_of_items": polarity_of_items(reports, min(CHECKED, given.folds)),
                "cost": cost.figures(),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
