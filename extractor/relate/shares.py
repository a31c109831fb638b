"""percent_sum, percent_of and ratio_percent: shares of one whole, a share and what it is of, a quotient and its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.intervals import Interval
from extractor.relate.compare import STRICT, at_odds, axes, comparable, disjoint, label, opposites
from extractor.relate.scene import Fact, Scene
from extractor.span import Span

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
OVER, UNDER = Decimal(120), Decimal(90)
"""Sums between these are meant to be 100 where the text says that the shares are all."""
STRETCH = Decimal("0.12")
"""How far, as a part of itself, a hedged share may lie from the quotient of the bare numbers."""
GAP = 240
"""How many characters may stand between a figure and its share, with no other figure between."""


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


def is_change(scene: Scene, fact: Fact) -> bool:
    """Whether the figure says by how much something rose or fell."""
    clause = scene.clause_before(fact)
    start = max(clause.start, fact.start - 24)
    return bool(scene.cues("rise", start, fact.start) or scene.cues("fall", start, fact.start))


def _covering(scene: Scene, run: Sequence[Fact]) -> Relation | None:
    """The stretch of a run that covers its whole: one that makes 100, else one that the text closes."""
    most = scene.rules.reach.parts_most
    run = run[:most]
    if _has_rest(scene, run[-1]) and _closed(scene, run):
        return _sum(run, "percent_sum.remainder")
    for size in range(len(run), 1, -1):
        for first in range(len(run) - size + 1):
            some = run[first : first + size]
            fits = _makes_hundred(scene, some) if size == len(run) else _exactly(some)
            if fits and _licensed(scene, some):
                return _sum(some, "percent_sum.adds-up")
    if _closed(scene, run):
        return _sum(run, "percent_sum.closed-list")
    return None


def _makes_hundred(scene: Scene, shares: Sequence[Fact]) -> bool:
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
    joined = exact and " và " in f" {scene.lower[shares[0].end : last.start]} "
    return rest or (joined and scene.order[last.index] - scene.order[shares[0].index] == 1) or (cue and exact) or opposites(scene, shares)


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
    sort = all(axes(scene, f) for f in run) or any(w in _words(scene, last) for w in ("khác",))
    return bool(scene.has("share", scene.clause_before(run[0]))) and (sort or total > HUNDRED)


def _words(scene: Scene, fact: Fact) -> frozenset[str]:
    return fact.words | scene.syllables(scene.clause_before(fact).of(scene.lower))


def _sum(shares: Sequence[Fact], rule: str) -> Relation:
    return Relation("percent_sum", {"parts": tuple(f.index for f in shares)}, (rule,))


def percent_ofs(scene: Scene, sums: Sequence[Relation]) -> list[Relation]:
    """Each share told beside its part, with the whole that the text names or gives before it."""
    wholes = {part: rel.roles["whole"] for rel in sums for part in _parts(rel)}
    found = []
    for fact in scene.facts:
        if fact.dimension != "percentage" or is_change(scene, fact):
            continue
        part = _part_of(scene, fact)
        if part is None:
            continue
        whole = _base(scene, part, fact, wholes)
        if whole is not None:
            roles: dict[str, int | tuple[int, ...]] = {"part": part.index, "whole": whole.index, "percent": fact.index}
            found.append(Relation("percent_of", roles, ("percent_of.base",)))
    return found


def _parts(relation: Relation) -> tuple[int, ...]:
    parts = relation.roles["parts"]
    return parts if isinstance(parts, tuple) else (parts,)


def _part_of(scene: Scene, share: Fact) -> Fact | None:
    """The figure that the share restates: right before it, or in the bracket or after `tức` right behind it."""
    at = scene.order[share.index]
    left = scene.facts[at - 1] if at else None
    if left and left.sentence == share.sentence and _is_count(left) and not is_change(scene, left):
        gap = scene.lower[left.end : share.start]
        bracketed = share.bracket >= left.end and not scene.lower[share.bracket + 1 : share.start].strip()
        told = bool(scene.has("share", scene.clause_before(share))) or bracketed
        if len(gap) <= GAP and ";" not in gap and told:
            return left
    right = scene.facts[at + 1] if at + 1 < len(scene.facts) else None
    if right and right.sentence == share.sentence and _is_count(right) and not is_change(scene, right):
        gap = scene.lower[share.end : right.start]
        bracketed = right.bracket >= share.end and len(scene.lower[right.bracket + 1 : right.start].split()) <= 2  # noqa: PLR2004
        told = bool(scene.has("restated", scene.clause_before(right)))
        if len(gap) <= GAP and (bracketed or told):
            return right
    return None


def _is_count(fact: Fact) -> bool:
    return fact.quantity.kind not in ("percentage", "ratio", "rate", "duration", "measure")


def _base(scene: Scene, part: Fact, share: Fact, wholes: dict[int, object]) -> Fact | None:
    """What the share is a share of: what fits among the figures that the text allows, else the only one it names."""
    phrase = scene.clause_after(share)
    said = scene.has("plan", phrase)
    plan = said or (share.quantity.value or 0) > HUNDRED
    if scene.has("compare", phrase) and not said:
        return None
    named = scene.syllables(phrase.of(scene.lower))
    allowed = [f for f in _candidates(scene, part, share, named) if plan or _larger(f, part)]
    for whole in allowed:
        if fits_share(part, whole, share) and _vouched(scene, part, whole, share, named, plan=plan, known=wholes):
            return whole
    if plan and not said:
        return None
    sure = [f for f in allowed if _sure(scene, part, f, share, named, plan=plan, known=wholes)]
    return sure[0] if len(sure) == 1 else None


def _candidates(scene: Scene, part: Fact, share: Fact, named: frozenset[str]) -> list[Fact]:
    """The figures that can be the whole, the nearest first: before the part, then in a bracket behind the share."""
    reach = scene.rules.reach
    at = scene.order[min(part, share, key=lambda f: f.start).index]
    last = scene.order[max(part, share, key=lambda f: f.start).index]
    before = scene.facts[max(0, at - reach.percent_base_figures) : at][::-1]
    behind = [f for f in scene.facts[last + 1 : last + 3] if f.sentence == share.sentence]
    far = reach.named_base_sentences if named else reach.whole_back_sentences
    near = [f for f in before if part.sentence - f.sentence <= far]
    return [f for f in (*near, *behind) if comparable(scene, f, part, plan=True) == STRICT and not is_change(scene, f)]


def _larger(whole: Fact, part: Fact) -> bool:
    return part.interval.low is None or whole.interval.high is None or whole.interval.high >= part.interval.low


def fits_share(part: Fact, whole: Fact, share: Fact) -> bool:
    """Whether part / whole can be the share; a share cut off instead of rounded passes too."""
    quotient = part.interval / whole.interval
    low, high = quotient.low, quotient.high
    hundred = Interval(None if low is None else low * HUNDRED, None if high is None else high * HUNDRED)
    return hundred.meets(_stated(share)) and _near(part, whole, share)


def _near(part: Fact, whole: Fact, share: Fact) -> bool:
    """Whether the bare numbers come near the share: hedges at both ends must not stretch it to anything."""
    a, b, c = part.quantity.value, whole.quantity.value, share.quantity.value
    if a is None or not b or c is None:
        return True
    return abs(a / b * HUNDRED - c) <= max(STRETCH * c, Decimal(1))


def _stated(share: Fact) -> Interval:
    interval = share.interval
    if share.quantity.value is None or interval.high is None or interval.low is None:
        return interval
    return Interval(interval.low, interval.high + (share.quantity.value - interval.low if share.quantity.modifier == "exact" else 0))


def _vouched(scene: Scene, part: Fact, whole: Fact, share: Fact, named: frozenset[str], *, plan: bool, known: dict[int, object]) -> bool:
    """Whether the text ties a share that fits to its whole."""
    if plan:
        return _is_plan(scene, whole)
    if whole.sentence == part.sentence or known.get(part.index) == whole.index:
        return True
    if named and named & (whole.words | scene.syllables(scene.clause_after(whole).of(scene.lower))):
        return True
    fine = (share.quantity.value or Decimal(0)) % 1 != 0
    near = part.sentence - whole.sentence
    return near <= scene.rules.reach.whole_back_sentences and (fine or near == 1)


def _sure(scene: Scene, part: Fact, whole: Fact, share: Fact, named: frozenset[str], *, plan: bool, known: dict[int, object]) -> bool:
    """Whether the text ties the share to this whole even if it does not fit."""
    if plan:
        return _is_plan(scene, whole) and whole.noun == part.noun and (whole.start > share.end or part.sentence - whole.sentence <= 1)
    if at_odds(whole, part) or (whole.bracket >= 0 and whole.bracket != part.bracket):
        return False
    if scene.cues("to", max(part.before.start, part.start - 14), part.start) or not _bare(scene, share):
        return False
    if named:
        return _is_total(scene, whole) and _named_by(scene, whole, share)
    if known.get(part.index) == whole.index:
        return True
    return whole.sentence == part.sentence and whole.start < part.start and _linked(scene, whole, part, share)


def _is_total(scene: Scene, fact: Fact) -> bool:
    entity = fact.quantity.entity
    start = min(fact.before.start, entity.start) if entity else fact.before.start
    return bool(scene.cues("total", start, fact.start))


def _linked(scene: Scene, whole: Fact, part: Fact, share: Fact) -> bool:
    """Whether the part is told as one of the whole: `trong đó`, `thì chỉ có`, `trong số … có` between or before them."""
    steps = scene.order[part.index] - scene.order[whole.index]
    between = Span(whole.end, part.start)
    moved = scene.has("to", between) and scene.cues("from", max(whole.before.start, whole.start - 14), whole.start)
    if steps > 2 or moved or _has_own_share(scene, whole):  # noqa: PLR2004
        return False
    if any(scene.has(role, between) for role in ("parts_some", "of_them")):
        return True
    if scene.cues("within", whole.before.start, whole.start):
        return True
    return steps == 1 and bool(whole.noun) and whole.noun == part.noun


def _bare(scene: Scene, share: Fact) -> bool:
    """Whether nothing but share cues stands before the share in its clause: it restates what was told before."""
    return not scene.syllables(_without_cues(scene, scene.clause_before(share)))


def _named_by(scene: Scene, whole: Fact, share: Fact) -> bool:
    """Whether the words behind the share are the whole's own, in one piece: `tổng nợ đóng`, `tổng số tiền nợ đóng …`."""
    words = scene.clause_after(share).of(scene.lower).split()
    stop = frozenset(scene.rules.stop.words)
    while words and words[0] in stop:
        words.pop(0)
    return bool(words) and f" {' '.join(words)} " in f"{' '.join(label(scene, whole).split())} "


