"""The noun phrase to the left: what a number behind its predicate, its property or at its end is said of."""

from __future__ import annotations

from extractor.figures.kinds import UnitTables
from extractor.figures.lexicon import ADJECTIVE, NAME, NOUN, UNKNOWN, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.figures.right import CLOSERS, LONGEST
from extractor.tokens import Phrases

Range = tuple[int, int]
# Right behind one of these a clause has no subject of its own.
ENDS = frozenset({",", "(", "và", ";", ":", "-"})
# Linking words between phrase and number (hiện nay đã đạt mức); no text has more.
LINKS = 6
# Tokens that one item of a list has (cao đẳng, trung cấp).
ITEM = 4


class LeftSide:
    """Finds phrases to the left of a number."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        self._lists = lists
        self._units = units
        self._whole_numbers = frozenset(lists.whole_numbers)

    # -- the phrase --------------------------------------------------------------------------------------------

    def phrase(self, line: Line, index: int) -> Range | None:
        """The phrase that the number at the token `index` is said of: its first token and the one behind its last."""
        stop = self._before_links(line, index)
        if stop is None:
            return None
        stop = self._compared(line, stop) if self._soft(line, stop, index) else stop
        link = self._property(line, stop)
        if (
            link is not None
            and line.text(link - 1) in (",", ";")
            and self._lists.linkers.match(line.tokens, link) is not None
        ):
            return None  # , trị giá 500.000 đồng
        found = self._owner(line, stop) or self._before(line, stop, index)
        if found is None:
            return None
        tail = self._lists.tails.match(line.tokens, found[1])
        return (found[0], tail[0]) if tail is not None and tail[0] <= index else found

    def _compared(self, line: Line, stop: int) -> int:
        """Back to the word of comparison, if one stands in the clause: giá thuốc | cao hơn giá bình quân (20%)."""
        low, commas = self._clause_before(line, stop)
        for index in range(commas[0] + 1 if commas else low, stop):
            if line.parts.first[index] == index and self._lists.comparatives.match(line.tokens, index) is not None:
                return self._before_links(line, index) or index
        return stop

    def _owner(self, line: Line, stop: int) -> Range | None:
        """The thing whose property stands before `stop`: căn hộ | diện tích (30 m2), not tổng diện tích."""
        link = self._property(line, stop)
        if link is None or not line.free(link - 1):
            return None
        if line.text(link - 1) == "(":
            return self._before(line, link - 1, link - 1)
        thing = self._before_links(line, link) or link
        trade = self._lists.trade_verbs.match_back(line.tokens, thing)
        thing = trade[0] if trade is not None else thing
        if thing <= 0 or not line.free(thing - 1) or line.text(thing - 1) in ENDS or self._is_verb(line, thing - 1):
            return None
        low, commas = self._clause_before(line, thing)
        segment = commas[0] + 1 if commas else low
        found = self._trimmed(line, self._nearest_noun(line, segment, thing), thing)
        if found is None or self._lists.number_heads.match(line.tokens, found[1] - 1) is not None:
            return None
        return found

    def _property(self, line: Line, stop: int) -> int | None:
        """Where the name of a property begins that ends before `stop`."""
        found = self._lists.properties.match_back(line.tokens, stop)
        if found is None or not _whole_back(line, found[0], stop):
            return None
        compound = self._lists.compounds.match_back(line.tokens, stop)
        return None if compound is not None and compound[0] < found[0] else found[0]

    def deed(self, line: Line, index: int) -> Range | None:
        """What takes the time at `index`: the last verb before it with its object, or the phrase it is said of."""
        stop = self._before_links(line, index)
        if stop is None or self._property(line, stop) is not None:
            return self.phrase(line, index)
        low, commas = self._clause_before(line, stop)
        segment = commas[0] + 1 if commas else low
        if self._first(self._lists.left_heads, line, segment, stop) is not None:
            return self.phrase(line, index)
        for token in range(stop - 1, segment - 1, -1):
            first = line.parts.first[token]
            if (
                self._is_verb(line, token)
                and self._lists.linkers.match(line.tokens, first) is None
                and not self._helps(line, token)
            ):
                while first > segment and self._is_verb(line, first - 1) and not self._helps(line, first - 1):
                    first = line.parts.first[first - 1]
                return self._trimmed(line, first, stop)
        return self.phrase(line, index)

    def named_sum(self, line: Line, index: int) -> Range | None:
        """The head noun of the clause if it names the sum, although a verb of giving stands behind it."""
        low, commas = self._clause_before(line, index)
        head = self._first(self._lists.sum_heads, line, commas[0] + 1 if commas else low, index)
        return None if head is None else self._trimmed(line, head, index)

    def skipped_noun(self, line: Line, index: int) -> Range | None:
        """A head noun among the linking words themselves: mức tăng 13,3%."""
        stop = self._before_links(line, index)
        head = self._first(self._lists.left_heads, line, max(0, stop if stop is not None else index - 3), index)
        return None if head is None else self._trimmed(line, head, index)

    def _before(self, line: Line, stop: int, index: int) -> Range | None:
        if stop <= 0 or line.figure[stop - 1] >= 0 or line.text(stop - 1) in ENDS:
            return None
        low, commas = self._clause_before(line, stop)
        segment = commas[0] + 1 if commas else low
        head = self._first(self._lists.left_heads, line, segment, stop)
        if head is None and commas:
            head = self._first(self._lists.far_heads, line, low, stop)
        if head is not None:
            return self._trimmed(line, head, stop)
        if self._soft(line, stop, index):
            stop = self._without_verbs(line, stop)
        first = self._behind_last_start(line, segment, stop, predicated=not self._soft(line, stop, index))
        if segment < first < stop and self._only_verbs(line, first, stop):
            return self._before(line, self._before_links(line, first) or first, index)  # đã | sụt giảm mạnh xuống còn
        if first < stop and commas and first == segment:
            first = self._listed(line, low, commas, first)
        if stop == index:
            first = self._nearest_noun(line, first, stop)
        return self._trimmed(line, first, stop)

    def _before_links(self, line: Line, index: int) -> int | None:
        """Back over linking words and dates; None if a figure stands there."""
        steps = 0
        while index > 0 and steps < LINKS:
            if line.figure[index - 1] >= 0:
                return None
            start = line.skip_back.get(index)
            if start is None and line.text(index - 1)[0].isdigit() and index - 1 not in line.labels:
                start = index - 1  # vùng 2 | từ 3.530.000 lên
            if start is None:
                if self._property(line, index) is not None:
                    break
                found = self._lists.linkers.match_back(line.tokens, index)
                if found is None or self._inside_word(line, found[0], index):
                    break
                start = found[0]
            index, steps = start, steps + 1
        return index if line.free(index - 1) else None

    def _inside_word(self, line: Line, first: int, stop: int) -> bool:
        """Whether the stretch is only the end of something longer: lương | tối thiểu."""
        longer = [phrases.match_back(line.tokens, stop) for phrases in (self._lists.compounds, self._lists.left_heads)]
        return not _whole_back(line, first, stop) or any(found is not None and found[0] < first for found in longer)

    def _soft(self, line: Line, first: int, stop: int) -> bool:
        """Whether no predicate stands among the linking words from `first` to `stop`."""
        while stop > first:
            start = line.skip_back.get(stop)
            found = self._lists.soft_links.match_back(line.tokens, stop)
            if start is None and found is None:
                return False
            stop = start if start is not None else found[0] if found else first
        return True

    def _without_verbs(self, line: Line, stop: int) -> int:
        """Without the predicate at the end, if a noun stands before it: doanh nghiệp nhà nước | nợ."""
        index = stop
        while index > 0 and line.free(index - 1) and self._is_verb(line, index - 1):
            if self._lists.compounds.match_back(line.tokens, index) is not None:
                break
            index = line.parts.first[index - 1]
            start = self._before_links(line, index)
            index = start if start is not None else index
        if (
            index == stop
            or not line.says(index - 1)
            or self._lists.left_breaks.match_back(line.tokens, index) is not None
        ):
            return stop
        head = self._units.match(line.tokens, line.parts.first[index - 1])
        named_by_verb = head is not None and all(
            unit.kind in ("class_count", "event_count", "item_count") for unit in head[1]
        )
        return stop if named_by_verb or self._lists.left_starts.match_back(line.tokens, index) is not None else index

    def _helps(self, line: Line, index: int) -> bool:
        return self._lists.predicate.match(line.tokens, index) is not None

    def _only_verbs(self, line: Line, first: int, stop: int) -> bool:
        """Whether a predicate without an object stands there: sụt giảm mạnh."""
        tags = {line.parts.tag[index] for index in range(first, stop)}
        return (
            line.parts.tag[first] == VERB
            and tags <= {VERB, ADJECTIVE}
            and self._behind_fixed(line, first, stop, clause=False) is None
        )

    def _is_verb(self, line: Line, index: int) -> bool:
        """Whether the token ends a verb, with what may follow one: truy thu lại, thu được."""
        if index > 0 and self._lists.verb_tails.match(line.tokens, index) is not None and line.free(index - 1):
            index -= 1
        return line.parts.tag[index] == VERB

    def _clause_before(self, line: Line, stop: int) -> tuple[int, list[int]]:
        """Where the clause before `stop` begins, and its commas, the nearest first."""
        index, commas = stop, []
        while index > 0 and stop - index < LONGEST + 6:
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
            else:
                found = self._lists.left_breaks.match_back(line.tokens, index)
                if found is not None and _whole_back(line, found[0], index):
                    break
            index -= 1
        return index, commas

    def _first(self, heads: Phrases[str], line: Line, low: int, stop: int) -> int | None:
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
        if stop < len(line) and (
            line.text(stop)[0].isdigit() or (line.text(index)[0].isupper() and line.text(stop)[0].isupper())
        ):
            return False
        compound = self._lists.compounds.match(line.tokens, index)
        if compound is not None and compound[0] > stop:
            return False
        return stop >= line.parts.stop[index] or line.parts.tag[index] in (NOUN, UNKNOWN)

    def _starts(self, line: Line, index: int, first: int, low: int) -> int | None:
        """Behind the word at `index` if the phrase begins anew there.

        A preposition or và between nouns begins nothing: căn hộ tại quận 1, trung cấp và trình độ khác.
        """
        found = self._lists.left_starts.match(line.tokens, index)
        if found is None or found[0] < line.parts.stop[index]:
            return None
        if self._lists.attributive.match(line.tokens, index) is None or index == low:
            return found[0]
        return found[0] if any(self._is_verb(line, token) for token in range(first, index)) else None

    def _behind_last_start(self, line: Line, low: int, stop: int, *, predicated: bool = False) -> int:
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

    def _nearest_noun(self, line: Line, first: int, stop: int) -> int:
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
            if self._is_verb(line, index) and word_stop < stop and line.parts.tag[word_stop] != ADJECTIVE:
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
            return None if self._is_verb(line, index) and line.parts.stop[index] == found[0] else found[0]
        restrictive = self._lists.always_restrictive.match(line.tokens, index) if clause else None
        return None if restrictive is None else restrictive[0]

    def _listed(self, line: Line, low: int, commas: list[int], first: int) -> int:
        """Back over short items before the comma, if the list reaches to the figure before (cao đẳng, trung cấp có …)."""
        bounds = [*commas, low - 1]
        for near, far in zip(bounds, bounds[1:], strict=False):
            size = near - far - 1
            if not 0 < size <= ITEM or self._behind_last_start(line, far + 1, near) != far + 1:
                return first
            if far + 1 in line.skip or self._lists.not_entity.match(line.tokens, far + 1) is not None:
                return first
            # What stands right at the clause's start may be its subject; only a list item follows a figure.
            if far == low - 1 and not (low > 0 and line.figure[low - 1] >= 0):
                return first
            first = far + 1
        return first

    def _trimmed(self, line: Line, first: int, stop: int) -> Range | None:
        """The phrase without signs, dates and articles around it; None where it is only a time or a place."""
        lists, tokens = self._lists, line.tokens
        while first < stop and (not line.text(first)[0].isalnum() or first in line.skip):
            first = line.skip.get(first, first + 1)
        article = lists.articles.match(tokens, first)
        if article is not None and article[0] < stop and line.parts.stop[first] <= article[0]:
            return self._trimmed(line, article[0], stop)
        found = lists.not_entity.match(tokens, first) if first < stop else None
        if found is not None and found[0] < stop and line.text(found[0]) == ",":
            return self._trimmed(line, found[0] + 1, stop)
        while stop > first and not line.text(stop - 1)[0].isalnum():
            bracket = line.bracket_start(stop) if line.text(stop - 1) == ")" else None
            stop = bracket if bracket is not None else stop - 1
        determiner = lists.determiners.match_back(tokens, first)
        if determiner is not None and line.free(determiner[0]):
            first = determiner[0]
        if (
            first >= stop
            or (found is not None and found[0] >= stop)
            or lists.comparisons.match(tokens, first) is not None
        ):
            return None
        return first, stop

    def _leans(self, line: Line, first: int) -> bool:
        """Whether what begins there belongs to the words before it (của công ty, so với năm trước)."""
        return any(
            words.match(line.tokens, first) is not None for words in (self._lists.comparisons, self._lists.leaning)
        )

    # -- questions about what stands before --------------------------------------------------------------------

    def after_giver(self, line: Line, index: int) -> bool:
        """Whether a verb of giving, spending or getting stands right before the token."""
        found = self._lists.givers.match_back(line.tokens, index)
        compound = self._lists.compounds.match_back(line.tokens, index)
        return found is not None and (compound is None or compound[0] >= found[0])

    def category(self, line: Line, index: int) -> Range | None:
        """The category left of a bare count: sơ cấp có 17 người; not the body that has them (huyện có 17 người)."""
        if self._lists.category_links.match_back(line.tokens, index) is None:
            return None
        phrase = self.phrase(line, index)
        if phrase is None or "(" in line.tokens.texts[phrase[1] : index]:
            return None
        if not line.labels.isdisjoint(range(*phrase)):
            return phrase  # nhóm 3 có 51 người: a numbered group is a category
        return None if self._is_body(line, phrase[0]) else phrase

    def parallel(self, line: Line, index: int, after: int) -> Range | None:
        """The category right before a bare count in a row of such: nghiệp vụ 31 lớp, | tài chính (10 lớp)."""
        first = index
        while first > after and index - first <= ITEM and line.free(first - 1) and line.text(first - 1) not in ENDS:
            first -= 1
        if first == index or index - first > ITEM or (line.text(first - 1) not in ENDS and first != after):
            return None
        named = line.parts.tag[index - 1] in (NOUN, NAME) or index in line.short_back
        plain = named and all(self._is_plain(line, token) for token in range(first, index))
        return (first, index) if plain and not self._is_body(line, first) else None

    def _is_plain(self, line: Line, index: int) -> bool:
        """Whether the token is part of a noun or name, no verb and no word that links."""
        each = self._lists.each.match(line.tokens, index) or self._lists.left_starts.match(line.tokens, index)
        return line.says(index) and not self._is_verb(line, index) and each is None

    def _is_body(self, line: Line, index: int) -> bool:
        found = self._units.match(line.tokens, index)
        body = self._lists.bodies.match(line.tokens, index)
        return (found is not None and all(unit.kind == "organization_count" for unit in found[1])) or (
            body is not None and body[0] >= line.parts.stop[index]
        )

    def donor_or_receiver(self, line: Line, index: int, phrase: Range) -> bool:
        """Whether the phrase that ends right at a sum names who gives or gets it: Công ty A 50 triệu đồng."""
        if phrase[1] != index or self._lists.each.match(line.tokens, phrase[0]) is not None:
            return False
        determiner = self._lists.determiners.match(line.tokens, phrase[0])
        first = determiner[0] if determiner is not None and determiner[0] < phrase[1] else phrase[0]
        found = self._units.match(line.tokens, first)
        people = found is not None and all(unit.person or unit.kind == "organization_count" for unit in found[1])
        return people or self._is_body(line, first) or line.parts.tag[first] == NAME

    def averaged(self, line: Line, index: int) -> bool:
        """Whether the number is an average (bình quân 30 cuốn/tổ)."""
        return self._lists.averages.match_back(line.tokens, index) is not None

    def share_verb(self, line: Line, index: int) -> bool:
        """Whether the share at the token is said of what stands left: chiếm, tăng, giảm, vượt …"""
        return self._lists.share_verbs.match_back(line.tokens, index) is not None

    def named_share(self, line: Line, index: int) -> Range | None:
        """The phrase left of a share that names the share itself: tỷ lệ bao phủ … 82%."""
        phrase = self.phrase(line, index)
        if phrase is None or self._lists.share_heads.match(line.tokens, phrase[0]) is None:
            return None
        return phrase

    def number_of(self, line: Line, index: int) -> Range | None:
        """The phrase left of the number if it names a number itself: số học viên của trung tâm lên đến 34."""
        phrase = self.phrase(line, index)
        head = None if phrase is None else self._lists.number_heads.match(line.tokens, phrase[0])
        if phrase is None or head is None:
            return None
        return phrase if phrase[1] > head[0] or head[1] in self._whole_numbers else None

    def subjectless(self, line: Line, index: int) -> bool:
        """Whether no phrase stands between the last comma, bracket or figure and the words before the number."""
        while index > 0 and line.figure[index - 1] < 0:
            word = line.text(index - 1)
            if self._lists.conjunctions.match(line.tokens, index - 1) is not None:
                return True
            if word == "(":
                return index > 1 and line.figure[index - 2] >= 0
            start = line.skip_back.get(index)
            found = self._lists.linkers.match_back(line.tokens, index)
            if start is not None:
                index = start
            elif found is not None and found[1] not in ("(", ":"):
                index = found[0]
            else:
                return self._only_compares(line, index)
        return True

    def changed(self, line: Line, index: int) -> bool:
        """Whether the number is what the one before has become: giảm từ 41 vụ | xuống 17 vụ."""
        return self._lists.changes.match_back(line.tokens, index) is not None and self.subjectless(line, index)

    def _only_compares(self, line: Line, index: int) -> bool:
        """Whether nothing but a comparison stands between comma and token: , so với cùng kỳ năm 2016 | tăng 5%."""
        while index > 0 and line.free(index - 1) and line.text(index - 1) not in ENDS:
            index -= 1
        return self._lists.comparisons.match(line.tokens, index) is not None

    def in_bracket_behind(self, line: Line, index: int, entity: Range | None) -> bool:
        """Whether the number stands in a bracket right behind the phrase: 41/41 tổ công đoàn (đạt 100%)."""
        while index > 0 and line.text(index - 1) != "(":
            found = self._lists.linkers.match_back(line.tokens, index)
            if found is None:
                return False
            index = found[0]
        return entity is not None and index > 0 and entity[1] == index - 1

    def total_words(self, line: Line, index: int) -> Range | None:
        """The words that call the sum a total: tổng trị giá, tổng số tiền; without the preposition."""
        found = self._lists.total_links.match_back(line.tokens, index)
        if found is None:
            return None
        first = found[0] + (line.lower(found[0]) == "với")
        return (first, index) if self._lists.total_nouns.match(line.tokens, first) is not None else None

    def worth(self, line: Line, index: int) -> bool:
        """Whether the sum at the token is the worth of what stands before: , với tổng kinh phí 30 triệu đồng."""
        found = self._lists.total_links.match_back(line.tokens, index)
        if found is None:
            return False
        first = found[0]
        link = self._lists.soft_links.match_back(line.tokens, first)
        first = link[0] if link is not None else first
        return first == 0 or not line.free(first - 1) or line.text(first - 1) in ENDS

    def counted_worth(self, line: Line, index: int) -> bool:
        """Whether a preposition ties the sum to what its clause counts: mở 15 lớp tại huyện với kinh phí 30 triệu đồng."""
        found = self._lists.total_links.match_back(line.tokens, index)
        return found is not None and line.lower(found[0]) == "với"

    def main_noun(self, line: Line, index: int) -> Range | None:
        """The head noun of the clause before, and the token behind it, where the number has no subject of its own."""
        while index > 0 and line.free(index - 1) and line.text(index - 1) != ",":
            found = self._lists.linkers.match_back(line.tokens, index) or self._lists.left_breaks.match_back(
                line.tokens, index
            )
            start = line.skip_back.get(index, found[0] if found else None)
            if start is None:
                return None
            index = start
        if index == 0 or not line.free(index - 1):
            return None
        low, _ = self._clause_before(line, index - 1)
        head = self._first(self._lists.far_heads, line, low, index - 1)
        return None if head is None else (head, line.parts.stop[head])


def _whole_back(line: Line, first: int, stop: int) -> bool:
    """Whether the phrase from `first` to `stop` cuts no word at its start."""
    return first <= line.parts.first[stop - 1] or line.parts.stop[stop - 1] > stop
