"""The cues of the relations: every one of a stretch of text in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.relate.rules import Cue
from extractor.span import Span
from extractor.trie import trie

OPENING = frozenset({"parts_all", "parts_some", "parts_hint"})
"""The roles of the cues behind which a list of parts opens, in this sentence or the next."""
_MARKS = r"\s!-/:-@\[-`{-~¡-¿‐-⁯"
"""What may stand before a phrase: white space, and the marks of ASCII, Latin and general punctuation."""


class CueHit(NamedTuple):
    """A cue found in the text."""

    start: int
    end: int
    role: str
    id: str


class Cues:
    """All cues of the data file. Compiled once; finding keeps no state and takes linear time."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._of: dict[str, list[tuple[str, str]]] = {}
        for cue in cues:
            for phrase in cue.phrases:
                self._of.setdefault(phrase, []).append((cue.role, cue.id))
        self._any = _phrases(self._of)
        self._opening = _phrases(
            phrase for phrase, told in self._of.items() if any(role in OPENING for role, _ in told)
        )

    def opens(self, lower: str, start: int, end: int) -> bool:
        """Whether a cue that opens a list stands in ``[start, end)`` of a lower-case text."""
        return self._opening.search(f" {lower[start:end]}") is not None

    def find(self, lower: str, stretches: Iterable[Span]) -> list[CueHit]:
        """The cues of each stretch of a lower-case text, in order; a phrase of several roles hits once for each."""
        hits: list[CueHit] = []
        for first, last in stretches:
            for found in self._any.finditer(f" {lower[first:last]}"):
                start, end = found.span(1)
                for role, name in self._of.get(found[1]) or self._of[" ".join(found[1].split())]:
                    hits.append(CueHit(start + first - 1, end + first - 1, role, name))
        return hits


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, in the first group.

    What stands before them comes first: the engine skips from one such place to the next.
    """
    return re.compile(rf"[{_MARKS}]({trie(phrases)})(?![^\W_])")


class Told:
    """The cues that were found in one article, to be asked for by role and place."""

    def __init__(self, hits: list[CueHit]) -> None:
        self._all = hits
        self._all_starts = [hit.start for hit in hits]
        self._hits: dict[str, list[CueHit]] = {}
        for hit in hits:
            self._hits.setdefault(hit.role, []).append(hit)
        self._starts = {role: [hit.start for hit in found] for role, found in self._hits.items()}

    def near(self, start: int, end: int) -> list[CueHit]:
        """The cues of all roles that begin in ``[start, end)``, in order."""
        first = bisect_left(self._all_starts, start)
        return self._all[first : bisect_left(self._all_starts, end, first)]

    def of(self, role: str) -> Sequence[CueHit]:
        """Every cue of a role, in order."""
        return self._hits.get(role, ())

    def inside(self, role: str, start: int, end: int) -> Sequence[CueHit]:
        """The cues of a role that lie inside ``[start, end)``, in order."""
        starts = self._starts.get(role)
        if starts is None:
            return ()
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        return [hit for hit in self._hits[role][first : bisect_left(starts, end, first)] if hit.end <= end]
