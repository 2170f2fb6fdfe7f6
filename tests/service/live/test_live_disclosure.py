"""What could identify a child is found by named rules: each at its edges, however it is typed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.service.disclosure import IDENTIFIERS, RULES, Hit, Names, Strength, fingerprint, look, undecided
from joinedup.service.disclosure.listed import NotANameError, digests, fold, whole

TODAY = dt.date(2026, 5, 11)
SECRET = b"of this inspection"
GAPS = st.sampled_from(["", " ", "-", " - ", "\u00a0", "–", ".", "\n", "\u2011", "  "])


def nhs_number(nine: str) -> str:
    """Nine digits with their check digit (eleven less the weighted sum's remainder); empty where there is none."""
    check = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(nine)) % 11
    return "" if check == 10 else nine + str(check % 11)


def pupil_number(twelve: str) -> str:
    """Twelve digits behind their check letter."""
    total = sum(weight * int(digit) for weight, digit in enumerate(twelve, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + twelve


def keep(*names: str, secret: bytes = SECRET) -> Names:
    return Names((secret,), frozenset(each for name in names for each in digests(name, secret)))


def found(text: str, names: Names | None = None) -> list[tuple[str, str, str]]:
    return [(hit.rule, hit.words, hit.strength.value) for hit in look(text, TODAY, names=names or Names())]


def keys(text: str) -> set[str]:
    return {hit.rule for hit in look(text, TODAY)}


@given(st.from_regex(r"\A[1-9][0-9]{8}\Z"), st.lists(GAPS, min_size=9, max_size=9))
def test_an_nhs_number_is_known_by_its_check_digit_whatever_stands_between_its_digits(
    nine: str, gaps: list[str]
) -> None:
    number = nhs_number(nine)
    assume(number)
    typed = "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))
    for text in (f"seen as {typed}.", f"In 2024 {typed}", f"({typed})", f"NHS{typed}"):
        assert "nhs_number" in keys(text)


@given(st.from_regex(r"\A[1-9][0-9]{8}\Z"), st.integers(1, 9))
def test_a_wrong_check_digit_is_let_be_unless_the_text_calls_it_an_nhs_number(nine: str, more: int) -> None:
    number = nhs_number(nine)
    assume(number)
    wrong = f"{number[:9]}{(int(number[9]) + more) % 10}"
    assert "nhs_number" not in keys(f"case {wrong}")
    assert ("nhs_number", wrong, "likely") in found(f"NHS number: {wrong}")


@given(
    st.from_regex(r"\A[0-9]{12}\Z"),
    st.lists(GAPS.filter(lambda gap: len(gap) < 3), min_size=13, max_size=13),
    st.booleans(),
)
def test_a_unique_pupil_number_is_known_by_its_letter_however_it_is_typed(
    twelve: str, gaps: list[str], small: bool
) -> None:
    number = pupil_number(twelve)
    typed = "".join(letter + gap for letter, gap in zip(number, [*gaps[:12], ""], strict=True))
    text = f"on roll as {typed.lower() if small else typed}, since"
    assert "upn" in keys(text)
    other = "B" if number[0] == "A" else "A"
    assert "upn" not in keys(f"case {other}{twelve}")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("943 476 5919", "nhs_number"),
        ("94 34 76 59 19", "nhs_number"),
        ("ISBN 0-306-40615-2", ""),  # its last digit is made in the same way
        ("1,434,765,919", ""),
        ("19434765919", ""),  # eleven digits
        ("NHS England published 9434765918", ""),
        ("case A801200001001", ""),  # its check letter would be another
        ("UPN A801200001001", "upn"),
        ("H801200001001 is on roll", "upn"),
        ("x80120000100a", "upn"),  # a temporary number ends in a letter
        ("XH801200001001", ""),
        ("H8012000010011", ""),
        ("born 3/4/12", "birth"),
        ("03.04.2012", "birth"),
        ("2012-04-03", "birth"),
        ("3rd of April 2012", "birth"),
        ("the third of April two thousand and twelve", "birth"),
        ("Twenty-first April, twenty twelve", "birth"),
        ("April the third, 2012", "birth"),
        ("April 3, 2012", "birth"),
        ("3 Apr '12", "birth"),
        ("3-Apr-2012", "birth"),
        ("the meeting of 3 April 2026", ""),
        ("d.o.b. 3 April 2026", "birth"),
        ("date of birth: 3 April 1980", "birth"),
        ("3 April 1980 (date of birth)", "birth"),
        ("he turned 14 on 3 April 2024", "birth"),
        ("her birthday is 3 April", "birth"),
        ("born in April 2012", "birth"),
        ("DOB 03042012", "birth"),
        ("since 3 April 1980", ""),
        ("inspected on 3 April 2012", ""),
        ("The visit of 3 April 2012 was short", ""),
        ("on 3 April 2012 the report was published", ""),
        ("We met staff. Child C4 (3 April 2012) said yes", "birth"),  # another sentence explains nothing
        ("11 May 2025", "birth"),  # one year old today
        ("12 May 2025", ""),
        ("12 May 2000", "birth"),  # the last day of being twenty-five
        ("11 May 2000", ""),
        ("31/02/2012", ""),
        ("12 May 2027", ""),
        ("aged 14 years and 3 months", "exact_age"),
        ("a girl of 3 years, 2 months", "exact_age"),
        ("aged seven weeks", "exact_age"),
        ("aged 14", ""),
        ("after 3 years and 2 months of decline", ""),
        ("lives at M1 1AE", "postcode"),
        ("sw1a1aa", "postcode"),
        ("the M1 area", ""),
        ("C1 1AA is no area", ""),
        ("S1 2nd visit", ""),
        ("XM1 1AE", ""),
        ("020 7946 0958", "telephone"),
        ("Tel.01632 960123", "telephone"),
        ("+44 7700 900123", "telephone"),
        ("+44 (0)7700-900-123", "telephone"),
        ("0044 7700 900123", "telephone"),
        ("07700900123", "telephone"),
        ("0770090012", "telephone"),
        ("077009001", ""),
        ("077009001234", ""),
        ("£07700900123", ""),
        ("case CR/0788/302625", ""),
        ("0 of 120 children", ""),
        ("a.b+c@nhs.example.org", "email"),
        ("jo.smith (at) example (dot) org", "email"),
        ("enquiries@ashmere.gov.uk", ""),
        ("jo.smith@ashmere.gov.uk", "email"),
        ("at 10 @ home", ""),
        ("one of three children told us", "small_number"),
        ("two of the six boys", "small_number"),
        ("3 children", "small_number"),
        ("Four very young children", "small_number"),
        ("5 children", ""),
        ("24 children", ""),
        ("1,003 children", ""),
        ("twenty-four children", ""),
        ("1 in 4 children", ""),
        ("four in ten children", ""),
        ("fewer than four children", ""),
        ("at least one child", ""),
        ("Year 4 pupils", ""),
        ("section 3 children", ""),
        ("3% of children", ""),
        ("two children’s homes", ""),
        ("four child protection conferences", ""),
        ("three family hubs", ""),
        ("the only deaf child at the school", "only_one"),
        ("the youngest girl in the home", "only_one"),
        ("the only children’s home in the town", ""),
        ("the only child protection conference", ""),
        ("C1 told us that S2 had gone, 12 of 40 plans, 2025/26, section 47", ""),
    ],
)
def test_each_rule_at_its_edges(text: str, rule: str) -> None:
    assert keys(text) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("943 476 5919", "certain"),
        ("9434765919", "likely"),  # one number of ten digits in eleven would fit by chance
        ("NHS no. 9434765919", "certain"),
        ("H801200001001", "certain"),
        ("x80120000100a", "likely"),
        ("born 3/4/12", "certain"),
        ("3/4/12", "likely"),
        ("M1 1AE", "certain"),
        ("m11ae", "likely"),
        ("07700 900123", "likely"),
        ("0800 123 4567", "hint"),
        ("jo@ashmere.gov.uk", "hint"),
        ("one child", "hint"),
        ("three children", "likely"),
        ("one of ten children", "likely"),
        ("one of 11 children", "hint"),
        ("the only deaf child at the school", "hint"),
    ],
)
def test_how_sure_a_rule_is(text: str, strength: str) -> None:
    assert [hit.strength for hit in look(text, TODAY)] == [strength]


