"""change: a value before, a value after, and by how much the text says that it changed, if it says so."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.document import Relation
from extractor.relate.compare import STRICT, comparable, is_money
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene
from extractor.span import Span

SAME_WORDS = 3
"""So many equal words before two figures say that they tell of the same thing."""
AGAINST = 32
"""How many characters before a year a word of comparison makes it the year compared with."""
CLOSE = 16
"""How many characters may stand between the size of a change and the ends told behind it."""
GAP = 50
"""How many characters may stand between `so với` and the value that it compares with."""
BEFORE = 20
"""How many characters before a figure a word of rising or falling may begin."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def changes(scene: Scene) -> list[Relation]:
    """Every change whose two ends and size the text gives."""
    found = []
    for by in _candidates(scene):
        if by.quantity.value is None or not is_size(scene, by):
            continue
        before, after = _ends_behind(scene, by)
        if after is None:
            after = _after(scene, by)
            before = _before(scene, by, after) if after else None
        if before is not None and before.start < by.start and _past_a_plan(scene, by):
            continue
        if before is not None and after is not None:
            rule = "change.fall" if _falls(scene, by) else "change.rise"
            roles: dict[str, int | tuple[int, ...]] = {"from": before.index, "to": after.index, "by": by.index}
            found.append(Relation("change", roles, (rule,)))
    return found + _ends(scene, {relation.roles["to"] for relation in found})


def _past_a_plan(scene: Scene, by: Fact) -> bool:
    """Whether the size is that above a plan, and not above what was before: ``lên 1.610 người, vượt 12 % kế hoạch``."""
    phrase = by.clause_after
    return scene.has("plan", phrase) and not scene.has("compare", phrase)


def _candidates(scene: Scene) -> list[Fact]:
    """The figures that can be the size of a change: those right behind a word of rising or falling, in order."""
    hits = (*scene.all_cues("rise"), *scene.all_cues("fall"))
    behind = {fact.index for hit in hits for fact in scene.between(hit.end, hit.start + BEFORE + 1)}
    return [fact for fact in scene.facts if fact.index in behind] if behind else []


def _ends_behind(scene: Scene, by: Fact) -> tuple[Fact, Fact] | tuple[None, None]:
    """The two ends told right behind the size of a change: ``giảm 25 %, từ 860 người xuống còn 645 người``."""
    at = scene.order[by.index]
    near = scene.facts[at + 1 : at + 3]
    if len(near) < 2 or any(f.sentence != by.sentence or f.quantity.value is None for f in near):  # noqa: PLR2004
        return None, None
    left, right = near
    gap = scene.lower[by.end : left.start]
    apart = set(";:.") & set(gap) or len(gap) > CLOSE or not _fits_kind(scene, right, by)
    return (None, None) if apart or not _from_to(scene, left, right) else (left, right)


def _ends(scene: Scene, told: set[int | tuple[int, ...]]) -> list[Relation]:
    """The changes that are told by their two ends alone: ``giảm từ 41 vụ xuống 17 vụ``."""
    found = []
    facts = scene.facts if scene.all_cues("from") and scene.all_cues("to") else ()
    for left, right in pairwise(facts):
        if (
            right.index in told
            or left.sentence != right.sentence
            or None in (left.quantity.value, right.quantity.value)
        ):
            continue
        if _from_to(scene, left, right):
            found.append(Relation("change", {"from": left.index, "to": right.index}, ("change.ends",)))
    return found


def is_size(scene: Scene, fact: Fact) -> bool:
    """Whether a word of rising or falling stands right before the figure."""
    start, end = fact.start - BEFORE, fact.start
    moves = scene.cues("rise", start, end) or scene.cues("fall", start, end)
    if not moves:
        return False
    start = max(fact.clause_before.start, start)
    moves = scene.cues("rise", start, end) or scene.cues("fall", start, end)
    return bool(moves) and not (scene.cues("from", start, end) or scene.cues("to", start, end))


def _falls(scene: Scene, by: Fact) -> bool:
    return bool(scene.cues("fall", max(by.before.start, by.start - 24), by.start))


def _after(scene: Scene, by: Fact) -> Fact | None:
    """The value after the change: the figure right before its size, in the same sentence."""
    at = scene.order[by.index]
    for fact in reversed(scene.facts[max(0, at - 2) : at]):
        if fact.sentence != by.sentence or ";" in scene.lower[fact.end : by.start]:
            return None
        if fact.quantity.value is not None and not is_size(scene, fact) and _fits_kind(scene, fact, by):
            return fact
    return None


