"""The ends of phrases: what does not go on a list, and what is left over where a phrase breaks off."""

from __future__ import annotations

from extractor.figures.lexicon import ADJECTIVE, NAME, NOUN, UNKNOWN, VERB
from extractor.figures.line import Line, Range
from extractor.figures.lists import ListName

# Behind these a number is of something else.
APART = frozenset({"verbs", "joiners", "settled_ends"})
# Signs at which a phrase ends and no clause begins.
PAUSES = frozenset('.,;:()"”\n')


def named_again(line: Line, first: int, index: int) -> bool:
    """Whether the noun counted is named once more, as no list does: hai đứa con, | đứa lớn."""
    one, other = line.units[first], line.units[index]
    if one is None or other is None:
        return False
    size = one[1][0].length
    return line.lowers[first : first + size] == line.lowers[index : index + size]


def counted_apart(line: Line, index: int) -> bool:
    """Whether what would go on the list has a number of its own: … và thợ điện là 1.250 người."""
    while line.says(index) and APART.isdisjoint(line.begin[index]):
        index = line.parts.stop[index]
    return index < len(line) and line.figure[index] >= 0


def coordinated(line: Line, low: int, index: int, *, deeds: bool) -> int | None:
    """Behind the noun at `index` that và ties to the modifier before it: quỹ ốm đau và | thai sản.

    Not where a clause of its own begins (và | doanh nghiệp phải đóng) or where another thing is counted. Among `deeds`
    a verb is a name too: cuộc tranh chấp lương và | đình công.
    """
    if index - 2 < low - deeds or not line.says(index):
        return None
    tag = line.parts.tag
    if deeds and tag[index] == VERB and _pauses(line, line.parts.stop[index]):
        return line.parts.stop[index]
    if line.units[index] is not None or line.begin[index]:
        return None
    if tag[index] == NAME:
        return _behind_names(line, index) if tag[index - 2] == NAME or line.texts[index - 2][0].isupper() else None
    if tag[index] not in (NOUN, UNKNOWN) or tag[index - 2] not in (NOUN, UNKNOWN, ADJECTIVE, VERB):
        return None
    stop = line.parts.stop[index]
    if stop < index + 2 and tag[index] != NOUN:
        return None
    while line.says(stop) and tag[stop] in (NOUN, ADJECTIVE) and "stops" not in line.begin[stop]:
        stop = line.parts.stop[stop]
    return stop if _pauses(line, stop) else None


def names_listed(line: Line, low: int, index: int) -> int | None:
    """Behind the name at `index` that goes on a list of names: 3 tỉnh Hà Nam, | Sơn La và Lai Châu."""
    if not all(line.texts[place][0].isupper() or line.texts[place] in ",-" for place in range(low, index)):
        return None
    stop = _behind_names(line, index)
    if stop == index or stop >= len(line) or index - 1 <= low:
        return None
    return stop if line.texts[stop] == "," or "joiners" in line.begin[stop] else None


def _behind_names(line: Line, index: int) -> int:
    while line.says(index) and line.texts[index][0].isupper():
        index += 1
        if index + 1 < len(line) and line.texts[index] == "-" and line.texts[index + 1][0].isupper():
            index += 1  # Thừa Thiên - Huế
    return index


def is_place_name(line: Line, index: int) -> bool:
    """Whether a name of several words or a short form stands there: Hải Phòng, DQS; not Cung thể thao."""
    return _behind_names(line, index) > index + 1 or (
        line.says(index) and len(line.texts[index]) > 1 and line.texts[index].isupper()
    )


def _pauses(line: Line, index: int) -> bool:
    """Whether no predicate follows: a sign, a preposition, the end."""
    if index >= len(line) or line.texts[index] in PAUSES:
        return True
    here = line.begin[index]
    return line.free(index) and "stops" in here and "settled_ends" not in here and "restrictive" not in here


def whole_word(line: Line, low: int, stop: int) -> int:
    """Where a phrase ends that was cut for its length, without half a word or name."""
    if stop <= low or not line.says(stop):
        return stop
    if line.parts.first[stop] < stop:
        return max(low, line.parts.first[stop])
    while stop > low and line.texts[stop][0].isupper() and line.texts[stop - 1][0].isupper():
        stop -= 1
    return stop


def tidied(line: Line, low: int, stop: int) -> int:
    """Where the phrase ends without what belongs to the date, number or clause behind it."""
    before = -1
    while before != stop:
        before = stop
        if stop > low and _is_label_half(line, stop):
            stop -= 1
        if stop in line.skip:
            stop = without_loose_end(line, low, stop, "date_heads")
        if stop < len(line) and line.figure[stop] >= 0:
            stop = without_loose_end(line, low, stop, "before_numbers")
        stop = without_loose_end(line, low, without_loose_end(line, low, stop), "open_ends")
    return stop


def _is_label_half(line: Line, stop: int) -> bool:
    """Whether the last word is the letter of a code cut in two: 3 phòng | C(1), C2, C3."""
    if stop >= len(line) or len(line.texts[stop - 1]) > 1 or not line.texts[stop][0].isdigit():
        return False
    return line.tokens.starts[stop] == line.tokens.end(stop - 1)


def without_loose_end(line: Line, low: int, stop: int, loose: ListName = "loose_ends") -> int:
    """Without words left over where the phrase broke off; Như, a name, is none."""
    while stop > low:
        ending = line.end[stop]
        size = ending.get(loose)
        if size is None or ending.get("compounds", 0) > size:
            return stop
        first = stop - size
        if first < low or first > line.parts.first[stop - 1] or not line.texts[stop - 1].islower():
            return stop
        stop = first
    return stop


def trimmed(line: Line, first: int, stop: int) -> Range | None:
    """The phrase without signs, dates and articles around it; None where it is only a time or a place."""
    texts = line.texts
    while first < stop and (not texts[first][0].isalnum() or first in line.skip):
        first = line.skip.get(first, first + 1)
    here = line.begin[first]
    article = first + here.get("articles", 0)
    if first < article < stop and line.parts.stop[first] <= article:
        return trimmed(line, article, stop)
    no_entity = first + here["not_entity"] if "not_entity" in here and first < stop else None
    if no_entity is not None and no_entity < stop and (texts[no_entity] == "," or no_entity in line.skip):
        return trimmed(line, line.skip.get(no_entity, no_entity + 1), stop)
    while stop > first and not texts[stop - 1][0].isalnum():
        bracket = line.bracket_start(stop) if texts[stop - 1] == ")" else None
        if bracket is not None and line.short.get(bracket + 1) == stop - 1 and first < bracket:
            break  # nhà ở xã hội (NOXH)
        stop = bracket if bracket is not None else stop - 1
    stop = without_loose_end(line, first, stop, "left_loose_ends")
    determiner = first - line.end[first].get("determiners", 0)
    if determiner < first and line.free(determiner):
        first, here = determiner, line.begin[determiner]
    if not any(texts[index][0].isalpha() for index in range(first, stop)):
        return None
    if no_entity is not None and no_entity >= stop:
        return None
    # What begins so belongs to the words before it: của công ty, so với năm trước.
    if "comparisons" in here or "leaning" in here:
        return None
    adrift = first + here.get("adrift", 0)
    if adrift == first or line.parts.stop[first] > adrift or first + here.get("compounds", 0) > adrift:
        return first, stop
    return trimmed(line, line.skip[adrift], stop) if adrift in line.skip else None
