"""ratio_percent: a quotient and the share told beside it."""

from __future__ import annotations

from itertools import pairwise

from extractor.document import Relation
from extractor.intervals import Interval
from extractor.relate.percents import GAP, HUNDRED, is_bare, is_change, stated
from extractor.relate.scene import Fact, Scene


def ratio_percents(scene: Scene) -> list[Relation]:
    """A quotient and the share told beside it: ``45/50 đơn vị, đạt 90 %``."""
    found = []
    used: set[int] = set()
    for left, right in pairwise(scene.facts):
        pair = {left.dimension: left, right.dimension: right}
        if left.sentence != right.sentence or set(pair) != {"ratio", "percentage"} or left.index in used:
            continue
        ratio, share = pair["ratio"], pair["percentage"]
        if "/" not in ratio.number or is_change(scene, share) or ratio.quantity.value is None:
            continue
        fits = stated(share).meets(Interval(ratio.quantity.value * HUNDRED, ratio.quantity.value * HUNDRED))
        tied = fits or (_same_base(scene, share) and (right.bracket >= 0 or is_bare(scene, share)))
        if _beside(scene, left, right) and tied:
            roles: dict[str, int | tuple[int, ...]] = {"ratio": ratio.index, "percent": share.index}
            found.append(Relation("ratio_percent", roles, ("ratio_percent.beside",)))
            used |= {left.index, right.index}
    return found


def _beside(scene: Scene, left: Fact, right: Fact) -> bool:
    """Whether the second restates the first: in the bracket right behind it, or after a share cue."""
    gap = scene.lower[left.end : right.start]
    bracketed = right.bracket >= left.end and left.bracket < 0
    role = "share" if right.dimension == "percentage" else "restated"
    return len(gap) <= GAP and ";" not in gap and (bracketed or scene.has(role, right.clause_before))


def _same_base(scene: Scene, share: Fact) -> bool:
    """Whether the share names no other base than the quotient: not ``7/12 tỉnh đạt 90 % kế hoạch``."""
    if share.bracket >= 0:
        return True
    phrase = share.clause_after
    return not scene.has("plan", phrase) and not scene.has("compare", phrase)
