"""A look-up of councils' codes (URN, three-digit code, ONS code, name), used to check our own areas and for no rows.

Where two codes of one row belong to different areas, or a code is not known, that is said in `problems`.
"""

from __future__ import annotations

from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.model import Loaded
from joinedup.statistics.places import Places, clean_code
from joinedup.statistics.text import TextTable

KIND = "area-codes"

_COLUMNS = ("urn", "la_code", "la_code_new", "local_authority_ons_name")
_MARK = "ofsted_ilacs_scrape_la_name"


def recognise(table: TextTable) -> bool:
    """Whether the headings are such a look-up's, one renamed at most."""
    found = table.columns.keys()
    return len({*_COLUMNS} & found) >= len(_COLUMNS) - 1 and ("region_code" in found or _MARK in found)


def load(table: TextTable) -> Loaded:
    """No rows: only what does not agree with the areas that we hold."""
    missing = [name for name in _COLUMNS if name not in table.columns]
    if missing:
        raise LayoutChangedError("a column " + " and ".join(missing), "columns " + ", ".join(table.headings))
    places = Places()
    problems: list[str] = []
    for line, cells in table.records():
        codes = {name: clean_code(cells[name]) for name in _COLUMNS}
        slugs = {name: places.find(code) for name, code in codes.items() if code}
        unknown = [f"{name} {codes[name]}" for name, slug in slugs.items() if slug is None]
        if unknown:
            problems.append(f"line {line}: not known: {', '.join(unknown)}")
        known = {name: slug for name, slug in slugs.items() if slug is not None}
        if len(set(known.values())) > 1:
            told = ", ".join(f"{name} {codes[name]} is {slug}" for name, slug in known.items())
            problems.append(f"line {line}: codes of different areas: {told}")
    return Loaded(kind=KIND, title="Look-up of local authority codes", problems=tuple(problems))
