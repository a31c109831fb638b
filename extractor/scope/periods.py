"""Expressions of time in a text: one scan for the words they begin with, then small patterns at each place.

What is found is held against the day of publication (extractor/scope/shapes.py) and given a role: a span of days,
a state at a day, a deadline, or a period that is only compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.datafile import Table
from extractor.document import View
from extractor.lookup import (
    LETTER,
    LETTER_OR_DIGIT,
    Leads,
    Openings,
    Phrases,
    alternatives,
    first_word,
    openings,
    united,
)
from extractor.scope import shapes
from extractor.scope.calendar import Days
from extractor.scope.expressions import END, Expressions, PeriodRule, Point, Slots
from extractor.scope.mention import TimeMention
from extractor.scope.shapes import Clock, Values
from extractor.scope.standing import Standing, StandingTable
from extractor.scope.state import Stretch

TODAY = 40
"""Letters at most between today and its date."""


class Joins(Table):
    """The words that join points of time into spans."""

    from_: tuple[str, ...]
    to: tuple[str, ...]
    until: tuple[str, ...]
    deadline: tuple[str, ...]
    fill: tuple[str, ...]
    same_time: tuple[str, ...]
    against: tuple[str, ...]
    now: tuple[str, ...]
    year: str


class Dates(Table):
    """How a day and its month are written, and what a number at the head of an expression counts."""

    date: str
    counted: tuple[str, ...]


class Term(Table):
    """What a term is called."""

    words: tuple[str, ...]


class PeriodTable(Table):
    """The schema of ``periods.toml``."""

    joins: Joins
    dates: Dates
    standing: StandingTable
    term: Term
    parts: dict[str, int]
    years: dict[str, int]
    numbers: dict[str, int]
    rule: tuple[PeriodRule, ...]


class PeriodGrammar:
    """Finds expressions of time. Holds compiled patterns only; `scan` is pure and linear in the text."""

    def __init__(self, table: PeriodTable) -> None:
        self._table = table
        self._values = Values(table.numbers, table.parts, table.years)
        slots = Slots(table.dates.date, table.numbers)
        self._simple = Expressions(table.rule, slots)
        self._standing = Standing(table.standing, (rule.id for rule in table.rule if rule.fronted_only))
        joins = table.joins
        joining = [*joins.from_, *joins.until, *joins.deadline, *joins.against, *joins.same_time]
        self._joins, self._join_words = Phrases(joining), frozenset(map(first_word, joining))
        self.openings: Openings = united(self._simple.openings, self._joined(joining))
        counted = alternatives(table.dates.counted)
        soon = rf"[0-9]?(?:[/-] ?[0-9]|\.[0-9]{{1,2}}(?![0-9])| (?:{counted}))"
        self._digit = re.compile(rf"[0-9](?<!{LETTER_OR_DIGIT}[0-9])(?={soon})")
        self._fill = re.compile(rf"(?:\s*(?:{alternatives(joins.fill)})(?!{LETTER_OR_DIGIT}))*\s*")
        self._to = re.compile(rf"\s*(?:{alternatives(joins.to)})\s*")
        self._now = re.compile(rf"(?:{alternatives(joins.now)})(?!{LETTER})")
        self._year = re.compile(slots.filled(joins.year) + END)

    def _joined(self, phrases: Iterable[str]) -> Openings:
        """How joining words begin; after one that is a word alone comes what a point of time can begin with."""
        fill = map(first_word, self._table.joins.fill)
        points = frozenset([*fill, *self._simple.openings, ""])
        same_time = self._table.joins.same_time
        alone = {phrase: points for phrase in phrases if " " not in phrase and phrase not in same_time}
        return united(alone, openings(phrase for phrase in phrases if phrase not in alone))

    def scan(
        self, view: View, clock: Clock, sentences: Sequence[Stretch], words: Leads | None = None
    ) -> list[TimeMention]:
        """The mentions in the sentences, in order, none overlapping; `words` are those of the openings."""
        lower = view.lower
        last = sentences[-1].end if sentences else 0
        leads = view.words.among(self.openings) if words is None else words
        numbers = (match.start() for match in self._digit.finditer(lower, 0, last))
        places = sorted([*leads, *((at, "", "") for at in numbers if self._simple.numeric.match(lower, at))])
        found: list[TimeMention] = []
        index = 0
        for sentence in sentences:
            at, end = sentence.start, sentence.end
            while index < len(places) and places[index][0] < end:
                place, word, after = places[index]
                index += 1
                if place < at:
                    continue
                join = (self._joins.match(lower, place, word) or "") if word in self._join_words else ""
                simple = self._begun(lower, place, end, word, after)
                mention = self._at(lower, place, join, simple, clock, end) if join or simple else None
                if mention is not None:
                    at = mention.end
                    mention = self._standing.placed(lower, mention, sentence.start)
                    if found and _names_today(found[-1], mention):
                        mention = mention._replace(fronted=found.pop().fronted)
                    found.append(mention)
                elif join:
                    at = place + len(join)
        return found

    def term(self, lower: str) -> Days | None:
        """The days of the first term that the text names by its years."""
        places = ((lower.find(word), word) for word in self._table.term.words)
        for first, word in sorted(place for place in places if place[0] >= 0):
            at = first
            while at >= 0:
                for point in self._simple.of_shape("term", lower, at):
                    return shapes.resolve("term", "", point.slots, self._values, Clock())
                at = lower.find(word, at + 1)
        return None

    def _begun(self, lower: str, at: int, end: int, word: str, after: str) -> Point | None:
        """The simple expression at a place where a word is known to stand, with another after it, or a number."""
        if not word:
            return self._simple.simple(lower, at, end)
        forms = self._simple.begun(word, after)
        return self._simple.longest(forms, lower, at, end) if forms else None

    def _point(self, lower: str, at: int, end: int, *, single: bool = False) -> Point | None:
        """A simple expression after filling words, or a bare day and month."""
        filled = self._fill.match(lower, at, end)
        at = filled.end() if filled else at
        simple = self._simple.simple(lower, at, end, single=single)
        bare = self._simple.dated(lower, at, end)
        return bare if bare and (simple is None or bare.end > simple.end) else simple

    def _at(self, lower: str, at: int, join: str, simple: Point | None, clock: Clock, end: int) -> TimeMention | None:
        """The longest mention at a place where a simple expression begins, or a joining word stands."""
        if not join:
            return self._from_simple(simple, clock)
        joins, after = self._table.joins, at + len(join)
        if join in joins.same_time:
            return self._same_time(lower, at, after, end)
        found = [self._from_simple(simple, clock)]
        if join in joins.from_:
            found.append(self._span(lower, at, after, clock, end))
        for words, role in ((joins.until, "state"), (joins.deadline, "deadline"), (joins.against, "comparison")):
            if join in words:
                found.append(self._of_point(at, self._point(lower, after, end), clock, role))
        return max((m for m in found if m is not None), key=lambda m: m.end, default=None)

    def _resolved(self, point: Point, clock: Clock) -> Days | None:
        return shapes.resolve(point.rule.shape, point.rule.part, point.slots, self._values, clock)

    def _from_simple(self, point: Point | None, clock: Clock) -> TimeMention | None:
        if point is None:
            return None
        days = self._resolved(point, clock)
        role = _ROLES.get(point.rule.shape, "span")
        return TimeMention(point.start, point.end, days, role, point.rule.id)

    def _span(self, lower: str, at: int, after: int, clock: Clock, end: int) -> TimeMention | None:
        """``từ A đến B``; a year told at one end only holds for both."""
        first = self._point(lower, after, end, single=True)
        join = self._to.match(lower, first.end, end) if first else None
        if first is None or join is None:
            return None
        last = self._point(lower, join.end(), end)
        if last is None:
            return self._to_now(lower, at, first, join.end(), clock)
        for one, other in ((first, last), (last, first)):
            if not one.slots.get("y") and other.slots.get("y"):
                changed = one._replace(slots={**one.slots, "y": other.slots["y"]})
                first, last = (changed, other) if one is first else (other, changed)
        begin, stop = self._resolved(first, clock), self._resolved(last, clock)
        days = (begin[0], stop[1]) if begin and stop and begin[0] <= stop[1] else None
        return TimeMention(at, last.end, days, "span", "period.from-to")

    def _to_now(self, lower: str, at: int, first: Point, place: int, clock: Clock) -> TimeMention | None:
        """``từ A đến nay``."""
        now = self._now.match(lower, place)
        if now is None:
            return None
        begin = self._resolved(first, clock)
        days = (begin[0], clock.published) if begin and clock.published and begin[0] <= clock.published else None
        return TimeMention(at, now.end(), days, "span", "period.from-to-now")

    def _of_point(self, at: int, point: Point | None, clock: Clock, role: str) -> TimeMention | None:
        if point is None or point.rule.shape in ("now", "unresolved"):
            return None
        days = self._resolved(point, clock)
        if role == "state" and days:
            days = (days[1], days[1])
        return TimeMention(at, point.end, days, role, f"period.{role}")

    def _same_time(self, lower: str, at: int, after: int, end: int) -> TimeMention:
        match = self._year.match(lower, after, end)
        year = int(match["y"]) if match and match["y"] else None
        return TimeMention(
            at, match.end() if match else after, None, "comparison", "period.same-time", same_time=True, year=year
        )


def _names_today(today: TimeMention, day: TimeMention) -> bool:
    """Whether the day behind is the one that minutes call today: Hôm nay, hồi 14 giờ ngày 13/11/2023, tại …."""
    return today.rule == "period.today" and day.rule == "period.day" and day.start - today.end <= TODAY


_ROLES = {
    "day": "event",
    "today": "event",
    "yesterday": "event",
    "now": "now",
    "occasion": "campaign",
    "campaign": "campaign",
    "feast-year": "campaign",
}
