"""What stands right behind a share, an amount or a duration: its whole, its stuff, its activity."""

from __future__ import annotations

from extractor.figures.kinds import Unit
from extractor.figures.lexicon import ADJECTIVE, NOUN, SIGN, UNKNOWN, VERB
from extractor.figures.line import Line, Range
from extractor.figures.lists import Marks
from extractor.figures.right import RightSide

PREDICATES = frozenset({"predicate", "negations", "verbs"})


class Behind:
    """Finds the noun phrase or verb that begins right behind a unit."""

    def __init__(self, right: RightSide) -> None:
        self._right = right

    def of_share(self, line: Line, index: int) -> Range | None:
        """The noun phrase right behind a share or fraction: 80% cán bộ, công chức."""
        start = self._whole(line, index)
        if start is None:
            return None
        found = self._noun(line, start)
        known = max(line.begin[start].get("compounds", 0), self._head(line, start))
        if not known and found is None and start not in line.short and not self._may_be_noun(line, start):
            return None
        stop = max(found[0] if found else start, start + known, line.short.get(start, 0))
        end = self._right.end(line, start, stop, found[1][0] if found is not None else None)
        if end == start + line.begin[start].get("number_heads", 0) and end == start + 1:
            return None  # 1/3 trong số | được hỏi
        return (start, end) if end > start else None

    def _head(self, line: Line, index: int) -> int:
        """How many tokens a noun of amount has that begins there: 10% giá | vé tàu, 2% trên tổng tiền lương; else 0."""
        size = line.begin[index].get("left_heads", 0)
        whole = "number_heads" in line.begin[index] or index + size >= line.parts.stop[index]
        return size if whole and "demonstratives" not in line.begin[index + size] else 0

    def plan(self, line: Line, index: int) -> Range | None:
        """The plan right behind a share, in a clause that says not what it is a plan for: chỉ đạt 75% kế hoạch."""
        size = line.begin[index].get("plans")
        return (
            None if size is None or not line.free(index) else (index, self._right.end(line, index, index + size, None))
        )

    def rest(self, line: Line, index: int) -> bool:
        """Whether the share is what is left of the whole before: 30% còn lại."""
        return "rests" in line.begin[index]

    def names_amount(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase begins with a noun of amount: giá vé."""
        return self._head(line, phrase[0]) > 0

    def _whole(self, line: Line, index: int) -> int | None:
        """Where the whole of a share begins that ends before `index`; behind a preposition too (12% trong số này)."""
        here = line.begin[index]
        if not line.says(index) or ("no_whole" in here and not self._whole_number(line, index)):
            return None
        of = index + here["share_of"] if "share_of" in here else index
        if of > index and line.free(of):
            head = line.begin[of].get("number_heads")
            if head is not None:
                return of if line.free(of + head) else None  # not 22% trong số 1.743 công ty
            unit = self._right.unit_at(line, of)
            if unit is not None and unit[1][0].kind != "duration":  # not 5% vào tháng 1
                return of
        return index if "loose_ends" not in here else None

    def _whole_number(self, line: Line, index: int) -> bool:
        """Whether the words of a total go on with what they number: 71% tổng số | vốn đầu tư."""
        noun = index + line.begin[index].get("number_heads", 0)
        return noun > index and line.says(noun) and self._may_be_noun(line, noun)

    def _noun(self, line: Line, index: int) -> tuple[int, tuple[Unit, ...]] | None:
        """The unit at the token, unless it is also a word that ends phrases (từ is a unit, and a preposition)."""
        found = self._right.unit_at(line, index)
        return None if found is None or index + _stopping(line.begin[index]) >= found[0] else found

    def _may_be_noun(self, line: Line, index: int) -> bool:
        if line.parts.tag[index] in (VERB, ADJECTIVE):
            return False
        return index + _stopping(line.begin[index]) < line.parts.stop[index]

    def predicate(self, line: Line, index: int) -> bool:
        """Whether a predicate begins at the token, so that the number itself is its subject."""
        if not line.says(index):
            return False
        here = line.begin[index]
        return line.parts.tag[index] == VERB or not PREDICATES.isdisjoint(here)

    def stuff(self, line: Line, index: int, number: int | None = None) -> Range | None:
        """The noun right behind the unit of an amount: 40 m2 sàn xây dựng, 500 kg gạo.

        A longer word that no list knows is one where the `number` with its hedge begins an object: đào 3 km kênh mương.
        """
        if not line.says(index) or not self._may_be_noun(line, index):
            return None
        if number and "dimensions" in line.end[number]:
            return None
        if line.parts.tag[index] != NOUN and (number is None or not self._unknown_object(line, index, number)):
            return None
        found = self._right.unit_at(line, index)
        if found is not None and found[1][0].person:
            return None
        return index, self._right.end(line, index, line.parts.stop[index], None)

    def _unknown_object(self, line: Line, index: int, number: int) -> bool:
        """Whether an unknown word of two syllables stands there, and before the number a word that is no noun."""
        if line.parts.tag[index] != UNKNOWN or line.begin[index] or line.parts.stop[index] < index + 2:
            return False
        return number == 0 or (line.free(number - 1) and line.parts.tag[number - 1] in (VERB, UNKNOWN, SIGN))

    def sum_named(self, line: Line, index: int) -> Range | None:
        """What the sum is called right behind it: 100 triệu đồng tiền hỗ trợ."""
        here = line.begin[index]
        size = here.get("sum_heads") or here.get("sums_behind") if line.free(index) else None
        return None if size is None else (index, self._right.end(line, index, index + size, None, verbal=True))

    def activity(self, line: Line, index: int) -> Range | None:
        """What lasts so long, behind the duration: 20 năm triển khai chính sách."""
        if index < len(line.texts) and line.texts[index] == "(":
            index = line.bracket_stop(index) or index
        here = line.begin[index]
        behind = index + here.get("helpers", 0)
        if behind > index and line.says(behind) and line.parts.tag[behind] == VERB:
            index, here = behind, line.begin[behind]  # sau 8 ngày phải | nghỉ việc
        if not line.says(index) or "no_activity" in here:
            return None
        if "stops" in here and index + here["stops"] >= line.parts.stop[index]:
            return None
        return index, self._right.end(line, index, line.parts.stop[index], None, verbal=True)


def _stopping(here: Marks) -> int:
    """How many tokens the word has that ends a phrase where it begins; 0 if it ends none."""
    return here.get("stops") or here.get("verbs", 0)
