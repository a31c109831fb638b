"""Where the parts of a whole may begin: at a cue, in a bracket, in list items, or behind a whole itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.relate.scene import CueHit, Fact, Scene

BRACKET = "relations.bracket"
BULLETS = frozenset("-+•*–")
HEDGE = 12
"""How many characters, a hedge at most, may stand between `trong số` and the whole."""
LEAD = 14
"""How many characters of a sentence may stand before a cue that still opens it."""
FAR_AHEAD = 4000
"""How many characters of one sentence a list may take."""


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


def openings(scene: Scene) -> Iterator[Opening]:
    """Every place where the parts of a whole may begin, in the order of their force."""
    for role, force in (("parts_all", "all"), ("parts_some", "some"), ("parts_hint", "hint")):
        for hit in scene.all_cues(role):
            yield _opening(scene, hit, force)
    for hit in scene.all_cues("within"):
        whole = next(iter(scene.between(hit.end, hit.end + HEDGE + 1)), None)
        if whole and len(scene.lower[hit.end : whole.start].split()) <= 1:
            end = _end(scene, whole.end)
            yield Opening(whole.end, end, [whole], [whole], "some", hit.id)
    yield from _brackets(scene)
    for hit in scene.all_cues("whole"):
        whole = next(iter(scene.between(hit.end, hit.end + 60)), None)
        if whole and whole.sentence == scene.sentence_at(hit.start):
            end = _end(scene, whole.end)
            yield Opening(whole.end, end, [whole], [], "hint", hit.id)


def _opening(scene: Scene, hit: CueHit, force: str) -> Opening:
    sentence = scene.sentence_at(hit.start)
    start = scene.document.sentences[sentence].start if scene.document.sentences else 0
    here = scene.before(hit.start, start)
    back = _facts_back(scene, sentence)
    end = _end(scene, hit.end)
    opens = hit.start - start <= LEAD or not scene.lower[hit.end : end].strip(" :\n")
    sure = here or ([f for f in back if f.sentence == sentence - 1] if opens else [])
    bracket = scene.bracket_at(hit.start)
    sure = [f for f in sure if (f.bracket < 0 or f.bracket == bracket) and "step" not in f.marks]
    close = scene.lower.find(")", hit.end, end) if bracket >= 0 else -1
    items = _items_end(scene, hit.end, end) if close < 0 else -1
    if items >= 0:
        return Opening(hit.end, items, here + back, sure, "some" if force == "hint" else force, hit.id)
    return Opening(hit.end, close if close >= 0 else end, here + back, sure, force, hit.id)


def _items_end(scene: Scene, start: int, end: int) -> int:
    """Where the list items under a cue and a colon end (lines that begin with a dash or bullet); -1 without two items."""
    if scene.lower[start:end].strip() != ":":
        return -1
    sentences, blocks = scene.document.sentences, scene.document.blocks
    at, last = scene.sentence_at(start) + 1, -1
    items: set[int] = set()
    while at < len(sentences) and len(items) < scene.rules.reach.list_items:
        if scene.lower[blocks[sentences[at].block].start] not in BULLETS:
            break
        items.add(sentences[at].block)
        last = sentences[at].end
        at += 1
    return last if len(items) > 1 else -1


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


def _facts_back(scene: Scene, sentence: int) -> list[Fact]:
    """The figures of the sentences before, the nearest first, within reach."""
    reach = scene.rules.reach
    found: list[Fact] = []
    for number in range(sentence - 1, max(-1, sentence - 1 - reach.whole_back_sentences), -1):
        found += scene.sentence(number)[: -reach.whole_back_figures - 1 : -1]
        if len(found) >= reach.whole_back_figures:
            break
    return found


def _end(scene: Scene, offset: int) -> int:
    """Where the sentence ends that holds the offset, within reach."""
    return min(scene.sentence_end(offset), offset + FAR_AHEAD)
