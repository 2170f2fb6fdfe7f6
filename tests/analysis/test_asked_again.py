"""What became of what was asked: asked again, praised, dropped, not looked at. Wordings are of our own making."""

import datetime as dt
from dataclasses import replace

import pytest

from joinedup.analysis.asked_again import asked_again, digests, each_became, link, what_became
from joinedup.analysis.asked_again_pairs import Statement

EARLIER, LATER, LAST = "2016-03-01", "2019-05-01", "2023-09-01"


def said(words, day, kind="improvement", *, number=0, page=3, **more):
    """A statement of the one report of that day."""
    return Statement(
        id=f"{day}-{number}",
        report=f"report of {day}",
        day=dt.date.fromisoformat(day),
        kind=kind,
        text=words,
        page=page,
        **more,
    )


INTERVIEWS = "Ensure that every child who goes missing is offered a return home interview promptly."
SUPERVISION = "Make sure that social workers have regular, reflective supervision."


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (INTERVIEWS, "The take-up and quality of return interviews."),
        (SUPERVISION, "The frequency of management oversight and supervision of social workers."),
        ("Improve personal education plans for children in care.", "The quality of PEPs."),
        ("Speed up work in the pre-proceedings stage.", "The timeliness of the public law outline (PLO)."),
        ("Hold strategy meetings on time with police and health.", "The timeliness of strategy discussions."),
        ("Assess all private fostering arrangements.", "The response to children who are privately fostered."),
    ],
)
def test_the_same_thing_in_other_words_is_asked_again(first, again):
    """The field has many names for one thing."""
    (thing,) = link([said(first, EARLIER), said(again, LATER)]).things

    assert thing.fate == "asked_again"
    assert [pair.later.text for pair in thing.pairs] == [again]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (INTERVIEWS, "The quality of life-story work for children in care."),
        (SUPERVISION, "The sufficiency of homes for children in care."),
        ("Improve pathway plans for care leavers.", "The timeliness of initial child protection conferences."),
        ("The quality of case recording.", "The quality and consistency of partners' referrals."),
    ],
)
def test_another_thing_is_another_thing_however_alike_the_phrase(first, other):
    became = link([said(first, EARLIER), said(other, LATER)])

    assert [(thing.fate, thing.pairs) for thing in became.things] == [("not_looked_at", ())]
    assert [one.text for one in became.newly_asked] == [other]


def test_what_was_asked_may_be_praised_later():
    praise = "Children who go missing are offered timely and thorough return home interviews."
    (thing,) = link([said(INTERVIEWS, EARLIER), said(praise, LATER, "finding", page=7)]).things

    assert thing.fate == "now_praised"
    assert [(pair.relation, pair.words, pair.later.page) for pair in thing.pairs] == [("now_praised", praise, 7)]


def test_a_paragraph_is_weighed_sentence_by_sentence():
    """Praise for something else in the same paragraph is no praise for this."""
    paragraph = (
        "Social workers know their children well and visit them regularly. "
        "Return home interviews are not consistently offered and are often too late."
    )
    (thing,) = link([said(INTERVIEWS, EARLIER), said(paragraph, LATER, "finding")]).things

    assert thing.fate == "dropped"
    assert [(pair.relation, pair.words) for pair in thing.pairs] == [
        ("looked_at", "Return home interviews are not consistently offered and are often too late.")
    ]


def test_where_the_polarity_is_known_it_decides():
    words = "Return home interviews are offered to children who go missing."
    known = {
        polarity: link([said(INTERVIEWS, EARLIER), said(words, LATER, "finding", polarity=polarity)]).things[0].fate
        for polarity in ("strength", "weakness")
    }

    assert known == {"strength": "now_praised", "weakness": "dropped"}


@pytest.mark.parametrize(
    ("polarity", "words", "fate"),
    [
        ("strength", "Too many children are not offered return home interviews and wait too long.", "dropped"),
        ("weakness", "Return home interviews are offered promptly and are thorough and effective.", "now_praised"),
    ],
)
def test_a_sentence_of_a_paragraph_is_told_by_its_own_words(polarity, words, fate):
    paragraph = f"Social workers know their families. {words}"
    (thing,) = link([said(INTERVIEWS, EARLIER), said(paragraph, LATER, "finding", polarity=polarity)]).things

    assert thing.fate == fate