LISTED = keep("Zoë-Anne O’Neill", "Jayden Okafor", "Will Hope", "Mary Jane van der Berg")


@pytest.mark.parametrize(
    ("text", "words", "strength"),
    [
        ("Jayden Okafor was seen", "Jayden Okafor", "certain"),
        ("OKAFOR, Jayden", "OKAFOR, Jayden", "certain"),
        ("Jayden L. Okafor", "Jayden L. Okafor", "certain"),
        ("jayden.okafor@x", "jayden.okafor", "certain"),
        ("JaydenOkafor", "JaydenOkafor", "likely"),
        ("jayden's plan", "jayden's", "likely"),
        ("Jaydens plan", "Jaydens", "likely"),
        ("Jay-\nden ran", "Jay-\nden", "likely"),
        ("Jay\u00adden ran", "Jay\u00adden", "likely"),
        ("Jaydn ran", "Jaydn", "hint"),
        ("Jadyen ran", "Jadyen", "hint"),
        ("Jaydn Okafor ran", "Jaydn Okafor", "likely"),
        ("zoe anne oneill", "zoe anne oneill", "certain"),
        ("Zoe\u0308anne", "Zoe\u0308anne", "likely"),
        ("O'Neill", "O'Neill", "likely"),
        ("O Neill", "O Neill", "likely"),
        ("They asked Will", "Will", "likely"),
        ("Will they ask", "Will", "hint"),
        ("they will hope", "will hope", "certain"),
        ("Mary-Jane", "Mary-Jane", "certain"),
    ],
)
def test_a_listed_name_is_found_however_it_is_written(text: str, words: str, strength: str) -> None:
    assert ("listed_name", words, strength) in found(text, LISTED)


