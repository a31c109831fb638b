"""Where the words about a subject end and its predicate begins: công nhân ở khu công nghiệp A | đã đình công."""

from __future__ import annotations

from extractor.figures.line import Line

# What a clause about the people counted begins with, and what it does not.
CLAUSE_OPENINGS = frozenset({"relative", "verbs", "clause_inside"})
NO_CLAUSE = frozenset({"clause_ends", "reports", "topics"})
# The longest place that is looked through for the predicate behind it.
PLACE = 10


def place_of_subject(line: Line, first: int, limit: int) -> int | None:
    """Where the place behind the word at `first` ends, if a predicate follows: ở khu công nghiệp A | đã đình công."""
    if line.parts.stop[first] > first + 1:
        return None  # ở lại
    for index in range(first + 1, min(first + PLACE, limit)):
        here = line.begin[index]
        if not line.says(index):
            behind = line.bracket_stop(index) if line.texts[index] == "(" else None
            return index if behind is not None and "settled_ends" in line.begin[behind] else None
        if "settled_ends" in here:
            return index if index > first + 1 else None
        if "stops" in here and "demonstratives" not in here and "settled" not in here:
            return None
    return None


def clause_of_subject(line: Line, first: int, limit: int) -> int | None:
    """Where a clause about the people counted ends, if their predicate follows: giáo viên mất việc | đã tới huyện."""
    here = line.begin[first]
    if CLAUSE_OPENINGS.isdisjoint(here) or not NO_CLAUSE.isdisjoint(here):
        return None
    for index in range(first + 1, min(first + PLACE, limit)):
        here = line.begin[index]
        if not line.says(index) or "reports" in here:
            return None
        if "clause_ends" in here:
            return index if index > line.parts.stop[first] else None
        if "stops" in here and "clause_inside" not in here and index + here["stops"] >= line.parts.stop[index]:
            return None
    return None
