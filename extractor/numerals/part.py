"""A part of a number in words or digits: what it is worth, and what may still be added to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

ONE, TEN, HUNDRED, THOUSAND = Decimal(1), Decimal(10), Decimal(100), Decimal(1000)
MILLION = THOUSAND * THOUSAND


@dataclass(slots=True)
class Part:
    """A number read off the atoms ``[first, last)``.

    `step` is the weight of its last digit, `coefficient` the number before its first magnitude, `floor` the last
    magnitude (1 without any) under which a further part must stay. `other` is another value that the writing
    allows and `why` the key of the reason. `closed` if nothing may be added.
    """

    first: int
    last: int
    value: Decimal
    coefficient: Decimal
    step: Decimal = ONE
    decimals: int = 0
    floor: Decimal = ONE
    digits: bool = False
    words: bool = False
    other: Decimal | None = None
    why: str = ""
    closed: bool = False

    def multiply(self, magnitude: Decimal, *, words: bool) -> None:
        """Take in the magnitude behind the number, which is said in `words` or glued to its digits."""
        self.last += 1
        self.value *= magnitude
        self.step *= magnitude
        self.floor = magnitude if magnitude > self.floor or self.floor == ONE else self.floor * magnitude
        self.words = self.words or words
        if self.other is not None:
            self.other *= magnitude


def joined(left: Part, right: Part) -> Part:
    """Two parts of a chain as one."""
    return replace(
        right,
        first=left.first,
        value=left.value + right.value,
        coefficient=left.coefficient,
        digits=left.digits or right.digits,
        words=left.words or right.words,
        other=right.other if right.other is None else left.value + right.other,
        floor=max(ONE, right.floor),
    )
