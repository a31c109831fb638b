"""The numbers and number words of a text in a row, with what stands between neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from extractor.numerals.lexicon import Lexicon, Word
from extractor.numerals.marks import Marks
from extractor.span import Span

Found = tuple[int, int, str, Word | None]
MAX_GAP = 2
MAX_ROW = 100

_LAST_WORD = re.compile(r"([^\W\d_]+)[ \t]{1,2}$")
_NEXT_WORD = re.compile(r"[ \t]{1,2}([^\W\d_]+)")


class Atom(NamedTuple):
    """A written number (`word` is None) or a number word; `joined` if only a space parts it from the one before.

    `role` is what the atom does in a numeral: ``digits`` or the role of its word.
    """

    start: int
    end: int
    text: str
    word: Word | None
    role: str
    joined: bool
    glued: bool


def scan(lower: str, lexicon: Lexicon, marks: Marks, masked: Sequence[Span], *, whole: bool = False) -> list[Atom]:
    """All atoms of a text in lower case that touch no masked span, in order.

    Words that are no number by themselves (không, nhiều) are left out where they stand alone.
    """
    words, masked = lexicon.words, sorted(masked)
    found = _written(lower, lexicon, _open(lower, marks.digits, masked), whole=whole)
    found += [(start, end, form, words[form]) for start, end, form in marks.words if form in words]
    found.sort(key=itemgetter(0))
    atoms: list[Atom] = []
    masks = iter(masked)
    mask = next(masks, None)
    last_end, lone = -1, False
    for start, end, text, word in found:
        while mask is not None and mask[1] <= start:
            mask = next(masks, None)
        if mask is not None and mask[0] < end:
            continue
        if (
            word is not None
            and (word.only_before or word.not_before or word.not_after)
            and not _stands(lower, start, end, word)
        ):
            continue
        joined = _joined(lower, last_end, start)
        if lone and not joined:
            atoms.pop()
        role = "digits" if word is None else word.role
        atoms.append(Atom(start, end, text, word, role, joined, start == last_end))
        lone = not (whole or joined) and text in lexicon.companions
        last_end = end
    if lone:
        atoms.pop()
    return _without_rows(atoms)


def _open(lower: str, digits: Sequence[tuple[int, int]], masked: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The numbers in digits but for those that lie in a mask, nothing glued to them."""
    masks = iter(masked)
    mask = next(masks, None)
    for number in digits:
        start, end = number
        while mask is not None and mask[1] <= start:
            mask = next(masks, None)
        if mask is None or mask[0] >= end or lower[end : end + 1].isalnum():
            yield number


def _joined(lower: str, end: int, start: int) -> bool:
    """Whether nothing stands between the ends of two neighbours but spaces of one line; `end` is -1 for the first."""
    if start == end:
        return True
    if end < start - MAX_GAP or end < 0:
        return False
    between = lower[end:start]
    return between.isspace() and "\n" not in between


def _without_rows(atoms: list[Atom]) -> list[Atom]:
    """The atoms without rows of more than a hundred with nothing between them but a sign: no text counts so."""
    if len(atoms) <= MAX_ROW:
        return atoms
    kept: list[Atom] = []
    first = 0
    for index in range(1, len(atoms) + 1):
        if index < len(atoms) and atoms[index].start - atoms[index - 1].end <= MAX_GAP:
            continue
        if index - first <= MAX_ROW:
            kept.extend(atoms[first:index])
        first = index
    return kept


def _written(lower: str, lexicon: Lexicon, digits: Iterable[tuple[int, int]], *, whole: bool) -> list[Found]:
    """The written numbers, each followed by the magnitude and the digits that are glued to it."""
    pattern, glued = (lexicon.whole_numbers, lexicon.whole) if whole else (lexicon.numbers, lexicon.glued)
    written: list[Found] = []
    done = 0
    for start, end in digits:
        if start < done:
            continue
        found = pattern.match(lower, start)
        if found is None:  # behind a letter; what follows its first point may still be a number
            later = pattern.search(lower, start + 1, end)
            found = later and pattern.match(lower, later.start())
            if not found:
                continue
        done = found.end()
        written.append((*found.span(1), found[1], None))
        if found.lastindex == 1:
            continue
        group = 2 if found[2] else 4
        form = found[group]
        written.append((*found.span(group), form, glued.get(form) or lexicon.words[form]))
        if group == 2:  # noqa: PLR2004 - the digits behind the letters: 1tr2
            written.append((*found.span(3), found[3], None))
    return written


def _stands(lower: str, start: int, end: int, word: Word) -> bool:
    """Whether the word is the number word here, by its neighbours."""
    if word.only_before or word.not_before:
        following = next_word(lower, end)
        if following in word.not_before or (word.only_before and following not in word.only_before):
            return False
    return not (word.not_after and last_word(lower, start) in word.not_after)


def next_word(lower: str, end: int) -> str:
    """The word behind a position, or nothing."""
    found = _NEXT_WORD.match(lower, end)
    return found.group(1) if found else ""


def last_word(lower: str, start: int) -> str:
    """The word before a position, or nothing."""
    found = _LAST_WORD.search(lower, max(0, start - 14), start)
    return found.group(1) if found else ""
