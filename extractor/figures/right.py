"""The noun phrase to the right: from the unit or the share to the word that cannot stand inside it."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.figures.kinds import Unit, UnitTables
from extractor.figures.lexicon import ADJECTIVE, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists
from extractor.tokens import Tokens

# A noun phrase of the genre is hardly longer; what is cut here would be a sentence.
LONGEST = 18
CLOSERS = frozenset('.;:!?()[]\n"“”…')
OPENERS = frozenset('.;:!?\n"“”,(')
# Inside a phrase only people and bodies make lists of their own (công nhân tại các khu công nghiệp, khu chế xuất).
LISTED = frozenset({"people_count", "organization_count"})
JOINTS = frozenset(",-/&")
# Verbs of giving stand at most so many tokens before the number.
GIVEN = 8


@dataclass(slots=True)
class _Walk:
    """What is known about a phrase while its end is looked for; `units` are the nouns with a unit seen in it."""

    line: Line
    first: int
    after_unit: int
    limit: int
    number: int | None
    units: list[Unit]
    bare: bool
    free_verb: bool
    counted: bool
    governed: bool
    fronted: bool
    inside: bool


class RightSide:
    """Finds phrases to the right of a number."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        self._lists = lists
        self._units = units
        self._bare_heads = frozenset(lists.bare_heads)
        self._codes_with_verbs = frozenset(lists.verbs_follow)

    def bare(self, line: Line, first: int, stop: int) -> bool:
        """Whether the unit alone says nothing of who or what is counted (người, lượt)."""
        return " ".join(line.tokens.lowers[first:stop]) in self._bare_heads

    def end(
        self,
        line: Line,
        first: int,
        after_unit: int,
        unit: Unit | None,
        number: int | None = None,
        *,
        verbal: bool = False,
    ) -> int:
        """Where the phrase ends that begins at the token `first` and whose unit ends before `after_unit`.

        `number` is the first token of hedge and number, where the words before may govern the phrase; a `verbal`
        phrase is an activity (20 năm triển khai chính sách), in which no verb ends anything.
        """
        if after_unit < len(line) and self.bare(line, first, after_unit + 1):
            after_unit += 1  # lượt | người
        lists, limit = self._lists, min(len(line), first + LONGEST)
        counted = lists.number_heads.match(line.tokens, first) is not None
        walk = _Walk(
            line=line,
            first=first,
            after_unit=after_unit,
            limit=limit,
            number=number,
            units=[] if unit is None else [unit],
            bare=unit is not None and self.bare(line, first, after_unit),
            free_verb=unit is not None and unit.code in self._codes_with_verbs,
            counted=counted,
            governed=number is not None and lists.governors.match_back(line.tokens, number) is not None,
            fronted=number is not None and self._is_fronted(line, number, limit),
            inside=verbal or (counted and self._counts_bare(line, first)),
        )
        index = after_unit
        while index < walk.limit and line.figure[index] < 0:
            following = (
                self._behind_sign(walk, index) if not line.text(index)[0].isalpha() else self._behind_word(walk, index)
            )
            if following is None:
                break
            index = following
        return self._without_loose_end(line, after_unit, min(index, walk.limit))

    def before_attending(self, line: Line, low: int, stop: int) -> int:
        """Where the words end that say who attends: lượt người | tham gia ngày hội."""
        for index in range(low, stop):
            if self._lists.attending.match(line.tokens, index) is not None:
                return index
        return stop

    def _counts_bare(self, line: Line, first: int) -> bool:
        """Whether a bare noun follows the word of number: số người | vay vốn."""
        head = self._lists.number_heads.match(line.tokens, first)
        return head is not None and head[0] < len(line) and line.lower(head[0]) in self._bare_heads

    def _behind_sign(self, walk: _Walk, index: int) -> int | None:
        """Behind the sign or number at `index`, if the phrase goes on there."""
        line, word = walk.line, walk.line.text(index)
        if word == "(" and index + 1 in line.short and index > walk.after_unit:
            stop = line.short[index + 1] + 1
            return stop if line.bracket_stop(index) == stop else None
        if index in line.labels:
            return index + 1
        if index in line.skip or word in CLOSERS or word[0].isdigit():
            return None
        if (
            word == "-"
            and index + 1 < len(line)
            and line.text(index - 1)[0].isupper()
            and line.text(index + 1)[0].isupper()
        ):
            return index + 2
        return self._joined(walk, index + 1) if word in JOINTS else None

    def _behind_word(self, walk: _Walk, index: int) -> int | None:
        """Behind the word at `index`, if it belongs to the phrase."""
        line, lists = walk.line, self._lists
        if index in line.short:
            return self._noted(walk, index, line.short[index])
        if index in line.skip:
            return None
        if lists.joiners.match(line.tokens, index) is not None:
            return self._joined(walk, index + 1)
        if walk.fronted:
            return index + 1
        compound = lists.compounds.match(line.tokens, index)
        if compound is not None:
            return compound[0]
        pointing = lists.demonstratives.match(line.tokens, index) if index > walk.after_unit else None
        if pointing is not None:
            walk.limit = min(walk.limit, pointing[0])
            return pointing[0]
        opening = self._restrictive(walk, index)
        if opening is not None:
            walk.inside = True
            return opening
        free = self._free_word(walk, index)
        if free is not None:
            return free
        word_stop = line.parts.stop[index]
        if (
            walk.units
            and walk.units[0].person
            and not walk.inside
            and lists.attending.match(line.tokens, index) is not None
        ):
            return None
        named_by_verb = walk.inside or (walk.free_verb and index == walk.after_unit)
        ending = (lists.stops, lists.reports) if named_by_verb else (lists.stops, lists.reports, lists.verbs)
        found = [stop[0] for stop in (words.match(line.tokens, index) for words in ending) if stop is not None]
        if found and max(found) >= word_stop:
            return None
        return self._noted(walk, index, word_stop)

    def _noted(self, walk: _Walk, index: int, word_stop: int) -> int:
        """Behind the noun or word at `index`; the unit that it names can go on a list after it."""
        found = None if walk.line.parts.tag[index] in (VERB, ADJECTIVE) else self.unit_at(walk.line, index)
        if found is not None and found[0] >= word_stop:
            if found[1][0].kind in LISTED:
                walk.units.append(found[1][0])
            return found[0]
        return word_stop

    def unit_at(self, line: Line, index: int) -> tuple[int, tuple[Unit, ...]] | None:
        """The unit phrase at the token; an abbreviation is looked up by what it stands for."""
        long = line.longs.get(index)
        if long is None:
            return self._units.match(line.tokens, index)
        inner = self._units.match(Tokens.of(long, long.lower(), 0, len(long)), 0)
        return None if inner is None else (line.short[index], inner[1])

    # -- clauses inside the phrase -----------------------------------------------------------------------------

    def _restrictive(self, walk: _Walk, index: int) -> int | None:
        """Behind the opening of a restrictive clause at `index`."""
        tokens, lists = walk.line.tokens, self._lists
        opening = lists.always_restrictive.match(tokens, index)
        if opening is None and walk.number is not None and not walk.inside and index == walk.after_unit:
            opening = lists.negations.match(tokens, index)
        if opening is None and walk.counted and index > walk.first:
            opening = lists.counted_restrictive.match(tokens, index)
        if opening is None and walk.bare and index == walk.after_unit:
            opening = lists.relative.match(tokens, index) if self._modifies(walk.line, index) else None
        elif opening is None and walk.governed:
            opening = lists.restrictive.match(tokens, index)
        return None if opening is None else opening[0]

    def _modifies(self, line: Line, index: int) -> bool:
        """Whether a relative clause without a relative word begins here (người tham gia bảo hiểm y tế)."""
        found = self._lists.relative.match(line.tokens, index)
        return found is not None and self._lists.predicate.match(line.tokens, index) is None and line.says(found[0])

    def _free_word(self, walk: _Walk, index: int) -> int | None:
        """Behind a preposition at `index` that belongs to a clause inside the phrase or names its purpose."""
        lists, line = self._lists, walk.line
        found = lists.inside_free.match(line.tokens, index) if walk.inside else None
        if found is None and walk.number is not None and self._names_purpose(line, index, walk.number):
            found = lists.purpose.match(line.tokens, index)
        if found is None or (found[0] < len(line) and line.parts.tag[found[0]] == VERB):
            return None
        return found[0]

    def _names_purpose(self, line: Line, index: int, number: int) -> bool:
        """Whether a word of purpose at `index` goes on the phrase: no verb of giving stands before the number."""
        found = self._lists.purpose.match(line.tokens, index)
        if found is None or not line.free(found[0]):
            return False
        return not any(
            line.figure[place] < 0 and self._lists.purpose_verbs.match(line.tokens, place) is not None
            for place in range(max(0, number - GIVEN), number)
        )

    def _is_fronted(self, line: Line, number: int, limit: int) -> bool:
        """Whether the phrase opens the sentence and ends at a comma: Trong 86 học viên của lớp."""
        found = self._lists.fronted.match_back(line.tokens, number)
        if found is None or (found[0] > 0 and line.text(found[0] - 1) not in OPENERS):
            return False
        for index in range(number + 1, limit):
            if line.text(index) in (",", "("):
                return not any(figure >= 0 for figure in line.figure[number + 3 : index])
            if line.text(index) in CLOSERS:
                return False
        return False

    # -- lists and ends ----------------------------------------------------------------------------------------

    def _joined(self, walk: _Walk, index: int) -> int | None:
        """Behind the noun at `index` if it goes on the list that the figure counts (công chức, viên chức)."""
        line = walk.line
        if not walk.units or not line.free(index):
            return None
        noun = self._lists.list_nouns.match(line.tokens, index)
        if noun is not None and (line.parts.tag[index] != VERB or walk.units[0].code in self._codes_with_verbs):
            return noun[0] if noun[0] >= len(line) or line.free(noun[0]) else None
        found = self.unit_at(line, index)
        if found is None:
            known = line.longs.get(index) is not None
            return line.short.get(index) if walk.units[0].person and not known else None
        stop, readings = found
        if stop < len(line) and line.figure[stop] >= 0:
            return None
        if self._counted_apart(line, stop):
            return None
        same = any(r.kind == unit.kind or (r.person and unit.person) for r in readings for unit in walk.units)
        return max(stop, line.short.get(index, 0)) if same else None

    def _counted_apart(self, line: Line, index: int) -> bool:
        """Whether what would go on the list has a number of its own: … và công nhân kỹ thuật là 6.526 người."""
        while line.says(index) and self._lists.verbs.match(line.tokens, index) is None:
            index = line.parts.stop[index]
        return index < len(line) and line.figure[index] >= 0

    def _without_loose_end(self, line: Line, low: int, stop: int) -> int:
        """Without a preposition or comma left over where the phrase broke off."""
        while stop > low:
            found = self._lists.loose_ends.match_back(line.tokens, stop)
            compound = self._lists.compounds.match_back(line.tokens, stop)
            if found is not None and compound is not None and compound[0] < found[0]:
                return stop
            if found is None or found[0] < low or found[0] > line.parts.first[stop - 1]:
                return stop
            stop = found[0]
        return stop
