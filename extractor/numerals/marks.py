"""Where a text may hold numbers: one look at the whole text, from which look-alikes and numerals both start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.lookup import SIGNS
from extractor.numerals.lexicon import alternatives

# Digits with the points and commas between them.
_DIGITS = re.compile(r"[0-9](?<![0-9].)[0-9]*(?:[.,][0-9]+)*")


class Marks(NamedTuple):
    """Numbers in digits by start and end, number words with their forms, each in the order of the text.

    `opened` is the text in lower case with a space for each sign that may stand before a word.
    """

    opened: str
    digits: list[tuple[int, int]]
    words: list[tuple[int, int, str]]


class MarkScanner:
    """Finds numbers in digits and single words of a list."""

    def __init__(self, words: Iterable[str]) -> None:
        # A space opens each match, which the engine finds at once.
        self._words = re.compile(rf" ({alternatives(words)})(?![^\W_])")

    def read(self, lower: str) -> Marks:
        """The marks of a text in lower case."""
        opened = lower
        for sign in SIGNS:
            if sign in opened:
                opened = opened.replace(sign, " ")
        digits = [found.span() for found in _DIGITS.finditer(lower)]
        words = [(found.start(), found.end() - 1, found[1]) for found in self._words.finditer(" " + opened)]
        return Marks(opened, digits, words)
