"""What a sum of money is said of: the goods or people before it, its own name behind it, or the words before."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.behind import Behind
from extractor.figures.carried import Carrying
from extractor.figures.categories import Categories
from extractor.figures.draft import Draft
from extractor.figures.kinds import COUNTS
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.preceding import Preceding


class Sums:
    """Finds the phrases of sums of money."""

    def __init__(
        self, left: LeftSide, behind: Behind, preceding: Preceding, carrying: Carrying, categories: Categories
    ) -> None:
        self._left = left
        self._behind = behind
        self._preceding = preceding
        self._carrying = carrying
        self._categories = categories

    def money(self, line: Line, draft: Draft, before: Draft | None, earlier: Sequence[Draft]) -> Range | None:
        """What the money is for; `before` is the figure before it, `earlier` are all those of the sentence."""
        counted = before is not None and before.kind in (*COUNTS, "ratio")
        if before is not None and counted and self._carrying.counted_worth(line, draft.first):
            return before.entity
        if self._carrying.worth(line, draft.first):
            # mỗi suất 600 nghìn đồng, tổng trị giá 510 triệu đồng: the worth of the goods counted before
            goods = next((each for each in reversed(earlier) if each.kind == "item_count"), before if counted else None)
            return goods.entity if goods is not None else self._carrying.total_words(line, draft.first)
        named = self._behind.sum_named(line, draft.stop)
        if named is not None:
            return named
        giver = self._left.giver(line, draft.first) or self._left.giver(line, draft.number_first)
        if giver is not None:
            return self._left.named_sum(line, giver) or self._left.each_receiver(line, draft.first)
        found = self._preceding.phrase(line, draft, before)
        if found is not None and self._categories.donor_or_receiver(line, draft.first, found):
            return None
        return found or self._preceding.carried(line, draft, before) or self._carrying.total_words(line, draft.first)
