"""What a share or ratio is said of: its whole behind it, or what the words before name."""

from __future__ import annotations

from extractor.figures.behind import Behind
from extractor.figures.carried import Carrying
from extractor.figures.draft import Draft
from extractor.figures.kinds import AMOUNTS
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.preceding import Preceding
from extractor.figures.right import RightSide
from extractor.figures.ties import changes, linked, share_verb


class Shares:
    """Finds the phrases of percentages and ratios; `before` is always the figure before one."""

    def __init__(
        self, left: LeftSide, right: RightSide, behind: Behind, preceding: Preceding, carrying: Carrying
    ) -> None:
        self._left = left
        self._right = right
        self._behind = behind
        self._preceding = preceding
        self._carrying = carrying

    def share(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What a percentage is said of."""
        named = self._left.named_share(line, draft.first) or self._restricted(line, draft, before)
        if named is not None:
            return named
        if self._behind.rest(line, draft.stop):
            alike = before is not None and before.kind == draft.kind
            return before.entity if alike and before is not None else None
        behind = draft.stop + line.begin[draft.stop].get("late_hedges", 0)  # 90% trở lên | đoàn viên
        right = self._behind.of_share(line, behind)
        if right is not None and not share_verb(line, draft.first):
            return right
        if right is not None and self._behind.names_amount(line, right) and changes(line, draft.first):
            return right  # nhà xe giảm 10% giá vé
        if right is not None and before is not None and before.kind == draft.kind and _is_whole(before):
            return right  # chiếm 38% chi tiêu của hộ nghèo, và chiếm 22% hộ khá giả
        if right is not None and before is not None and self._carrying.changed(line, draft.first, None):
            return right  # tiết kiệm 20 tấn than, giảm 5% điện năng
        if right is None and self._is_subject(line, draft):
            return None
        return self._preceding.phrase_or_figure(line, draft, before) or right or self._behind.plan(line, draft.stop)

    def _restricted(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """The phrase of number that the figure before is a part of: số công ty có 50 lao động | chiếm (12%)."""
        if before is None or not share_verb(line, draft.first):
            return None
        whole = before.among
        if whole is None and before.kind in AMOUNTS and before.entity is not None and before.entity[1] <= before.first:
            whole = self._left.number_of(line, before.first)
            whole = whole if whole is not None and self._left.numbers_bodies(line, whole) else None
        if whole is None or not all(word[0].isalpha() for word in line.texts[before.stop : draft.first]):
            return None
        return whole[0], max(before.stop, self._left.before_links(line, draft.first))

    def _is_subject(self, line: Line, draft: Draft) -> bool:
        """Whether the share is itself the subject of the words behind it: …, 9% không có ý kiến."""
        alone = self._behind.predicate(line, draft.stop) and not linked(line, draft.first)
        return alone and self._carrying.subjectless(line, draft.first, row=True)

    def ratio(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What a fraction, a rate of bodies or a multiple is said of."""
        if draft.unit_tokens is None:
            if self._behind.rest(line, draft.stop):
                return before.entity if before is not None and before.kind in ("ratio", "percentage") else None
            right = self._behind.of_share(line, draft.stop)
            return right or self._preceding.phrase_or_figure(line, draft, before)
        first, stop = draft.unit_tokens
        if "units.ratio.times-measure" in draft.rules:
            return self._behind.of_share(line, stop) or self._preceding.phrase_or_figure(line, draft, before)
        if first >= draft.number_stop and "units.ratio.times" not in draft.rules:
            return first, self._right.end(line, first, stop, draft.unit)
        return self._preceding.phrase_or_figure(line, draft, before) or self._behind.of_share(
            line, max(stop, draft.stop)
        )


def _is_whole(draft: Draft) -> bool:
    """Whether what the share is said of stands behind it."""
    return draft.entity is not None and draft.entity[0] >= draft.stop
