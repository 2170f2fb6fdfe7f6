"""The parts that bodies play in a statement, as numbers: what the boosted trees look at, one row an agency.

Where the regression's features say that something holds, these count: in how many sentences a body is named, how often
before the verb and after it, in a clause of concession ("although …"), of purpose ("to …", "so that …") or in an
example, how long a list it stands in and what opens the list ("including", "between"), and what sort of joint body
("partners", a board, a hub) is named beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from joinedup.attribution.evidence import Placed, Reading
from joinedup.attribution.grammar import AUXILIARIES, PREPOSITIONS, Sentence
from joinedup.attribution.model import AGENCIES
from joinedup.attribution.words import word_set

_VERBS = word_set(
    "act agree analyse ask assess attend become began begin benefit carry challenge check coordinate collaborate come "
    "commission communicate complete conduct consider consult continue contribute deliver demonstrate describe develop "
    "discuss employ enable engage ensure evaluate experience fail feel find follow gather give go host identify "
    "include inform introduce invest keep know lack lead make manage mean meet monitor offer oversee participate place "
    "play prioritise promote provide put quality-assure receive recognise record refer reflect remain report respond "
    "result review see seek share show support take talk track triage undertake understand use value visit wait "
    "welcome work attended commissioned completed developed established gave held identified introduced led made "
    "provided received recognised said shared told took undertook used worked"
)
_OPENS = {
    **dict.fromkeys(word_set("although though while whilst despite"), "concession"),
    **dict.fromkeys(word_set("when where if unless whether until once"), "condition"),
    **dict.fromkeys(word_set("which that who whom whose"), "relative"),
    **dict.fromkeys(word_set("because since as"), "reason"),
    **dict.fromkeys(word_set("however but yet"), "turn"),
}
_KINDS = ("main", "concession", "condition", "relative", "reason", "turn", "purpose")
_SPEECH = ("main", "consequence", "example")
_BEFORE = ("START", "CLAUSE", "by", "from", "to", "with", "between", "of", "in", "within", "for", "across", "at", "X")
_AFTER = ("POSS", "END", "MENTION", "AUX", "AND", "COMMA", "PREP", "REL", "ADV", "ING", "WORD")
_LACK = word_set(
    "not no lack lacking insufficient insufficiently inconsistent inconsistently variable limited delay weak weakness "
    "poor poorly gap too unclear missed rarely need require improve improvement ineffective underdeveloped inadequate "
    "without few difficulty concern fail failure absence absent yet never cannot low backlog variability inconsistency "
    "unable unaware slow late incomplete narrow drift nor neither problem barrier deficit miss"
)
_GOOD = word_set(
    "good effective effectively strong well excellent positive timely clear robust appropriate appropriately "
    "consistently improved impressive valued quickly promptly prompt sensitive skilled highly helpful comprehensive "
    "thorough committed commitment better innovative swift successful successfully routinely regular regularly"
)
_SHARED = word_set("partner agency partnership stakeholder leader leadership")
_HUBS = word_set("hub mash door access contact spa")
_BOARDS = word_set("board partnership lscb lscp scb scp masa subgroup sub-group group")
_LISTS = ("including", "such", "between", "from", "across", "by", "both", "")
_NEVER, _LONG = 99, 3
_SHOWN = ("partnership", "local_authority", "health")
"""The agencies whose scores stand in every row: those that are most often confused with others."""
_SORTS = ("collective", "hub", "board", "forum", "practice")
_LIST_OPENERS = word_set("including include such like especially particularly between from across by both")


class _Part(NamedTuple):
    """A mention's part: the clause it is in, whether the clause's verb stands before it, the list it is in."""

    placed: Placed
    clause: str
    after_verb: bool
    speech: str
    listed: int
    opener: str


def roles(reading: Reading, agencies: Collection[str]) -> dict[str, list[float]]:
    """The row of each of some agencies, without the regression's scores."""
    if not agencies:
        return {}
    parts = _parts(reading)
    whole = _whole(reading, parts)
    return {agency: _row(reading, parts, whole, agency) for agency in agencies}