def test_the_latest_report_that_looked_decides():
    again = said("The quality of return home interviews.", LATER)
    praise = said("Return home interviews are now timely, thorough and well used.", LAST, "strength")
    first, second = link([said(INTERVIEWS, EARLIER), again, praise]).things

    assert (first.fate, first.times_asked_again) == ("now_praised", 1)
    assert [pair.relation for pair in first.pairs] == ["asked_again", "now_praised"]
    assert second.fate == "now_praised"


def test_a_report_never_answers_itself_nor_one_of_the_same_day():
    same = [said(INTERVIEWS, EARLIER), said("The quality of return home interviews.", EARLIER, number=1)]
    other = Statement("x", "another report", dt.date.fromisoformat(EARLIER), "improvement", INTERVIEWS, 1)

    assert link([*same, other]).things == ()


def test_every_later_thing_is_new_or_asked_again():
    again = said("The quality of return home interviews.", LATER)
    new = said("Life-story work for children in care.", LATER, number=1)
    became = link([said(INTERVIEWS, EARLIER), again, new])

    assert became.newly_asked == (new,)
    assert [pair.later for pair in became.pairs] == [again]


def test_a_board_and_a_council_are_asked_for_different_things():
    """What stands over a recommendation tells whose it is."""
    words = "Ensure that audits show what difference is made."
    board = "The Local Safeguarding Children Board is good › Recommendations"
    council = "2. Children looked after › Recommendations"
    of_board, of_council = (
        link([said(words, EARLIER, section=over), said("The impact of audits.", LATER)]).things[0]
        for over in (board, council)
    )

    sure = [max((pair.sure for pair in thing.pairs), default=0.0) for thing in (of_board, of_council)]
    assert sure[0] < sure[1]


def test_a_pair_shows_why():
    (pair,) = link([said(INTERVIEWS, EARLIER), said("The take-up of return interviews.", LATER)]).pairs

    assert pair.shared[0] == "return interview"
    assert 0 < pair.score <= 1
    assert 0.5 <= pair.sure <= 1
    assert pair.how_sure in ("likely", "fairly sure", "sure")


def test_the_order_given_makes_no_difference():
    statements = [
        said(INTERVIEWS, EARLIER),
        said(SUPERVISION, EARLIER, number=1),
        said("The quality of supervision.", LATER),
        said("Return home interviews are timely and thorough.", LAST, "strength"),
    ]

    assert set(link(reversed(statements)).pairs) == set(link(statements).pairs)


def test_nothing_asked_nothing_linked():
    became = link([])

    assert (became.things, became.newly_asked, became.rows()) == ((), (), [])


def test_as_a_table_each_thing_has_a_row():
    became = link(
        [said(INTERVIEWS, EARLIER), said(SUPERVISION, EARLIER, number=1), said("The quality of supervision.", LATER)]
    )

    assert [(row["asked_text"], row["fate"], row["later_words"]) for row in became.rows()] == [
        (INTERVIEWS, "not_looked_at", None),
        (SUPERVISION, "asked_again", "The quality of supervision."),
    ]
    assert became.to_json()["things"][1]["pairs"][0]["shared"][0] == "supervision"
    assert (became.count("asked_again"), became.count("dropped")) == (1, 0)


def test_both_wordings_have_the_words_that_introduce_their_list_as_in_the_api():
    lead_in = "Leaders must put right that:"
    earlier, later = (said(SUPERVISION, day, lead_in=lead_in) for day in (EARLIER, LATER))

    became = link([earlier, later])

    (row,) = became.rows()
    assert (row["asked_lead_in"], row["later_lead_in"]) == (lead_in, lead_in)
    (thing,) = became.to_json()["things"]
    assert (thing["asked"]["lead_in"], thing["pairs"][0]["later"]["lead_in"]) == (lead_in, lead_in)


def links(*statements, spoken):
    """Of each thing: its fate and its pairs, each as what it does, its words and how sure it is."""
    became = link(statements, {each.id: spoken.get(each.id, {}) for each in statements})
    return [
        (thing.fate, [(pair.relation, pair.words, pair.how_sure) for pair in thing.pairs]) for thing in became.things
    ]


