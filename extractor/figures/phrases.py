"""Which phrase a figure is said of: to its right, to its left, or that of the figure before."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.figures.ages import Ages
from extractor.figures.behind import Behind
from extractor.figures.carried import Carrying
from extractor.figures.categories import Categories
from extractor.figures.clause import Clause
from extractor.figures.deeds import Deeds
from extractor.figures.draft import Draft
from extractor.figures.kinds import Unit, UnitTables
from extractor.figures.left import LeftSide
from extractor.figures.line import Line, Range
from extractor.figures.lists import EntityLists
from extractor.figures.right import RightSide
from extractor.figures.rows import COUNTS, Rows
from extractor.figures.unit_rules import CHANGED

# Behind one of these a sum without a subject is said of the same thing.
SUMS = frozenset({"money", "percentage", "rate", "measure"})
# Modifiers whose words may stand behind the noun phrase.
LATE_MODIFIERS = frozenset({"at_least", "at_most"})
# Units of mass and volume measure the stuff named behind them (500 kg gạo), as do those of area and length.
STUFFS = frozenset({"mass", "volume", "square_metre", "hectare", "length"})
SUBSTANCES = STUFFS | {"square_kilometre", "power"}


class PhraseOfDraft:
    """Assigns the entity of each draft."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        clause = Clause(lists, units)
        self._left = LeftSide(lists, clause)
        self._deeds = Deeds(lists, clause, self._left)
        self._ages = Ages(clause, self._left)
        self._categories = Categories(clause, self._left)
        self._rows = Rows(self._categories)
        self._carrying = Carrying(clause)
        self._right = RightSide(lists, units)
        self._behind = Behind(self._right)

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
            draft.entity = bonus or self._count(line, draft, before)
        elif draft.kind == "percentage":
            draft.entity = self._share(line, draft, before)
        elif draft.kind == "ratio":
            draft.entity = self._ratio(line, draft, before)
        elif draft.kind == "duration":
            draft.entity = self._duration(line, draft, before)
        elif draft.kind == "money":
            draft.entity = self._money(line, draft, before, earlier)
        else:
            draft.entity = self._amount(line, draft, before)

    # -- counts ------------------------------------------------------------------------------------------------

    def _count(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
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
        if before is not None and before.kind in COUNTS and self._left.share_verb(line, draft.first):
            return before.entity
        return self._categories.category(line, draft.first) or (first, stop)

    def _changing(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """Lao động giảm từ 5.200 xuống còn 4.100 người: the subject, if the unit can count it."""
        if before is not None and self._carrying.changed(line, draft.first, before.entity):
            return before.entity
        found = self._left.number_of(line, draft.first) or self._on_the_left(line, draft, before)
        known = None if found is None else line.units[found[0]]
        return found if known is not None and self._alike(draft, known[1]) else None

    def _alike(self, draft: Draft, noun: tuple[Unit, ...] | None) -> bool:
        """Whether the unit can count what is numbered: số vụ … 9 vụ; not số công ty có 50 lao động."""
        unit = draft.unit
        if noun is None or unit is None:
            return True
        return any(other.code == unit.code or (other.person and unit.person) for other in noun)

    # -- shares ------------------------------------------------------------------------------------------------

    def _share(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        named = self._left.named_share(line, draft.first) or self._restricted(line, draft, before)
        if named is not None:
            return named
        if self._behind.rest(line, draft.stop):
            alike = before is not None and before.kind == draft.kind
            return before.entity if alike and before is not None else None
        behind = draft.stop + line.begin[draft.stop].get("late_hedges", 0)  # 90% trở lên | đoàn viên
        right = self._behind.of_share(line, behind)
        if right is not None and not self._left.share_verb(line, draft.first):
            return right
        if right is not None and self._behind.names_amount(line, right) and self._left.changes(line, draft.first):
            return right  # nhà xe giảm 10% giá vé
        if right is not None and before is not None and before.kind == draft.kind and _is_whole(before):
            return right  # chiếm 38% chi tiêu của hộ nghèo, và chiếm 22% hộ khá giả
        if right is not None and before is not None and self._carrying.changed(line, draft.first, None):
            return right  # tiết kiệm 20 tấn than, giảm 5% điện năng
        if right is None and self._is_subject(line, draft):
            return None
        return self._left_or_before(line, draft, before) or right or self._behind.plan(line, draft.stop)

    def _restricted(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """The phrase of number that the figure before is a part of: số công ty có 50 lao động | chiếm (12%)."""
        if before is None or not self._left.share_verb(line, draft.first):
            return None
        whole = before.among
        if whole is None and before.kind in SUMS and before.entity is not None and before.entity[1] <= before.first:
            whole = self._left.number_of(line, before.first)
            whole = whole if whole is not None and self._left.numbers_bodies(line, whole) else None
        if whole is None or not all(word[0].isalpha() for word in line.texts[before.stop : draft.first]):
            return None
        return whole[0], max(before.stop, self._left.before_links(line, draft.first))

    def _is_subject(self, line: Line, draft: Draft) -> bool:
        """Whether the share is itself the subject of the words behind it: …, 9% không có ý kiến."""
        alone = self._behind.predicate(line, draft.stop) and not self._left.linked(line, draft.first)
        return alone and self._carrying.subjectless(line, draft.first, row=True)

    def _ratio(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        if draft.unit_tokens is None:
            if self._behind.rest(line, draft.stop):
                return before.entity if before is not None and before.kind in ("ratio", "percentage") else None
            right = self._behind.of_share(line, draft.stop)
            return right or self._left_or_before(line, draft, before)
        first, stop = draft.unit_tokens
        if "units.ratio.times-measure" in draft.rules:
            return self._behind.of_share(line, stop) or self._left_or_before(line, draft, before)
        if first >= draft.number_stop and "units.ratio.times" not in draft.rules:
            return first, self._right.end(line, first, stop, draft.unit)
        return self._left_or_before(line, draft, before) or self._behind.of_share(line, max(stop, draft.stop))

    def _left_or_before(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        if before is not None and (
            self._carrying.subjectless(line, draft.first, row=before.kind == draft.kind)
            or self._carrying.in_bracket_behind(line, draft.first, before.entity)
        ):
            return before.entity
        found = self._on_the_left(line, draft, before)
        if found is not None and before is not None and self._left.only_time(line, found):
            return before.entity  # thu đạt 23 tỷ đồng, bình quân mỗi năm tăng 12%
        return found or self._left.skipped_noun(line, draft.first)

    # -- amounts -----------------------------------------------------------------------------------------------

    def _duration(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        right = self._behind.activity(line, draft.stop)
        found = right or self._deeds.deed(line, draft.first)
        if (
            found is None
            and before is not None
            and (before.kind == "duration" or self._carrying.changed(line, draft.first, before.entity))
        ):
            return before.entity if self._carrying.subjectless(line, draft.first) else None
        return found

    def _money(self, line: Line, draft: Draft, before: Draft | None, earlier: Sequence[Draft]) -> Range | None:
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
        found = self._on_the_left(line, draft, before)
        if found is not None and self._categories.donor_or_receiver(line, draft.first, found):
            return None
        return found or self._carried(line, draft, before) or self._carrying.total_words(line, draft.first)

    def _amount(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        if draft.unit_code in SUBSTANCES or draft.kind == "rate":
            stuff = self._behind.stuff(line, draft.stop, draft.first if draft.unit_code in STUFFS else None)
            if stuff is not None:
                return stuff
        if before is not None and self._carrying.changed(line, draft.first, before.entity):
            return before.entity  # từ 540 giờ như hiện nay | xuống 168 giờ/năm
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
        found = self._on_the_left(line, draft, before)
        if found is None and draft.kind == "rate" and draft.unit is not None and draft.unit.kind == "duration":
            return self._deeds.deed(line, draft.first)  # tức làm | 6 ngày/tuần
        if found is None and draft.kind == "rate" and self._left.averaged(line, draft.first):
            return None  # , bình quân 500 nghìn đồng/lượt: an average that the text names nothing for
        return found or self._carried(line, draft, before)

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
        return None if found is not None and self._left.each_time(line, found) else found

    def _carried(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
        """What the figure before or the clause before is about, where the number has no subject of its own."""
        if before is not None and before.entity is not None and before.kind in (*SUMS, *COUNTS):
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
            return None  # 30 vé kèm một phần quà | trị giá 200.000 đồng
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

    def _on_the_left(self, line: Line, draft: Draft, before: Draft | None) -> Range | None:
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


def _is_whole(draft: Draft) -> bool:
    """Whether what the share is said of stands behind it."""
    return draft.entity is not None and draft.entity[0] >= draft.stop


def _outside(line: Line, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The figure before, but for those in a bracket that has closed: 60% viên chức (trong đó 50% …); năm 2030 đạt 70%."""
    for place in range(len(earlier) - 1, 0, -1):
        closed = ")" in line.texts[earlier[place].stop : draft.first]
        if not closed or "(" not in line.texts[earlier[place - 1].stop : earlier[place].first]:
            return earlier[place]
    return earlier[0] if earlier else None
