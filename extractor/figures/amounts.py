"""What an amount is said of: time, a measure, a rate."""

from __future__ import annotations

from extractor.figures.ages import Ages
from extractor.figures.behind import Behind
from extractor.figures.carried import Carrying
from extractor.figures.deeds import Deeds
from extractor.figures.draft import Draft
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.preceding import Preceding
from extractor.figures.right import RightSide
from extractor.figures.ties import averaged, each_time

# Units of mass and volume measure the stuff named behind them (500 kg gạo), as do those of area and length.
STUFFS = frozenset({"mass", "volume", "square_metre", "hectare", "length"})
SUBSTANCES = STUFFS | {"square_kilometre", "power"}


class Amounts:
    """Finds the phrases of amounts; `before` is always the figure before one."""

    def __init__(
        self,
        left: LeftSide,
        right: RightSide,
        behind: Behind,
        preceding: Preceding,
        carrying: Carrying,
        deeds: Deeds,
        ages: Ages,
    ) -> None:
        self._left = left
        self._right = right
        self._behind = behind
        self._preceding = preceding
        self._carrying = carrying
        self._deeds = deeds
        self._ages = ages

    def duration(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What lasts so long."""
        right = self._behind.activity(line, draft.stop)
        found = right or self._deeds.deed(line, draft.first)
        if (
            found is None
            and before is not None
            and (before.kind == "duration" or self._carrying.changed(line, draft.first, before.entity))
        ):
            return before.entity if self._carrying.subjectless(line, draft.first) else None
        return found

    def amount(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What is measured, or what a rate is told of."""
        if draft.unit_code in SUBSTANCES or draft.kind == "rate":
            stuff = self._behind.stuff(line, draft.stop, draft.first if draft.unit_code in STUFFS else None)
            if stuff is not None:
                return stuff
        if before is not None and self._carrying.changed(line, draft.first, before.entity):
            return before.entity  # từ 300 giờ như trước | xuống 240 giờ/năm
        goes_on = before is not None and before.kind == draft.kind and self._carrying.subjectless(line, draft.first)
        if draft.kind == "rate" and self._is_frequency(draft):
            return self._frequency(line, draft) or (before.entity if before is not None and goes_on else None)
        person = self._ages.named_person(line, draft.first) if draft.unit_code == "age_year" and draft.first else None
        if person is not None:
            return person
        if draft.unit_code == "age_year" and draft.first and line.texts[draft.first - 1] == ",":
            return self._left.phrase(line, draft.first - 1)  # anh Hoàng Việt, 30 tuổi
        if "units.before" in draft.rules and draft.unit_code == "age_year" and draft.unit_tokens is not None:
            return self._ages.aged(line, draft.unit_tokens[0])
        if before is not None and goes_on:
            return before.entity
        found = self._preceding.phrase(line, draft, before)
        if found is None and draft.kind == "rate" and draft.unit is not None and draft.unit.kind == "duration":
            return self._deeds.deed(line, draft.first)  # tức làm | 6 ngày/tuần
        if found is None and draft.kind == "rate" and averaged(line, draft.first):
            return None  # , bình quân 500 nghìn đồng/lượt: an average that the text names nothing for
        return found or self._preceding.carried(line, draft, before)

    def _is_frequency(self, draft: Draft) -> bool:
        """Whether the rate says how often, not how much: mỗi tháng một buổi, 3 năm/lần."""
        times = draft.unit_code is not None and draft.unit_code.startswith("event")
        return times or "units.each-time" in draft.rules or "units.per-time" in draft.rules

    def _frequency(self, line: Line, draft: Draft) -> Range | None:
        """What is done so often: the noun of the unit where it says so, else the deed."""
        if draft.unit_tokens is not None and draft.unit_tokens[0] >= draft.number_stop and draft.unit is not None:
            end = self._right.end(line, *draft.unit_tokens, draft.unit)
            if end > draft.unit_tokens[1] and draft.unit_code is not None and not draft.unit_code.endswith("per"):
                return draft.unit_tokens[0], end
        found = self._deeds.deed(line, draft.first)
        return None if found is not None and each_time(line, found) else found
