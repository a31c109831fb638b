"""Stage 3: sentences, by a scanner of our own.

One pass of a pattern over each block finds the marks that may end a sentence; a look at the word before and the
word behind decides. A sentence never crosses a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from extractor.datafile import Table, merged
from extractor.document import Block, Sentence

NAME = "sentences.toml"

# A run of closing marks, the quotes and brackets that close with it, and what follows: white space, the end,
# or at once the capital of the next sentence (run-in, as "thời kỳ mới.Hiện nay").
_MARK = regex.compile(r"""[.?!…]++(?:/\.)?+["'”’»)\]]*+(?=\s|$|[\p{Lu}"“‘«(\[])""")
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}.]{1,12}$")
_WORD_BEHIND = regex.compile(r"""\s*+["'“‘«(\[]*+(?:-\s*+)?["'“‘«(\[]*+([\p{L}\p{M}\p{N}]{0,12})""")
_INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
"""Letters that abbreviate a name; a capital with a diacritic (châu Á) is a word."""
# Where a sentence without end is cut, the last such place: behind a semicolon, a comma, between words but no digits.
_CUTS = tuple(regex.compile(f"(?r){place} ") for place in (";", ",", r"(?<![\d ])(?= \D)"))
LONGEST = 2500
"""Characters of the longest sentence: nearly twice those of the longest in three thousand articles."""
_LOOK = 24
"""How many characters before and behind a mark are looked at; keeps every decision constant in time."""
_ITEM = r"(?:\d{1,2}(?:\.\d{1,2})*+|[IVX]{1,4}|[a-zA-ZđĐ])$"
_LIST_NUMBER = regex.compile(rf"[:;]\s*+{_ITEM}")
_FIRST_NUMBER = regex.compile(rf"(?:[-+•*]\s*+)?{_ITEM}")


class _Words(Table):
    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


class _Opener(_Words):
    function: bool = False


class SentenceRules(Table):
    """The schema of ``sentences.toml``."""

    abbreviation: tuple[_Words, ...]
    designation: tuple[_Words, ...]
    opener: tuple[_Opener, ...]


class SentenceFinder:
    """Finds sentences. Holds the words of ``sentences.toml``; finding keeps no state and takes linear time."""

    def __init__(self, rules: SentenceRules) -> None:
        self._abbreviations = _words(rules.abbreviation)
        self._openers = _words(rules.opener)
        # A word that ends in other letters than these is neither an abbreviation nor a Roman numeral.
        self._doubtful_ends = {word[-2:] for word in self._abbreviations} | {a + b for a in "IVX" for b in "IVX"}
        self._function_words = _words([entry for entry in rules.opener if entry.function])
        designations = "|".join(sorted(map(regex.escape, _words(rules.designation)), key=len, reverse=True))
        self._designated = regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{designations})\s++\p{{Lu}}$", regex.IGNORECASE)

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> SentenceFinder:
        """A finder with the package's words and those of the users' folders. Raises DataError."""
        return cls(merged(NAME, SentenceRules, folders))

    def find(self, text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
        """The sentences of all blocks in order, without the white space around them."""
        found: list[Sentence] = []
        for index, block in enumerate(blocks):
            for start, end in self._pieces(text, block.start, block.end):
                if end - start > LONGEST:
                    found += [Sentence(*part, index) for part in self._cut(text, start, end)]
                else:
                    found.append(Sentence(start, end, index))
        return tuple(found)

    def _pieces(self, text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        for mark in _MARK.finditer(text, start, stop):
            begin, end = mark.span()
            if end == stop:
                continue
            if self._plainly(text, begin, end, stop):
                yield start, end
                start = end + 1
            elif self._ends(text, start, begin, end, stop):
                yield start, end
                start = end
                while start < stop and text[start].isspace():
                    start += 1
        if start < stop:
            yield start, stop

    @staticmethod
    def _cut(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """The sentence, or the pieces of one that goes on and on because its stops are missing."""
        while stop - start > LONGEST:
            places = (cut.search(text, start + LONGEST // 2, start + LONGEST) for cut in _CUTS)
            place = next((found.end() for found in places if found), 0) or text.find(" ", start + LONGEST, stop) + 1
            if not place:
                break
            yield start, place - 1
            start = place
            while start < stop and text[start].isspace():
                start += 1
        yield start, stop

    def _plainly(self, text: str, begin: int, end: int, stop: int) -> bool:
        """Whether the mark stands between a word of two letters or more, no abbreviation, and a capital: most do."""
        before = text[begin - 2 : begin]
        return (
            before.isalpha()
            and before not in self._doubtful_ends
            and end + 1 < stop
            and text[end].isspace()
            and text[end + 1].isupper()
        )

    def _ends(self, text: str, start: int, begin: int, end: int, stop: int) -> bool:
        """Whether the mark ``text[begin:end]`` ends the sentence that began at `start`."""
        ahead = _WORD_BEHIND.match(text, end, min(stop, end + _LOOK))
        behind = ahead[1] if ahead else ""
        if behind[:1].islower() or (not behind and not text[end : end + 1].isspace()):
            return False
        if text[begin:end] != ".":
            return True
        window = text[max(start, begin - _LOOK) : begin]
        found = _WORD_BEFORE.search(window)
        before = found[0].rpartition(".")[2] or found[0] if found else ""
        if not text[end].isspace():
            return self._ends_run_in(before, behind)
        if _LIST_NUMBER.search(window) or (begin - start == len(window) and _FIRST_NUMBER.match(window)):
            return False
        lone = len(before) == 1 and before in _INITIALS
        if lone and self._designated.search(window):
            return True
        if before in self._abbreviations or (found and found[0] in self._abbreviations):
            return behind in self._function_words
        return behind in self._openers if lone else True

    def _ends_run_in(self, before: str, behind: str) -> bool:
        """A full stop with no space behind it ends a sentence before a capitalised word: not in TP.HCM, V.Putin."""
        if before in self._abbreviations or (len(before) == 1 and before in _INITIALS):
            return False
        return not behind.isupper() or (before[-1:].islower() and len(behind) > 1)


def _words(entries: Sequence[_Words]) -> frozenset[str]:
    return frozenset(word for entry in entries for word in entry.words)
