"""The phrase that says what is counted, or what has the share: right of the unit, or left of the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.datafile import Table, files, load
from extractor.figures.kinds import Unit, UnitTables
from extractor.tokens import Phrases, Tokens
from extractor.words import Vocabulary

# A noun phrase of the genre is hardly longer; what is cut here would be a sentence.
LONGEST = 18
_CLOSERS = frozenset(".;:!?()[]\n\"“”…")
# Right behind one of these a clause has no subject of its own.
_ENDS = frozenset({",", "(", "và", ";", ":", "-"})
_OPENERS = frozenset(".;:!?\n\"“”,(")


class EntityFile(Table):
    """`data/entities.toml`."""

    stops: tuple[str, ...]
    verbs: tuple[str, ...]
    verbs_follow: tuple[str, ...]
    bare_heads: tuple[str, ...]
    relative: tuple[str, ...]
    predicate: tuple[str, ...]
    joints: tuple[str, ...]
    linkers: tuple[str, ...]
    givers: tuple[str, ...]
    left_heads: tuple[str, ...]
    far_heads: tuple[str, ...]
    left_breaks: tuple[str, ...]
    left_starts: tuple[str, ...]
    governors: tuple[str, ...]
    fronted: tuple[str, ...]
    restrictive: tuple[str, ...]
    always_restrictive: tuple[str, ...]
    not_entity: tuple[str, ...]
    category_links: tuple[str, ...]
    bodies: tuple[str, ...]
    share_verbs: tuple[str, ...]
    no_whole: tuple[str, ...]
    no_activity: tuple[str, ...]
    properties: tuple[str, ...]
    total_links: tuple[str, ...]
    list_nouns: tuple[str, ...]
    compounds: tuple[str, ...]
    share_heads: tuple[str, ...]
    share_of: tuple[str, ...]
    tails: tuple[str, ...]
    predicate_marks: tuple[str, ...]
    determiners: tuple[str, ...]
    inside_free: tuple[str, ...]
    purpose: tuple[str, ...]
    purpose_verbs: tuple[str, ...]
    loose_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the entity finder walks it.

    `figure[i]` is the index of the figure that token i belongs to (number, hedge or unit), -1 for none; `skip[i]` is
    the index behind the date or label that starts at token i; `skip_back[i]` where one that ends before i starts;
    `short[i]` the index behind an abbreviation that starts there, `longs[i]` what it stands for.
    `labels` holds the tokens of labels and names with numbers (nhóm 3), which may stand inside a phrase.
    """

    tokens: Tokens
    figure: list[int]
    skip: dict[int, int]
    skip_back: dict[int, int]
    short: dict[int, int]
    short_back: dict[int, int]
    longs: dict[int, str]
    labels: set[int]

    def bracket_start(self, stop: int) -> int | None:
        """Where the bracket without a figure opens that closes before the token `stop`; None if none does."""
        for index in range(stop - 2, max(-1, stop - 12), -1):
            if self.figure[index] >= 0 or self.tokens.texts[index] in (".", ";", ")"):
                return None
            if self.tokens.texts[index] == "(":
                return index
        return None

    def bracket_stop(self, first: int) -> int | None:
        """Behind the bracket that opens at the token `first`, if it closes soon."""
        for index in range(first + 1, min(len(self.tokens), first + 12)):
            if self.tokens.texts[index] == ")":
                return index + 1
        return None


