"""Which figures may be held against each other, and whether some make up another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from extractor.intervals import ZERO, Interval
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene

STRICT, LOOSE, NONE = 2, 1, 0
COUNTS = NOUNS | PEOPLE


def comparable(scene: Scene, a: Fact, b: Fact, *, plan: bool = False) -> int:
    """STRICT where the two measure the same sort of thing, LOOSE where only the arithmetic could tell, else NONE.

    Person-times never go with persons, nor money with counts; planned and achieved figures go together only where
    they add up, or where an outcome is held against its `plan`.
    """
    found = _alike(scene, a, b)
    return LOOSE if found == STRICT and not plan and at_odds(a, b) else found


def at_odds(a: Fact, b: Fact) -> bool:
    """Whether one is planned and the other achieved."""
    return {a.status, b.status} == {"planned", "achieved"}


def _alike(scene: Scene, a: Fact, b: Fact) -> int:
    if a.dimension != b.dimension:
        if a.quantity.kind == b.quantity.kind == "money":
            return STRICT if not a.noun or not b.noun else NONE
        counts = a.quantity.kind in COUNTS and b.quantity.kind in COUNTS
        if counts and "person-times" not in (a.dimension, b.dimension):
            return STRICT if a.noun and a.noun == b.noun else NONE if a.noun and b.noun else LOOSE
        pay = {a.dimension.split(" ")[0], b.dimension.split(" ")[0]} == {"money", "rate"}
        return LOOSE if pay and is_money(scene, a) and is_money(scene, b) else NONE
    if a.dimension == "ratio":
        return NONE
    if a.dimension not in NOUNS or not a.noun or not b.noun or a.noun == b.noun:
        return STRICT
    generic = scene.rules.generic.words
    if a.noun in generic or b.noun in generic:
        return STRICT
    shared = set(a.noun.split()) & b.words or set(b.noun.split()) & a.words
    return STRICT if shared else LOOSE


def is_money(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is money, or money per something; a unit left out before a slash is money too."""
    of = fact.noun.partition("/")[0].split()
    return fact.quantity.kind == "money" or not of or not scene.rules.currency.known.isdisjoint(of)


def total(facts: Sequence[Fact]) -> Interval:
    """The sum of what the figures can stand for."""
    return reduce(add, (fact.interval for fact in facts), ZERO)


def add_up(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the parts can make up the whole, each of them smaller than it."""
    return all(smaller(part, whole) for part in parts) and total(parts).meets(whole.interval)


def exceed(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the parts are above the whole, however the hedges are read."""
    return total(parts).above(whole.interval)


def smaller(part: Fact, whole: Fact) -> bool:
    """Whether the number of one figure is below the other's."""
    return _size(part) < _size(whole)


def _size(fact: Fact) -> Decimal:
    value = fact.quantity.value
    return value if value is not None else fact.quantity.high or Decimal(0)


def label(scene: Scene, fact: Fact) -> str:
    """The words around a figure that can say what it counts."""
    before, after, entity = fact.clause_before, fact.clause_after, fact.quantity.entity
    told = entity.of(scene.lower) if entity else ""
    return f" {before.of(scene.lower)} {told} {fact.noun} {after.of(scene.lower)} "
