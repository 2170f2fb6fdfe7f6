"""Keys of frameworks as words, for the templates of judging."""

from __future__ import annotations

from django import template

from joinedup.frameworks import EVIDENCE_SOURCES

register = template.Library()


@register.filter
def source_title(key: str) -> str:
    """The title of a kind of source of evidence."""
    return dict[str, str](EVIDENCE_SOURCES).get(key, key)
