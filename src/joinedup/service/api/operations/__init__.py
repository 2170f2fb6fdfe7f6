"""The operations, one family a module; importing this declares them all."""

from joinedup.service.api.operations import areas, bodies, counting, holdings, statements, statistics

__all__ = ["areas", "bodies", "counting", "holdings", "statements", "statistics"]
