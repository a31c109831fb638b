"""same: one fact told more than once, in title, teaser, caption and body, or twice in the body.

Equal numbers are one fact where their words agree, the more so the plainer the number is. Different numbers are one
fact only where a title, teaser or caption tells what the body tells once, in its words: a hedge, or a conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from extractor.document import Relation
from extractor.relate.compare import at_odds
from extractor.relate.facts import STEP
from extractor.relate.heads import pair_heads
from extractor.relate.rules import Equal
from extractor.relate.scene import NOUNS, PEOPLE, Fact, Scene
from extractor.relate.tellings import Likeness, Tellings, digits, equal, knowable, sort_of

AGREED = 0.35
"""Figures whose contexts agree so far are of one place and body, whatever the scopes say."""
EARLIER = 12
"""How many earlier figures of equal value a figure is compared with."""
AHEAD = 16
"""How many figures ahead the counterpart of a repeated figure may stand."""
BELOW = frozenset({"less_than", "at_most"})
ABOVE = frozenset({"more_than", "at_least"})
NAMED = 0.5
"""From this share of common words on, two figures count the same thing."""
THEME = 3
"""A number told so many times as one fact is what the article is about."""


def sames(scene: Scene, sums: Sequence[Relation] = ()) -> list[Relation]:
    """The clusters of figures that tell one fact, in order of their first figure; parts of one of the `sums` are two."""
    told = Tellings(scene, sums)
    pair_twins(told)
    pair_glosses(told)
    pair_equals(told)
    pair_heads(told)
    pair_followers(told)
    return told.clusters()


def pair_twins(told: Tellings) -> None:
    """Figures of a block that repeats another, with their counterparts in order."""
    by_block: dict[int, list[Fact]] = {}
    for fact in told.scene.facts:
        by_block.setdefault(fact.block, []).append(fact)
    for block in sorted(told.twins):
        target = told.blocks[block].duplicate_of
        theirs = by_block.get(-1 if target is None else target, [])
        at = 0
        for fact in by_block.get(block, []):
            for step in range(at, min(at + AHEAD, len(theirs))):
                if _is_twin(told, fact, theirs[step]):
                    told.join(fact, theirs[step], "same.twin-block")
                    told.twinned |= {fact.index, theirs[step].index}
                    at = step + 1
                    break


def _is_twin(told: Tellings, a: Fact, b: Fact) -> bool:
    if a.dimension != b.dimension:
        return False
    context = told.likeness(a, b).context
    return context >= 0.5 if equal(a, b) else context >= 0.85  # noqa: PLR2004


def pair_glosses(told: Tellings) -> None:
    """One amount said twice at once: ``5 năm (đủ 60 tháng)``, ``6.350.000.000 đồng (6,35 tỷ đồng)``."""
    known: dict[Decimal, Fact] = {}
    worth = {word: unit.worth for unit in told.scene.rules.duration for word in unit.words}
    for left, right in pairwise(told.scene.facts):
        a, b = left.quantity.value, right.quantity.value
        if a == b and left.quantity.kind == right.quantity.kind == "money" and _restated(told, left, right):
            told.join(left, right, "same.gloss")
        if right.bracket < left.end or left.noun == right.noun or a is None or b is None:
            continue
        one, two = worth.get(left.noun), worth.get(right.noun)
        if one and two and a * one == b * two and told.scene.lower[left.end : right.bracket].strip() == "":
            told.join(left, right, "same.gloss")
            told.join(known.setdefault(a * one, left), left, "same.gloss")


def _restated(told: Tellings, left: Fact, right: Fact) -> bool:
    """Whether the second says the first again in the bracket right behind it, or after a word like `tức`."""
    scene = told.scene
    if left.dimension != right.dimension or left.sentence != right.sentence:
        return False
    if right.bracket >= left.end:
        return not scene.lower[left.end : right.bracket].strip()
    gap = scene.lower[left.end : right.start]
    return len(gap) <= AHEAD and bool(scene.cues("restated", left.end, right.start))


def pair_equals(told: Tellings) -> None:
    """Equal numbers of one measure whose words agree."""
    numbers: dict[object, list[Fact]] = {}
    for fact in told.scene.facts:
        numbers.setdefault((fact.quantity.value, fact.quantity.low, fact.quantity.high), []).append(fact)
    again = {fact.index for facts in numbers.values() if len(facts) > 1 for fact in facts}
    groups: dict[object, list[Fact]] = {}
    for fact in told.scene.facts:
        if fact.index not in again or not knowable(told.scene, fact):
            continue
        key = (sort_of(told.scene, fact), fact.quantity.value, fact.quantity.low, fact.quantity.high)
        group = groups.setdefault(key, [])
        for other in group[-EARLIER:]:
            if other.sentence == fact.sentence or told.together(other, fact) or _siblings(told, other, fact):
                continue
            if _tells(told, other, fact):
                told.join(other, fact, "same.equal-number")
        group.append(fact)
    for group in groups.values():
        _pair_theme(told, group)


def _pair_theme(told: Tellings, group: Sequence[Fact]) -> None:
    """A number that an article has told three times as one fact is its theme: whatever it tells so again is that fact."""
    sizes = Counter(told.root(fact.index) for fact in group if fact.index in told.joined)
    theme, size = max(sizes.items(), key=lambda x: x[1], default=(-1, 0))
    if size < THEME or len([n for n in sizes.values() if n > 1]) > 1:
        return
    members = [fact for fact in group if fact.index in told.joined and told.root(fact.index) == theme][:EARLIER]
    led = any(told.is_head(fact) for fact in members)
    for fact in group:
        if fact.index in told.joined or any(_siblings(told, other, fact) for other in members):
            continue
        alike = [
            other for other in members if other.sentence != fact.sentence and _may_tell(told, other, fact, led=led)
        ]
        if len(alike) * 2 > len(members):
            told.join(members[0], fact, "same.theme")


def _may_tell(told: Tellings, a: Fact, b: Fact, *, led: bool) -> bool:
    """Whether nothing in the words of two equal numbers speaks against their being one fact, which a head may lead."""
    alike = told.likeness(a, b)
    head = told.is_head(a) or told.is_head(b)
    telling_words = alike.entity is not None and alike.entity >= NAMED
    named = telling_words or (digits(a) > 1 and (a.noun == b.noun or alike.context >= AGREED))
    if "at_least" in (a.quantity.modifier, b.quantity.modifier):
        return False
    named = named or (led and sort_of(told.scene, a) == "money")
    return named and told.ranks(a) == told.ranks(b) and not _apart(told, a, b, alike, head=head)


def _siblings(told: Tellings, a: Fact, b: Fact) -> bool:
    """Whether both are parts of one whole, or one has its twin already: then they are two facts."""
    if told.parts_of.get(a.index, -1) == told.parts_of.get(b.index, -2):
        return True
    twins = bool({a.block, b.block} & told.twins)
    return twins and a.index in told.twinned and b.index in told.twinned


def _tells(told: Tellings, a: Fact, b: Fact) -> bool:
    """Whether two equal numbers are one fact: the fewer digits, the more words must agree."""
    head = told.is_head(a) or told.is_head(b)
    bars = _bars(told, a, b)
    if not bars or not _thresholds_agree(a, b, head=head):
        return False
    alike = told.likeness(a, b)
    entity = alike.context if alike.entity is None else alike.entity
    agreed = any(entity >= bar.least[0] and alike.context >= bar.least[1] for bar in bars)
    return agreed and not _apart(told, a, b, alike, head=head) and told.ranks(a) == told.ranks(b)


def _thresholds_agree(a: Fact, b: Fact, *, head: bool) -> bool:
    """Whether neither is a threshold (`ít nhất`, `từ … trở lên`), which is laid down anew each time; in a head both may be."""
    least = [fact.quantity.modifier == "at_least" for fact in (a, b)]
    return not any(least) or (head and all(least))


def _bars(told: Tellings, a: Fact, b: Fact) -> list[Equal]:
    """The rules for numbers of this kind and length, as far as they ask for no agreement of words but shared ones."""
    hedged = a.quantity.modifier == b.quantity.modifier not in ("exact", "range")
    kind = "price" if "/" in a.noun + b.noun and not _per_time(told, a) else a.quantity.kind
    size, heads = digits(a), told.heads(a, b)
    return [
        bar
        for bar in told.scene.rules.bars(kind)
        if size >= bar.digits
        and bar.head in heads
        and (hedged or not bar.hedged)
        and (bar.rough or a.quantity.modifier != "order_of_magnitude")
        and (not bar.moved or _moved_alike(told, a, b))
        and (not bar.shared or len(a.entity_words & b.entity_words) >= bar.shared)
    ]


def _moved_alike(told: Tellings, a: Fact, b: Fact) -> bool:
    """Whether both say by how much something rose, or fell, and not each of a figure of its own right before it."""
    own = [
        (left := told.scene.order[f.index] - 1) >= 0 and told.scene.facts[left].sentence == f.sentence for f in (a, b)
    ]
    return _moved(told, a) == _moved(told, b) != "" and not all(own)


def _moved(told: Tellings, fact: Fact) -> str:
    """Whether the figure says by how much something rose or fell: the role of the word that says so, else nothing."""
    near = max(fact.clause_before.start, fact.start - STEP)
    return next((role for role in ("rise", "fall") if told.scene.cues(role, near, fact.start)), "")


def _per_time(told: Tellings, fact: Fact) -> bool:
    return fact.noun.rpartition("/")[2].strip() in told.scene.rules.time.words


def _apart(told: Tellings, a: Fact, b: Fact, alike: Likeness, *, head: bool) -> bool:
    """Whether plan and outcome, two times or places, or what is above and what below, are told by equal numbers."""
    if (at_odds(a, b) and not head and alike.context < AGREED) or _opposed(a, b):
        return True
    scopes = told.scene.document.scopes
    if not head and (_at_other_times(told, a, b) or _laid_down(told, a, b)):
        return True
    if head or not scopes or alike.context >= AGREED or digits(a) > 2 or a.quantity.kind not in NOUNS | PEOPLE:  # noqa: PLR2004
        return False
    one, two = scopes[a.index], scopes[b.index]
    places = one.place is not None and two.place is not None and one.place.text != two.place.text
    bodies = one.organization is not None and two.organization is not None
    return places or (bodies and one.organization.expanded != two.organization.expanded)  # type: ignore[union-attr]


def _laid_down(told: Tellings, a: Fact, b: Fact) -> bool:
    """Whether both are ceilings or penalties, which are laid down anew for each case: ``phạt 5 triệu đồng``, ``tối đa 75 %``."""
    if a.dimension == "percentage" and "at_most" in (a.quantity.modifier, b.quantity.modifier):
        return True
    return all(told.scene.has("penalty", fact.clause_before) for fact in (a, b))


def _opposed(a: Fact, b: Fact) -> bool:
    """Whether one is below the number and the other above it: ``dưới 500 thợ``, ``trên 500 thợ``."""
    told = {a.quantity.modifier, b.quantity.modifier}
    return bool(told & BELOW) and bool(told & ABOVE)


def _at_other_times(told: Tellings, a: Fact, b: Fact) -> bool:
    """Whether the two are told of periods that do not touch."""
    scopes = told.scene.document.scopes
    one, two = (scopes[f.index].period for f in (a, b)) if scopes else (None, None)
    if one is None or two is None or None in (one.first, one.last, two.first, two.last):
        return False
    return one.last < two.first or two.last < one.first  # type: ignore[operator]


def pair_followers(told: Tellings) -> None:
    """What is said of one fact twice in the same words is one fact too: `63,2 triệu lượt, tăng 6,9 % …`."""
    for first, second in _neighbours(told):
        a, b = _next(told, first), _next(told, second)
        if a is None or b is None or a.dimension != b.dimension or (a.index in told.joined and b.index in told.joined):
            continue
        gap_a, gap_b = _gap(told, first, a), _gap(told, second, b)
        behind_a, behind_b = _behind(told, a), _behind(told, b)
        if gap_a == gap_b and len(gap_a.split()) <= 8 and behind_a and behind_a == behind_b:  # noqa: PLR2004
            told.join(a, b, "same.follows-same")


def _neighbours(told: Tellings) -> list[tuple[Fact, Fact]]:
    """Neighbouring members of each cluster of telling numbers."""
    members: dict[int, list[Fact]] = {}
    for fact in told.scene.facts:
        if fact.index in told.joined and digits(fact) >= 3:  # noqa: PLR2004
            members.setdefault(told.root(fact.index), []).append(fact)
    return [pair for group in members.values() for pair in pairwise(group)]


def _next(told: Tellings, fact: Fact) -> Fact | None:
    at = told.scene.order[fact.index] + 1
    if at == len(told.scene.facts) or told.scene.facts[at].sentence != fact.sentence:
        return None
    return told.scene.facts[at]


def _gap(told: Tellings, left: Fact, right: Fact) -> str:
    return " ".join(told.scene.lower[left.end : right.start].split())


def _behind(told: Tellings, fact: Fact) -> str:
    """The first words behind a figure, up to six."""
    return " ".join(regex.split(r"[.,;()\n]", told.scene.lower[fact.end : fact.end + 60])[0].split()[:6])
