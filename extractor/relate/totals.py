"""Parts told before their whole, and lists that end with what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.classes import disjoint, overlapping
from extractor.relate.compare import STRICT, add_up, at_odds, comparable, smaller
from extractor.relate.lists import NO_PART, countable, parts_sum
from extractor.relate.openings import BULLETS
from extractor.relate.scene import CueHit, Fact, Scene

HEDGE = 20
"""How many characters behind its cue a sum that the text adds up stands."""
OFF = Decimal("0.15")
"""Parts that a remainder completes are off by no more than this share of their whole; else another whole is meant."""
SLIP = Decimal("1.4")
"""A sum that the text adds up is off by no more than this, times or parts; else more than it was added."""
AHEAD = 80
"""How many characters behind its cue a total stands."""


def totals(scene: Scene) -> list[Relation]:
    """Parts told before their whole: ``… 25 căn, … 13 căn, tổng cộng 38 căn``, ``nâng tổng số … lên 34``."""
    found = []
    for role in ("total", "raised"):
        for hit in scene.all_cues(role):
            whole = next(iter(scene.between(hit.end, hit.end + AHEAD)), None)
            if whole is None or whole.sentence != scene.sentence_at(hit.start):
                continue
            told = _told_before(scene, whole, hit.start)
            for size in range(2, len(told) + 1):
                if add_up(whole, told[-size:]) and disjoint(scene, told[-size:], strict=False):
                    found.append(parts_sum(whole, told[-size:], hit.id))
                    break
    return found


def sums(scene: Scene) -> list[Relation]:
    """Parts that the text itself adds, whether or not they add up: ``xây mới 14 căn, sửa chữa 9 căn, tổng cộng 25 căn``."""
    found = []
    for hit in scene.all_cues("sum"):
        whole = next(iter(scene.between(hit.end, hit.end + HEDGE)), None)
        if whole is None or whole.sentence != scene.sentence_at(hit.start) or not countable(whole):
            continue
        items = _items_before(scene, whole, hit)
        if items and disjoint(scene, items) and _off_by_a_slip(whole, items):
            found.append(parts_sum(whole, items, hit.id))
            continue
        told = [f for f in _told_before(scene, whole, hit.start) if f.noun == whole.noun]
        parts = [f for f in told if f.sentence == whole.sentence and f.status == whole.status and "step" not in f.marks]
        if len(parts) < 2 or len(parts) < len(told) or not disjoint(scene, parts):  # noqa: PLR2004
            continue
        if any(scene.has("total", f.before) or scene.has("within", f.before) for f in parts):
            continue
        if _off_by_a_slip(whole, parts):
            found.append(parts_sum(whole, parts, hit.id))
    return found


def _off_by_a_slip(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the parts come near enough to what the text says they add up to."""
    value, said = sum((f.quantity.value or Decimal(0) for f in parts), Decimal(0)), whole.quantity.value or Decimal(0)
    return SLIP * value >= said and value <= said * SLIP


def _items_before(scene: Scene, whole: Fact, hit: CueHit) -> list[Fact]:
    """The figures of the list items right above a line that begins with their sum, one an item; empty if not so."""
    sentences, blocks = scene.document.sentences, scene.document.blocks
    at = whole.sentence - 1
    if not sentences or scene.lower[sentences[whole.sentence].start : hit.start].strip(" -+•*–"):
        return []
    found: list[Fact] = []
    while at >= 0 and len(found) < scene.rules.reach.list_items:
        if scene.lower[blocks[sentences[at].block].start] not in BULLETS:
            break
        told = [f for f in scene.sentence(at) if comparable(scene, whole, f) == STRICT and f.noun == whole.noun]
        if len(told) != 1 or told[0].marks & NO_PART or told[0].quantity.modifier != "exact":
            return []
        found.insert(0, told[0])
        at -= 1
    return found if len(found) > 1 else []


def _told_before(scene: Scene, whole: Fact, at: int) -> list[Fact]:
    reach = scene.rules.reach
    last = scene.order[whole.index]
    told = []
    for fact in scene.facts[max(0, last - reach.whole_back_figures) : last]:
        near = whole.sentence - fact.sentence <= 2 and fact.start < at  # noqa: PLR2004
        if (
            near
            and comparable(scene, whole, fact) == STRICT
            and not fact.marks & {"each", "average"}
            and fact.bracket < 0
        ):
            told.append(fact)
    return told


