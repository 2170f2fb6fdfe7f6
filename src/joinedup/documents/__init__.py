"""TODO: the room's own words."""
