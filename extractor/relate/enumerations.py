"""Sums without a cue: lists that make up a whole told before them to the last unit, and sums written out with signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.document import Relation
from extractor.relate.classes import divided, sided
from extractor.relate.compare import STRICT, comparable
from extractor.relate.lists import NO_PART, countable, parts_sum
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene

LIST = "parts_sum.list"
SIGNS = "parts_sum.written-out"
LEAST = Decimal(30)
"""A whole below this may be made up by chance."""
TELLING = 3
"""So many digits that tell a number from others let a whole stand further back than the sentence before."""
FURTHER = 6
"""So many sentences back a telling whole may stand."""


def enumerations(scene: Scene, lists: Sequence[Sequence[Fact]]) -> list[Relation]:
    """Lists of three or more alike, or of both sides of one axis, that make up exactly a whole told before them."""
    found = []
    for run in lists:
        told = _whole_of(scene, run)
        if told:
            found.append(parts_sum(told[0], told[1:], LIST))
    return found


def runs(scene: Scene) -> Iterator[list[Fact]]:
    """The plain figures of one sort in a sentence; where semicolons part them, those between two of these as well."""
    for facts in scene.crowds():
        sorts: dict[str, list[Fact]] = {}
        for fact in facts:
            if plain_count(fact):
                sort = f"{fact.dimension} {fact.noun}" if fact.quantity.kind in NOUNS else fact.dimension
                sorts.setdefault(sort, []).append(fact)
        for alike in sorts.values():
            run = [fact for fact in alike if not fact.marks & NO_PART] if len(alike) > 1 else ()
            if 1 < len(run) <= scene.rules.reach.parts_most:
                yield run
                pieces = _pieces(scene, run)
                if len(pieces) > 1:
                    yield from (piece for piece in pieces if len(piece) > 1)


def plain_count(fact: Fact) -> bool:
    """Whether the figure is a plain count or sum of money."""
    kind = fact.quantity.kind
    counted = kind in NOUNS or kind in PEOPLE or kind == "money"
    return counted and fact.quantity.modifier == "exact" and countable(fact)


def _pieces(scene: Scene, run: Sequence[Fact]) -> list[list[Fact]]:
    """The figures of a run between its semicolons."""
    pieces = [[run[0]]]
    for left, right in pairwise(run):
        if ";" in scene.lower[left.end : right.start]:
            pieces.append([])
        pieces[-1].append(right)
    return pieces


def _whole_of(scene: Scene, run: Sequence[Fact]) -> list[Fact] | None:
    """The whole and its parts: the first of the run and the others, or a figure before the run and all of it."""
    if _list_of(scene, run[1:]) and _makes(scene, run[0], run[1:]):
        return list(run)
    if not _list_of(scene, run):
        return None
    first = run[0]
    for whole in _earlier(scene, first):
        near = first.sentence - whole.sentence <= 1 or _digits(whole) >= TELLING
        if near and plain_count(whole) and _makes(scene, whole, run) and not whole.marks & NO_PART:
            return [whole, *run]
    return None


def _earlier(scene: Scene, first: Fact) -> list[Fact]:
    """The figures before the list that may be its whole, the nearest first."""
    at = scene.order[first.index]
    near = scene.facts[max(0, at - scene.rules.reach.whole_back_figures) : at]
    return [fact for fact in reversed(near) if first.sentence - fact.sentence <= FURTHER]


def _list_of(scene: Scene, parts: Sequence[Fact]) -> bool:
    return len(parts) > 2 or (len(parts) == 2 and sided(scene, parts))  # noqa: PLR2004


def _makes(scene: Scene, whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the parts make exactly the whole, are of its sort and may lie side by side."""
    value = whole.quantity.value or Decimal(0)
    if value < LEAST or value != sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0)):
        return False
    if any(comparable(scene, whole, part) < STRICT for part in parts):
        return False
    return len(frozenset[str]().union(*(part.axes for part in parts))) <= 1 or divided(scene, parts)


def _digits(fact: Fact) -> int:
    return len((fact.quantity.value or Decimal(0)).normalize().as_tuple().digits)


def written_out(scene: Scene) -> list[Relation]:
    """Sums that the text writes with signs, whether or not they come out: ``300.000 đồng + 250.000 đồng = 550.000 đồng``."""
    signs, found = scene.rules.signs, []
    if not any(sign in scene.lower for sign in signs.equals):
        return []
    for at, whole in enumerate(scene.facts):
        parts: list[Fact] = []
        left = whole
        for fact in reversed(scene.facts[max(0, at - scene.rules.reach.parts_most) : at]):
            sign = scene.lower[fact.end : left.start].strip()
            if sign not in (signs.plus if parts else signs.equals):
                break
            parts.append(fact)
            left = fact
        if len(parts) > 1 and all(comparable(scene, whole, part) == STRICT for part in parts):
            found.append(parts_sum(whole, parts, SIGNS))
    return found
