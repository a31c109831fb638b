"""The noun phrase to the left: what a number behind its predicate, its property or at its end is said of."""

from __future__ import annotations

from itertools import pairwise

from extractor.figures.clause import NAMED_BY_VERBS, Clause, Range
from extractor.figures.kinds import UnitTables
from extractor.figures.lexicon import NAME
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists

# Tokens that one item of a list has (cao đẳng, trung cấp), and a category in a row of counts at most.
ITEM = 4
CATEGORY = 7


class LeftSide:
    """Finds phrases to the left of a number."""

    def __init__(self, lists: EntityLists, units: UnitTables, clause: Clause) -> None:
        self._lists = lists
        self._units = units
        self._clause = clause
        self._whole_numbers = frozenset(lists.whole_numbers)

    def phrase(self, line: Line, index: int) -> Range | None:
        """The phrase that the number at the token `index` is said of: its first token and the one behind its last."""
        stop = self._clause.before_links(line, index)
        if stop is None:
            return None
        stop = self._compared(line, stop) if self._clause.soft(line, stop, index) else stop
        link = self._clause.property(line, stop)
        if (
            link is not None
            and line.text(link - 1) in (",", ";")
            and self._lists.linkers.match(line.tokens, link) is not None
        ):
            return None  # , trị giá 500.000 đồng
        found = self._owner(line, stop)
        if found is None:
            tied = None if link is None else self._lists.linkers.match(line.tokens, link)
            found = self._before(line, link if link is not None and tied and tied[0] == stop else stop, index)
        if found is None or self._clause.bare_verb(line, found):
            return None
        tail = self._lists.tails.match(line.tokens, found[1])
        return (found[0], tail[0]) if tail is not None and tail[0] <= index else found

    def number_phrase(self, line: Line, unit: int, index: int) -> Range | None:
        """The phrase of a number whose noun, at the token `unit`, stands before it: số lớp đã mở: 36."""
        head = self._lists.number_heads.match_back(line.tokens, unit)
        stop = self._clause.before_links(line, index)
        if head is None or stop is None:
            return self.phrase(line, index)
        return self._clause.trimmed(line, head[0], max(stop, unit + 1))

    def _compared(self, line: Line, stop: int) -> int:
        """Back to the word of comparison, if one stands in the clause: giá thuốc | cao hơn giá bình quân (20%)."""
        low, commas = self._clause.bounds(line, stop)
        for index in range(commas[0] + 1 if commas else low, stop):
            if line.parts.first[index] == index and self._lists.comparatives.match(line.tokens, index) is not None:
                return self._clause.before_links(line, index) or index
        return stop

    def _owner(self, line: Line, stop: int) -> Range | None:
        """The thing whose property stands before `stop`: căn hộ | diện tích (30 m2), not tổng diện tích."""
        link = self._clause.property(line, stop)
        if link is None or not line.free(link - 1):
            return None
        if line.text(link - 1) == "(":
            return self._before(line, link - 1, link - 1)
        thing = self._clause.before_links(line, link) or link
        trade = self._lists.trade_verbs.match_back(line.tokens, thing)
        thing = trade[0] if trade is not None else thing
        if (
            thing <= 0
            or not line.free(thing - 1)
            or self._clause.ends(line, thing - 1)
            or self._clause.is_verb(line, thing - 1)
        ):
            return None
        low, commas = self._clause.bounds(line, thing)
        segment = commas[0] + 1 if commas else low
        found = self._clause.trimmed(line, self._clause.nearest_noun(line, segment, thing), thing)
        if found is None or self._lists.number_heads.match(line.tokens, found[1] - 1) is not None:
            return None
        return found

    def deed(self, line: Line, index: int) -> Range | None:
        """What takes the time at `index`: the last verb before it with its object, or the phrase it is said of."""
        stop = self._clause.before_links(line, index)
        if stop is None or self._clause.property(line, stop) is not None or self._lasting(line, stop, index):
            return self.phrase(line, index)
        stop = self._before_each(line, stop)
        segment = self._segment(line, stop)
        if self._clause.head(self._lists.left_heads, line, segment, stop) is not None:
            return self.phrase(line, index)
        for token in range(stop - 1, segment - 1, -1):
            if self._acts(line, token):
                return self._deed_from(line, segment, token, stop)
        return self.phrase(line, stop)

    def _lasting(self, line: Line, first: int, stop: int) -> bool:
        """Whether a verb of lasting makes what stands before it the subject: khóa học | kéo dài 5 ngày."""
        return any(self._lists.lasting.match(line.tokens, index) is not None for index in range(first, stop))

    def _before_each(self, line: Line, stop: int) -> int:
        """Before the words that say how often: họp | mỗi tháng (một buổi)."""
        for index in range(stop - 1, max(-1, stop - ITEM), -1):
            if self._lists.each.match(line.tokens, index) is not None:
                return index
        return stop

    def _segment(self, line: Line, stop: int) -> int:
        """Where the stretch between commas before `stop` begins."""
        low, commas = self._clause.bounds(line, stop)
        return commas[0] + 1 if commas else low

    def _acts(self, line: Line, index: int) -> bool:
        """Whether the token is a verb that does something: no auxiliary, no linking word."""
        first = line.parts.first[index]
        linking = self._lists.linkers.match(line.tokens, first) is not None
        return self._clause.is_verb(line, index) and not linking and not self._clause.helps(line, index)

    def _deed_from(self, line: Line, segment: int, token: int, stop: int) -> Range | None:
        first = line.parts.first[token]
        while first > segment and self._acts(line, first - 1):
            first = line.parts.first[first - 1]
        noun = self._units.match(line.tokens, line.parts.first[first - 1]) if first > segment else None
        if noun is not None and noun[1][0].kind in NAMED_BY_VERBS:
            return self._before(line, stop, stop)  # chuyến đi, khóa học
        if first > segment and self._clause.helps(line, first - 1):
            return self._before(line, line.parts.first[first - 1], stop)  # đại hội | được tổ chức
        return self._clause.trimmed(line, first, stop)

    def named_sum(self, line: Line, index: int) -> Range | None:
        """The head noun of the clause if it names the sum, although a verb of giving stands behind it."""
        low, commas = self._clause.bounds(line, index)
        head = self._clause.head(self._lists.sum_heads, line, commas[0] + 1 if commas else low, index)
        return None if head is None else self._clause.trimmed(line, head, index)

    def skipped_noun(self, line: Line, index: int) -> Range | None:
        """A head noun among the linking words themselves: mức tăng 13,3%."""
        stop = self._clause.before_links(line, index)
        head = self._clause.head(self._lists.left_heads, line, max(0, stop if stop is not None else index - 3), index)
        return None if head is None else self._clause.trimmed(line, head, index)

    def _before(self, line: Line, stop: int, index: int) -> Range | None:
        if stop <= 0 or line.figure[stop - 1] >= 0 or self._clause.ends(line, stop - 1):
            return None
        low, commas = self._clause.bounds(line, stop)
        segment = commas[0] + 1 if commas else low
        head = self._clause.head(self._lists.left_heads, line, segment, stop)
        if head is None and commas:
            head = self._clause.head(self._lists.far_heads, line, low, stop)
        if head is not None:
            return self._clause.trimmed(line, head, stop)
        if self._clause.soft(line, stop, index):
            stop = self._clause.without_verbs(line, stop)
        first = self._clause.behind_last_start(line, segment, stop, predicated=not self._clause.soft(line, stop, index))
        named = self._lists.attributive.match_back(line.tokens, first) is not None  # cho | sửa chữa
        if segment < first < stop and not named and self._clause.only_verbs(line, first, stop):
            return self._before(
                line, self._clause.before_links(line, first) or first, index
            )  # đã | sụt giảm mạnh xuống còn
        if first < stop and commas and first == segment:
            first = self._listed(line, low, commas, first)
        if stop == index:
            first = self._clause.nearest_noun(line, first, stop)
        return self._clause.trimmed(line, first, stop)

    def _listed(self, line: Line, low: int, commas: list[int], first: int) -> int:
        """Back over short items before the comma, if the list reaches to the figure before (cao đẳng, trung cấp có …)."""
        bounds = [*commas, low - 1]
        for near, far in pairwise(bounds):
            size = near - far - 1
            if not 0 < size <= ITEM or self._clause.behind_last_start(line, far + 1, near) != far + 1:
                return first
            if far + 1 in line.skip or self._lists.not_entity.match(line.tokens, far + 1) is not None:
                return first
            # What stands right at the clause's start may be its subject; only a list item follows a figure.
            if far == low - 1 and not (low > 0 and line.figure[low - 1] >= 0):
                return first
            first = far + 1
        return first

    def after_giver(self, line: Line, index: int) -> bool:
        """Whether a verb of giving, spending or getting stands right before the token."""
        found = self._lists.givers.match_back(line.tokens, index)
        return found is not None and not self._clause.inside_word(line, found[0], index)

    def category(self, line: Line, index: int) -> Range | None:
        """The category left of a bare count: sơ cấp có 17 người; not the body that has them (huyện có 17 người)."""
        if self._lists.category_links.match_back(line.tokens, index) is None:
            return None
        phrase = self.phrase(line, index)
        if phrase is None or "(" in line.tokens.texts[phrase[1] : index]:
            return None
        if not line.labels.isdisjoint(range(*phrase)):
            return phrase  # nhóm 3 có 51 người: a numbered group is a category
        return None if self._is_body(line, phrase[0]) else phrase

    def category_before(self, line: Line, index: int, after: int) -> Range | None:
        """The few words right before a count, or before its bracket, if nothing links them: tài chính 10 lớp."""
        stop = index - 1 if index and line.text(index - 1) == "(" else index
        first = stop
        while first > after and stop - first <= CATEGORY and self._plain(line, first):
            first = line.parts.first[first - 1]
        begins = first == 0 or (
            first > after and (self._clause.ends(line, first - 1) or self._clause.breaks(line, first))
        )
        if first == stop or stop - first > CATEGORY or not begins or self._is_body(line, first):
            return None
        return (first, stop) if self._lists.not_entity.match(line.tokens, first) is None else None

    def opens(self, line: Line, index: int) -> bool:
        """Whether a clause begins anew at the token."""
        return self._clause.breaks(line, index)

    def _plain(self, line: Line, index: int) -> bool:
        """Whether the word before the token may be part of a category: no figure, no date, no word that links."""
        if not line.says(index - 1) or index in line.skip_back or self._clause.ends(line, index - 1):
            return False
        first = line.parts.first[index - 1]
        if self._clause.breaks(line, index) or self._lists.each.match(line.tokens, first) is not None:
            return False
        return (
            all(words.match(line.tokens, first) is None for words in (self._lists.left_starts, self._lists.stops))
            or self._lists.compounds.match(line.tokens, first) is not None
        )

    def _is_body(self, line: Line, index: int) -> bool:
        found = self._units.match(line.tokens, index)
        body = self._lists.bodies.match(line.tokens, index)
        return (found is not None and all(unit.kind == "organization_count" for unit in found[1])) or (
            body is not None and body[0] >= line.parts.stop[index]
        )

    def donor_or_receiver(self, line: Line, index: int, phrase: Range) -> bool:
        """Whether the phrase that ends right at a sum names who gives or gets it: Công ty A 50 triệu đồng."""
        if phrase[1] != index or self._lists.each.match(line.tokens, phrase[0]) is not None:
            return False
        determiner = self._lists.determiners.match(line.tokens, phrase[0])
        first = determiner[0] if determiner is not None and determiner[0] < phrase[1] else phrase[0]
        found = self._units.match(line.tokens, first)
        people = found is not None and all(unit.person or unit.kind == "organization_count" for unit in found[1])
        return people or self._is_body(line, first) or line.parts.tag[first] == NAME

    def linked(self, line: Line, index: int) -> bool:
        """Whether a predicate or bracket ties the number to what stands before it."""
        found = self._lists.linkers.match_back(line.tokens, index)
        soft = self._lists.soft_links.match_back(line.tokens, index)
        return found is not None and (soft is None or found[0] < soft[0])

    def each_time(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase only says how often (mỗi quý)."""
        return self._lists.each.match(line.tokens, phrase[0]) is not None

    def averaged(self, line: Line, index: int) -> bool:
        """Whether the number is an average (bình quân 30 cuốn/tổ)."""
        return self._lists.averages.match_back(line.tokens, index) is not None

    def share_verb(self, line: Line, index: int) -> bool:
        """Whether the share at the token is said of what stands left: chiếm, tăng, giảm, vượt."""
        return self._lists.share_verbs.match_back(line.tokens, index) is not None

    def named_share(self, line: Line, index: int) -> Range | None:
        """The phrase left of a share that names the share itself: tỷ lệ bao phủ … 82%."""
        phrase = self.phrase(line, index)
        if phrase is None or self._lists.share_heads.match(line.tokens, phrase[0]) is None:
            return None
        return phrase

    def number_of(self, line: Line, index: int) -> Range | None:
        """The phrase left of the number if it names a number itself: số học viên của trung tâm lên đến 34."""
        phrase = self.phrase(line, index)
        head = None if phrase is None else self._lists.number_heads.match(line.tokens, phrase[0])
        if phrase is None or head is None:
            return None
        return phrase if phrase[1] > head[0] or head[1] in self._whole_numbers else None
