"""Where words stand in a text, told once an article; and phrases that are looked for only where their first word stands.

Scanning a text for hundreds of phrases costs far more than looking at the few places where one can begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import accumulate

import regex

_WORD = re.compile(r"([^\W\d_]+)")


class WordPlaces(dict[str, list[int]]):
    """Where each word of a lower-case text starts, in order. A word is a run of letters."""

    @classmethod
    def of(cls, lower: str) -> WordPlaces:
        """The places of all words."""
        pieces = _WORD.split(lower)  # between, word, between, word, … between
        ends = list(accumulate(map(len, pieces)))
        places = cls()
        for word, start in zip(pieces[1::2], ends[::2], strict=False):
            if word in places:
                places[word].append(start)
            else:
                places[word] = [start]
        return places

    def any_of(self, words: AbstractSet[str]) -> list[tuple[int, str]]:
        """The places of several words, in order, with the word of each."""
        return sorted((place, word) for word in self.keys() & words for place in self[word])


def first_word(phrase: str) -> str:
    """The letters that a phrase begins with; empty where it begins with no letter."""
    found = _WORD.match(phrase)
    return found[0] if found else ""


class PhraseFinder:
    """Finds phrases in a text as it is or in lower case, the longest first, none overlapping unless asked.

    `pattern` turns phrases that begin with the same word into one pattern; by default whole words as they are.
    """

    def __init__(self, phrases: Iterable[str], pattern: Callable[[Iterable[str]], str] | None = None) -> None:
        by_word: dict[str, list[str]] = {}
        for phrase in phrases:
            by_word.setdefault(first_word(phrase.lower()), []).append(phrase)
        make = pattern or whole_words
        self._patterns = {word: regex.compile(make(group)) for word, group in by_word.items()}
        self._others = self._patterns.pop("", None)
        self._words = frozenset(self._patterns)

    def find(self, text: str, words: WordPlaces, *, overlapping: bool = False) -> Iterator[regex.Match[str]]:
        """The matches in order; `words` are those of the text in lower case."""
        places = words.any_of(self._words)
        if self._others is not None:
            places = sorted([*places, *((found.start(), "") for found in self._others.finditer(text))])
        end = 0
        for place, word in places:
            if place < end:
                continue
            pattern = self._patterns[word] if word else self._others
            found = pattern.match(text, place) if pattern else None
            if found is not None:
                end = 0 if overlapping else found.end()
                yield found


def alternatives(words: Iterable[str]) -> str:
    r"""The words as alternatives, the longest first, so that the longest wins.

    >>> alternatives(["LĐLĐ", "LĐLĐ tỉnh"])
    'LĐLĐ\\ tỉnh|LĐLĐ'
    """
    return "|".join(sorted({regex.escape(word) for word in words}, key=lambda word: (-len(word), word)))


def whole_words(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, no letter or digit next to it."""
    return rf"(?<![\p{{L}}\d])(?:{alternatives(phrases)})(?![\p{{L}}\d])"


def right_before(
    phrases: Iterable[str], between: str = r"\s+(?:các )?", *, any_case: bool = False
) -> regex.Pattern[str]:
    """A pattern for any of the phrases right before a place: `match(text, least, place)` looks back from the place.

    `between` may stand between phrase and place.
    """
    return regex.compile(rf"(?r)(?<![\p{{L}}\d])(?:{alternatives(phrases)}){between}", regex.I if any_case else 0)
