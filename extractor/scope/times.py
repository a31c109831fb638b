"""Which expression of time a figure stands under, within its sentence; and which one holds on after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from extractor.document import Period, Quantity
from extractor.lookup import LETTER, alternatives
from extractor.scope.calendar import Days, deadline, month, shifted
from extractor.scope.mention import TimeMention
from extractor.scope.sentence import NEAR, CarryTable, Passage, around
from extractor.scope.state import Time

HARD = frozenset(";:!?")
QUARTERS = range(27, 93)
"""Days between the first and the last day of a month or a quarter."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class TimeChooser:
    """Chooses among a sentence's expressions of time. One article's text and day of publication."""

    def __init__(self, table: CarryTable, habitual: Iterable[str], surveys: Iterable[str]) -> None:
        self._survey = re.compile(alternatives(surveys))
        self._changes = re.compile(rf"(?<!{LETTER})(?:{alternatives(table.changes)})(?!{LETTER})")
        self._then = re.compile(rf"[\s,(]*(?:{alternatives(table.then)})(?!{LETTER})")
        self._habitual = re.compile(rf"(?<!{LETTER})(?:{alternatives(habitual)})(?!{LETTER})")

    def explicit(
        self, lower: str, passage: Passage, figure: Quantity, starts: Sequence[int], *, planned: bool
    ) -> TimeMention | None:
        """The mention that dates the figure by its place in the sentence; what is planned, the plan's year dates too.

        `starts` are the places of the sentence's figures.
        """
        if not passage.times:
            return None
        begin, end = figure.number
        mentions = passage.alike(around(passage.times, begin), begin)
        mentions = [m for m in mentions if not m.attributive or (planned and m.end <= begin)]
        before = [m for m in mentions if m.end <= begin and self._dates(lower, m, figure)]
        after = self._after(lower, [m for m in mentions if m.start >= end], figure, starts)
        if after is None:
            return before[-1] if before else None
        if not before or after.role == "deadline" or after.start - (figure.unit_span or figure.number).end <= 1:
            return after
        between = _any_in(starts, before[-1].end, begin)
        near = "," not in lower[end : after.start]
        return after if between and near else before[-1]

    def habitual(self, lower: str, passage: Passage, figure: Quantity) -> bool:
        """Whether the figure's clause tells what is done again and again."""
        near = max(passage.span.start, figure.start - NEAR)
        start = max(near, lower.rfind(";", near, figure.start) + 1)
        return self._habitual.search(lower, start, figure.number.end + 40) is not None

    def topic(self, passage: Passage, text: str) -> TimeMention | None:
        """The mention that holds on after the sentence: the last that dates a clause of it."""
        if not passage.times:
            return None
        first = min(passage.starts, default=-1)
        holding = [
            m
            for m in passage.times
            if m.role not in ("comparison", "deadline")
            and not m.attributive
            and not passage.spoken(m.start)
            and text[m.start - 1 : m.start] != "("
        ]
        dating = [m for m in holding if m.fronted or m.end <= first]
        if dating:
            events = [m for m in dating if m.role == "event"]
            return events[0] if events and dating[0] is events[0] and first < dating[-1].end else dating[-1]
        return holding[0] if len(holding) == 1 and passage.starts else None

    def turns(self, passage: Passage) -> list[int]:
        """Where the sentence turns to another time; on to a later one is no turn (đến 2025 đạt …; đến 2030 đạt …)."""
        last: Days | None = None
        found: list[int] = []
        for mention in passage.times:
            if mention.fronted and not (last and mention.days and mention.days[0] > last[1]):
                found.append(mention.start)
            last = mention.days or last
        return found

    def weak_topic(self, passage: Passage) -> TimeMention | None:
        """For want of any other: an expression that only names a thing (tổng kết hoạt động năm 2018)."""
        named = [m for m in passage.times if m.days and m.role not in ("comparison", "deadline")]
        return named[0] if named else None

    def source(self, time: Time) -> bool:
        """Whether a period as told speaks of a source that counted: no time can be given for it."""
        return time.days is None and self._survey.search(time.period.text.lower()) is not None

    def survey(self, lower: str, mention: TimeMention) -> bool:
        """Whether the expression tells of a source that counted, not of a time."""
        return self._survey.search(lower, mention.start, mention.end) is not None

    def resolved(
        self, text: str, mention: TimeMention, passage: Passage, carried: Time | None, published: date | None
    ) -> Time:
        """The mention with its days; what is told in relation to another period is held against that."""
        days = mention.days
        if mention.same_time:
            base = self._base(passage, mention, carried)
            days = shifted(base, mention.year) if base else None
        elif mention.role == "deadline" and days:
            days = deadline(self._base(passage, mention, carried), days, published)
        elif days and not _YEAR.search(text, mention.start, mention.end):
            days = self._of_year(passage, mention, days)
        period = Period(text[mention.start : mention.end], *(days or (None, None)))
        return Time(period, days, mention.rule, mention.role)

    def _of_year(self, passage: Passage, mention: TimeMention, days: Days) -> Days:
        """The days of a month or quarter in the year that its sentence names before: năm 2024 …, quý I …, quý IV …."""
        first, last = days
        if first.day != 1 or (last - first).days not in QUARTERS or (last + timedelta(1)).day != 1:
            return days
        for other in reversed(around(passage.times, mention.start)):
            year = other.days[0].year if other.days else 0
            named = other.days == (date(year, 1, 1), date(year, 12, 31)) if year else False
            if named and other.end <= mention.start and other.role not in ("comparison", "deadline"):
                return month(year, first.month, last.month)
        return days

    def _base(self, passage: Passage, mention: TimeMention, carried: Time | None) -> Days | None:
        for other in reversed(around(passage.times, mention.start)):
            if other.end <= mention.start and other.days and other.role not in ("comparison", "deadline"):
                return other.days
        return carried.days if carried else None

    def _dates(self, lower: str, mention: TimeMention, figure: Quantity) -> bool:
        """Whether a mention before the figure is no mere standard that the figure is compared with."""
        if mention.role == "deadline":
            return mention.fronted or lower.find(",", mention.end, figure.number.start) < 0
        if mention.role != "comparison":
            return True
        if figure.number.start - mention.end > NEAR:
            return False
        between = lower[mention.end : figure.number.start]
        if ";" in between or self._changes.search(between):
            return False
        return not between.lstrip().startswith(",") or self._then.match(between) is not None

    def _after(
        self, lower: str, mentions: Sequence[TimeMention], figure: Quantity, starts: Sequence[int]
    ) -> TimeMention | None:
        for mention in mentions:
            if mention.start - figure.number.end > NEAR:
                return None
            between = lower[figure.number.end : mention.start]
            if not HARD.isdisjoint(between):
                return None
            if mention.role == "comparison":
                continue
            if mention.role == "deadline":
                return None if _any_in(starts, figure.number.end, mention.start) else mention
            if not mention.fronted or between.endswith("("):
                return mention
        return None


def _any_in(starts: Sequence[int], begin: int, end: int) -> bool:
    """Whether one of the places lies in the interval."""
    place = bisect_left(starts, begin)
    return place < len(starts) and starts[place] < end
