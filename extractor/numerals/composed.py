"""Any text in the composed form that numerals are read in, and the way back to its own offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from unicodedata import normalize

from extractor.numerals.numeral import Numeral
from extractor.span import Span


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text in composed form with plain spaces, and where each character of it starts in the text (None: same)."""
    whole = normalize("NFC", text)
    if len(whole) == len(text):
        return _spaced(whole), None
    pieces: list[str] = []
    starts: list[int] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _combines(text[end]):
            continue
        piece = normalize("NFC", text[begin:end])
        pieces.append(piece)
        starts.extend([begin] * len(piece))
        begin = end
    starts.append(len(text))
    return _spaced("".join(pieces)), starts


def _combines(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def lowered(text: str) -> str:
    """The text in lower case, position for position."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def outward(numeral: Numeral, starts: Sequence[int]) -> Numeral:
    """The numeral with offsets into the text given."""

    def back(span: Span | None) -> Span | None:
        return None if span is None else Span(starts[span.start], starts[span.end])

    return numeral._replace(
        start=starts[numeral.start],
        end=starts[numeral.end],
        modifier_span=back(numeral.modifier_span),
        inner_unit=back(numeral.inner_unit),
    )


def inward(span: Span, starts: Sequence[int]) -> Span:
    """A span of the text given as one of its composed form."""
    return Span(bisect_left(starts, span[0]), bisect_left(starts, span[1]))
