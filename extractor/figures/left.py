"""The noun phrase to the left: what a number behind its predicate, its property or at its end is said of."""

from __future__ import annotations

from itertools import pairwise

from extractor.figures.clause import Clause
from extractor.figures.ends import trimmed
from extractor.figures.kinds import Unit
from extractor.figures.lexicon import ADJECTIVE, VERB
from extractor.figures.line import Line, Range
from extractor.figures.lists import EntityLists
from extractor.figures.starts import Starts
from extractor.figures.walk import LISTED

# Tokens that one item of a list has (cao đẳng, trung cấp).
ITEM = 4
# Signs between the parts of a row: Điện giảm 0,4%; sách, báo và đồ chơi tăng 0,2%.
ROWS = frozenset(";:")


class LeftSide:
    """Finds phrases to the left of a number."""

    def __init__(self, lists: EntityLists, clause: Clause, starts: Starts) -> None:
        self._clause = clause
        self._starts = starts
        self._comparing = lists.opening("comparatives")
        self._numbering = lists.opening("number_heads")
        self._sharing = lists.opening("share_heads")
        self._whole_numbers = lists.whole_numbers

    def phrase(self, line: Line, index: int) -> Range | None:
        """The phrase that the number at the token `index` is said of: its first token and the one behind its last."""
        stop = self._clause.before_links(line, index)
        if stop is None:
            return None
        stop = self._compared(line, stop) if self._clause.soft(line, stop, index) else stop
        link = self._clause.property(line, stop)
        tied = line.begin[link].get("linkers") if link is not None else None
        if link is not None and tied is not None and line.texts[link - 1] in (",", ";"):
            return None  # , trị giá 500.000 đồng
        found = self._owner(line, link)
        if found is None:
            found = self.before(line, link if link is not None and tied == stop - link else stop, index)
        if found is None or (self._clause.bare_verb(line, found) and not _is_said(line, found[1], index)):
            return None
        if self._proposes(line, found):
            return None
        sums = line.end[found[1]].get("sum_names", 0)
        if 0 < sums < found[1] - found[0]:
            behind = found[1] - sums
            return (found[0], behind) if "accounts" in line.begin[found[0]] else (behind, found[1])
        tail = found[1] + line.begin[found[1]].get("tails", 0)
        found = (found[0], tail) if tail <= index else found
        return found[0], self._with_year(line, found[1], index)

    def _proposes(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase is one who names the number, and the verb: giới chủ kiến nghị | tăng (5%)."""
        first, stop = phrase
        if "left_heads" in line.begin[first]:
            return False
        said = line.end[stop].get("proposals", 0)
        named = line.end[stop].get("compounds", 0) > said  # đạt yêu cầu
        if "proposals" not in line.begin[stop] and line.says(stop):
            stop += 1  # các chủ hãng | chỉ chấp nhận mức 2%
        return (0 < said < phrase[1] - first and not named) or "proposals" in line.begin[stop]

    def _with_year(self, line: Line, stop: int, index: int) -> int:
        """Behind the year that tells which one is meant, if a predicate follows: giá điện năm 2022 | tăng (4%)."""
        year = stop + line.begin[stop].get("ends_of_year", 0)
        behind = line.skip.get(stop, line.skip.get(year))
        if behind is None or behind >= index or "years" not in line.begin[year]:
            return stop
        told = line.begin[behind].get("linkers", 0) > line.begin[behind].get("soft_links", 0)
        return behind if told or "predicate" in line.begin[behind] else stop

    def before_links(self, line: Line, index: int) -> int:
        """Where the words begin that link the number to its phrase or to the figure before; 0 if it follows that."""
        return self._clause.before_links(line, index) or 0

    def amount(self, line: Line, index: int) -> Range | None:
        """The phrase that an amount is said of: số công ty có | mức lương (10 triệu đồng), which counts no companies."""
        found = self.phrase(line, index)
        if found is None or not self.numbers_bodies(line, found):
            return found
        behind = found[0] + line.begin[found[0]].get("number_heads", 0)
        head = self._clause.head("left_heads", line, behind, found[1])
        return found if head is None else trimmed(line, head, found[1])

    def number_phrase(self, line: Line, unit: int, index: int) -> Range | None:
        """The phrase of a number whose noun, at the token `unit`, stands before it: số lớp đã mở: 36."""
        head = line.end[unit].get("number_heads")
        stop = self._clause.before_links(line, index)
        if head is None or stop is None:
            return self.phrase(line, index)
        return trimmed(line, unit - head, max(stop, unit + 1))

    def _compared(self, line: Line, stop: int) -> int:
        """Back to the word of comparison, if one stands in the clause: giá thuốc | cao hơn giá bình quân (20%)."""
        for index in range(self.segment(line, stop), stop):
            if (
                line.lowers[index] in self._comparing
                and "comparatives" in line.begin[index]
                and line.parts.first[index] == index
            ):
                return self._clause.before_links(line, index) or index
        return stop

    def _owner(self, line: Line, link: int | None) -> Range | None:
        """The thing whose property begins at `link`: căn hộ | diện tích (30 m2), not tổng diện tích."""
        if link is None or not line.free(link - 1):
            return None
        if line.texts[link - 1] == "(":
            return self.before(line, link - 1, link - 1)
        thing = self._clause.before_links(line, link) or link
        thing -= line.end[thing].get("trade_verbs", 0)
        if (
            thing <= 0
            or not line.free(thing - 1)
            or self._clause.ends(line, thing - 1)
            or (self._clause.is_verb(line, thing - 1) and not self._names(line, thing))
        ):
            return None
        first = self._starts.nearest_noun(line, self.segment(line, thing), thing)
        found = trimmed(line, first, thing)
        return None if found is None or "number_heads" in line.begin[found[1] - 1] else found

    def _names(self, line: Line, stop: int) -> bool:
        """Whether the verb that ends before `stop` is the end of a name for a thing: căn trọ."""
        return line.end[stop].get("compounds", 0) > stop - line.parts.first[stop - 1]

    def segment(self, line: Line, stop: int) -> int:
        """Where the stretch between commas before `stop` begins."""
        low, commas = self._clause.bounds(line, stop)
        return commas[0] + 1 if commas else low

    def named_sum(self, line: Line, giver: Range) -> Range | None:
        """The head noun of the clause if it names the sum, although a verb of giving stands behind it."""
        head = self._clause.head("sum_heads", line, self.segment(line, giver[1]), giver[0])
        return None if head is None else trimmed(line, head, giver[1])

    def each_receiver(self, line: Line, index: int) -> Range | None:
        """Each of those who get as much, at the start of the clause: mỗi hộ | được vay 30 triệu đồng."""
        first = self.segment(line, index)
        each = first + line.begin[first].get("each", 0)
        noun = line.units[each] if each > first else None
        return None if noun is None or noun[1][0].kind == "duration" else (first, each + noun[0])

    def skipped_noun(self, line: Line, index: int) -> Range | None:
        """A head noun among the linking words themselves: mức tăng 13,3%."""
        stop = self._clause.before_links(line, index)
        head = self._clause.head("left_heads", line, max(0, stop if stop is not None else index - 3), index)
        return None if head is None else trimmed(line, head, index)

    def before(self, line: Line, stop: int, index: int) -> Range | None:
        """The phrase that ends before `stop`, at the predicate or links that lead to the number at `index`."""
        if stop <= 0 or line.figure[stop - 1] >= 0 or self._clause.ends(line, stop - 1):
            return None
        low, commas = self._clause.bounds(line, stop)
        segment = commas[0] + 1 if commas else low
        changed = self._changed_thing(line, segment, stop, index)
        if changed is not None:
            return changed
        head = self._clause.head("left_heads", line, segment, stop)
        if head is None and commas:
            head = self._clause.head("far_heads", line, low, stop)
        if head is not None:
            return trimmed(line, head, stop)
        soft = self._clause.soft(line, stop, index)
        if soft:
            bare = self._starts.without_verbs(line, stop)
            stop, soft = bare, bare == stop or self._clause.soft(line, bare, index)
        first = self._starts.behind_last_start(line, segment, stop, predicated=not soft)
        named = "attributive" in line.end[first]  # cho | sửa chữa
        if segment < first < stop and not named and self._starts.only_verbs(line, first, stop):
            before = self._clause.before_links(line, first) or first
            return self.before(line, before, index)  # đã | sụt giảm mạnh xuống còn
        if first < stop and commas and first == segment:
            first = self._listed(line, low, commas, first, told=not soft)
        if stop == index:
            first = self._starts.nearest_noun(line, first, stop)
        return trimmed(line, first, stop)

    def _changed_thing(self, line: Line, segment: int, stop: int, index: int) -> Range | None:
        """The object of the last verb of change: nhiều xưởng giảm | giờ làm | từ 50 giờ xuống 46 giờ."""
        if "changes" not in line.end[index] and not self._clause.soft(line, stop, index):
            return None
        for token in range(stop - 1, segment - 1, -1):
            first = token + line.begin[token].get("change_verbs", 0)
            if first > token and line.parts.first[token] == token and line.parts.stop[token] <= first:
                named = line.end[first].get("left_heads", 0) > first - token  # mức tăng
                noun = first < stop and line.parts.tag[first] not in (VERB, ADJECTIVE)
                return trimmed(line, first, stop) if noun and not named else None
            if line.parts.tag[token] == VERB or "stops" in line.begin[token]:
                return None
        return None

    def _listed(self, line: Line, low: int, commas: list[int], first: int, *, told: bool) -> int:
        """Back over short items before the comma, if the list reaches to the figure before (cao đẳng, trung cấp có …).

        With a predicate (`told`) back over nouns alike as well: cán bộ, công chức cấp xã là …; not người nghèo, trẻ em
        dưới 6 tuổi.
        """
        bounds = [*commas, low - 1]
        for near, far in pairwise(bounds):
            size = near - far - 1
            begins = self._starts.behind_last_start(line, far + 1, near)
            if told and self._alike(line, begins, near, first):
                first = begins
                if begins == far + 1:
                    continue
            if not 0 < size <= ITEM or begins != far + 1:
                return first
            if far + 1 in line.skip or "not_entity" in line.begin[far + 1]:
                return first
            # What stands right at the clause's start may be its subject; only a list item follows a figure.
            if far == low - 1 and not (low > 0 and (line.figure[low - 1] >= 0 or line.texts[low - 1] in ROWS)):
                return first
            first = far + 1
        return first

    def _alike(self, line: Line, first: int, stop: int, index: int) -> bool:
        """Whether nothing but people or bodies stand there, as behind the comma: cán bộ, | công chức cấp xã."""
        one, other = line.units[first], line.units[index]
        if one is None or other is None or first + one[0] != stop:
            return False
        return any(unit.kind in LISTED and unit.kind == more.kind for unit in one[1] for more in other[1])

    def giver(self, line: Line, index: int) -> Range | None:
        """The verb of giving, spending or getting before the token: phạt tiền | từ (5 đến 10 triệu)."""
        while "givers" not in line.end[index]:
            soft = line.end[index].get("soft_links")
            if soft is None:
                return None
            index -= soft
        size = line.end[index]["givers"]
        return None if self._clause.inside_word(line, index - size, index) else (index - size, index)

    def named_share(self, line: Line, index: int) -> Range | None:
        """The phrase left of a share that names the share itself: tỷ lệ bao phủ … 82%."""
        phrase = self.phrase(line, index) if line.opened(self._sharing, index) else None
        return phrase if phrase is not None and "share_heads" in line.begin[phrase[0]] else None

    def numbered(self, line: Line, phrase: Range) -> tuple[Unit, ...] | None:
        """The readings of the noun right behind the word of number that begins the phrase, if it is a unit."""
        first = phrase[0] + line.begin[phrase[0]].get("number_heads", 0)
        found = line.units[first] if phrase[0] < first < phrase[1] else None
        return None if found is None or first + found[0] < line.parts.stop[first] else found[1]

    def numbers_bodies(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase begins with the number of people or bodies: số công ty."""
        noun = self.numbered(line, phrase)
        return noun is not None and all(unit.person or unit.kind == "organization_count" for unit in noun)

    def number_of(self, line: Line, index: int) -> Range | None:
        """The phrase left of the number if it names a number itself: số học viên của trung tâm lên đến 34."""
        phrase = self.phrase(line, index) if line.opened(self._numbering, index) else None
        head = None if phrase is None else line.begin[phrase[0]].get("number_heads")
        if phrase is None or head is None or "demonstratives" in line.begin[phrase[0] + head]:
            return None  # trong số này | có 5 lớp
        behind = phrase[0] + head
        if "chief_names" in line.begin[behind]:
            return None  # Tổng Liên đoàn tặng | 2 cờ
        if line.begin[phrase[0]].get("left_heads", 0) > head:
            return None  # số nợ của | 30 công ty: an amount
        whole = phrase[1] > behind or " ".join(line.lowers[phrase[0] : behind]) in self._whole_numbers
        return phrase if whole else None


def _is_said(line: Line, first: int, stop: int) -> bool:
    """Whether a word says what is before it to be the number, a verb too: thưởng thấp nhất | là (40.000 đồng)."""
    return any("copulas" in line.begin[index] for index in range(first, stop))
