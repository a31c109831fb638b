"""Whose age it is: the person named right before it, or those whom the noun of age is said of."""

from __future__ import annotations

from extractor.figures.clause import Clause
from extractor.figures.ends import trimmed
from extractor.figures.left import LeftSide
from extractor.figures.lexicon import NAME, NOUN, VERB
from extractor.figures.line import Line, Range


class Ages:
    """Finds those whose age a number tells."""

    def __init__(self, clause: Clause, left: LeftSide) -> None:
        self._clause = clause
        self._left = left

    def aged(self, line: Line, index: int) -> Range | None:
        """Whose age stands behind the noun at the token: người lao động Việt Nam | mất việc sau tuổi 35."""
        noun = index + 1
        index = min(index, noun - line.end[noun].get("left_heads", 1))  # độ tuổi
        if index and line.texts[index - 1] == ",":
            return self._left.phrase(line, index - 1)  # bà Lan, tuổi 52
        tag, stop, people = line.parts.tag, index, None
        for first in range(index - 1, self._clause.bounds(line, index)[0] - 1, -1):
            unit = line.units[first]
            after = first + unit[0] if unit is not None and unit[1][0].person and tag[first] != NAME else 0
            if people is not None:
                if first < people[0] - 2:
                    break
                people = (first, people[1]) if after >= people[0] else people  # người | lao động | nữ
            elif after:
                people = first, max(after, stop)
            elif tag[first] == VERB or "stops" in line.begin[first]:
                stop = first
        if people is not None:
            return trimmed(line, *people)
        return (index, noun) if index < noun - 1 else None

    def named_person(self, line: Line, index: int) -> Range | None:
        """The name right before a bracket or comma, with the word before it: … cháu Lê Thị Na | (8 tuổi)."""
        stop = first = index - 1
        while first > 0 and line.free(first - 1) and self._in_name(line, first - 1):
            first -= 1
        while first < stop and line.texts[first] == ".":
            first += 1
        if first == stop or line.texts[stop] not in ("(", ","):
            return None
        if "titles" in line.end[first]:
            return first - line.end[first]["titles"], stop
        if first > 0 and line.says(first - 1):
            title = line.parts.first[first - 1]
            person = line.units[title]
            known = person is not None and person[1][0].person and title + person[0] == first
            if known or (line.parts.tag[title] == NOUN and line.texts[title].islower()):
                return title, stop
        return (first, stop) if stop > first + 1 else None

    def _in_name(self, line: Line, index: int) -> bool:
        """Whether the token is part of a name, the full stop of an initial too (T.V.K)."""
        if line.texts[index] == ".":
            return index > 0 and len(line.texts[index - 1]) == 1 and line.texts[index - 1].isupper()
        return line.texts[index][0].isupper() and line.texts[index][0].isalpha() and index not in line.labels
