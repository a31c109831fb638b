"""The base of a share that the text names by its words: ``288 đoàn viên trả đúng hạn, đạt 90 % số người vay``."""

from __future__ import annotations

from extractor.relate.compare import label
from extractor.relate.scene import PEOPLE, Fact, Scene

NEAR = 2
"""So many sentences back the figure may stand whose words name the base."""


def described(scene: Scene, part: Fact, share: Fact, whole: Fact) -> bool:
    """Whether the words that name the share's base are those around the whole, more than its counting word among them."""
    base = _base_words(scene, part, share)
    near = whole.start < part.start and part.sentence - whole.sentence <= NEAR
    if not near or not base - scene.syllables(whole.noun) or not one_noun(whole, part):
        return False
    return base <= scene.syllables(label(scene, whole), numbers=False)


def _base_words(scene: Scene, part: Fact, share: Fact) -> frozenset[str]:
    """The words behind the share, else those between `trong số` and its part: ``trong số phiếu thu về có 684 phiếu``."""
    behind = scene.syllables(share.clause_after.of(scene.lower), numbers=False)
    if behind:
        return behind
    hits = scene.cues("within", part.clause_before.start, part.start)
    return scene.syllables(scene.lower[hits[-1].end : part.start], numbers=False) if hits else frozenset()


def one_noun(whole: Fact, part: Fact) -> bool:
    """Whether both count one thing: by one counting word, or a person of those that the whole names: ``phát triển đoàn viên 250 người``."""
    if whole.noun == part.noun:
        return True
    people = whole.quantity.kind in PEOPLE and part.quantity.kind in PEOPLE
    return people and bool(part.noun) and set(part.noun.split()) <= whole.words
