"""The unit behind a number: the longest phrase of the kinds' tables there, its reading, and what is counted per time."""

from __future__ import annotations

from decimal import Decimal

from extractor.figures.draft import Draft
from extractor.figures.kinds import Unit, UnitTables
from extractor.figures.line import Line
from extractor.figures.unit_rules import EACH_TIME, MULTIPLE, UnitRules, between, phrases
from extractor.tokens import Tokens, syllables

# Where a unit phrase ends, and its readings.
Ending = tuple[int, tuple[Unit, ...]]
# Tokens on either side of a unit in which a cue tells its reading.
CUE = 6
# Tokens of a noun behind a bracket.
NOUN = 4
_BRACKETS = frozenset("()")
_OPENING_QUOTES = frozenset('“"‘')


class UnitBehind:
    """Reads the unit that follows a number."""

    def __init__(self, tables: UnitTables, rules: UnitRules) -> None:
        self._tables = tables
        self._time_heads = frozenset(rules.time_heads)
        self._not_units = phrases(rules.not_units)
        self._not_units_open = frozenset(syllables(word)[0].lower() for word in rules.not_units)
        self._ratio_left = phrases(rules.ratio_left)
        self._ratio_units = frozenset(rules.ratio_units)
        self._ratio_right = phrases(rules.ratio_right)
        self._multiple = phrases(rules.multiple)
        self._multiple_ends = frozenset(syllables(word)[-1].lower() for word in rules.multiple)
        self._size_hedges = frozenset(rules.size_hedges)
        self._one = frozenset(rules.one)
        self._each = phrases(rules.each)
        self._each_after = phrases(rules.each_after)
        self._either = frozenset(rules.either)
        self._times = frozenset(rules.times)

    def match(self, line: Line, index: int) -> Ending | None:
        """The unit phrase at a token; an abbreviation is looked up by what it stands for.

        What begins a date or a year is none: 10 tỷ năm 2017.
        """
        if index in line.skip and line.tokens.lowers[index] in self._time_heads:
            return None
        known = line.units[index]
        found = None if known is None else (index + known[0], known[1])
        like = found is not None and line.lowers[index] in self._not_units_open
        other = self._not_units.match(line.tokens, index) if like else None
        if found is not None and other is not None and other[0] >= found[0]:
            found = None
        long = line.longs.get(index)
        if long is None:
            return found
        stop = line.short[index]
        if found is not None and found[0] > stop:
            return found
        tokens = Tokens.of(long, long.lower(), 0, len(long))
        inner = self._tables.match(tokens, 0)
        if inner is None:
            return found
        readings = tuple(
            Unit(unit.kind, unit.code, stop - index, unit.person, unit.left, unit.right) for unit in inner[1]
        )
        return stop, readings

    def choose(self, line: Line, readings: tuple[Unit, ...], first: int, stop: int) -> Unit | None:
        """The reading whose cue stands near, else the first that asks for none."""
        if not readings[0].left and not readings[0].right:
            return readings[0]  # those that ask for a cue come first
        words = line.tokens.lowers
        left = set(words[max(0, first - CUE) : first])
        right = set(words[stop : stop + CUE])
        for unit in readings:
            if (unit.left and left.intersection(unit.left)) or (unit.right and right.intersection(unit.right)):
                return unit
        return next((unit for unit in readings if not unit.left and not unit.right), None)

    def assign(self, line: Line, draft: Draft, limit: int) -> None:
        """Give the draft the unit behind it, if there is one before the token `limit`."""
        tokens, index = line.tokens, draft.number_stop
        if index < len(tokens.texts) and tokens.texts[index] == "/":
            self._per(line, draft, index, index, None, limit)
            return
        if self._is_multiple(tokens, draft):
            draft.set_unit(None, 0, 0, None, None, "ratio", MULTIPLE)
            return
        sign = line.texts[index] if index < len(line.texts) else ""
        if sign in _BRACKETS:
            behind = self._behind_bracket(line, draft, index)
            if behind != index:
                index, limit = behind, max(limit, behind + NOUN)
                sign = line.texts[index] if index < len(line.texts) else ""
        if sign in _OPENING_QUOTES:
            index += 1
        found = self.match(line, index) if index < limit else None
        if found is None:
            self._inside(line, draft)
            return
        stop, readings = found
        unit = self.choose(line, readings, draft.number_first, stop)
        if unit is None:
            return
        end = index + min(unit.length, stop - index)
        behind = end if end < len(tokens.texts) and tokens.texts[end] == "/" else stop
        if behind < limit and tokens.texts[behind] == "/" and self._per(line, draft, index, behind, unit, limit):
            return
        self.take(line, draft, unit, index, end)
        if draft.unit_text == "m":
            self._metre_and_more(tokens, draft, end)

    def _behind_bracket(self, line: Line, draft: Draft, index: int) -> int:
        """47/56 (đạt 84%) đơn vị, 73% (58.587) ý kiến: the noun may stand behind the bracket."""
        tokens = line.tokens
        if tokens.texts[index] == "(":
            stop = line.bracket_stop(index) or index
            shares = draft.numeral.kind == "fraction" or "%" in tokens.texts[index:stop]
            return stop if shares else index
        inside = draft.number_first > 1 and tokens.texts[draft.number_first - 1] == "(" and tokens.texts[index] == ")"
        return index + 1 if inside and tokens.texts[draft.number_first - 2] == "%" else index

    def _inside(self, line: Line, draft: Draft) -> None:
        """Hai ngày rưỡi: the unit before the half stands inside the number."""
        inner = draft.numeral.inner_unit
        if inner is None or draft.numeral.kind == "range":
            return
        first = line.tokens.at(inner.start)
        found = self.match(line, first)
        unit = self.choose(line, found[1], draft.number_first, draft.number_stop) if found is not None else None
        if unit is not None:
            self.take(line, draft, unit, first, first + unit.length)

    def _metre_and_more(self, tokens: Tokens, draft: Draft, index: int) -> None:
        """1m61: what is written right behind the m are its decimals, and the m stands inside the number."""
        if index >= len(tokens.texts) or not tokens.texts[index].isdigit():
            return
        if (
            draft.numeral.value is None
            or draft.numeral.decimals
            or tokens.starts[index] != tokens.end(draft.number_stop - 1) + 1
        ):
            return
        digits = tokens.texts[index]
        value = draft.numeral.value + Decimal(digits).scaleb(-len(digits))
        draft.numeral = draft.numeral._replace(value=value, end=tokens.end(index), decimals=len(digits))
        draft.number_stop, draft.stop = index + 1, max(draft.stop, index + 1)

    def _is_multiple(self, tokens: Tokens, draft: Draft) -> bool:
        """gấp ba mức cũ: what follows is compared with, not counted."""
        index = self.without_hedge(tokens, draft)
        if index == 0 or tokens.lowers[index - 1] not in self._multiple_ends:
            return False
        if self._multiple.match_back(tokens, index) is None:
            return False
        return draft.number_stop >= len(tokens.texts) or tokens.lowers[draft.number_stop] not in self._ratio_units

    def _per(self, line: Line, draft: Draft, first: int, slash: int, unit: Unit | None, limit: int) -> bool:
        """đồng/người/tháng: the whole of it is the unit, and the figure a rate."""
        tokens, stop = line.tokens, slash
        while stop < min(limit, len(tokens.texts)) and tokens.texts[stop] == "/":
            if stop + 1 >= len(tokens.texts) or not tokens.texts[stop + 1][0].isalpha():
                break
            found = self.match(line, stop + 1)
            stop = found[0] if found is not None else stop + 2
        if stop == slash:
            return False
        text = between(tokens, first, stop)
        if unit is not None and text.lower() in self._either:
            return False
        code = f"{unit.code}_per" if unit is not None else "per"
        draft.set_unit(unit, first, stop, text, code, "rate", "units.per")
        return True

    def take(self, line: Line, draft: Draft, unit: Unit, first: int, stop: int) -> None:
        """Give the draft this unit, written in the tokens `first`..`stop`, and the kind it makes with the number."""
        tokens = line.tokens
        text = between(tokens, first, stop)
        kind, rule = unit.kind, f"units.{unit.kind}.{unit.code}"
        halved = unit.kind == "measure" and draft.numeral.form == "words"  # nửa kg; but 6/8 điểm is a ratio
        if draft.numeral.kind == "fraction" and unit.kind != "duration" and not halved:
            kind, rule = "ratio", "units.ratio.fraction"
        elif unit.kind == "event_count" and text in self._ratio_units:
            compared = self._compared(tokens, draft, stop)
            kind, rule = ("ratio", compared) if compared else (kind, rule)
        once = tokens.lowers[draft.number_first] in self._one and text in self._ratio_units
        if once and draft.number_first and tokens.lowers[draft.number_first - 1] in self._times:
            kind, rule = "rate", EACH_TIME
        if kind in ("event_count", "duration", "item_count") and self._per_time(tokens, draft, text):
            kind, rule = "rate", EACH_TIME
        if kind in ("event_count", "duration") and self._time_behind(tokens, stop):
            kind, rule = "rate", EACH_TIME
        draft.set_unit(unit, first, stop, text, unit.code, kind, rule)

    def _compared(self, tokens: Tokens, draft: Draft, stop: int) -> str | None:
        """The rule by which a number of times is a ratio: gấp 3 lần, tăng hơn 2 lần; 5 lần mức lương cơ sở."""
        if self._ratio_left.match_back(tokens, self.without_hedge(tokens, draft)) is not None:
            return "units.ratio.times"
        return "units.ratio.times-measure" if self._ratio_right.match(tokens, stop) is not None else None

    def is_no_unit(self, tokens: Tokens, index: int) -> bool:
        """Whether the words at the token only begin like a unit: năm trước, đồng thời."""
        return self._not_units.match(tokens, index) is not None

    def without_hedge(self, tokens: Tokens, draft: Draft) -> int:
        """The index of the number, or of a hedge of one word before it."""
        index = draft.number_first
        return index - 1 if index and tokens.lowers[index - 1] in self._size_hedges else index

    def _per_time(self, tokens: Tokens, draft: Draft, unit: str) -> bool:
        """mỗi tháng một buổi, mỗi tuần anh học 4 tối: so many per time."""
        for index in range(draft.number_first, max(1, draft.number_first - 4), -1):
            if not tokens.texts[index - 1][0].isalpha():
                return False
            if tokens.lowers[index - 1] in self._times and self._each.match_back(tokens, index - 1) is not None:
                # mỗi năm … 15 năm is a time within times, no rate
                return tokens.lowers[index - 1] != unit
        return False

    def _time_behind(self, tokens: Tokens, index: int) -> bool:
        """Hai lần một tháng, 8 giờ mỗi ngày."""
        found = self._each_after.match(tokens, index)
        return found is not None and found[0] < len(tokens.texts) and tokens.lowers[found[0]] in self._times
