"""What stands right behind a share, an amount or a duration: its whole, its stuff, its activity."""

from __future__ import annotations

from extractor.figures.kinds import Unit
from extractor.figures.lexicon import ADJECTIVE, NOUN, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.right import RightSide

Range = tuple[int, int]


class Behind:
    """Finds the noun phrase or verb that begins right behind a unit."""

    def __init__(self, lists: EntityLists, right: RightSide) -> None:
        self._lists = lists
        self._right = right

    def of_share(self, line: Line, index: int) -> Range | None:
        """The noun phrase right behind a share or fraction: 80% cán bộ, công chức."""
        start = self._whole(line, index)
        if start is None:
            return None
        found = self._noun(line, start)
        compound = self._lists.compounds.match(line.tokens, start)
        if compound is None and found is None and start not in line.short and not self._may_be_noun(line, start):
            return None
        stop = max(found[0] if found else start, compound[0] if compound else start, line.short.get(start, 0))
        end = self._right.end(line, start, stop, found[1][0] if found is not None else None)
        return (start, end) if end > start else None

    def _whole(self, line: Line, index: int) -> int | None:
        """Where the whole of a share begins that ends before `index`; behind a preposition too (12% trong số này)."""
        tokens, lists = line.tokens, self._lists
        if not line.says(index) or lists.no_whole.match(tokens, index) is not None:
            return None
        of = lists.share_of.match(tokens, index)
        if of is None or not line.free(of[0]):
            return index if lists.loose_ends.match(tokens, index) is None else None
        head = lists.number_heads.match(tokens, of[0])
        if head is not None:
            return of[0] if line.free(head[0]) else None  # not 22% trong số 1.743 công ty
        if self._right.unit_at(line, of[0]) is not None:
            return of[0]
        return index if lists.loose_ends.match(tokens, index) is None else None

    def _noun(self, line: Line, index: int) -> tuple[int, tuple[Unit, ...]] | None:
        """The unit at the token, unless it is also a word that ends phrases (từ is a unit, and a preposition)."""
        found = self._right.unit_at(line, index)
        stopped = self._lists.stops.match(line.tokens, index) or self._lists.verbs.match(line.tokens, index)
        return None if found is None or (stopped is not None and stopped[0] >= found[0]) else found

    def _may_be_noun(self, line: Line, index: int) -> bool:
        stopped = self._lists.stops.match(line.tokens, index) or self._lists.verbs.match(line.tokens, index)
        whole = stopped is not None and stopped[0] >= line.parts.stop[index]
        return not whole and line.parts.tag[index] not in (VERB, ADJECTIVE)

    def predicate(self, line: Line, index: int) -> bool:
        """Whether a predicate begins at the token, so that the number itself is its subject."""
        if not line.says(index):
            return False
        words = (self._lists.predicate, self._lists.negations)
        return line.parts.tag[index] == VERB or any(word.match(line.tokens, index) is not None for word in words)

    def stuff(self, line: Line, index: int) -> Range | None:
        """The noun right behind the unit of an amount: 40 m2 sàn xây dựng, 500 kg gạo."""
        if not line.says(index) or line.parts.tag[index] != NOUN or not self._may_be_noun(line, index):
            return None
        found = self._right.unit_at(line, index)
        if found is not None and found[1][0].person:
            return None
        return index, self._right.end(line, index, line.parts.stop[index], None)

    def sum_named(self, line: Line, index: int) -> Range | None:
        """What the sum is called right behind it: 100 triệu đồng tiền hỗ trợ."""
        found = self._lists.sum_heads.match(line.tokens, index) if line.free(index) else None
        return None if found is None else (index, self._right.end(line, index, found[0], None, verbal=True))

    def activity(self, line: Line, index: int) -> Range | None:
        """What lasts so long, behind the duration: 20 năm triển khai chính sách."""
        if index < len(line) and line.text(index) == "(":
            index = line.bracket_stop(index) or index
        if not line.says(index) or self._lists.no_activity.match(line.tokens, index) is not None:
            return None
        stopped = self._lists.stops.match(line.tokens, index)
        if stopped is not None and stopped[0] >= line.parts.stop[index]:
            return None
        return index, self._right.end(line, index, line.parts.stop[index], None, verbal=True)
