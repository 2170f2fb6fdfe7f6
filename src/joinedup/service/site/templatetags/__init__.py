"""Repeated pieces of the pages, as template tags."""
