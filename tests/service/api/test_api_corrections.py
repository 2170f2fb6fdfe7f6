"""What was corrected is told through the API as on the pages; who corrected it is given out by nothing that programs
read."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client, override_settings

from joinedup.record import Steps, correct, correcting, open_record
from joinedup.record.schema import TABLES
from joinedup.service.api.document import document
from joinedup.service.site.records import look_again

Ask = Callable[..., Any]

WHO = "Zebedee Quillfeather"
WHY = "The sentence names them"

pytestmark = pytest.mark.slow


@pytest.fixture
def said(place: Path) -> dict[str, Any]:
    """One improvement that holds the police responsible alone, in a report that gives an overall grade."""
    steps = Steps().step(
        "one",
        "SELECT f.id, f.report, f.kind, f.page, r.area, j.grade FROM findings AS f "
        "JOIN reports AS r ON r.sha256 = f.report JOIN judgements AS j ON j.report = f.report AND j.key = 'overall' "
        "WHERE f.kind = 'improvement' AND (SELECT list(agency) FROM responsibilities WHERE finding = f.id) "
        "= ['local_authority'] ORDER BY f.id LIMIT 1",
    )
    (row,) = open_record(place).ask(steps).rows
    return row


def say(place: Path, said: dict[str, Any], field: str, new: Any, *, of_report: bool = False, why: str = WHY) -> None:
    finding = None if of_report else said["id"]
    correct(place, report=said["report"], finding=finding, field=field, new=new, by=WHO, reason=why)
    look_again()


@pytest.fixture
def corrected(place: Path, said: dict[str, Any]) -> dict[str, Any]:
    """The agencies of the statement, the report's lead inspector and its overall grade, put right."""
    say(place, said, "agencies", ["police", "health"])
    say(place, said, "lead_inspector", "A. N. Other", of_report=True)
    say(place, said, "grade:overall", "good" if said["grade"] != "good" else "inadequate", of_report=True)
    return said


