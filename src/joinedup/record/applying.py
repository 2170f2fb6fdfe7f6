"""What people corrected, laid over what was read, at the moment when a question is asked.

What was read stays as it is, in its own rows. A correction names a statement by its report and its words and not by
its row, so that it holds when a newer reader reads the report again: by the words that were read, or, where nothing has
these any more, by those that a correction of its text says are right, for that is what a better reader reads. Every
question sees what is right; the table `corrections` tells what was read.

A correction whose new value is what was read takes the earlier ones back: the thing is then shown as it is read, with
the words that decided it. One that confirms what was read is a person's word for it, as every other correction is, and
stands if a newer reader reads something else. A value that an older version took and that nothing can be derived from
leaves empty what would follow from it; it stops no question.

One that says of a later statement that it is on the same thing, or is not, names that by its report and words too, and
is lost where either's are gone.

Whether an item of a list is praise or concern its list says, and nobody else: a correction of the polarity that says
otherwise is overruled for as long as the statement stands in that list (docs/decisions/0191).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from joinedup.areas import UnknownAreaError, get_area
from joinedup.record.due import statement_due
from joinedup.record.schema import CONFIRMED, CORRECTIONS, GRADE, POLARITY_OF_LIST, SAME, TABLES, WITHDRAWN

if TYPE_CHECKING:
    import duckdb

APART = "; "
"""Between several values of one correction."""

STATEMENT_FIELDS = ("kind", "polarity", "section", "text")
"""The columns of `findings` that can be corrected."""

REPORT_FIELDS = (
    "area", "framework", "visit", "start_date", "end_date", "published", "lead_inspector", "theme",
    "principal_authority", "statement_due", "outcome",
)  # fmt: skip
"""The columns of `reports` that can be corrected."""

CORRECTED = ("reports", "judgements", "findings", "responsibilities", "themes", CORRECTIONS.name)
"""The tables that look otherwise where there are corrections."""

_HASH = "substr(sha256(lower(regexp_replace(text, '[^A-Za-z0-9]+', '', 'g'))), 1, 16)"
"""As `joinedup.record.naming.fingerprint`."""

_LATER_REPORT, _LATER_WORDS = (f"split_part(field, ':', {place})" for place in (2, 3))
"""As `joinedup.record.same` writes them."""

_MADE = f"""
CREATE OR REPLACE TABLE _given AS
SELECT stored.* REPLACE (coalesce(confirmed, false) AS confirmed), loaded_at,
    new IS NOT DISTINCT FROM old AND confirmed IS NOT true AS withdrawn, row_number() OVER (
    PARTITION BY report, page, words, field ORDER BY loaded_at DESC, load DESC) AS nth
FROM ({{corrections}}) AS stored JOIN _loads USING (load);
CREATE OR REPLACE TABLE _said AS
SELECT id AS finding, report, page, kind, {_HASH} AS words FROM ({{findings}})
WHERE report IN (SELECT report FROM _given WHERE words IS NOT NULL)
    OR substr(report, 1, 12) IN (SELECT {_LATER_REPORT} FROM _given WHERE starts_with(field, '{SAME}'));
CREATE OR REPLACE TABLE _known_by AS
SELECT id, words, false AS righted FROM _given WHERE words IS NOT NULL
UNION ALL
SELECT g.id, {_HASH}, true FROM _given AS g
JOIN (SELECT report, page, words, new AS text FROM _given WHERE field = 'text' AND nth = 1) AS righted
    USING (report, page, words);
