"""The data page: every table, its columns, and downloads that say the same in CSV and Parquet."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client, override_settings

from joinedup.analysis.accountability_demands import COLUMNS
from joinedup.record import open_record
from joinedup.record.contents import row_counts
from joinedup.record.export import exported
from joinedup.record.schema import TABLES


def read_csv(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV download."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


def read_parquet(client: Client, address: str) -> Any:
    """The Arrow table of a Parquet download."""
    answer = client.get(address)
    assert answer.status_code == 200
    return pq.read_table(io.BytesIO(answer.getvalue()))


class TestThePage:
    def test_every_table_and_column_is_there(self, client: Client) -> None:
        page = client.get("/data").content.decode()
        for table in TABLES.values():
            assert f'href="/data/{table.name}.csv"' in page
            assert f'href="/data/{table.name}.parquet"' in page
            for column in exported(table.name):
                assert f"<code>{column.name}</code>" in page
        assert open_record().snapshot in page
        assert "Open Government Licence v3.0" in page

    def test_the_columns_of_who_must_improve_what_are_there(self, client: Client) -> None:
        answers = client.get("/data").content.decode().partition('id="answers"')[2].partition('id="reading"')[0]
        assert 'href="/accountability"' in answers
        for column in COLUMNS:
            assert f"<code>{column}</code>" in answers

    def test_an_area_is_carried_over_into_the_downloads(self, client: Client) -> None:
        page = client.get("/data?area=barnsley").content.decode()
        assert 'href="/data/inspections.csv?area=barnsley"' in page
        assert 'href="/data/measures.csv"' in page
        assert '<option value="barnsley" selected>' in page

    def test_every_area_is_the_default(self, client: Client) -> None:
        assert 'href="/data/inspections.csv"' in client.get("/data?area=", follow=True).content.decode()

    @pytest.mark.parametrize("query", ["area=nowhere", "fictional=maybe", "aera=barnsley"])
    def test_a_mistake_is_told(self, client: Client, query: str) -> None:
        answer = client.get(f"/data?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()
        assert client.get(f"/data/inspections.csv?{query}").status_code == 400

    @pytest.mark.slow
    def test_fictional_rows_are_not_offered_where_they_are_switched_off(self, client: Client, demo: Path) -> None:
        assert 'name="fictional"' in client.get("/data").content.decode()
        with override_settings(SHOW_FICTIONAL=False):
            page = client.get("/data").content.decode()
            wrong = client.get("/data?fictional=maybe").content.decode()
        assert "<li>fictional is true or false</li>" in wrong, "told, but with no way to a field that is not there"
        assert 'name="fictional"' not in page
        assert "Ashmere" not in page


class TestDownloads:
    @pytest.mark.parametrize("table", [name for name in TABLES if name != "observations"])
    def test_both_formats_hold_every_row_in_the_same_order(self, client: Client, table: str) -> None:
        rows = read_csv(client, f"/data/{table}.csv")
        arrow = read_parquet(client, f"/data/{table}.parquet")
        assert len(rows) == arrow.num_rows == row_counts(open_record())[table]
        assert arrow.column_names == [column.name for column in exported(table)]
        key = TABLES[table].key[0]
        assert [row[key] for row in rows] == [str(value) for value in arrow.column(key).to_pylist()]

    def test_observations_are_all_there_though_asked_for_in_spans(self, client: Client) -> None:
        arrow = read_parquet(client, "/data/observations.parquet")
        assert arrow.num_rows == row_counts(open_record())["observations"]
        measures = arrow.column("measure").to_pylist()
        assert measures == sorted(measures)

    def test_one_areas_rows_alone(self, client: Client) -> None:
        rows = read_csv(client, "/data/inspections.csv?area=barnsley&area=derby")
        assert {row["area"] for row in rows} == {"barnsley", "derby"}
        places = {row["place"] for row in read_csv(client, "/data/observations.csv?area=barnsley")}
        assert places == {"barnsley"}

    def test_a_table_without_areas_cannot_be_of_one(self, client: Client) -> None:
        assert client.get("/data/measures.csv?area=barnsley").status_code == 400

    def test_parquet_has_the_records_types_and_says_what_it_is(self, client: Client) -> None:
        arrow = read_parquet(client, "/data/inspections.parquet")
        published = [day for day in arrow.column("published").to_pylist() if day]
        assert all(isinstance(day, dt.date) for day in published)
        grades = dict(arrow.column("grades").to_pylist()[0])
        row = read_csv(client, "/data/inspections.csv")[0]
        assert json.loads(row["grades"]) == grades
        assert arrow.schema.metadata[b"joinedup.snapshot"].decode() == open_record().snapshot

    def test_the_file_is_named_after_what_it_holds(self, client: Client) -> None:
        named = client.get("/data/inspections.csv?area=barnsley")["Content-Disposition"]
        assert named.startswith('attachment; filename="inspections-barnsley-')

    def test_it_is_not_sent_again_while_nothing_has_changed(self, client: Client) -> None:
        tag = client.get("/data/neighbours.csv")["ETag"]
        assert client.get("/data/neighbours.csv", headers={"if-none-match": tag}).status_code == 304

    def test_there_is_no_other_table(self, client: Client) -> None:
        assert client.get("/data/passwords.csv").status_code == 404

    @pytest.mark.slow
    def test_what_is_fictional_is_left_out_unless_asked_for_and_marked(self, demo: Path, client: Client) -> None:
        every = row_counts(open_record(demo))
        for table in ("reports", "judgements", "findings", "addressees"):
            assert read_csv(client, f"/data/{table}.csv") == []
            given = read_csv(client, f"/data/{table}.csv?fictional=true")
            assert len(given) == every[table] > 0
            assert {row["fictional"] for row in given} == {"true"}
        reports = read_csv(client, "/data/reports.csv?fictional=true")
        assert all("/" not in row["file"] and row["file"].endswith(".pdf") for row in reports)
        loads = {row["kind"] for row in read_csv(client, "/data/loads.csv")}
        assert "report" not in loads

    @pytest.mark.slow
    def test_no_text_in_csv_is_a_formula(self, demo: Path, client: Client) -> None:
        rows = read_csv(client, "/data/findings.csv?fictional=true")
        assert not [value for row in rows for value in row.values() if value[:1] in ("=", "+", "-", "@")]
