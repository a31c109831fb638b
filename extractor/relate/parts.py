"""parts_sum: a whole and the parts that the article gives of it, before or after it.

A cue or a bracket licenses the list; the arithmetic only chooses among the wholes and list ends that the cue allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.classes import disjoint, opposites, overlapping
from extractor.relate.closed import closed_lists
from extractor.relate.compare import COUNTS, LOOSE, STRICT, comparable, exceed
from extractor.relate.enumerations import enumerations, runs, written_out
from extractor.relate.lists import SCAN, closed, countable, fitting, has_remainder, level, likeness, listed, parts_sum
from extractor.relate.openings import BRACKET, Opening, openings
from extractor.relate.scene import Fact, Scene
from extractor.relate.totals import remainders, sums, totals

NEAR = 24
"""How many characters may stand between what a whole counts and the cue that lists all its parts."""
FIRST = 90
"""How many characters after its cue a list that does not add up must begin."""
NEXT = 90
"""How many characters behind a whole, in the next sentence, a cue still means it."""
HUNDRED = Decimal(100)
FAR = Decimal(5)
"""Parts that are more than so many times their whole are told of something else."""
NEARLY = Decimal("0.8")
"""Parts that are told in full make up at least this share of their whole, slips aside."""


def parts_sums(scene: Scene) -> list[Relation]:
    """Every whole with its parts; `exhaustive` is False where the text may name only some of them."""
    found: list[Relation] = []
    for opening in openings(scene):
        found += _settle(scene, opening)
    found += totals(scene)
    found += remainders(scene)
    found += sums(scene)
    found += written_out(scene)
    lists = list(runs(scene))
    found += enumerations(scene, lists)
    found += closed_lists(scene, lists)
    return _without_repeats(found)


def _settle(scene: Scene, opening: Opening) -> list[Relation]:
    """The relation of an opening: what adds up, else what the cue alone vouches for."""
    wholes = _told_best(opening.wholes)
    tails = _longer(scene, opening.start, _tails(scene, opening))
    for least in (STRICT, LOOSE):
        for end in tails:
            for whole in wholes:
                far = end != opening.end or whole.sentence != scene.sentence_at(opening.start)
                share = whole.dimension == "percentage" and whole.quantity.value != HUNDRED and opening.force != "hint"
                if (far or opening.force == "hint" or whole.quantity.value is None) and not (countable(whole) or share):
                    continue
                best = fitting(scene, whole, opening.start, end, least)
                if best and (countable(whole) or not far or _to_the_unit(whole, best)):
                    return [parts_sum(whole, best, opening.id)]
    return _vouched(scene, opening) if opening.force != "hint" else []


def _told_best(wholes: Sequence[Fact]) -> list[Fact]:
    """The wholes without those that only round one told exactly nearer by: the title's ``hơn 5.000`` beside 5.240."""
    kept: list[Fact] = []
    for whole in wholes:
        exact = [f for f in kept if f.quantity.modifier == "exact" and f.noun == whole.noun and f.block != whole.block]
        if whole.quantity.modifier == "exact" or not any(whole.interval.meets(f.interval) for f in exact):
            kept.append(whole)
    return kept


