"""Which measures are bundled."""

from joinedup.statistics import Measure


def is_headline(measure: Measure) -> bool:
    return True
