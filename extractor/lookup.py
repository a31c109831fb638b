"""The words of a text, split once an article; and phrases that are looked for only where their first two words stand.

Scanning a text for hundreds of phrases costs far more than looking at the few places where one can begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, compress, count
from typing import NamedTuple

import regex

# The standard library's expressions take a third of the time of `regex`, but know no classes like \p{L}.
LETTER = r"[^\W\d_]"
LETTER_OR_DIGIT = r"[^\W_]"
CAPITALS = "".join(
    chr(c) for c in (*range(0x41, 0x5B), *range(0xC0, 0x1F0), *range(0x1EA0, 0x1EFA)) if chr(c).isupper()
)
"""Every capital of the Latin script that Vietnamese writes with, toned ones included."""
_WORD = re.compile(rf"{LETTER}+")
SIGNS = "\n\t\r\xa0.,;:!?/\\()[]{}<>|@\"'“”‘’«»…-–—−+*•%&=_~"
"""The signs that stand between words in nearly all texts."""
_MARKS = f"{SIGNS}0123456789\u0300\u0301\u0303\u0309\u0323"
_MARK = re.compile(r"[\W\d_]")

Openings = Mapping[str, AbstractSet[str] | None]
"""Words that something may begin with; with each the words that may come second, None where anything may follow.

The empty word stands for a second mark or a digit.
"""


class WordPlaces:
    """The words of a lower-case text in order, and where each starts. A word is a run of letters.

    Between two marks or digits in a row, and at the end, stands an empty word.
    """

    __slots__ = ("_letters", "_words")

    def __init__(self, words: Sequence[str], letters: Sequence[int]) -> None:
        """`letters` are those of all words before each; one mark stands before each word as well."""
        self._words, self._letters = words, letters

    @classmethod
    def of(cls, lower: str) -> WordPlaces:
        """The places of all words."""
        spaced = lower
        for mark in _MARKS:
            if mark in spaced:
                spaced = spaced.replace(mark, " ")
        if not spaced.replace(" ", "").isalpha():
            spaced = _MARK.sub(" ", lower)
        words = spaced.split(" ")
        words.append("")
        return cls(words, list(accumulate(map(len, words), initial=0)))

    def among(self, openings: Openings) -> Leads:
        """The places where one of the openings stands."""
        return self.sorted_by(Sorter([openings]))[0]

    def sorted_by(self, sorter: Sorter) -> list[Leads]:
        """The places where one of the openings of each asker stands."""
        words, letters, askers_of = self._words, self._letters, sorter.askers
        found = [Leads() for _ in range(sorter.count)]
        for index in compress(count(), map(askers_of.__contains__, words)):
            word, after = words[index], words[index + 1]
            seconds, others = askers_of[word]
            if askers := seconds.get(after, others):
                lead = (index + letters[index], word, after)
                for asker in askers:
                    found[asker].append(lead)
        return found


class Leads(list[tuple[int, str, str]]):
    """Where something may begin, in order: each place with the word that starts there and the word that follows."""

    def among(self, openings: Openings) -> Leads:
        """The places of some of the openings that these are the places of."""
        leads = Leads()
        for lead in self:
            word = lead[1]
            if word in openings:
                seconds = openings[word]
                if seconds is None or lead[2] in seconds:
                    leads.append(lead)
        return leads


class Sorter:
    """Sorts the words of a text by who asks for them, so that many that look for phrases share one pass over it.

    `askers` gives for each first word the askers by the word behind it, and those that take any word there.
    """

    __slots__ = ("askers", "count")

    def __init__(self, asked: Sequence[Openings]) -> None:
        self.count = len(asked)
        self.askers: dict[str, tuple[dict[str, tuple[int, ...]], tuple[int, ...]]] = {}
        for first in {first for openings in asked for first in openings}:
            known = [(asker, openings[first]) for asker, openings in enumerate(asked) if first in openings]
            seconds = {second for _, some in known for second in some or ()}
            self.askers[first] = (
                {second: tuple(asker for asker, some in known if some is None or second in some) for second in seconds},
                tuple(asker for asker, some in known if some is None),
            )


Words = WordPlaces | Leads
"""What places are taken from: all words of a text, or those that are known to matter."""


def first_word(phrase: str) -> str:
    """The letters that a phrase begins with; empty where it begins with no letter."""
    found = _WORD.match(phrase)
    return found[0] if found else ""


def openings(phrases: Iterable[str], *, loosely: bool = False) -> dict[str, AbstractSet[str] | None]:
    r"""How phrases in lower case begin. `loosely` lets more than one mark stand between their first two words.

    >>> openings(["công ty", "công đoàn", "sở"]) == {"công": {"ty", "đoàn"}, "sở": None}
    True
    """
    found: dict[str, AbstractSet[str] | None] = {}
    for phrase in filter(first_word, phrases):
        first = first_word(phrase)
        rest = phrase[len(first) :]
        seconds = frozenset({first_word(rest[1:]), *([""] if loosely else [])})
        known = found.get(first, frozenset())
        found[first] = None if known is None or len(rest) < 2 else known | seconds  # noqa: PLR2004 (a mark and a word)
    return found


def united(*several: Openings) -> dict[str, AbstractSet[str] | None]:
    """All the openings of several."""
    found: dict[str, AbstractSet[str] | None] = {}
    for some in several:
        for first, seconds in some.items():
            known = found.get(first, frozenset())
            found[first] = None if seconds is None or known is None else known | seconds
    return found


class Found(NamedTuple):
    """A phrase in a text."""

    start: int
    end: int
    phrase: str


class Phrases:
    """Finds whole phrases as they are written, the longest first, no letter or digit next to them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word = _by_first_word(phrases)
        self.openings = openings(phrase.lower() for group in self._by_word.values() for phrase in group)
        self._others = _others(self._by_word, whole_words)

    def match(self, text: str, at: int, word: str) -> str | None:
        """The longest phrase at a place where a word begins, `word` in lower case."""
        for phrase in self._by_word.get(word, ()):
            if text.startswith(phrase, at) and not (
                text[at + len(phrase) : at + len(phrase) + 1].isalnum() or (at and text[at - 1].isalnum())
            ):
                return phrase
        return None

    def find(self, text: str, words: Words, *, overlapping: bool = False) -> Iterator[Found]:
        """The phrases of a text in order; `words` are those of the text in lower case."""
        end = 0
        for at, word, _ in _leads(self.openings, self._others, text, words):
            phrase = self.match(text, at, word) if at >= end else None
            if phrase is not None:
                found = Found(at, at + len(phrase), phrase)
                end = 0 if overlapping else found.end
                yield found


