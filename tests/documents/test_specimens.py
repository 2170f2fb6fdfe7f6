"""Specimens: every family and visit can be made, says that it is fictional, and is true to what is told of it."""

import datetime as dt
from functools import cache

import pypdfium2 as pdfium
import pytest

from joinedup.areas import get_area, is_working_day, working_days_between
from joinedup.documents import SpecimenError
from joinedup.documents.specimens import SPANS, Wish, make_specimen, make_specimens
from joinedup.documents.specimens.bank import AGENCIES, bank
from joinedup.documents.specimens.story import STORY, make_story
from joinedup.frameworks import check_grades, framework_for

NOTICE = "Fictional report made to show how Joinedup works. Not about any real place or person."
ITEMS = ("improvements", "priority_actions", "strengths", "findings")
EVERY = [pytest.param(family, visit, id=f"{family}-{visit or 'full'}") for family, visit in SPANS]


def year_for(family, visit, seed):
    """A year in which the family was inspected, another for each seed."""
    span = SPANS[family, visit]
    years = [year for year in range(span.first.year, span.last.year + 1) if (family, year) != ("jtai", 2021)]
    return years[seed % len(years)]


@cache
def made(family, visit, seed):
    """A specimen, made once for all the tests that look at it."""
    return make_specimen(family, visit=visit, seed=seed, year=year_for(family, visit, seed))


