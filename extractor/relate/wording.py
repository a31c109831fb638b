"""The words of one article as the relations read them: cues, syllables, clauses, brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from extractor.document import Document
from extractor.intervals import Hedges
from extractor.relate.cues import Cues, Told
from extractor.relate.rules import RelationRules
from extractor.span import Span

_SYLLABLE = re.compile(r"[^\W\d_]+(?:[-–&][^\W\d_]+)*")
_SYLLABLE_OR_NUMBER = re.compile(rf"{_SYLLABLE.pattern}|\d+")
_NUMBER = re.compile(
    r"(?<![^\W_])(?!\d{1,2}[/.-]\d{1,2}(?:\D|$)|\d{1,2}[/.-](?:\d{1,2}[/.-])?\d{4}|(?:19|20)\d\d(?!\d))\d[\d.,]*+(?![/-]\d)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*$")
_UNREAD_REACH = 1500
_BRACKET_REACH = 300


class Wording:
    """The text of one article in lower case, with the cues of the given stretches."""

    def __init__(
        self, document: Document, rules: RelationRules, cues: Cues, hedges: Hedges, stretches: Iterable[Span]
    ) -> None:
        self.document = document
        self.rules = rules
        self.hedges = hedges
        self.lower = document.view.lower
        told = Told(cues.find(self.lower, stretches))
        self.cues_near = told.near
        self.cues = told.inside
        self.all_cues = told.of
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._long = {use.short.lower(): use.long for use in document.abbreviations if use.long is not None}

    def has(self, role: str, span: Span) -> bool:
        """Whether a cue of the role lies inside the span."""
        return bool(self.cues(role, span.start, span.end))

    def sentence_at(self, offset: int) -> int:
        """The sentence that holds the offset, or the one before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_end(self, offset: int) -> int:
        """Where the sentence ends that holds the offset."""
        sentences = self.document.sentences
        return sentences[self.sentence_at(offset)].end if sentences else len(self.lower)

    def syllables(self, lower: str, *, numbers: bool = True) -> frozenset[str]:
        """The syllables of a lower-case phrase that say something, short forms written out, `numbers` among them."""
        pattern = _SYLLABLE_OR_NUMBER if numbers else _SYLLABLE
        told = set(pattern.findall(lower))
        for short in told & self._long.keys():
            told.remove(short)
            told.update(pattern.findall(self._long[short].lower()))
        return frozenset(told - self.rules.stop.known)

    def clause_behind(self, start: int, end: int) -> Span:
        """What stands in ``[start, end)`` up to the first comma, semicolon, colon or bracket."""
        for mark in ",;:()":
            cut = self.lower.find(mark, start, end)
            end = cut if cut >= 0 else end
        return Span(start, end)

    def clause_up_to(self, start: int, end: int) -> Span:
        """What stands in ``[start, end)`` behind the last comma, semicolon, colon or bracket."""
        for mark in ",;:()":
            start = max(start, self.lower.rfind(mark, start, end) + 1)
        return Span(start, end)

    def bracket_at(self, offset: int, start: int = 0) -> int:
        """Where the bracket opens that is still open at the offset, not before `start`; -1 where none is."""
        opened = self.lower.rfind("(", max(start, offset - _BRACKET_REACH), offset)
        return opened if opened >= 0 and self.lower.find(")", opened, offset) < 0 else -1

    def unread(self, start: int, end: int) -> bool:
        """Whether a number stands between two offsets that is no figure and neither a date nor a label."""
        if end - start > _UNREAD_REACH:
            return True
        for found in _NUMBER.finditer(self.lower, start, end):
            at = bisect_right(self._numbers, found.start(), key=lambda number: number.start) - 1
            if at >= 0 and found.start() < self._numbers[at].end:
                continue
            word = _WORD_BEFORE.search(self.lower, max(0, found.start() - 12), found.start())
            if not word or word.group(1) not in self.rules.label.words:
                return True
        return False

    @cached_property
    def _numbers(self) -> list[Span]:
        """The numerals of all figures, in order."""
        return sorted(quantity.number for quantity in self.document.quantities)