class TestWhatAPersonSays:
    """Goes before what the words tell."""

    AGAIN = said("The take-up of return interviews.", LATER)
    OTHER = said("The lamps along the quay.", LATER, number=1)
    PARAGRAPH = said("The quay is long. Return home interviews are prompt and very effective.", LATER, "finding")
    ASKED = said(INTERVIEWS, EARLIER)

    def test_not_on_the_same_thing_drops_the_pair_and_makes_the_later_newly_asked(self):
        became = link([self.ASKED, self.AGAIN], {self.ASKED.id: {self.AGAIN.id: False}})
        assert [thing.fate for thing in became.things] == ["not_looked_at"]
        assert became.newly_asked == (self.AGAIN,)

    @pytest.mark.parametrize("kind", ["strength", "finding"])
    def test_that_holds_of_what_praises_or_looks_at_it_too(self, kind):
        later = replace(self.PARAGRAPH, kind=kind)
        assert link([self.ASKED, later]).pairs
        assert link([self.ASKED, later], {self.ASKED.id: {later.id: False}}).pairs == ()

    def test_on_the_same_thing_is_asked_again_where_the_later_asks_however_little_alike_and_no_longer_new(self):
        became = link([self.ASKED, self.OTHER], {self.ASKED.id: {self.OTHER.id: True}})
        (pair,) = became.pairs
        assert (pair.relation, pair.sure, pair.how_sure) == ("asked_again", 1, "a person says so")
        assert (became.things[0].fate, became.newly_asked) == ("asked_again", ())

    def test_where_it_does_not_ask_its_words_tell_whether_they_praise(self):
        praise, look = said("The lamps are lit very well.", LATER, "finding"), replace(self.OTHER, kind="finding")
        for later, relation, fate in ((praise, "now_praised", "now_praised"), (look, "looked_at", "dropped")):
            spoken = {self.ASKED.id: {later.id: True}}
            assert links(self.ASKED, later, spoken=spoken) == [(fate, [(relation, later.text, "a person says so")])]

    def test_of_a_paragraph_the_sentence_most_like_it_is_shown(self):
        told = links(self.ASKED, self.PARAGRAPH, spoken={self.ASKED.id: {self.PARAGRAPH.id: True}})
        assert told == [
            (
                "now_praised",
                [("now_praised", "Return home interviews are prompt and very effective.", "a person says so")],
            )
        ]

    def test_what_the_program_tells_too_stands_once_and_by_a_persons_word(self):
        assert links(self.ASKED, self.AGAIN, spoken={self.ASKED.id: {self.AGAIN.id: True}}) == [
            ("asked_again", [("asked_again", self.AGAIN.text, "a person says so")])
        ]

    def test_what_was_only_looked_at_shows_once_a_request_is_said_to_be_another_thing(self):
        look = said("Return home interviews took place.", LATER, "finding", number=2)
        asked_too = links(self.ASKED, self.AGAIN, look, spoken={})
        assert [fate for fate, _ in asked_too] == ["asked_again"]
        told = links(self.ASKED, self.AGAIN, look, spoken={self.ASKED.id: {self.AGAIN.id: False}})
        assert told == [("dropped", [("looked_at", look.text, told[0][1][0][2])])]

    def test_of_an_earlier_report_or_the_same_it_changes_nothing(self):
        beside = said(SUPERVISION, EARLIER, number=1)
        assert link([self.ASKED, beside, self.OTHER], {self.ASKED.id: {beside.id: True}}).pairs == ()

    def test_a_table_has_who_is_how_sure(self):
        became = link([self.ASKED, self.OTHER], {self.ASKED.id: {self.OTHER.id: True}})
        assert [(row["sure"], row["how_sure"]) for row in became.rows()] == [(1.0, "a person says so")]


@pytest.fixture
def record(make):
    """Two reports on Derby that ask for the same thing, and one on Leeds that does too."""

    def finding(report, text):
        return {
            "id": f"{report}-1",
            "report": report,
            "ordinal": 1,
            "kind": "improvement",
            "text": text,
            "page": 4,
            "section": "What needs to improve",
            "responsible": [],
            "load": "test",
        }

    return make.record(
        reports=[
            make.report("derby", "sif", start="2016-03-01", published="2016-05-01", sha="a"),
            make.report("derby", "ilacs", start="2019-03-01", published="2019-05-01", sha="b"),
            make.report("leeds", "ilacs", start="2019-03-01", published="2019-05-01", sha="c"),
            make.report("derby", "jtai", sha="d"),
        ],
        findings=[
            finding("a", INTERVIEWS),
            finding("b", "The quality of return home interviews."),
            finding("c", "The quality of return home interviews."),
            finding("d", "The timeliness of return home interviews."),
        ],
    )


