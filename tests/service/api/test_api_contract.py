"""The API's contract stands in a file, and what is written about it is written from it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

from joinedup.analysis.accountability_facts import KINDS, POLARITIES
from joinedup.analysis.rules import versions
from joinedup.areas import agencies, regions
from joinedup.areas.bodies import KINDS as BODY_KINDS
from joinedup.frameworks import families
from joinedup.record.correctable import choices
from joinedup.service.api import values
from joinedup.service.api.document import document
from joinedup.service.api.reference import as_markdown, snapshot
from joinedup.service.api.shapes import meanings

ROOT = Path(__file__).resolve().parents[3]
AGAIN = "if that is meant, run `python -m joinedup.service.api.reference` and commit what it writes"


def test_the_contract_is_the_one_in_the_file() -> None:
    kept = (Path(__file__).parent / "openapi-v1.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(snapshot()), f"the API has changed: {AGAIN}"


def test_the_page_in_the_docs_is_the_one_that_the_operations_give() -> None:
    written = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert written == as_markdown(), f"the API has changed: {AGAIN}"


def test_every_parameter_and_operation_says_what_it_means() -> None:
    for path, methods in document()["paths"].items():
        assert set(methods) == {"get"}, path
        operation = methods["get"]
        assert operation["summary"], path
        for one in operation["parameters"]:
            assert one.get("description"), (path, one["name"])
        assert {"200", "304", "422", "429"} <= set(operation["responses"])


def test_every_field_says_what_it_means() -> None:
    shapes = document()["components"]["schemas"]
    fields = {
        (shape, name): one for shape, schema in shapes.items() for name, one in schema.get("properties", {}).items()
    }
    assert [where for where, one in fields.items() if not one.get("description")] == []


def test_nothing_is_described_that_is_not_there() -> None:
    shapes = document()["components"]["schemas"]
    fields = {f"{shape}.{name}" for shape, schema in shapes.items() for name in schema.get("properties", {})}
    assert sorted({*meanings.OF_SHAPES, *meanings.OF_FRAMEWORKS} - fields) == []
    named = {field.partition(".")[2] for field in fields}
    assert sorted(meanings.EVERYWHERE.keys() - named) == []


def test_an_operation_takes_a_page_where_it_answers_in_pages_and_nowhere_else() -> None:
    shapes = document()["components"]["schemas"]
    for path, methods in document()["paths"].items():
        answer = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        shape = shapes.get(answer.get("$ref", "").rpartition("/")[2], {})
        in_pages = {"total", "page", "page_size", "next"} <= set(shape.get("properties", ()))
        taken = {one["name"] for one in methods["get"]["parameters"]} & {"page", "page_size"}
        assert taken == ({"page", "page_size"} if in_pages else set()), path


def test_a_shapes_name_is_that_of_one_shape_alone() -> None:
    shapes = document()["components"]["schemas"]
    assert {"title", "phrases"} <= set(shapes["Outcome"]["properties"]), "an outcome that a framework knows"
    assert {"text", "page"} <= set(shapes["OutcomeRead"]["properties"]), "the outcome that a report tells"


def test_every_shape_that_is_named_is_there() -> None:
    def named(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {value["$ref"]} if "$ref" in value else set().union(*map(named, value.values()))
        return set().union(*map(named, value)) if isinstance(value, list) else set()

    there = {f"#/components/schemas/{name}" for name in document()["components"]["schemas"]}
    assert named(document()) <= there


def test_the_choices_that_are_offered_are_those_that_there_are() -> None:
    def same(offered: Any, known: Any) -> None:
        assert sorted(get_args(offered)) == sorted(known)

    same(values.Family, families())
    same(values.Inspected, [*(family for family in families() if versions(family)), "youth-justice"])
    same(values.AgencyKey, [agency.key for agency in agencies()])
    same(values.AgencyOrNone, [*(agency.key for agency in agencies()), "none"])
    same(values.RegionName, [region.name for region in regions()])
    same(values.BodyKind, BODY_KINDS)
    same(values.StatementKind, KINDS)
    same(values.Polarity, POLARITIES)
    same(values.Visit, choices("visit"))
    graded = {key for family in families() for version in versions(family) for key in version.judgements}
    same(values.Judgement, graded)


def test_the_command_line_starts_without_what_the_api_needs() -> None:
    code = "import sys, joinedup.cli.commands; sys.exit(any(name in sys.modules for name in ('pydantic', 'ninja')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_people_say_of_links_is_described_in_words_of_its_own() -> None:
    """And not as something that was read wrongly."""
    shapes = document()["components"]["schemas"]
    named = shapes["AskedAgain"]["properties"]["said"]["items"]["$ref"].rpartition("/")[2]
    told = [shapes[named]["description"], *(each["description"] for each in shapes[named]["properties"].values())]
    assert named != "Corrected"
    assert not any("read wrongly" in each or "What was read" in each for each in told)
    assert shapes[named]["properties"].keys() == shapes["Corrected"]["properties"].keys()
