"""Clauses inside a noun phrase: what opens one, and the prepositions that go on with it."""

from __future__ import annotations

from extractor.figures.lexicon import VERB
from extractor.figures.line import Line
from extractor.figures.lists import Marks
from extractor.figures.walk import Walk

# Verbs of giving stand at most so many tokens before the number.
GIVEN = 8


def restrictive(walk: Walk, index: int, here: Marks) -> int | None:
    """The length of what opens a restrictive clause at `index`."""
    opening = here.get("always_restrictive")
    if opening is None and walk.number is not None and not walk.inside and index == walk.after_unit:
        opening = here.get("negations")
    if opening is None and walk.counted and index > walk.first:
        opening = here.get("counted_restrictive")
    if opening is None and walk.bare and index == walk.after_unit:
        return here["relative"] if _modifies(walk.line, index, here) else None
    if opening is None and walk.governed:
        return here.get("restrictive")
    return opening


def _modifies(line: Line, index: int, here: Marks) -> bool:
    """Whether a relative clause without a relative word begins here (người tham gia bảo hiểm y tế)."""
    return "relative" in here and "predicate" not in here and line.says(index + here["relative"])


def free_word(walk: Walk, index: int, here: Marks) -> int | None:
    """Behind a preposition at `index` that belongs to a clause inside the phrase or names its purpose."""
    line = walk.line
    size = here.get("inside_free") if walk.inside else None
    if size is None and "topics" in here:
        size = None if walk.acting or not walk.units else here["topics"]
    elif size is None and walk.number is not None and _names_purpose(line, index, here, walk.number):
        size = here["purpose"]
    if size is None or (index + size < len(line.texts) and line.parts.tag[index + size] == VERB):
        return None
    return index + size


def _names_purpose(line: Line, index: int, here: Marks, number: int) -> bool:
    """Whether a word of purpose at `index` goes on the phrase: no verb of giving stands before the number."""
    if "purpose" not in here or not line.free(index + here["purpose"]):
        return False
    return not any(
        line.figure[place] < 0 and "purpose_verbs" in line.begin[place]
        for place in range(max(0, number - GIVEN), number)
    )
