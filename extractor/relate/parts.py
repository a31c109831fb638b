"""parts_sum: a whole and the parts that the article gives of it, before or after it.

A cue or a bracket licenses the list; the arithmetic only chooses among the wholes and list ends that the cue allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Relation
from extractor.relate.compare import COUNTS, LOOSE, STRICT, add_up, comparable, disjoint, exceed, opposites
from extractor.relate.scene import CueHit, Fact, Scene

NEAR = 14
"""How many characters may stand between what a whole counts and the cue that lists all its parts."""
FIRST = 90
"""How many characters after its cue a list that does not add up must begin."""
NEXT = 90
"""How many characters behind a whole, in the next sentence, a cue still means it."""
FAR = Decimal(5)
"""Parts that are more than so many times their whole are told of something else."""
NEARLY = Decimal("0.8")
"""Parts that are told in full make up at least this share of their whole, slips aside."""
HEDGE = 12
"""How many characters, a hedge at most, may stand between `trong số` and the whole."""
BRACKET = "relations.bracket"
LEAD = 14
"""How many characters of a sentence may stand before a cue that still opens it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where parts may begin: after `start`, up to `end`, of one of the `wholes` (the likeliest first).

    `sure` are the wholes that the cue can mean even when nothing adds up; `force` is some, all or hint.
    """

    start: int
    end: int
    wholes: Sequence[Fact]
    sure: Sequence[Fact]
    force: str
    id: str


def parts_sums(scene: Scene) -> list[Relation]:
    """Every whole with its parts; `exhaustive` is False where the text may name only some of them."""
    found: list[Relation] = []
    for opening in _openings(scene):
        found += _settle(scene, opening)
    found += _totals(scene)
    found += _remainders(scene)
    return _without_repeats(found)


def _openings(scene: Scene) -> Iterator[Opening]:
    for role, force in (("parts_all", "all"), ("parts_some", "some"), ("parts_hint", "hint")):
        for hit in scene.all_cues(role):
            yield _opening(scene, hit, force)
    for hit in scene.all_cues("within"):
        whole = next(iter(scene.between(hit.end, hit.end + HEDGE + 1)), None)
        if whole and len(scene.lower[hit.end : whole.start].split()) <= 1:
            end = _sentence_end(scene, whole.end)
            yield Opening(whole.end, end, [whole], [whole], "some", hit.id)
    yield from _brackets(scene)
    for hit in scene.all_cues("whole"):
        whole = next(iter(scene.between(hit.end, hit.end + 60)), None)
        if whole and whole.sentence == scene.sentence_at(hit.start):
            end = _sentence_end(scene, whole.end)
            yield Opening(whole.end, end, [whole], [], "hint", hit.id)


def _opening(scene: Scene, hit: CueHit, force: str) -> Opening:
    sentence = scene.sentence_at(hit.start)
    start = scene.document.sentences[sentence].start if scene.document.sentences else 0
    here = scene.between(start, hit.start)[::-1]
    back = _facts_back(scene, sentence)
    opens = hit.start - start <= LEAD
    sure = here or ([f for f in back if f.sentence == sentence - 1] if opens else [])
    bracket = scene.bracket_at(hit.start)
    sure = [f for f in sure if (f.bracket < 0 or f.bracket == bracket) and not is_step(scene, f)]
    end = _sentence_end(scene, hit.end)
    close = scene.lower.find(")", hit.end, end) if bracket >= 0 else -1
    return Opening(hit.end, close if close >= 0 else end, here + back, sure, force, hit.id)


def _brackets(scene: Scene) -> Iterator[Opening]:
    """A whole with its parts in the bracket right behind it: ``41 tỷ đồng (Thái Bình: 25 tỷ đồng; Hà Giang: 16 …)``."""
    last = -1
    for at, fact in enumerate(scene.facts):
        if fact.bracket <= last:
            continue
        last = fact.bracket
        if at and scene.facts[at - 1].sentence == fact.sentence:
            end = scene.lower.find(")", fact.end, fact.end + 400)
            wholes = [f for f in reversed(scene.facts[max(0, at - 3) : at]) if f.sentence == fact.sentence]
            yield Opening(fact.bracket, end if end > 0 else fact.end, wholes, wholes, "some", BRACKET)


def _settle(scene: Scene, opening: Opening) -> list[Relation]:
    """The relation of an opening: what adds up, else what the cue alone vouches for."""
    tails = _tails(scene, opening)
    for least in (STRICT, LOOSE):
        for end in tails:
            for whole in opening.wholes:
                far = end != opening.end or whole.sentence != scene.sentence_at(opening.start)
                if (far or opening.force == "hint" or whole.quantity.value is None) and not _countable(whole):
                    continue
                best = _fitting(scene, whole, _list(scene, whole, opening.start, end, least))
                if best:
                    return [_relation(whole, best, opening.id)]
    return _vouched(scene, opening) if opening.force != "hint" else []


def _vouched(scene: Scene, opening: Opening) -> list[Relation]:
    """What the cue says belongs together although it does not add up."""
    wholes = [w for w in opening.sure if _list(scene, w, opening.start, opening.end, STRICT)]
    if not wholes or _is_average(scene, wholes[0]) or not _countable(wholes[0]) or wholes[0].quantity.kind == "rate":
        return []
    whole = wholes[0]
    parts = _closed(scene, _list(scene, whole, opening.start, opening.end, STRICT))
    if opening.id == BRACKET and len(parts) < 2:  # noqa: PLR2004
        return []
    apart = disjoint(scene, parts)
    over = parts if apart and (len(parts) > 1 or opening.force == "some") else parts[:1] if opening.force == "some" else []
    if over and _above(scene, opening, over):
        if not _firmly_tied(scene, opening, whole, over[0]):
            return []
        one_alone = any(exceed(whole, [p]) for p in over)
        return [_relation(whole, over, opening.id, exhaustive=not one_alone)]
    if not apart or exceed(whole, parts):
        return []
    told_in_full = len(parts) > 1 and _told_in_full(scene, opening, whole, parts)
    return [_relation(whole, parts, opening.id, exhaustive=told_in_full)]


def _above(scene: Scene, opening: Opening, parts: Sequence[Fact]) -> bool:
    """Whether the parts are above every whole that the cue can mean, and not so far that something else is told."""
    bounds = [w for w in opening.sure if comparable(scene, w, parts[0], plan=True)]
    told = sum((p.quantity.value or Decimal(0) for p in parts), Decimal(0))
    return all(exceed(w, parts) and told <= FAR * (w.quantity.value or told) for w in bounds)


def _firmly_tied(scene: Scene, opening: Opening, whole: Fact, first: Fact) -> bool:
    """Whether nothing else than this whole can be meant: no other figure between that could be, the list right behind."""
    rivals = [w for w in opening.sure if comparable(scene, w, first) == STRICT]
    named = scene.has("whole", whole.before) or scene.has("total", whole.before)
    if (whole.quantity.value or 0) <= 1 or (len(rivals) > 2 and not named):  # noqa: PLR2004
        return False
    between = scene.between(whole.end, opening.start)
    if scene.unread(whole.end, first.start):
        return False
    if " hoặc " in scene.lower[opening.start : first.start]:
        return False
    if any(comparable(scene, fact, first) for fact in between if fact.index != whole.index):
        return False
    if first.start - opening.start > FIRST:
        return False
    same_sentence = scene.sentence_at(opening.start) == whole.sentence
    return same_sentence or named or opening.start - whole.end <= NEXT


def _is_average(scene: Scene, fact: Fact) -> bool:
    return scene.has("average", fact.before) or _is_each(scene, fact)


def _told_in_full(scene: Scene, opening: Opening, whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the text says that these are all the parts."""
    told = sum((p.quantity.value or Decimal(0) for p in parts), Decimal(0))
    if told < NEARLY * (whole.quantity.value or Decimal(0)):
        return False
    if scene.cues("some_of", opening.start, parts[-1].end) or "…" in scene.lower[parts[-1].end : parts[-1].end + 40]:
        return False
    if "..." in scene.lower[parts[-1].end : parts[-1].end + 40]:
        return False
    if scene.unread(opening.start, parts[-1].start):
        return False
    inside = scene.between(opening.start, parts[-1].start)
    if any(f.quantity.kind in COUNTS and f not in parts and f.bracket < 0 and not _is_each(scene, f) for f in inside):
        return False
    if opposites(scene, parts) or _has_remainder(scene, parts[-1]):
        return True
    entity = whole.quantity.entity
    edge = max(whole.end, entity.end if entity and entity.start >= whole.start else 0)
    return opening.force == "all" and opening.start - edge <= NEAR + 10


