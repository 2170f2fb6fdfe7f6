"""The one family of errors that the package raises on purpose.

Every room's own errors derive from `JoinedupError`. A message says what is wrong and what to do about it, in one
line, for the person who must act: the command line prints it as it stands, without a traceback.
"""


class JoinedupError(Exception):
    """Something that the user can put right. `str(error)` is the whole message."""


class NotFoundError(JoinedupError):
    """What was asked for is not known (an area's name, a framework's id, a report). Exit status 1; of a filter that
    names it, 2."""


class UsageError(JoinedupError):
    """The question itself was wrong (a date that is none, dates in the wrong order). Exit status 2."""