def with_scores(row: Sequence[float], agency: str, scores: Mapping[str, float]) -> list[float]:
    """An agency's row as the trees see it: the regression's scores (log odds) stand before it."""
    others = max(score for other, score in scores.items() if other != agency)
    return [scores[agency], others, *(scores[each] for each in _SHOWN), *row]


def _parts(reading: Reading) -> list[_Part]:
    """The parts of all mentions but practice, in order."""
    sentence = reading.sentence
    clauses = _clauses(sentence)
    speech = _speech(sentence)
    return [
        _Part(each, *clauses[each.at], speech[each.sentence], *_list_round(sentence, each.at))
        for each in reading.placed
        if each.mention.tier != "practice"
    ]


def _clauses(sentence: Sentence) -> list[tuple[str, bool]]:
    """For each element the kind of the clause it is in, and whether the clause's verb has come."""
    found: list[tuple[str, bool]] = []
    kind, verb, number, since = "main", False, -1, 0
    elements = sentence.elements
    for at, word in enumerate(elements):
        if sentence.sentence[at] != number:
            kind, verb, number, since = "main", False, sentence.sentence[at], 0
        if word is not None:
            opens = _OPENS.get(word)
            after = elements[at + 1] if at + 1 < len(elements) else None
            if opens is not None and not (word == "as" and (at == 0 or elements[at - 1] == "such")):
                kind, verb = opens, False
            elif (word == "to" and after in _VERBS) or (word == "so" and after == "that"):
                kind, verb = "purpose", True
            elif (word == "," and verb and kind in ("concession", "condition")) or (
                word == "and" and verb and _speaks_anew(elements, at + 1)
            ):
                kind, verb = "main", False
            elif not verb and since and (word in AUXILIARIES or word in _VERBS):
                verb = True
        found.append((kind, verb))
        since += 1
    return found


def _speaks_anew(elements: Sequence[str | None], at: int) -> bool:
    """Whether what follows an "and" is a new clause: somebody, then a verb."""
    somebody = False
    for word in elements[at : at + 5]:
        somebody = somebody or word is None
        if word is not None and (word in PREPOSITIONS or word in (",", "and", ".", ";")):
            return False
        if word in AUXILIARIES or (somebody and word in _VERBS):
            return True
    return False


def _speech(sentence: Sentence) -> list[str]:
    """What each sentence is: an example, what follows from another ("This means …"), or neither."""
    found: list[str] = []
    number = -1
    for at, word in enumerate(sentence.elements):
        if sentence.sentence[at] == number:
            continue
        number = sentence.sentence[at]
        after = sentence.elements[at + 1] if at + 1 < len(sentence.elements) else None
        example = (word == "for" and after in ("example", "instance")) or (word == "in" and after in ("one", "another"))
        follows = number > 0 and word in ("this", "these", "consequently", "therefore", "as")
        found += ["main"] * (number - len(found))
        found.append("example" if example else "consequence" if follows else "main")
    return found


def _list_round(sentence: Sentence, at: int) -> tuple[int, str]:
    """How many mentions the list round one has, and the word that opens it ("" for none that tells)."""
    elements = sentence.elements
    first = last = at
    count = 1
    for step in (-1, 1):
        edge, gap = at, 0
        place = at + step
        while 0 <= place < len(elements) and gap <= 3:
            word = elements[place]
            if word is None:
                edge, gap, count = place, 0, count + 1
            elif word in (".", ";", ":") or word in PREPOSITIONS or word in AUXILIARIES:
                break
            else:
                gap += 1
            place += step
        first, last = min(first, edge), max(last, edge)
    before = [word for word in elements[max(0, first - 4) : first] if word in _LIST_OPENERS]
    return count, (before[-1] if before else None) or ""


def _sort(reading: Reading, each: Placed) -> str:
    """What sort of joint body a mention of the partnership is."""
    if each.mention.tier == "practice":
        return "practice"
    words = [word.lower() for word in reading.sentence.words.plain[each.mention.first : each.mention.last]]
    if any(word in _HUBS for word in words):
        return "hub"
    if len(words) > 1 and any(word in _BOARDS for word in words) and "partner" not in words:
        return "board"
    if words[-1] in _SHARED:
        return "collective"
    return "board" if words[-1] in _BOARDS else "forum"


