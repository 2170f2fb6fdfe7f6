"""The command line: one module a command, each imported only when its command runs.

`main` is the console script. It answers with an exit status: 0 all well; 1 some inputs were refused or nothing was
found; 2 the command was used wrongly. An error is one line on standard error; `-v` adds the traceback.
"""

from joinedup.cli.run import main

__all__ = ["main"]
