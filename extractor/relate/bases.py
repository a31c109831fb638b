"""percent_of: a share told beside its part, and the whole that it is a share of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Relation
from extractor.intervals import Interval
from extractor.relate.compare import STRICT, at_odds, comparable, label, smaller
from extractor.relate.named import described, one_noun
from extractor.relate.percents import HUNDRED, is_bare, is_change, part_of, stated
from extractor.relate.scene import PEOPLE, Fact, Scene
from extractor.span import Span

NEAR = 40
"""How many characters may stand between a part and the whole that it is told out of."""
STRETCH = Decimal("0.12")
"""How far, as a part of itself, a hedged share may lie from the quotient of the bare numbers."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part with its share: the words behind the share that name its base, whether it is of a plan, a known whole."""

    part: Fact
    share: Fact
    named: frozenset[str]
    plan: bool
    whole: object


def percent_ofs(scene: Scene, sums: Sequence[Relation]) -> list[Relation]:
    """Each share told beside its part, with the whole that the text names or gives before it."""
    wholes = {part: rel.roles["whole"] for rel in sums for part in _parts(rel)}
    found = []
    for fact in scene.facts:
        if fact.dimension != "percentage" or is_change(scene, fact):
            continue
        part = part_of(scene, fact)
        if part is None:
            continue
        taken = _taken_from(scene, part, fact)
        if taken is not None:
            ends: dict[str, int | tuple[int, ...]] = {"part": taken.index, "whole": part.index, "percent": fact.index}
            found.append(Relation("percent_of", ends, ("percent_of.out-of",)))
            continue
        real = _outcome(scene, part, fact)
        whole = part if real else _base(scene, part, fact, wholes.get(part.index))
        part = real or part
        if whole is not None:
            roles: dict[str, int | tuple[int, ...]] = {"part": part.index, "whole": whole.index, "percent": fact.index}
            found.append(Relation("percent_of", roles, ("percent_of.base",)))
    return found


def _parts(relation: Relation) -> tuple[int, ...]:
    parts = relation.roles["parts"]
    return parts if isinstance(parts, tuple) else (parts,)


def _taken_from(scene: Scene, whole: Fact, share: Fact) -> Fact | None:
    """The part told before its whole, in front of the share of both: ``1.260 trong tổng số 1.400 công nhân, đạt 90 %``."""
    at = scene.order[whole.index]
    part = scene.facts[at - 1] if at else None
    if part is None or part.sentence != whole.sentence or not smaller(part, whole) or not is_bare(scene, share):
        return None
    between = Span(part.end, whole.start)
    hits = scene.cues("out_of", between.start, between.end)
    tied = bool(hits) and not scene.lower[hits[-1].end : between.end].strip()
    near = between.end - between.start <= NEAR and not set(",;:()") & set(between.of(scene.lower))
    phrase = share.clause_after
    other = scene.has("plan", phrase) or scene.has("compare", phrase)
    return part if tied and near and not other and comparable(scene, part, whole) == STRICT else None


def _outcome(scene: Scene, plan: Fact, share: Fact) -> Fact | None:
    """What is held against a plan told before its share: ``… 421 đoàn viên. So với chỉ tiêu 350, kết quả này đạt 120,3 %``."""
    clause = plan.clause_before
    if share.start < plan.end or not (scene.has("compare", clause) and scene.has("plan", clause)):
        return None
    at, reach = scene.order[plan.index], scene.rules.reach
    for fact in reversed(scene.facts[max(0, at - reach.whole_back_figures) : at]):
        near = plan.sentence - fact.sentence <= reach.whole_back_sentences
        if near and comparable(scene, fact, plan, plan=True) == STRICT and fits_share(fact, plan, share):
            return fact
    return None


