"""The inspectorates that a text names, by the names printed over the years, and the heading words of each."""

from __future__ import annotations

import re

INSPECTORATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Ofsted", re.compile(r"\bOfsted\b|Chief\s+Inspector\s+of\s+Education|\bHMCI\b")),
    ("CQC", re.compile(r"Care Quality Commission|\bCQC\b")),
    ("HMICFRS", re.compile(r"(Inspectorate|Chief\s+Inspector)\s+of\s+Constabulary|HMI\s+Constabulary|\bHMIC(FRS)?\b")),
    ("HMI Probation", re.compile(r"(Inspectorate|Chief\s+Inspector)\s+of\s+Probation|HMI\s+Prob(ation)?\b|\bHMIP\b")),
    ("HMI Prisons", re.compile(r"Inspectorate\s+of\s+Prisons|HMI\s+Prisons")),
    ("HMCPSI", re.compile(r"Crown\s+Prosecution\s+Service\s+Inspectorate|\bHMCPSI\b")),
)
"""Each by the short name of the contract; HMIC (until July 2017) is HMICFRS's earlier name."""


def inspectorates_in(text: str) -> tuple[str, ...]:
    """The inspectorates that a text names, in the order of the table above."""
    return tuple(name for name, pattern in INSPECTORATES if pattern.search(text))
