"""Figures without a phrase of their own, said of what the clause before them is about."""

from __future__ import annotations

from extractor.figures.clause import Clause, Range
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists


class Carrying:
    """Tells where a number goes on with the subject of the figure before it, or with its worth."""

    def __init__(self, lists: EntityLists, clause: Clause) -> None:
        self._lists = lists
        self._clause = clause

    def subjectless(self, line: Line, index: int) -> bool:
        """Whether no phrase stands between the last comma, bracket or figure and the words before the number."""
        while index > 0 and line.figure[index - 1] < 0:
            word = line.text(index - 1)
            if self._lists.conjunctions.match(line.tokens, index - 1) is not None:
                return True
            if word == "(":
                return index > 1 and line.figure[index - 2] >= 0
            start = line.skip_back.get(index)
            found = self._lists.linkers.match_back(line.tokens, index)
            if start is not None:
                index = start
            elif found is not None and found[1] not in ("(", ":"):
                index = found[0]
            else:
                return self._only_compares(line, index)
        return True

    def changed(self, line: Line, index: int) -> bool:
        """Whether the number is what the one before has become: giảm từ 41 vụ | xuống 17 vụ."""
        return self._lists.changes.match_back(line.tokens, index) is not None and self.subjectless(line, index)

    def _only_compares(self, line: Line, index: int) -> bool:
        """Whether nothing but a comparison stands between comma and token: , so với cùng kỳ năm 2016 | tăng 5%."""
        while index > 0 and line.free(index - 1) and not self._clause.ends(line, index - 1):
            index -= 1
        return self._lists.comparisons.match(line.tokens, index) is not None

    def in_bracket_behind(self, line: Line, index: int, entity: Range | None) -> bool:
        """Whether the number stands in a bracket right behind the phrase: 41/41 tổ công đoàn (đạt 100%)."""
        while index > 0 and line.text(index - 1) != "(":
            found = self._lists.linkers.match_back(line.tokens, index)
            if found is None:
                return False
            index = found[0]
        return entity is not None and index > 0 and entity[1] == index - 1

    def worth(self, line: Line, index: int) -> bool:
        """Whether the sum at the token is the worth of what stands before: , với tổng kinh phí 30 triệu đồng."""
        found = self._lists.total_links.match_back(line.tokens, index)
        if found is None:
            return False
        first = found[0]
        link = self._lists.soft_links.match_back(line.tokens, first)
        first = link[0] if link is not None else first
        return first == 0 or not line.free(first - 1) or self._clause.ends(line, first - 1)

    def counted_worth(self, line: Line, index: int) -> bool:
        """Whether a preposition ties the sum to what its clause counts: mở 15 lớp tại huyện với kinh phí 30 triệu đồng."""
        found = self._lists.total_links.match_back(line.tokens, index)
        return found is not None and self._lists.instrumental.match(line.tokens, found[0]) is not None

    def total_words(self, line: Line, index: int) -> Range | None:
        """The words that call the sum a total: tổng trị giá, tổng số tiền; without the preposition."""
        found = self._lists.total_links.match_back(line.tokens, index)
        if found is None:
            return None
        first = found[0] + self.counted_worth(line, index)
        return (first, index) if self._lists.total_nouns.match(line.tokens, first) is not None else None

    def main_noun(self, line: Line, index: int) -> Range | None:
        """The head noun of the clause before, and the token behind it, where the number has no subject of its own."""
        while index > 0 and line.free(index - 1) and line.text(index - 1) != ",":
            found = self._lists.linkers.match_back(line.tokens, index) or self._lists.left_breaks.match_back(
                line.tokens, index
            )
            start = line.skip_back.get(index, found[0] if found else None)
            if start is None:
                return None
            index = start
        if index == 0 or not line.free(index - 1):
            return None
        low, _ = self._clause.bounds(line, index - 1)
        head = self._clause.head(self._lists.far_heads, line, low, index - 1)
        return None if head is None else (head, line.parts.stop[head])
