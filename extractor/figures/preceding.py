"""What stands before a figure: the phrase on its left, or what the figure before it is said of."""

from __future__ import annotations

from extractor.figures.carried import Carrying
from extractor.figures.draft import Draft
from extractor.figures.kinds import AMOUNTS, COUNTS
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.right import RightSide
from extractor.figures.ties import only_time


class Preceding:
    """Finds the phrase before a figure; `before` is always the figure before it in the sentence."""

    def __init__(self, left: LeftSide, right: RightSide, carrying: Carrying) -> None:
        self._left = left
        self._right = right
        self._carrying = carrying

    def phrase(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """The phrase on the left; with what the figure before counts where it begins inside that."""
        amount = draft.kind in ("money", "rate", "measure")
        counted = self._counted_thing(line, draft, before) if amount else None
        if counted is not None:
            return counted
        found = self._left.amount(line, draft.first) if amount else self._left.phrase(line, draft.first)
        if found is None or before is None or before.entity is None or found[0] != before.stop:
            return self._around_place(line, draft, before) or found
        first, stop = before.entity
        if first == before.stop and "joiners" in line.begin[stop]:
            return (stop + 1, found[1]) if stop + 1 < found[1] else None  # 300.000 đồng tiền mặt và | phần quà …
        return (first, found[1]) if first < found[0] <= stop else found

    def phrase_or_figure(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What the figure before is said of, where nothing else stands between; else the phrase on the left."""
        if before is not None and (
            self._carrying.subjectless(line, draft.first, row=before.kind == draft.kind)
            or self._carrying.in_bracket_behind(line, draft.first, before.entity)
        ):
            return before.entity
        found = self.phrase(line, draft, before)
        if found is not None and before is not None and only_time(line, found):
            return before.entity  # thu đạt 23 tỷ đồng, bình quân mỗi năm tăng 12%
        return found or self._left.skipped_noun(line, draft.first)

    def carried(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What the figure before or the clause before is about, where the number has no subject of its own."""
        if before is not None and before.entity is not None and before.kind in (*AMOUNTS, *COUNTS):
            same = before.kind == draft.kind
            alike = same or line.texts[draft.first - 1] != ","
            if alike and self._carrying.subjectless(line, draft.first, row=same):
                return before.entity
        main = self._carrying.main_noun(line, draft.first)
        if main is not None:
            return main[0], self._right.end(line, *main, None)
        return self._left.skipped_noun(line, draft.first)

    def _counted_thing(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What the figure before counts, if only the name of a property stands between: 208 căn có diện tích (30 m2)."""
        if before is None or before.kind not in COUNTS or before.entity is None:
            return None
        if draft.kind != "measure" and before.entity != before.unit_tokens:
            return None  # 20 vé kèm một giỏ quà | trị giá 300.000 đồng
        stop = self._left.before_links(line, draft.first)
        size = line.end[stop].get("properties", 0)
        first = stop - size
        first -= size > 0 and line.texts[first - 1] == "("
        return before.entity if size and first == before.entity[1] else None

    def _around_place(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """The phrase of number or amount around the places counted: mức lương tại (hai tỉnh) này | là 5 triệu đồng."""
        if before is None or before.kind != "organization_count" or before.entity is None:
            return None
        size, stop = line.end[before.first].get("origins"), before.entity[1]
        stop += line.begin[stop].get("demonstratives", 0)
        if size is None or self._left.before_links(line, draft.first) > stop:
            return None
        found = self._left.phrase(line, before.first - size)
        return found if found is not None and "left_heads" in line.begin[found[0]] else None
