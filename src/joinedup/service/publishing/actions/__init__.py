"""What can be done in publishing: write for readers, decide on disclosure, publish and correct."""

from joinedup.service.publishing.actions.disclosure import decide_disclosure
from joinedup.service.publishing.actions.publication import begin_correction, begin_publication, end_publication
from joinedup.service.publishing.actions.wording import write_wording

__all__ = ["begin_correction", "begin_publication", "decide_disclosure", "end_publication", "write_wording"]