def _list(scene: Scene, whole: Fact, start: int, end: int, least: int = LOOSE) -> list[Fact]:
    """The figures between two offsets that can be parts of the whole, those of nested lists left out."""
    found: list[Fact] = []
    for fact in scene.between(start, end):
        if fact.index == whole.index or comparable(scene, whole, fact) < least:
            continue
        if found and _glosses(scene, found[-1], fact):
            continue
        if _nested(scene, start, fact) or is_step(scene, fact) or _is_each(scene, fact) or _is_extreme(scene, fact):
            continue
        found.append(fact)
        if len(found) == scene.rules.reach.parts_most:
            break
    return found


def _glosses(scene: Scene, part: Fact, fact: Fact) -> bool:
    """Whether the figure only says more of a part, in the bracket behind it: ``12 người (3 nữ)``."""
    if fact.bracket <= part.end or part.bracket >= 0 or comparable(scene, part, fact) < STRICT:
        return False
    return not set(",;") & set(scene.lower[part.end : fact.bracket])


def _nested(scene: Scene, start: int, fact: Fact) -> bool:
    """Whether a further list opened between the start of the list and the figure, in the same stretch up to a ``;``."""
    text = scene.lower[start : fact.start]
    opened = start + max(text.rfind(";"), text.rfind("."), 0)
    hits = [*scene.cues("parts_some", opened, fact.start), *scene.cues("apart", opened, fact.start)]
    return any(scene.between(opened, hit.start) and _open_bracket(scene, hit, fact) for hit in hits)