def _base(scene: Scene, part: Fact, share: Fact, whole: object) -> Fact | None:
    """What the share is a share of: what fits among the figures that the text allows, else the only one it names."""
    phrase = share.clause_after
    said = scene.has("plan", phrase)
    if scene.has("compare", phrase) and not said:
        return None
    plan = said or (share.quantity.value or 0) > HUNDRED
    told = Told(part, share, scene.syllables(phrase.of(scene.lower)), plan, whole)
    allowed = [f for f in _candidates(scene, told) if plan or _larger(f, part)]
    for fact in allowed:
        if fits_share(part, fact, share) and _vouched(scene, told, fact) and not _itself(told, fact):
            return fact
    if plan and not said:
        return None
    if planned := _planned_behind(scene, told):
        return planned
    if scene.unread(part.end, share.start):  # lũy kế đạt 1.520, bằng 127 %: the share may be its own
        return None
    sure = [f for f in allowed if _sure(scene, told, f)]
    return sure[0] if len(sure) == 1 else None


def _planned_behind(scene: Scene, told: Told) -> Fact | None:
    """The plan that the text tells only in the sentences after, if it fits: ``đạt 106,5 % kế hoạch. … Kế hoạch giao 4.000``."""
    if not told.plan:
        return None
    at, reach = scene.order[told.share.index], scene.rules.reach
    for fact in scene.facts[at + 1 : at + 1 + reach.whole_back_figures]:
        near = fact.sentence - told.share.sentence <= reach.whole_back_sentences
        alike = near and comparable(scene, fact, told.part, plan=True) == STRICT and _is_plan(scene, told, fact)
        if alike and fits_share(told.part, fact, told.share):
            return fact
    return None


def _itself(told: Told, whole: Fact) -> bool:
    """Whether the whole is the part told again: all of it says nothing (``2.000 công nhân Công ty A (100 % vốn nước ngoài)``)."""
    again = whole.quantity.value == told.part.quantity.value and whole.sentence != told.part.sentence
    return again and told.share.quantity.value == HUNDRED and not told.plan


def _candidates(scene: Scene, told: Told) -> list[Fact]:
    """The figures that can be the whole, the nearest first: before the part, then in a bracket behind the share."""
    reach = scene.rules.reach
    part, share = told.part, told.share
    at = scene.order[min(part, share, key=lambda f: f.start).index]
    last = scene.order[max(part, share, key=lambda f: f.start).index]
    before = scene.facts[max(0, at - reach.percent_base_figures) : at][::-1]
    behind = [f for f in scene.facts[last + 1 : last + 3] if f.sentence == share.sentence]
    far = reach.named_base_sentences if told.named else reach.whole_back_sentences
    near = [f for f in before if part.sentence - f.sentence <= far]
    return [f for f in (*near, *behind) if comparable(scene, f, part, plan=True) == STRICT and not is_change(scene, f)]


def _larger(whole: Fact, part: Fact) -> bool:
    return part.interval.low is None or whole.interval.high is None or whole.interval.high >= part.interval.low


def fits_share(part: Fact, whole: Fact, share: Fact) -> bool:
    """Whether part / whole can be the share; a share cut off instead of rounded passes too."""
    quotient = part.interval / whole.interval
    low, high = quotient.low, quotient.high
    hundred = Interval(None if low is None else low * HUNDRED, None if high is None else high * HUNDRED)
    return hundred.meets(stated(share)) and _near(part, whole, share)


def _near(part: Fact, whole: Fact, share: Fact) -> bool:
    """Whether the bare numbers come near the share: hedges at both ends must not stretch it to anything."""
    a, b, c = part.quantity.value, whole.quantity.value, share.quantity.value
    if a is None or not b or c is None:
        return True
    return abs(a / b * HUNDRED - c) <= max(STRETCH * c, Decimal(1))


def _vouched(scene: Scene, told: Told, whole: Fact) -> bool:
    """Whether the text ties a share that fits to its whole."""
    if told.plan:
        return _is_plan(scene, told, whole)
    if whole.sentence == told.part.sentence or told.whole == whole.index:
        return True
    near = told.part.sentence - whole.sentence
    if near <= scene.rules.reach.whole_back_sentences and scene.has("whole", told.share.clause_after):
        return True
    if told.named & (whole.words | scene.syllables(whole.clause_after.of(scene.lower))):
        return True
    fine = (told.share.quantity.value or Decimal(0)) % 1 != 0
    return near <= scene.rules.reach.whole_back_sentences and (fine or near == 1)