@cache
def pages_of(family, visit, seed):
    """The text of its pages, as PDFium gives it."""
    document = pdfium.PdfDocument(made(family, visit, seed).pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def letters(text):
    """A text's letters and digits alone: line breaks, hyphens and spaces fall away."""
    return "".join(one for one in text if one.isalnum())


@pytest.mark.parametrize(("family", "visit"), EVERY)
@pytest.mark.parametrize("seed", [3, 8])
class TestEverySpecimen:
    """What holds for every report that the maker makes."""

    @pytest.fixture
    def specimen(self, family, visit, seed):
        return made(family, visit, seed)

    @pytest.fixture
    def pages(self, family, visit, seed):
        return pages_of(family, visit, seed)

    def test_says_on_every_page_that_it_is_fictional(self, pages):
        assert all(NOTICE in page for page in pages)

    def test_is_about_a_fictional_area(self, specimen):
        assert get_area(specimen.truth["area"]["name"].lower().replace(" ", "-")).fictional

    def test_prints_each_item_on_the_page_that_is_told(self, specimen, pages):
        assert specimen.truth["pages"] == len(pages)
        for kind in ITEMS:
            for item in specimen.truth[kind]:
                start = letters(item["text"])[:24]
                assert start in letters(pages[item["page"] - 1]), item["text"]

    def test_tells_of_each_item_whom_it_holds_responsible(self, specimen):
        for item in (item for kind in ITEMS for item in specimen.truth[kind]):
            assert set(item["agencies"]) <= set(AGENCIES)
            assert item["polarity"] in ("strength", "weakness", "mixed", "context")
            assert bool(item["agencies"]) == (item["polarity"] != "context")

    def test_says_nothing_twice_among_what_is_asked(self, specimen):
        asked = [item["text"] for item in specimen.truth["improvements"] + specimen.truth["priority_actions"]]
        assert len(asked) == len(set(asked))

    def test_has_no_slot_left_unfilled(self, pages):
        assert not set("{}[]|<>") & set("".join(pages))

    def test_keeps_to_working_days_in_the_order_of_events(self, specimen, family, visit):
        told = specimen.truth
        start, end = (dt.date.fromisoformat(told["inspection"][key]) for key in ("start", "end"))
        published = dt.date.fromisoformat(told["published"])
        assert start < end < published
        assert all(map(is_working_day, (start, end, published)))
        least, most = SPANS[family, visit].to_publication
        assert least <= working_days_between(end, published) <= most

    def test_grades_what_the_framework_grades_and_by_its_rules(self, specimen, family, visit):
        start = dt.date.fromisoformat(specimen.truth["inspection"]["start"])
        framework = framework_for(family, start)
        grades = {judgement["key"]: judgement["grade"] for judgement in specimen.truth["judgements"]}
        if visit in ("focused", "monitoring") or family in ("jtai", "area-send"):
            assert grades == {}
        else:
            assert grades
            assert check_grades(framework, grades) == ()

    def test_is_the_same_for_the_same_seed(self, specimen, family, visit, seed):
        again = make_specimen(family, visit=visit, seed=seed, year=year_for(family, visit, seed))
        assert again == specimen

    def test_carries_a_date_by_which_the_file_was_made_before_publication(self, specimen):
        document = pdfium.PdfDocument(specimen.pdf)
        made = document.get_metadata_dict()["CreationDate"]
        document.close()
        published = dt.date.fromisoformat(specimen.truth["published"])
        assert made.startswith(f"D:{published - dt.timedelta(days=1):%Y%m%d}")


def test_ilacs_judges_what_was_judged_on_the_day():
    def keys(year, start):
        told = make_specimen("ilacs", seed=1, year=year, wish=Wish(start=start)).truth
        return {judgement["key"] for judgement in told["judgements"]}

    before_care_leavers = {"overall", "leaders", "help_and_protection", "in_care"}
    assert keys(2022, dt.date(2022, 5, 9)) == before_care_leavers
    assert keys(2026, dt.date(2026, 1, 12)) == before_care_leavers | {"care_leavers"}
    assert keys(2026, dt.date(2026, 5, 11)) == (before_care_leavers | {"care_leavers"}) - {"overall"}


def test_improvements_from_april_2026_carry_the_national_framework():
    told = make_specimen("ilacs", seed=4, year=2026, wish=Wish(start=dt.date(2026, 6, 8))).truth
    assert told["improvements"]
    assert all(item["text"].endswith(", national framework)") for item in told["improvements"])


def test_another_seed_gives_another_report():
    texts = {make_specimen("sif", seed=seed, year=2015).truth["improvements"][0]["text"] for seed in range(6)}
    assert len(texts) > 3


def test_area_send_names_the_bodies_for_every_priority_action():
    told = make_specimen("area-send", seed=2, year=2024, wish=Wish(outcome="systemic")).truth
    assert told["outcome"]["key"] == "systemic"
    assert told["priority_actions"]
    assert all(item["responsible"] for item in told["priority_actions"])


@pytest.mark.parametrize(
    ("family", "visit", "year", "says"),
    [
        ("cqc", None, 2020, "there are: slac"),
        ("ilacs", "surprise", 2020, "no specimen of “ilacs surprise”"),
        ("tlac", None, 2020, "they ran from 2013 to 2013"),
        ("jtai", None, 2021, "no jtai  inspections in 2021"),
    ],
)
def test_refuses_what_never_was_and_says_what_there_is(family, visit, year, says):
    with pytest.raises(SpecimenError, match=says.replace(".", r"\.")):
        make_specimen(family, visit=visit, seed=1, year=year)


def test_refuses_a_grade_that_is_none():
    with pytest.raises(SpecimenError, match="“adequate” is no grade"):
        make_specimen("sif", seed=1, year=2014, wish=Wish(grade="adequate"))


class TestBank:
    """The bank is large, varied and in order."""

    def test_every_matter_has_its_own_key(self):
        keys = [matter.key for matter in bank().asks + bank().strengths]
        assert len(keys) == len(set(keys))

    def test_holds_several_hundred_sentences(self):
        sentences = sum(len(matter.forms) for matter in bank().asks + bank().strengths)
        assert sentences + sum(map(len, bank().glue.values())) > 450

    @pytest.mark.parametrize("agency", AGENCIES)
    def test_asks_something_of_each_agency_and_praises_each(self, agency):
        for matters in (bank().asks, bank().strengths):
            assert any(agency in words.agencies for matter in matters for words in matter.forms.values())


@cache
def demonstration():
    """The whole story, made once."""
    return make_story()


class TestStory:
    """The demonstration's set: recovery, and things asked again."""

    @pytest.fixture
    def story(self):
        return demonstration()

    def test_covers_every_area_and_every_family_of_the_contract(self, story):
        assert {told.truth["area"]["name"] for told in story} == {"Ashmere", "Brackenshire", "Kelderby", "Port Rowan"}
        assert {told.truth["framework"] for told in story} == {family for family, _ in SPANS}

    def test_spans_2010_to_2026(self, story):
        years = [told.truth["inspection"]["start"][:4] for told in story]
        assert (min(years), max(years)) == ("2010", "2026")

    def test_ashmere_recovers(self, story):
        grades = [
            judgement["grade"]
            for told in story
            if told.truth["area"]["name"] == "Ashmere"
            for judgement in told.truth["judgements"]
            if judgement["key"] == "overall"
        ]
        assert grades == ["requires_improvement", "inadequate", "requires_improvement", "good", "outstanding"]

    @pytest.mark.parametrize("chapter", [pytest.param(one, id=f"{one.area}-{one.start}") for one in STORY if one.asked])
    def test_asks_what_the_chapter_says_is_asked(self, story, chapter):
        told = next(t.truth for t in story if t.truth["inspection"]["start"] == chapter.start.isoformat())
        asked = {item["matter"] for item in told["improvements"] + told["priority_actions"]}
        assert set(chapter.asked) <= asked

    def test_writes_the_files_and_the_same_again(self, story, tmp_path):
        paths = make_specimens(tmp_path / "demo")
        assert [path.stem for path in paths] == [told.name for told in story]
        assert [path.read_bytes() for path in paths] == [told.pdf for told in story]