def _open_bracket(scene: Scene, hit: CueHit, fact: Fact) -> bool:
    """Whether what the cue opened is still open at the figure: not if it stood in a bracket that has closed."""
    between = scene.lower[hit.end : fact.start]
    return between.find(")") < 0 or 0 <= between.find("(") < between.find(")")


def _countable(fact: Fact) -> bool:
    """Whether a list without a firm cue may be summed to the figure: not ranges, shares, durations and measures."""
    kind = fact.quantity.kind
    return fact.quantity.value is not None and kind not in ("percentage", "duration", "measure")


def _closed(scene: Scene, parts: list[Fact]) -> list[Fact]:
    """The list up to its closing ``và`` or remainder, or to a semicolon where its items stand between commas."""
    for at, part in enumerate(parts):
        gap = scene.lower[part.before.start : part.start]
        if at and (" và " in f" {gap} " or _has_remainder(scene, part)):
            return parts[: at + 1]
    return parts


def _fitting(scene: Scene, whole: Fact, parts: list[Fact]) -> list[Fact] | None:
    """The longest beginning of the list, of two or more, that makes up the whole."""
    for size in range(len(parts), 1, -1):
        some = parts[:size]
        if add_up(whole, some) and disjoint(scene, some, strict=False):
            return some
    return None


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


def _totals(scene: Scene) -> list[Relation]:
    """Parts told before their whole: ``… 25 căn, … 13 căn, tổng cộng 38 căn``, ``nâng tổng số … lên 34``."""
    found = []
    for role in ("total", "raised"):
        for hit in scene.all_cues(role):
            whole = next(iter(scene.between(hit.end, hit.end + 80)), None)
            if whole is None or whole.sentence != scene.sentence_at(hit.start):
                continue
            told = _told_before(scene, whole, hit.start)
            for size in range(2, len(told) + 1):
                if add_up(whole, told[-size:]) and disjoint(scene, told[-size:], strict=False):
                    found.append(_relation(whole, told[-size:], hit.id))
                    break
    return found


def _told_before(scene: Scene, whole: Fact, at: int) -> list[Fact]:
    reach = scene.rules.reach
    last = scene.order[whole.index]
    told = []
    for fact in scene.facts[max(0, last - reach.whole_back_figures) : last]:
        near = whole.sentence - fact.sentence <= 2 and fact.start < at  # noqa: PLR2004
        if near and comparable(scene, whole, fact) == STRICT and not _is_each(scene, fact) and fact.bracket < 0:
            told.append(fact)
    return told


def _remainders(scene: Scene) -> list[Relation]:
    """A list that ends with what is left over, its whole some sentences back: ``66 lớp … 31 lớp, 17 lớp, còn lại 18``."""
    found = []
    reach = scene.rules.reach
    for hit in scene.all_cues("remainder"):
        rest = _remainder_of(scene, hit)
        if rest is None or rest.dimension == "percentage":
            continue
        last = scene.order[rest.index]
        earlier = [f for f in scene.facts[max(0, last - reach.whole_back_figures) : last]
                   if rest.sentence - f.sentence <= reach.whole_back_sentences and not is_step(scene, f)]  # fmt: skip
        best = _rest_list(scene, rest, earlier)
        if best:
            found.append(_relation(best[0], best[1:], hit.id))
    return found