def _fits_kind(scene: Scene, fact: Fact, by: Fact) -> bool:
    if by.dimension in ("percentage", "ratio"):
        return fact.dimension != "ratio"
    return fact.dimension == by.dimension or (is_money(scene, fact) and is_money(scene, by))


def _before(scene: Scene, by: Fact, after: Fact) -> Fact | None:
    """The value before: `từ A lên B`, or what the size is compared with, told behind it or under the same year."""
    at = scene.order[after.index]
    left = scene.facts[at - 1] if at else None
    if left and left.sentence == after.sentence and _from_to(scene, left, after):
        return left
    order = scene.order[by.index]
    right = scene.facts[order + 1] if order + 1 < len(scene.facts) else None
    if (
        right
        and right.sentence == by.sentence
        and comparable(scene, right, after, plan=True) == STRICT
        and _compared(scene, by, right)
    ):
        return right
    return _same_year(scene, by, after)


def _compared(scene: Scene, by: Fact, right: Fact) -> bool:
    """Whether the figure is what the change is compared with: ``so với mức 800 triệu``, ``so với năm 2018 (500 người)``."""
    hits = scene.cues("compare", by.end, right.start) or scene.cues("plan", by.end, right.start)
    if not hits or is_size(scene, right):
        return False
    gap = scene.lower[hits[-1].end : right.start]
    told = any(scene.cues(role, hits[-1].end, right.start) for role in ("share", "and"))
    return len(gap) <= GAP and not set(",;:") & set(gap) and not told


def _from_to(scene: Scene, left: Fact, right: Fact) -> bool:
    """Whether the text runs from one figure to the other: ``từ 41 vụ xuống 17 vụ``."""
    if comparable(scene, left, right) < STRICT:
        return False
    start = max(left.before.start, left.start - 12)
    if not scene.cues("from", start, left.start):
        return False
    return bool(scene.cues("to", left.end, right.start) or scene.cues("since", left.end, right.start))


def _same_year(scene: Scene, by: Fact, after: Fact) -> Fact | None:
    """The figure told earlier for the year that the size is compared with, of the same thing in the same words."""
    phrase = by.clause_after
    if not scene.has("compare", phrase):
        return None
    years = set(_YEAR.findall(phrase.of(scene.lower))) or _year_before(scene, phrase, after)
    if len(years) != 1:
        return None
    at = scene.order[after.index]
    for fact in reversed(scene.facts[max(0, at - 6) : at]):
        if after.sentence - fact.sentence > 1:
            break
        same = comparable(scene, fact, after) == STRICT and _told_alike(scene, fact, after)
        if same and _year_of(scene, fact) == years and not is_size(scene, fact):
            return fact
    return None


def _year_before(scene: Scene, phrase: Span, after: Fact) -> set[str]:
    """The year before that of a figure, where the change is against it: ``tăng 15 % so với năm trước``."""
    if not scene.has("last_year", phrase):
        return set()
    return {str(int(year) - 1) for year in _year_of(scene, after)}


def _told_alike(scene: Scene, a: Fact, b: Fact) -> bool:
    """Whether two figures are told in the same words: what they count, or the last three words before them."""
    words = b.entity_words
    if len(words) > 1 and words <= a.entity_words:
        return True
    before = [f.before.of(scene.lower).split()[-SAME_WORDS:] for f in (a, b)]
    if len(before[0]) == SAME_WORDS and before[0] == before[1]:
        return True
    verb = bool(before[0] and before[1]) and before[0][-1] == before[1][-1]
    return verb and bool(a.noun) and a.noun == b.noun and a.quantity.kind in NOUNS | PEOPLE


def _year_of(scene: Scene, fact: Fact) -> set[str]:
    """The last year named before the figure, in its clause or the clauses before it up to a semicolon.

    None where it is only the year that something before is compared with: ``tăng 5 % so với năm 2015, đạt 56 tỷ đồng``.
    """
    first = scene.document.sentences[fact.sentence].start if scene.document.sentences else 0
    start = max(first, fact.start - 200)
    start = max(start, scene.lower.rfind(";", start, fact.start) + 1)
    told = list(_YEAR.finditer(scene.lower, start, fact.start))[-1:]
    return {
        year.group() for year in told if not scene.cues("compare", max(start, year.start() - AGAINST), year.start())
    }
