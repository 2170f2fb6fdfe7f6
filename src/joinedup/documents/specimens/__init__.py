"""A maker of fictional inspection reports of every family, in the layouts of the published ones.

The sentences are our own and the areas do not exist, so that reading can be tested and shown where no real report is
at hand. What is true of each specimen is handed out beside it.
"""

from joinedup.documents.specimens.maker import Specimen, Wish, make_specimen
from joinedup.documents.specimens.story import make_specimens
from joinedup.documents.specimens.when import SPANS

__all__ = ["SPANS", "Specimen", "Wish", "make_specimen", "make_specimens"]
