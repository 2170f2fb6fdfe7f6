"""A fictional world to try the live service with: organisations, people of every role, and inspections at any stage.

Everything is made by the same actions that people use, from a seed, so that the same seed makes the same world.
"""

from joinedup.service.fictional.cast import Cast, make_cast
from joinedup.service.fictional.inspecting import carry_out
from joinedup.service.fictional.making import SignIn, make_world, publish_world

__all__ = ["Cast", "SignIn", "carry_out", "make_cast", "make_world", "publish_world"]
