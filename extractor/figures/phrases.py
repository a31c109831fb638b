"""Which phrase a figure is said of: to its right, to its left, or that of the figure before."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.ages import Ages
from extractor.figures.amounts import Amounts
from extractor.figures.behind import Behind
from extractor.figures.carried import Carrying
from extractor.figures.categories import Categories
from extractor.figures.clause import Clause
from extractor.figures.counts import Counts
from extractor.figures.deeds import Deeds
from extractor.figures.draft import Draft
from extractor.figures.kinds import COUNTS, UnitTables
from extractor.figures.left import LeftSide
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.preceding import Preceding
from extractor.figures.right import RightSide
from extractor.figures.rows import Rows
from extractor.figures.shares import Shares
from extractor.figures.starts import Starts
from extractor.figures.sums import Sums

# Modifiers whose words may stand behind the noun phrase.
LATE_MODIFIERS = frozenset({"at_least", "at_most"})


class PhraseOfDraft:
    """Assigns the entity of each draft."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        clause = Clause(lists)
        left = LeftSide(lists, clause, Starts(lists, units, clause))
        right, carrying = RightSide(lists, units), Carrying(clause)
        preceding = Preceding(left, right, carrying)
        behind, categories = Behind(right), Categories(clause, left)
        self._right = right
        self._deeds = Deeds(lists, clause, left)
        self._counts = Counts(left, right, preceding, carrying, categories)
        self._shares = Shares(left, right, behind, preceding, carrying)
        self._sums = Sums(left, behind, preceding, carrying, categories)
        self._amounts = Amounts(left, right, behind, preceding, carrying, self._deeds, Ages(clause, left))
        self._rows = Rows(categories)

    def says_nothing(self, line: Line, draft: Draft) -> bool:
        """Whether the unit is a bare head (người, lượt) or a plain word for people right before a sign or verb."""
        if draft.unit is None or draft.unit_tokens is None or not draft.unit.person:
            return False
        first, stop = draft.unit_tokens
        return first >= draft.number_stop and (
            self._right.bare(line, first, stop) or self._right.end(line, first, stop, draft.unit) == stop
        )

    def only_origin(self, line: Line, draft: Draft) -> bool:
        """Whether the figure only tells where those before it come from: 548 đoàn viên của (32 công đoàn cơ sở)."""
        return "origins" in line.end[draft.first]

    def assign(self, line: Line, draft: Draft, earlier: Sequence[Draft]) -> None:
        """Set `draft.entity`; leave None where the text does not say. `earlier` are the sentence's figures before it."""
        self._find(line, draft, earlier)
        if draft.entity is not None and draft.modifier in LATE_MODIFIERS:
            first, stop = draft.entity
            hedge = line.end[stop].get("late_hedges")
            if hedge is not None and stop - hedge > first:
                draft.entity = first, stop - hedge  # 20% công nhân | trở lên

    def rows(self, line: Line, drafts: Sequence[Draft]) -> None:
        """Give the counts of a row their categories, once all figures of the sentence have their entities."""
        self._rows.name(line, drafts)

    def _find(self, line: Line, draft: Draft, earlier: Sequence[Draft]) -> None:
        before = _outside(line, draft, earlier)
        if draft.kind in COUNTS:
            bonus = self._deeds.bonus(line, draft.first) if draft.unit_code == "wages" else None
            draft.entity = bonus or self._counts.counted(line, draft, before)
        elif draft.kind == "percentage":
            draft.entity = self._shares.share(line, draft, before)
        elif draft.kind == "ratio":
            draft.entity = self._shares.ratio(line, draft, before)
        elif draft.kind == "duration":
            draft.entity = self._amounts.duration(line, draft, before)
        elif draft.kind == "money":
            draft.entity = self._sums.money(line, draft, before, earlier)
        else:
            draft.entity = self._amounts.amount(line, draft, before)


def _outside(line: Line, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The figure before, but for those in a bracket that has closed: 60% viên chức (trong đó 50% …); năm 2030 đạt 70%."""
    for place in range(len(earlier) - 1, 0, -1):
        closed = ")" in line.texts[earlier[place].stop : draft.first]
        if not closed or "(" not in line.texts[earlier[place - 1].stop : earlier[place].first]:
            return earlier[place]
    return earlier[0] if earlier else None
