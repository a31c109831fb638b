"""A stretch of text with its short forms written out, for people to read and for words to be compared."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.document import Abbreviation


def expand(stretch: str, uses: Iterable[Abbreviation], at: int = 0) -> str:
    """The stretch with the long forms of the uses that lie in it; `at` is the offset where the stretch starts.

    A word that stands before the short form and opens the long form too is not said twice (``Quỹ CEP``), and a
    definition is written out once: ``công đoàn cơ sở (CĐCS)`` and ``CĐCS (công đoàn cơ sở)`` are ``công đoàn cơ sở``.
    """
    written = ""
    done = 0
    for use in uses:
        start, end = use.start - at, use.end - at
        if use.long is None or start < done or end > len(stretch):
            continue
        bracket = _definition(use, stretch, at)
        if bracket is None:
            written += stretch[done:start]
            written += _without_repeat(written, use.long)
        elif bracket[0] > start:
            written += stretch[done:start] + use.long
        else:
            written += stretch[done : bracket[0]].rstrip()
        done = end if bracket is None else bracket[1]
    return written + stretch[done:]


def _definition(use: Abbreviation, stretch: str, at: int) -> tuple[int, int] | None:
    """Where the bracket of the definition stands in the stretch, if the use is the one that it defines."""
    span = use.defined_at
    if span is None or not (at <= span.start <= use.start and use.end < span.end <= at + len(stretch)):
        return None
    first, last = span.start - at, span.end - at
    opening = stretch.find("(", first, last)
    if opening < 0 or stretch[last - 1] != ")":
        return None
    return opening, last


def _without_repeat(before: str, long: str) -> str:
    """The long form without its first word where that word stands right before it."""
    first, _, rest = long.partition(" ")
    last = before.rsplit(None, 1)[-1:] if before.endswith(" ") else []
    return rest if rest and last and last[0].strip().lower() == first.lower() else long
