"""Who is held responsible in reports on several agencies together: the trained model, and the words that speak for it.

Joint inspections' letters (JTAI) and area SEND reports have a model each, of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from joinedup.attribution.evidence import Placed, Reading, lexical, relational
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import Mention
from joinedup.attribution.model import AGENCIES, Responsibility, Rule, Statement
from joinedup.attribution.names import Names, agency_of
from joinedup.attribution.roles import roles, with_scores
from joinedup.attribution.shown import whole
from joinedup.attribution.trees import Trees
from joinedup.attribution.weights import agency_scores, logistic, responsible_weights
from joinedup.attribution.words import ENDS, Words, cut, word_set

_TABLE = 0.97
_LEADERS = ("leader", "partner")
_REQUIRED = (["required", "by"], ["required", "from"], ["required", "of"], ["needed", "by"], ["needed", "from"])
_MUST = (("must",), ("should",), ("need",), ("is", "required"), ("are", "required"), ("has", "to"), ("have", "to"))
_CALLED = ("board", "partnership")
_BY = ("by", "from")
_BESIDE = word_set("and or nor & , the both ( ) CRC community rehabilitation company NPS national probation service")
_SERVICES = {"crc": ("CRC", "rehabilitation company"), "nps": ("NPS", "national probation service")}
BETWEEN = "; "
"""Between the bodies of one agency, where several are its words, as a report's own table may name them."""
LEAST, MOST = 0.08, 0.92
"""The probabilities by the regression alone between which the trees are asked: below, an agency is not looked at any
more; above, it answers."""
_LEAST, _MOST = (log(probability / (1 - probability)) for probability in (LEAST, MOST))


def attribute_jointly(readings: Sequence[Reading], family: str) -> list[tuple[Responsibility, ...]]:
    """For each statement of such a report the agencies that the family's model holds likely enough, or the likeliest
    one: somebody is always asked or praised."""
    weights = responsible_weights(family)
    scores = [agency_scores(weights, lexical(each), dict(relational(each))) for each in readings]
    if weights.trees is None:
        sure = [{agency: logistic(score) for agency, score in found.items()} for found in scores]
    else:
        rows = [
            roles(each, [agency for agency in AGENCIES if in_doubt(found[agency])])
            for each, found in zip(readings, scores, strict=True)
        ]
        sure = [probabilities(found, asked, weights.trees) for found, asked in zip(scores, rows, strict=True)]
    return [
        tuple(explained(each, agency, found[agency]) for agency in choose(found, weights.thresholds))
        for each, found in zip(readings, sure, strict=True)
    ]


def from_table(responsible: tuple[str, ...]) -> tuple[Responsibility, ...]:
    """The agencies of the bodies that the report's own table names, each once with all of its bodies; unknown names
    ("Leaders") are the partnership's."""
    found: dict[str, list[str]] = {}
    for name in responsible:
        told = agency_of(name)
        agency = told[0] if told else "partnership" if any(word in name.lower() for word in _LEADERS) else None
        if agency in AGENCIES and agency is not None and name not in found.setdefault(agency, []):
            found[agency].append(name)
    return tuple(
        Responsibility(agency, BETWEEN.join(names), None, None, _TABLE, "table") for agency, names in found.items()
    )


def from_lead_in(statement: Statement, names: Names, mentions: Sequence[Mention]) -> tuple[Responsibility, ...]:
    """The one body that the words introducing a list ask to act ("is required by the Kelder Trust"), where the point
    itself names nobody else that acts; nobody where they ask nobody or several, or the partnership."""
    if not statement.lead_in:
        return ()
    asked = [each for each in names.mentions_in(statement.lead_in) if each.tier == "body" and each.agency != ANYONE]
    if len(asked) != 1 or asked[0].agency == "partnership":
        return ()
    (body,) = asked
    words = cut(statement.lead_in)
    first, last = whole(words, body)
    if not _must_act(words, first, last):
        return ()
    if any(each.tier in ("body", "staff") and each.agency not in (body.agency, ANYONE) for each in mentions):
        return ()
    return (Responsibility(body.agency, words.between(first, last), None, None, _TABLE, "default"),)


def asked_alone(
    statement: Statement, words: Words, mentions: Sequence[Mention], told: tuple[Responsibility, ...]
) -> tuple[Responsibility, ...]:
    """The same, but of a point of one sentence that begins with the body that it asks to act ("the police should …")
    that body alone: whom it should act with is only mentioned."""
    if len(told) < 2 or statement.kind not in ("improvement", "priority_action") or words.ends(0, len(words) - 1):
        return told
    asked = next((each for each in mentions if each.tier in ("body", "staff") and each.agency != ANYONE), None)
    if asked is None:
        return told
    first, last = whole(words, asked, mentions)
    if words.plain[:first] not in ((), ("the",)) or not _must_act(words, first, last):
        return told
    return tuple(one for one in told if one.agency == asked.agency) or told


