"""The figures behind an opening that can be the parts of a whole, and where their list ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.intervals import ZERO, Interval
from extractor.relate.compare import COUNTS, LOOSE, STRICT, at_odds, comparable, smaller
from extractor.relate.scene import CueHit, Fact, Scene

SCAN = 48
"""How many figures behind an opening are looked at."""
LEFT = 40
"""How many characters behind a figure a word may make it what is left over."""
INNER = ("parts_some", "parts_all", "apart")
"""Cues that open a list inside a list, or what stands beside it."""
BOUNDS = frozenset({"at_least", "at_most"})
"""Modifiers that leave a number open on one side."""
NO_PART = frozenset({"step", "each", "average", "extreme", "where"})
"""Marks of figures that are no part of anything beside them."""


def listed(scene: Scene, whole: Fact, start: int, end: int, least: int = LOOSE) -> list[Fact]:
    """The figures between two offsets that can be parts of the whole, those of nested lists left out."""
    return list(_parts(scene, whole, level(scene, start, end), least))


def _parts(scene: Scene, whole: Fact, facts: Sequence[Fact], least: int) -> Iterator[Fact]:
    last = None
    room = scene.rules.reach.parts_most
    for fact in facts:
        if fact.index == whole.index or likeness(scene, whole, fact) < least:
            continue
        if last is not None and _glosses(scene, last, fact):
            continue
        yield fact
        last = fact
        room -= 1
        if not room:
            return


def level(scene: Scene, start: int, end: int) -> list[Fact]:
    """The figures between two offsets that can be parts at all, on the level of the list: found once an opening."""
    known = scene.levels.get((start, end))
    if known is None:
        near = scene.between(start, end, most=SCAN)
        known = [fact for fact in near if not fact.marks & NO_PART and not _nested(scene, start, fact)]
        scene.levels[start, end] = known
    return known


def likeness(scene: Scene, whole: Fact, fact: Fact) -> int:
    """How comparable a part is to its whole, which may have two nouns: ``40 tập thể, cá nhân``."""
    found = comparable(scene, whole, fact)
    counts = whole.quantity.kind in COUNTS and fact.quantity.kind in COUNTS
    if found < STRICT and counts and fact.noun and not at_odds(whole, fact):
        behind = scene.lower[whole.end : min(whole.after.end, whole.end + len(fact.noun) + 16)]
        return STRICT if fact.noun in behind else found
    return found


def _glosses(scene: Scene, part: Fact, fact: Fact) -> bool:
    """Whether the figure only says more of a part, in the bracket behind it: ``12 người (3 nữ)``."""
    if fact.bracket <= part.end or part.bracket >= 0 or comparable(scene, part, fact) < STRICT:
        return False
    between = scene.between(part.end, fact.bracket)
    if between and all(other.dimension == "percentage" for other in between):
        return True
    return not set(",;") & set(scene.lower[part.end : fact.bracket])


def _nested(scene: Scene, start: int, fact: Fact) -> bool:
    """Whether a further list opened between the start of the list and the figure, in the same stretch up to a ``;``."""
    text = scene.lower[start : fact.start]
    opened = start + max(text.rfind(";"), text.rfind("."), 0)
    hits = [hit for role in INNER for hit in scene.cues(role, opened, fact.start)]
    return any(scene.between(opened, hit.start) and _open_bracket(scene, hit, fact) for hit in hits)


def _open_bracket(scene: Scene, hit: CueHit, fact: Fact) -> bool:
    """Whether what the cue opened is still open at the figure: not if it stood in a bracket that has closed."""
    between = scene.lower[hit.end : fact.start]
    return between.find(")") < 0 or 0 <= between.find("(") < between.find(")")


def countable(fact: Fact) -> bool:
    """Whether a list without a firm cue may be summed to the figure: not ranges, shares, durations and measures."""
    kind = fact.quantity.kind
    return fact.quantity.value is not None and kind not in ("percentage", "duration", "measure")


def closed(scene: Scene, parts: list[Fact]) -> list[Fact]:
    """The list up to its closing ``và`` or remainder, or to a semicolon where its items stand between commas."""
    for at, part in enumerate(parts):
        if at > 1 and _parted(scene, parts[at - 1], part) and not _parted(scene, parts[0], parts[1]):
            return parts[:at]
        if at and (scene.has("and", part.before) or has_remainder(scene, part)):
            return parts[: at + 1]
    return parts


def _parted(scene: Scene, left: Fact, right: Fact) -> bool:
    return ";" in scene.lower[left.end : right.start]


def fitting(scene: Scene, whole: Fact, start: int, end: int, least: int) -> list[Fact]:
    """The longest beginning of what is `listed` there, of two or more, that makes up the whole; empty if none does."""
    parts: list[Fact] = []
    best, told = 0, ZERO
    sorts: frozenset[str] = frozenset()
    for part in _parts(scene, whole, level(scene, start, end), least):
        sorts |= part.axes
        if len(sorts) > 1 or not smaller(part, whole):
            break
        parts.append(part)
        told += part.interval
        if len(parts) > 1 and _makes(told, parts, whole):
            best = len(parts)
    return parts[:best]


def _makes(told: Interval, parts: Sequence[Fact], whole: Fact) -> bool:
    """Whether the parts can make the whole; where one of them is open (`ít nhất`, `không quá`), only to the unit."""
    if told.high is None or any(fact.quantity.modifier in BOUNDS for fact in (whole, *parts)):
        return sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0)) == whole.quantity.value
    return told.meets(whole.interval)


def has_remainder(scene: Scene, fact: Fact) -> bool:
    """Whether the figure is what is left over: ``còn lại 8 lớp``, ``8 lớp còn lại``."""
    return "remainder" in fact.marks or left_behind(scene, fact)


def left_behind(scene: Scene, fact: Fact) -> bool:
    """Whether the words behind the figure make it what is left: ``17 % công nhân còn lại``, not ``17 % và còn lại là …``."""
    after = fact.clause_after
    hit = next(iter(scene.cues("left", after.start, min(after.end, after.start + LEFT))), None)
    return hit is not None and not scene.cues("and", after.start, hit.start)


def parts_sum(whole: Fact, parts: Sequence[Fact], cue: str, *, exhaustive: bool = True) -> Relation:
    """The relation of a whole and its parts, in the order of the text."""
    roles: dict[str, int | tuple[int, ...]] = {"whole": whole.index, "parts": tuple(sorted(p.index for p in parts))}
    return Relation("parts_sum", roles, ("parts_sum", cue), exhaustive)
