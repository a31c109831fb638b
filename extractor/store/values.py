"""Whether two figures can be one number: asked of the checks within articles, so that one rule holds for both."""

from __future__ import annotations

from extractor.check.arithmetic import Arithmetic
from extractor.check.numbers import Numbers
from extractor.check.rules import load_rules
from extractor.document import Document, Quantity, Relation, View
from extractor.intervals import Hedges, Interval
from extractor.span import Span
from extractor.store.facts import Fact, exact


class Values:
    """Compares the values of facts, hedges and rounding minded. Built once; keeps no state."""

    def __init__(self) -> None:
        rules = load_rules()
        self._hedges = Hedges.load()
        self._numbers = Numbers(rules.style)
        self._same = rules.same

    def agree(self, one: Fact, two: Fact) -> bool:
        """Whether both can tell one number."""
        text = f"{one.number}\n{two.number}"
        document = Document(
            view=View(text=text, lower=text),
            quantities=(_quantity(one, 0), _quantity(two, len(one.number) + 1)),
        )
        arithmetic = Arithmetic(document, self._hedges, self._numbers, self._same)
        outcome = arithmetic.outcome(Relation("same", {"figures": (0, 1)}))
        return outcome is not None and outcome.verdict == "consistent"

    def close(self, one: Fact, two: Fact) -> bool:
        """Whether both values are one but for rounding: enough to support, where hedges would let too much through."""
        a, b = one.value, two.value
        if a is None or b is None:
            return (one.amount_low, one.amount_high) == (two.amount_low, two.amount_high)
        return abs(a - b) <= self._same.rounded * max(abs(a), abs(b))

    def interval(self, fact: Fact) -> Interval:
        """What the figure can stand for."""
        return self._hedges.interval(_quantity(fact, 0), fact.number)


def _quantity(fact: Fact, start: int) -> Quantity:
    span = Span(start, start + len(fact.number))
    return Quantity(
        start=span.start,
        end=span.end,
        number=span,
        value=fact.value,
        low=exact(fact.amount_low),
        high=exact(fact.amount_high),
        modifier=fact.modifier,
        kind=fact.kind,
        unit=fact.unit,
        unit_code=fact.unit_code,
        unit_span=None,
        entity=None,
        sentence=0,
    )
