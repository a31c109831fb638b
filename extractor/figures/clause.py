"""The clause before a number: where it begins, its linking words, its head noun and its verbs."""

from __future__ import annotations

from typing import Literal, get_args

from extractor.figures.lexicon import NOUN, UNKNOWN, VERB
from extractor.figures.line import Line, Range
from extractor.figures.lists import EntityLists
from extractor.figures.walk import CLOSERS, LONGEST

# The lists of nouns that head a phrase.
Heads = Literal["left_heads", "far_heads", "sum_heads"]
HEADS: tuple[Heads, ...] = get_args(Heads)
# Signs right behind which a clause has no subject of its own.
ENDS = frozenset(",(;:-")
# Linking words between phrase and number (hiện nay đã đạt mức); no text has more.
LINKS = 6
# A clause is looked back over for as many tokens as a phrase has, and a predicate.
LONGEST_CLAUSE = LONGEST + 6


class Clause:
    """Reads the words before a number, of which nothing but lists and parts of speech are known."""

    def __init__(self, lists: EntityLists) -> None:
        # Most words are told apart from those of a list by their first or last syllable alone.
        self._notable = lists.ending("left_breaks") | CLOSERS | {",", ")"}
        self._marking = lists.opening("predicate_marks")
        self._tailing = lists.opening("verb_tails")
        self._joining = lists.opening("joiners")
        self._heading = {name: lists.opening(name, "accounts") for name in HEADS}

    def ends(self, line: Line, index: int) -> bool:
        """Whether the token parts a clause or noun from what stands before it: a sign, or và."""
        return line.texts[index] in ENDS or (line.lowers[index] in self._joining and "joiners" in line.begin[index])

    def before_links(self, line: Line, index: int) -> int | None:
        """Back over linking words and dates; None if a figure stands there."""
        for _ in range(LINKS):
            if index <= 0:
                break
            if line.figure[index - 1] >= 0:
                return None
            start = line.skip_back.get(index)
            if start is None and line.texts[index - 1][0].isdigit() and index - 1 not in line.labels:
                start = index - 1  # vùng 2 | từ 3.530.000 lên
            if start is None:
                linker = line.end[index].get("linkers")
                if linker is None or self.property(line, index) is not None:
                    break
                start = index - linker
                if self.inside_word(line, start, index):
                    break
            index = start
        return index if line.free(index - 1) else None

    def inside_word(self, line: Line, first: int, stop: int) -> bool:
        """Whether the stretch is only the end of something longer: lương | tối thiểu."""
        ending, size = line.end[stop], stop - first
        longer = ending.get("compounds", 0) > size or ending.get("left_heads", 0) > size
        return longer or not _whole_back(line, first, stop)

    def soft(self, line: Line, first: int, stop: int) -> bool:
        """Whether no predicate stands among the linking words from `first` to `stop`."""
        while stop > first:
            start = line.skip_back.get(stop)
            if start is None:
                soft = line.end[stop].get("soft_links")
                if soft is None:
                    return False
                start = stop - soft
            stop = start
        return True

    def property(self, line: Line, stop: int) -> int | None:
        """Where the name of a property begins that ends before `stop`."""
        ending = line.end[stop]
        size = ending.get("properties")
        if size is None or ending.get("compounds", 0) > size or not _whole_back(line, stop - size, stop):
            return None
        return stop - size

    def bounds(self, line: Line, stop: int) -> tuple[int, list[int]]:
        """Where the clause before `stop` begins, and its commas, the nearest first."""
        found = line.bounds.get(stop)
        if found is None:
            found = line.bounds[stop] = self._bounds(line, stop)
        return found

    def _bounds(self, line: Line, stop: int) -> tuple[int, list[int]]:
        lowers, figure, short_back, notable = line.lowers, line.figure, line.short_back, self._notable
        index, lowest = stop, max(0, stop - LONGEST_CLAUSE)
        commas: list[int] = []
        while index > lowest:
            word = lowers[index - 1]
            if word not in notable and index not in short_back and figure[index - 1] < 0:
                index -= 1
                continue
            before = short_back.get(index)
            if before is None and word == ")":
                before = line.bracket_start(index)
            if before is not None:
                index = before
                continue
            if figure[index - 1] >= 0 or word in CLOSERS:
                break
            if word == ",":
                inside = self._compound_over(line, index)
                if inside is not None:
                    index = inside
                    continue
                commas.append(index - 1)
            elif self.breaks(line, index):
                break
            index -= 1
        return index, commas

    def _compound_over(self, line: Line, stop: int) -> int | None:
        """Where a compound begins that reaches over the comma before `stop`: lãnh đạo, quản lý."""
        for first in range(max(0, stop - 3), stop - 1):
            if first + line.begin[first].get("compounds", 0) > stop:
                return first
        return None

    def head(self, heads: Heads, line: Line, low: int, stop: int) -> int | None:
        """The first head noun of the stretch that no predicate parts from the number."""
        lowers, begin = line.lowers, line.begin
        for index in range(stop - 1, low - 1, -1):
            if lowers[index] in self._marking and "predicate_marks" in begin[index]:
                low = index + 1
                break
        heading = self._heading[heads]
        for index in range(low, stop):
            if lowers[index] not in heading or index in line.skip or line.parts.first[index] != index:
                continue
            here = begin[index]
            if heads in here and self._heads(line, index, index + here[heads]):
                return self._told_with(heads, line, index, stop)
            if "accounts" in here and line.parts.stop[index] <= index + here["accounts"] < stop:
                return index
        return None

    def _told_with(self, heads: Heads, line: Line, head: int, stop: int) -> int:
        """The head that với begins behind another one: độ tuổi lao động với | mức lương (5 triệu đồng)."""
        for index in range(stop - 1, head + 1, -1):
            here, ending = line.begin[index], line.end[index]
            if heads in here and "instrumental" in ending and "comparisons" not in ending:
                whole = line.parts.stop[index - 1] == index and line.parts.first[index - 1] == index - 1
                return index if whole and self._heads(line, index, index + here[heads]) else head
        return head

    def _heads(self, line: Line, index: int, stop: int) -> bool:
        """Whether the head noun is one here: not part of a name (Tổng LĐLĐ) or of a word that is no noun."""
        here = line.begin[index]
        if stop < len(line.texts):
            following = line.texts[stop][0]
            named = "name_heads" in here and line.texts[index][0].isupper()
            if (following.isdigit() and stop == index + 1) or (named and following.isupper()):
                return False
        if index + here.get("compounds", 0) > stop:
            return False
        return stop >= line.parts.stop[index] or line.parts.tag[index] in (NOUN, UNKNOWN)

    def is_verb(self, line: Line, index: int) -> bool:
        """Whether the token ends a verb, with what may follow one: truy thu lại, thu được."""
        if (
            line.lowers[index] in self._tailing
            and index > 0
            and "verb_tails" in line.begin[index]
            and line.free(index - 1)
        ):
            index -= 1
        return line.parts.tag[index] == VERB

    def bare_verb(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase is one verb and no more (ghi, lĩnh), or one of giving (cho vay)."""
        first, stop = phrase
        single = stop - first == 1 and line.parts.tag[first] == VERB and line.parts.stop[first] == stop
        return single or first + line.begin[first].get("givers", 0) == stop

    def breaks(self, line: Line, index: int) -> bool:
        """Whether a word ends before the token at which a clause begins anew."""
        size = line.end[index].get("left_breaks")
        return size is not None and _whole_back(line, index - size, index)

    def helps(self, line: Line, index: int) -> bool:
        """Whether the verb is an auxiliary (được, bị, đã)."""
        return "predicate" in line.begin[index]


def _whole_back(line: Line, first: int, stop: int) -> bool:
    """Whether the phrase from `first` to `stop` cuts no word at its start."""
    return first <= line.parts.first[stop - 1] or line.parts.stop[stop - 1] > stop
