"""Which phrase a figure is said of: to its right, to its left, or that of the figure before."""

from __future__ import annotations

from extractor.figures.draft import Draft
from extractor.figures.kinds import UnitTables
from extractor.figures.left import LeftSide
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.right import RightSide

COUNTS = frozenset(
    {
        "class_count", "attendee_count", "people_count", "organization_count", "event_count", "item_count",
        "other_count",
    }
)  # fmt: skip

# Behind one of these a sum without a subject is said of the same thing.
SUMS = frozenset({"money", "percentage", "rate", "measure"})
# Units of mass and volume measure the stuff named behind them (500 kg gạo).
SUBSTANCES = frozenset({"mass", "volume"})


class PhraseOfDraft:
    """Assigns the entity of each draft."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        self._left = LeftSide(lists, units)
        self._right = RightSide(lists, units)

    def says_nothing(self, line: Line, draft: Draft) -> bool:
        """Whether the unit is a bare head (người, lượt) or a plain word for people right before a sign or verb."""
        if draft.unit is None or draft.unit_tokens is None or not draft.unit.person:
            return False
        first, stop = draft.unit_tokens
        return first >= draft.number_stop and (
            self._right.bare(line, first, stop) or self._right.end(line, first, stop, draft.unit) == stop
        )

    def assign(self, line: Line, draft: Draft, before: Draft | None) -> None:
        """Set `draft.entity`; leave None where the text does not say."""
        if draft.kind in COUNTS:
            self._count(line, draft, before)
        elif draft.kind == "percentage":
            self._share(line, draft, before)
        elif draft.kind == "ratio":
            self._ratio(line, draft, before)
        elif draft.kind == "duration":
            self._duration(line, draft, before)
        else:
            self._amount(line, draft, before)

    def _count(self, line: Line, draft: Draft, before: Draft | None) -> None:
        if draft.unit_tokens is None or draft.inherited:
            draft.entity = before.entity if before is not None else None
            return
        first, stop = draft.unit_tokens
        if first < draft.number_stop:
            draft.entity = self._left.phrase(line, draft.first)
            return
        end = self._right.end(line, first, stop, draft.unit, draft.first)
        draft.entity = (first, end)
        if end > stop:
            return
        if before is not None and before.unit_code == draft.unit_code and self._left.subjectless(line, draft.first):
            # giảm từ 41 vụ xuống 17 vụ
            draft.entity = before.entity
            return
        number_of = self._left.number_of(line, draft.first)
        if number_of is not None:
            draft.entity = number_of
        elif self._right.bare(line, first, stop):
            if before is not None and before.kind in COUNTS and self._left.share_verb(line, draft.first):
                draft.entity = before.entity
            else:
                draft.entity = self._left.category(line, draft.first) or draft.entity

    def _share(self, line: Line, draft: Draft, before: Draft | None) -> None:
        named = self._left.named_share(line, draft.first)
        if named is not None:
            draft.entity = named
            return
        if not self._left.share_verb(line, draft.first):
            right = self._right.of_share(line, draft.stop)
            if right is not None:
                draft.entity = right
                return
        self._left_or_before(line, draft, before)

    def _ratio(self, line: Line, draft: Draft, before: Draft | None) -> None:
        right = None
        if draft.unit_tokens is not None and draft.unit_tokens[0] >= draft.number_stop and draft.unit_text != "lần":
            first, stop = draft.unit_tokens
            right = (first, self._right.end(line, first, stop, draft.unit))
        elif draft.unit_tokens is None:
            right = self._right.of_share(line, draft.stop)
        if right is not None:
            draft.entity = right
            return
        self._left_or_before(line, draft, before)

    def _left_or_before(self, line: Line, draft: Draft, before: Draft | None) -> None:
        if before is not None and (
            self._left.subjectless(line, draft.first) or self._left.in_bracket_behind(line, draft.first, before.entity)
        ):
            draft.entity = before.entity
        else:
            draft.entity = self._left.phrase(line, draft.first) or self._left.skipped_noun(line, draft.first)

    def _duration(self, line: Line, draft: Draft, before: Draft | None) -> None:
        right = self._right.activity(line, draft.stop)
        draft.entity = right if right is not None else self._left.phrase(line, draft.first)
        if draft.entity is None and before is not None and before.kind == "duration":
            draft.entity = before.entity if self._left.subjectless(line, draft.first) else None

    def _amount(self, line: Line, draft: Draft, before: Draft | None) -> None:
        if draft.kind == "money" and before is not None and before.kind in COUNTS and self._left.worth(line, draft.first):
            draft.entity = before.entity
        elif draft.kind == "money" and self._left.worth(line, draft.first):
            draft.entity = self._left.total_words(line, draft.first)
        elif draft.kind == "money" and self._left.after_giver(line, draft.first):
            return
        elif draft.unit_code in SUBSTANCES and draft.unit_tokens is not None:
            stop = draft.unit_tokens[1]
            end = self._right.end(line, stop, stop, None)
            draft.entity = (stop, end) if end > stop else self._left.phrase(line, draft.first)
        elif draft.unit_code == "age_year" and draft.first and line.tokens.texts[draft.first - 1] == ",":
            # anh Hoàng Việt, 30 tuổi
            draft.entity = self._left.phrase(line, draft.first - 1)
        elif draft.kind != "money" and before is not None and self._left.subjectless(line, draft.first):
            draft.entity = before.entity if before.kind == draft.kind else self._left.phrase(line, draft.first)
        else:
            draft.entity = self._left.phrase(line, draft.first)
            if draft.entity is None and before is not None and before.kind in SUMS:
                draft.entity = before.entity if self._left.subjectless(line, draft.first) else None
            draft.entity = draft.entity or self._left.skipped_noun(line, draft.first)
