"""Long names as reports tell them: in full with their letters at the first mention, shortened from there on.

What comes first is known only in the order of print, so the writer leaves `<<board>>` and the like in its sentences
and the draft fills them in as it takes each sentence up. Some reports spell every name out each time.
"""

from __future__ import annotations

import re

from joinedup.documents.specimens.cast import LongName

_MARK = re.compile(r"<<(\w+)>>")
_SENTENCE_ENDS = (". ", ": ")


class Names:
    """The long names of one report, and which of them it has said already."""

    def __init__(self, names: dict[str, LongName], *, shorten: bool) -> None:
        self._names = names
        self._shorten = shorten
        self._said: set[str] = set()

    def tell(self, text: str) -> str:
        """The text with its marks filled in."""
        return _MARK.sub(lambda found: self._name(found[1], text[: found.start()]), text)

    def _name(self, key: str, before: str) -> str:
        name = self._names[key]
        if not self._shorten:
            return name.full
        if key not in self._said:
            self._said.add(key)
            return f"{name.full} ({name.letters})"
        if not before or before.endswith(_SENTENCE_ENDS):
            return name.after[0].upper() + name.after[1:]
        return name.after
