"""Records made of a test's own rows, answered by the real gate, and the plain-Python reference beside it."""

import datetime as dt
import importlib.util
import itertools
import json
from pathlib import Path

import pytest

import joinedup.analysis as ja
from joinedup.record import Record
from joinedup.record.columns import SQL_TYPES
from joinedup.record.schema import TABLES

NESTED = ("texts", "boxes", "sheets", "page_problems", "grades", "dimensions")


class Rows:
    """A source of a record: rows given by a test, in the record's own tables."""

    folders = ()
    _numbers = itertools.count()

    def __init__(self, **tables):
        self.tables = tables
        self.snapshot = f"test-{next(self._numbers)}"

    def prepare(self, engine):
        for name, rows in self.tables.items():
            columns = TABLES[name].columns
            declared = ", ".join(f'"{c.name}" {SQL_TYPES[c.kind]}' for c in columns)
            engine.execute(f"CREATE TABLE given_{name} ({declared})")
            if rows:
                # As JSON text in one go: a row at a time is slow, and the engine casts maps and lists by itself.
                arrows = {c.name: "->" if c.kind in NESTED else "->>" for c in columns}
                casts = ", ".join(f"CAST(row{arrows[c.name]}'$.{c.name}' AS {SQL_TYPES[c.kind]})" for c in columns)
                engine.execute(
                    f"INSERT INTO given_{name} SELECT {casts} FROM (SELECT unnest($rows)::JSON AS row)",
                    {"rows": [json.dumps(row, default=str) for row in rows]},
                )

    def relation(self, table):
        return (f"SELECT * FROM given_{table}", False) if table in self.tables else None


def inspection(area, framework, published, grade=None, *, start=None, visit=None, **grades):
    """One row of `inspections`; `grade` is the overall one."""
    if grade is not None:
        grades["overall"] = grade
    published = dt.date.fromisoformat(published)
    return {
        "id": f"{area}|{framework}|{published}|{visit}",
        "area": area,
        "framework": framework,
        "visit": visit,
        "start_date": dt.date.fromisoformat(start) if start else None,
        "end_date": None,
        "published": published,
        "theme": None,
        "grades": grades,
        "load": "test",
    }


def report(area, framework, *, published=None, start=None, visit="standard", sha="f" * 64, fictional=False):
    """One row of `reports`."""
    return {
        "sha256": sha,
        "file": f"{sha[:6]}.pdf",
        "area": area,
        "framework": framework,
        "visit": visit,
        "start_date": dt.date.fromisoformat(start) if start else None,
        "end_date": None,
        "published": dt.date.fromisoformat(published) if published else None,
        "pages": 12,
        "fictional": fictional,
        "load": "test",
    }


def judgement(sha, key, grade, page=1):
    """One row of `judgements`."""
    return {"report": sha, "key": key, "title": key, "grade": grade, "page": page, "load": "test"}


def finding(sha, ordinal, kind="improvement", text="Plans say who must act.", *, polarity=None, page=2):
    """One row of `findings`."""
    return {
        "id": f"{sha}-{ordinal:04d}",
        "report": sha,
        "ordinal": ordinal,
        "kind": kind,
        "section": "What needs to improve",
        "page": page,
        "text": text,
        "polarity": polarity,
        "responsible": [],
        "load": "test",
    }


def responsibility(sha, ordinal, agency, words=None, confidence=0.9):
    """One row of `responsibilities`."""
    told = {"agency": agency, "words": words, "confidence": confidence}
    return {"finding": f"{sha}-{ordinal:04d}", **told, "load": "test"}


def about(sha, ordinal, theme, words=None, confidence=0.8):
    """One row of `themes`."""
    return {"finding": f"{sha}-{ordinal:04d}", "theme": theme, "words": words, "confidence": confidence, "load": "test"}


def addressee(sha, ordinal, name, role, organisation=None, agency=None):
    """One row of `addressees`."""
    printed = {"name": name, "role": role, "organisation": organisation, "agency": agency}
    return {"report": sha, "ordinal": ordinal, **printed, "load": "test"}


@pytest.fixture(scope="session")
def make():
    """The makers of rows (`make.inspection`, `make.report`, `make.finding`, ...), and `make.record` of them."""

    class Make:
        pass

    Make.inspection = staticmethod(inspection)
    Make.report = staticmethod(report)
    Make.judgement = staticmethod(judgement)
    Make.finding = staticmethod(finding)
    Make.responsibility = staticmethod(responsibility)
    Make.about = staticmethod(about)
    Make.addressee = staticmethod(addressee)
    Make.record = staticmethod(lambda **tables: Record(Rows(**tables)))
    return Make


@pytest.fixture(scope="session")
def reference():
    """The module `reference.py` beside this file."""
    spec = importlib.util.spec_from_file_location("analysis_reference", Path(__file__).with_name("reference.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def accountability_reference():
    """The module `accountability_reference.py` beside this file."""
    place = Path(__file__).with_name("accountability_reference.py")
    spec = importlib.util.spec_from_file_location("accountability_reference", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class BySql:
    """The questions as the package answers them."""

    def __init__(self, make):
        self._make = make

    def outcomes(self, *, inspections=(), reports=(), judgements=(), **question):
        record = self._make.record(inspections=list(inspections), reports=list(reports), judgements=list(judgements))
        question["as_at"] = dt.date.fromisoformat(question["as_at"])
        answer = ja.outcomes(record, **question)
        return dict(answer.grades), answer.no_grade

    def matrix(self, *, inspections=(), reports=(), judgements=(), start, end, **question):
        record = self._make.record(inspections=list(inspections), reports=list(reports), judgements=list(judgements))
        start, end = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        answer = ja.changes(record, start=start, end=end, **question)
        return {(was, now): number for was, row in answer.matrix.items() for now, number in row.items()}


class ByReference:
    """The same questions answered by the reference."""

    def __init__(self, module):
        self._module = module

    def outcomes(self, *, inspections=(), reports=(), judgements=(), **question):
        question["as_at"] = dt.date.fromisoformat(question["as_at"])
        return self._module.outcomes(self._module.Tables(inspections, reports, judgements), **question)

    def matrix(self, *, inspections=(), reports=(), judgements=(), start, end, **question):
        tables = self._module.Tables(inspections, reports, judgements)
        start, end = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        return dict(self._module.matrix(tables, start=start, end=end, **question))


@pytest.fixture(params=["sql", "reference"])
def engine(request, make, reference):
    """Each specification test runs on the package's SQL and on the reference."""
    return BySql(make) if request.param == "sql" else ByReference(reference)