def _to_the_unit(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether shares that stand in other sentences than the share they are parts of make exactly that."""
    return sum((part.quantity.value or Decimal(0) for part in parts), Decimal(0)) == whole.quantity.value


def _vouched(scene: Scene, opening: Opening) -> list[Relation]:
    """What the cue says belongs together although it does not add up."""
    if not level(scene, opening.start, opening.end):
        return []
    wholes = [w for w in opening.sure if listed(scene, w, opening.start, opening.end, STRICT)]
    if (
        not wholes
        or wholes[0].marks & {"each", "average"}
        or not (countable(wholes[0]) or _measured(scene, opening, wholes[0]))
        or wholes[0].quantity.kind == "rate"
    ):
        return []
    whole = wholes[0]
    parts = closed(scene, listed(scene, whole, opening.start, opening.end, STRICT))
    if opening.id == BRACKET and len(parts) < 2:  # noqa: PLR2004
        return []
    apart = disjoint(scene, parts) and (opening.force == "all" or not overlapping(scene, parts))
    over = (
        parts if apart and (len(parts) > 1 or opening.force == "some") else parts[:1] if opening.force == "some" else []
    )
    if over and _above(scene, opening, over):
        if len(over) > 1 and any(part.quantity.value == whole.quantity.value for part in over):
            return []  # kiểm tra 40 CĐCS, trong đó Điều lệ 40 CĐCS, tài chính 25 CĐCS: looked at twice
        if not _firmly_tied(scene, opening, whole, over[0]):
            return []
        one_alone = any(exceed(whole, [p]) for p in over)
        return [parts_sum(whole, over, opening.id, exhaustive=not one_alone)]
    if not apart or exceed(whole, parts):
        return []
    told_in_full = len(parts) > 1 and _told_in_full(scene, opening, whole, parts)
    return [parts_sum(whole, parts, opening.id, exhaustive=told_in_full)]


def _measured(scene: Scene, opening: Opening, whole: Fact) -> bool:
    """Whether the whole is a length, area or weight that the text divides up: ``9,6 km đường, gồm 5,2 km … và 4,4 km …``."""
    sized = whole.quantity.kind == "measure" and whole.noun and whole.quantity.value is not None
    return bool(sized) and opening.force == "all" and scene.rules.age.known.isdisjoint(whole.noun.split())


def _above(scene: Scene, opening: Opening, parts: Sequence[Fact]) -> bool:
    """Whether the parts are above every whole that the cue can mean, and not so far that something else is told."""
    bounds = [w for w in opening.sure if likeness(scene, w, parts[0]) or comparable(scene, w, parts[0], plan=True)]
    told = sum((p.quantity.value or Decimal(0) for p in parts), Decimal(0))
    return bool(bounds) and all(exceed(w, parts) and told <= FAR * (w.quantity.value or told) for w in bounds)


def _firmly_tied(scene: Scene, opening: Opening, whole: Fact, first: Fact) -> bool:
    """Whether nothing else than this whole can be meant: no other figure between that could be, the list right behind."""
    rivals = [w for w in opening.sure if comparable(scene, w, first) == STRICT]
    named = scene.has("whole", whole.before) or scene.has("total", whole.before)
    if (whole.quantity.value or 0) <= 1 or (len(rivals) > 2 and not named):  # noqa: PLR2004
        return False
    between = scene.between(whole.end, opening.start)
    if scene.unread(whole.end, first.start):
        return False
    if scene.cues("or", opening.start, first.start):
        return False
    if any(comparable(scene, fact, first) for fact in between if fact.index != whole.index):
        return False
    if first.start - opening.start > FIRST:
        return False
    same_sentence = scene.sentence_at(opening.start) == whole.sentence
    return same_sentence or named or opening.start - whole.end <= NEXT


def _told_in_full(scene: Scene, opening: Opening, whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the text says that these are all the parts."""
    told = sum((p.quantity.value or Decimal(0) for p in parts), Decimal(0))
    if told < NEARLY * (whole.quantity.value or Decimal(0)):
        return False
    if scene.cues("some_of", opening.start, parts[-1].end) or "…" in scene.lower[parts[-1].end : parts[-1].end + 40]:
        return False
    if "..." in scene.lower[parts[-1].end : parts[-1].end + 40]:
        return False
    if scene.unread(opening.start, parts[-1].start) or _rest_untold(scene, parts[-1]):
        return False
    inside = scene.between(opening.start, parts[-1].start)
    if any(f.quantity.kind in COUNTS and f not in parts and f.bracket < 0 and "each" not in f.marks for f in inside):
        return False
    if opposites(scene, parts) or has_remainder(scene, parts[-1]):
        return True
    entity = whole.quantity.entity
    edge = max(whole.end, entity.end if entity and entity.start >= whole.start else 0)
    return opening.force == "all" and opening.start - edge <= NEAR


def _rest_untold(scene: Scene, last: Fact) -> bool:
    """Whether the sentence names a rest behind the last part without its number: ``…, phần còn lại do gia đình lo``."""
    return not has_remainder(scene, last) and scene.has("remainder", last.after)


def _tails(scene: Scene, opening: Opening) -> list[int]:
    """The ends of the list to try: its sentence, then the sentences and list items after it."""
    sentences = scene.document.sentences
    ends = [opening.end]
    first = scene.sentence_at(opening.start)
    items = scene.lower[opening.start : opening.end].rstrip().endswith(":")
    ahead = scene.rules.reach.list_items if items else scene.rules.reach.parts_ahead_sentences
    for at in range(first + 1, min(first + 1 + ahead, len(sentences))):
        if not items and sentences[at].block != sentences[first].block:
            break
        ends.append(sentences[at].end)
    return ends


def _longer(scene: Scene, start: int, ends: Sequence[int]) -> list[int]:
    """The ends before which there are more figures that can be parts than before the end tried last: two at least."""
    kept: list[int] = []
    near = most = 1
    for end in ends:
        if (told := len(scene.between(start, end, most=SCAN))) > near:
            near = told
            if (size := len(level(scene, start, end))) > most:
                kept.append(end)
                most = size
    return kept


def _without_repeats(relations: Sequence[Relation]) -> list[Relation]:
    """One relation a whole and list: full ones before partial ones, longer lists before their beginnings."""
    kept: list[Relation] = []
    told: dict[object, list[set[int]]] = {}
    used: set[int] = set()
    order = sorted(enumerate(relations), key=lambda x: (not x[1].exhaustive, -len(_parts(x[1])), x[0]))
    for _, relation in order:
        parts = _parts(relation)
        known = told.setdefault(relation.roles["whole"], [])
        if any(parts <= other or other <= parts for other in known):
            continue
        if not relation.exhaustive and parts & used:
            continue
        known.append(parts)
        used |= parts
        kept.append(relation)
    return kept


def _parts(relation: Relation) -> set[int]:
    parts = relation.roles["parts"]
    return set(parts) if isinstance(parts, tuple) else {parts}
