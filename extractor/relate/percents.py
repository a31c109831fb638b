"""What a percentage says of itself: whether it is a change, what it can stand for, whether it restates a number."""

from __future__ import annotations

from decimal import Decimal

from extractor.intervals import Interval
from extractor.relate.scene import Fact, Scene
from extractor.span import Span

HUNDRED = Decimal(100)
LISTED = 4
"""So far back in a list the word of rising or falling may stand."""
GAP = 240
"""How many characters may stand between a figure and its share, with no other figure between."""


def is_change(scene: Scene, fact: Fact) -> bool:
    """Whether the figure says by how much something rose or fell, or follows one that does in a list: ``tăng 8 %; 7 %``."""
    for step in range(LISTED):
        clause = fact.clause_before
        start = max(clause.start, fact.start - 24)
        if scene.cues("rise", start, fact.start) or scene.cues("fall", start, fact.start):
            return True
        left = _listed_before(scene, fact) if step < LISTED - 1 else None
        if left is None:
            return False
        fact = left
    return False


def _listed_before(scene: Scene, fact: Fact) -> Fact | None:
    """The figure of the same measure that a bare figure follows in a list, brackets between them looked past."""
    if fact.dimension != "percentage" or fact.clause_before.of(scene.lower).strip() not in scene.rules.joint.known | {
        ""
    }:
        return None
    at = scene.order[fact.index]
    near = [
        f for f in scene.facts[max(0, at - 2) : at] if f.dimension == fact.dimension and f.sentence == fact.sentence
    ]
    return near[-1] if near and fact.bracket < 0 else None


def part_of(scene: Scene, share: Fact) -> Fact | None:
    """The figure that the share restates: before it, or in the bracket or after `tức` right behind it."""
    at = scene.order[share.index]
    left = _count_before(scene, share)
    if left and not is_change(scene, left):
        gap = scene.lower[left.end : share.start]
        bracketed = share.bracket >= left.end and not scene.lower[share.bracket + 1 : share.start].strip()
        told = bool(scene.has("share", share.clause_before)) or bracketed
        if len(gap) <= GAP and ";" not in gap and told:
            return left
    right = scene.facts[at + 1] if at + 1 < len(scene.facts) else None
    if right and right.sentence == share.sentence and _is_count(right) and not is_change(scene, right):
        gap = scene.lower[share.end : right.start]
        bracketed = right.bracket >= share.end and len(scene.lower[right.bracket + 1 : right.start].split()) <= 2  # noqa: PLR2004
        told = bool(scene.has("restated", right.clause_before)) or gap.strip() == ","
        if len(gap) <= GAP and (bracketed or told):
            return right
    return None


def _count_before(scene: Scene, share: Fact) -> Fact | None:
    """The count before the share in its sentence; what only says more of it (``người đóng dưới 30 năm``) is looked past."""
    at = scene.order[share.index]
    for fact in reversed(scene.facts[max(0, at - 2) : at]):
        if fact.sentence != share.sentence:
            return None
        if set(",;") & set(scene.lower[fact.end : share.start]) and fact is not scene.facts[at - 1]:
            return None
        if _is_count(fact):
            return fact
        if fact.quantity.kind not in ("duration", "measure"):
            return None
    return None


def _is_count(fact: Fact) -> bool:
    return fact.quantity.kind not in ("percentage", "ratio", "rate", "duration", "measure")


def stated(share: Fact) -> Interval:
    """What a stated share can stand for, cut off or rounded."""
    interval = share.interval
    if share.quantity.value is None or interval.high is None or interval.low is None:
        return interval
    return Interval(
        interval.low, interval.high + (share.quantity.value - interval.low if share.quantity.modifier == "exact" else 0)
    )


def is_bare(scene: Scene, share: Fact) -> bool:
    """Whether nothing but share cues stands before the share in its clause: it restates what was told before."""
    return not scene.syllables(_without_cues(scene, share.clause_before))


def _without_cues(scene: Scene, span: Span) -> str:
    """The text of a span with its share cues cut out."""
    text, at = "", span.start
    for hit in scene.cues("share", span.start, span.end):
        text += scene.lower[at : hit.start] + " "
        at = max(at, hit.end)
    return text + scene.lower[at : span.end]
