"""A sentence as the steps of the figures stage walk it: tokens, words, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.figures.kinds import Match
from extractor.figures.lexicon import Parts
from extractor.figures.lists import Marks
from extractor.figures.tree import Told
from extractor.tokens import Tokens

# A phrase: its first token, and the one behind it.
Range = tuple[int, int]
# A bracket that says something between (đạt 90%) is no longer than this many tokens.
BRACKET = 12


@dataclass(slots=True)
class Line:
    """One sentence.

    `figure[i]` is the index of the figure that token i belongs to (number, hedge or unit), -1 for none; `skip[i]` is
    the index behind the date that starts at token i; `skip_back[i]` where one that ends before i starts;
    `short[i]` the index behind an abbreviation that starts there, `longs[i]` what it stands for.
    `labels` holds the tokens of labels and names with numbers (nhóm 3), which may stand inside a phrase.
    `parts` tells the words that the tokens make; `begin[i]` which lists have a phrase that begins at token i, `end[i]`
    which have one that ends before it, `units[i]` the longest unit phrase at it. `bounds` keeps where clauses begin.
    """

    tokens: Tokens
    parts: Parts
    begin: Told[Marks]
    end: Told[Marks]
    units: Told[Match | None]
    figure: list[int] = field(init=False)
    skip: dict[int, int] = field(default_factory=dict)
    skip_back: dict[int, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    short_back: dict[int, int] = field(default_factory=dict)
    longs: dict[int, str] = field(default_factory=dict)
    labels: set[int] = field(default_factory=set)
    bounds: dict[int, tuple[int, list[int]]] = field(default_factory=dict)
    _first_of: dict[frozenset[str], int] = field(default_factory=dict)
    texts: list[str] = field(init=False)
    lowers: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.texts, self.lowers = self.tokens.texts, self.tokens.lowers
        self.figure = [-1] * len(self.texts)

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.figure)

    def free(self, index: int) -> bool:
        """Whether there is a token at the index and no figure takes it."""
        return 0 <= index < len(self.figure) and self.figure[index] < 0

    def says(self, index: int) -> bool:
        """Whether a token with a letter, of no figure, stands at the index."""
        return self.free(index) and self.texts[index][0].isalpha()

    def opened(self, words: frozenset[str], index: int) -> bool:
        """Whether one of the words stands anywhere before the token at the index."""
        first = self._first_of.get(words)
        if first is None:
            places = (place for place, word in enumerate(self.lowers) if word in words)
            absent = words.isdisjoint(self.lowers)
            first = self._first_of[words] = len(self.lowers) if absent else next(places)
        return first < index

    def bracket_start(self, stop: int) -> int | None:
        """Where the bracket without a figure opens that closes before the token `stop`; None if none does."""
        for index in range(stop - 2, max(-1, stop - BRACKET), -1):
            if self.figure[index] >= 0 or self.texts[index] in (".", ";", ")"):
                return None
            if self.texts[index] == "(":
                return index
        return None

    def bracket_stop(self, first: int) -> int | None:
        """Behind the bracket that opens at the token `first`, if it closes soon."""
        for index in range(first + 1, min(len(self.figure), first + BRACKET)):
            if self.texts[index] == ")":
                return index + 1
        return None
