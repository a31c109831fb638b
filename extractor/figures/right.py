"""The noun phrase to the right: from the unit or the share to the word that cannot stand inside it."""

from __future__ import annotations

from extractor.figures.ends import (
    coordinated,
    counted_apart,
    is_place_name,
    named_again,
    names_listed,
    tidied,
    whole_word,
)
from extractor.figures.inside import free_word, restrictive
from extractor.figures.kinds import Unit, UnitTables
from extractor.figures.lexicon import ADJECTIVE, VERB
from extractor.figures.line import Line
from extractor.figures.lists import EntityLists, Marks
from extractor.figures.subjects import clause_of_subject, place_of_subject
from extractor.figures.walk import CLOSERS, DEEDS, LISTED, LONGEST, Walk
from extractor.tokens import Tokens

OPENERS = frozenset('.;:!?\n"“”,(')
# Where a unit phrase ends, and its readings.
Ending = tuple[int, tuple[Unit, ...]]
JOINTS = frozenset(",-/&")


class RightSide:
    """Finds phrases to the right of a number."""

    def __init__(self, lists: EntityLists, units: UnitTables) -> None:
        self._units = units
        self._bare_heads = lists.bare_heads
        self._codes_with_verbs = lists.codes_with_verbs
        self._doers = lists.doers

    def bare(self, line: Line, first: int, stop: int) -> bool:
        """Whether the unit alone says nothing of who or what is counted (người, lượt)."""
        return " ".join(line.lowers[first:stop]) in self._bare_heads

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
        walk = self._begun(line, first, after_unit, unit, number, verbal=verbal)
        after_unit, limit = walk.after_unit, walk.limit
        index, texts, figure = after_unit, line.texts, line.figure
        while index < walk.limit and figure[index] < 0:
            step = self._behind_word if texts[index][0].isalpha() else self._behind_sign
            following = step(walk, index)
            if following is None:
                break
            index = following
        stop = min(index, walk.limit)
        return tidied(line, after_unit, whole_word(line, after_unit, stop) if stop == limit else stop)

    def _begun(
        self, line: Line, first: int, after_unit: int, unit: Unit | None, number: int | None, *, verbal: bool
    ) -> Walk:
        """What is known of a phrase before any word behind its unit is looked at."""
        if after_unit < len(line.texts) and self.bare(line, first, after_unit + 1):
            after_unit += 1  # lượt | người
        after_unit = max(after_unit, first + line.begin[first].get("compounds", 0))  # tờ | gấp
        limit = min(len(line.texts), first + LONGEST)
        counted = "number_heads" in line.begin[first]
        return Walk(
            line=line,
            first=first,
            after_unit=after_unit,
            limit=limit,
            number=number,
            units=[] if unit is None else [unit],
            bare=unit is not None and self.bare(line, first, after_unit),
            free_verb=unit is not None
            and unit.code in self._codes_with_verbs
            and " ".join(line.lowers[first:after_unit]) not in self._doers,
            counted=counted,
            governed=number is not None and "governors" in line.end[number],
            fronted=number is not None and self._is_fronted(line, number, limit),
            inside=verbal or (counted and self._counts_bare(line, first)),
        )

    def before_attending(self, line: Line, low: int, stop: int) -> int:
        """Where the words end that say who attends: lượt người | tham gia ngày hội."""
        for index in range(low, stop):
            if "attending" in line.begin[index] and "compounds" not in line.begin[index]:
                return index
        return stop

    def _counts_bare(self, line: Line, first: int) -> bool:
        """Whether a bare noun follows the word of number: số người | vay vốn."""
        head = first + line.begin[first].get("number_heads", 0)
        head += line.begin[head].get("determiners", 0)
        return first < head < len(line.texts) and line.lowers[head] in self._bare_heads

    def _behind_sign(self, walk: Walk, index: int) -> int | None:
        """Behind the sign or number at `index`, if the phrase goes on there."""
        line, word = walk.line, walk.line.texts[index]
        if word == "(" and index + 1 in line.short and index > walk.after_unit:
            stop = line.short[index + 1] + 1
            return stop if line.bracket_stop(index) == stop else None
        if index in line.labels:
            return index + 1
        if index in line.skip or word in CLOSERS or word[0].isdigit():
            return None
        if (
            word == "-"
            and index + 1 < len(line.texts)
            and line.texts[index - 1][0].isupper()
            and line.texts[index + 1][0].isupper()
            and "stops" not in line.begin[index + 1]
        ):
            return index + 2
        joined = self._joined(walk, index + 1) if word in JOINTS else None
        if joined is None and word == "," and walk.units and walk.units[0].kind in LISTED:
            return names_listed(line, walk.after_unit, index + 1)
        return joined

    def _behind_word(self, walk: Walk, index: int) -> int | None:
        """Behind the word at `index`, if it belongs to the phrase."""
        line = walk.line
        if index in line.short:
            return self._noted(walk, index, line.short[index])
        if index in line.skip:
            return None
        here = line.begin[index]
        if "joiners" in here:
            joined = self._joined(walk, index + 1)
            deeds = walk.units[0].kind in DEEDS if walk.units else walk.inside
            return coordinated(line, walk.after_unit, index + 1, deeds=deeds) if joined is None else joined
        if walk.fronted:
            return index + 1
        if here:
            known = self._behind_known(walk, index, here)
            if known is not None:
                return known
            if self._stops(walk, index, here):
                return clause_of_subject(line, index, walk.limit) if walk.acting and not walk.inside else None
        return None if self._acts(walk, index) else self._noted(walk, index, line.parts.stop[index])

    def _acts(self, walk: Walk, index: int) -> bool:
        """Whether a verb behind people or a body with a modifier says what they do: người đàn ông | phá cửa.

        Right behind the noun, or behind a noun of work, a verb tells who they are: hộ chăn nuôi, công nhân ngành may.
        """
        if walk.inside or walk.line.parts.tag[index] != VERB:
            return False
        if index <= walk.after_unit:
            return " ".join(walk.line.lowers[walk.first : walk.after_unit]) in self._doers
        return walk.acting and "deed_nouns" not in walk.line.end[index]

    def _behind_known(self, walk: Walk, index: int, here: Marks) -> int | None:
        """Behind a word at `index` of which a list says that the phrase goes on with it."""
        if "late_hedges" in here:
            walk.limit = min(walk.limit, index + here["late_hedges"])  # trình độ đại học trở lên | chiếm
            return walk.limit
        if "compounds" in here:
            return index + here["compounds"]
        if "settled" in here and walk.units and walk.units[0].person:
            stop = place_of_subject(walk.line, index, walk.limit)
            if stop is not None:
                walk.limit = stop
                return stop
        if "sites" in here and self._is_site(walk, index + here["sites"]):
            return index + here["sites"]
        pointing = here.get("demonstratives") if index > walk.after_unit else None
        pointing = here.get("partitives", pointing)
        if pointing is not None:
            walk.limit = min(walk.limit, index + pointing)
            return index + pointing
        opening = restrictive(walk, index, here)
        if opening is None:
            return free_word(walk, index, here)
        if not walk.line.free(index + opening):
            return None  # giảm từ 9 vụ | còn 3 vụ
        walk.inside = True
        last = index + opening - 1
        if last > index and "settled" in walk.line.begin[last] and walk.units:
            walk.limit = (
                place_of_subject(walk.line, last, walk.limit) or walk.limit
            )  # làm việc tại công ty này | đã nghỉ
        return index + opening

    def _is_site(self, walk: Walk, noun: int) -> bool:
        """Whether the body or place begins there that the people or bodies counted belong to: trong | các doanh nghiệp."""
        if not walk.acting or noun < walk.line.parts.stop[noun - 1]:
            return False
        if walk.units[0].kind in LISTED and is_place_name(walk.line, noun):
            return True  # ở | Hải Phòng
        noun += walk.line.begin[noun].get("determiners", 0)
        found = self.unit_at(walk.line, noun) if walk.line.says(noun) else None
        return found is not None and all(unit.kind == "organization_count" for unit in found[1])

    def _stops(self, walk: Walk, index: int, here: Marks) -> bool:
        """Whether the word at `index` cannot stand in the phrase."""
        if "attending" in here and walk.units and walk.units[0].person and not walk.inside:
            return True
        size = max(here.get("stops", 0), here.get("reports", 0))
        named = "nominals" in walk.line.end[index]  # cho các | hoạt động dịch vụ
        if not walk.inside and not named and not (walk.free_verb and index == walk.after_unit):
            size = max(size, here.get("verbs", 0))
        return size > 0 and index + size >= walk.line.parts.stop[index]

    def _noted(self, walk: Walk, index: int, word_stop: int) -> int:
        """Behind the noun or word at `index`; the unit that it names can go on a list after it."""
        found = self.unit_at(walk.line, index)
        if found is not None and found[0] >= word_stop and walk.line.parts.tag[index] not in (VERB, ADJECTIVE):
            if found[1][0].kind in LISTED:
                walk.units.append(found[1][0])
            return found[0]
        return word_stop

    def unit_at(self, line: Line, index: int) -> Ending | None:
        """The index behind the unit phrase at the token, and its readings; an abbreviation is one by what it stands for."""
        long = line.longs.get(index)
        if long is None:
            found = line.units[index]
            return None if found is None else (index + found[0], found[1])
        inner = self._units.match(Tokens.of(long, long.lower(), 0, len(long)), 0)
        return None if inner is None else (line.short[index], inner[1])

    def _is_fronted(self, line: Line, number: int, limit: int) -> bool:
        """Whether the phrase opens the sentence and ends at a comma: Trong 86 học viên của lớp."""
        size = line.end[number].get("fronted")
        if size is None or (number > size and line.texts[number - size - 1] not in OPENERS):
            return False
        for index in range(number + 1, limit):
            if line.texts[index] in (",", "("):
                return not any(figure >= 0 for figure in line.figure[number + 3 : index])
            if line.texts[index] in CLOSERS:
                return False
        return False

    # -- lists and ends ----------------------------------------------------------------------------------------

    def _joined(self, walk: Walk, index: int) -> int | None:
        """Behind the noun at `index` if it goes on the list that the figure counts (công chức, viên chức)."""
        line = walk.line
        if not walk.units or not line.free(index) or named_again(line, walk.first, index):
            return None
        noun = line.begin[index].get("list_nouns")
        named = line.parts.tag[index] != VERB or walk.units[0].code in self._codes_with_verbs
        if noun is not None and walk.units[0].kind == "item_count":
            named = named or index + noun > line.parts.stop[index]  # sáng kiến, | cải tiến kỹ thuật
        if noun is not None and named:
            return index + noun if index + noun >= len(line.texts) or line.free(index + noun) else None
        found = self.unit_at(line, index)
        if found is None:
            known = line.longs.get(index) is not None
            return line.short.get(index) if walk.units[0].person and not known else None
        stop, readings = found
        if stop < len(line.texts) and line.figure[stop] >= 0:
            return None
        if counted_apart(line, stop):
            return None
        same = any(r.kind == unit.kind or (r.person and unit.person) for r in readings for unit in walk.units)
        return max(stop, line.short.get(index, 0)) if same else None
