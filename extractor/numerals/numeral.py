"""What a numeral is: a number as written, its value, and what the writing says about its precision."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from extractor.document import Reading
from extractor.span import Span

Form = Literal["digits", "words", "mixed"]
Kind = Literal["cardinal", "fraction", "range", "magnitude"]


class Numeral(NamedTuple):
    """A numeral of a text: ``text[start:end]`` holds the number, magnitude words included, unit and modifier not.

    `value` is signed and exact; a range has `low` and `high` instead. `modifier` is what the numeral itself says
    (``range``, ``order_of_magnitude``, ``more_than`` for 1000+), and `modifier_span` where, if outside the number.
    `decimals` counts the decimal digits as written and `step` is the weight of the last digit (1,2 triệu: 100000).
    `numerator` and `denominator` belong to fractions. `inner_unit` is the unit inside the number of a range
    (16 năm đến dưới 20) or before its half (hai tháng rưỡi). `bare` marks a single word (năm, ba, một, chục) that
    is a number only beside what it counts. `other` is the second reading where the writing allows two.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    form: Form
    kind: Kind
    rule: str
    step: Decimal
    decimals: int = 0
    modifier: str | None = None
    modifier_span: Span | None = None
    negative: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    inner_unit: Span | None = None
    bare: bool = False
    other: Reading | None = None

    @property
    def span(self) -> Span:
        """Where the number stands."""
        return Span(self.start, self.end)
