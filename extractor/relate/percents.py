"""What a percentage says of itself: whether it is a change, what it can stand for, whether it restates a number."""

from __future__ import annotations

from decimal import Decimal

from extractor.intervals import Interval
from extractor.relate.scene import Fact, Scene
from extractor.span import Span

HUNDRED = Decimal(100)
GAP = 240
"""How many characters may stand between a figure and its share, with no other figure between."""


def is_change(scene: Scene, fact: Fact) -> bool:
    """Whether the figure says by how much something rose or fell."""
    clause = fact.clause_before
    start = max(clause.start, fact.start - 24)
    return bool(scene.cues("rise", start, fact.start) or scene.cues("fall", start, fact.start))


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
