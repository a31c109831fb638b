"""What takes the time or happens so often: the deed left of a duration, or what it is said of."""

from __future__ import annotations

from extractor.figures.clause import Clause
from extractor.figures.ends import trimmed
from extractor.figures.left import ITEM, LeftSide
from extractor.figures.lexicon import VERB
from extractor.figures.line import Line, Range
from extractor.figures.lists import EntityLists
from extractor.figures.starts import NAMED_BY_VERBS


class Deeds:
    """Finds the deed that lasts as long as a number says."""

    def __init__(self, lists: EntityLists, clause: Clause, left: LeftSide) -> None:
        self._clause = clause
        self._left = left
        self._each = lists.opening("each")

    def deed(self, line: Line, index: int) -> Range | None:
        """What takes the time at `index`: the last verb before it with its object, or the phrase it is said of."""
        stop = self._clause.before_links(line, index)
        if stop is None or self._clause.property(line, stop) is not None or self._lasting(line, stop, index):
            return self._left.phrase(line, index)
        end, stop = stop, self._before_each(line, stop)
        segment = self._left.segment(line, stop)
        if self._clause.head("left_heads", line, segment, stop) is not None:
            return self._left.phrase(line, index)
        noun = line.units[stop + line.begin[stop].get("each", 0)] if stop < end else None
        if noun is not None and noun[1][0].kind != "duration":
            return trimmed(line, stop, end)  # mỗi lớp | 3 ngày
        for token in range(stop - 1, segment - 1, -1):
            if self._acts(line, token):
                return self._deed_from(line, segment, token, stop)
        return self._left.phrase(line, stop)

    def bonus(self, line: Line, index: int) -> Range | None:
        """What comes to so many months' wages: mức thưởng …, thưởng Tết | 1 tháng lương; not thưởng 2 tháng lương."""
        found = self.deed(line, index)
        if found is None or "givers" in line.end[found[1]]:
            return None
        if "left_heads" in line.begin[found[0]]:
            return found
        verb = line.parts.tag[found[0]] == VERB and line.parts.stop[found[0]] < found[1]
        return found if verb and "predicate" not in line.begin[found[0]] else None

    def _lasting(self, line: Line, first: int, stop: int) -> bool:
        """Whether a verb of lasting makes what stands before it the subject: khóa học | kéo dài 5 ngày."""
        return any("lasting" in line.begin[index] for index in range(first, stop))

    def _before_each(self, line: Line, stop: int) -> int:
        """Before the words that say how often: họp | mỗi tháng (một buổi)."""
        for index in range(stop - 1, max(-1, stop - ITEM), -1):
            if line.lowers[index] in self._each and "each" in line.begin[index]:
                return index
        return stop

    def _acts(self, line: Line, index: int) -> bool:
        """Whether the token is a verb that does something: no auxiliary, no linking word."""
        if not self._clause.is_verb(line, index) or self._clause.helps(line, index):
            return False
        return "linkers" not in line.begin[line.parts.first[index]]

    def _deed_from(self, line: Line, segment: int, token: int, stop: int) -> Range | None:
        first = line.parts.first[token]
        while first > segment and self._acts(line, first - 1):
            first = line.parts.first[first - 1]
        noun = line.units[line.parts.first[first - 1]] if first > segment else None
        if noun is not None and noun[1][0].kind in NAMED_BY_VERBS:
            return self._left.before(line, stop, stop)  # chuyến đi, khóa học
        if first > segment and self._clause.helps(line, first - 1):
            found = self._left.before(line, line.parts.first[first - 1], stop)  # đại hội | được tổ chức
            people = line.units[found[0]] if found is not None else None
            if found is not None and (people is None or not people[1][0].person):
                return found  # not công nhân được | nghỉ 3 ngày, bị | giam 2 tháng
        return trimmed(line, first, stop)
