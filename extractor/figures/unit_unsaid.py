"""The unit of a number with no listed noun behind it: before it, left out, a sum of money, or a noun no list has."""

from __future__ import annotations

from extractor.figures.draft import Draft
from extractor.figures.kinds import Unit
from extractor.figures.lexicon import NOUN
from extractor.figures.line import Line
from extractor.figures.unit_behind import UnitBehind
from extractor.figures.unit_rows import UnitRows
from extractor.figures.unit_rules import HALF, UnitRules, phrases
from extractor.tokens import Tokens, syllables
from extractor.words import Words

# Syllables behind a number that the tagger is shown, and its tags for common nouns and classifiers.
STRETCH = 4
LETTERS = 2
NOUNS = frozenset({"N", "Nc", "Nu"})
# A person's noun that names a group has at most this many syllables (công nhân lao động).
GROUP = 4
# Tokens before a number in which a coefficient is named, or the noun that "số … là" counts; links between.
COEFFICIENT = 8
COUNTED = 13
LINKS = 4
# A sum of money is no smaller.
SUM = 1000


class UnitUnsaid:
    """Tells what a number counts that has no listed noun behind it."""

    def __init__(self, behind: UnitBehind, rules: UnitRules, words: Words) -> None:
        self._behind = behind
        self._rows = UnitRows(behind, rules)
        self._words = words
        self._no_nouns = phrases(rules.no_nouns)
        self._count_heads = phrases(rules.count_heads)
        self._units_before = phrases(rules.units_before)
        self._before_hedges = frozenset(rules.before_hedges)
        self._not_count_after = frozenset(rules.not_count_after)
        self._count_links = phrases(rules.count_links)
        self._half_left = phrases(rules.half_left)
        self._half_right = phrases(rules.half_right)
        self._magnitudes = frozenset(rules.money_magnitudes)
        self._small = frozenset(rules.small_magnitudes)
        self._large = frozenset(rules.large_magnitudes)
        self._money_left = phrases(rules.money_left)
        self._money_sure = phrases(rules.money_sure)
        self._money_nouns = phrases(rules.money_nouns)
        self._coefficients = phrases(rules.coefficient_heads)
        self._elliptic_left = phrases(rules.elliptic_left)
        self._elliptic_right = phrases(rules.elliptic_right)
        self._group_links = phrases(rules.group_links)
        self._group_stops = frozenset(rules.group_stops)

    def assign(self, line: Line, draft: Draft, before: Draft | None) -> None:
        """Give a draft without a noun behind it unit and kind, if its surroundings tell; `before` is the figure before."""
        if draft.numeral.bare:
            if draft.numeral.kind == "fraction" and self._is_share(line.tokens, draft):
                draft.set_unit(None, 0, 0, None, None, "ratio", HALF)
            return
        if draft.numeral.kind == "fraction":
            draft.set_unit(None, 0, 0, None, None, "ratio", "units.ratio.fraction")
        elif (
            self._unit_right_before(line, draft)
            or self._unit_on_the_left(line, draft)
            or self._rows.headed(line, draft)
        ):
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

    def _is_share(self, tokens: Tokens, draft: Draft) -> bool:
        """Quá nửa, nửa số đoàn viên: nửa is a share here, not half of a thing."""
        left = self._half_left.match_back(tokens, draft.number_first)
        return left is not None or self._half_right.match(tokens, draft.number_stop) is not None

    def _unit_right_before(self, line: Line, draft: Draft) -> bool:
        """Sau tuổi 35; but in "60 tuổi, 35 năm" the noun belongs to the number before it."""
        tokens = line.tokens
        index = draft.number_first
        index -= index > 1 and tokens.lowers[index - 1] in self._before_hedges  # độ tuổi | dưới 35
        found = self._units_before.match_back(tokens, index)
        if found is None or found[0] == 0 or tokens.texts[found[0] - 1][0].isdigit():
            return False
        matched = self._behind.match(line, found[0])
        unit = self._behind.choose(line, matched[1], found[0], index) if matched is not None else None
        if unit is None:
            return False
        self._behind.take(line, draft, unit, found[0], index)
        draft.rules.append("units.before")
        return True

    def _unlisted_noun(self, line: Line, draft: Draft) -> None:
        """A noun that no kind lists counts something else."""
        stop = None if draft.numeral.decimals else self._noun_at(line, draft.number_stop)
        if stop is None:
            return
        unit = Unit("other_count", "unlisted", stop - draft.number_stop, person=False, left=(), right=())
        self._behind.take(line, draft, unit, draft.number_stop, stop)
        draft.rules[-1] = "units.unlisted-noun"

    def _noun_at(self, line: Line, first: int) -> int | None:
        """Where the common noun at the token ends, by its part of speech: lists leave it open, so the tagger is asked."""
        tokens = line.tokens
        if first >= len(tokens.texts) or first in line.skip or not tokens.texts[first].islower():
            return None
        if (
            len(tokens.texts[first]) < LETTERS
            or not tokens.texts[first].isalpha()
            or self._no_nouns.match(tokens, first) is not None
        ):
            return None
        if self._behind.is_no_unit(tokens, first):
            return None
        stop = first
        while stop < min(len(tokens.texts), first + STRETCH) and tokens.texts[stop].isalpha():
            stop += 1
        stretch = " ".join(tokens.texts[first:stop])
        word, tag = self._words.tag(stretch)[0]
        return first + len(syllables(word.of(stretch))) if tag in NOUNS else None

    def _is_coefficient(self, tokens: Tokens, draft: Draft) -> bool:
        """Whether a coefficient stands before the number in its clause: hệ số lương hiện tại là 1,86."""
        if draft.numeral.decimals == 0:
            return False
        for start in range(draft.number_first - 1, max(-1, draft.number_first - 1 - COEFFICIENT), -1):
            if not tokens.texts[start][0].isalnum():
                return False
            if self._coefficients.match(tokens, start) is not None:
                return True
        return False

    def _before_links(self, tokens: Tokens, draft: Draft) -> int:
        index = draft.number_first
        for _ in range(LINKS):
            found = self._count_links.match_back(tokens, index)
            if found is None:
                break
            index = found[0]
        return index

    def _unit_on_the_left(self, line: Line, draft: Draft) -> bool:
        tokens = line.tokens
        index = draft.number_first
        stop = self._before_links(tokens, draft)
        if stop == index:
            return False
        for start in range(stop - 1, max(-1, stop - 1 - COUNTED), -1):
            if tokens.texts[start] in (",", ";", ".", "\n", "(", ")") or tokens.texts[start][0].isdigit():
                return False
            head = self._count_heads.match(tokens, start)
            if head is None or head[0] >= stop or (start and tokens.lowers[start - 1] in self._not_count_after):
                continue
            found = self._behind.match(line, head[0])
            if found is None:
                continue
            unit = self._behind.choose(line, found[1], head[0], found[0])
            if unit is None:
                return False
            self._behind.take(line, draft, unit, head[0], head[0] + unit.length)
            draft.rules.append("units.number-of")
            return True
        return False

    def _money_without_currency(self, line: Line, draft: Draft) -> bool:
        tokens, numeral = line.tokens, draft.numeral
        last = self._magnitude(tokens, draft)
        if not last or (numeral.value or numeral.high or 0) < SUM:
            return False
        following = tokens.texts[draft.number_stop] if draft.number_stop < len(tokens.texts) else "."
        if last in self._small and self._money_left.match_back(tokens, draft.number_first) is None:
            return False
        if not following[0].isalpha() or self._money_nouns.match(tokens, draft.number_stop) is not None:
            return True
        # Hàng triệu tín đồ, 12 triệu thuê bao: what follows may be counted even if no list has it.
        if self._behind.match(line, draft.number_stop) is not None:
            return False
        if self.is_surely_sum(tokens, draft):
            return self._noun_at(line, draft.number_stop) is None
        # Khu đất 50 tỷ bỏ hoang: whatever else comes in thousands of millions is named by a known noun.
        if last in self._large and line.parts.tag[draft.number_stop] != NOUN:
            return not self._broken_off(tokens, draft.number_first)
        return draft.number_stop in line.skip or self._no_nouns.match(tokens, draft.number_stop) is not None

    def _broken_off(self, tokens: Tokens, first: int) -> bool:
        """Whether the number may be the end of another, whose comma has a space behind it: 370, 58 tỷ."""
        return first > 1 and tokens.texts[first - 1] == "," and tokens.texts[first - 2][0].isdigit()

    def _magnitude(self, tokens: Tokens, draft: Draft) -> str:
        """The last magnitude of the number in which sums are told, or nothing."""
        words = tokens.lowers[draft.number_first : draft.number_stop]
        return next((word for word in reversed(words) if word in self._magnitudes), "")

    def _is_sum(self, tokens: Tokens, draft: Draft) -> bool:
        """Whether nothing but a sum is told so: 9 người, mỗi người 300 nghìn; mỗi tổ 2 triệu."""
        return (
            bool(self._magnitude(tokens, draft)) and self._money_left.match_back(tokens, draft.number_first) is not None
        )

    def is_surely_sum(self, tokens: Tokens, draft: Draft) -> bool:
        """Whether a word for paying or worth stands before a number with a magnitude: trị giá 350 triệu."""
        before = self._behind.without_hedge(tokens, draft)
        return bool(self._magnitude(tokens, draft)) and self._money_sure.match_back(tokens, before) is not None

    def _elliptic(self, line: Line, draft: Draft, before: Draft) -> bool:
        tokens = line.tokens
        if before.kind in ("money", "percentage", "ratio", "rate", "duration", "measure"):
            return False
        left = self._elliptic_left.match_back(tokens, draft.number_first) is not None
        right = self._elliptic_right.match(tokens, draft.number_stop) is not None
        return (left and right) or self._names_group(line, draft, before) or self._rows.in_row(line, draft, before)

    def _names_group(self, line: Line, draft: Draft, before: Draft) -> bool:
        """3.046 đoàn viên, trong đó nữ 1.872, chiếm 61%: the group's name stands before the number, its noun is left out."""
        tokens, index = line.tokens, draft.number_first
        if before.unit is None or not before.unit.person or draft.numeral.decimals or self._is_sum(tokens, draft):
            return False
        if draft.number_stop < len(tokens.texts) and tokens.texts[draft.number_stop] not in self._group_stops:
            return False
        link = self._group_links.match_back(tokens, index)
        stop = link[0] if link is not None else index
        for start in range(max(before.stop, stop - GROUP), stop):
            found = self._behind.match(line, start)
            if found is not None and found[0] == stop and found[1][0].person:
                return True
        return False
