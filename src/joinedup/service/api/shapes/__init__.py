"""The shapes of the answers: what the OpenAPI document says comes back, field by field."""

__all__: list[str] = []