def _must_act(words: Words, first: int, last: int) -> bool:
    """Whether words ask the body that they name from `first` to `last` to act."""
    before = [word for word in words.plain[:first] if word != "the"][-2:]
    after = words.plain[last : last + 2]
    return before in _REQUIRED or after[:1] in _MUST or after in _MUST


def in_doubt(score: float) -> bool:
    """Whether the trees are asked about an agency of such a score by the regression."""
    return _LEAST < score < _MOST


def probabilities(scores: Mapping[str, float], rows: Mapping[str, Sequence[float]], trees: Trees) -> dict[str, float]:
    """Each agency's probability; `rows` has those that the trees are asked about."""
    return {
        agency: logistic(trees.score(with_scores(rows[agency], agency, scores)) if agency in rows else score)
        for agency, score in scores.items()
    }


def choose(sure: Mapping[str, float], thresholds: Mapping[str, float]) -> list[str]:
    """The agencies that answer: each from its threshold on, or else the likeliest."""
    chosen = [agency for agency, probability in sure.items() if probability >= thresholds[agency]]
    return chosen or [max(sure, key=lambda agency: sure[agency])]


def explained(reading: Reading, agency: str, confidence: float) -> Responsibility:
    """An agency with the words of the mention that speaks most for it; without words where nothing mentions it, for
    then many words weigh a little and none is a reason."""
    confidence = round(confidence, 3)
    placed, rule = _mention(reading, agency)
    if placed is None:
        return Responsibility(agency, "", None, None, confidence, "default")
    if agency == "probation":
        placed = _with_service(reading, placed)
    told = named(reading.sentence.words, placed.mention, confidence, rule, [*reading.sentence.mentions.values()])
    beside = _other_service(reading, placed) if agency == "probation" else None
    return told._replace(words=f"{told.words}{BETWEEN}{beside}") if beside else told


def _with_service(reading: Reading, placed: Placed) -> Placed:
    """The mention that tells which of the two probation services answers, where "probation officers" and the like do
    not and the statement names one elsewhere."""
    words, named_so = reading.sentence.words, [placed, *reading.of("probation")]
    return next((each for each in named_so if _service(words, each.mention.first, each.mention.last)), placed)


def _other_service(reading: Reading, placed: Placed) -> str | None:
    """The other of the two probation services that there were from 2014 to 2021, where a statement speaks of both: side
    by side anywhere ("CRC and NPS cases"), or each for itself."""
    words = reading.sentence.words
    mentions = [whole(words, each.mention, reading.sentence.mentions.values()) for each in reading.of("probation")]
    one = _service(words, *whole(words, placed.mention, reading.sentence.mentions.values()))
    mine = [each for each in mentions if _service(words, *each) == one]
    for each in reading.of("probation") if one else ():
        first, last = each.mention.first, each.mention.last
        if _service(words, first, last) in (None, one):
            continue
        between = (words.plain[to:first] if at < first else words.plain[last:at] for at, to in mine)
        if each.opens or each.before in _BY or any(map(_BESIDE.issuperset, between)):
            return words.between(first, last)
    return None


def _service(words: Words, first: int, last: int) -> str | None:
    """Which of the two probation services some words name."""
    phrase = " ".join(words.plain[first:last])
    return next((key for key, names in _SERVICES.items() if any(name in phrase for name in names)), None)


def named(
    words: Words, mention: Mention, confidence: float, rule: Rule, mentions: Sequence[Mention] = ()
) -> Responsibility:
    """A responsibility decided by one of a statement's mentions, by the whole name; what is only called "the board" or
    "the partnership" by the name that it has before."""
    first, last = whole(words, mention, mentions)
    if last - first == 1 and words.plain[first] in _CALLED:
        before = [each for each in mentions if each.last <= first and _same(words, each, mention)]
        spelt = (whole(words, each, mentions) for each in before)
        first, last = next((each for each in spelt if each[1] - each[0] > 1), (first, last))
    text = words.between(first, last)
    start = words.start(first)
    return Responsibility(mention.agency, text, start, start + len(text), confidence, rule)


def _same(words: Words, one: Mention, other: Mention) -> bool:
    """Whether two mentions end in the same word for a body of the same agency."""
    return one.agency == other.agency and words.plain[one.last - 1] == words.plain[other.last - 1]


def _begins(words: Words, first: int) -> bool:
    """Whether a sentence begins with the name that begins with a word, or with "the" before it."""
    before = first - 1 if first and words.plain[first - 1] == "the" else first
    return before == 0 or words.plain[before - 1] in ENDS


def _mention(reading: Reading, agency: str) -> tuple[Placed | None, Rule]:
    """The mention that speaks for an agency: its name (one that opens a clause first) or its practice. A pronoun never
    does alone, for whom it stands for is named in the same statement."""
    by_name = reading.of(agency)
    if by_name:
        words, mentions = reading.sentence.words, reading.sentence.mentions.values()
        for each in by_name:
            if each.opens or each.before in _BY or _begins(words, whole(words, each.mention, mentions)[0]):
                return each, "named"
        return by_name[0], "named"
    practice = [each for each in reading.placed if each.mention.agency == agency]
    return (practice[0], "practice") if practice else (None, "default")