class TestWhoMadeItIsGivenOutNowhere:
    def test_no_form_of_any_table_has_the_name(self, client: Client, corrected: dict[str, Any]) -> None:
        self.nothing_tells(client)

    def test_nor_where_an_earlier_version_wrote_it_down_as_the_loads_file(
        self, client: Client, place: Path, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = correcting._addition
        monkeypatch.setattr(
            correcting, "_addition", lambda made: replace(now(made), file=Path(f"correction by {made.corrected_by}"))
        )
        say(place, said, "kind", "strength")
        steps = Steps().step("taken", "SELECT file FROM loads WHERE kind = 'correction'")
        assert WHO in open_record(place).ask(steps).rows[0]["file"]
        self.nothing_tells(client)

    def nothing_tells(self, client: Client) -> None:
        for table in TABLES:
            written = client.get(f"/data/{table}.csv?fictional=true").getvalue().decode()
            rows = list(csv.DictReader(io.StringIO(written)))
            arrow = pq.read_table(io.BytesIO(client.get(f"/data/{table}.parquet?fictional=true").getvalue()))
            assert WHO not in written, table
            assert WHO not in str(arrow.to_pylist()), table
            if table == "corrections":
                assert [row["reason"] for row in rows] == arrow.column("reason").to_pylist()
                assert rows
            assert "corrected_by" not in arrow.column_names
        assert "<code>corrected_by</code>" not in client.get("/data").content.decode()

    def test_no_answer_of_the_api_has_the_name(self, client: Client, corrected: dict[str, Any]) -> None:
        in_the_address = {
            "/api/v1/areas/{slug}": {"slug": corrected["area"]},
            "/api/v1/reports/{sha256}": {"sha256": corrected["report"]},
            "/api/v1/findings/{id}": {"id": corrected["id"]},
            "/api/v1/bodies/{key}": {"key": "police-south-yorkshire"},
            "/api/v1/measures/{key}": {"key": self.measure(client)},
            "/api/v1/frameworks/{id}": {"id": "sif-2013"},
        }
        needed = {"q": "children", "from": "2020-01-01", "measure": self.measure(client)}
        narrowed = {"fictional": "true", "area": corrected["area"], "page_size": "200"}
        told = set()
        for path, methods in document()["paths"].items():
            values = next((given for start, given in in_the_address.items() if path.startswith(start)), {})
            parameters = {one["name"]: one["required"] for one in methods["get"]["parameters"] if one["in"] == "query"}
            asked = {name: needed[name] for name, must in parameters.items() if must}
            asked |= {name: value for name, value in narrowed.items() if name in parameters}
            answer = client.get(path.format(**values), asked)
            assert answer.status_code == 200, (path, answer.content)
            assert WHO not in answer.content.decode(), path
            if WHY in answer.content.decode():
                told.add(path.removeprefix("/api/v1/"))
        assert told == {
            "accountability", "areas/{slug}/asked-again", "areas/{slug}/timeline", "corrections", "findings",
            "findings/{id}", "inspections", "reports/{sha256}",
        }  # fmt: skip

    def measure(self, client: Client) -> str:
        return str(client.get("/api/v1/measures", {"page_size": 1}).json()["results"][0]["key"])

    def test_a_correction_is_no_source_of_statistics(self, ask: Ask, corrected: dict[str, Any]) -> None:
        assert "correction" not in {one["kind"] for one in ask("record")["sources"]}


class TestAFindingTellsWhatWasCorrectedOfIt:
    def test_with_the_value_that_was_read_when_and_why(self, ask: Ask, corrected: dict[str, Any]) -> None:
        found = ask(f"findings/{corrected['id']}")
        assert [one["agency"] for one in found["agencies"]] == ["health", "police"]
        (given,) = found["corrections"]
        assert given.pop("corrected_at").endswith("Z")
        assert given == {"field": "agencies", "old": "local_authority", "new": "health; police", "reason": WHY}

    def test_wherever_it_is_listed(self, ask: Ask, corrected: dict[str, Any]) -> None:
        given = ask(f"findings/{corrected['id']}")["corrections"]
        where = {"area": corrected["area"], "fictional": "true", "page_size": 200}
        for listed in (
            ask("findings", **where)["results"],
            ask("accountability", **where)["results"],
            ask(f"reports/{corrected['report']}")["statements"],
        ):
            assert {one["id"]: one["corrections"] for one in listed if one["corrections"]} == {corrected["id"]: given}

    def test_a_second_correction_takes_the_place_of_the_first_and_knows_what_was_read(
        self, ask: Ask, place: Path, corrected: dict[str, Any]
    ) -> None:
        say(place, corrected, "agencies", ["courts"], why="On second thoughts")
        (given,) = ask(f"findings/{corrected['id']}")["corrections"]
        assert (given["old"], given["new"], given["reason"]) == ("local_authority", "courts", "On second thoughts")


class TestAReportTellsWhatWasCorrectedOfIt:
    def test_of_its_own_fields_and_of_its_grades(self, ask: Ask, corrected: dict[str, Any]) -> None:
        found = ask(f"reports/{corrected['report']}")
        assert [(one["field"], one["new"]) for one in found["corrections"]] == [("lead_inspector", "A. N. Other")]
        graded = {one["key"]: one["corrections"] for one in found["judgements"] if one["corrections"]}
        assert [(one["field"], one["old"]) for one in graded.pop("overall")] == [("grade:overall", corrected["grade"])]
        assert graded == {}


class TestAnAreaTellsThatItsGradeWasCorrected:
    """In the shape in which the report itself tells it, wherever the grade is given."""

    def test_wherever_it_stands(self, ask: Ask, corrected: dict[str, Any]) -> None:
        area = corrected["area"]
        (judged,) = [one for one in ask(f"reports/{corrected['report']}")["judgements"] if one["key"] == "overall"]
        given = judged["corrections"]
        assert [(one["old"], one["new"]) for one in given] == [(corrected["grade"], judged["grade"])]
        visits = ask("inspections", area=area, fictional="true", page_size=200)["results"]
        events = ask(f"areas/{area}/timeline")
        (visit,) = [one for one in visits if corrected["report"] in one["reports"]]
        (event,) = [one for one in events if corrected["report"] in one["reports"] and one["kind"] == "inspection"]
        assert (visit["corrections"], event["corrections"]) == (given, given)
        assert (visit["grades"]["overall"], event["grade"]) == (judged["grade"], judged["grade"])
        stood = ask(f"areas/{area}", as_at=visit["counted_on"])["standing"]
        listed = ask("standings", as_at=visit["counted_on"], fictional="true", page_size=200)["results"]
        assert [one for one in listed if one["area"] == area] == [stood]
        assert (stood["grade"], stood["corrections"]) == (judged["grade"], given)
        others = [one for one in (*visits, *events, *listed) if one not in (visit, event, stood)]
        assert {len(one["corrections"]) for one in others} == {0}

    def test_and_what_else_was_corrected_of_the_inspection_but_of_another_judgement_where_none_is_asked_of(
        self, ask: Ask, place: Path, corrected: dict[str, Any]
    ) -> None:
        (leaders,) = [
            one
            for one in ask(f"reports/{corrected['report']}")["judgements"]
            if one["key"] in ("leaders", "leadership")
        ]
        field = f"grade:{leaders['key']}"
        say(place, corrected, field, "good" if leaders["grade"] != "good" else "inadequate", of_report=True)
        say(place, corrected, "theme", "lamps", of_report=True)
        where = {"area": corrected["area"], "fictional": "true", "page_size": 200}
        (visit,) = [one for one in ask("inspections", **where)["results"] if corrected["report"] in one["reports"]]
        assert {one["field"] for one in visit["corrections"]} == {"grade:overall", field, "theme"}
        stood = ask(f"areas/{corrected['area']}", as_at=visit["counted_on"])["standing"]
        assert {one["field"] for one in stood["corrections"]} == {"grade:overall", "theme"}


class TestTheListOfCorrections:
    def test_the_latest_stand_first_each_with_its_report(self, ask: Ask, corrected: dict[str, Any]) -> None:
        found = ask("corrections", fictional="true")
        assert [one["field"] for one in found["results"]] == ["grade:overall", "lead_inspector", "agencies"]
        of_statement = found["results"][-1]
        assert of_statement["statements"] == [corrected["id"]]
        assert of_statement["page"] == corrected["page"]
        assert of_statement["report"]["area"] == corrected["area"]
        assert {one["standing"] for one in found["results"]} == {"standing"}
        assert {one["report"]["sha256"] for one in found["results"]} == {corrected["report"]}

    def test_it_comes_in_pages(self, ask: Ask, client: Client, corrected: dict[str, Any]) -> None:
        page = ask("corrections", fictional="true", page_size=2)
        assert (page["total"], len(page["results"])) == (3, 2)
        assert [one["field"] for one in client.get(page["next"]).json()["results"]] == ["agencies"]

    def test_it_passes_every_filter_given(self, ask: Ask, place: Path, corrected: dict[str, Any]) -> None:
        say(place, corrected, "agencies", None)
        assert ask("corrections", fictional="true", standing="replaced")["total"] == 1
        assert ask("corrections", fictional="true", standing=["standing", "replaced"])["total"] == 4
        assert ask("corrections", fictional="true", report=corrected["report"])["total"] == 4
        assert ask("corrections", fictional="true", area=corrected["area"])["total"] == 4
        other = next(
            one["sha256"] for one in ask("reports", fictional="true")["results"] if one["sha256"] != corrected["report"]
        )
        assert ask("corrections", fictional="true", report=other)["total"] == 0
        assert ask("corrections", fictional="true", area="barnsley")["total"] == 0

    def test_what_is_fictional_only_when_asked_for(self, ask: Ask, client: Client, corrected: dict[str, Any]) -> None:
        assert ask("corrections")["total"] == 0
        loads = list(csv.DictReader(io.StringIO(client.get("/data/loads.csv").getvalue().decode())))
        assert "correction" not in {row["kind"] for row in loads}
        with override_settings(SHOW_FICTIONAL=False):
            assert ask("corrections", fictional="true")["total"] == 0
            assert client.get("/api/v1/corrections", {"report": corrected["report"]}).status_code == 404

    def test_a_report_or_area_that_there_is_none_of(self, client: Client, place: Path) -> None:
        assert client.get("/api/v1/corrections", {"report": "0" * 64}).status_code == 404
        assert client.get("/api/v1/corrections", {"area": "nowhere"}).status_code == 404
        assert client.get("/api/v1/corrections", {"report": "0" * 12}).status_code == 404
        assert client.get("/api/v1/corrections", {"report": "0" * 11}).status_code == 422
        assert client.get("/api/v1/corrections", {"by": WHO}).status_code == 422

    def test_a_correction_makes_another_answer(self, client: Client, place: Path, said: dict[str, Any]) -> None:
        before = client.get("/api/v1/corrections?fictional=true")["ETag"]
        known = {"if-none-match": before}
        assert client.get("/api/v1/corrections?fictional=true", headers=known).status_code == 304
        say(place, said, "kind", "strength")
        assert client.get("/api/v1/corrections?fictional=true", headers=known).json()["total"] == 1