class EntityFinder:
    """Finds noun phrases around a figure by words that cannot stand inside them."""

    def __init__(self, table: EntityFile, units: UnitTables, vocabulary: Vocabulary) -> None:
        self._units = units
        self._vocabulary = vocabulary
        self._stops = Phrases((word, word) for word in table.stops)
        self._verbs = Phrases((word, word) for word in table.verbs)
        self._relative = Phrases((word, word) for word in table.relative)
        self._predicate = frozenset(table.predicate)
        self._linkers = Phrases((word, word) for word in table.linkers)
        self._givers = Phrases((word, word) for word in table.givers)
        self._left_starts = Phrases((word, word) for word in table.left_starts)
        self._left_breaks = Phrases((word, word) for word in table.left_breaks)
        self._left_heads = Phrases((word, word) for word in table.left_heads)
        self._far_heads = Phrases((word, word) for word in table.far_heads)
        self._governors = Phrases((word, word) for word in table.governors)
        self._fronted = Phrases((word, word) for word in table.fronted)
        self._restrictive = Phrases((word, word) for word in table.restrictive)
        self._always_restrictive = Phrases((word, word) for word in table.always_restrictive)
        self._not_entity = Phrases((word, word) for word in table.not_entity)
        self._category_links = Phrases((word, word) for word in table.category_links)
        self._bodies = Phrases((word, word) for word in table.bodies)
        self._share_verbs = Phrases((word, word) for word in table.share_verbs)
        self._no_whole = Phrases((word, word) for word in table.no_whole)
        self._number_heads = Phrases((word, word) for word in ("số", "tổng số", "số lượng", "dân số", "tổng dân số", "tổng"))
        self._compounds = Phrases((word, word) for word in table.compounds)
        self._share_heads = Phrases((word, word) for word in table.share_heads)
        self._share_of = Phrases((word, word) for word in table.share_of)
        self._tails = Phrases((word, word) for word in table.tails)
        self._predicate_marks = frozenset(table.predicate_marks)
        self._determiners = Phrases((word, word) for word in table.determiners)
        self._inside_free = Phrases((word, word) for word in table.inside_free)
        self._purpose = Phrases((word, word) for word in table.purpose)
        self._loose_ends = Phrases((word, word) for word in (*table.purpose, *table.inside_free, *table.loose_ends))
        self._purpose_verbs = Phrases((word, word) for word in table.purpose_verbs)
        self._properties = Phrases((word, word) for word in table.properties)
        self._sums = frozenset({"tổng", "số", "kinh"})
        self._total_links = Phrases((word, word) for word in table.total_links)
        self._list_nouns = Phrases((word, word) for word in table.list_nouns)
        self._no_activity = Phrases((word, word) for word in table.no_activity)
        self._verbs_follow = frozenset(table.verbs_follow)
        self._bare_heads = frozenset(table.bare_heads)

    @classmethod
    def load(cls, units: UnitTables, vocabulary: Vocabulary, folders: Sequence[Path] = ()) -> EntityFinder:
        """From the last of the package's and the users' `entities.toml`."""
        return cls(load(files("entities.toml", folders)[-1], EntityFile), units, vocabulary)

    # -- to the right ------------------------------------------------------------------------------------------

    def right(
        self, line: Line, first: int, after_unit: int, unit: Unit | None, number: int | None = None, *, verbal: bool = False
    ) -> int:
        """Where the phrase ends that begins at the token `first` and whose unit ends before `after_unit`.

        `number` is the first token of hedge and number, where the words before may govern the phrase.
        """
        tokens, index = line.tokens, after_unit
        limit = min(len(tokens), first + LONGEST)
        bare = unit is not None and " ".join(tokens.lowers[first:after_unit]) in self._bare_heads
        free = unit is not None and unit.code in self._verbs_follow
        governed = number is not None and self._governors.match_back(tokens, number) is not None
        fronted = number is not None and self._is_fronted(line, number, limit)
        # After a number noun the verb belongs to the phrase: số người vay, số hồ sơ bị từ chối.
        inside = verbal
        counted = self._number_heads.match(tokens, first) is not None
        inside = inside or counted
        while index < limit and line.figure[index] < 0:
            if index in line.short:
                index = line.short[index]
                continue
            word = tokens.texts[index]
            if word == "(" and index + 1 in line.short and index > after_unit and line.bracket_stop(index) == line.short[index + 1] + 1:
                index = line.short[index + 1] + 1
                continue
            if index in line.skip or word in _CLOSERS or (word[0].isdigit() and index not in line.labels):
                break
            if word == "-" and 0 < index < len(tokens) - 1 and tokens.texts[index - 1][0].isupper() and tokens.texts[index + 1][0].isupper():
                index += 2
                continue
            if word in (",", "-", "/", "&") or tokens.lowers[index] == "và":
                joined = self._joined(line, index + 1, unit)
                if joined is None:
                    break
                index = joined
                continue
            if not word[0].isalnum():
                break
            if fronted:
                index += 1
                continue
            compound = self._compounds.match(tokens, index)
            if compound is not None:
                index = compound[0]
                continue
            opening = self._always_restrictive.match(tokens, index)
            if opening is None and counted and index > first:
                opening = self._restrictive.match(tokens, index)
            if opening is None and (governed or (bare and index == after_unit)):
                opening = self._restricts(line, index, after_unit, bare=bare)
            if opening is not None:
                inside, index = True, opening[0]
                continue
            free_word = self._inside_free.match(tokens, index) if inside else None
            if free_word is None and number is not None and self._names_purpose(line, index, number):
                free_word = self._purpose.match(tokens, index)
            if free_word is not None:
                index = free_word[0]
                continue
            verb = None if inside or (free and index == after_unit) else self._verbs.match(tokens, index)
            stop = self._stops.match(tokens, index) or verb
            word_stop = self._vocabulary.stop(tokens.lowers, index)
            if stop is not None and stop[0] >= word_stop:
                break
            index = word_stop
        return self._without_loose_end(line, after_unit, min(index, limit))

    def _unit_at(self, line: Line, index: int) -> tuple[int, tuple[Unit, ...]] | None:
        long = line.longs.get(index)
        if long is None:
            return self._units.match(line.tokens, index)
        inner = self._units.match(Tokens.of(long, long.lower(), 0, len(long)), 0)
        return None if inner is None else (line.short[index], inner[1])

    def _names_purpose(self, line: Line, index: int, number: int) -> bool:
        """Whether a word of purpose at `index` goes on the phrase: no verb of giving stands before the number."""
        found = self._purpose.match(line.tokens, index)
        if found is None or found[0] >= len(line.tokens) or line.figure[found[0]] >= 0:
            return False
        return not any(
            line.figure[place] < 0 and self._purpose_verbs.match(line.tokens, place) is not None
            for place in range(max(0, number - 8), number)
        )

    def _without_loose_end(self, line: Line, low: int, stop: int) -> int:
        """Without a preposition or comma left over where the phrase broke off."""
        while stop > low:
            found = self._loose_ends.match_back(line.tokens, stop)
            if found is None or found[0] < low:
                return stop
            stop = found[0]
        return stop

    def _restricts(self, line: Line, index: int, after_unit: int, *, bare: bool) -> tuple[int, str] | None:
        if bare and index == after_unit and self._modifies(line, index):
            return self._relative.match(line.tokens, index)
        return self._restrictive.match(line.tokens, index) if not bare or index > after_unit else None

    def _is_fronted(self, line: Line, number: int, limit: int) -> bool:
        """Whether the phrase opens the sentence and ends at a comma: Trong 86 học viên của lớp, …"""
        found = self._fronted.match_back(line.tokens, number)
        if found is None or (found[0] > 0 and line.tokens.texts[found[0] - 1] not in _OPENERS):
            return False
        for index in range(number + 1, limit):
            if line.tokens.texts[index] in (",", "("):
                return not any(figure >= 0 for figure in line.figure[number + 3 : index])
            if line.tokens.texts[index] in _CLOSERS:
                return False
        return False

    def _modifies(self, line: Line, index: int) -> bool:
        """Whether a relative clause without a relative word begins here (người tham gia bảo hiểm y tế)."""
        found = self._relative.match(line.tokens, index)
        if found is None or found[1] in self._predicate:
            return False
        behind = found[0]
        return behind < len(line.tokens) and line.tokens.texts[behind][0].isalpha() and line.figure[behind] < 0

    def _joined(self, line: Line, index: int, unit: Unit | None) -> int | None:
        """Behind the noun at `index` if it goes on the list that the figure counts (công chức, viên chức)."""
        tokens = line.tokens
        if unit is None or index >= len(tokens) or line.figure[index] >= 0:
            return None
        found = self._unit_at(line, index)
        short = line.short.get(index)
        if found is None:
            noun = self._list_nouns.match(tokens, index)
            if noun is not None:
                return noun[0] if noun[0] >= len(tokens) or line.figure[noun[0]] < 0 else None
            return short if short is not None and unit.person else None
        stop, readings = found
        if stop < len(tokens) and line.figure[stop] >= 0:
            return None
        same = any(r.kind == unit.kind or (r.person and unit.person) for r in readings)
        return max(stop, short or 0) if same else None

    # -- to the left -------------------------------------------------------------------------------------------

    def left(self, line: Line, index: int) -> tuple[int, int] | None:
        """The phrase that the number at the token `index` is said of: its first token and the one behind its last."""
        stop = self._skip_linkers(line, index)
        phrase = None
        if stop is not None:
            thing = self._properties.match_back(line.tokens, stop)
            if thing is not None:
                phrase = self._phrase_before(line, thing[0], stop)
                if phrase is not None and self._number_heads.match(line.tokens, phrase[1] - 1) is not None:
                    phrase = None  # tổng diện tích: the property is the noun itself
            phrase = phrase or self._phrase_before(line, stop, index)
        if phrase is None:
            return None
        tail = self._tails.match(line.tokens, phrase[1])
        return (phrase[0], tail[0]) if tail is not None and tail[0] <= index else phrase

    def skipped_noun(self, line: Line, index: int) -> tuple[int, int] | None:
        """A head noun among the linking words themselves: mức tăng 13,3%."""
        stop = self._skip_linkers(line, index)
        head = self._first(self._left_heads, line, max(0, stop if stop is not None else index - 3), index)
        return None if head is None else self._trimmed(line, head, index)

    def _phrase_before(self, line: Line, stop: int, index: int) -> tuple[int, int] | None:
        if stop <= 0 or line.figure[stop - 1] >= 0 or line.tokens.texts[stop - 1] in _ENDS:
            return None
        low, commas = self._clause_before(line, stop)
        segment = commas[0] + 1 if commas else low
        head = self._first(self._left_heads, line, segment, stop)
        if head is None and commas:
            head = self._first(self._far_heads, line, low, stop)
        if head is not None:
            return self._trimmed(line, head, stop)
        first = self._behind_last_start(line, segment, stop)
        if first < stop and commas and first == segment:
            first = self._listed(line, low, commas, first)
        if stop == index:
            first = self._nearest_noun(line, first, stop)
        return self._trimmed(line, first, stop)

    def _skip_linkers(self, line: Line, index: int) -> int | None:
        steps = 0
        while index > 0 and steps < 6:
            if line.figure[index - 1] >= 0:
                return None
            start = line.skip_back.get(index)
            if start is not None:
                index, steps = start, steps + 1
                continue
            found = self._linkers.match_back(line.tokens, index)
            compound = self._compounds.match_back(line.tokens, index)
            word = self._vocabulary.start(line.tokens.lowers, index)
            if found is None or word < found[0] or (compound is not None and compound[0] < found[0]):
                break
            index, steps = found[0], steps + 1
        return index if index > 0 and line.figure[index - 1] < 0 else None

    def _clause_before(self, line: Line, stop: int) -> tuple[int, list[int]]:
        """Where the clause before `stop` begins, and its commas, the nearest first."""
        tokens, index, commas = line.tokens, stop, []
        while index > 0 and stop - index < LONGEST + 6:
            short = line.short_back.get(index)
            bracket = line.bracket_start(index) if tokens.texts[index - 1] == ")" else None
            if short is not None or bracket is not None:
                index = short if short is not None else bracket or 0
                continue
            if line.figure[index - 1] >= 0 or tokens.texts[index - 1] in _CLOSERS:
                break
            joined = self._compounds.match(tokens, index - 2) if tokens.texts[index - 1] == "," and index > 1 else None
            if joined is not None and joined[0] > index:
                index -= 2
                continue
            if tokens.texts[index - 1] == ",":
                commas.append(index - 1)
            elif self._left_breaks.match_back(tokens, index) is not None:
                break
            index -= 1
        return index, commas

    def _first(self, heads: Phrases[str], line: Line, low: int, stop: int) -> int | None:
        """The first head noun of the stretch that no predicate parts from the number."""
        words = line.tokens.lowers
        for index in range(stop - 1, low - 1, -1):
            if words[index] in self._predicate_marks:
                low = index + 1
                break
        for index in range(low, stop):
            if index not in line.skip and heads.match(line.tokens, index) is not None:
                return index
        return None

    def _behind_last_start(self, line: Line, low: int, stop: int) -> int:
        tokens, index, first = line.tokens, low, low
        while index < stop:
            found = self._compounds.match(tokens, index) or self._units.match(tokens, index)
            if found is not None and found[0] - index > 1 and found[0] <= stop:
                index = found[0]
                continue
            restrictive = self._always_restrictive.match(tokens, index) if index > low else None
            if restrictive is not None:
                index = restrictive[0]
                continue
            start = self._left_starts.match(tokens, index)
            word_stop = self._vocabulary.stop(tokens.lowers, index)
            if start is not None and start[0] >= word_stop:
                index = first = start[0]
            else:
                index = word_stop
        return first

    def _listed(self, line: Line, low: int, commas: list[int], first: int) -> int:
        """Back over short items before the comma, if the list reaches to the figure before (cao đẳng, trung cấp có …)."""
        tokens = line.tokens
        bounds = [*commas, low - 1]
        for near, far in zip(bounds, bounds[1:], strict=False):
            size = near - far - 1
            if not 0 < size <= 4 or self._behind_last_start(line, far + 1, near) != far + 1:
                return first
            if far + 1 in line.skip or self._not_entity.match(tokens, far + 1) is not None:
                return first
            # What stands right at the clause's start may be its subject; only a list item follows a figure.
            if far == low - 1 and not (low > 0 and line.figure[low - 1] >= 0):
                return first
            first = far + 1
        return first

    def _nearest_noun(self, line: Line, first: int, stop: int) -> int:
        """Without a linking word the noun behind the last verb is meant: … được ưu đãi mua nhà 100 triệu đồng."""
        tokens, index = line.tokens, first
        while index < stop:
            found = self._compounds.match(tokens, index) or self._units.match(tokens, index)
            if found is not None and index < found[0] <= stop and found[0] - index > 1:
                index = found[0]
                continue
            verb = self._verbs.match(tokens, index)
            word_stop = self._vocabulary.stop(tokens.lowers, index)
            if verb is not None and word_stop <= verb[0] < stop:
                index = first = verb[0]
            else:
                index = word_stop
        return first

    def _trimmed(self, line: Line, first: int, stop: int) -> tuple[int, int] | None:
        tokens = line.tokens
        while first < stop and (not tokens.texts[first][0].isalnum() or first in line.skip):
            first = line.skip.get(first, first + 1)
        found = self._not_entity.match(tokens, first) if first < stop else None
        if found is not None and found[0] < stop and tokens.lowers[found[0]] == ",":
            return self._trimmed(line, found[0] + 1, stop)
        while stop > first and not tokens.texts[stop - 1][0].isalnum():
            bracket = line.bracket_start(stop) if tokens.texts[stop - 1] == ")" else None
            stop = bracket if bracket is not None else stop - 1
        determiner = self._determiners.match_back(tokens, first)
        if determiner is not None and line.figure[determiner[0]] < 0:
            first = determiner[0]
        if first >= stop or (found is not None and found[0] >= stop):
            return None
        return first, stop

    def after_giver(self, line: Line, index: int) -> bool:
        """Whether a verb of giving, spending or getting stands right before the token."""
        return self._givers.match_back(line.tokens, index) is not None

    def bare(self, line: Line, first: int, stop: int) -> bool:
        """Whether the unit alone says nothing of who or what is counted (người, lượt)."""
        return " ".join(line.tokens.lowers[first:stop]) in self._bare_heads

    def category(self, line: Line, index: int) -> tuple[int, int] | None:
        """The category left of a bare count: sơ cấp có 17 người; not the body that has them (huyện có 17 người)."""
        if self._category_links.match_back(line.tokens, index) is None:
            return None
        phrase = self.left(line, index)
        if phrase is None or "(" in line.tokens.texts[phrase[1] : index]:
            return None
        if not line.labels.isdisjoint(range(*phrase)):
            return phrase  # nhóm 3 có 51 người: a numbered group is a category
        found = self._units.match(line.tokens, phrase[0])
        bodies = found is not None and all(unit.kind == "organization_count" for unit in found[1])
        whole = self._bodies.match(line.tokens, phrase[0])
        if whole is not None and whole[0] >= self._vocabulary.stop(line.tokens.lowers, phrase[0]):
            bodies = True
        return None if bodies else phrase

    def share_verb(self, line: Line, index: int) -> bool:
        """Whether the share at the token is said of what stands left: chiếm, tăng, giảm, vượt …"""
        return self._share_verbs.match_back(line.tokens, index) is not None

    def of_share(self, line: Line, index: int) -> tuple[int, int] | None:
        """The noun phrase right behind a share or fraction: 80% cán bộ, công chức."""
        tokens = line.tokens
        if index >= len(tokens) or not tokens.texts[index][0].isalpha() or line.figure[index] >= 0:
            return None
        if self._no_whole.match(tokens, index) is not None:
            return None
        of = self._share_of.match(tokens, index)
        if of is not None and of[0] < len(tokens) and line.figure[of[0]] < 0 and self._count_nouns(line, of[0]):
            index = of[0]
        found = self._unit_at(line, index)
        unit = found[1][0] if found is not None else None
        stop = found[0] if found is not None else index
        compound = self._compounds.match(tokens, index)
        if compound is not None:
            stop = max(stop, compound[0])
        elif found is None and (self._stops.match(tokens, index) or self._verbs.match(tokens, index)):
            return None
        end = self.right(line, index, max(stop, line.short.get(index, 0)), unit)
        return (index, end) if end > index else None

    def _count_nouns(self, line: Line, index: int) -> bool:
        return self._number_heads.match(line.tokens, index) is not None or self._units.match(line.tokens, index) is not None

    def named_share(self, line: Line, index: int) -> tuple[int, int] | None:
        """The phrase left of a share that names the share itself: tỷ lệ bao phủ … 82%."""
        phrase = self.left(line, index)
        if phrase is None or self._share_heads.match(line.tokens, phrase[0]) is None:
            return None
        return phrase

    def activity(self, line: Line, index: int) -> tuple[int, int] | None:
        """What lasts so long, behind the duration: 20 năm triển khai chính sách."""
        tokens = line.tokens
        if index < len(tokens) and tokens.texts[index] == "(":
            index = line.bracket_stop(index) or index
        if index >= len(tokens) or not tokens.texts[index][0].isalpha() or line.figure[index] >= 0:
            return None
        if self._stops.match(tokens, index) is not None or self._no_activity.match(tokens, index) is not None:
            return None
        end = self.right(line, index, index + 1, None, verbal=True)
        return (index, end)

    def subjectless(self, line: Line, index: int) -> bool:
        """Whether no phrase stands between the last comma, bracket or figure and the words before the number."""
        while index > 0 and line.figure[index - 1] < 0:
            word = line.tokens.texts[index - 1]
            if word in ("và", ","):
                return True
            if word == "(":
                return index > 1 and line.figure[index - 2] >= 0
            start = line.skip_back.get(index)
            found = self._linkers.match_back(line.tokens, index)
            if start is not None:
                index = start
            elif found is not None and found[1] not in ("(", ":"):
                index = found[0]
            else:
                return False
        return True

    def in_bracket_behind(self, line: Line, index: int, entity: tuple[int, int] | None) -> bool:
        """Whether the number stands in a bracket right behind the phrase: 41/41 tổ công đoàn (đạt 100%)."""
        while index > 0 and line.tokens.texts[index - 1] != "(":
            found = self._linkers.match_back(line.tokens, index)
            if found is None:
                return False
            index = found[0]
        return entity is not None and index > 0 and entity[1] == index - 1

    def total_words(self, line: Line, index: int) -> tuple[int, int] | None:
        """The words that call the sum a total: tổng trị giá, tổng số tiền; without the preposition."""
        found = self._total_links.match_back(line.tokens, index)
        if found is None:
            return None
        first = found[0] + (line.tokens.lowers[found[0]] == "với")
        return (first, index) if line.tokens.lowers[first] in self._sums else None

    def worth(self, line: Line, index: int) -> bool:
        """Whether the sum at the token is the worth of what the figure before it counts."""
        found = self._total_links.match_back(line.tokens, index)
        if found is None:
            return False
        first = found[0]
        return line.tokens.lowers[first] == "với" or first == 0 or line.figure[first - 1] >= 0 or line.tokens.texts[first - 1] in _ENDS

    def number_of(self, line: Line, index: int) -> tuple[int, int] | None:
        """The phrase left of the number if it names a number itself: số học viên của trung tâm lên đến 34."""
        phrase = self.left(line, index)
        if phrase is None or self._number_heads.match(line.tokens, phrase[0]) is None:
            return None
        return phrase
