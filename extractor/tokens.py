"""Syllables, numbers and punctuation of a stretch of text, with offsets: what the rule stages walk over.

Vietnamese writes a space between syllables, not between words; phrases are therefore matched syllable by syllable.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import regex

T = TypeVar("T")

# A number keeps its separators (8.500, 32,83), a syllable its letters; every other sign stands alone.
_TOKEN = regex.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\n|[^\w\s]")
# Signs that close a word; one behind a word and before a space needs no expression to be told from it.
_CLOSING = frozenset(",.;:)?!”")


@dataclass(slots=True)
class Tokens:
    """The tokens of one stretch: parallel lists of starts, texts and lower-case texts, in view offsets."""

    starts: list[int]
    texts: list[str]
    lowers: list[str]

    @classmethod
    def of(cls, text: str, lower: str, start: int, end: int) -> Tokens:
        """Tokenise ``text[start:end]``."""
        starts: list[int] = []
        texts: list[str] = []
        lowers: list[str] = []
        for run, small in zip(text[start:end].split(" "), lower[start:end].split(" "), strict=True):
            if run.isalpha() or run.isdecimal():
                starts.append(start)
                texts.append(run)
                lowers.append(small)
            elif run and run[-1] in _CLOSING and run[:-1].isalpha():
                starts += (start, start + len(run) - 1)
                texts += (run[:-1], run[-1])
                lowers += (small[:-1], small[-1])
            else:
                for found in _TOKEN.finditer(run):
                    first, last = found.span()
                    starts.append(start + first)
                    texts.append(run[first:last])
                    lowers.append(small[first:last])
            start += len(run) + 1
        return cls(starts, texts, lowers)

    @staticmethod
    def first(lower: str, position: int) -> str:
        """The token that stands at the position or one space on, "" if none does."""
        found = _TOKEN.match(lower, position) or _TOKEN.match(lower, position + 1)
        return found.group() if found is not None else ""

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.starts)

    def end(self, index: int) -> int:
        """Where the token ends."""
        return self.starts[index] + len(self.texts[index])

    def at(self, offset: int) -> int:
        """The index of the first token that starts at or after the offset."""
        return bisect.bisect_left(self.starts, offset)


def syllables(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase of a data file."""
    return tuple(_TOKEN.findall(phrase))


class Phrases(Generic[T]):
    """Phrases with a payload each, matched at a token, the longest first, forwards or backwards.

    A phrase with a capital letter in it is matched as written (HV, CĐCS), any other in lower case.
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._forward: dict[str, list[tuple[list[str], bool, T]]] = {}
        self._backward: dict[str, list[tuple[list[str], bool, T]]] = {}
        for phrase, payload in entries:
            parts = list(syllables(phrase))
            exact = phrase != phrase.lower()
            entry = (parts, exact, payload)
            self._forward.setdefault(parts[0].lower(), []).append(entry)
            self._backward.setdefault(parts[-1].lower(), []).append(entry)
        for table in (self._forward, self._backward):
            for bucket in table.values():
                bucket.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: Tokens, index: int) -> tuple[int, T] | None:
        """The longest phrase that starts at the token: the index behind it, and its payload."""
        if not 0 <= index < len(tokens.starts):
            return None
        for parts, exact, payload in self._forward.get(tokens.lowers[index], ()):
            stop = index + len(parts)
            words = tokens.texts if exact else tokens.lowers
            if words[index:stop] == parts:
                return stop, payload
        return None

    def find(self, tokens: Tokens, start: int, stop: int) -> tuple[int, int, T] | None:
        """The first phrase that lies within the token range: where it starts and ends, and its payload."""
        forward = self._forward
        for index, word in enumerate(tokens.lowers[start:stop], start):
            if word in forward:
                found = self.match(tokens, index)
                if found is not None and found[0] <= stop:
                    return index, found[0], found[1]
        return None

    def match_back(self, tokens: Tokens, index: int) -> tuple[int, T] | None:
        """The longest phrase that ends just before the token `index`: the index of its first token, and its payload."""
        if not 0 < index <= len(tokens.starts):
            return None
        for parts, exact, payload in self._backward.get(tokens.lowers[index - 1], ()):
            first = index - len(parts)
            words = tokens.texts if exact else tokens.lowers
            if first >= 0 and words[first:index] == parts:
                return first, payload
        return None
