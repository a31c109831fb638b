"""The schema of ``relations.toml``: cues, axes and reaches that the relations read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from extractor.datafile import Table, merged

NAME = "relations.toml"


class Cue(Table):
    """Phrases of one role, matched in lower case, the longest first."""

    id: str
    role: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


class Axis(Table):
    """Words that sort people one way; `sides` are opposites that cover all of them together.

    A `partition` puts everyone in one class (education, grade), so that parts told by other words fit beside it.
    """

    id: str
    words: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...] = ()
    partition: bool = False
    examples: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether one of the words is in a text whose words stand between single spaces, the ends too."""
        return any(word in text for word in self._spaced)

    @cached_property
    def _spaced(self) -> tuple[str, ...]:
        return tuple(f" {word} " for word in self.words)


class Words(Table):
    """A plain list of words."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, to be asked for one or many of them at once."""
        return frozenset(self.words)


class Ranks(Words):
    """Words of rank, which a number or a Roman numeral follows."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A rank with its number."""
        return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, self.words))})\s+(?:\d{{1,2}}|[ivx]+)(?![^\W_])")


class PersonTimes(Table):
    """The units of person-times."""

    id: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    examples: tuple[str, ...]


class Reach(Table):
    """How far apart related figures may stand, in figures and sentences."""

    whole_back_sentences: int
    whole_back_figures: int
    parts_ahead_sentences: int
    parts_most: int
    percent_base_figures: int
    named_base_sentences: int
    same_figures: int
    list_items: int


class Duration(Table):
    """A unit of time and what it is worth in the least unit that its sort is told in."""

    id: str
    words: tuple[str, ...]
    worth: Decimal


class Equal(Table):
    """From how many digits on, and with how much agreement of words, two equal numbers are one fact.

    `entity` and `context` are shares (0 to 1) of the words of what is counted and of what stands around; `head`
    asks for one of the two to stand in a title, teaser, caption or heading (head), in the title (title), or for both
    to stand in a title, teaser or caption (both); no `kinds` means all. `shared` is how many
    syllables of what is counted both must say, `hedged` asks for one hedge (not exact) at both, `moved` that
    both say by how much something rose, or both by how much it fell; without `rough`, orders
    of magnitude (``hàng trăm``) are not meant.
    """

    id: str
    kinds: tuple[str, ...]
    digits: int
    head: Literal["", "head", "title", "both"]
    entity: Decimal
    context: Decimal
    shared: int = 0
    hedged: bool = False
    moved: bool = False
    rough: bool = True
    examples: tuple[str, ...]

    @cached_property
    def least(self) -> tuple[float, float]:
        """The shares of `entity` and `context`, to be compared with."""
        return float(self.entity), float(self.context)


class Signs(Table):
    """The signs of arithmetic that a text may write between figures."""

    id: str
    plus: tuple[str, ...]
    times: tuple[str, ...]
    equals: tuple[str, ...]
    examples: tuple[str, ...]


class RelationRules(Table):
    """The whole file."""

    cue: tuple[Cue, ...]
    axis: tuple[Axis, ...]
    negation: Words
    stop: Words
    person_times: PersonTimes
    time: Words
    label: Words
    rank: Ranks
    generic: Words
    above: Words
    sorting: Words
    joint: Words
    property: Words
    deed: Words
    signs: Signs
    base: tuple[Words, ...]
    currency: Words
    person: Words
    age: Words
    duration: tuple[Duration, ...]
    equal: tuple[Equal, ...]
    reach: Reach

    def bars(self, kind: str) -> Sequence[Equal]:
        """The rules for equal numbers of a kind, in order."""
        return self._bars.get(kind, self._bars[""])

    @cached_property
    def _bars(self) -> dict[str, tuple[Equal, ...]]:
        kinds = {"", *(kind for bar in self.equal for kind in bar.kinds)}
        return {kind: tuple(bar for bar in self.equal if not bar.kinds or kind in bar.kinds) for kind in kinds}


def load_rules(folders: Sequence[Path] = ()) -> RelationRules:
    """The package's rules with those of the user's folders on top; DataError names file and key."""
    return merged(NAME, RelationRules, folders)
