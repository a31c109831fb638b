"""The clause before a number: where it begins, its linking words, its verbs, and where its noun phrase starts."""

from __future__ import annotations

from extractor.figures.kinds import UnitTables
from extractor.figures.lexicon import ADJECTIVE, NOUN, UNKNOWN, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.right import CLOSERS, LONGEST
from extractor.tokens import Phrases

Range = tuple[int, int]
# Signs right behind which a clause has no subject of its own.
ENDS = frozenset(",(;:-")
# Linking words between phrase and number (hiện nay đã đạt mức); no text has more.
LINKS = 6
# A clause is looked back over for as many tokens as a phrase has, and a predicate.
LONGEST_CLAUSE = LONGEST + 6
# What a verb right behind the unit names: lớp bồi dưỡng, cuộc kiểm tra, suất ăn.
NAMED_BY_VERBS = frozenset({"class_count", "event_count", "item_count"})


class Clause:
    """Reads the words before a number, of which nothing but lists and parts of speech are known."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        self._lists = lists
        self._units = units

    def ends(self, line: Line, index: int) -> bool:
        """Whether the token parts a clause or noun from what stands before it: a sign, or và."""
        return line.text(index) in ENDS or self._lists.joiners.match(line.tokens, index) is not None

    def before_links(self, line: Line, index: int) -> int | None:
        """Back over linking words and dates; None if a figure stands there."""
        steps = 0
        while index > 0 and steps < LINKS:
            if line.figure[index - 1] >= 0:
                return None
            start = line.skip_back.get(index)
            if start is None and line.text(index - 1)[0].isdigit() and index - 1 not in line.labels:
                start = index - 1  # vùng 2 | từ 3.530.000 lên
            if start is None:
                if self.property(line, index) is not None:
                    break
                found = self._lists.linkers.match_back(line.tokens, index)
                if found is None or self.inside_word(line, found[0], index):
                    break
                start = found[0]
            index, steps = start, steps + 1
        return index if line.free(index - 1) else None

    def inside_word(self, line: Line, first: int, stop: int) -> bool:
        """Whether the stretch is only the end of something longer: lương | tối thiểu."""
        longer = [phrases.match_back(line.tokens, stop) for phrases in (self._lists.compounds, self._lists.left_heads)]
        return not _whole_back(line, first, stop) or any(found is not None and found[0] < first for found in longer)

    def soft(self, line: Line, first: int, stop: int) -> bool:
        """Whether no predicate stands among the linking words from `first` to `stop`."""
        while stop > first:
            start = line.skip_back.get(stop)
            found = self._lists.soft_links.match_back(line.tokens, stop)
            if start is None and found is None:
                return False
            stop = start if start is not None else found[0] if found else first
        return True

    def property(self, line: Line, stop: int) -> int | None:
        """Where the name of a property begins that ends before `stop`."""
        found = self._lists.properties.match_back(line.tokens, stop)
        if found is None or not _whole_back(line, found[0], stop):
            return None
        compound = self._lists.compounds.match_back(line.tokens, stop)
        return None if compound is not None and compound[0] < found[0] else found[0]

    def bounds(self, line: Line, stop: int) -> tuple[int, list[int]]:
        """Where the clause before `stop` begins, and its commas, the nearest first."""
        index, commas = stop, []
        while index > 0 and stop - index < LONGEST_CLAUSE:
            short = line.short_back.get(index)
            bracket = line.bracket_start(index) if line.text(index - 1) == ")" else None
            if short is not None or bracket is not None:
                index = short if short is not None else bracket or 0
                continue
            if line.figure[index - 1] >= 0 or line.text(index - 1) in CLOSERS:
                break
            joined = (
                self._lists.compounds.match(line.tokens, index - 2)
                if line.text(index - 1) == "," and index > 1
                else None
            )
            if joined is not None and joined[0] > index:
                index -= 2
                continue
            if line.text(index - 1) == ",":
                commas.append(index - 1)
            elif self.breaks(line, index):
                break
            index -= 1
        return index, commas

    def head(self, heads: Phrases[str], line: Line, low: int, stop: int) -> int | None:
        """The first head noun of the stretch that no predicate parts from the number."""
        for index in range(stop - 1, low - 1, -1):
            if self._lists.predicate_marks.match(line.tokens, index) is not None:
                low = index + 1
                break
        for index in range(low, stop):
            if index in line.skip or line.parts.first[index] != index:
                continue
            found = heads.match(line.tokens, index)
            if found is not None and self._heads(line, index, found[0]):
                return index
            found = self._lists.accounts.match(line.tokens, index)
            if found is not None and line.parts.stop[index] <= found[0] < stop:
                return index
        return None

    def _heads(self, line: Line, index: int, stop: int) -> bool:
        """Whether the head noun is one here: not part of a name (Tổng LĐLĐ) or of a word that is no noun."""
        named = self._lists.name_heads.match(line.tokens, index) is not None and line.text(index)[0].isupper()
        if stop < len(line) and (line.text(stop)[0].isdigit() or (named and line.text(stop)[0].isupper())):
            return False
        compound = self._lists.compounds.match(line.tokens, index)
        if compound is not None and compound[0] > stop:
            return False
        return stop >= line.parts.stop[index] or line.parts.tag[index] in (NOUN, UNKNOWN)

    def is_verb(self, line: Line, index: int) -> bool:
        """Whether the token ends a verb, with what may follow one: truy thu lại, thu được."""
        if index > 0 and self._lists.verb_tails.match(line.tokens, index) is not None and line.free(index - 1):
            index -= 1
        return line.parts.tag[index] == VERB

    def bare_verb(self, line: Line, phrase: Range) -> bool:
        """Whether the phrase is one verb and no more (ghi, lĩnh), or one of giving (cho vay)."""
        first, stop = phrase
        giver = self._lists.givers.match(line.tokens, first)
        single = stop - first == 1 and line.parts.tag[first] == VERB and line.parts.stop[first] == stop
        return single or (giver is not None and giver[0] == stop)

    def breaks(self, line: Line, index: int) -> bool:
        """Whether a word ends before the token at which a clause begins anew."""
        found = self._lists.left_breaks.match_back(line.tokens, index)
        return found is not None and _whole_back(line, found[0], index)

    def helps(self, line: Line, index: int) -> bool:
        """Whether the verb is an auxiliary (được, bị, đã)."""
        return self._lists.predicate.match(line.tokens, index) is not None

    def only_verbs(self, line: Line, first: int, stop: int) -> bool:
        """Whether a predicate without an object stands there: sụt giảm mạnh."""
        tags = {line.parts.tag[index] for index in range(first, stop)}
        return (
            line.parts.tag[first] == VERB
            and tags <= {VERB, ADJECTIVE}
            and self._behind_fixed(line, first, stop, clause=False) is None
        )

    def without_verbs(self, line: Line, stop: int) -> int:
        """Without the predicate at the end, if a noun stands before it: doanh nghiệp nhà nước | nợ."""
        index = stop
        while index > 0 and line.free(index - 1) and self.is_verb(line, index - 1):
            if self._lists.compounds.match_back(line.tokens, index) is not None:
                break
            index = line.parts.first[index - 1]
            start = self.before_links(line, index)
            index = start if start is not None else index
        if (
            index == stop
            or not line.says(index - 1)
            or self._lists.left_breaks.match_back(line.tokens, index) is not None
        ):
            return stop
        head = self._units.match(line.tokens, line.parts.first[index - 1])
        named_by_verb = head is not None and all(unit.kind in NAMED_BY_VERBS for unit in head[1])
        return stop if named_by_verb or self._lists.left_starts.match_back(line.tokens, index) is not None else index

    def _starts(self, line: Line, index: int, first: int, low: int) -> int | None:
        """Behind the word at `index` if the phrase begins anew there.

        A preposition or và between nouns begins nothing: căn hộ tại quận 1, trung cấp và trình độ khác.
        """
        found = self._lists.left_starts.match(line.tokens, index)
        if found is None or found[0] < line.parts.stop[index]:
            return None
        if self._lists.attributive.match(line.tokens, index) is None or index == low:
            return found[0]
        return found[0] if any(self.is_verb(line, token) for token in range(first, index)) else None

    def behind_last_start(self, line: Line, low: int, stop: int, *, predicated: bool = False) -> int:
        """Where the phrase before `stop` begins; before a predicate, là is none (đoàn viên là đảng viên chiếm 60%)."""
        index = first = low
        while index < stop:
            following = self._behind_fixed(line, index, stop, clause=index > low)
            if following is not None:
                index = following
                continue
            start = self._starts(line, index, first, low)
            copula = predicated and index > low and self._lists.copulas.match(line.tokens, index) is not None
            if start is not None and not copula:
                index = first = start
            else:
                index = line.parts.stop[index]
        return first

    def nearest_noun(self, line: Line, first: int, stop: int) -> int:
        """Without a linking word the noun behind the last verb is meant: … được ưu đãi mua nhà 100 triệu đồng."""
        index = low = first
        while index < stop:
            following = self._behind_fixed(line, index, stop, clause=index > first)
            if following is not None:
                index = following
                continue
            word_stop = line.parts.stop[index]
            near = self._lists.near_starts.match(line.tokens, index)
            start = near[0] if near is not None else self._starts(line, index, first, low)
            if self.is_verb(line, index) and word_stop < stop and line.parts.tag[word_stop] != ADJECTIVE:
                index = first = word_stop
            elif start is not None and start < stop:
                index = first = start
            else:
                index = word_stop
        return first

    def _behind_fixed(self, line: Line, index: int, stop: int, *, clause: bool) -> int | None:
        """Behind an expression that belongs together: a compound, a unit, or inside a phrase a restrictive clause."""
        found = self._lists.compounds.match(line.tokens, index) or self._units.match(line.tokens, index)
        if found is not None and found[0] - index > 1 and found[0] <= stop:
            # A verb of several syllables is a verb all the same: việc xây dựng | nhà ở.
            return None if self.is_verb(line, index) and line.parts.stop[index] == found[0] else found[0]
        restrictive = self._lists.always_restrictive.match(line.tokens, index) if clause else None
        return None if restrictive is None else restrictive[0]

    def trimmed(self, line: Line, first: int, stop: int) -> Range | None:
        """The phrase without signs, dates and articles around it; None where it is only a time or a place."""
        lists, tokens = self._lists, line.tokens
        while first < stop and (not line.text(first)[0].isalnum() or first in line.skip):
            first = line.skip.get(first, first + 1)
        article = lists.articles.match(tokens, first)
        if article is not None and article[0] < stop and line.parts.stop[first] <= article[0]:
            return self.trimmed(line, article[0], stop)
        found = lists.not_entity.match(tokens, first) if first < stop else None
        if found is not None and found[0] < stop and line.text(found[0]) == ",":
            return self.trimmed(line, found[0] + 1, stop)
        while stop > first and not line.text(stop - 1)[0].isalnum():
            bracket = line.bracket_start(stop) if line.text(stop - 1) == ")" else None
            stop = bracket if bracket is not None else stop - 1
        determiner = lists.determiners.match_back(tokens, first)
        if determiner is not None and line.free(determiner[0]):
            first = determiner[0]
        if first >= stop or (found is not None and found[0] >= stop) or self._leans(line, first):
            return None
        return first, stop

    def _leans(self, line: Line, first: int) -> bool:
        """Whether what begins there belongs to the words before it (của công ty, so với năm trước)."""
        return any(
            words.match(line.tokens, first) is not None for words in (self._lists.comparisons, self._lists.leaning)
        )


def _whole_back(line: Line, first: int, stop: int) -> bool:
    """Whether the phrase from `first` to `stop` cuts no word at its start."""
    return first <= line.parts.first[stop - 1] or line.parts.stop[stop - 1] > stop
