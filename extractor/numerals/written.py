"""Numbers written in digits: what their points and commas mean, and what the article's other numbers say of it.

Vietnamese groups thousands with points and marks decimals with a comma, but English habits slip in. A number
whose own shape settles the matter (1.234.567; 32,83; 1.234,5) votes; one that could be read either way (1.234;
6,825) is read by its unit and size and by the votes, in `Convention.read`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

MAX_DIGITS = 24

_SHAPE = re.compile(
    r"""
      (?P<plain>[0-9]+)
    | (?P<point_groups>[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?)
    | (?P<comma_groups>[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?)
    | (?P<point_group_decimal>[0-9]{1,3}\.[0-9]{3},[0-9]+)
    | (?P<comma_group_decimal>[0-9]{1,3},[0-9]{3}\.[0-9]+)
    | (?P<point_zero>0[0-9]*\.[0-9]+)
    | (?P<comma_zero>0[0-9]*,[0-9]+)
    | (?P<point_three>[0-9]{1,3}\.[0-9]{3})
    | (?P<comma_three>[0-9]{1,3},[0-9]{3})
    | (?P<point_decimal>[0-9]+\.[0-9]+)
    | (?P<comma_decimal>[0-9]+,[0-9]+)
    """,
    re.VERBOSE,
)


class Setting(Enum):
    """What follows a number, as far as it tells how a lone separator is meant."""

    MAGNITUDE = "magnitude"
    SHARE = "share"
    MEASURE = "measure"
    CURRENCY = "currency"
    OTHER = "other"


class Written(NamedTuple):
    """A number in digits: its value, its decimal digits, and the other value that the separators allow."""

    value: Decimal
    decimals: int
    other: Decimal | None = None
    grouped: bool = False


def shape_of(digits: str) -> str | None:
    """The name of the shape of a written number; None for a malformed or overlong one, which is a code."""
    if len(digits) > 2 * MAX_DIGITS:
        return None
    found = _SHAPE.fullmatch(digits)
    if found is None or sum(map(str.isdigit, digits)) > MAX_DIGITS:
        return None
    return found.lastgroup


def _grouped(digits: str) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", ""))


def _decimal(digits: str, mark: str) -> tuple[Decimal, int]:
    whole, _, part = digits.rpartition(mark)
    return Decimal(f"{_grouped(whole)}.{part}"), len(part)


@dataclass(frozen=True, slots=True)
class Convention:
    """How the numbers of one text use the point and the comma: how many settle each use by their own shape."""

    point_groups: int = 0
    comma_groups: int = 0
    point_decimals: int = 0
    comma_decimals: int = 0

    @classmethod
    def of(cls, numbers: Iterable[str]) -> Convention:
        """Count the votes of the written numbers of a text (those that are no dates, labels or codes)."""
        point_groups = comma_groups = point_decimals = comma_decimals = 0
        for digits in numbers:
            if digits.isdigit():
                continue
            shape = shape_of(digits)
            if shape in ("point_groups", "point_group_decimal"):
                point_groups += 1
            elif shape in ("comma_groups", "comma_group_decimal"):
                comma_groups += 1
            elif shape in ("comma_decimal", "comma_zero"):
                comma_decimals += 1
            elif shape in ("point_decimal", "point_zero"):
                point_decimals += 1
            elif shape == "comma_three" and digits.endswith("000"):
                comma_groups += 1
            elif shape == "point_three" and digits.endswith("000"):
                point_groups += 1
        return cls(point_groups, comma_groups, point_decimals, comma_decimals)

    def read(self, digits: str, setting: Callable[[], Setting] = lambda: Setting.OTHER) -> Written | None:
        """The value of a written number, and the value it would have under the other use of its separator.

        `setting` tells what stands behind the number; it is asked only where that decides.

        None for a malformed number (1.00.000, 1.2.3) and for one of more than 24 digits.
        """
        if len(digits) <= MAX_DIGITS and digits.isdigit():
            return Written(Decimal(digits), 0)
        shape = shape_of(digits)
        if shape is None:
            return None
        if shape == "plain":
            return Written(Decimal(digits), 0)
        if shape in ("point_three", "comma_three"):
            return self._lone(digits, digits[-4], setting())
        if shape.endswith(("_groups", "group_decimal")):
            mark = "," if shape.startswith("point") else "."
            if mark not in digits:
                return Written(_grouped(digits), 0, grouped=True)
            value, decimals = _decimal(digits, mark)
            return Written(value, decimals, grouped=True)
        value, decimals = _decimal(digits, "." if shape.startswith("point") else ",")
        return Written(value, decimals)

    def _lone(self, digits: str, mark: str, setting: Setting) -> Written:
        """One separator with three digits behind it: thousands or decimals."""
        decimal, decimals = _decimal(digits, mark)
        group = _grouped(digits)
        as_decimal, sure = (self._lone_point if mark == "." else self._lone_comma)(digits, setting)
        if as_decimal:
            return Written(decimal, decimals, None if sure else group)
        return Written(group, 0, None if sure else decimal, grouped=True)

    def _lone_point(self, digits: str, setting: Setting) -> tuple[bool, bool]:
        """Whether a point with three digits behind it marks decimals, and whether nothing speaks against it."""
        english = self.comma_groups > 0 or (self.point_decimals > 0 and self.comma_decimals == 0)
        home = self.point_groups > 0 or self.comma_decimals > 0
        if digits.endswith("000"):
            return False, True
        if setting is Setting.SHARE:  # nobody writes a share above 999 % with a group point
            return True, False
        if english and not home:
            return setting is not Setting.CURRENCY, False
        return False, (home and not english) or setting in (Setting.CURRENCY, Setting.OTHER)

    def _lone_comma(self, digits: str, setting: Setting) -> tuple[bool, bool]:
        """Whether a comma with three digits behind it marks decimals, and whether nothing speaks against it."""
        english = self.comma_groups > 0 or self.point_decimals > 0
        home = self.comma_decimals > 0 or self.point_groups > 0
        all_english = self.comma_groups > 0 and self.point_decimals > 0 and not home
        if digits.endswith("000"):
            return False, True
        if setting in (Setting.CURRENCY, Setting.OTHER):  # people and đồng come in whole numbers
            return False, english and not home
        if all_english and setting is Setting.MAGNITUDE:
            return False, False
        return True, home and not english