def _has_own_share(scene: Scene, fact: Fact) -> bool:
    """Whether a share of its own stands right behind the figure: then it is a part beside the other."""
    at = scene.order[fact.index] + 1
    share = scene.facts[at] if at < len(scene.facts) else None
    return share is not None and share.dimension == "percentage" and share.sentence == fact.sentence


def _without_cues(scene: Scene, span: Span) -> str:
    """The text of a span with its share cues cut out."""
    text, at = "", span.start
    for hit in scene.cues("share", span.start, span.end):
        text += scene.lower[at : hit.start] + " "
        at = max(at, hit.end)
    return text + scene.lower[at : span.end]


def _is_plan(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is a target: a plan cue in its own clause, or its scope says so."""
    clause = scene.clause_before(fact)
    return fact.status == "planned" or bool(scene.cues("plan", max(clause.start, fact.start - 60), fact.start)) or _shares_plan(scene, fact)


def _shares_plan(scene: Scene, fact: Fact) -> bool:
    """Whether an earlier figure of the same sentence is a target, with no full clause between: `chỉ tiêu 60 lớp, 4.500 lượt`."""
    at = scene.order[fact.index]
    left = scene.facts[at - 1] if at else None
    if left is None or left.sentence != fact.sentence or ";" in scene.lower[left.end : fact.start]:
        return False
    clause = scene.clause_before(left)
    return bool(scene.cues("plan", max(clause.start, left.start - 60), left.start))


def ratio_percents(scene: Scene) -> list[Relation]:
    """A quotient and the share told beside it: ``45/50 đơn vị, đạt 90 %``."""
    found = []
    used: set[int] = set()
    for left, right in zip(scene.facts, scene.facts[1:], strict=False):
        pair = {left.dimension: left, right.dimension: right}
        if left.sentence != right.sentence or set(pair) != {"ratio", "percentage"} or left.index in used:
            continue
        ratio, share = pair["ratio"], pair["percentage"]
        if "/" not in ratio.number or is_change(scene, share) or ratio.quantity.value is None:
            continue
        fits = _stated(share).meets(Interval(ratio.quantity.value * HUNDRED, ratio.quantity.value * HUNDRED))
        tied = fits or (_same_base(scene, ratio, share) and (right.bracket >= 0 or _bare(scene, share)))
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
    return len(gap) <= GAP and ";" not in gap and (bracketed or scene.has(role, scene.clause_before(right)))


def _same_base(scene: Scene, ratio: Fact, share: Fact) -> bool:
    """Whether the share names no other base than the quotient: not ``7/12 tỉnh đạt 90 % kế hoạch``."""
    if share.bracket >= 0:
        return True
    phrase = scene.clause_after(share)
    return not scene.has("plan", phrase) and not scene.has("compare", phrase)
