"""Ranges and lists: two ends with a dash or đến between, and magnitudes that several numbers share.

50-60 triệu; từ 5 đến 7; từ 600.000 đến 1,4 triệu; 120.000 đồng đến 170.000; giữa 10 và 15; 150, 200 và 300 triệu.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.numerals.draft import Draft
from extractor.numerals.lexicon import NumeralData, alternatives
from extractor.numerals.part import ONE, TEN, THOUSAND, Part
from extractor.span import Span

UnitAt = Callable[[int], int | None]
MAX_GAP = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A range: its ends, and the unit that stands inside it."""

    low: Draft
    high: Draft
    inner_unit: Span | None
    rule: str


class RangeReader:
    """Joins neighbouring numerals of a text into ranges, and gives lists their common magnitude."""

    def __init__(self, lower: str, patterns: RangePatterns, unit_at: UnitAt) -> None:
        self._lower, self._patterns, self._unit_at = lower, patterns, unit_at

    def pair(self, left: Draft, right: Draft) -> Pair | None:
        """The range that two neighbours make, or None if they are two numbers."""
        if right.start - left.end > MAX_GAP or not _may_be_end(left) or not _may_be_end(right):
            return None
        if not self._lower[left.end : right.start].rstrip(" ").endswith(self._patterns.endings):
            return None
        found = self._patterns.separator.match(self._lower, left.end, right.start)
        inner: Span | None = None
        if found is None or found.end() != right.start:
            inner = self._inner_unit(left, right)
            if inner is None:
                return None
            found = self._patterns.separator.match(self._lower, inner.end, right.start)
            if found is None or found.end() != right.start:
                return None
        if found.lastgroup == "and" and not self._patterns.between.search(
            self._lower, max(0, left.start - 12), left.start
        ):
            return None
        return self._ordered(left, right, inner, found.lastgroup or "dash")

    def _inner_unit(self, left: Draft, right: Draft) -> Span | None:
        """The unit between the ends, if the same one, or none, stands behind the range."""
        end = self._unit_at(left.end)
        if end is None or not left.end < end < right.start:
            return None
        unit = self._lower[left.end : end].strip()
        after = self._unit_at(right.end)
        if after is not None and self._lower[right.end : after].strip() != unit:
            return None
        return Span(end - len(unit), end)

    def _ordered(self, left: Draft, right: Draft, inner: Span | None, sign: str) -> Pair | None:
        """The ends with the magnitude they share, if the first is the smaller one."""
        if inner is None and not left.magnitude and right.magnitude:
            shared = _shared(left, right)
            if shared is not None and shared.value < right.value:
                return Pair(shared, right, inner, f"range-{sign}-shared")
        if inner is None:
            left = self._groups_shared(left, right, sign) or left
        if left.value < right.value:
            return Pair(left, right, inner, f"range-{sign}{'-shared' if left.part.why == 'shared' else ''}")
        return None

    def _groups_shared(self, left: Draft, right: Draft, sign: str) -> Draft | None:
        """The left number with the thousands that only the right one writes out: 300-500.000 đồng."""
        written = self._lower[right.start : right.end]
        least = TEN if sign == "to" else ONE  # từ 1 đến 5.000 lao động may well begin at one
        if left.magnitude or right.magnitude or not left.part.digits or not least <= left.value < THOUSAND:
            return None
        if right.part.decimals or left.part.decimals or written.isdigit():
            return None
        factor = ONE
        while right.value % (factor * THOUSAND) == 0:
            factor *= THOUSAND
        if factor == ONE or not left.value * factor < right.value <= left.value * factor * TEN:
            return None
        shared = _times(left, factor)
        return replace(shared, part=replace(shared.part, other=left.value, why="shared"))

    def share(self, drafts: Sequence[Draft]) -> dict[int, Draft]:
        """Members of lists that get their magnitude from the last one: 150, 200 và 300 triệu đồng."""
        changed: dict[int, Draft] = {}
        for index in range(len(drafts) - 1, 0, -1):
            left, right = drafts[index - 1], changed.get(index, drafts[index])
            if not right.magnitude or left.magnitude or not left.part.digits or left.kind != "cardinal":
                continue
            gap = self._lower[left.end : right.start]
            if len(gap) > 8 or self._patterns.list_separator.fullmatch(gap) is None or left.value >= THOUSAND:  # noqa: PLR2004
                continue
            shared = _shared(left, right)
            if shared is not None:
                part = replace(shared.part, other=left.part.value, why="shared")
                changed[index - 1] = replace(shared, part=part, magnitude=True, rule="list-shared")
        return changed


def _may_be_end(draft: Draft) -> bool:
    return draft.kind == "cardinal" and draft.high is None and not draft.part.closed


def _shared(left: Draft, right: Draft) -> Draft | None:
    """The left number times the magnitude of the right one: 50-60 triệu; 800 - 1 triệu counts thousands."""
    factor = right.value / right.part.coefficient if right.part.coefficient else ONE
    part = left.part
    if not part.digits or part.value >= THOUSAND or (right.part.decimals and factor == ONE):
        return _times(left, factor) if part.value <= right.part.coefficient else None
    if part.value <= right.part.coefficient:
        return _times(left, factor)
    smaller = factor / THOUSAND
    return _times(left, smaller) if smaller >= ONE and part.value * smaller < right.value else None


def _times(draft: Draft, factor: Decimal) -> Draft:
    part: Part = draft.part
    other = None if part.other is None else part.other * factor
    return replace(draft, part=replace(part, value=part.value * factor, step=part.step * factor, other=other))


class RangePatterns:
    """The separators of ranges and lists as expressions, compiled once."""

    def __init__(self, data: NumeralData) -> None:
        dashes = "|".join(map(re.escape, data.range.dashes))
        bounds = alternatives(data.range.bounds)
        separator = (
            rf"(?P<dash>[ ]{{0,2}}(?:{dashes})[ ]{{0,2}}(?:(?:{alternatives(data.range.prefixes)})[ ]?)?)"
            rf"|(?P<to>[ ]{{1,2}}(?:{alternatives(data.range.words)})[ ]{{1,2}}(?:(?:{bounds})[ ]{{1,2}})?)"
            rf"|(?P<and>[ ](?:{alternatives(data.range.and_)})[ ])"
        )
        self.separator = re.compile(separator)
        # What a separator ends with: nothing else before a number needs a second look.
        several = (data.range.dashes, data.range.prefixes, data.range.words, data.range.bounds, data.range.and_)
        self.endings = tuple(dict.fromkeys(itertools.chain(*several)))
        self.between = re.compile(rf"(?<!\w)(?:{alternatives(data.range.between)})[ ]{{1,2}}$")
        words = [s for s in data.list.separators if s.isalpha()]
        self.list_separator = re.compile(
            rf"[ ]?[,;][ ]{{1,2}}(?:(?:{alternatives(words)})[ ])?|[ ](?:{alternatives(words)})[ ]"
        )
