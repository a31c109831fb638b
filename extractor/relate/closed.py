"""Lists that the text closes without a cue: behind a colon, sorted by one word, or down to all others.

Such a list tells its whole in full, so that it should add up, whether or not it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.classes import covering, disjoint, divided, overlapping, sorted_by_word
from extractor.relate.compare import STRICT, comparable, smaller
from extractor.relate.enumerations import plain_count
from extractor.relate.facts import plain
from extractor.relate.lists import NO_PART, parts_sum
from extractor.relate.scene import Fact, Scene

SORTED = "parts_sum.sorted-list"
BANDS = "parts_sum.bands"
LEAST = 3
"""A list has so many parts at least."""
ABOVE = Decimal("1.2")
"""Parts that are above their whole by more than this, times, are told of something else."""
BELOW = Decimal("0.9")
"""Parts that make up less than this share of their whole are not all that there are."""


def closed_lists(scene: Scene, lists: Sequence[Sequence[Fact]]) -> list[Relation]:
    """Each of the lists (`runs`) of three figures or more that its text closes, with the whole told right before it."""
    found = []
    for run in lists:
        for whole, parts in ((run[0], run[1:]), (_before(scene, run[0]), run), (_cued_before(scene, run[0]), run)):
            rule = _closing(scene, whole, parts) if whole and len(parts) > 1 else ""
            if whole and rule and _may_make(scene, whole, parts, rule):
                found.append(parts_sum(whole, parts, rule))
                break
    return found


def _before(scene: Scene, first: Fact) -> Fact | None:
    """The figure before a list: the one right before it, in its sentence or the only one of its sort in the sentence before."""
    at = scene.order[first.index]
    left = scene.facts[at - 1] if at else None
    if left is None or left.block != first.block or not plain_count(left) or left.marks & NO_PART:
        return None
    if left.sentence == first.sentence:
        return left
    alike = [f for f in scene.sentence(first.sentence - 1) if comparable(scene, f, first) == STRICT]
    return left if alike == [left] else None


def _cued_before(scene: Scene, first: Fact) -> Fact | None:
    """The figure that the sentence of a list gives in all before it: ``trong tổng số 320 ủy viên, …; dưới 35 tuổi 96 người``."""
    told = [f for f in scene.beside(first) if f.start < first.start and plain_count(f)]
    return next((f for f in told if any(scene.has(role, f.before) for role in ("total", "whole", "within"))), None)


def _numbered(scene: Scene, whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the sentence says how many parts there are: ``2.400 thợ làm 3 ca, ca sáng 900, ca chiều 850, ca đêm 650``."""
    for fact in scene.beside(whole):
        if fact.start < parts[0].start and fact.noun and fact.quantity.value == len(parts):
            named = [plain(part.clause_before.of(scene.lower)) for part in parts]
            return len(set(named)) == len(parts) and all(f" {fact.noun} " in text for text in named)
    return False


def _closing(scene: Scene, whole: Fact, parts: Sequence[Fact]) -> str:
    """What closes the list: the rule's name, or nothing."""
    together = whole.sentence == parts[0].sentence
    if together and _numbered(scene, whole, parts):
        return "parts_sum.numbered"
    if len(parts) < LEAST:
        return ""
    if together and covering(scene, parts):
        return BANDS
    if scene.has("others", parts[-1].clause_before):
        return "parts_sum.down-to-others"
    gap = scene.lower[whole.end : parts[0].start]
    if together and gap.count(":") == 1 and not set(";.") & set(gap):
        return "parts_sum.colon"
    named = whole.sentence + 1 == parts[0].sentence and scene.has("whole", whole.before)
    if named and (sorted_by_word(scene, parts) or divided(scene, parts)):
        return SORTED
    cued = together and (scene.has("whole", whole.before) or scene.has("total", whole.before))
    return "parts_sum.brackets" if cued and _bracketed(scene, parts) else ""


def _bracketed(scene: Scene, parts: Sequence[Fact]) -> bool:
    """Whether each part stands alone in a bracket behind its name, `và` before the last: ``thủy điện (210 thẻ) và mỏ (185 thẻ)``."""
    alone = len({part.bracket for part in parts}) == len(parts) and all(part.bracket >= 0 for part in parts)
    return alone and bool(scene.cues("and", parts[-2].end, parts[-1].start))


def _may_make(scene: Scene, whole: Fact, parts: Sequence[Fact], rule: str) -> bool:
    """Whether the parts are classes of the whole, all that stand there, and come near to it."""
    if any(comparable(scene, whole, part) < STRICT or not smaller(part, whole) for part in parts):
        return False
    between = scene.between(parts[0].start if rule == BANDS else whole.end, parts[-1].start)
    left_out = [f for f in between if f.dimension == whole.dimension and f not in parts and f.bracket < 0]
    after = parts[-1].after.of(scene.lower)
    if left_out or scene.cues("some_of", whole.end, parts[-1].end) or "…" in after or "..." in after:
        return False
    value = whole.quantity.value or Decimal(0)
    told = sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0))
    least = value if rule == SORTED else value * BELOW
    apart = disjoint(scene, parts) and not overlapping(scene, parts)
    return apart and least <= told <= ABOVE * value
