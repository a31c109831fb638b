"""What parts are told as: classes on one axis or on several, opposites, bands of age, populations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.intervals import Interval
from extractor.relate.compare import label
from extractor.relate.facts import plain
from extractor.relate.scene import Fact, Scene
from extractor.span import Span

_ENDLESS = Decimal("Infinity")
_SIZES = frozenset({"measure", "money", "duration", "rate"})
ONE_DEED = 3
"""So many equal words behind the parts tell them by one deed."""
FIRST = 4
"""So many words behind a part a verb says what the part has or does."""


def disjoint(scene: Scene, parts: Sequence[Fact], *, strict: bool = True) -> bool:
    """Whether no one can be in two of the parts, as far as their words tell.

    Parts on different axes may overlap (women, party members). Where `strict`, so may parts with and without one.
    """
    if divided(scene, parts):
        return True
    found = [part.axes for part in parts]
    named = [axis for axis in found if axis]
    told = frozenset[str]().union(*named)
    if len(told) > 1:
        return False
    sorting = {axis.id for axis in scene.rules.axis if axis.partition}
    return not (strict and named and len(named) < len(parts) and not told <= sorting)


def overlapping(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether two or more parts are told by what they have or do besides, as one may with another: ``52 bản có …, 61 bản có …``.

    One deed told of all of them in the same words sorts them: ``38 ý kiến được trả lời ngay, 27 được trả lời bằng văn bản``.
    """
    behind = [plain(part.clause_after.of(scene.lower)).split()[:FIRST] for part in parts]
    told = [f" {' '.join(words)} " for words in behind]
    has = sum(1 for text in told if any(f" {word} " in text for word in scene.rules.property.words))
    does = sum(1 for text in told if any(f" {word} " in text for word in scene.rules.deed.words))
    one_deed = len({tuple(words[:ONE_DEED]) for words in behind}) == 1
    may = has > 1 or (has + does > 1 and not one_deed)
    return may and not divided(scene, parts) and not opposites(scene, parts)


