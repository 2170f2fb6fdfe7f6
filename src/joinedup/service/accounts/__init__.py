"""People, their organisations and roles, and the one answer to who may do what."""
