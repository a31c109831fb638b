"""Whether a figure is achieved, planned or required: cues with a direction and a reach, and words that end their scope.

The pattern is ConText's (Chapman 2007), with the terminators and pseudo-cues of Vietnamese as data.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.document import Quantity, View
from extractor.lookup import LETTER, LETTER_OR_DIGIT, Leads, Openings, Phrases, alternatives, united
from extractor.scope.cues import Cue, Marks, StatusCue, StatusTable
from extractor.scope.state import Stretch

WIDTH = 24
"""Letters before or after a cue in which its companions are looked for."""
BETWEEN = 60
"""Letters before a figure in which words are looked for that undo the cue."""
BREAKS = frozenset(",;:.()")
"""What may not stand between a figure and a cue after it."""
CUES = 8
"""Cues at most that are weighed before and after a figure."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status and the rules that gave it."""

    name: str = "achieved"
    found_by: tuple[str, ...] = ()


ACHIEVED = Status()


class _Sentence(NamedTuple):
    """One sentence: its figures in order and where their numbers start, its cues, and where scopes end."""

    marks: Marks
    span: Stretch
    figures: Sequence[Quantity]
    starts: Sequence[int]
    cues: Sequence[Cue]
    stops: Sequence[int]


class StatusFinder:
    """Gives each figure of a sentence its status. Holds compiled patterns only."""

    def __init__(self, table: StatusTable) -> None:
        self._table = table
        self._rules: dict[str, list[StatusCue]] = {}
        for cue in table.cue:
            for word in cue.words:
                self._rules.setdefault(word, []).append(cue)
        self._cue = Phrases(self._rules)
        self._stop = Phrases(table.terminators)
        self.openings: Openings = united(self._cue.openings, self._stop.openings)
        self._soft = re.compile(alternatives(table.soft))
        self._goals = re.compile(rf"(?<!{LETTER})(?:{alternatives(table.list_goals)})(?!{LETTER})")
        self._section_goals = re.compile(
            rf"(?<!{LETTER})(?:{alternatives((*table.list_goals, *table.section_goals))})(?!{LETTER})"
        )
        self._results = re.compile(rf"(?<!{LETTER})(?:{alternatives(table.list_results)})(?!{LETTER})")
        self._before = re.compile(rf"(?<!{LETTER_OR_DIGIT})(?:{alternatives(table.condition_before)})$")
        self._after = re.compile(
            rf"[^,;.()]{{0,30}}?(?<!{LETTER})(?:{alternatives(table.condition_after)})(?!{LETTER})"
        )
        self._detail = re.compile(rf"[\W\d]*(?:{alternatives(table.details)})(?!{LETTER})")

    def marks(self, view: View, words: Leads | None = None) -> Marks:
        """The cues and ends of scopes of an article; `words` are those of its openings."""
        lower = view.lower
        words = view.words.among(self.openings) if words is None else words
        cues = [
            Cue(found.start, found.end, rule)
            for found in self._cue.find(lower, words, overlapping=True)
            for rule in self._rules[found.phrase]
        ]
        conditions = any(phrase in lower for phrase in self._table.condition_after)
        return Marks(lower, cues, list(self._stop.find(lower, words)), conditions=conditions)

    def of_sentence(
        self,
        marks: Marks,
        span: Stretch,
        figures: Sequence[Quantity],
        carried: str | None = None,
        anew: Sequence[int] = (),
    ) -> list[Status]:
        """The status of each figure; `carried` is that of the sentence or the list's heading before, if it holds on.

        `anew` are the places where the sentence names a new time or body: with a semicolon before, they end a scope.
        """
        cues = self._cues(marks, span)
        if not (cues or carried or marks.conditions):
            return [ACHIEVED] * len(figures)
        ends = marks.stops(span.start, span.end)
        if anew:
            ends = sorted(ends + self._softly(marks.lower, span, anew))
        sentence = _Sentence(marks, span, figures, [f.number.start for f in figures], cues, ends)
        found: list[Status] = []
        for place, figure in enumerate(figures):
            status = self._condition(sentence, figure) or self._scoped(sentence, place)
            status = status or self._by_condition(sentence, found, place)
            if status is None and carried and not _stopped(ends, span.start, figure.start):
                status = Status(carried, ("status.carried",))
            found.append(status or ACHIEVED)
        return found

    def holds_on(self, lower: str, span: Stretch) -> bool:
        """Whether a sentence begins as one that goes into detail of the sentence before."""
        return self._detail.match(lower, span.start, span.end) is not None

    def opens_list(self, marks: Marks, span: Stretch) -> str | None:
        """The status of the list that a sentence opens with a colon at its end."""
        lower = marks.lower
        if lower.find(":", max(span.start, span.end - 2), span.end) < 0 or not lower[
            span.start : span.end
        ].rstrip().endswith(":"):
            return None
        planned = [c for c in self._cues(marks, span) if c.rule.direction == "forward" and c.rule.reach == "sentence"]
        if planned:
            return planned[-1].rule.status
        return self._planned(self._goals, lower, span)

    def of_section(self, lower: str, span: Stretch) -> str | None:
        """The status of what stands under a heading: PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024."""
        return self._planned(self._section_goals, lower, span)

    def _planned(self, goals: re.Pattern[str], lower: str, span: Stretch) -> str | None:
        """Planned, where a heading speaks of goals and not of results."""
        told = goals.search(lower, span.start, span.end) and not self._results.search(lower, span.start, span.end)
        return "planned" if told else None

    def _softly(self, lower: str, span: Stretch, anew: Sequence[int]) -> list[int]:
        soft = [m.start() for m in self._soft.finditer(lower, span.start, span.end)]
        ends = [*soft[1:], span.end]
        places = sorted(anew)
        return [s for s, end in zip(soft, ends, strict=False) if _stopped(places, s + 1, end)]

    def _cues(self, marks: Marks, span: Stretch) -> list[Cue]:
        cues = marks.cues(span)
        return [cue for cue in cues if self._counts(marks.lower, cue.rule, cue.start, cue.end, span)] if cues else []

    def _counts(self, lower: str, rule: StatusCue, start: int, end: int, span: Stretch) -> bool:
        before = lower[max(span.start, start - WIDTH) : start].rstrip()
        after = lower[end : end + WIDTH].lstrip()
        if rule.at_start and lower[span.start : start].strip(' -–“"(') != "":
            return False
        return not (_ends_with(before, rule.not_after) or _starts_with(after, rule.not_before))

    def _condition(self, sentence: _Sentence, figure: Quantity) -> Status | None:
        if not sentence.marks.conditions or figure.kind not in self._table.condition_kinds:
            return None
        lower, start, end = sentence.marks.lower, figure.number.start, figure.number.end
        before = lower[max(sentence.span.start, start - WIDTH) : start].rstrip()
        if self._before.search(before) and self._after.match(lower, end, min(len(lower), end + 60)):
            return Status("required", ("status.condition",))
        return None

    def _by_condition(self, sentence: _Sentence, found: Sequence[Status], place: int) -> Status | None:
        """What whoever meets the condition gets, told at a rate."""
        figures = sentence.figures
        if not place or figures[place].kind != "rate" or found[place - 1].found_by != ("status.condition",):
            return None
        if sentence.marks.stops(figures[place - 1].end, figures[place].start):
            return None
        return Status("required", ("status.condition",))

    def _scoped(self, sentence: _Sentence, place: int) -> Status | None:
        """The status of the strongest cue whose scope holds the figure: planned before required, the nearest first."""
        near = bisect_right(sentence.cues, sentence.starts[place], key=lambda c: c.start)
        weighed = sentence.cues[max(0, near - CUES) : near + CUES]
        holding = [cue for cue in weighed if self._holds(sentence, cue, place)]
        if not holding:
            return None
        planned = [c for c in holding if c.rule.status == "planned"]
        best = (planned or holding)[-1]
        return Status(best.rule.status, (best.rule.id,))

    def _holds(self, sentence: _Sentence, cue: Cue, place: int) -> bool:
        figure, lower = sentence.figures[place], sentence.marks.lower
        if cue.rule.kinds and figure.kind not in cue.rule.kinds:
            return False
        if cue.rule.direction == "backward":
            return self._holds_back(lower, cue, figure)
        if cue.end > figure.number.start or _stopped(sentence.stops, cue.end, figure.start):
            return cue.start >= figure.start and cue.end <= figure.number.start and cue.rule.adjacent
        if cue.rule.not_between and _between(lower, cue, figure):
            return False
        if cue.rule.reach == "sentence":
            return True
        first = bisect_left(sentence.starts, cue.end)
        if not self._next(lower, cue, sentence.figures[first]):
            return False
        return place == first or (cue.rule.reach == "unit" and sentence.figures[first].unit == figure.unit)

    def _next(self, lower: str, cue: Cue, figure: Quantity) -> bool:
        if figure.number.start - cue.end > self._table.next_letters:
            return False
        between = lower[cue.end : figure.number.start]
        if cue.rule.adjacent:
            return len(between.split()) <= 1 and not any(c in between for c in ",;:.")
        return True

    def _holds_back(self, lower: str, cue: Cue, figure: Quantity) -> bool:
        if not 0 <= cue.start - figure.number.end <= self._table.next_letters:
            return False
        if not BREAKS.isdisjoint(lower[figure.number.end : cue.start]):
            return False
        before = lower[max(0, figure.start - WIDTH) : figure.start].rstrip()
        return not _ends_with(before, cue.rule.figure_not_after)


def _between(lower: str, cue: Cue, figure: Quantity) -> bool:
    """Whether a word that undoes the cue stands between it and the figure, not too far before the figure."""
    between = lower[max(cue.end, figure.start - BETWEEN) : figure.start]
    return any(word in between for word in cue.rule.not_between)


def _stopped(stops: Sequence[int], start: int, end: int) -> bool:
    place = bisect_right(stops, start - 1)
    return place < len(stops) and stops[place] < end


def _ends_with(text: str, words: Sequence[str]) -> bool:
    """Whether a text ends with one of the words; the sign for a percentage may stand right behind a number."""
    if not text.endswith(tuple(words)):
        return False
    return any(text == w or text.endswith((" " + w, "(" + w)) or (w == "%" and text.endswith("%")) for w in words)


def _starts_with(text: str, words: Sequence[str]) -> bool:
    return any(text == w or text.startswith(w + " ") for w in words)