@pytest.mark.parametrize(
    "text", ["they will see", "they hope", "Jordan ran", "jaydn ran", "Hayden ran", "J. O.", "", "Oka"]
)
def test_other_words_are_no_listed_names(text: str) -> None:
    assert not found(text, LISTED)


NAME = st.from_regex(r"\A[A-Z][a-zéüñ]{3,9}([ '-][A-Z][a-zéüñ]{3,9}){1,3}\Z")


@given(NAME, st.data())
def test_no_change_of_case_accents_hyphens_spaces_or_possession_hides_a_listed_name(
    name: str, data: st.DataObject
) -> None:
    names = keep(name)
    typed = data.draw(
        st.sampled_from([name, name.upper(), name.lower(), name.swapcase(), fold(name), name.title()]), label="case"
    )
    typed = re.sub(r"[ -]", lambda _: data.draw(st.sampled_from([" ", "-", "  ", "\n", "\u00a0", ", ", "–"])), typed)
    typed = typed.replace("'", data.draw(st.sampled_from(["'", "’", "`"])))
    typed += data.draw(st.sampled_from(["", "'s", "’s", "’", ",", "."]))
    assert any(hit.rule == "listed_name" for hit in look(f"We spoke to {typed} at home.", TODAY, names=names))


@given(NAME)
def test_of_a_name_nothing_is_kept_that_could_be_read_or_compared_between_inspections(name: str) -> None:
    kept, others = digests(name, SECRET), digests(name, b"of another")
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in kept)
    assert not set(kept) & set(others)
    assert not look(f"We met {name}.", TODAY, names=Names((b"of another",), frozenset(kept)))
    assert whole(name, SECRET) == whole(name.upper(), SECRET) not in kept