def _remainder_of(scene: Scene, hit: CueHit) -> Fact | None:
    """The figure that a remainder cue belongs to: right before it (``8 lớp còn lại``) or after it (``còn lại 8 lớp``)."""
    sentence = scene.sentence_at(hit.start)
    before = [f for f in scene.between(max(0, hit.start - 40), hit.start) if f.sentence == sentence]
    if before and not set(",;:.()") & set(scene.lower[before[-1].end : hit.start]):
        return before[-1]
    return next((f for f in scene.between(hit.end, hit.end + 60) if f.sentence == sentence), None)


def _rest_list(scene: Scene, rest: Fact, earlier: list[Fact]) -> list[Fact] | None:
    """The whole and its parts, the rest last, that add up: the nearest parts, one whole before them."""
    parts = [rest]
    for at in range(len(earlier) - 1, -1, -1):
        fact = earlier[at]
        if comparable(scene, fact, rest) < STRICT or (fact.bracket >= 0 and fact.bracket != rest.bracket):
            continue
        if len(parts) > 1 and _countable(fact) and add_up(fact, parts):
            return [fact, *parts]
        parts.insert(0, fact)
    for at in range(len(earlier) - 1, -1, -1):
        whole = earlier[at]
        told = [f for f in earlier[at + 1 :] if comparable(scene, whole, f) == STRICT and f.sentence == rest.sentence]
        if comparable(scene, whole, rest) == STRICT and told and add_up(whole, [*told, rest]):
            return [whole, *told, rest]
    return None


def _facts_back(scene: Scene, sentence: int) -> list[Fact]:
    """The figures of the sentences before, the nearest first, within reach."""
    reach = scene.rules.reach
    found: list[Fact] = []
    for number in range(sentence - 1, max(-1, sentence - 1 - reach.whole_back_sentences), -1):
        found += reversed(scene.sentence(number))
        if len(found) >= reach.whole_back_figures:
            break
    return found


def _sentence_end(scene: Scene, offset: int) -> int:
    sentences = scene.document.sentences
    return sentences[scene.sentence_at(offset)].end if sentences else len(scene.lower)


def _has_remainder(scene: Scene, fact: Fact) -> bool:
    return scene.has("remainder", scene.clause_before(fact)) or scene.has("remainder", scene.clause_after(fact))


def is_step(scene: Scene, fact: Fact) -> bool:
    """Whether the figure says by how much something changed."""
    clause = scene.clause_before(fact)
    near = range(max(clause.start, fact.start - 16), fact.start)
    return bool(near) and bool(scene.cues("rise", near.start, near.stop) or scene.cues("fall", near.start, near.stop))


def _is_extreme(scene: Scene, fact: Fact) -> bool:
    return bool(scene.cues("extreme", scene.clause_before(fact).start, fact.quantity.number.start))


def _is_each(scene: Scene, fact: Fact) -> bool:
    return scene.has("each", scene.clause_before(fact)) or scene.has("average", scene.clause_before(fact))


def _relation(whole: Fact, parts: Sequence[Fact], cue: str, *, exhaustive: bool = True) -> Relation:
    roles: dict[str, int | tuple[int, ...]] = {"whole": whole.index, "parts": tuple(sorted(p.index for p in parts))}
    return Relation("parts_sum", roles, ("parts_sum", cue), exhaustive)


def _without_repeats(relations: Sequence[Relation]) -> list[Relation]:
    """One relation a whole and list: full ones before partial ones, longer lists before their beginnings."""
    kept: list[Relation] = []
    told: dict[object, list[set[int]]] = {}
    order = sorted(enumerate(relations), key=lambda x: (not x[1].exhaustive, -len(_parts(x[1])), x[0]))
    for _, relation in order:
        parts = _parts(relation)
        known = told.setdefault(relation.roles["whole"], [])
        used = told.setdefault("parts", [])
        if any(parts <= other or other <= parts for other in known):
            continue
        if not relation.exhaustive and any(parts & other for other in used):
            continue
        known.append(parts)
        used.append(parts)
        kept.append(relation)
    return kept


def _parts(relation: Relation) -> set[int]:
    parts = relation.roles["parts"]
    return set(parts) if isinstance(parts, tuple) else {parts}
