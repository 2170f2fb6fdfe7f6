"""The names that must not appear, kept so that no name can be read from them, and found again in a text.

Of a name only keyed digests are kept: of each part, of each two parts, and of each part with one letter left out (by
which a slip of the finger is found). The key is the inspection's, made from the service's secret, which is not in the
database. Case, accents, hyphens, apostrophes and what cannot be seen make no difference.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from joinedup.errors import JoinedupError

SHORTEST = 2
"""Letters that a part of a name needs to be looked for: an initial by itself is in every text."""
SLIP_FROM = 5
"""Letters from which a part is found with one slip of the finger; shorter ones are too near to other words."""
MOST_PARTS = 8
"""Parts of one name; a longer line is no name."""


class NotANameError(JoinedupError):
    """A line that cannot be looked for as a name."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is kept of the names on an inspection's list, with the secrets it may have been kept by (newest first)."""

    secrets: tuple[bytes, ...] = ()
    digests: frozenset[str] = field(default=frozenset(), repr=False)

    def __or__(self, other: Names) -> Names:
        return Names(self.secrets or other.secrets, self.digests | other.digests)


NO_NAMES = Names()

_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_APOSTROPHES = "'’‘ʼ`´′"
PART = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}{_UNSEEN}]|[{_APOSTROPHES}](?=[^\W\d_]))*")
"""Letters with what belongs to them; a hyphen parts one from the next."""
_DROPPED = re.compile(rf"[{_MARKS}{_UNSEEN}{_APOSTROPHES}]")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})


def fold(word: str) -> str:
    """A word without case, accents, apostrophes and what cannot be seen: Zoë, ZOE and zoe are one."""
    apart = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word)).casefold().translate(_PLAIN)
    return _DROPPED.sub("", apart)


def parts(name: str) -> tuple[str, ...]:
    """The parts of a name that are looked for. Raises NotANameError where there is none, or too many."""
    every = tuple(fold(found[0]) for found in PART.finditer(name))
    long_enough = tuple(part for part in every if len(part) >= SHORTEST)
    if not long_enough:
        raise NotANameError("A name needs two letters or more.")
    if len(every) > MOST_PARTS:
        raise NotANameError(f"A name has at most {MOST_PARTS} parts: write one name a line.")
    return long_enough


def digests(name: str, secret: bytes) -> tuple[str, ...]:
    """All that is kept of a name, in an order that tells nothing. Raises NotANameError."""
    found = parts(name)
    joined = {a + b for a, b in itertools.pairwise(fold(part[0]) for part in PART.finditer(name))}
    kept = {digest(secret, "part", part) for part in {*found, *joined}}
    kept |= {digest(secret, "pair", pair(a, b)) for a, b in itertools.combinations(found, 2)}
    kept |= {digest(secret, "slip", slip) for part in found for slip in slips(part)}
    return tuple(sorted(kept))


def whole(name: str, secret: bytes) -> str:
    """The digest of the name as a whole, by which it is known again when it is typed again."""
    return digest(secret, "whole", " ".join(parts(name)))


def pair(one: str, other: str) -> str:
    """Two parts in either order: "Smith, Jo" is "Jo Smith"."""
    return " ".join(sorted((one, other)))


def slips(part: str) -> Collection[str]:
    """A part with and without one letter, never the first; nothing of a short part."""
    if len(part) < SLIP_FROM:
        return ()
    return {part, *(part[:at] + part[at + 1 :] for at in range(1, len(part)))}


def digest(secret: bytes, kind: str, words: str) -> str:
    """A keyed digest of 64 bits, as hexadecimal."""
    return hashlib.blake2b(f"{kind}\0{words}".encode(errors="surrogatepass"), key=secret, digest_size=8).hexdigest()