def test_a_list_kept_by_an_older_secret_is_still_found() -> None:
    old = keep("Jayden Okafor", secret=b"old")
    names = Names((b"new", b"old"), old.digests)
    assert found("Jayden Okafor", names) == [("listed_name", "Jayden Okafor", "certain")]


@pytest.mark.parametrize("line", ["", "J.", "12", "a b c d e f g h i" + " jo"])
def test_a_line_that_is_no_name_is_refused(line: str) -> None:
    with pytest.raises(NotANameError):
        digests(line, SECRET)


@given(st.text())
def test_every_hit_is_a_place_in_the_text(text: str) -> None:
    hits = look(text, TODAY, names=LISTED)
    for hit in hits:
        assert text[hit.start : hit.end] == hit.words != ""
        assert hit.rule in {rule.key for rule in RULES}
    assert list(hits) == sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule))


def one(text: str, place: str = "", names: Names | None = None) -> Hit:
    (hit,) = look(text, TODAY, place=place, names=names or Names())
    return hit


@pytest.mark.parametrize(("text", "rule"), [
    ("Born on 5 ſeptember 2012.", "birth"), ("born on the fırst of May 2012", "birth"),
    ("born on the twenty-fİrst of May two thousand and ſix", "birth"), ("one of ſix children there", "small_number"),
    ("We met fıve of them; two chıldren had moved.", "small_number"), ("A12345678901\u212a", "upn"),
])  # fmt: skip
def test_letters_that_only_look_like_others_hide_nothing_and_stop_no_page(text: str, rule: str) -> None:
    hits = look(text, TODAY)
    assert rule in {hit.rule for hit in hits}
    assert all(hit.words == text[hit.start : hit.end] for hit in hits)


@pytest.mark.parametrize("text", ["We spoke to İbrahin.", "We spoke to İbrahim.", "Then İris came."])
def test_a_capital_with_a_dot_is_the_capital_of_a_name(text: str) -> None:
    assert "listed_name" in {hit.rule for hit in look(text, TODAY, names=keep("İbrahim", "Iris"))}


def test_a_decision_holds_while_the_words_stay_in_the_same_kind_of_place() -> None:
    first = one("Ring 020 7946 0958.", "finding")
    assert first.key == one("They rang 020-7946-0958 at once", "finding").key
    assert first.key != one("Ring 020 7946 0958.", "letter").key
    assert first.key != one("Ring 020 7946 0959.", "finding").key
    assert first.key != one("Ring 020 7946 0958.", "finding", Names((SECRET,))).key  # keyed with the inspection's
    assert undecided([first], {first.key}) == ()
    assert undecided([first], {"other"}) == (first,)


def test_of_a_small_number_the_decision_is_about_its_sentence() -> None:
    first = one("It rained. One child said so. They left.")
    assert first.key == one("It snowed. One child said so! All stayed").key
    assert first.key != one("One child ran away.").key
    assert first.words == "One child"


def test_a_confirmation_counts_for_just_what_was_found() -> None:
    first, same = look("ring 020 7946 0958", TODAY), look("020 7946 0958 rang", TODAY)
    more = look("020 7946 0958 and a@b.org", TODAY)
    assert fingerprint(first) == fingerprint(same) != fingerprint(more)
    assert fingerprint(()) == ""


def test_a_part_of_the_rules_can_be_asked() -> None:
    assert {hit.rule for hit in look("three children, M1 1AE", TODAY, rules=IDENTIFIERS)} == {"postcode"}
    assert {rule.key for rule in IDENTIFIERS} < {rule.key for rule in RULES}
    assert all(rule.title and rule.why for rule in RULES)
    assert [each.value for each in Strength] == ["certain", "likely", "hint"]
