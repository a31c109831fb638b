"""A numeral in the making, before ranges and lists join it with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from extractor.numerals.numeral import Kind
from extractor.numerals.part import Part
from extractor.span import Span

PRECISION = 16


@dataclass(slots=True)
class Draft:
    """A numeral before ranges and lists: the number read, and what makes it special.

    `high` is the upper end of a rough pair (hai ba người); `shareable` a written number that a magnitude behind
    its range or list may multiply.
    """

    part: Part
    start: int
    end: int
    rule: str
    kind: Kind = "cardinal"
    modifier: str | None = None
    negative: bool = False
    bare: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    high: Decimal | None = None
    magnitude: bool = False
    inner_unit: Span | None = None

    @property
    def value(self) -> Decimal:
        """The value, without its sign."""
        return self.part.value


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The value of a fraction, to 16 significant digits."""
    with localcontext() as context:
        context.prec = PRECISION
        return numerator / denominator
