"""`python -m joinedup`: the command line, where the console script is not on the path."""

import sys

from joinedup.cli import main

sys.exit(main())
