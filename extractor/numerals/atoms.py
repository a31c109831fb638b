"""The numbers and number words of a text in a row, with what stands between neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.numerals.lexicon import Lexicon, Word
from extractor.span import Span

_GAP = re.compile(r"[ \t]{1,2}")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \t]{1,2}$")
_NEXT_WORD = re.compile(r"[ \t]{1,2}([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A written number (`word` is None) or a number word; `joined` if only a space parts it from the one before."""

    start: int
    end: int
    text: str
    word: Word | None
    joined: bool
    glued: bool

    @property
    def role(self) -> str:
        """What the atom does in a numeral: ``digits`` or the role of its word."""
        return "digits" if self.word is None else self.word.role


def scan(lower: str, lexicon: Lexicon, masked: Sequence[Span], *, whole: bool = False) -> list[Atom]:
    """All atoms of a text in lower case that touch no masked span, in order, in one pass."""
    atoms: list[Atom] = []
    pattern, glued_words = (lexicon.whole_atoms, lexicon.whole) if whole else (lexicon.atoms, lexicon.glued)
    spans = sorted(masked)
    mask, last_end = 0, -1
    for found in pattern.finditer(lower):
        start, end = found.span()
        while mask < len(spans) and spans[mask][1] <= start:
            mask += 1
        if mask < len(spans) and spans[mask][0] < end:
            continue
        text = found.group()
        is_number = found.group(1) is not None
        glued = start == last_end
        word = None if is_number else lexicon.words.get(text) or glued_words.get(text)
        if word is not None and not _stands(lower, start, end, word):
            continue
        joined = glued or (
            last_end >= 0 and start - last_end <= 2 and _GAP.fullmatch(lower, last_end, start) is not None
        )
        atoms.append(Atom(start, end, text, word, joined, glued))
        last_end = end
    return atoms


def _stands(lower: str, start: int, end: int, word: Word) -> bool:
    """Whether the word is the number word here, by its neighbours."""
    if word.not_before and next_word(lower, end) in word.not_before:
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
