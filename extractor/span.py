"""Half-open intervals of Unicode code points, the only coordinates of the program."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open interval ``[start, end)`` of code points.

    >>> Span(2, 5).of("ba lớp")
    ' lớ'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end
