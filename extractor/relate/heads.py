"""A title, teaser, caption or heading and what stands below it: hedged and exact, or in conflict."""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal

from extractor.relate.compare import total
from extractor.relate.lists import NO_PART
from extractor.relate.scene import NOUNS, PEOPLE, Fact
from extractor.relate.tellings import Tellings, digits, same_scale, sort_of, telling

HEDGED = frozenset({"approximately", "almost", "more_than", "less_than", "order_of_magnitude"})
ROUNDED = Decimal("0.02")
"""A head that rounds without a hedge leaves out no more than this share."""
SUMMED = 12
"""How many figures below a head are tried as the parts of what it tells."""
ROUGH = frozenset({"order_of_magnitude", "at_least", "at_most"})


def pair_heads(told: Tellings) -> None:
    """A title, teaser, caption or heading and what follows: hedged and exact, or in conflict."""
    heads = [fact for fact in told.scene.facts if told.is_head(fact) and fact.block not in told.twins]
    below: dict[str, list[Fact]] = {}
    for fact in told.scene.facts if heads else ():
        if fact.block not in told.twins and _role(told, fact) != "title":
            below.setdefault(sort_of(told.scene, fact), []).append(fact)
    quantities = told.scene.document.quantities
    exact = {told.root(index) for index in list(told.joined) if quantities[index].modifier not in HEDGED}
    for fact in heads:
        again = fact.index in told.joined
        if not telling(told.scene, fact) or (again and not _may_be_told_again(told, fact, exact)):
            continue
        near = below.get(sort_of(told.scene, fact), [])[: told.scene.rules.reach.same_figures]
        lower = [f for f in near if f.block != fact.block and _lower(told, fact, f)]
        _pair_head(told, fact, [f for f in lower if not again or f.quantity.modifier == "exact"], alone=not again)
        if again:
            exact.add(told.root(fact.index))


def _may_be_told_again(told: Tellings, head: Fact, exact: Container[int]) -> bool:
    """Whether a hedged head was joined to hedged figures alone, so that the text below may still tell it exactly."""
    return head.quantity.modifier in HEDGED - {"order_of_magnitude"} and told.root(head.index) not in exact


def _role(told: Tellings, fact: Fact) -> str:
    return told.blocks[fact.block].role if told.blocks else "body"


def _lower(told: Tellings, head: Fact, fact: Fact) -> bool:
    """Whether the figure stands below the head: any but the title below the title, the body below the rest."""
    return _role(told, head) == "title" or not told.is_head(fact)


def _pair_head(told: Tellings, head: Fact, others: Sequence[Fact], *, alone: bool) -> None:
    hedged = head.quantity.modifier in HEDGED
    near = [f for f in others if (head.interval.meets(f.interval) if hedged else _rounds(head, f))]
    best = _best(
        told,
        head,
        [
            f
            for f in near
            if f.quantity.value is not None and f.quantity.modifier not in ROUGH and telling(told.scene, f)
        ],
    )
    if best is not None:
        told.join(head, best, "same.hedged-head")
        return
    rival = (_conflicting(told, head, others) or _slipping(told, head, others)) if alone else None
    if rival is not None:
        told.join(head, rival, "same.head-against-body")


def _rounds(head: Fact, fact: Fact) -> bool:
    """Whether a head leaves out the last digits of what the body tells: ``30 tỷ`` for ``30,3 tỷ``."""
    coarse, fine = head.quantity.value, fact.quantity.value
    if coarse is None or fine is None or head.quantity.modifier != "exact" or not 0 < digits(head) < digits(fact):
        return False
    unit = Decimal(1).scaleb(int(coarse.normalize().as_tuple().exponent))
    return abs(coarse - fine) * 2 <= unit and abs(coarse - fine) <= ROUNDED * fine


def _best(told: Tellings, head: Fact, others: Sequence[Fact]) -> Fact | None:
    """The figure below that is likeliest what a hedged head rounds: the only number in reach, or one in its words."""
    only = len({f.quantity.value for f in others}) == 1 and head.quantity.modifier != "order_of_magnitude"
    best, score = None, 0.0
    for other in others:
        alike = told.likeness(head, other)
        named = alike.context if alike.entity is None else alike.entity
        like = (named >= 0.5 and alike.context >= 0.2) or (only and alike.context >= 0.25)  # noqa: PLR2004
        if like and named + alike.context > score:
            best, score = other, named + alike.context
    return best


