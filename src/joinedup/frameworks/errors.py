"""What can go wrong with a framework: one is asked for that is not there, or a file is wrong."""

from joinedup.errors import JoinedupError, NotFoundError, UsageError


class UnknownFrameworkError(NotFoundError):
    """No framework of that id or family, or none for that day."""


class UnknownJudgementError(UsageError):
    """Grades were given for a judgement, or a grade was given, that the framework does not have."""


class FrameworkFileError(JoinedupError):
    """A framework file is wrong. The message is one line: the file, the line, the key path, what to do."""


class WrongValueError(Exception):
    """What is wrong at one place of a file's data, before the file's name and line are known.

    `path` is the way to the place, such as `("judgements", 2, "parent")`; `remedy` says what to do.
    """

    def __init__(self, path: tuple[str | int, ...], remedy: str) -> None:
        super().__init__(remedy)
        self.path = path
        self.remedy = remedy
