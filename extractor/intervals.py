"""What a figure can mean: an interval of exact decimals, widened by its hedge and by the rounding of its numeral."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import regex

from extractor.datafile import Table, merged
from extractor.document import Quantity
from extractor.frozen import frozen


@frozen
class Interval:
    """A closed interval; a bound of None is open."""

    low: Decimal | None
    high: Decimal | None

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __mul__(self, other: Interval) -> Interval:
        """The product of two intervals of non-negative numbers."""
        return Interval(_times(self.low, other.low), _times(self.high, other.high))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient of two intervals of non-negative numbers; open above where the divisor reaches zero."""
        low = None if other.high is None or not other.high or self.low is None else self.low / other.high
        high = None if other.low is None or not other.low or self.high is None else self.high / other.low
        return Interval(low, high)

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return not self.above(other) and not other.above(self)

    def above(self, other: Interval) -> bool:
        """Whether every number of this interval is greater than every number of the other."""
        return self.low is not None and other.high is not None and self.low > other.high

    def widened(self, by: Decimal) -> Interval:
        """The interval with `by` added on both sides."""
        low = None if self.low is None else self.low - by
        return Interval(low, None if self.high is None else self.high + by)


ZERO = Interval(Decimal(0), Decimal(0))


class _Hedge(Table):
    id: str
    modifier: str
    low: Decimal | None = None
    high: Decimal | None = None
    examples: tuple[str, ...]


class _Rounding(Table):
    widest: Decimal


class _File(Table):
    hedge: tuple[_Hedge, ...]
    rounding: _Rounding


class Hedges:
    """How wide modifiers are read. Made once from the data file; then pure."""

    def __init__(self, file: _File) -> None:
        self._hedges = {hedge.modifier: hedge for hedge in file.hedge}
        self._widest = file.rounding.widest
        self._numeral = regex.compile(r"\d[\d.,]*")
        self._letter = regex.compile(r"\p{L}")

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> Hedges:
        """The package's hedges with those of the users' folders; DataError names file and key."""
        return cls(merged("hedges.toml", _File, folders))

    def hedged(self, quantity: Quantity) -> Interval:
        """What the modifier alone allows; a range has its own bounds, a figure without a value is open."""
        if quantity.value is None:
            return Interval(quantity.low, quantity.high)
        hedge = self._hedges.get(quantity.modifier, self._hedges["exact"])
        low = None if hedge.low is None else quantity.value * hedge.low
        return Interval(low, None if hedge.high is None else quantity.value * hedge.high)

    def interval(self, quantity: Quantity, number: str) -> Interval:
        """What the figure can stand for: the hedge, and rounding by half the last digit of `number` as written."""
        return self.hedged(quantity).widened(self.rounding(quantity, number))

    def rounding(self, quantity: Quantity, number: str) -> Decimal:
        """Half the weight of the last written digit, zero for a whole count written out."""
        value = quantity.value
        if value is None or not value:
            return Decimal(0)
        half = self.step(quantity, number) / 2
        return half if quantity.kind == "percentage" else min(half, abs(value) * self._widest)

    def step(self, quantity: Quantity, number: str) -> Decimal:
        """The weight of the last digit that `number` writes; zero for a whole count written out in full, one for a share.

        ``32,83`` 0.01, ``84`` per cent 1, ``1,2 triệu`` 100000, ``72 triệu`` 1000000, ``1 tỷ 260 triệu`` 1000000, ``8.500`` 0.
        """
        value = quantity.value
        if value is None or not value:
            return Decimal(0)
        if quantity.kind == "percentage" and value == value.to_integral_value():
            return Decimal(1)
        numerals = self._numeral.findall(number)
        if len(numerals) != 1:
            return _thousand(value)
        digits = int("".join(c for c in numerals[0] if c.isdigit()))
        if not digits or (value == digits and not self._letter.search(number)):
            return Decimal(0)
        return abs(value) / digits


def _thousand(value: Decimal) -> Decimal:
    """The greatest power of a thousand that divides a whole value: what a chain of magnitudes or words is told in."""
    step = Decimal(1)
    while value == value.to_integral_value() and value % (step * 1000) == 0:
        step *= 1000
    return step if step > 1 else Decimal(0)


def _plus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _times(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b
