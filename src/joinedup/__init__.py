"""Joinedup: joined-up inspection of children's services in England.

The rooms of the package stand on floors; each imports only from floors below it (see docs/explanation/house.md).
Nothing is imported here, so that using one room never loads another.
"""

__version__ = "0.1.0"