class _Whole(NamedTuple):
    """What is the same for all agencies of a statement, counted once."""

    lack: Counter[int]
    good: Counter[int]
    turn: int
    named: Counter[str]
    practice: Counter[str]
    openers: Counter[str]
    joint: list[float]
    anyone: int
    lists: int


def _whole(reading: Reading, parts: Sequence[_Part]) -> _Whole:
    sentence = reading.sentence
    lack: Counter[int] = Counter()
    good: Counter[int] = Counter()
    turn = _NEVER
    for word, number in zip(sentence.elements, sentence.sentence, strict=True):
        if word in _LACK:
            lack[number] += 1
        elif word in _GOOD:
            good[number] += 1
        elif word in ("however", "but"):
            turn = min(turn, number)
    joint = dict.fromkeys(((sort, where) for sort in _SORTS for where in ("all", "first", "opens")), 0.0)
    for each in reading.placed:
        if each.mention.agency == "partnership":
            sort = _sort(reading, each)
            joint[sort, "all"] += 1
            joint[sort, "first"] += each.sentence == 0
            joint[sort, "opens"] += each.opens
    return _Whole(
        lack,
        good,
        turn,
        Counter(each.placed.mention.agency for each in parts if each.placed.mention.tier != "referent"),
        Counter(each.mention.agency for each in reading.placed if each.mention.tier == "practice"),
        Counter(each.placed.mention.agency for each in parts if each.placed.opens and each.placed.sentence == 0),
        list(joint.values()),
        len(sentence.mentions) - len(reading.placed),
        sum(each.listed >= _LONG for each in parts),
    )


def _row(reading: Reading, parts: Sequence[_Part], whole: _Whole, agency: str) -> list[float]:
    """One agency's row."""
    mine = [each for each in parts if each.placed.mention.agency == agency]
    named = [each for each in mine if each.placed.mention.tier != "referent"]
    singles = [other for other in whole.named if other != "partnership"]
    count = len(reading.sentence.elements)
    sentences = {each.placed.sentence for each in named}
    row: list[float] = [
        AGENCIES.index(agency),
        reading.kind == "strength",
        count,
        reading.sentences,
        len(named),
        len(named) / max(1, whole.named.total()),
        len(mine) - len(named),
        whole.practice[agency],
        whole.practice.total() - whole.practice[agency],
        whole.anyone,
        len(singles),
        singles == [agency],
        whole.named["partnership"],
        min((each.placed.at / count for each in named), default=-1.0),
        len(sentences),
        len(sentences) / reading.sentences,
        0 in sentences,
        reading.sentences - 1 in sentences,
        len(whole.openers) - (agency in whole.openers),
        next((place for place, each in enumerate(parts) if each in mine), -1) if mine else -1,
        agency in reading.section,
        bool(reading.section),
        agency in reading.lead_in,
        bool(reading.lead_in),
        sum(each.placed.mention.local for each in named),
        sum(each.placed.mention.tier == "staff" for each in named),
        sum(whole.lack[each.placed.sentence] > 0 for each in named),
        sum(whole.good[each.placed.sentence] > 0 for each in named),
        whole.turn < _NEVER,
        sum(each.placed.sentence >= whole.turn for each in named),
        max((each.listed for each in named), default=0),
        whole.lists,
        sum(each.placed.opens for each in mine),
        sum(each.placed.opens and each.placed.sentence == 0 for each in mine),
        sum(each.placed.opens and not each.after_verb and each.clause == "main" for each in named),
        sum(each.after_verb for each in named),
        sum(each.placed.mention.tier == "referent" and each.placed.opens for each in mine),
        sum(not each.after_verb and each.clause == "main" and each.speech == "main" for each in named),
    ]
    row += _counts(_BEFORE, (each.placed.before for each in named))
    row += _counts(_AFTER, (each.placed.after for each in named))
    row += _counts(_KINDS, (each.clause for each in named))
    row += _counts(_SPEECH, (each.speech for each in named))
    row += _counts(_LISTS, (each.opener for each in named if each.listed > 1))
    return row + whole.joint


def _counts(names: Sequence[str], found: Iterable[str]) -> list[float]:
    told = [*found]
    return [told.count(name) for name in names] if told else [0.0] * len(names)
