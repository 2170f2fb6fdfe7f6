"""Whom a statement of a report holds responsible, whether it praises or is concerned, and what it is about.

`attribute_report` judges all statements of one report, `attribute_reports` those of several, `attribute` one. Strings
in, plain values out: this room knows nothing of files. Each answer says which words decided it and how sure it is; the
same words give the same answer on every machine, with nothing to download.
"""

from joinedup.attribution.attributing import attribute, attribute_report, attribute_reports
from joinedup.attribution.errors import AttributionDataError, UnknownThemeError
from joinedup.attribution.model import AGENCIES, Attribution, Praise, ReportTexts, Responsibility, Statement, Theme
from joinedup.attribution.names import NO_NAMES, Names, learn_names
from joinedup.attribution.polarity import praises
from joinedup.attribution.themes import ThemeOfTaxonomy, find_theme, get_theme, theme_title, themes

__all__ = [
    "AGENCIES",
    "NO_NAMES",
    "Attribution",
    "AttributionDataError",
    "Names",
    "Praise",
    "ReportTexts",
    "Responsibility",
    "Statement",
    "Theme",
    "ThemeOfTaxonomy",
    "UnknownThemeError",
    "attribute",
    "attribute_report",
    "attribute_reports",
    "find_theme",
    "get_theme",
    "learn_names",
    "praises",
    "theme_title",
    "themes",
]
