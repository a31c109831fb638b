"""percent_sum: shares of one whole that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractor.document import Relation
from extractor.relate.classes import covering, disjoint, divided, opposites, reaching, same_base
from extractor.relate.lists import left_behind
from extractor.relate.percents import HUNDRED, is_change
from extractor.relate.scene import Fact, Scene

TENTH = Decimal("0.1")
OVER, UNDER = Decimal(120), Decimal(90)
"""Sums between these are meant to be 100 where the text says that the shares are all."""
SLIP = Decimal(110)
"""Sums up to this are meant to be 100 where the text only says that each is a portion of something."""


def percent_sums(scene: Scene) -> list[Relation]:
    """Shares that cover their whole, whether or not they make 100."""
    found: list[Relation] = []
    told: set[int] = set()
    chains = [chain for chain in _chains(scene) if len(chain) > 1]
    for run in _runs(chains):
        relation = _covering(scene, run)
        if relation:
            found.append(relation)
            told.update(fact.index for fact in run)
    for run in _long_runs(scene, chains):
        if (
            not told.intersection(fact.index for fact in run)
            and _closing(scene, run)
            and disjoint(scene, run)
            and same_base(scene, run)
        ):
            found.append(_sum(run, "percent_sum.sentences"))
            told.update(fact.index for fact in run)
    return found


def _runs(chains: Iterable[Sequence[Fact]]) -> Iterator[list[Fact]]:
    """The stretches of the chains that stand in one sentence, two shares or more."""
    for chain in chains:
        for _, group in groupby(chain, key=lambda fact: fact.sentence):
            run = list(group)
            if len(run) > 1:
                yield run


def _long_runs(scene: Scene, chains: Iterable[Sequence[Fact]]) -> Iterator[list[Fact]]:
    """The stretches of the chains over more than one sentence, each up to the share that says it is the last."""
    for chain in chains:
        run: list[Fact] = []
        for fact in chain[: scene.rules.reach.parts_most]:
            run.append(fact)
            if len(run) > 1 and (_has_rest(scene, fact) or _has_others(scene, fact)):
                if run[0].sentence != fact.sentence:
                    yield run
                run = []


def _chains(scene: Scene) -> list[list[Fact]]:
    """Shares of one block that follow each other in one sentence or the next, cut where one of them is told in parts."""
    chains: list[list[Fact]] = [[]]
    for fact in scene.facts:
        if fact.dimension != "percentage":
            continue
        last = chains[-1][-1] if chains[-1] else None
        if not _is_share(scene, fact):
            chains.append([])
        elif last and (
            fact.sentence - last.sentence > 1 or fact.block != last.block or _opens_inner(scene, last, fact)
        ):
            chains.append([fact])
        else:
            chains[-1].append(fact)
    return chains


def _opens_inner(scene: Scene, left: Fact, right: Fact) -> bool:
    return any(scene.cues(role, left.end, right.start) for role in ("parts_some", "parts_all", "apart"))


def _is_share(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is a share of what there is: no change, and not of a plan, a year before or a wage."""
    value = fact.quantity.value
    if value is None or not 0 < value < HUNDRED or is_change(scene, fact):
        return False
    behind = fact.clause_after
    return not any(scene.has(role, behind) for role in ("plan", "compare"))


def _covering(scene: Scene, run: Sequence[Fact]) -> Relation | None:
    """The stretch of a run that covers its whole: one that makes 100, else one that the text closes."""
    run = run[: scene.rules.reach.parts_most]
    if _has_rest(scene, run[-1]) and _closed(scene, run):
        return _sum(run, "percent_sum.remainder")
    stretches = [run[first : first + size] for size in range(len(run), 1, -1) for first in range(len(run) - size + 1)]
    for some in stretches:
        fits = _makes_hundred(some) if len(some) == len(run) else _exactly(some)
        if fits and _licensed(scene, some):
            return _sum(some, "percent_sum.adds-up")
    for some in stretches:
        if (len(some) == len(run) or _closing(scene, some)) and _closed(scene, some):
            return _sum(some, "percent_sum.closed-list")
    return None