CREATE OR REPLACE TABLE _matched AS
SELECT g.id, g.field, g.new, g.withdrawn, g.load, g.loaded_at, g.nth, s.finding, s.kind
FROM _given AS g JOIN _known_by AS k ON k.id = g.id JOIN _said AS s ON s.report = g.report AND s.words = k.words
QUALIFY rank() OVER (PARTITION BY g.id ORDER BY k.righted, s.page != g.page) = 1;
CREATE OR REPLACE TABLE _later AS
WITH named AS (
    SELECT id, {_LATER_REPORT} AS of, {_LATER_WORDS} AS words FROM _given WHERE starts_with(field, '{SAME}')
), known_by AS (
    SELECT id, of, words, false AS righted FROM named
    UNION ALL
    SELECT n.id, n.of, {_HASH}, true FROM named AS n JOIN (
        SELECT report, words, new AS text FROM _given WHERE field = 'text' AND nth = 1
    ) AS g ON g.words = n.words AND starts_with(g.report, n.of)
), found AS (
    SELECT k.id, s.finding FROM known_by AS k JOIN _said AS s ON s.words = k.words AND starts_with(s.report, k.of)
    QUALIFY rank() OVER (PARTITION BY k.id ORDER BY k.righted) = 1
)
SELECT id, list(DISTINCT finding ORDER BY finding) AS those FROM found GROUP BY id;
CREATE OR REPLACE TABLE _latest AS
SELECT * FROM _matched WHERE nth = 1
QUALIFY row_number() OVER (PARTITION BY finding, field ORDER BY loaded_at DESC, load DESC) = 1;
CREATE OR REPLACE TABLE _overruled AS
SELECT id, finding FROM (
    SELECT p.id, p.finding, p.new AS polarity, coalesce(k.new, p.kind) AS kind FROM _matched AS p
    LEFT JOIN _latest AS k ON k.finding = p.finding AND k.field = 'kind' AND NOT k.withdrawn
    WHERE p.field = 'polarity' AND p.nth = 1
) WHERE polarity IS DISTINCT FROM coalesce({POLARITY_OF_LIST}, polarity);
CREATE OR REPLACE TABLE _corrected AS
SELECT finding, field, new, load FROM _latest ANTI JOIN _overruled USING (id, finding) WHERE NOT withdrawn;
CREATE OR REPLACE TABLE _corrections AS
WITH found AS (
    SELECT id, bool_and(o.finding IS NOT NULL) AS overruled,
        coalesce(list(finding ORDER BY finding) FILTER (o.finding IS NULL), list(finding ORDER BY finding)) AS these
    FROM _matched LEFT JOIN _overruled AS o USING (id, finding) GROUP BY id
)
SELECT g.* EXCLUDE (nth, withdrawn) REPLACE (
    these AS statements,
    those AS later,
    CASE WHEN nth > 1 THEN 'replaced'
        WHEN withdrawn THEN '{WITHDRAWN}'
        WHEN g.report NOT IN (SELECT sha256 FROM ({{reports}})) OR (words IS NOT NULL AND these IS NULL)
            OR (starts_with(field, '{SAME}') AND those IS NULL) THEN 'lost'
        WHEN overruled THEN 'overruled'
        WHEN confirmed THEN '{CONFIRMED}'
        ELSE 'standing' END AS standing)
FROM _given AS g LEFT JOIN found USING (id) LEFT JOIN _later USING (id);
CREATE OR REPLACE TABLE _report_fields AS
SELECT report, field, new FROM _corrections WHERE standing = 'standing' AND words IS NULL;
CREATE OR REPLACE TABLE _areas (slug VARCHAR, name VARCHAR, la_code VARCHAR, ons_code VARCHAR);
CREATE OR REPLACE TABLE _due (report VARCHAR, due DATE);
"""  # noqa: S608 - SQL of our own


class Corrections:
    """The corrections of one snapshot. `plain(table)` is SQL for a table's rows as they were read."""

    def __init__(self, engine: duckdb.DuckDBPyConnection, plain: Callable[[str], str]) -> None:
        self._plain = plain
        engine.execute(_MADE.format(**{name: plain(name) for name in ("corrections", "findings", "reports")}))
        _derive(engine, plain("reports"))

    def relation(self, table: str) -> str:
        """SQL for one of the tables in CORRECTED, corrected."""
        columns = ", ".join(f'"{name}"' for name in TABLES[table].names)
        if table == CORRECTIONS.name:
            return f"SELECT {columns} FROM _corrections"  # noqa: S608 - declared names
        rows = self._plain(table)
        if table == "findings":
            return _findings(rows)
        if table == "responsibilities":
            return _listed(rows, columns, "agency", "agencies")
        if table == "themes":
            return _listed(rows, columns, "theme", "themes")
        return _reports(rows) if table == "reports" else _judgements(rows)


def _derive(engine: duckdb.DuckDBPyConnection, reports: str) -> None:
    """What follows from a corrected field: an area's name and codes, and the day that the rule computes."""
    for (slug,) in engine.execute("SELECT DISTINCT new FROM _report_fields WHERE field = 'area'").fetchall():
        try:
            area = get_area(slug or "")
        except UnknownAreaError:
            continue
        engine.execute("INSERT INTO _areas VALUES (?, ?, ?, ?)", [slug, area.name, area.la_code, area.ons_code])
    fields = _pivot("_report_fields", "report", ("framework", "published"))
    moved = engine.execute(
        f"SELECT sha256, CASE WHEN has_framework THEN c.framework ELSE r.framework END, "  # noqa: S608 - SQL of our own
        f"CASE WHEN has_published THEN CAST(c.published AS DATE) ELSE r.published END "
        f"FROM ({reports}) AS r JOIN ({fields}) AS c ON c.report = r.sha256 WHERE has_framework OR has_published"
    ).fetchall()
    for sha256, framework, published in moved:
        engine.execute("INSERT INTO _due VALUES (?, ?)", [sha256, statement_due(framework, published)])


