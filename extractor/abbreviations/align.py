"""Initials against words: which word each letter of a short form stands for.

A Vietnamese short form is made of the initials of its syllables (Đ is not D; â and ă are a, ê is e, ô and ơ are o,
ư is u), so walking syllable by syllable finds the exact edges of the long form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from extractor.abbreviations.letters import CAPITALS, fold
from extractor.frozen import frozen

_WORD = re.compile(r"[^\W_]+")
_MARKS = ".;:!?()"
"""Marks that no long form runs over; nor does one run over a blank line."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_MARK = re.compile(rf"[{_MARKS}]|{_BLANK_LINE.pattern}")
_UNIT = re.compile(rf"[{CAPITALS}][^\W\d_{CAPITALS}]*")
_BEFORE = 240
_AFTER = 160
MOST_SKIPPED = 3


class Word(NamedTuple):
    """A word of the text."""

    start: int
    end: int
    text: str


@frozen
class Unit:
    """What one word has to match: an initial of the short form number `owner`, or a whole word (owner None)."""

    text: str
    owner: int | None = None


def initials(form: str, owner: int = 0) -> list[Unit]:
    """The initials of a short form, folded, small letters with the capital before them: ``ThS`` is Th, S."""
    return [Unit(fold(unit[0]) + unit[1:].lower(), owner) for unit in _UNIT.findall(form)]


def align(units: Sequence[Unit], words: Sequence[Word], skipped: Collection[str]) -> list[int] | None:
    """For each unit the index of its word, walking back from the last word, which must be taken.

    Up to three of the `skipped` words may be passed over. None where the units do not fit.
    """
    return _walk(units, words, skipped, len(units), len(words) - 1, MOST_SKIPPED)


def _walk(
    units: Sequence[Unit], words: Sequence[Word], skipped: Collection[str], left: int, at: int, skips: int
) -> list[int] | None:
    """The words of the first `left` units, of which the last may be word `at`."""
    if left == 0:
        return []
    if at < 0:
        return None
    for taken in _takes(units, left, words[at].text):
        rest = _walk(units, words, skipped, left - taken, at - 1, skips)
        if rest is not None:
            return [*rest, *([at] * taken)]
    if at < len(words) - 1 and skips and words[at].text.lower() in skipped:
        return _walk(units, words, skipped, left, at - 1, skips - 1)
    return None


def words_before(text: str, anchor: int) -> list[Word]:
    """The words before an offset, back to the start of the sentence."""
    start = max(0, anchor - _BEFORE)
    window = text[start:anchor].rstrip(" ,\"“”'’(")
    cut = max([window.rfind(mark) for mark in _MARKS]) + 1
    if "\n" in window:
        cut = max([cut, *(blank.end() for blank in _BLANK_LINE.finditer(window, cut))])
    return [Word(start + m.start(), start + m.end(), m[0]) for m in _WORD.finditer(window, cut)]


def words_after(text: str, anchor: int) -> list[Word]:
    """The words behind an offset, up to the end of the sentence or of the bracket."""
    window = text[anchor : anchor + _AFTER]
    mark = _SENTENCE_MARK.search(window)
    window = window[: mark.start()] if mark else window
    return [Word(anchor + m.start(), anchor + m.end(), m[0]) for m in _WORD.finditer(window)]


def _takes(units: Sequence[Unit], left: int, word: str) -> Iterator[int]:
    """How many units, counted back from `left`, a word can stand for: one initial, or a short form its letters."""
    unit = units[left - 1]
    if unit.owner is None:
        if word.lower() == unit.text:
            yield 1
        return
    if word.isupper() and 1 < len(word) <= left:
        letters = [Unit(fold(c), unit.owner) for c in word]
        if list(units[left - len(word) : left]) == letters:
            yield len(word)
    if fold(word[0]) == unit.text[0] and fold(word[1 : len(unit.text)]) == unit.text[1:].upper():
        yield 1
