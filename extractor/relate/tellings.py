"""What the tellings of one fact are known by, and which figures were joined: the shared notes of one article."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.document import Block, Relation
from extractor.relate.compare import is_money
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene

HEADS = frozenset({"title", "teaser", "caption"})
WINDOW = 70
"""How many characters on either side of a figure are its context."""
HEADING = 110
"""A block up to this long, without a full stop at its end, is a heading."""
FACTOR = Decimal(2)
"""Two tellings of one fact do not differ by more than this."""

PER = 14
"""How many characters before a figure a word like `cứ` may begin that makes it what others are counted per."""
LEAST = 4
"""A count below this may be that of anything."""

SLIP = Decimal(10)
"""Nor by more than this where a slip of the pen tells them apart: a zero too many, digits turned round."""


class Likeness:
    """How alike the words of two figures are, from 0 to 1: what is counted (None where it is not said), and what stands around.

    What stands around is looked at only when it is asked for: most pairs differ in what is counted.
    """

    __slots__ = ("_context", "_pair", "_told", "entity")

    def __init__(self, told: Tellings, a: Fact, b: Fact) -> None:
        one, two = a.entity_words, b.entity_words
        # A plain `người` beside another noun says nothing of what is counted.
        plain = digits(a) > 1 and a.noun != b.noun and not told.scene.rules.stop.known.isdisjoint((a.noun, b.noun))
        plain = plain and one.isdisjoint(two)
        self.entity = _contained(one, two) if one and two and not plain else None
        self._told, self._pair = told, (a, b)
        self._context: float | None = None

    @property
    def context(self) -> float:
        """The share of the words around the one that stand around the other."""
        if self._context is None:
            one, two = self._pair
            self._context = _contained(self._told.context(one), self._told.context(two))
        return self._context


class Tellings:
    """The figures of one article, how alike they are, and which were joined. Lives for one article."""

    def __init__(self, scene: Scene, sums: Sequence[Relation]) -> None:
        self.scene = scene
        self.text = scene.document.view.text
        self.blocks = scene.document.blocks
        self.parts_of = {part: rel.roles["whole"] for rel in sums if rel.exhaustive for part in _parts(rel)}
        self.twins = {i for i, block in enumerate(self.blocks) if block.duplicate_of is not None}
        self.twinned: set[int] = set()
        self.joined: dict[int, int] = {}
        self._heads: dict[int, bool] = {}
        self._rule: dict[int, str] = {}
        self._contexts: dict[int, frozenset[str]] = {}
        self._ranks: dict[int, frozenset[str]] = {}

    def likeness(self, a: Fact, b: Fact) -> Likeness:
        """How alike the words of two figures are."""
        return Likeness(self, a, b)

    def context(self, fact: Fact) -> frozenset[str]:
        """The syllables around a figure that say something, numbers left out."""
        found = self._contexts.get(fact.index)
        if found is None:
            block = self.blocks[fact.block] if self.blocks else None
            start = max(block.start if block else 0, fact.start - WINDOW)
            end = min(block.end if block else len(self.text), fact.end + WINDOW)
            words = self.scene.lower[start : fact.start] + " " + self.scene.lower[fact.end : end]
            found = self._contexts[fact.index] = self.scene.syllables(words, numbers=False)
        return found

    def ranks(self, fact: Fact) -> frozenset[str]:
        """The ranks that the words behind a figure name: ``mức lương bậc 3``, ``vùng II``; figures of two ranks are two facts."""
        found = self._ranks.get(fact.index)
        if found is None:
            entity = fact.quantity.entity
            text = fact.clause_after.of(self.scene.lower)
            if entity and entity.start < fact.start:
                text = f"{entity.of(self.scene.lower)} {text}"
            ranks = self.scene.rules.rank.pattern.finditer(text)
            found = self._ranks[fact.index] = frozenset([" ".join(rank[0].split()) for rank in ranks])
        return found

    def sentence_words(self, fact: Fact) -> frozenset[str]:
        """The syllables of the figure's sentence and the one before it in its block, within reach."""
        sentences = self.scene.document.sentences
        if not sentences:
            return self.context(fact)
        start = max(sentences[fact.sentence].start, fact.start - 400)
        end = min(sentences[fact.sentence].end, fact.end + 400)
        if fact.sentence and sentences[fact.sentence - 1].block == fact.block:
            start = max(sentences[fact.sentence - 1].start, fact.start - 400)
        return self.scene.syllables(self.scene.lower[start:end])

    def is_head(self, fact: Fact) -> bool:
        """Whether the figure stands in a title, teaser, caption or heading."""
        found = self._heads.get(fact.block)
        if found is None:
            found = self._heads[fact.block] = bool(self.blocks) and self._heading(self.blocks[fact.block])
        return found

    def heads(self, a: Fact, b: Fact) -> frozenset[str]:
        """Where two figures stand, as the rules for equal numbers ask for it: in the text ('') or in a head of it."""
        roles = [self.blocks[fact.block].role if self.blocks else "" for fact in (a, b)]
        found = {""}
        if self.is_head(a) or self.is_head(b):
            found.add("head")
        if "title" in roles:
            found.add("title")
        if a.block != b.block and all(role in HEADS for role in roles):
            found.add("both")
        return frozenset(found)

    def _heading(self, block: Block) -> bool:
        """Whether the block is a title, teaser, caption or a short line without a full stop."""
        if block.role in HEADS:
            return True
        short = block.end - block.start <= HEADING
        return short and not self.text[block.start : block.end].rstrip().endswith((".", ":", ";", "…"))

    def root(self, index: int) -> int:
        """The first figure of the cluster that the figure is in, itself where it is in none."""
        while self.joined.setdefault(index, index) != index:
            self.joined[index] = self.joined[self.joined[index]]
            index = self.joined[index]
        return index

    def together(self, a: Fact, b: Fact) -> bool:
        """Whether two figures were joined already, maybe through others."""
        return a.index in self.joined and b.index in self.joined and self.root(a.index) == self.root(b.index)

    def join(self, a: Fact, b: Fact, rule: str) -> None:
        """Say that two figures tell one fact."""
        first, second = self.root(a.index), self.root(b.index)
        self.joined[max(first, second)] = min(first, second)
        self._rule.setdefault(a.index, rule)
        self._rule.setdefault(b.index, rule)

    def clusters(self) -> list[Relation]:
        """The relations, each with its figures in order of their place."""
        found: dict[int, list[int]] = {}
        for fact in self.scene.facts:
            if fact.index in self.joined:
                found.setdefault(self.root(fact.index), []).append(fact.index)
        return [
            Relation("same", {"figures": tuple(group)}, tuple(sorted({self._rule[i] for i in group})))
            for group in found.values()
            if len(group) > 1
        ]


