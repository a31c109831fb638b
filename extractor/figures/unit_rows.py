"""Numbers that stand behind their nouns or names with no noun of their own: Công nhân: 250; huyện A 9, huyện B 8."""

from __future__ import annotations

from extractor.figures.draft import Draft
from extractor.figures.line import Line
from extractor.figures.unit_behind import UnitBehind
from extractor.figures.unit_rules import UnitRules, phrases

# Tokens that a heading or a name before its number has.
HEADING = (2, 8)
YEARS = range(1900, 2101)
OPENS = frozenset(",;:(.\n-–•*+")


class UnitRows:
    """Tells what a number counts by the heading right before it, or by the row of names that it stands in."""

    def __init__(self, behind: UnitBehind, rules: UnitRules) -> None:
        self._behind = behind
        self._stops = frozenset(rules.group_stops)
        self._openers = phrases(rules.row_openers)
        self._determiners = phrases(rules.row_determiners)
        self._heads = phrases(rules.row_heads)

    def headed(self, line: Line, draft: Draft) -> bool:
        """Give the draft the noun before its colon (Công nhân: 250), or the people right before it (đoàn viên nam 120)."""
        index = draft.number_first
        if not self._lone(line, draft) or index == 0:
            return False
        colon = line.texts[index - 1] == ":"
        stop = index - colon
        first = self._opening(line, stop)
        if not HEADING[0] <= stop - first <= HEADING[1]:
            return False
        found = self._behind.match(line, first)
        unit = None if found is None else self._behind.choose(line, found[1], first, found[0])
        if found is None or unit is None or not unit.kind.endswith("_count") or unit.kind == "other_count":
            return False  # Lượt xem: 1.865 is said of the page
        if not colon and not (unit.person and self._all_people(line, found[0], stop)):
            return False
        self._behind.take(line, draft, unit, first, first + unit.length)
        draft.rules.append("units.heading")
        return True

    def in_row(self, line: Line, draft: Draft, before: Draft) -> bool:
        """Whether the number is the share of a body in what was counted before: 31 nhà, gồm huyện A 9, huyện B 8."""
        if not self._lone(line, draft) or not before.kind.endswith("_count") or draft.number_first <= before.stop:
            return False
        stop = draft.number_first - (line.texts[draft.number_first - 1] == ":")
        first = self._opening(line, stop)
        opens = before.inherited
        if first < before.stop or not opens:
            opened = self._openers.find(line.tokens, before.stop, stop)
            if opened is None:
                return False
            first = max(first, opened[1])
        determiner = self._determiners.match(line.tokens, first)
        first = determiner[0] if determiner is not None else first
        if self._heads.match(line.tokens, first) is not None:
            return first < stop  # cấp cơ sở 287, cấp tỉnh 31
        found = self._behind.match(line, first)
        if found is None or found[0] > stop:
            return False
        unit = self._behind.choose(line, found[1], first, found[0])
        return unit is not None and unit.kind == "organization_count"

    def _lone(self, line: Line, draft: Draft) -> bool:
        """Whether a whole number, no year, stands before a sign or at the end."""
        value = draft.numeral.value
        if value is None or draft.numeral.decimals or draft.numeral.bare or value in YEARS:
            return False
        return draft.number_stop >= len(line) or line.texts[draft.number_stop] in self._stops

    def _opening(self, line: Line, stop: int) -> int:
        """Where the stretch without a sign begins that ends before the token."""
        first = stop
        while first > 0 and line.texts[first - 1] not in OPENS and stop - first <= HEADING[1]:
            first -= 1
        return first

    def _all_people(self, line: Line, first: int, stop: int) -> bool:
        """Whether only nouns for people stand there: đoàn viên | nam."""
        while first < stop:
            found = self._behind.match(line, first)
            if found is None or not found[1][0].person:
                return False
            first = found[0]
        return first == stop
