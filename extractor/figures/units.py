"""The unit of a number: the noun or sign behind it, shared along a list, before it, or left unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from extractor.datafile import Table, files, load
from extractor.figures.draft import Draft
from extractor.figures.kinds import Unit, UnitTables
from extractor.figures.line import Line
from extractor.span import Span
from extractor.tokens import Phrases, Tokens, syllables
from extractor.trace import Trace
from extractor.words import Words

# Syllables behind a number that the tagger is shown, and its tags for common nouns and classifiers.
STRETCH = 4
LETTERS = 2
NOUNS = frozenset({"N", "Nc", "Nu"})
MULTIPLE = "units.ratio.multiple"
HALF = "units.ratio.half"
PART_OF = "units.part-of"
# Populations that a rate is told for.
ROUND = frozenset({100, 1000, 10_000, 100_000, 1_000_000})
# A person's noun that names a group has at most this many syllables (công nhân lao động).
GROUP = 4
Match = tuple[int, tuple[Unit, ...]]
_LIST_JOINTS = frozenset({",", "và", "hoặc", "hay", ";", "đến"})
_OPENING_QUOTES = frozenset('“"‘')
# Words of a unit phrase stand within this many characters behind the number.
_REACH = 48


class UnitRules(Table):
    """`data/unit_rules.toml`."""

    count_heads: tuple[str, ...]
    not_count_after: tuple[str, ...]
    count_links: tuple[str, ...]
    ratio_left: tuple[str, ...]
    ratio_units: tuple[str, ...]
    multiple: tuple[str, ...]
    money_magnitudes: tuple[str, ...]
    money_left: tuple[str, ...]
    each: tuple[str, ...]
    half_left: tuple[str, ...]
    each_after: tuple[str, ...]
    either: tuple[str, ...]
    money_nouns: tuple[str, ...]
    times: tuple[str, ...]
    one_left: tuple[str, ...]
    one_units: tuple[str, ...]
    coefficient_heads: tuple[str, ...]
    elliptic_left: tuple[str, ...]
    elliptic_right: tuple[str, ...]
    group_links: tuple[str, ...]
    group_stops: tuple[str, ...]
    part_links: tuple[str, ...]
    not_bare_after: tuple[str, ...]
    no_nouns: tuple[str, ...]
    not_units: tuple[str, ...]


def _phrases(words: Iterable[str]) -> Phrases[str]:
    return Phrases((word, word) for word in words)


class UnitResolver:
    """Gives every draft of a sentence its unit and kind, and drops those that count nothing."""

    def __init__(self, tables: UnitTables, rules: UnitRules, words: Words) -> None:
        self._tables = tables
        self._words = words
        self._not_units = _phrases(rules.not_units)
        self._no_nouns = _phrases(rules.no_nouns)
        self._count_heads = _phrases(rules.count_heads)
        self._not_count_after = frozenset(rules.not_count_after)
        self._count_links = _phrases(rules.count_links)
        self._ratio_left = _phrases(rules.ratio_left)
        self._ratio_units = frozenset(rules.ratio_units)
        self._multiple = _phrases(rules.multiple)
        self._group_links = _phrases(rules.group_links)
        self._group_stops = frozenset(rules.group_stops)
        self._part_links = frozenset(tuple(words.split()) for words in rules.part_links)
        self._magnitudes = frozenset(rules.money_magnitudes)
        self._money_left = _phrases(rules.money_left)
        self._each = _phrases(rules.each)
        self._half_left = _phrases(rules.half_left)
        self._each_after = _phrases(rules.each_after)
        self._either = frozenset(rules.either)
        self._money_nouns = _phrases(rules.money_nouns)
        self._times = frozenset(rules.times)
        self._one_left = _phrases(rules.one_left)
        self._one_units = frozenset(rules.one_units)
        self._coefficients = _phrases(rules.coefficient_heads)
        self._elliptic_left = _phrases(rules.elliptic_left)
        self._elliptic_right = _phrases(rules.elliptic_right)
        self._not_bare_after = _phrases(rules.not_bare_after)

    @classmethod
    def load(cls, tables: UnitTables, words: Words, folders: Sequence[Path] = ()) -> UnitResolver:
        """From the last of the package's and the users' `unit_rules.toml`; `words` tells nouns that no list has."""
        return cls(tables, load(files("unit_rules.toml", folders)[-1], UnitRules), words)

    def unit_at(self, text: str, lower: str) -> Callable[[int], int | None]:
        """For the numeral scanner: where the unit ends that starts at a text position, or None."""

        def end_of_unit(position: int) -> int | None:
            tokens = Tokens.of(text, lower, position, min(len(text), position + _REACH))
            found = self._tables.match(tokens, 0) if len(tokens) and tokens.starts[0] - position <= 1 else None
            if found is None:
                return None
            stop = min(found[1][0].length, found[0])
            return tokens.ends[stop - 1]

        return end_of_unit

    # -- a sentence --------------------------------------------------------------------------------------------

    def resolve(self, line: Line, drafts: list[Draft], trace: Trace) -> list[Draft]:
        """The drafts that have a unit or need none, with unit and kind set."""
        tokens = line.tokens
        for position, draft in enumerate(drafts):
            limit = drafts[position + 1].number_first if position + 1 < len(drafts) else len(tokens)
            self._own_unit(line, draft, limit)
        self._once_in(tokens, drafts)
        drafts = self._in_so_many(tokens, drafts)
        for position in range(len(drafts) - 2, -1, -1):
            self._share(tokens, drafts[position], drafts[position + 1])
        for position, draft in enumerate(drafts):
            if not draft.kind:
                before = next((d for d in reversed(drafts[:position]) if d.kind), None)
                self._without_unit(line, draft, before)
        kept = [draft for draft in drafts if draft.kind]
        for draft in drafts:
            if not draft.kind:
                trace.note(
                    Span(draft.numeral.start, draft.numeral.end), draft.numeral.rule, "rejected", "it counts nothing"
                )
        return kept

    def match(self, line: Line, index: int) -> Match | None:
        """The unit phrase at a token; an abbreviation is looked up by what it stands for.

        What begins a date or a year is none: 10 tỷ năm 2017.
        """
        if index in line.skip:
            return None
        found = self._tables.match(line.tokens, index)
        other = self._not_units.match(line.tokens, index) if found is not None else None
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

    def _choose(self, line: Line, readings: tuple[Unit, ...], first: int, stop: int) -> Unit | None:
        words = line.tokens.lowers
        left = set(words[max(0, first - 6) : first])
        right = set(words[stop : stop + 6])
        for unit in readings:
            if (unit.left and left.intersection(unit.left)) or (unit.right and right.intersection(unit.right)):
                return unit
        return next((unit for unit in readings if not unit.left and not unit.right), None)

    def _own_unit(self, line: Line, draft: Draft, limit: int) -> None:
        tokens, index = line.tokens, draft.number_stop
        if index < len(tokens) and tokens.texts[index] == "/":
            self._per(line, draft, index, index, None, limit)
            return
        if self._is_multiple(tokens, draft):
            draft.set_unit(None, 0, 0, None, None, "ratio", MULTIPLE)
            return
        if draft.numeral.kind == "fraction" and index < len(tokens) and tokens.texts[index] == "(":
            # 47/56 (đạt 84%) đơn vị: the noun may stand behind the bracket.
            index = line.bracket_stop(index) or index
            limit = max(limit, index + 4)
        if index < len(tokens) and tokens.texts[index] in _OPENING_QUOTES:
            index += 1
        if index >= limit:
            return
        found = self.match(line, index)
        if found is None:
            return
        stop, readings = found
        unit = self._choose(line, readings, draft.number_first, stop)
        if unit is None:
            return
        end = index + min(unit.length, stop - index)
        behind = end if end < len(tokens) and tokens.texts[end] == "/" else stop
        if behind < limit and tokens.texts[behind] == "/" and self._per(line, draft, index, behind, unit, limit):
            return
        self._take(line, draft, unit, index, end)
        self._metre_and_more(tokens, draft, end)

    def _metre_and_more(self, tokens: Tokens, draft: Draft, index: int) -> None:
        """1m61: what is written right behind the m are its decimals, and the m stands inside the number."""
        if draft.unit_text != "m" or index >= len(tokens) or not tokens.texts[index].isdigit():
            return
        if (
            draft.numeral.value is None
            or draft.numeral.decimals
            or tokens.starts[index] != tokens.ends[draft.number_stop - 1] + 1
        ):
            return
        digits = tokens.texts[index]
        value = draft.numeral.value + Decimal(digits).scaleb(-len(digits))
        draft.numeral = replace(draft.numeral, value=value, end=tokens.ends[index], decimals=len(digits))
        draft.number_stop, draft.stop = index + 1, max(draft.stop, index + 1)

    def _is_multiple(self, tokens: Tokens, draft: Draft) -> bool:
        """gấp ba mức cũ: what follows is compared with, not counted."""
        if self._multiple.match_back(tokens, self._behind_hedge(tokens, draft)) is None:
            return False
        return draft.number_stop >= len(tokens) or tokens.lowers[draft.number_stop] not in self._ratio_units

    def _per(self, line: Line, draft: Draft, first: int, slash: int, unit: Unit | None, limit: int) -> bool:
        """đồng/người/tháng: the whole of it is the unit, and the figure a rate."""
        tokens, stop = line.tokens, slash
        while stop < min(limit, len(tokens)) and tokens.texts[stop] == "/":
            if stop + 1 >= len(tokens) or not tokens.texts[stop + 1][0].isalpha():
                break
            found = self.match(line, stop + 1)
            stop = found[0] if found is not None else stop + 2
        if stop == slash:
            return False
        text = _between(tokens, first, stop)
        if unit is not None and text.lower() in self._either:
            return False
        code = f"{unit.code}_per" if unit is not None else "per"
        draft.set_unit(unit, first, stop, text, code, "rate", "units.per")
        return True

    def _take(self, line: Line, draft: Draft, unit: Unit, first: int, stop: int) -> None:
        tokens = line.tokens
        text = _between(tokens, first, stop)
        kind, rule = unit.kind, f"units.{unit.kind}.{unit.code}"
        if draft.numeral.kind == "fraction" and unit.kind != "duration":
            kind, rule = "ratio", "units.ratio.fraction"
        elif unit.kind == "event_count" and text in self._ratio_units:
            if self._ratio_left.match_back(tokens, self._behind_hedge(tokens, draft)) is not None:
                kind, rule = "ratio", "units.ratio.times"
        once = tokens.lowers[draft.number_first] == "một" and text in self._ratio_units
        if once and draft.number_first and tokens.lowers[draft.number_first - 1] in self._times:
            kind, rule = "rate", "units.each-time"
        if kind in ("event_count", "duration", "item_count") and self._per_time(tokens, draft, text):
            kind, rule = "rate", "units.each-time"
        if kind in ("event_count", "duration") and self._time_behind(tokens, stop):
            kind, rule = "rate", "units.each-time"
        draft.set_unit(unit, first, stop, text, unit.code, kind, rule)

    def _behind_hedge(self, tokens: Tokens, draft: Draft) -> int:
        index = draft.number_first
        return index - 1 if index and tokens.lowers[index - 1] in ("hơn", "gần", "khoảng", "trên") else index

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
        return found is not None and found[0] < len(tokens) and tokens.lowers[found[0]] in self._times

    def _once_in(self, tokens: Tokens, drafts: list[Draft]) -> None:
        """hai năm một lần: one figure, a rate; the time before it is its measure and no duration."""
        for before, draft in zip(drafts, drafts[1:], strict=False):
            if (
                draft.unit_text in self._ratio_units
                and before.kind == "duration"
                and tokens.lowers[draft.number_first] == "một"
            ):
                if draft.number_first - before.stop <= 1:
                    draft.kind, before.kind = "rate", ""
                    draft.rules.append("units.each-time")

    def _in_so_many(self, tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
        """43,1/100.000 dân: one figure, a rate; the round number behind the slash belongs to its unit."""
        taken: list[Draft] = []
        for draft, following in zip(drafts, drafts[1:], strict=False):
            slash, first = draft.number_stop, following.number_first
            if draft.kind or first - slash != 1 or tokens.texts[slash] != "/" or following.numeral.value not in ROUND:
                continue
            stop = following.unit_tokens[1] if following.unit_tokens else following.number_stop
            text = _between(tokens, slash, stop)
            draft.set_unit(following.unit, slash, stop, text, "per", "rate", "units.per")
            taken.append(following)
        return [draft for draft in drafts if not any(draft is other for other in taken)]

    # -- numbers whose noun is elsewhere -----------------------------------------------------------------------

    def _share(self, tokens: Tokens, draft: Draft, following: Draft) -> None:
        """12, 15 và 8 lớp: a list shares the last one's unit."""
        if draft.kind or following.unit is None or following.inherited:
            return
        gap = tokens.lowers[draft.number_stop : following.number_first]
        if self._is_part(tokens, draft, tuple(gap)):
            draft.set_unit(following.unit, 0, 0, following.unit_text, following.unit_code, following.unit.kind, PART_OF)
            draft.unit_tokens = following.unit_tokens
            return
        if draft.numeral.bare:
            return
        if not gap or len(gap) > 2 or not all(word in _LIST_JOINTS for word in gap) or "đến" in gap:
            return
        first, stop = following.unit_tokens or (0, 0)
        draft.set_unit(
            following.unit, 0, 0, following.unit_text, following.unit_code, following.kind, "units.shared-in-list"
        )
        draft.unit_tokens = (first, stop) if first < stop else None

    def _is_part(self, tokens: Tokens, draft: Draft, gap: tuple[str, ...]) -> bool:
        """5 trong 7 yêu cầu; "một trong 7" is no number, it says "one of them"."""
        if gap not in self._part_links or draft.numeral.decimals:
            return False
        return not draft.numeral.bare or tokens.lowers[draft.number_first] not in ("một", "năm")

    def _without_unit(self, line: Line, draft: Draft, before: Draft | None) -> None:
        if draft.numeral.bare:
            if draft.numeral.kind == "fraction" and self._half_left.match_back(line.tokens, draft.number_first):
                draft.set_unit(None, 0, 0, None, None, "ratio", HALF)
            return
        if draft.numeral.kind == "fraction":
            draft.set_unit(None, 0, 0, None, None, "ratio", "units.ratio.fraction")
        elif self._unit_on_the_left(line, draft):
            return
        elif self._money_without_currency(line, draft):
            draft.set_unit(None, 0, 0, None, "VND", "money", "units.money.unsaid")
        elif self._is_coefficient(line.tokens, draft):
            draft.set_unit(None, 0, 0, None, None, "measure", "units.coefficient")
        elif before is not None and before.unit is not None and self._elliptic(line, draft, before):
            draft.set_unit(before.unit, 0, 0, None, before.unit.code, before.kind, "units.elliptic")
            draft.inherited = True
        else:
            self._unlisted_noun(line, draft)

    def _unlisted_noun(self, line: Line, draft: Draft) -> None:
        """A noun that no kind lists counts something else."""
        stop = None if draft.numeral.decimals else self._noun_at(line, draft.number_stop)
        if stop is None:
            return
        unit = Unit("other_count", "unlisted", stop - draft.number_stop, person=False, left=(), right=())
        self._take(line, draft, unit, draft.number_stop, stop)
        draft.rules[-1] = "units.unlisted-noun"

    def _noun_at(self, line: Line, first: int) -> int | None:
        """Where the common noun at the token ends, by its part of speech: lists leave it open, so the tagger is asked."""
        tokens = line.tokens
        if first >= len(tokens) or first in line.skip or not tokens.texts[first].islower():
            return None
        if len(tokens.texts[first]) < LETTERS or self._no_nouns.match(tokens, first) is not None:
            return None
        stop = first
        while stop < min(len(tokens), first + STRETCH) and tokens.texts[stop].isalpha():
            stop += 1
        stretch = " ".join(tokens.texts[first:stop])
        word, tag = self._words.tag(stretch)[0]
        return first + len(syllables(word.of(stretch))) if tag in NOUNS else None

    def _is_coefficient(self, tokens: Tokens, draft: Draft) -> bool:
        """Whether a coefficient stands before the number in its clause: hệ số lương hiện tại là 1,86."""
        if draft.numeral.decimals == 0:
            return False
        for start in range(draft.number_first - 1, max(-1, draft.number_first - 9), -1):
            if not tokens.texts[start][0].isalnum():
                return False
            if self._coefficients.match(tokens, start) is not None:
                return True
        return False

    def _before_links(self, tokens: Tokens, draft: Draft) -> int:
        index = draft.number_first
        for _ in range(4):
            found = self._count_links.match_back(tokens, index)
            if found is None:
                break
            index = found[0]
        return index

    def _unit_on_the_left(self, line: Line, draft: Draft) -> bool:
        tokens = line.tokens
        index = draft.number_first
        stop = self._before_links(tokens, draft)
        if stop == index and not (index < len(tokens)):
            return False
        linked = stop < index
        for start in range(stop - 1, max(-1, stop - 14), -1):
            if tokens.texts[start] in (",", ";", ".", "\n", "(", ")") or tokens.texts[start][0].isdigit():
                return False
            head = self._count_heads.match(tokens, start)
            if head is None or head[0] >= stop or (start and tokens.lowers[start - 1] in self._not_count_after):
                continue
            found = self.match(line, head[0])
            if found is None or not linked:
                continue
            unit = self._choose(line, found[1], head[0], found[0])
            if unit is None:
                return False
            self._take(line, draft, unit, head[0], head[0] + unit.length)
            draft.rules.append("units.number-of")
            return True
        return False

    def _money_without_currency(self, line: Line, draft: Draft) -> bool:
        tokens, numeral = line.tokens, draft.numeral
        words = tokens.lowers[draft.number_first : draft.number_stop]
        last = next((word for word in reversed(words) if word in self._magnitudes), "")
        if not last or (numeral.value or numeral.high or 0) < 1000:
            return False
        following = tokens.texts[draft.number_stop] if draft.number_stop < len(tokens) else "."
        if last in ("nghìn", "ngàn", "k") and self._money_left.match_back(tokens, draft.number_first) is None:
            return False
        if not following[0].isalpha() or self._money_nouns.match(tokens, draft.number_stop) is not None:
            return True
        # Hàng triệu tín đồ: a noun behind is counted, even if no list has it.
        return self.match(line, draft.number_stop) is None and self._noun_at(line, draft.number_stop) is None

    def _elliptic(self, line: Line, draft: Draft, before: Draft) -> bool:
        tokens = line.tokens
        if before.kind in ("money", "percentage", "ratio", "rate", "duration", "measure"):
            return False
        left = self._elliptic_left.match_back(tokens, draft.number_first) is not None
        right = self._elliptic_right.match(tokens, draft.number_stop) is not None
        return (left and right) or self._names_group(line, draft, before)

    def _names_group(self, line: Line, draft: Draft, before: Draft) -> bool:
        """3.046 đoàn viên, trong đó nữ 1.872, chiếm 61%: the group's name stands before the number, its noun is left out."""
        tokens, index = line.tokens, draft.number_first
        if before.unit is None or not before.unit.person or draft.numeral.decimals:
            return False
        if draft.number_stop < len(tokens) and tokens.texts[draft.number_stop] not in self._group_stops:
            return False
        link = self._group_links.match_back(tokens, index)
        stop = link[0] if link is not None else index
        for start in range(max(before.stop, stop - GROUP), stop):
            found = self.match(line, start)
            if found is not None and found[0] == stop and found[1][0].person:
                return True
        return False

    # -- lone number words -------------------------------------------------------------------------------------

    def accept(self, draft: Draft, trace: Trace, tokens: Tokens) -> bool:
        """Whether a lone number word is a number here; any other numeral is."""
        if not draft.numeral.bare or self._bare_counts(draft, tokens):
            return True
        trace.note(
            Span(draft.numeral.start, draft.numeral.end), draft.numeral.rule, "rejected", "a lone word, no number here"
        )
        return False

    def _bare_counts(self, draft: Draft, tokens: Tokens) -> bool:
        index = draft.number_first
        word = tokens.lowers[index]
        if MULTIPLE in draft.rules or HALF in draft.rules:
            return True
        if draft.unit_tokens is None or draft.unit_tokens[0] < draft.number_stop:
            return False
        if word != "một":
            return self._not_bare_after.match_back(tokens, index) is None
        if draft.modifier != "exact" or draft.kind in ("rate", "money", "percentage"):
            return True
        if self._one_left.match_back(tokens, index) is not None:
            return True
        return draft.unit_text in self._one_units


def _between(tokens: Tokens, first: int, stop: int) -> str:
    """The words of a token range as written, with single spaces where the text has any."""
    parts = [tokens.texts[first]]
    for index in range(first + 1, stop):
        if tokens.starts[index] > tokens.ends[index - 1]:
            parts.append(" ")
        parts.append(tokens.texts[index])
    return "".join(parts)
