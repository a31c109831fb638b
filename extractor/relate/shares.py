"""percent_sum: shares of one whole that cover it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.compare import axes, disjoint, opposites
from extractor.relate.percents import HUNDRED, is_change
from extractor.relate.scene import Fact, Scene

TENTH = Decimal("0.1")
OVER, UNDER = Decimal(120), Decimal(90)
"""Sums between these are meant to be 100 where the text says that the shares are all."""


def percent_sums(scene: Scene) -> list[Relation]:
    """Shares that cover their whole, whether or not they make 100."""
    found: list[Relation] = []
    for run in _runs(scene):
        relation = _covering(scene, run)
        if relation:
            found.append(relation)
    return found


def _runs(scene: Scene) -> Iterator[list[Fact]]:
    """Neighbouring shares of one sentence, cut where a list of parts of one of them opens."""
    run: list[Fact] = []
    for fact in scene.facts:
        if fact.dimension != "percentage":
            continue
        cut = not run or fact.sentence != run[-1].sentence or _opens_inner(scene, run[-1], fact)
        if cut or not _is_share(scene, fact):
            if len(run) > 1:
                yield run
            run = []
        if _is_share(scene, fact):
            run.append(fact)
    if len(run) > 1:
        yield run


def _opens_inner(scene: Scene, left: Fact, right: Fact) -> bool:
    return any(scene.cues(role, left.end, right.start) for role in ("parts_some", "parts_all", "apart"))


def _is_share(scene: Scene, fact: Fact) -> bool:
    value = fact.quantity.value
    return value is not None and 0 < value < HUNDRED and not is_change(scene, fact)


def _covering(scene: Scene, run: Sequence[Fact]) -> Relation | None:
    """The stretch of a run that covers its whole: one that makes 100, else one that the text closes."""
    most = scene.rules.reach.parts_most
    run = run[:most]
    if _has_rest(scene, run[-1]) and _closed(scene, run):
        return _sum(run, "percent_sum.remainder")
    for size in range(len(run), 1, -1):
        for first in range(len(run) - size + 1):
            some = run[first : first + size]
            fits = _makes_hundred(some) if size == len(run) else _exactly(some)
            if fits and _licensed(scene, some):
                return _sum(some, "percent_sum.adds-up")
    if _closed(scene, run):
        return _sum(run, "percent_sum.closed-list")
    return None


def _makes_hundred(shares: Sequence[Fact]) -> bool:
    low = sum((f.interval.low or Decimal(0) for f in shares), Decimal(0))
    high = sum((f.interval.high if f.interval.high is not None else HUNDRED for f in shares), Decimal(0))
    return low < HUNDRED < high or sum(f.quantity.value or 0 for f in shares) == HUNDRED


def _exactly(shares: Sequence[Fact]) -> bool:
    """Whether some shares out of more make 100 to the tenth: no rounding is allowed where others are left out."""
    return abs(sum(f.quantity.value or Decimal(0) for f in shares) - HUNDRED) <= TENTH


def _has_rest(scene: Scene, fact: Fact) -> bool:
    return scene.has("remainder", fact.before) or scene.has("remainder", scene.clause_after(fact))


def _licensed(scene: Scene, shares: Sequence[Fact]) -> bool:
    """Whether the text lets the shares be of one whole: a share cue, a remainder, three or more, or `và` between two."""
    if not disjoint(scene, shares, strict=False):
        return False
    cue = any(scene.has("share", scene.clause_before(f)) or scene.has("remainder", f.before) for f in shares)
    exact = sum(f.quantity.value or 0 for f in shares) == HUNDRED
    if len(shares) > 2:  # noqa: PLR2004
        return cue or exact
    last = shares[-1]
    rest = _has_rest(scene, last)
    joined = exact and bool(scene.cues("and", shares[0].end, last.start))
    return (
        rest
        or (joined and scene.order[last.index] - scene.order[shares[0].index] == 1)
        or (cue and exact)
        or opposites(scene, shares)
    )


def _closed(scene: Scene, run: Sequence[Fact]) -> bool:
    """Whether the text says that these shares are all, although they do not make 100."""
    total = sum((f.quantity.value or Decimal(0) for f in run), Decimal(0))
    if not UNDER < total < OVER or any(f.quantity.modifier != "exact" for f in run) or not disjoint(scene, run):
        return False
    last = run[-1]
    if _has_rest(scene, last):
        return True
    if len(run) < 3 or scene.cues("some_of", run[0].before.start, last.end):  # noqa: PLR2004
        return False
    sort = all(axes(scene, f) for f in run) or scene.has("others", last.before)
    return bool(scene.has("share", scene.clause_before(run[0]))) and (sort or total > HUNDRED)


def _sum(shares: Sequence[Fact], rule: str) -> Relation:
    return Relation("percent_sum", {"parts": tuple(f.index for f in shares)}, (rule,))
