"""The category left of a count (loại giỏi 17 người), told from the bodies that have and the givers of what is counted."""

from __future__ import annotations

from extractor.figures.clause import Clause
from extractor.figures.ends import without_loose_end
from extractor.figures.left import LeftSide
from extractor.figures.lexicon import NAME
from extractor.figures.line import Line, Range

# Tokens that a category in a row of counts has at most.
CATEGORY = 7
# Letters that the name of one has (loại B, loại III).
NAME_LENGTH = 4


class Categories:
    """Finds the words left of a count that say which part of a whole is counted."""

    def __init__(self, clause: Clause, left: LeftSide) -> None:
        self._clause = clause
        self._left = left

    def category(self, line: Line, index: int) -> Range | None:
        """The category left of a bare count: sơ cấp có 17 người; not the body that has them (huyện có 17 người)."""
        if "category_links" not in line.end[index]:
            return None
        phrase = self._left.phrase(line, index)
        if phrase is None or "(" in line.texts[phrase[1] : index]:
            return None
        if not line.labels.isdisjoint(range(*phrase)):
            return phrase  # nhóm 3 có 51 người: a numbered group is a category
        return None if self._is_body(line, phrase[0]) else phrase

    def labelled(self, line: Line, index: int) -> Range | None:
        """The category left of a count if it has a number or letter for a name: loại III | có 121 chị."""
        if "category_links" not in line.end[index]:
            return None
        phrase = self._left.phrase(line, index)
        if phrase is None or "category_nouns" not in line.begin[phrase[0]]:
            return None
        name = line.texts[phrase[1] - 1]
        named = phrase[1] - 1 in line.labels or (len(name) <= NAME_LENGTH and name.isupper())
        return phrase if named and phrase[1] > phrase[0] + 1 else None

    def category_before(self, line: Line, index: int, after: int) -> Range | None:
        """The few words right before a count, or its bracket or colon, if nothing links them: tài chính 10 lớp."""
        stop = index - 1 if index and line.texts[index - 1] in ("(", ":") else index
        first = stop
        while first > after and stop - first <= CATEGORY and self._plain(line, first):
            first = line.parts.first[first - 1]
        begins = first == 0 or (
            first > after and (self._clause.ends(line, first - 1) or self._clause.breaks(line, first))
        )
        body = first + line.begin[first].get("determiners", 0)
        if body >= stop or stop - first > CATEGORY or not begins or self._is_body(line, body):
            return None
        if without_loose_end(line, first, stop) < stop:
            return None  # theo báo cáo của | 30 huyện
        return (first, stop) if "not_entity" not in line.begin[first] else None

    def is_deed(self, line: Line, category: Range) -> bool:
        """Whether the words say what is done, not what a part is: tiếp nhận | 3 đơn."""
        return self._clause.is_verb(line, category[0])

    def opens(self, line: Line, index: int) -> bool:
        """Whether a clause begins anew at the token."""
        return self._clause.breaks(line, index)

    def _plain(self, line: Line, index: int) -> bool:
        """Whether the word before the token may be part of a category: no figure, no date, no word that links."""
        if not line.says(index - 1) or index in line.skip_back or self._clause.ends(line, index - 1):
            return False
        here = line.begin[line.parts.first[index - 1]]
        if self._clause.breaks(line, index) or "each" in here:
            return False
        return "compounds" in here or ("left_starts" not in here and "stops" not in here)

    def _is_body(self, line: Line, index: int) -> bool:
        found, body = line.units[index], line.begin[index].get("bodies")
        return (found is not None and all(unit.kind == "organization_count" for unit in found[1])) or (
            body is not None and index + body >= line.parts.stop[index]
        )

    def donor_or_receiver(self, line: Line, index: int, phrase: Range) -> bool:
        """Whether the phrase that ends right at a sum names who gives or gets it: Công ty A 50 triệu đồng."""
        first, stop = phrase
        here = line.begin[first]
        if stop != index or "each" in here:
            return False
        noun = first + here.get("determiners", 0)
        first = noun if noun < stop else first
        found = line.units[first]
        people = found is not None and all(unit.person or unit.kind == "organization_count" for unit in found[1])
        return people or self._is_body(line, first) or line.parts.tag[first] == NAME
