"""The tags of this app."""
