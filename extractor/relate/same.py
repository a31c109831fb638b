"""same: one fact told more than once, in title, teaser, caption and body, or twice in the body.

Equal numbers are one fact where their words agree, the more so the plainer the number is. Different numbers are one
fact only where a title, teaser or caption tells what the body tells once, in its words: a hedge, or a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.document import Relation
from extractor.relate.compare import at_odds, entity_words
from extractor.relate.parts import is_step
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene

HEDGED = frozenset({"approximately", "almost", "more_than", "less_than", "order_of_magnitude"})
ROUGH = frozenset({"order_of_magnitude", "at_least", "at_most"})
HEADS = frozenset({"title", "teaser", "caption"})
AGREED = 0.35
"""Figures whose contexts agree so far are of one place and body, whatever the scopes say."""
WINDOW = 70
"""How many characters on either side of a figure are its context."""
HEADING = 110
"""A block up to this long, without a full stop at its end, is a heading."""
FACTOR = Decimal(2)
"""Two tellings of one fact do not differ by more than this."""
EARLIER = 12
"""How many earlier figures of equal value a figure is compared with."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the words of two figures are, from 0 to 1: what is counted, and what stands around."""

    entity: float | None
    context: float


def sames(scene: Scene, sums: Sequence[Relation] = ()) -> list[Relation]:
    """The clusters of figures that tell one fact, in order of their first figure; parts of one of the `sums` are two."""
    teller = _Teller(scene, sums)
    teller.pair_twins()
    teller.pair_glosses()
    teller.pair_equals()
    teller.pair_heads()
    teller.pair_followers()
    return teller.clusters()


