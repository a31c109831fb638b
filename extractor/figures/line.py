"""A sentence as the steps of the figures stage walk it: tokens, words, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.figures.lexicon import Parts
from extractor.tokens import Tokens

# A bracket that says something between (đạt 90%) is no longer than this many tokens.
BRACKET = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence.

    `figure[i]` is the index of the figure that token i belongs to (number, hedge or unit), -1 for none; `skip[i]` is
    the index behind the date that starts at token i; `skip_back[i]` where one that ends before i starts;
    `short[i]` the index behind an abbreviation that starts there, `longs[i]` what it stands for.
    `labels` holds the tokens of labels and names with numbers (nhóm 3), which may stand inside a phrase.
    `parts` tells the words that the tokens make.
    """

    tokens: Tokens
    parts: Parts
    figure: list[int]
    skip: dict[int, int]
    skip_back: dict[int, int]
    short: dict[int, int]
    short_back: dict[int, int]
    longs: dict[int, str]
    labels: set[int]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.tokens)

    def text(self, index: int) -> str:
        """The token as written."""
        return self.tokens.texts[index]

    def lower(self, index: int) -> str:
        """The token in lower case."""
        return self.tokens.lowers[index]

    def free(self, index: int) -> bool:
        """Whether there is a token at the index and no figure takes it."""
        return 0 <= index < len(self.tokens) and self.figure[index] < 0

    def says(self, index: int) -> bool:
        """Whether a token with a letter, of no figure, stands at the index."""
        return self.free(index) and self.tokens.texts[index][0].isalpha()

    def bracket_start(self, stop: int) -> int | None:
        """Where the bracket without a figure opens that closes before the token `stop`; None if none does."""
        for index in range(stop - 2, max(-1, stop - BRACKET), -1):
            if self.figure[index] >= 0 or self.tokens.texts[index] in (".", ";", ")"):
                return None
            if self.tokens.texts[index] == "(":
                return index
        return None

    def bracket_stop(self, first: int) -> int | None:
        """Behind the bracket that opens at the token `first`, if it closes soon."""
        for index in range(first + 1, min(len(self.tokens), first + BRACKET)):
            if self.tokens.texts[index] == ")":
                return index + 1
        return None
