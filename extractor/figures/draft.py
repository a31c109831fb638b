"""A figure in the making: a numeral with what the steps of the finder add to it, in token indices of its sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from extractor.document import Quantity
from extractor.figures.hedges import HedgeFinder
from extractor.figures.kinds import Unit
from extractor.numerals import Numeral
from extractor.span import Span
from extractor.tokens import Tokens
from extractor.trace import NO_TRACE, Trace

# The rule of a magnitude with nothing vague before it: gần ngàn người, not gần hàng ngàn người.
LONE = "lone-magnitude"
# A hedge behind the noun phrase (20 lao động nữ trở lên) stands no further than this many tokens behind the unit.
LATE = 14


@dataclass(slots=True)
class Draft:
    """`number_first`..`number_stop` are the numeral's tokens, `first`..`stop` those of hedge, number and unit.

    `among` is a phrase of number that the figure only restricts: số công ty có (50 lao động).
    """

    numeral: Numeral
    number_first: int
    number_stop: int
    first: int
    stop: int
    kind: str = ""
    unit: Unit | None = None
    unit_tokens: tuple[int, int] | None = None
    unit_text: str | None = None
    unit_code: str | None = None
    modifier: str = "exact"
    entity: tuple[int, int] | None = None
    among: tuple[int, int] | None = None
    rules: list[str] = field(default_factory=list)
    inherited: bool = False

    @classmethod
    def of(cls, numeral: Numeral, tokens: Tokens) -> Draft:
        """A draft of the bare numeral."""
        hedged = numeral.end if numeral.modifier_span is None else numeral.modifier_span.end  # the unit of 1000+ người
        first = bisect_left(tokens.starts, numeral.start)
        stop = bisect_left(tokens.starts, hedged, first)
        draft = cls(numeral, first, stop, first, stop, rules=[numeral.rule])
        if numeral.modifier:
            draft.modifier = numeral.modifier
        return draft

    def take_hedge(self, hedges: HedgeFinder, tokens: Tokens, figure_stop: int) -> None:
        """Look for a hedge left of the number, then right behind number or unit.

        A range keeps its modifier, and so does an order of magnitude (hàng trăm), unless a plain hedge says more.
        """
        first = self.number_first
        if self.kind == "money" and self.unit_tokens is not None and self.unit_tokens[1] == first:
            first = self.unit_tokens[0]  # gần | USD 500
        found = hedges.before(tokens, first, figure_stop)
        if found is not None:
            if found.stop == first or self.modifier == "exact":
                self.first = min(self.first, found.first)
            self._modify(found.modifier, found.rule)
        for index in (self.number_stop, self.stop) if self.stop > self.number_stop else (self.stop,):
            late = hedges.after(tokens, index)
            if late is not None:
                self._modify_late(late.modifier, late.rule)

    def take_late_hedge(self, hedges: HedgeFinder, tokens: Tokens, limit: int) -> range:
        """Look for a hedge behind the noun phrase: từ 20 lao động nữ trở lên. A word before the number must open it.

        Returns the tokens of a hedge right behind the unit, which end what can be said there.
        """
        near = hedges.after(tokens, self.stop)
        if near is not None:
            return range(near.first, near.stop)
        if self.first == 0 or hedges.opens_late.isdisjoint(tokens.lowers[self.first - 1 : self.first + 1]):
            return range(0)
        for index in range(self.stop, min(limit, self.stop + LATE, len(tokens.texts))):
            if tokens.texts[index] in (".", ";", "\n", "(", ")"):
                break
            late = hedges.after(tokens, index)
            if late is not None and len(tokens.lowers[late.first : late.stop]) > 1:
                self._modify_late(late.modifier, late.rule)
                break
        return range(0)

    def _modify(self, modifier: str, rule: str) -> None:
        # hơn chục triệu says more than, gần ngàn almost; khoảng vài chục stays a magnitude, and a range a range.
        own = self.modifier in ("range", "order_of_magnitude") and self.numeral.modifier == self.modifier
        plain = ("more_than", "less_than", "almost") if self.numeral.rule.endswith(LONE) else ("more_than", "less_than")
        if own and (self.modifier == "range" or modifier not in plain):
            return
        self.modifier = modifier
        self.rules.append(rule)

    def _modify_late(self, modifier: str, rule: str) -> None:
        if self.modifier in ("range", "order_of_magnitude"):
            return
        if modifier in ("at_least", "at_most") or self.modifier == "exact":
            self.modifier = modifier
            self.rules.append(rule)

    def set_unit(
        self, unit: Unit | None, first: int, stop: int, text: str | None, code: str | None, kind: str, rule: str
    ) -> None:
        """Give the draft its unit (None for a figure without one) and so its kind."""
        self.unit, self.kind, self.unit_text, self.unit_code = unit, kind, text, code
        if first < stop:
            self.unit_tokens = (first, stop)
            if first >= self.number_stop:
                self.stop = max(self.stop, stop)
        self.rules.append(rule)

    def quantity(self, tokens: Tokens, sentence: int, trace: Trace) -> Quantity:
        """The finished quantity in view coordinates."""
        numeral = self.numeral
        start = min(tokens.starts[self.first], numeral.start)
        end = max(tokens.end(self.stop - 1), numeral.end)
        unit_span = None
        if self.unit_tokens is not None:
            unit_span = Span(tokens.starts[self.unit_tokens[0]], tokens.end(self.unit_tokens[1] - 1))
        entity = None
        if self.entity is not None:
            entity = Span(tokens.starts[self.entity[0]], tokens.end(self.entity[1] - 1))
        value = abs(numeral.value) if numeral.value is not None else None
        if trace is not NO_TRACE:
            trace.note(Span(start, end), self.rules[-1], "kept", " + ".join(self.rules))
        return Quantity(
            start, end, Span(numeral.start, numeral.end), value, numeral.low, numeral.high, self.modifier, self.kind,
            self.unit_text, self.unit_code, unit_span, entity, sentence, numeral.other, tuple(dict.fromkeys(self.rules)),
        )  # fmt: skip