class _Teller:
    """Joins figures that tell one fact. Lives for one article."""

    def __init__(self, scene: Scene, sums: Sequence[Relation]) -> None:
        self._parts_of = {part: rel.roles["whole"] for rel in sums if rel.exhaustive for part in _parts(rel)}
        self._twinned: set[int] = set()
        self.scene = scene
        self.text = scene.document.view.text
        self.blocks = scene.document.blocks
        self._parent: dict[int, int] = {}
        self._rule: dict[int, str] = {}
        self._contexts: dict[int, frozenset[str]] = {}
        self.twins = {i for i, block in enumerate(self.blocks) if block.duplicate_of is not None}

    # -- pairs -----------------------------------------------------------------------------------------------------

    def pair_twins(self) -> None:
        """Figures of a block that repeats another, with their counterparts in order."""
        by_block: dict[int, list[Fact]] = {}
        for fact in self.scene.facts:
            by_block.setdefault(fact.block, []).append(fact)
        for block in sorted(self.twins):
            target = self.blocks[block].duplicate_of
            theirs = by_block.get(-1 if target is None else target, [])
            at = 0
            for fact in by_block.get(block, []):
                for step in range(at, len(theirs)):
                    if self._is_twin(fact, theirs[step]):
                        self._join(fact, theirs[step], "same.twin-block")
                        self._twinned |= {fact.index, theirs[step].index}
                        at = step + 1
                        break

    def _is_twin(self, a: Fact, b: Fact) -> bool:
        if a.dimension != b.dimension:
            return False
        context = self.likeness(a, b).context
        return context >= 0.5 if _equal(a, b) else context >= 0.85  # noqa: PLR2004

    def pair_glosses(self) -> None:
        """A duration and, in the bracket behind it, the same in another unit: ``5 năm (đủ 60 tháng)``."""
        told: dict[Decimal, Fact] = {}
        worth = {word: unit.worth for unit in self.scene.rules.duration for word in unit.words}
        for left, right in zip(self.scene.facts, self.scene.facts[1:], strict=False):
            a, b = left.quantity.value, right.quantity.value
            if right.bracket < left.end or left.noun == right.noun or a is None or b is None:
                continue
            one, two = worth.get(left.noun), worth.get(right.noun)
            if one and two and a * one == b * two and self.scene.lower[left.end : right.bracket].strip() == "":
                self._join(left, right, "same.gloss")
                self._join(told.setdefault(a * one, left), left, "same.gloss")

    def pair_equals(self) -> None:
        """Equal numbers of one measure whose words agree."""
        groups: dict[object, list[Fact]] = {}
        for fact in self.scene.facts:
            if not _telling(fact):
                continue
            key = (_sort(fact), fact.quantity.value, fact.quantity.low, fact.quantity.high)
            group = groups.setdefault(key, [])
            for other in group[-EARLIER:]:
                if other.sentence != fact.sentence and not self._siblings(other, fact) and self._tells(other, fact):
                    self._join(other, fact, "same.equal-number")
            group.append(fact)

    def _siblings(self, a: Fact, b: Fact) -> bool:
        """Whether both are parts of one whole, or one has its twin already: then they are two facts."""
        if self._parts_of.get(a.index, -1) == self._parts_of.get(b.index, -2):
            return True
        return bool(self.twins) and {a.block, b.block} & self.twins and a.index in self._twinned and b.index in self._twinned

    def _tells(self, a: Fact, b: Fact) -> bool:
        """Whether two equal numbers are one fact: the fewer digits, the more words must agree."""
        alike = self.likeness(a, b)
        head = self._is_head(a) or self._is_head(b)
        if self._apart(a, b, alike, head=head):
            return False
        kind = "price" if "/" in a.noun + b.noun and not self._per_time(a) else a.quantity.kind
        entity = alike.context if alike.entity is None else alike.entity
        for bar in self.scene.rules.equal:
            if (not bar.kinds or kind in bar.kinds) and _digits(a) >= bar.digits and (head or not bar.head):
                if entity >= float(bar.entity) and alike.context >= float(bar.context):
                    return True
        return False

    def _per_time(self, fact: Fact) -> bool:
        return fact.noun.rpartition("/")[2].strip() in self.scene.rules.time.words

    def _apart(self, a: Fact, b: Fact, alike: Likeness, *, head: bool) -> bool:
        """Whether plan and outcome, or two places, are told by equal numbers."""
        if at_odds(a, b) and not head and alike.context < AGREED:
            return True
        scopes = self.scene.document.scopes
        if head or not scopes or alike.context >= AGREED or _digits(a) > 2 or a.quantity.kind not in NOUNS | PEOPLE:  # noqa: PLR2004
            return False
        one, two = scopes[a.index], scopes[b.index]
        places = one.place is not None and two.place is not None and one.place.text != two.place.text
        bodies = one.organization is not None and two.organization is not None
        return places or (bodies and one.organization.expanded != two.organization.expanded)  # type: ignore[union-attr]

    def pair_heads(self) -> None:
        """A title, teaser, caption or heading and what follows: hedged and exact, or in conflict."""
        told: dict[str, list[Fact]] = {}
        for fact in self.scene.facts:
            if fact.block not in self.twins and self._role(fact) != "title":
                told.setdefault(_sort(fact), []).append(fact)
        for fact in self.scene.facts:
            if self._is_head(fact) and fact.index not in self._parent and fact.block not in self.twins and _telling(fact):
                others = [f for f in told.get(_sort(fact), []) if f.block != fact.block and self._lower(fact, f)]
                self._pair_head(fact, others[: self.scene.rules.reach.same_figures])

    def _role(self, fact: Fact) -> str:
        return self.blocks[fact.block].role if self.blocks else "body"

    def _lower(self, head: Fact, fact: Fact) -> bool:
        """Whether the figure stands below the head: any but the title below the title, the body below the rest."""
        return self._role(head) == "title" or not self._is_head(fact)

    def _pair_head(self, head: Fact, others: Sequence[Fact]) -> None:
        near = [] if head.quantity.modifier not in HEDGED else [f for f in others if head.interval.meets(f.interval)]
        best = self._best(head, [f for f in near if f.quantity.value is not None and f.quantity.modifier not in ROUGH and _telling(f)])
        if best is not None:
            self._join(head, best, "same.hedged-head")
            return
        rival = self._conflicting(head, others)
        if rival is not None:
            self._join(head, rival, "same.head-against-body")

    def _best(self, head: Fact, others: Sequence[Fact]) -> Fact | None:
        """The figure below that is likeliest what a hedged head rounds: the only number in reach, or one in its words."""
        only = len({f.quantity.value for f in others}) == 1 and head.quantity.modifier != "order_of_magnitude"
        best, score = None, 0.0
        for other in others:
            alike = self.likeness(head, other)
            named = alike.context if alike.entity is None else alike.entity
            like = named >= 0.5 and alike.context >= 0.2 or only and alike.context >= 0.25  # noqa: PLR2004
            if like and named + alike.context > score:
                best, score = other, named + alike.context
        return best

    def _conflicting(self, head: Fact, others: Sequence[Fact]) -> Fact | None:
        """The one figure below that tells what the head tells, with another number."""
        told = NOUNS | PEOPLE | {"money", "percentage"}
        if head.quantity.kind not in told or head.quantity.value is None or is_step(self.scene, head):
            return None
        rivals = [f for f in others if f.noun == head.noun and f.quantity.value is not None and not is_step(self.scene, f)]
        close = [f for f in rivals if self._in_its_words(head, f) and _same_scale(head, f)]
        if not close or len({f.quantity.value for f in close}) != 1:
            return None
        rival = close[0]
        if rival.index in self._parts_of or (rival.status != head.status and "planned" in (head.status, rival.status)):
            return None
        return rival if self._stands_out(head, rival, rivals) else None

    def _in_its_words(self, head: Fact, fact: Fact) -> bool:
        """Whether the body says there all that the head says of its figure."""
        words = self._context(head) - {w for w in self._context(head) if w.isdigit()}
        around = self._sentence_words(fact)
        entity = entity_words(self.scene, head)
        if len(words) < 4 or not entity or not entity <= around:  # noqa: PLR2004
            return False
        return len(words & around) >= 0.7 * len(words)

    def _stands_out(self, head: Fact, rival: Fact, rivals: Sequence[Fact]) -> bool:
        """Whether no other figure of its sort below comes near to what the head says."""
        first = self.likeness(head, rival).context
        rest = [f for f in rivals if f.quantity.value != rival.quantity.value]
        if rest and head.quantity.kind in ("money", "percentage"):
            return False
        return all(self.likeness(head, f).context <= first * 0.6 for f in rest)

    def pair_followers(self) -> None:
        """What is said of one fact twice in the same words is one fact too: `63,2 triệu lượt, tăng 6,9 % …`."""
        for first, second in self._neighbours():
            a, b = self._next(first), self._next(second)
            if a is None or b is None or a.dimension != b.dimension or a.index in self._parent and b.index in self._parent:
                continue
            gap_a, gap_b = self._gap(first, a), self._gap(second, b)
            behind_a, behind_b = self._behind(a), self._behind(b)
            if gap_a == gap_b and len(gap_a.split()) <= 8 and behind_a and behind_a == behind_b:  # noqa: PLR2004
                self._join(a, b, "same.follows-same")

    def _neighbours(self) -> list[tuple[Fact, Fact]]:
        """Neighbouring members of each cluster of telling numbers."""
        members: dict[int, list[Fact]] = {}
        for fact in self.scene.facts:
            if fact.index in self._parent and _digits(fact) >= 3:  # noqa: PLR2004
                members.setdefault(self._root(fact.index), []).append(fact)
        return [pair for group in members.values() for pair in zip(group, group[1:], strict=False)]

    def _next(self, fact: Fact) -> Fact | None:
        at = self.scene.order[fact.index] + 1
        if at == len(self.scene.facts) or self.scene.facts[at].sentence != fact.sentence:
            return None
        return self.scene.facts[at]

    def _gap(self, left: Fact, right: Fact) -> str:
        return " ".join(self.scene.lower[left.end : right.start].split())

    def _behind(self, fact: Fact) -> str:
        """The first words behind a figure, up to six."""
        return " ".join(regex.split(r"[.,;()\n]", self.scene.lower[fact.end : fact.end + 60])[0].split()[:6])

    # -- likeness --------------------------------------------------------------------------------------------------

    def likeness(self, a: Fact, b: Fact) -> Likeness:
        """How alike the words of two figures are."""
        one, two = entity_words(self.scene, a), entity_words(self.scene, b)
        context = _contained(self._context(a), self._context(b))
        return Likeness(_contained(one, two) if one and two else None, context)

    def _context(self, fact: Fact) -> frozenset[str]:
        found = self._contexts.get(fact.index)
        if found is None:
            block = self.blocks[fact.block] if self.blocks else None
            start = max(block.start if block else 0, fact.start - WINDOW)
            end = min(block.end if block else len(self.text), fact.end + WINDOW)
            words = self.scene.lower[start : fact.start] + " " + self.scene.lower[fact.end : end]
            found = self._contexts[fact.index] = frozenset(w for w in self.scene.syllables(words) if not w.isdigit())
        return found

    def _sentence_words(self, fact: Fact) -> frozenset[str]:
        sentences = self.scene.document.sentences
        if not sentences:
            return self._context(fact)
        start = max(sentences[fact.sentence].start, fact.start - 400)
        end = min(sentences[fact.sentence].end, fact.end + 400)
        if fact.sentence and sentences[fact.sentence - 1].block == fact.block:
            start = max(sentences[fact.sentence - 1].start, fact.start - 400)
        return self.scene.syllables(self.scene.lower[start:end])

    def _is_head(self, fact: Fact) -> bool:
        """Whether the figure stands in a title, teaser, caption or heading."""
        if not self.blocks:
            return False
        block = self.blocks[fact.block]
        if block.role in HEADS:
            return True
        body = self.text[block.start : block.end].rstrip()
        return len(body) <= HEADING and not body.endswith((".", ":", ";", "…"))

    # -- clusters --------------------------------------------------------------------------------------------------

    def _root(self, index: int) -> int:
        while self._parent.setdefault(index, index) != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def _join(self, a: Fact, b: Fact, rule: str) -> None:
        first, second = self._root(a.index), self._root(b.index)
        self._parent[max(first, second)] = min(first, second)
        self._rule.setdefault(a.index, rule)
        self._rule.setdefault(b.index, rule)

    def clusters(self) -> list[Relation]:
        """The relations, each with its figures in order of their place."""
        found: dict[int, list[int]] = {}
        for fact in self.scene.facts:
            if fact.index in self._parent:
                found.setdefault(self._root(fact.index), []).append(fact.index)
        return [
            Relation("same", {"figures": tuple(group)}, tuple(sorted({self._rule[i] for i in group})))
            for group in found.values()
            if len(group) > 1
        ]


