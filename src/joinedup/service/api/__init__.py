"""The public API: the record's answers as JSON, read-only and versioned, for programs as the pages are for people.

`/api/v1/` is described by its own OpenAPI document, which is made from the types here; nothing in it needs a key.
"""

__all__: list[str] = []