def sort_of(scene: Scene, fact: Fact) -> str:
    """What a figure measures, loosely: money and money per thing may be one fact told in two ways."""
    if fact.dimension.startswith(("money", "rate")):
        return "money" if is_money(scene, fact) else fact.dimension
    return fact.dimension


def telling(scene: Scene, fact: Fact) -> bool:
    """Whether a number can be known again by itself: one that can be known at all, and no lone small count."""
    return knowable(scene, fact) and digits(fact) > 0 and fact.quantity.modifier != "at_least"


def knowable(scene: Scene, fact: Fact) -> bool:
    """Whether a number can be known again: not 100 %, a quotient or an age, nor what others are counted per."""
    quantity = fact.quantity
    per = scene.cues("per", max(fact.before.start, fact.start - PER), fact.start)
    if per and not scene.lower[per[-1].end : fact.start].strip():
        return False
    if fact.dimension == "percentage":
        return quantity.value != 100  # noqa: PLR2004
    return fact.dimension != "ratio" and scene.rules.age.known.isdisjoint(fact.noun.split())


def _parts(relation: Relation) -> tuple[int, ...]:
    parts = relation.roles["parts"]
    return parts if isinstance(parts, tuple) else (parts,)


def equal(a: Fact, b: Fact) -> bool:
    """Whether two figures are told with one number or range."""
    one, two = a.quantity, b.quantity
    return (one.value, one.low, one.high) == (two.value, two.low, two.high)


def same_scale(a: Fact, b: Fact) -> bool:
    """Whether two numbers are near enough to be one fact, a slip aside."""
    if "order_of_magnitude" in (a.quantity.modifier, b.quantity.modifier):
        return a.interval.meets(b.interval)
    x = a.quantity.value if a.quantity.value is not None else a.quantity.high
    y = b.quantity.value if b.quantity.value is not None else b.quantity.high
    if x is None or y is None or min(x, y) <= 0:
        return False
    ratio = max(x, y) / min(x, y)
    return ratio <= FACTOR or (ratio <= SLIP and _slipped(x, y))


def _slipped(x: Decimal, y: Decimal) -> bool:
    """Whether one number is the other with its digits turned round or a zero more: 250 and 520, 1.200 and 12.000."""
    one, two = (sorted(v.normalize().as_tuple().digits) for v in (x, y))
    return one == two and len(one) > 1


def digits(fact: Fact) -> int:
    """How many digits of the number tell it from others: 2.604 tỷ four, 100 triệu one, a count of two or three none.

    One of a thing, or none of it, is no number to know it by: -1.
    """
    exact = fact.quantity.value
    value = exact if exact is not None else fact.quantity.high
    if value is None:
        return 0
    if exact is not None and exact < LEAST and (fact.quantity.kind in NOUNS | PEOPLE or _plain_size(fact)):
        return 0 if exact > 1 else -1
    digits = len(value.normalize().as_tuple().digits)
    return digits + 1 if fact.quantity.value is None else digits


def _plain_size(fact: Fact) -> bool:
    return fact.quantity.kind == "measure" and fact.quantity.modifier == "exact" and bool(fact.quantity.unit)


def _contained(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that lies in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
