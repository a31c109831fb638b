"""Words compared: syllables in lower case, phrases of them found by longest match."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import regex

_SYLLABLE = regex.compile(r"[\p{L}\p{N}]+")

Syllables = tuple[str, ...]


def syllables(text: str) -> Syllables:
    """The syllables of a text, in lower case and composed letters; marks and signs only part them.

    >>> syllables("lớp tập huấn, bồi dưỡng")
    ('lớp', 'tập', 'huấn', 'bồi', 'dưỡng')
    """
    return tuple(_SYLLABLE.findall(unicodedata.normalize("NFC", text).lower()))


class PhraseBook:
    """Phrases with a value each; built once."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._values: dict[Syllables, str] = {}
        for words, value in phrases:
            self._values.setdefault(syllables(words), value)
        self._first: dict[str, int] = {}
        """First syllable → the most syllables of a phrase that begins with it."""
        for key in self._values:
            self._first[key[0]] = max(len(key), self._first.get(key[0], 0))

    def at(self, words: Sequence[str], index: int) -> tuple[int, str] | None:
        """The length and value of the longest phrase that begins at an index, if one does."""
        if index >= len(words) or words[index] not in self._first:
            return None
        for length in range(min(self._first[words[index]], len(words) - index), 0, -1):
            value = self._values.get(tuple(words[index : index + length]))
            if value is not None:
                return length, value
        return None

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Start, end and value of the phrases in `words`, from the left, longest first, none overlapping."""
        done = 0
        for index, word in enumerate(words):
            if index < done or word not in self._first:
                continue
            found = self.at(words, index)
            if found is not None:
                done = index + found[0]
                yield index, done, found[1]

    def without(self, words: Sequence[str]) -> Syllables:
        """The words with all phrases of the book taken out."""
        kept: list[str] = []
        done = 0
        for start, end, _ in self.find(words):
            kept += words[done:start]
            done = end
        return (*kept, *words[done:])
