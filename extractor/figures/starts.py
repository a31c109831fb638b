"""Where the noun phrase before a number begins: behind the last word that starts it anew, or behind the last verb."""

from __future__ import annotations

from extractor.figures.clause import Clause
from extractor.figures.kinds import UnitTables
from extractor.figures.lexicon import ADJECTIVE, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists

# What a verb right behind the unit names: lớp bồi dưỡng, cuộc kiểm tra, suất ăn.
NAMED_BY_VERBS = frozenset({"class_count", "event_count", "item_count"})
PREDICATE = frozenset({VERB, ADJECTIVE})


class Starts:
    """Finds the first token of the phrase in a stretch of the clause before a number."""

    def __init__(self, lists: EntityLists, units: UnitTables, clause: Clause) -> None:
        self._clause = clause
        self._fixing = lists.opening("compounds", "always_restrictive") | units.long_words
        self._starting = lists.opening("left_starts", "near_starts", "copulas")

    def only_verbs(self, line: Line, first: int, stop: int) -> bool:
        """Whether a predicate without an object stands there: sụt giảm mạnh."""
        tag = line.parts.tag
        if tag[first] != VERB or any(tag[index] not in PREDICATE for index in range(first + 1, stop)):
            return False
        return self._behind_fixed(line, first, stop, clause=False) is None

    def without_verbs(self, line: Line, stop: int) -> int:
        """Without the predicate at the end, if a noun stands before it: doanh nghiệp nhà nước | nợ."""
        index = stop
        while index > 0 and line.free(index - 1) and self._clause.is_verb(line, index - 1):
            if "compounds" in line.end[index]:
                break
            index = line.parts.first[index - 1]
            start = self._clause.before_links(line, index)
            index = start if start is not None else index
        if index == stop or not line.says(index - 1) or "left_breaks" in line.end[index]:
            return stop
        head = line.units[line.parts.first[index - 1]]
        named_by_verb = head is not None and all(unit.kind in NAMED_BY_VERBS for unit in head[1])
        return stop if named_by_verb or "left_starts" in line.end[index] else index

    def behind_last_start(self, line: Line, low: int, stop: int, *, predicated: bool = False) -> int:
        """Where the phrase before `stop` begins; before a predicate, là is none (đoàn viên là đảng viên chiếm 60%)."""
        index = first = low
        told = predicated and stop < len(line) and line.texts[stop] != "("
        while index < stop:
            word = line.lowers[index]
            following = self._behind_fixed(line, index, stop, clause=index > low) if word in self._fixing else None
            if following is not None:
                index = following
                continue
            named = told and first == low and index > low and self._clause.is_verb(line, low)
            start = self._starts(line, index, first, low, named=named) if word in self._starting else None
            copula = start is not None and predicated and index > low and "copulas" in line.begin[index]
            if start is not None and not copula:
                index = first = start
            else:
                index = line.parts.stop[index]
        return first

    def nearest_noun(self, line: Line, first: int, stop: int) -> int:
        """Without a linking word the noun behind the last verb is meant: … được ưu đãi mua xe 40 triệu đồng."""
        index = low = first
        while index < stop:
            word = line.lowers[index]
            following = self._behind_fixed(line, index, stop, clause=index > first) if word in self._fixing else None
            if following is not None:
                index = following
                continue
            word_stop, start = line.parts.stop[index], None
            if word in self._starting:
                near = line.begin[index].get("near_starts")
                start = index + near if near is not None else self._starts(line, index, first, low)
            if word_stop < stop and self._clause.is_verb(line, index) and line.parts.tag[word_stop] != ADJECTIVE:
                index = first = word_stop
            elif start is not None and start < stop:
                index = first = start
            else:
                index = word_stop
        return first

    def _starts(self, line: Line, index: int, first: int, low: int, *, named: bool = False) -> int | None:
        """Behind the word at `index` if the phrase begins anew there; between nouns (căn hộ tại quận 1) it does not."""
        here = line.begin[index]
        if "left_starts" not in here:
            return None
        stop = index + here["left_starts"]
        if stop < line.parts.stop[index]:
            return None
        if "attributive" not in here or index == low:
            return stop
        if "joiners" in here and index > first and self._clause.is_verb(line, index - 1):
            return None  # văn hóa, giải trí và du lịch: a verb without an object names something too
        if named:
            return None  # đầu tư trực tiếp từ Nhật Bản | đạt 2 tỷ USD: a verb that opens a clause is its subject
        return stop if any(self._clause.is_verb(line, token) for token in range(first, index)) else None

    def _behind_fixed(self, line: Line, index: int, stop: int, *, clause: bool) -> int | None:
        """Behind an expression that belongs together: a compound, a unit, or inside a phrase a restrictive clause."""
        here = line.begin[index]
        if "compounds" in here:
            behind = index + here["compounds"]
        else:
            unit = line.units[index]
            behind = index + unit[0] if unit is not None else index
        if index + 1 < behind <= stop:
            # A verb of several syllables is a verb all the same: việc xây dựng | nhà ở.
            return None if self._clause.is_verb(line, index) and line.parts.stop[index] == behind else behind
        return index + here["always_restrictive"] if clause and "always_restrictive" in here else None