def divided(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts are different classes of one partition (education, grade), the last maybe all other classes.

    What else the first of them names is the whole: ``đoàn viên có trình độ đại học 42 %, cao đẳng 31 %, trình độ khác 27 %``.
    """
    for axis in scene.rules.axis:
        if not axis.partition:
            continue
        told = [_classes(scene, part, axis.words) for part in parts]
        if told and not told[-1] and len(parts) > 2 and _unnamed(scene, parts[-1]):  # noqa: PLR2004
            told.pop()
        if all(told) and len(set(told)) == len(told) and not any("" in classes for classes in told):
            return True
    return sorted_by_word(scene, parts) or banded(scene, parts)


def _unnamed(scene: Scene, part: Fact) -> bool:
    """Whether the part is of all classes that were not named."""
    clause = part.clause_before
    return scene.has("others", clause) or scene.has("remainder", clause)


def sorted_by_word(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts are told as classes by one sorting word: ``khối A chiếm …, khối B chiếm …, khối C chiếm …``."""
    told = [plain(part.clause_before.of(scene.lower)).split() for part in parts]
    joints = scene.rules.joint.known
    named = [tuple(words[1:] if words and words[0] in joints else words) for words in told]
    first = {words[0] if words else "" for words in named[1:]}
    opens = len(first) == 1 and first <= scene.rules.sorting.known and first <= set(named[0])
    return opens and len(set(named)) == len(named) and all(len(words) > 1 for words in named)


def banded(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts are bands of age, pay or time that do not overlap: ``dưới 30 tuổi …, từ 30 đến 45 tuổi …``."""
    bands = _bands(scene, parts)
    return len(bands) > 1 and all((a.high or _ENDLESS) <= (b.low or Decimal(0)) for a, b in pairwise(bands))


def covering(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts are bands without a gap, the first open below and the last open above: they cover everyone."""
    bands = _bands(scene, parts)
    if len(bands) < 2 or bands[0].low or bands[-1].high is not None:  # noqa: PLR2004
        return False
    return all(a.high is not None and a.high == b.low for a, b in pairwise(bands))


def _bands(scene: Scene, parts: Sequence[Fact]) -> list[Interval]:
    """The bands that the parts are told for, in order of size: each right before its part, or each right behind it."""
    for step in (-1, 1):
        told = [_beside(scene, part, step) for part in parts]
        known = [fact for fact in told if fact is not None]
        if len(known) == len(parts) and len({fact.dimension for fact in known}) == 1:
            bands = [band for fact in known if (band := _band(fact)) is not None]
            if len(bands) == len(parts):
                return sorted(bands, key=lambda band: (band.low or Decimal(0), band.high or _ENDLESS))
    return []


def _beside(scene: Scene, part: Fact, step: int) -> Fact | None:
    """The figure of age, pay, time or size next to a part in its sentence."""
    at = scene.order[part.index] + step
    fact = scene.facts[at] if 0 <= at < len(scene.facts) else None
    if fact is None or fact.sentence != part.sentence or fact.dimension == part.dimension:
        return None
    return fact if fact.quantity.kind in _SIZES else None


def _band(fact: Fact) -> Interval | None:
    quantity = fact.quantity
    if quantity.value is None:
        return Interval(quantity.low, quantity.high)
    if quantity.modifier in ("less_than", "at_most"):
        return Interval(Decimal(0), quantity.value)
    return Interval(quantity.value, None) if quantity.modifier in ("more_than", "at_least") else None


def _classes(scene: Scene, part: Fact, words: Sequence[str]) -> frozenset[str]:
    """The classes of a partition that a figure's own words name, the longest only; '' among them for `and above`."""
    before, after = part.clause_before, part.clause_after
    for hit in scene.cues("and", before.start, before.end):
        before = Span(hit.end, before.end)
    for hit in scene.cues("and", after.start, after.end)[:1]:
        after = Span(after.start, hit.start)
    text = plain(f"{before.of(scene.lower)} , {after.of(scene.lower)}")
    found = [word for word in words if f" {word} " in text]
    longest = {word for word in found if not any(word != other and f" {word} " in f" {other} " for other in found)}
    above = reaching(scene, text)
    return frozenset(longest | {""} if above and longest else longest)


def reaching(scene: Scene, text: str) -> bool:
    """Whether a class reaches over others of its axis: ``đại học trở lên``."""
    return any(f" {word} " in text for word in scene.rules.above.words)


def same_base(scene: Scene, shares: Sequence[Fact]) -> bool:
    """Whether no two shares name populations of different sorts right behind them: ``45 % doanh nghiệp, 55 % công nhân``."""
    told = set()
    for share in shares:
        behind = plain(share.clause_after.of(scene.lower))
        told |= {base.id for base in scene.rules.base if any(behind.startswith(f" {word} ") for word in base.words)}
    return len(told) < 2  # noqa: PLR2004


def opposites(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts cover their whole by what they say: men and women, X and not X."""
    return sided(scene, parts) or _negated(scene, [label(scene, part) for part in parts])


def sided(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether the parts are the sides of one axis: men and women."""
    rivals = [axis for axis in scene.rules.axis if axis.sides and len(axis.sides) == len(parts)]
    texts = [label(scene, part) for part in parts] if rivals else []
    for axis in rivals:
        sides = [{n for n, side in enumerate(axis.sides) if any(f" {w} " in text for w in side)} for text in texts]
        if all(sides) and len(set().union(*sides)) == len(axis.sides):
            return True
    return False


def _negated(scene: Scene, texts: Sequence[str]) -> bool:
    """Whether of two parts one is the other with a negation."""
    if len(texts) != 2:  # noqa: PLR2004
        return False
    words = [scene.syllables(text) for text in texts]
    no = scene.rules.negation.known
    if bool(words[0] & no) == bool(words[1] & no):
        return False
    rest = [{w for w in side if not w.isdigit()} - no for side in words]
    return bool(rest[0] & rest[1])
