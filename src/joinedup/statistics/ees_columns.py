"""Which columns of an Explore Education Statistics file are filters and which are indicators, told by what they hold.

A filter is a column of words ("Total", "Ages 5 to 10"), an indicator one of numbers and symbols. Two cases need more:

- a filter of numbers (single years of age, grades 9 to 1) looks like an indicator. In a tidy file place, period and
  filters together tell every row from every other; where the columns of words do not, whole numbers that repeat
  from group to group are taken as filters until they do.
- an indicator with a symbol that we do not know looks like a filter. A column mostly of numbers that is not needed
  to tell rows apart is an indicator, and the file is refused for the symbol rather than read wrongly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.values import parse_value

TIME = ("time_period", "time_identifier")
LEVEL = "geographic_level"
PLACE = ("country_code", "region_code", "region_name", "new_la_code", "old_la_code", "la_name")
LOCATIONS = frozenset(
    {
        *PLACE,
        LEVEL,
        "country_name",
        *(f"{place}_{what}" for place in ("lad", "pcon", "ward", "lsip", "pfa") for what in ("code", "name")),
        *(
            f"{place}_{what}"
            for place in (
                "local_authority_district",
                "local_enterprise_partnership",
                "mayoral_combined_authority",
                "english_devolved_area",
                "opportunity_area",
                "planning_area",
                "police_force_area",
                "parliamentary_constituency",
            )
            for what in ("code", "name")
        ),
        *("rsc_region_lead_name", "trust_id", "trust_name", "sponsor_id", "sponsor_name"),
        *("school_laestab", "school_name", "school_urn", "school_estab", "school_postcode"),
        *("provider_urn", "provider_name", "provider_ukprn", "provider_upin", "institution_id", "institution_name"),
    }
)
"""Columns that say where (DfE's open data standards, "Allowable geographic levels", with those of earlier years)."""

KEPT_LEVELS = {"national": "country", "regional": "region", "local authority": "area"}
"""Geographic levels whose rows are kept -> the geography of their observations."""

OTHER_LEVELS = frozenset(
    {
        *("local authority district", "rsc region", "parliamentary constituency", "ward", "mat", "sponsor"),
        *("local skills improvement plan area", "local enterprise partnership", "english devolved area"),
        *("mayoral combined authority", "opportunity area", "planning area", "police force area", "school"),
        *("provider", "institution", "multi academy trust"),
    }
)
"""Levels that the standard also has; their rows are left out with a count."""

NUMBERED = frozenset({"age", "age_in_years", "single_age", "grade", "year_group", "nc_year", "nc_year_group"})
"""Names of columns that hold whole numbers as labels, also where a file happens to need none of them."""

MOST_VALUES = 300
"""Different whole numbers beyond which a column is no filter."""
_WORDS_SHARE = 0.2
"""Share of words among the filled cells from which a mixed column is a filter even if it is not needed."""
_DUPLICATES = 0.2
"""Share of rows that the filters do not tell apart from which a filter must be missing; below it rows are doubled."""


@dataclass(slots=True)
class Profile:
    """What one column was seen to hold: how many filled cells of each sort, and the different whole numbers."""

    numbers: int = 0
    decimals: int = 0
    symbols: int = 0
    words: Counter[str] = field(default_factory=Counter)
    values: set[str] | None = field(default_factory=set)
    """The different whole numbers; None once there are more than `MOST_VALUES`."""

    def add(self, text: str, count: int = 1) -> None:
        """See a cell `count` times."""
        text = text.strip()
        value = parse_value(text)
        if value is None:
            self._add_word(text, count)
        elif value.number is not None:
            self.numbers += count
            if text.isdecimal():
                self._add_value(text)
            else:
                self.decimals += count
        elif value.reason != "missing":
            self.symbols += count
            self._add_value(text)

    def add_plain(self, whole: Iterable[str], *, numbers: int, decimals: int) -> None:
        """See cells already known to be numbers: how many, how many of them are not whole, and the whole ones."""
        self.numbers += numbers
        self.decimals += decimals
        for text in whole:
            self._add_value(text)
            if self.values is None:
                break

    def _add_word(self, text: str, count: int) -> None:
        if text in self.words or len(self.words) < MOST_VALUES:
            self.words[text] += count
        else:
            self.words[""] += count  # further words are only counted

    def _add_value(self, text: str) -> None:
        if self.values is not None:
            self.values.add(text)
            if len(self.values) > MOST_VALUES:
                self.values = None

    @property
    def blank(self) -> bool:
        return not (self.numbers or self.symbols or self.words)

    @property
    def word_share(self) -> float:
        words = self.words.total()
        return words / (words + self.numbers) if words else 0.0

    @property
    def may_be_labels(self) -> bool:
        """Whether its numbers could be labels: whole, without a sign or separators, and few."""
        return self.numbers > 0 and self.decimals == 0 and self.values is not None


@dataclass(frozen=True, slots=True)
class Split:
    """The columns that tell rows apart, and those that are figures; blank ones are neither."""

    filters: tuple[str, ...]
    indicators: tuple[str, ...]


def first_split(profiles: Mapping[str, Profile]) -> tuple[Split, tuple[str, ...]]:
    """What the columns' own content tells, and the columns about which only the rows can decide.

    Those in doubt stand among the indicators until `settle` says otherwise.
    """
    filters: list[str] = []
    indicators: list[str] = []
    doubtful: list[str] = []
    for name, seen in profiles.items():
        if seen.blank:
            continue
        if (seen.words and not seen.numbers) or (name in NUMBERED and seen.may_be_labels):
            filters.append(name)
            continue
        indicators.append(name)
        if seen.may_be_labels:
            doubtful.append(name)
    return Split(tuple(filters), tuple(indicators)), tuple(doubtful)


def filters_are_missing(rows: int, different: int) -> bool:
    """Whether so many rows are not told apart that a filter must be missing, rather than some rows be doubled."""
    return rows > 0 and (rows - different) / rows > _DUPLICATES


def is_label(rows: int, groups: int, values: int) -> bool:
    """Whether a column's values repeat from group to group, as labels do and figures do not.

    `rows` in all, `groups` that the filters so far tell apart, `values` different ones in the column: on average each
    value must stand in at least half of the groups.
    """
    return values > 1 and rows / values >= groups / 2


def settle(split: Split, needed: Iterable[str], profiles: Mapping[str, Profile]) -> Split:
    """The final split, given the columns in doubt that are needed to tell rows apart.

    An indicator that holds a word beside its numbers: LayoutChangedError, naming the column and the word.
    """
    wanted = set(needed)
    for name in split.indicators:
        seen = profiles[name]
        if seen.words and seen.may_be_labels and seen.word_share >= _WORDS_SHARE:
            wanted.add(name)
    settled = Split(
        tuple(name for name in profiles if name in split.filters or name in wanted),
        tuple(name for name in split.indicators if name not in wanted),
    )
    for name in settled.indicators:
        word = next(iter(profiles[name].words), None)
        if word is not None:
            raise odd_cell(name, word)
    return settled


def odd_cell(column: str, word: str) -> LayoutChangedError:
    """The refusal of a word among a column's figures."""
    return LayoutChangedError(
        "numbers and known symbols (z, x, c, low, k, u, :, ~, …)", f"'{word}'", where=f"column '{column}'"
    )


def label_columns(profiles: Mapping[str, Profile], doubtful: Sequence[str]) -> tuple[str, ...]:
    """Those in doubt in the order in which they are tried: with words in them first, then as they stand in the file."""
    return tuple(sorted(doubtful, key=lambda name: not profiles[name].words))
