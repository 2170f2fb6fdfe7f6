"""A wrong framework file is refused, in one line that gives the file, the line, the key and what to do."""

import copy
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.frameworks import Framework, FrameworkFileError, load_file
from joinedup.frameworks.checks import check
from joinedup.frameworks.errors import WrongValueError
from joinedup.frameworks.files import FOLDER, framework_ids, line_of, load_family
from joinedup.frameworks.strict import build

Spoil = Callable[..., Path]

GOOD = (
    'key = "good"\ntitle = "Good"\nprinted = []\nsources = ["statistics"]\n\n[[grades]]\nkey = "requires_improvement"\n'
)
CEILING_AND_WHEN = 'steps = 1 }\nwhen = { judgements = ["overall"], which = "all", stands = "at", grade = "good" }'
SWAPPED = (
    GOOD,
    GOOD.replace('"good"', '"?"').replace('"requires_improvement"', '"good"').replace('"?"', '"requires_improvement"'),
)


@pytest.mark.parametrize(
    ("id_", "old", "new", "said"),
    [
        (
            "sif-2013",
            'counted_by = "publication"',
            'counted_by = "moon"',
            "line 10: counted_by is 'moon'; it must be one of",
        ),
        (
            "sif-2013",
            'status = "ended"',
            'statsu = "ended"',
            "statsu is no key that may stand here; did you mean 'status'?",
        ),
        ("sif-2013", 'status = "ended"\n', "", "lacks the key 'status'; add it"),
        ("sif-2013", 'status = "ended"', "status = 3", "status is 3; it must be one of"),
        ("sif-2013", 'title = "Outstanding"', 'title = ""', "grades[1].title is empty"),
        ("sif-2013", 'title = "Outstanding"', "title = 1", "grades[1].title is 1; it must be a text"),
        ("sif-2013", "optional = true", "optional = 1", "optional is 1; it must be true or false"),
        ("sif-2013", "working_days = 0", 'working_days = "0"', "notice.working_days is '0'; it must be a whole number"),
        ("sif-2013", "working_days = 0", "working_days = true", "working_days is True; it must be a whole number"),
        (
            "sif-2013",
            "valid_from = 2013-11-01",
            'valid_from = "2013-11-01"',
            "valid_from is '2013-11-01'; it must be a date",
        ),
        ("sif-2013", "valid_from = 2013-11-01", "valid_from = 2013-11-01T00:00:00", "it must be a date"),
        (
            "sif-2013",
            "valid_from = 2013-11-01",
            "valid_from = 2019-11-01",
            "before valid_from (2019-11-01); put the dates",
        ),
        ("sif-2013", "valid_to = 2018-07-31\n", "", "is 'ended', so valid_from and valid_to must both be given"),
        ("ilacs-2026", "valid_from = 2026-04-01\n", "", "is 'in force', so valid_from must be given"),
        (
            "multi-agency-2012",
            'status = "proposed"',
            'status = "proposed"\nvalid_from = 2013-06-01',
            "must be left out",
        ),
        ("sif-2013", 'id = "sif-2013"', 'id = "sif-2014"', "id is 'sif-2014'; it must be the file's name, 'sif-2013'"),
        ("sif-2013", 'version = "2013"', 'version = "2014"', "id is 'sif-2013'; it must be"),
        ("sif-2013", 'version = "2013"', 'version = "new"', "version is 'new'; it must be a number"),
        (
            "sif-2013",
            'parent = "looked_after"',
            'parent = "looked_aftr"',
            "parent names 'looked_aftr', which is not a judgement",
        ),
        ("sif-2013", 'key = "looked_after"', 'key = "looked_after"\nparent = "adoption"', "goes round in a circle"),
        ("sif-2013", 'key = "good"', 'key = "fair"', "names 'fair', which is not a grade of the contract"),
        ("cpi-2012", *SWAPPED, "is 'good', after 'requires_improvement'; list the best grade first"),
        (
            "sif-2013",
            'key = "adoption"',
            'key = "Adoption"',
            "is 'Adoption'; use lower-case words joined by underscores",
        ),
        ("sif-2013", 'key = "adoption"', 'key = "overall"', "which stands above already; rename one"),
        ("sif-2013", '"overall judgement",', '"The overall judgement:",', "write it as 'overall judgement'"),
        ("sif-2013", '"overall judgement",', '"adoption performance",', "'adoption performance', which means"),
        (
            "sif-2013",
            'judgements = ["overall"]',
            'judgements = ["overal"]',
            "names 'overal', which is not a graded judgement",
        ),
        ("sif-2013", 'grade = "inadequate" }', 'grade = "poor" }', "names 'poor', which is not a grade"),
        ("sif-2013", "steps = 1 }", CEILING_AND_WHEN, "needs either both 'when' and 'then', or a 'ceiling' alone"),
        ("sif-2013", "held = 33,", "held = 34,", "held is 34 of 33"),
        ("sif-2013", "end = 4", "end = -1", "end is -1, before start (0)"),
        (
            "sif-2013",
            'visit = "monitoring"\nafter',
            'visit = "focused"\nafter',
            "names 'focused', which is not a visit",
        ),
        ("sif-2013", 'grades = ["inadequate"] }', 'grades = ["bad"] }', "names 'bad', which is not a grade"),
        ("sif-2013", 'after = { judgement = "overall", grades', "after = { grades", "names grades and no judgement"),
        ("sif-2013", 'key = "local_authority"', 'key = "council"', "names 'council', which is not an agency"),
        ("sif-2013", 'key = "ofsted"', 'key = "estyn"', "names 'estyn', which is not an inspectorate"),
        ("sif-2013", 'role = "lead"', 'role = "member"', "has 0 leads; exactly one inspectorate leads"),
        ("sif-2013", 'sources = ["norfolk_sheet", "council_note"]', "sources = []", "notice.sources is empty"),
        (
            "sif-2013",
            'sources = ["norfolk_sheet", "council_note"]',
            'sources = ["hearsay"]',
            "names 'hearsay', which is not a key",
        ),
        (
            "sif-2013",
            'sources = ["norfolk_sheet", "council_note"]',
            'sources = ["norfolk_sheet"]',
            "'council_note', which no fact names",
        ),
        ("sif-2013", 'confidence = "observed"', 'confidence = "law"', "is 'law' and has no url; add it"),
        ("jtai-2016", "first = 2016-02-01", "first = 2015-02-01", "when the framework was not in force"),
        ("jtai-2016", "last = 2016-08-01", "last = 2016-01-01", "last is 2016-01-01, before first (2016-02-01)"),
        (
            "jtai-2022",
            'inspectorates = ["hmi_probation"]',
            'inspectorates = ["probation"]',
            "which is not an inspectorate",
        ),
        (
            "area-send-2023",
            'outcomes = ["systemic"]',
            'outcomes = ["failing"]',
            "names 'failing', which is not an outcome",
        ),
        ("sif-2013", "[notice]", "[[notice]]", "notice must be a table of keys and values"),
        (
            "sif-2013",
            'sources = ["norfolk_sheet", "council_note"]',
            'sources = "norfolk_sheet"',
            "notice.sources must be a list",
        ),
        ("sif-2013", "[notice]", "[notice", "not TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_the_remedy(
    spoil: Spoil, id_: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(FrameworkFileError) as caught:
        load_file(spoil(id_, old, new))
    message = str(caught.value)
    assert said in message
    assert message.startswith(f"{id_}.toml")
    assert "\n" not in message


def test_the_line_is_that_of_the_key_within_its_own_table(spoil: Spoil) -> None:
    path = spoil("sif-2013", 'parent = "looked_after"', 'parent = "nowhere"')
    line = path.read_text(encoding="utf-8").splitlines().index('parent = "nowhere"') + 1
    with pytest.raises(FrameworkFileError) as caught:
        load_file(path)
    assert f"line {line}:" in str(caught.value)
    assert "judgements[4].parent" in str(caught.value)


def test_a_place_that_stands_nowhere_is_given_by_the_nearest_header() -> None:
    text = 'id = "x"\n[[judgements]]\nkey = "a"\n[[judgements]]\nkey = "b"\n'
    assert line_of(text, ("judgements", 1, "title")) == 4
    assert line_of(text, ("judgements", 1, "key")) == 5
    assert line_of(text, ("id",)) == 1
    assert line_of(text, ("missing",)) == 1
    assert line_of(text, ()) == 1


@pytest.mark.parametrize("ends", ["2022-12-30", "2023-01-01"], ids=["gap", "overlap"])
def test_versions_of_a_family_leave_no_gap_and_do_not_overlap(tmp_path: Path, ends: str) -> None:
    for id_ in framework_ids()["ilacs"]:
        text = (FOLDER / f"{id_}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{id_}.toml").write_text(text.replace("2022-12-31", ends), encoding="utf-8")
    with pytest.raises(FrameworkFileError, match=r"^ilacs-2023.toml: valid_from is 2023-01-01; it must be"):
        load_family("ilacs", tmp_path)


def test_only_the_last_version_of_a_family_may_be_without_an_end(tmp_path: Path) -> None:
    for id_ in framework_ids()["ilacs"]:
        text = (FOLDER / f"{id_}.toml").read_text(encoding="utf-8")
        if id_ == "ilacs-2018":
            text = text.replace('status = "ended"', 'status = "in force"').replace("valid_to = 2022-12-31\n", "")
        (tmp_path / f"{id_}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkFileError, match=r"^ilacs-2018.toml: valid_to is missing, though ilacs-2023 follows"):
        load_family("ilacs", tmp_path)


def test_a_file_whose_name_is_no_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "My Framework.toml").write_text("", encoding="utf-8")
    with pytest.raises(FrameworkFileError, match="rename it"):
        framework_ids(tmp_path)


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return [path, *(place for key, part in inner for place in _places(part, (*path, key)))]


DATA = {id_: tomllib.loads((FOLDER / f"{id_}.toml").read_text(encoding="utf-8")) for id_ in ("sif-2013", "jtai-2022")}
PLACES = [(id_, place) for id_, data in DATA.items() for place in _places(data) if place]
SOMETHING = st.one_of(
    st.text(max_size=8), st.integers(-99, 99), st.booleans(), st.floats(), st.dates(), st.datetimes(),
    st.lists(st.text(max_size=4), max_size=2), st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.sampled_from(["overall", "inadequate", "good", "ofsted", "standard", "memory", "letters", "looked_after"]),
)  # fmt: skip


@given(st.sampled_from(PLACES), SOMETHING)
def test_whatever_stands_at_any_place_is_either_read_or_refused_with_a_place_and_a_remedy(
    where: tuple[str, tuple[str | int, ...]], something: object
) -> None:
    id_, place = where
    data: Any = copy.deepcopy(DATA[id_])
    inner = data
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = something
    problem = None
    try:
        check(build(Framework, data))
    except WrongValueError as error:
        problem = error
    if problem is not None:
        text = (FOLDER / f"{id_}.toml").read_text(encoding="utf-8")
        assert problem.remedy
        assert "\n" not in problem.remedy
        assert 1 <= line_of(text, problem.path) <= len(text.splitlines())