def _makes_hundred(shares: Sequence[Fact]) -> bool:
    low = sum((f.interval.low or Decimal(0) for f in shares), Decimal(0))
    high = sum((f.interval.high if f.interval.high is not None else HUNDRED for f in shares), Decimal(0))
    return low < HUNDRED < high or sum(f.quantity.value or 0 for f in shares) == HUNDRED


def _exactly(shares: Sequence[Fact]) -> bool:
    """Whether some shares out of more make 100 to the tenth: no rounding is allowed where others are left out."""
    return abs(sum(f.quantity.value or Decimal(0) for f in shares) - HUNDRED) <= TENTH


def _has_rest(scene: Scene, fact: Fact) -> bool:
    return scene.has("remainder", fact.before) or left_behind(scene, fact)


def _has_others(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is of the last class, of all that were not named: ``trình độ khác 14,2 %``."""
    return scene.has("others", fact.clause_before) or scene.has("others", fact.clause_after)


def _unanswered(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is of those who gave no answer, the last of all who were asked: ``9 % không có ý kiến``."""
    return scene.has("no_answer", fact.clause_before) or scene.has("no_answer", fact.clause_after)


def _licensed(scene: Scene, shares: Sequence[Fact]) -> bool:
    """Whether the text lets the shares be of one whole: a share cue, a remainder, three or more, or `và` between two."""
    if not disjoint(scene, shares, strict=False) or not same_base(scene, shares):
        return False
    cue = any(scene.has("share", f.clause_before) or scene.has("remainder", f.before) for f in shares)
    exact = sum(f.quantity.value or 0 for f in shares) == HUNDRED
    if len(shares) > 2:  # noqa: PLR2004
        return cue or exact
    last = shares[-1]
    rest = _has_rest(scene, last)
    joined = exact and bool(scene.cues("and", shares[0].end, last.start))
    bracketed = exact and -1 < shares[0].bracket < last.bracket
    return (
        rest
        or (joined and scene.order[last.index] - scene.order[shares[0].index] == 1)
        or (cue and exact)
        or bracketed
        or opposites(scene, shares)
    )


def _closed(scene: Scene, run: Sequence[Fact]) -> bool:
    """Whether the text says that these shares are all, although they do not make 100."""
    if any(f.quantity.modifier != "exact" for f in run) or not disjoint(scene, run) or not same_base(scene, run):
        return False
    if _closing(scene, run):
        return True
    if len(run) < 3 or scene.cues("some_of", run[0].before.start, run[-1].end):  # noqa: PLR2004
        return False
    if any(reaching(scene, f.clause_before.of(scene.lower)) for f in run):
        return False
    portions = bool(scene.cues("portion", run[0].before.start, run[0].start))
    return portions and HUNDRED < _total(run) <= SLIP


def _closing(scene: Scene, run: Sequence[Fact]) -> bool:
    """Whether the last share is told as what is left over, or the classes shut each other out and are above 100."""
    total, last = _total(run), run[-1]
    if not UNDER < total < OVER or any(f.quantity.modifier != "exact" for f in run):
        return False
    if _has_rest(scene, last):
        return True
    if opposites(scene, run) and total <= SLIP and scene.order[last.index] - scene.order[run[0].index] == 1:
        return True
    if len(run) < 3 or scene.cues("some_of", run[0].before.start, last.end):  # noqa: PLR2004
        return False
    if _unanswered(scene, last) or covering(scene, run):
        return True
    if _has_others(scene, last):
        return any(scene.has("share", f.clause_before) for f in run) or divided(scene, run)
    return divided(scene, run) and total > HUNDRED


def _total(run: Sequence[Fact]) -> Decimal:
    return sum((f.quantity.value or Decimal(0) for f in run), Decimal(0))


def _sum(shares: Sequence[Fact], rule: str) -> Relation:
    return Relation("percent_sum", {"parts": tuple(f.index for f in shares)}, (rule,))