class PhraseFinder:
    """Finds phrases that a pattern describes, the longest first, none overlapping.

    `pattern` turns phrases that begin with the same word into one pattern.
    """

    def __init__(self, phrases: Iterable[str], pattern: Callable[[Iterable[str]], str]) -> None:
        by_word = _by_first_word(phrases)
        self.openings = openings((phrase.lower() for group in by_word.values() for phrase in group), loosely=True)
        self._patterns = {word: regex.compile(pattern(group)) for word, group in by_word.items()}
        self._others = _others(by_word, pattern)

    def find(self, text: str, words: Words) -> Iterator[regex.Match[str]]:
        """The matches in order; `words` are those of the text in lower case."""
        end = 0
        for at, word, _ in _leads(self.openings, self._others, text, words):
            found = self._patterns[word].match(text, at) if at >= end else None
            if found is not None:
                end = found.end()
                yield found


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Phrases by the word that they begin with in lower case, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        found.setdefault(first_word(phrase.lower()), []).append(phrase)
    return found


def _others(by_word: Mapping[str, Sequence[str]], pattern: Callable[[Iterable[str]], str]) -> regex.Pattern[str] | None:
    """What finds the phrases that begin with no letter, if there are any."""
    return regex.compile(pattern(by_word[""])) if "" in by_word else None


def _leads(openings: Openings, others: regex.Pattern[str] | None, text: str, words: Words) -> Leads:
    """Where phrases may begin."""
    leads = words.among(openings)
    return (
        leads if others is None else Leads(sorted([*leads, *((hit.start(), "", "") for hit in others.finditer(text))]))
    )


class PhrasesBefore:
    """Phrases that stand right before a place, each of some sort, in any case; of several, the first sort counts.

    White space stands between phrase and place, and the word `optional` may.
    """

    def __init__(self, sorts: Mapping[str, Iterable[str]], optional: str = "") -> None:
        self._optional = optional
        by_end: dict[str, list[tuple[int, str, str]]] = {}
        for rank, (sort, phrases) in enumerate(sorts.items()):
            for phrase in {phrase.lower() for phrase in phrases}:
                by_end.setdefault(phrase[-1], []).append((rank, phrase, sort))
        self._by_end = {last: (tuple(p for _, p, _ in known), sorted(known)) for last, known in by_end.items()}

    def sort(self, lower: str, start: int, end: int) -> str | None:
        """The sort of the phrase that stands right before `end` and begins no earlier than `start`."""
        before = lower[start:end]
        told = before.rstrip()
        if len(told) == len(before):
            return None
        found = self._ending(lower, start, told)
        if self._optional and told.endswith(self._optional):
            without = told[: -len(self._optional)]
            less = without.rstrip()
            if len(less) < len(without):
                found = min(found, self._ending(lower, start, less))
        return found[1] or None

    def _ending(self, lower: str, start: int, told: str) -> tuple[int, str]:
        """The rank and the sort of the phrase that a stretch from `start` ends with."""
        phrases, known = self._by_end.get(told[-1:], _NO_PHRASES)
        if told.endswith(phrases):
            for rank, phrase, sort in known:
                at = start + len(told) - len(phrase)
                if told.endswith(phrase) and not lower[at - 1 : at].isalnum():
                    return rank, sort
        return _NOTHING


_NO_PHRASES: tuple[tuple[str, ...], list[tuple[int, str, str]]] = ((), [])
_NOTHING = (1 << 30, "")


def alternatives(words: Iterable[str]) -> str:
    r"""The words as alternatives, the longest first, so that the longest wins.

    >>> alternatives(["LĐLĐ", "LĐLĐ tỉnh"])
    'LĐLĐ\\ tỉnh|LĐLĐ'
    """
    return "|".join(sorted({regex.escape(word) for word in words}, key=lambda word: (-len(word), word)))


def whole_words(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, no letter or digit next to it."""
    return rf"(?<!{LETTER_OR_DIGIT})(?:{alternatives(phrases)})(?!{LETTER_OR_DIGIT})"


def right_before(phrases: Iterable[str], between: str) -> regex.Pattern[str]:
    """A pattern for any of the phrases right before a place: `match(text, least, place)` looks back from the place.

    `between` may stand between phrase and place.
    """
    return regex.compile(rf"(?r)(?<![\p{{L}}\d])(?:{alternatives(phrases)}){between}")