def _conflicting(told: Tellings, head: Fact, others: Sequence[Fact]) -> Fact | None:
    """The one figure below that tells what the head tells, with another number."""
    kinds = NOUNS | PEOPLE | {"money", "percentage"}
    if head.quantity.kind not in kinds or head.quantity.value is None or "step" in head.marks:
        return None
    rivals = [f for f in others if _one_noun(f, head) and f.quantity.value is not None and not f.marks & NO_PART]
    close = [f for f in rivals if _in_its_words(told, head, f) and same_scale(head, f)]
    if not close or len({f.quantity.value for f in close}) != 1:
        return None
    rival = close[0]
    if rival.index in told.parts_of or (rival.status != head.status and "planned" in (head.status, rival.status)):
        return None
    if not _stands_out(told, head, rival, rivals) or _summed(head, rival, rivals) or _completed(head, rival, others):
        return None
    return rival


def _one_noun(a: Fact, b: Fact) -> bool:
    """Whether two counting words are one, the shorter maybe the first words of the longer: `mái ấm`, `mái ấm công đoàn`."""
    short, long = sorted((a.noun, b.noun), key=len)
    return bool(short) and f"{long} ".startswith(f"{short} ")


def _slipping(told: Tellings, head: Fact, others: Sequence[Fact]) -> Fact | None:
    """The first figure below that does and counts what the head does and counts, with nearly its number: 412 and 421 kết nạp."""
    value = head.quantity.value
    if value is None or digits(head) < 3 or not _plain(head) or len(head.entity_words) < 2:  # noqa: PLR2004
        return None
    rivals = [f for f in others if f.noun == head.noun and f.quantity.kind == head.quantity.kind and _plain(f)]
    near = [f for f in rivals if _nearly(value, f.quantity.value or Decimal(0))]
    if len({f.quantity.value for f in near}) != 1 or near[0].quantity.value == value or near[0] is not rivals[0]:
        return None
    rival = near[0]
    deed = told.scene.syllables(" ".join(head.before.of(told.scene.lower).split()[-2:]))
    counted = told.scene.syllables(head.noun)
    below = told.scene.syllables(rival.before.of(told.scene.lower)) | rival.entity_words
    same_state = rival.status == head.status or "planned" not in (head.status, rival.status)
    alike = deed and counted and deed | counted <= below and told.likeness(head, rival).entity
    return rival if alike and alike >= 0.5 and same_state else None  # noqa: PLR2004


def _plain(fact: Fact) -> bool:
    """Whether the figure is a count told exactly, no step and no part of a bracket."""
    counted = fact.quantity.kind in NOUNS or fact.quantity.kind in PEOPLE
    return counted and fact.quantity.modifier == "exact" and "step" not in fact.marks and fact.bracket < 0


def _nearly(one: Decimal, two: Decimal) -> bool:
    """Whether two numbers lie within a tenth of each other."""
    return abs(one - two) * 10 <= max(one, two)


def _summed(head: Fact, rival: Fact, rivals: Sequence[Fact]) -> bool:
    """Whether the head may tell several figures below together: ``500 công nhân`` for 300 and 200 of them."""
    value = head.quantity.value or Decimal(0)
    others = [f for f in rivals if f.sentence == rival.sentence and f.quantity.value != rival.quantity.value]
    if others and value > (rival.quantity.value or 0):
        return True
    near = rivals[:SUMMED]
    runs = (near[first:last] for first in range(len(near)) for last in range(first + 2, len(near) + 1))
    return any(total(run).meets(head.interval) for run in runs)


def _completed(head: Fact, rival: Fact, others: Sequence[Fact]) -> bool:
    """Whether the sentence tells what is missing to the head: ``1.120 công nhân; dự kiến hỗ trợ tiếp 380 người`` for 1.500."""
    rest = (head.quantity.value or Decimal(0)) - (rival.quantity.value or Decimal(0))
    beside = [f for f in others if f.sentence == rival.sentence and f.dimension == head.dimension]
    return any(f.quantity.value == rest for f in beside)


def _in_its_words(told: Tellings, head: Fact, fact: Fact) -> bool:
    """Whether the body says there all that the head says of its figure."""
    entity = head.entity_words
    words = told.context(head) | entity
    around = told.sentence_words(fact)
    bare = head.quantity.kind == "money" and fact.quantity.kind == "money"
    if len(words) < 4 or not (entity or bare) or not entity <= around:  # noqa: PLR2004
        return False
    return len(words & around) >= 0.7 * len(words)


def _stands_out(told: Tellings, head: Fact, rival: Fact, rivals: Sequence[Fact]) -> bool:
    """Whether no other figure of its sort below comes near to what the head says."""
    first = told.likeness(head, rival).context
    rest = [f for f in rivals if f.quantity.value != rival.quantity.value]
    if rest and head.quantity.kind in ("money", "percentage"):
        return False
    return all(told.likeness(head, f).context <= first * 0.6 for f in rest)