def remainders(scene: Scene) -> list[Relation]:
    """A list that ends with what is left over, its whole some sentences back: ``66 lớp … 31 lớp, 17 lớp, còn lại 18``."""
    found = []
    reach = scene.rules.reach
    for hit in scene.all_cues("remainder"):
        rest = _remainder_of(scene, hit)
        if rest is None or rest.dimension == "percentage":
            continue
        last = scene.order[rest.index]
        earlier = [f for f in scene.facts[max(0, last - reach.whole_back_figures) : last]
                   if rest.sentence - f.sentence <= reach.whole_back_sentences and "step" not in f.marks]  # fmt: skip
        best = _rest_list(scene, rest, earlier) or _rest_off(scene, rest, earlier)
        if best:
            found.append(parts_sum(best[0], best[1:], hit.id))
    return found


def _remainder_of(scene: Scene, hit: CueHit) -> Fact | None:
    """The figure that a remainder cue belongs to: right before it (``8 lớp còn lại``) or after it (``còn lại 8 lớp``)."""
    sentence = scene.sentence_at(hit.start)
    before = [f for f in scene.between(max(0, hit.start - 40), hit.start) if f.sentence == sentence]
    if before and not set(",;:.()") & set(scene.lower[before[-1].end : hit.start]):
        return before[-1]
    return next((f for f in scene.between(hit.end, hit.end + AHEAD) if f.sentence == sentence), None)


def _rest_list(scene: Scene, rest: Fact, earlier: list[Fact]) -> list[Fact] | None:
    """The whole and its parts, the rest last, that add up: the nearest parts, one whole before them."""
    parts = [rest]
    for at in range(len(earlier) - 1, -1, -1):
        fact = earlier[at]
        if comparable(scene, fact, rest) < STRICT or (fact.bracket >= 0 and fact.bracket != rest.bracket):
            continue
        if len(parts) > 1 and countable(fact) and add_up(fact, parts):
            return [fact, *parts]
        parts.insert(0, fact)
    for at in range(len(earlier) - 1, -1, -1):
        whole = earlier[at]
        told = [f for f in earlier[at + 1 :] if comparable(scene, whole, f) == STRICT and f.sentence == rest.sentence]
        if comparable(scene, whole, rest) == STRICT and told and add_up(whole, [*told, rest]):
            return [whole, *told, rest]
    return None


def _rest_off(scene: Scene, rest: Fact, earlier: list[Fact]) -> list[Fact] | None:
    """A whole, its parts and the rest that do not add up: every figure of one noun in the paragraph, the first the largest.

    Two parts before the rest at least, all told exactly and each in a sentence or clause of its own: nothing else can
    be meant by what is left over.
    """
    near = [f for f in earlier if f.block == rest.block and comparable(scene, f, rest, plan=True) == STRICT]
    chain = [f for f in near if f.noun == rest.noun]
    if len(chain) < 3 or not rest.noun or len(chain) < len(near):  # noqa: PLR2004
        return None
    whole, *parts = chain
    told = [*parts, rest]
    if any(f.marks & NO_PART or f.bracket >= 0 or f.quantity.modifier != "exact" for f in (whole, *told)):
        return None
    if not countable(whole) or any(at_odds(whole, f) or not smaller(f, whole) for f in told):
        return None
    value = whole.quantity.value or Decimal(0)
    off = abs(sum((f.quantity.value or Decimal(0) for f in told), Decimal(0)) - value)
    alike = disjoint(scene, told) and not overlapping(scene, told) and not _inner(scene, whole, rest)
    return [whole, *told] if alike and off <= OFF * value else None


def _inner(scene: Scene, whole: Fact, rest: Fact) -> bool:
    """Whether more than one list opens between the whole and the rest, so that some figures are parts of parts."""
    opened = sum(len(scene.cues(role, whole.end, rest.start)) for role in ("parts_some", "parts_all", "apart"))
    return opened > 1