def _pivot(source: str, key: str, fields: tuple[str, ...]) -> str:
    """SQL for one row a key: each field's new value, and whether it has one (which may be empty)."""
    columns = ", ".join(
        f"max(new) FILTER (field = '{name}') AS {name}, bool_or(field = '{name}') AS has_{name}" for name in fields
    )
    return f"SELECT {key}, {columns} FROM {source} GROUP BY {key}"  # noqa: S608 - names of our own


def _changed(rows: str, key: str, changes: str, fields: tuple[str, ...], types: dict[str, str] | None = None) -> str:
    told = {name: f"CAST(c.{name} AS {types[name]})" if types and name in types else f"c.{name}" for name in fields}
    columns = ", ".join(f"CASE WHEN c.has_{name} THEN {told[name]} ELSE b.{name} END AS {name}" for name in fields)
    other = "finding" if key == "id" else "report"
    return (
        f"SELECT b.* REPLACE ({columns}) FROM ({rows}) AS b "  # noqa: S608 - names of our own
        f"LEFT JOIN ({changes}) AS c ON c.{other} = b.{key}"
    )


def _findings(rows: str) -> str:
    """Statements as they are right. Of one that is put in another list the list tells whether it is praise, as it does
    of what is read; and neither words nor a model decide what a person says."""
    right = _changed(rows, "id", _pivot("_corrected", "finding", STATEMENT_FIELDS), STATEMENT_FIELDS)
    listed = f"CASE WHEN c.has_kind THEN {POLARITY_OF_LIST} END"
    given = "c.has_kind OR c.has_polarity"
    return (
        f"SELECT f.* REPLACE (coalesce({listed}, f.polarity) AS polarity, "  # noqa: S608 - names of our own
        f"CASE WHEN {given} THEN NULL ELSE f.polarity_words END AS polarity_words, "
        f"CASE WHEN {given} THEN NULL ELSE f.polarity_confidence END AS polarity_confidence) "
        f"FROM ({right}) AS f LEFT JOIN (SELECT finding, bool_or(field = 'kind') AS has_kind, "
        "bool_or(field = 'polarity') AS has_polarity FROM _corrected GROUP BY finding) AS c ON c.finding = f.id"
    )


def _listed(rows: str, columns: str, name: str, field: str) -> str:
    """Rows of a table that has one row a value: those of corrected statements as they are right, all of them by a
    person's word, who was asked for all that are right, and so without a likelihood. What was read too keeps the words
    that name it, by which the post that answers is told."""
    return f"""
        SELECT {columns} FROM ({rows}) AS b
        ANTI JOIN (SELECT finding FROM _corrected WHERE field = '{field}') AS c ON c.finding = b.finding
        UNION ALL
        SELECT g.finding, g.{name}, b.words, NULL AS confidence, g.load
        FROM (
            SELECT finding, unnest(string_split(new, '{APART}')) AS {name}, load
            FROM _corrected WHERE field = '{field}' AND new IS NOT NULL
        ) AS g LEFT JOIN ({rows}) AS b ON b.finding = g.finding AND b.{name} = g.{name}
    """  # noqa: S608 - names of our own


def _reports(rows: str) -> str:
    days = dict.fromkeys(("start_date", "end_date", "published", "statement_due"), "DATE")
    right = _changed(rows, "sha256", _pivot("_report_fields", "report", REPORT_FIELDS), REPORT_FIELDS, days)
    return (
        "SELECT r.* REPLACE (coalesce(a.name, area_name) AS area_name, "  # noqa: S608 - SQL of our own
        "CASE WHEN a.slug IS NULL THEN r.la_code ELSE a.la_code END AS la_code, "
        "CASE WHEN a.slug IS NULL THEN r.ons_code ELSE a.ons_code END AS ons_code, "
        "CASE WHEN d.report IS NULL THEN statement_due_computed ELSE d.due END AS statement_due_computed) "
        f"FROM ({right}) AS r LEFT JOIN _due AS d ON d.report = r.sha256 LEFT JOIN (SELECT f.report, _areas.* "
        "FROM _report_fields AS f JOIN _areas ON _areas.slug = f.new WHERE field = 'area') AS a ON a.report = r.sha256"
    )


def _judgements(rows: str) -> str:
    return (
        "SELECT b.* REPLACE (CASE WHEN c.field IS NULL THEN b.grade ELSE c.new END AS grade) "  # noqa: S608
        f"FROM ({rows}) AS b LEFT JOIN _report_fields AS c ON c.report = b.report AND c.field = '{GRADE}' || b.key"
    )
