"""Expressions of time in a text: one scan for the words they begin with, then small patterns at each place.

What is found is held against the day of publication (extractor/scope/calendar.py) and given a role: a span of days,
a state at a day, a deadline, or a period that is only compared with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import regex

from extractor.datafile import Table
from extractor.document import View
from extractor.lookup import alternatives, first_word, right_before, whole_words
from extractor.scope import calendar
from extractor.scope.calendar import Clock, Days
from extractor.span import Span

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
YEAR = r"(?:19|20)\d\d"
DIGIT = r"\d"
"""What rules that begin with a digit are found by."""
END = r"(?![\p{L}\d]|[/.,]\d|[-/][\p{L}\d])"


class PeriodRule(Table):
    """One form of time expression."""

    id: str
    starts: tuple[str, ...]
    pattern: str
    shape: str
    part: str = ""
    not_after: tuple[str, ...] = ()
    fronted_only: bool = False
    examples: tuple[tuple[str, str, str, str], ...]


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


class Standing(Table):
    """The words by which it shows whether an expression dates its clause."""

    openers: frozenset[str]
    attributive: tuple[str, ...]
    habitual: tuple[str, ...]
    surveys: tuple[str, ...]
    documents: tuple[str, ...]


class PeriodTable(Table):
    """The schema of ``periods.toml``."""

    joins: Joins
    standing: Standing
    numbers: dict[str, int]
    rule: tuple[PeriodRule, ...]


class TimeMention(NamedTuple):
    """An expression of time. `role` is span, state, now (a state on the day of publication), deadline, comparison, campaign or event (one day).

    `days` is None where it can't be resolved. A comparison with the same time of another year has `year` (None for
    the year before) and no days of its own. `fronted` says that it stands at the head of its clause, `attributive`
    that it only names a thing.
    """

    start: int
    end: int
    days: Days | None
    role: str
    rule: str
    fronted: bool = False
    attributive: bool = False
    same_time: bool = False
    year: int | None = None


class _Point(NamedTuple):
    """A simple expression, unresolved."""

    start: int
    end: int
    rule: PeriodRule
    slots: Mapping[str, str]


class PeriodGrammar:
    """Finds expressions of time. Holds compiled patterns only; `scan` is pure and linear in the text."""

    def __init__(self, table: PeriodTable) -> None:
        self._table = table
        self._numbers = table.numbers
        patterns = {rule.id: _expand(rule.pattern, self._numbers) for rule in table.rule}
        self._by_start = _by_start(table.rule, patterns)
        joins = table.joins
        before_point = [*joins.from_, *joins.until, *joins.deadline, *joins.against]
        words = [word for word in self._by_start if word != DIGIT]
        triggers = _by_first_word([*words, *before_point, *joins.same_time])
        self._trigger = {first: regex.compile(f"({whole_words(group)})") for first, group in triggers.items()}
        self._digit = regex.compile(r"(\d)(?=\d?[/.-]|\d? (?:tháng|năm))(?<![\p{L}\d]\d)")
        fill = rf"(?:\s*(?:{alternatives(joins.fill)})(?![\p{{L}}\d]))*\s*"
        self._fill = regex.compile(fill)
        point = rf"{fill}(?:\d|(?:{alternatives(words)})(?![\p{{L}}]))"
        known = {word: [patterns[rule.id] for rule, _ in rules] for word, rules in self._by_start.items()}
        for word in before_point:
            known.setdefault(first_word(word), []).append(regex.escape(word) + point)
        for word in joins.same_time:
            known.setdefault(first_word(word), []).append(regex.escape(word))
        self._promising = {
            first: regex.compile(_any_of(known[first])) for first in [*triggers, DIGIT] if first in known
        }
        self._trigger_words = frozenset(triggers)
        self._bare = regex.compile(_expand("{DATE}", self._numbers) + END)
        self._to = regex.compile(rf"\s*(?:{alternatives(joins.to)})\s*")
        self._first = regex.compile(r"[\p{L}]+|\d")
        self._now = regex.compile(rf"(?:{alternatives(joins.now)})(?![\p{{L}}])")
        self._year = regex.compile(rf",? (?:của )?năm (?:({YEAR})|trước|ngoái|rồi|qua){END}")
        self._attributive = right_before(table.standing.attributive, r"(?:\s+[\dxvi]{1,4})?\s*\(?,?\s*")
        self._document = right_before(table.standing.documents, r"(?![\p{L}])[^,;:()\n]{0,44}")
        self._only_fronted = frozenset(rule.id for rule in table.rule if rule.fronted_only)
        self._break = regex.compile(r".*[,;:(.!?“”\"–\n]|.* -|.*\)", regex.DOTALL)

    def scan(self, view: View, clock: Clock, sentences: Sequence[Span]) -> list[TimeMention]:
        """The mentions in the sentences, in order, none overlapping."""
        lower = view.lower
        places = [
            (at, word) for at, word in view.words.any_of(self._trigger_words) if self._promising[word].match(lower, at)
        ]
        places += [(match.start(), "") for match in self._digit.finditer(lower)]
        places.sort()
        found: list[TimeMention] = []
        index = 0
        for start, end in sentences:
            at = start
            index = bisect_left(places, (start, ""), index)
            while index < len(places) and places[index][0] < end:
                place, word = places[index]
                index += 1
                pattern = self._trigger[word] if word else self._digit
                trigger = pattern.match(lower, place, end) if place >= at else None
                if trigger is None:
                    continue
                mention = self._at(lower, trigger, clock, end)
                at = trigger.end() if mention is None else mention.end
                if mention is not None:
                    found.append(self._placed(lower, mention, start))
        return found

    def _places(self, view: View, end: int) -> list[tuple[int, str]]:
        """Where an expression may begin, with its first word; none where a digit is the first."""
        lower, promising = view.lower, self._promising
        found = [
            (at, word)
            for at, word in view.words.any_of(self._trigger_words)
            if at < end and promising[word].match(lower, at)
        ]
        digits = (match.start() for match in self._digit.finditer(lower, 0, end))
        found += [(at, "") for at in digits if promising[DIGIT].match(lower, at)]
        return sorted(found)

    def term(self, lower: str) -> Days | None:
        """The days of the first term that the text names by its years."""
        pos = lower.find("nhiệm kỳ")
        while pos >= 0:
            for point in self._points(lower, pos, len(lower), "nhiệm"):
                if point.rule.shape == "term":
                    return calendar.resolve("term", "", point.slots, self._numbers, Clock())
            pos = lower.find("nhiệm kỳ", pos + 1)
        return None

    def _points(self, lower: str, at: int, end: int, word: str) -> Iterator[_Point]:
        for rule, pattern in self._by_start.get(word, ()):
            match = pattern.match(lower, at, min(end + 1, len(lower)))
            if match and match.end() <= end and not _follows(lower, at, rule.not_after):
                yield _Point(at, match.end(), rule, _slots(match))

    def _simple(self, lower: str, at: int, end: int, *, single: bool = False) -> _Point | None:
        """The longest simple expression at a place; of equals the first in the file."""
        first = self._first.match(lower, at, end) if at < end else None
        if first is None:
            return None
        points = (
            p for p in self._points(lower, at, end, _start_of(first[0])) if not single or p.rule.shape not in _RANGES
        )
        return max(points, key=lambda p: p.end, default=None)

    def _point(self, lower: str, at: int, end: int, *, single: bool = False) -> _Point | None:
        """A simple expression after filling words, or a bare day and month."""
        filled = self._fill.match(lower, at, end)
        at = filled.end() if filled else at
        simple = self._simple(lower, at, end, single=single)
        bare = self._bare.match(lower, at, min(end + 1, len(lower)))
        if bare and bare.end() <= end and (simple is None or bare.end() > simple.end):
            return _Point(at, bare.end(), _BARE, _slots(bare))
        return simple

    def _at(self, lower: str, trigger: regex.Match[str], clock: Clock, end: int) -> TimeMention | None:
        at, word = trigger.start(), trigger[1] or ""
        joins = self._table.joins
        if word in joins.same_time:
            return self._same_time(lower, at, trigger.end(), end)
        candidates = [self._from_simple(self._simple(lower, at, end), clock)]
        if word in joins.from_:
            candidates.append(self._span(lower, at, trigger.end(), clock, end))
        if word in joins.until:
            candidates.append(self._of_point(at, self._point(lower, trigger.end(), end), clock, "state"))
        if word in joins.deadline:
            candidates.append(self._of_point(at, self._point(lower, trigger.end(), end), clock, "deadline"))
        if word in joins.against:
            candidates.append(self._of_point(at, self._point(lower, trigger.end(), end), clock, "comparison"))
        found = [c for c in candidates if c is not None]
        return max(found, key=lambda m: m.end) if found else None

    def _resolved(self, point: _Point, clock: Clock) -> Days | None:
        return calendar.resolve(point.rule.shape, point.rule.part, point.slots, self._numbers, clock)

    def _from_simple(self, point: _Point | None, clock: Clock) -> TimeMention | None:
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

    def _to_now(self, lower: str, at: int, first: _Point, place: int, clock: Clock) -> TimeMention | None:
        """``từ A đến nay``."""
        now = self._now.match(lower, place)
        if now is None:
            return None
        begin = self._resolved(first, clock)
        days = (begin[0], clock.published) if begin and clock.published and begin[0] <= clock.published else None
        return TimeMention(at, now.end(), days, "span", "period.from-to-now")

    def _of_point(self, at: int, point: _Point | None, clock: Clock, role: str) -> TimeMention | None:
        if point is None or point.rule.shape in ("now", "unresolved"):
            return None
        days = self._resolved(point, clock)
        if role == "state" and days:
            days = (days[1], days[1])
        return TimeMention(at, point.end, days, role, f"period.{role}")

    def _same_time(self, lower: str, at: int, after: int, end: int) -> TimeMention:
        match = self._year.match(lower, after, end)
        year = int(match[1]) if match and match[1] else None
        return TimeMention(
            at, match.end() if match else after, None, "comparison", "period.same-time", same_time=True, year=year
        )

    def _placed(self, lower: str, mention: TimeMention, start: int) -> TimeMention:
        """The mention with its standing: at the head of its clause, or after a noun that it only names."""
        least = max(start, mention.start - 60)
        before = lower[least : mention.start]
        cut = self._break.match(before)
        words = before[cut.end() if cut else 0 :].split()
        whole = cut is not None or mention.start - 60 <= start
        fronted = whole and len(words) <= 4 and all(w in self._table.standing.openers for w in words)  # noqa: PLR2004
        named = mention.role not in ("state", "now", "comparison") and bool(
            self._attributive.match(lower, least, mention.start)
        )
        named = named or (mention.rule == "period.day" and bool(self._document.match(lower, least, mention.start)))
        named = named or (not fronted and mention.rule in self._only_fronted)
        attributive = named and (not fronted or mention.rule == "period.term")
        fronted = fronted and not attributive
        return mention._replace(fronted=fronted, attributive=attributive)


def shifted(days: Days, year: int | None) -> Days | None:
    """The same days of another year, the year before by default."""
    back = 1 if year is None else days[1].year - year
    try:
        return calendar.years_before(days[0], back), calendar.years_before(days[1], back)
    except ValueError:
        return None


def deadline(base: Days | None, until: Days, published: date | None) -> Days | None:
    """From the start of the period that holds the deadline, else from publication, to the deadline."""
    first = base[0] if base and base[0] <= until[1] <= base[1] else published
    return (first, until[1]) if first and first <= until[1] else None


_ROLES = {
    "day": "event",
    "today": "event",
    "yesterday": "event",
    "now": "now",
    "occasion": "campaign",
    "campaign": "campaign",
}
_RANGES = frozenset({"days", "months-range", "years", "term"})
_BARE = PeriodRule(id="period.bare-day", starts=(), pattern="", shape="day", examples=())


def _start_of(said: str) -> str:
    """The word that rules are found by: the first one said, or the sign for a digit."""
    return DIGIT if said[0].isdigit() else said.split(" ", 1)[0]


def _by_first_word(words: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(first_word(word), []).append(word)
    return groups


def _by_start(
    rules: Iterable[PeriodRule], patterns: Mapping[str, str]
) -> dict[str, list[tuple[PeriodRule, regex.Pattern[str]]]]:
    """The rules by the words that their expressions begin with."""
    found: dict[str, list[tuple[PeriodRule, regex.Pattern[str]]]] = {}
    for rule in rules:
        pattern = regex.compile(patterns[rule.id] + END)
        for word in rule.starts:
            found.setdefault(word, []).append((rule, pattern))
    return found


def _any_of(patterns: Iterable[str]) -> str:
    """One pattern for a whole word's: what it takes apart does not matter."""
    return r"(?<![\p{L}\d])(?:" + "|".join(f"(?:{_NAME.sub('(?:', pattern)})" for pattern in patterns) + ")"


