"""What a count counts: the noun of its unit with what belongs to it, or the phrase of number before (số vụ là 9 vụ)."""

from __future__ import annotations

from extractor.figures.carried import Carrying
from extractor.figures.categories import Categories
from extractor.figures.draft import Draft
from extractor.figures.kinds import COUNTS, Unit
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.preceding import Preceding
from extractor.figures.right import RightSide
from extractor.figures.ties import share_verb
from extractor.figures.unit_rules import CHANGED


class Counts:
    """Finds the phrases of counts."""

    def __init__(
        self, left: LeftSide, right: RightSide, preceding: Preceding, carrying: Carrying, categories: Categories
    ) -> None:
        self._left = left
        self._right = right
        self._preceding = preceding
        self._carrying = carrying
        self._categories = categories

    def counted(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What is counted; `before` is the figure before it."""
        if CHANGED in draft.rules:
            return self._changing(line, draft, before)
        if draft.unit_tokens is None or draft.inherited:
            category = self._categories.category_before(line, draft.first, before.stop if before is not None else 0)
            return category or (before.entity if before is not None else None)
        first, stop = draft.unit_tokens
        if first < draft.number_stop:
            return self._left.number_phrase(line, first, draft.first)
        end = self._right.end(line, first, stop, draft.unit, draft.first)
        if draft.kind == "attendee_count":
            end = self._right.before_attending(line, stop, end)
        if end > stop:
            return first, end
        if (
            before is not None
            and before.unit_code == draft.unit_code
            and self._carrying.changed(line, draft.first, before.entity)
        ):
            return before.entity  # giảm từ 41 vụ xuống 17 vụ
        bare = self._right.bare(line, first, stop)
        number_of = self._left.number_of(line, draft.first)
        if number_of is not None and (bare or self._alike(draft, self._left.numbered(line, number_of))):
            return number_of
        draft.among = number_of
        if not bare:
            return self._categories.labelled(line, draft.first) or (first, stop)
        if before is not None and before.kind in COUNTS and share_verb(line, draft.first):
            return before.entity
        return self._categories.category(line, draft.first) or (first, stop)

    def _changing(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """Lao động giảm từ 5.200 xuống còn 4.100 người: the subject, if the unit can count it."""
        if before is not None and self._carrying.changed(line, draft.first, before.entity):
            return before.entity
        found = self._left.number_of(line, draft.first) or self._preceding.phrase(line, draft, before)
        known = None if found is None else line.units[found[0]]
        return found if known is not None and self._alike(draft, known[1]) else None

    def _alike(self, draft: Draft, noun: tuple[Unit, ...] | None) -> bool:
        """Whether the unit can count what is numbered: số vụ … 9 vụ; not số công ty có 50 lao động."""
        unit = draft.unit
        if noun is None or unit is None:
            return True
        return any(other.code == unit.code or (other.person and unit.person) for other in noun)
