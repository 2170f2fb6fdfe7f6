"""Keys of frameworks as words, for the templates of judging."""

from __future__ import annotations

from django import template

from joinedup.frameworks import EVIDENCE_SOURCES

register = template.Library()


@register.filter
def source_title(key: str) -> str:
    """The title of a kind of source of evidence; the key itself for one that is known no longer."""
    return next((title for each, title in EVIDENCE_SOURCES.items() if each == key), key)
