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
        self._longest = max(map(len, self._values), default=0)
        self._first = frozenset(key[0] for key in self._values)

    def at(self, words: Sequence[str], index: int) -> tuple[int, str] | None:
        """The length and value of the longest phrase that begins at an index, if one does."""
        if index >= len(words) or words[index] not in self._first:
            return None
        for length in range(min(self._longest, len(words) - index), 0, -1):
            value = self._values.get(tuple(words[index : index + length]))
            if value is not None:
                return length, value
        return None

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Start, end and value of the phrases in `words`, from the left, longest first, none overlapping."""
        index = 0
        while index < len(words):
            found = self.at(words, index)
            if found is None:
                index += 1
                continue
            yield index, index + found[0], found[1]
            index += found[0]

    def without(self, words: Sequence[str]) -> Syllables:
        """The words with all phrases of the book taken out."""
        kept: list[str] = []
        done = 0
        for start, end, _ in self.find(words):
            kept += words[done:start]
            done = end
        return (*kept, *words[done:])