def test_from_the_record_an_area_is_linked_with_itself_alone(record):
    """A report without any day cannot be put in order and is left out."""
    (pair,) = asked_again(record, "derby")

    assert (pair.earlier.report, pair.later.report, pair.later.page) == ("a", "b", 4)
    assert asked_again(record, "leeds") == ()


def test_a_day_leaves_out_what_could_not_be_read_yet(record):
    assert asked_again(record, "derby", as_at=dt.date(2019, 4, 30)) == ()
    assert len(asked_again(record, "derby", as_at=dt.date(2019, 5, 1))) == 1
    assert what_became(record, "derby", as_at=dt.date(2017, 1, 1)).things == ()


class TestTheDigestOfAnAreasStatements:
    """What links are kept under: it changes with anything that the answer is made of, and with nothing else."""

    REPORTS = (
        ("derby", "sif", "2016-03-01", "2016-05-01", "a"),
        ("derby", "ilacs", "2019-03-01", "2019-05-01", "b"),
        ("leeds", "ilacs", "2019-03-01", "2019-05-01", "c"),
        ("leeds", "jtai", "2020-03-01", "2020-05-01", "d"),
        ("york", "ilacs", "2019-03-01", "2019-05-01", "e"),
    )

    @staticmethod
    def of(make, *, report=None, finding=None, last_first=False, without=""):
        """The digests where the second report on Derby is changed by `report`, its one statement by `finding`."""
        reports = [
            make.report(area, framework, start=start, published=published, sha=sha)
            for area, framework, start, published, sha in TestTheDigestOfAnAreasStatements.REPORTS
            if sha != without
        ]
        findings = [make.finding(one["sha256"], 1, text=INTERVIEWS) for one in reports]
        reports[1].update(report or {})
        findings[1].update(finding or {})
        order = -1 if last_first else 1
        return digests(make.record(reports=reports[::order], findings=findings[::order]))

    def test_an_area_with_one_report_has_none(self, make):
        assert self.of(make).keys() == {"derby", "leeds"}
        assert self.of(make, without="c").keys() == {"derby"}

    def test_it_is_the_same_whatever_the_order_of_the_rows(self, make):
        assert self.of(make) == self.of(make, last_first=True)

    @pytest.mark.parametrize(
        "changed",
        [
            {"finding": {"text": SUPERVISION}},
            {"finding": {"kind": "strength"}},
            {"finding": {"page": 9}},
            {"finding": {"ordinal": 7}},
            {"finding": {"id": "another"}},
            {"finding": {"section": None}},
            {"finding": {"section": None, "lead_in": "What needs to improve"}},
            {"finding": {"polarity": "weakness"}},
            {"report": {"framework": "area-send"}},
            {"report": {"start_date": dt.date(2019, 3, 2)}},
        ],
        ids=str,
    )
    def test_whatever_an_answer_is_made_of_changes_it_for_that_area_alone(self, make, changed):
        before, after = self.of(make), self.of(make, **changed)

        assert after["derby"] != before["derby"]
        assert after["leeds"] == before["leeds"]

    def test_a_report_without_a_day_or_replaced_is_not_in_it(self, make):
        for left_out in ({"start_date": None, "published": None}, {"replaced": dt.date(2020, 1, 1)}):
            assert self.of(make, report=left_out).keys() == {"leeds"}

    def test_what_no_answer_is_made_of_does_not_change_it(self, make):
        assert self.of(make, report={"lead_inspector": "A. N. Other"}, finding={"number": "3"}) == self.of(make)


def test_several_areas_at_once_are_answered_as_each_is(record):
    each = dict(each_became(record, ["leeds", "derby", "york"]))

    assert each == {area: what_became(record, area) for area in ("derby", "leeds")}
    assert each["derby"].pairs