def _sure(scene: Scene, told: Told, whole: Fact) -> bool:
    """Whether the text ties the share to this whole even if it does not fit."""
    part, share = told.part, told.share
    if told.plan:
        near = whole.start > share.end or part.sentence - whole.sentence <= 1
        return near and one_noun(whole, part) and _is_plan(scene, told, whole)
    if at_odds(whole, part) or (whole.bracket >= 0 and whole.bracket != part.bracket):
        return False
    if scene.cues("to", max(part.before.start, part.start - 14), part.start) or not is_bare(scene, share):
        return False
    if described(scene, part, share, whole):
        return True
    if told.named:
        return (_is_total(scene, whole) and _named_by(scene, whole, share)) or _of_all(scene, told, whole)
    if told.whole == whole.index:
        return True
    return whole.sentence == part.sentence and whole.start < part.start and _linked(scene, whole, part)


def _of_all(scene: Scene, told: Told, whole: Fact) -> bool:
    """Whether the share is of all there are of what whole and part count: ``chiếm 82 % tổng số doanh nghiệp``."""
    phrase = told.share.clause_after
    hits = scene.cues("total", phrase.start, phrase.end)
    named = scene.lower[hits[-1].end : phrase.end].strip(" .") if hits else ""
    near = told.part.sentence - whole.sentence <= 1 and whole.start < told.part.start
    return near and bool(named) and named == whole.noun == told.part.noun and not _has_own_share(scene, whole)


def _is_total(scene: Scene, fact: Fact) -> bool:
    entity = fact.quantity.entity
    start = min(fact.before.start, entity.start) if entity else fact.before.start
    return bool(scene.cues("total", start, fact.start))


def _linked(scene: Scene, whole: Fact, part: Fact) -> bool:
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
    people = whole.quantity.kind in PEOPLE and part.quantity.kind in PEOPLE and part.noun in scene.rules.stop.known
    return steps == 1 and bool(whole.noun) and (whole.noun == part.noun or people)


def _named_by(scene: Scene, whole: Fact, share: Fact) -> bool:
    """Whether the words behind the share are the whole's own, in one piece: `tổng nợ đóng`, `tổng số tiền nợ đóng …`."""
    words = share.clause_after.of(scene.lower).split()
    stop = scene.rules.stop.known
    while words and words[0] in stop:
        words.pop(0)
    return bool(words) and f" {' '.join(words)} " in f"{' '.join(label(scene, whole).split())} "


def _has_own_share(scene: Scene, fact: Fact) -> bool:
    """Whether a share of its own stands right behind the figure: then it is a part beside the other."""
    at = scene.order[fact.index] + 1
    share = scene.facts[at] if at < len(scene.facts) else None
    return share is not None and share.dimension == "percentage" and share.sentence == fact.sentence


def _is_plan(scene: Scene, told: Told, fact: Fact) -> bool:
    """Whether the figure is a target: a plan cue in its own clause, or before its bracket, or its scope says so.

    What names the base of the share itself says nothing of a figure behind a comma: đạt 54% dự toán; chi 4,1 tỷ.
    """
    clause = fact.clause_before
    share = told.share
    if share.end <= fact.bracket and scene.cues("plan", share.end, fact.bracket):
        return True
    if share.end <= fact.start and scene.cues("reached", share.end, fact.start):
        return False
    return (
        fact.status == "planned"
        or any(
            hit.start < share.end or not set(",;") & set(scene.lower[hit.end : fact.start])
            for hit in scene.cues("plan", max(clause.start, fact.start - 60), fact.start)
        )
        or _shares_plan(scene, fact)
    )


def _shares_plan(scene: Scene, fact: Fact) -> bool:
    """Whether an earlier figure of the same sentence is a target, with no full clause between: `chỉ tiêu 60 lớp, 4.500 lượt`."""
    at = scene.order[fact.index]
    left = scene.facts[at - 1] if at else None
    if left is None or left.sentence != fact.sentence or ";" in scene.lower[left.end : fact.start]:
        return False
    clause = left.clause_before
    return bool(scene.cues("plan", max(clause.start, left.start - 60), left.start))
