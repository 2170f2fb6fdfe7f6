"""Official statistics files, read into plain values: inspections' outcomes, measures, observations, neighbours.

`load(path)` tells what a file is by what it holds and never by its name; a file that is not known, or whose layout
has changed, is refused with the reason. Suppression symbols are kept as reasons, never turned into zero.
"""

from joinedup.statistics.errors import LayoutChangedError, NotRecognisedError, StatisticsError
from joinedup.statistics.loading import load, recognise
from joinedup.statistics.merging import differences, merge_inspections, merge_measures
from joinedup.statistics.model import Inspection, Loaded, Measure, Neighbours, Observation
from joinedup.statistics.observations import Observations

__all__ = [
    "Inspection",
    "LayoutChangedError",
    "Loaded",
    "Measure",
    "Neighbours",
    "NotRecognisedError",
    "Observation",
    "Observations",
    "StatisticsError",
    "differences",
    "load",
    "merge_inspections",
    "merge_measures",
    "recognise",
]
