"""The views, one family a module."""
