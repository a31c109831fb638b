"""The arithmetic of each relation: what it gives, what the article says, and whether the two can agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from operator import add

from extractor.check.numbers import Numbers
from extractor.check.rules import Same
from extractor.document import Document, Quantity, Relation
from extractor.intervals import ZERO, Hedges, Interval

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check's verdict with its arithmetic: written out, what it gives, what is said, and the figures involved."""

    verdict: str
    figures: tuple[int, ...]
    expected: Decimal | None
    reported: Decimal | None
    sum: str
    got: str
    said: str


class Arithmetic:
    """Checks relations of one document."""

    def __init__(self, document: Document, hedges: Hedges, numbers: Numbers, same: Same) -> None:
        self._quantities = document.quantities
        self._text = document.view.text
        self._hedges = hedges
        self._numbers = numbers
        self._rounded, self._cut_share = same.rounded, same.cut

    def outcome(self, relation: Relation) -> Outcome | None:
        """The outcome of a relation's check; None where a figure has no value to reckon with."""
        checks: dict[str, Callable[[Relation], Outcome | None]] = {
            "parts_sum": self._parts_sum,
            "percent_sum": self._percent_sum,
            "percent_of": self._percent_of,
            "product": self._product,
            "ratio_percent": self._ratio_percent,
            "change": self._change,
            "same": self._same,
        }
        return checks[relation.type](relation)

    def _interval(self, index: int) -> Interval:
        return self._hedges.interval(self._quantities[index], self.number(index))

    def number(self, index: int) -> str:
        """The numeral of a figure as written, in one line."""
        return " ".join(self._quantities[index].number.of(self._text).split())

    def said(self, index: int) -> str:
        """The figure as written: modifier, number and unit, in one line."""
        quantity = self._quantities[index]
        return " ".join(self._text[quantity.start : quantity.end].split())

    def _parts_sum(self, relation: Relation) -> Outcome:
        whole, parts = _one(relation, "whole"), _many(relation, "parts")
        total = reduce(add, (self._interval(i) for i in parts), ZERO)
        stated = self._interval(whole)
        if total.above(stated):
            verdict = "exceeds_total"
        elif total.meets(stated):
            verdict = "consistent"
        else:
            verdict = "does_not_add_up" if relation.exhaustive else "incomplete"
        values = [self._quantities[i].value for i in parts]
        return self._told(verdict, (whole, *parts), _sum(values), whole, " + ".join(self.number(i) for i in parts))

    def _percent_sum(self, relation: Relation) -> Outcome:
        parts = _many(relation, "parts")
        total = reduce(add, (self._interval(i) for i in parts), ZERO)
        low, high = total.low or Decimal(0), total.high
        value = _sum([self._quantities[i].value for i in parts])
        # Shares that were all rounded the same way up to the very half do not happen: the bounds themselves are out.
        fits = value == HUNDRED or (low < HUNDRED and (high is None or high > HUNDRED))
        verdict = "consistent" if fits else "does_not_add_up"
        written = " + ".join(self.number(i) for i in parts)
        got = "" if value is None else self._numbers.percent(value)
        return Outcome(verdict, parts, HUNDRED, value, written, got, "")

    def _percent_of(self, relation: Relation) -> Outcome | None:
        part, whole, percent = (_one(relation, role) for role in ("part", "whole", "percent"))
        a, b = self._quantities[part].value, self._quantities[whole].value
        if a is None or not b:
            return None
        quotient = self._interval(part) / self._interval(whole)
        written = f"{self.number(part)} / {self.number(whole)}"
        return self._share((part, whole, percent), quotient, a / b, written)

    def _ratio_percent(self, relation: Relation) -> Outcome | None:
        ratio, percent = _one(relation, "ratio"), _one(relation, "percent")
        value = self._quotient(ratio)
        if value is None:
            return None
        return self._share((ratio, percent), Interval(value, value), value, self.number(ratio))

    def _quotient(self, ratio: int) -> Decimal | None:
        """The exact quotient of a ratio written with a slash."""
        over, _, under = self.number(ratio).partition("/")
        try:
            return Decimal(_digits(over)) / Decimal(_digits(under))
        except (ArithmeticError, ValueError):
            return None

    def _share(self, figures: tuple[int, ...], quotient: Interval, value: Decimal, written: str) -> Outcome:
        """Whether a quotient can be the stated share, the last figure; one cut off instead of rounded passes too."""
        percent = figures[-1]
        hundred = Interval(_times(quotient.low), _times(quotient.high))
        verdict = "consistent" if hundred.meets(self._cut(percent)) else "does_not_add_up"
        got = self._numbers.percent(value * HUNDRED, self._places(percent))
        stated = self._quantities[percent].value
        return Outcome(verdict, figures, value * HUNDRED, stated, written, got, self.said(percent))

    def _cut(self, percent: int) -> Interval:
        """What a stated share can stand for, cut off or rounded."""
        interval, quantity = self._interval(percent), self._quantities[percent]
        if quantity.modifier != "exact" or interval.high is None:
            return interval
        step = self._hedges.step(quantity, self.number(percent))
        half = step / 2
        value = quantity.value or Decimal(0)
        return Interval(value - half, value + step)

    def _places(self, percent: int) -> int:
        """How many decimals tell the arithmetic apart from the stated share: one more than that has."""
        value = self._quantities[percent].value or Decimal(0)
        return min(4, max(0, -int(value.as_tuple().exponent)) + 1)

    def _product(self, relation: Relation) -> Outcome | None:
        count, each, total = (_one(relation, role) for role in ("count", "each", "total"))
        one = self._interval(each)
        if "product.average" in relation.found_by:
            one = one.widened(self._half(self._quantities[each]))
        verdict = "consistent" if (self._interval(count) * one).meets(self._interval(total)) else "does_not_add_up"
        a, b = self._quantities[count].value, self._quantities[each].value
        if a is None or b is None:
            return None
        return self._told(verdict, (total, count, each), a * b, total, f"{self.number(count)} × {self.number(each)}")

    def _half(self, quantity: Quantity) -> Decimal:
        """Half a unit of an average that is told as a small whole number."""
        value = quantity.value or Decimal(0)
        return Decimal("0.5") if value == value.to_integral_value() and value < 1000 else Decimal(0)  # noqa: PLR2004

    def _change(self, relation: Relation) -> Outcome | None:
        if "by" not in relation.roles:
            return None  # told by its two ends alone, there is nothing to hold against them
        before, after, by = (_one(relation, role) for role in ("from", "to", "by"))
        a, b, size = (self._quantities[i] for i in (before, after, by))
        if a.value is None or b.value is None or size.value is None or not a.value:
            return None
        falls = "change.fall" in relation.found_by
        old, new = self._interval(before), self._interval(after)
        if size.kind == "percentage" and a.kind != "percentage":
            rise = (b.value - a.value) / a.value * HUNDRED * (-1 if falls else 1)
            quotient = new / old
            low, high = _times(quotient.low), _times(quotient.high)
            bounds = [None if x is None else (x - HUNDRED) * (-1 if falls else 1) for x in (low, high)]
            got = Interval(bounds[1], bounds[0]) if falls else Interval(bounds[0], bounds[1])
            verdict = "consistent" if got.meets(self._cut(by)) else "does_not_add_up"
            shown = self._numbers.percent(rise, self._places(by))
            more, less = (before, after) if falls else (after, before)
            written = f"({self.number(more)} − {self.number(less)}) / {self.number(before)}"
            return Outcome(verdict, (before, after, by), rise, size.value, written, shown, self.said(by))
        return self._difference(relation, (before, after, by), a.value, b.value)

    def _difference(self, relation: Relation, ends: tuple[int, int, int], a: Decimal, b: Decimal) -> Outcome:
        """A change told as a difference; of percentages, in points or as a share of the old one."""
        before, after, by = ends
        falls = "change.fall" in relation.found_by
        size = abs(b - a)
        rounding = sum(
            (self._hedges.rounding(self._quantities[i], self.number(i)) for i in (before, after)), Decimal(0)
        )
        got = self._hedged_difference(before, after, falls=falls).widened(rounding)
        fits = got.meets(self._cut(by) if self._quantities[by].kind == "percentage" else self._interval(by))
        if not fits and self._quantities[before].kind == "percentage":
            share = Interval(size / a * HUNDRED, size / a * HUNDRED)
            fits = share.meets(self._cut(by))
        high, low = (before, after) if falls else (after, before)
        written = f"{self.number(high)} − {self.number(low)}"
        signed = (a - b) if falls else (b - a)
        verdict = "consistent" if fits else "does_not_add_up"
        return Outcome(
            verdict, ends, signed, self._quantities[by].value, written, self._numbers.short(signed), self.said(by)
        )

    def _hedged_difference(self, before: int, after: int, *, falls: bool) -> Interval:
        old, new = self._hedges.hedged(self._quantities[before]), self._hedges.hedged(self._quantities[after])
        more, less = (old, new) if falls else (new, old)
        low = None if more.low is None or less.high is None else more.low - less.high
        return Interval(low, None if more.high is None or less.low is None else more.high - less.low)

    def _same(self, relation: Relation) -> Outcome:
        figures = _many(relation, "figures")
        agree = all(self._agree(figures[0], other) for other in figures[1:]) and all(
            self._agree(a, b) for a, b in pairwise(figures)
        )
        said = " | ".join(dict.fromkeys(self.said(i) for i in figures))
        first, last = self._quantities[figures[0]].value, self._quantities[figures[-1]].value
        return Outcome("consistent" if agree else "conflict", figures, last, first, "", "", said)

    def _agree(self, a: int, b: int) -> bool:
        """Whether two tellings can be of one number: their intervals meet, or one is the other rounded to its digits."""
        one, two = self._quantities[a], self._quantities[b]
        exact = one.modifier == two.modifier == "exact"
        if not exact and self._interval(a).meets(self._interval(b)):
            return True
        if (one.value, one.low, one.high) == (two.value, two.low, two.high):
            return True
        if one.unit_code != two.unit_code and one.kind == two.kind and one.kind in ("duration", "rate", "measure"):
            return True
        if one.value is None or two.value is None:
            return False
        near = abs(one.value - two.value) <= self._rounded * max(abs(one.value), abs(two.value))
        if near and (_rounds(one.value, two.value) or _rounds(two.value, one.value)):
            return True
        return self._cut_off(a, two.value) or self._cut_off(b, one.value)

    def _cut_off(self, coarse: int, fine: Decimal) -> bool:
        """Whether a figure told with a magnitude word leaves out the rest of a finer number: 15 triệu for 15,5 triệu."""
        quantity = self._quantities[coarse]
        rest = fine - (quantity.value or fine)
        return 0 < rest < 2 * self._hedges.rounding(quantity, self.number(coarse)) and rest <= self._cut_share * fine

    def _told(
        self, verdict: str, figures: tuple[int, ...], expected: Decimal | None, total: int, written: str
    ) -> Outcome:
        got = "" if expected is None else self._numbers.short(expected)
        return Outcome(verdict, figures, expected, self._quantities[total].value, written, got, self.said(total))


def _rounds(fine: Decimal, coarse: Decimal) -> bool:
    """Whether the coarse number is the fine one at the coarse one's last non-zero digit."""
    tail = int(coarse.normalize().as_tuple().exponent)
    return fine.quantize(Decimal(1).scaleb(tail)) == coarse if fine.adjusted() >= tail else False


def _digits(number: str) -> str:
    return number.strip().replace(".", "").replace(",", ".")


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _times(value: Decimal | None) -> Decimal | None:
    return None if value is None else value * HUNDRED


def _one(relation: Relation, role: str) -> int:
    value = relation.roles[role]
    return value if isinstance(value, int) else value[0]


def _many(relation: Relation, role: str) -> tuple[int, ...]:
    value = relation.roles[role]
    return (value,) if isinstance(value, int) else value
