"""The cues of status in a text, and the words that end their scope: the schema of ``status.toml``, and their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple

from extractor.datafile import Table
from extractor.lookup import Found
from extractor.scope.state import Stretch


class StatusCue(Table):
    """Words that make figures planned or required; see ``status.toml``."""

    id: str
    status: Literal["planned", "required"]
    words: tuple[str, ...]
    direction: Literal["forward", "backward"]
    reach: Literal["sentence", "next", "unit"]
    adjacent: bool = False
    at_start: bool = False
    kinds: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    figure_not_after: tuple[str, ...] = ()
    not_between: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...]


class StatusTable(Table):
    """The schema of ``status.toml``."""

    terminators: tuple[str, ...]
    soft: tuple[str, ...]
    list_goals: tuple[str, ...]
    list_results: tuple[str, ...]
    section_goals: tuple[str, ...] = ()
    next_letters: int
    details: tuple[str, ...]
    condition_before: tuple[str, ...]
    condition_after: tuple[str, ...]
    condition_kinds: frozenset[str]
    cue: tuple[StatusCue, ...]


class Cue(NamedTuple):
    """A cue where it stands in the text."""

    start: int
    end: int
    rule: StatusCue


class Marks:
    """The cues of one article, and where scopes end: places in order. `conditions` says whether any is told in it."""

    def __init__(self, lower: str, cues: Sequence[Cue], stops: Sequence[Found], *, conditions: bool) -> None:
        self.lower, self.conditions = lower, conditions
        self._cues, self._stops = cues, stops
        self._cue_starts = [cue.start for cue in cues]
        self._stop_starts = [stop.start for stop in stops]

    def cues(self, span: Stretch) -> Sequence[Cue]:
        """The cues in a stretch."""
        low = bisect_left(self._cue_starts, span.start)
        high = bisect_left(self._cue_starts, span.end, low)
        return [cue for cue in self._cues[low:high] if cue.end <= span.end] if low < high else ()

    def stops(self, start: int, end: int) -> list[int]:
        """Where words that end a scope begin in a stretch."""
        low = bisect_left(self._stop_starts, start)
        found = self._stops[low : bisect_left(self._stop_starts, end, low)]
        return [stop.start for stop in found if stop.end <= end]