def _sort(fact: Fact) -> str:
    """What a figure measures, loosely: money and money per thing may be one fact told in two ways."""
    if fact.dimension.startswith(("money", "rate")):
        return "money" if not fact.noun or "đồng" in fact.noun or fact.noun.startswith("/") else fact.dimension
    return fact.dimension


def _telling(fact: Fact) -> bool:
    """Whether a number can be known again: not a threshold, 100 %, an age, or a lone small count."""
    quantity = fact.quantity
    if quantity.modifier in ("at_least",):
        return False
    if fact.dimension == "percentage":
        return quantity.value != 100  # noqa: PLR2004
    if fact.dimension == "ratio" or "tuổi" in fact.noun:
        return False
    return quantity.value is None or quantity.value >= 4 or quantity.kind in ("duration",)  # noqa: PLR2004


def _parts(relation: Relation) -> tuple[int, ...]:
    parts = relation.roles["parts"]
    return parts if isinstance(parts, tuple) else (parts,)


def _equal(a: Fact, b: Fact) -> bool:
    one, two = a.quantity, b.quantity
    return (one.value, one.low, one.high) == (two.value, two.low, two.high)


def _same_scale(a: Fact, b: Fact) -> bool:
    """Whether two numbers are near enough to be one fact, a slip aside."""
    if "order_of_magnitude" in (a.quantity.modifier, b.quantity.modifier):
        return a.interval.meets(b.interval)
    x = a.quantity.value if a.quantity.value is not None else a.quantity.high
    y = b.quantity.value if b.quantity.value is not None else b.quantity.high
    return x is not None and y is not None and min(x, y) > 0 and max(x, y) / min(x, y) <= FACTOR


def _digits(fact: Fact) -> int:
    """How many digits of the number tell it from others: 2.604 tỷ four, 100 triệu one."""
    value = fact.quantity.value if fact.quantity.value is not None else fact.quantity.high
    if value is None:
        return 0
    digits = len(value.normalize().as_tuple().digits)
    return digits + 1 if fact.quantity.value is None else digits


def _contained(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that lies in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
