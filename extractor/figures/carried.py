"""Figures without a phrase of their own, said of what the clause before them is about."""

from __future__ import annotations

from extractor.figures.clause import Clause
from extractor.figures.line import Line, Range

# Words between what is counted and the bracket with its share: where it is.
REST = 8


class Carrying:
    """Tells where a number goes on with the subject of the figure before it, or with its worth."""

    def __init__(self, clause: Clause) -> None:
        self._clause = clause

    def subjectless(self, line: Line, index: int, *, row: bool = False) -> bool:
        """Whether no phrase stands between the last comma, bracket or figure and the words before the number.

        In a `row` of figures of one kind a semicolon parts no more than a comma does.
        """
        while index > 0 and line.figure[index - 1] < 0:
            word = line.texts[index - 1]
            if "conjunctions" in line.begin[index - 1] or (row and word == ";"):
                here = line.begin[index]
                return "left_heads" not in here or "properties" in here  # not , mức cao nhất | 460 triệu đồng
            if word == "(":
                return index > 1 and line.figure[index - 2] >= 0
            if word == ":" and index - 1 in line.skip_back:
                index -= 1  # 88% (năm 2016: 85%)
                continue
            start, linker = line.skip_back.get(index), line.end[index].get("linkers")
            aim = line.end[index].get("aims", line.end[index].get("asides"))
            if start is not None:
                index = start
            elif aim is not None:
                index -= aim
            elif linker is not None and (linker > 1 or word != ":"):
                index -= linker
            else:
                return self._only_compares(line, index)
        return True

    def changed(self, line: Line, index: int, entity: Range | None) -> bool:
        """Whether the number is what the one before has become, or by how much: giảm từ 41 vụ | xuống 17 vụ."""
        if "changes" not in line.end[index]:
            return False
        return self.subjectless(line, index) or self.in_bracket_behind(line, index, entity)

    def _only_compares(self, line: Line, index: int) -> bool:
        """Whether nothing but a comparison stands between comma and token: , so với cùng kỳ năm 2016 | tăng 5%."""
        while index > 0 and line.free(index - 1) and not self._clause.ends(line, index - 1):
            index -= 1
        return "comparisons" in line.begin[index]

    def in_bracket_behind(self, line: Line, index: int, entity: Range | None) -> bool:
        """Whether the number stands in a bracket right behind the phrase: 41/41 tổ công đoàn (đạt 100%)."""
        while index > 0 and line.texts[index - 1] != "(":
            linker = line.end[index].get("linkers")
            if linker is None:
                return False
            index -= linker
        if entity is None or index == 0 or entity[1] > index - 1:
            return False
        # 70 vụ đình công | trong ngành gỗ (chiếm 30%)
        rest = range(entity[1], index - 1)
        return not rest or (len(rest) <= REST and "sites" in line.begin[rest[0]] and all(map(line.says, rest)))

    def worth(self, line: Line, index: int) -> bool:
        """Whether the sum at the token is the worth of what stands before: , với tổng kinh phí 30 triệu đồng."""
        size = line.end[index].get("total_links")
        if size is None:
            return False
        first = index - size
        first -= line.end[first].get("soft_links", 0)
        return first == 0 or not line.free(first - 1) or self._clause.ends(line, first - 1)

    def counted_worth(self, line: Line, index: int) -> bool:
        """Whether a preposition ties the sum to what its clause counts: mở 15 lớp tại huyện với kinh phí 30 triệu đồng."""
        size = line.end[index].get("total_links")
        return size is not None and "instrumental" in line.begin[index - size]

    def total_words(self, line: Line, index: int) -> Range | None:
        """The words that call the sum a total: tổng trị giá, tổng số tiền; without the preposition."""
        size = line.end[index].get("total_links")
        if size is None:
            return None
        first = index - size + self.counted_worth(line, index)
        return (first, index) if "total_nouns" in line.begin[first] else None

    def main_noun(self, line: Line, index: int) -> Range | None:
        """The head noun of the clause before, and the token behind it, where the number has no subject of its own.

        The clause may go on behind a comma or a conjunction: giá tùy từng nơi | nhưng không quá 15 triệu đồng.
        """
        while index > 0 and line.free(index - 1) and line.texts[index - 1] != ",":
            ending = line.end[index]
            if "conjunctions" in line.begin[index - 1] and "left_breaks" in ending:
                break
            size = ending.get("linkers") or ending.get("left_breaks")
            start = line.skip_back.get(index, index - size if size else None)
            if start is None:
                return None
            index = start
        if index == 0 or not line.free(index - 1):
            return None
        low, _ = self._clause.bounds(line, index - 1)
        head = self._clause.head("far_heads", line, low, index - 1)
        return None if head is None else (head, line.parts.stop[head])