_NAME = regex.compile(r"\(\?P<\w+>")


def _slots(match: regex.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value}


def _follows(lower: str, at: int, words: Sequence[str]) -> bool:
    """Whether one of the words stands right before the place."""
    return any(lower.endswith(word, 0, at - 1) for word in words) if words and at else False


def _expand(pattern: str, numbers: Mapping[str, int]) -> str:
    """The pattern with its slots filled in."""
    words = alternatives(numbers)
    for suffix in ("", "2"):
        pattern = pattern.replace(
            f"{{DATE{suffix}}}",
            f"(?:{{D{suffix}}} ?[/.-] ?{{M{suffix}}}(?: ?[/.-] ?{{Y{suffix}}}| năm {{Y{suffix}}})?"
            f"|{{D{suffix}}} tháng {{M{suffix}}}(?:(?: năm |/){{Y{suffix}}})?)",
        )
        for name, text in (("D", DAY), ("M", MONTH), ("Y", YEAR)):
            pattern = pattern.replace(f"{{{name}{suffix}}}", f"(?P<{name.lower()}{suffix}>{text})")
    pattern = pattern.replace("{N}", rf"(?P<n>\d{{1,2}}|{words})")
    return pattern.replace("{Q}", r"(?P<q>iv|iii|ii|i|[1-4])")
