"""Simple expressions of time, as the rules of ``periods.toml`` describe them: found at a place by the words said there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from extractor.datafile import Table
from extractor.lookup import LETTER, LETTER_OR_DIGIT, alternatives, openings

DIGIT = r"\d"
"""What rules that begin with a digit are found by."""
NUMBER = "{N}"
"""A small number in digits or words."""
_GROUP = re.compile(r"\(\?P<(\w+)>")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_YEAR = r"(?:19|20)\d\d"
END = rf"(?!{LETTER_OR_DIGIT}|[/.,]\d|[-/]{LETTER_OR_DIGIT})"
RANGES = frozenset({"days", "months-range", "years", "term"})
"""The shapes that are spans by themselves."""


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


class Point(NamedTuple):
    """A simple expression, unresolved."""

    start: int
    end: int
    rule: PeriodRule
    slots: Mapping[str, str]


class Slots:
    """What the slots of patterns stand for: ``{D}``, ``{M}``, ``{Y}``, ``{N}``, ``{Q}``, and ``{DATE}`` of several."""

    def __init__(self, date: str, numbers: Mapping[str, int]) -> None:
        self._numbers = tuple(numbers)
        number = rf"(?P<n>\d{{1,2}}|{alternatives(numbers)})"
        self._texts = {"{N}": number, "{Q}": r"(?P<q>iv|iii|ii|i|[1-4])"}
        for suffix in ("", "2"):
            for name, text in (("D", _DAY), ("M", _MONTH), ("Y", _YEAR)):
                self._texts[f"{{{name}{suffix}}}"] = f"(?P<{name.lower()}{suffix}>{text})"
        second = re.sub(r"\{([A-Z])\}", r"{\g<1>2}", date)
        self._texts = {"{DATE}": self.filled(date), "{DATE2}": self.filled(second), **self._texts}

    def filled(self, pattern: str) -> str:
        """The pattern with its slots filled in."""
        for name, text in self._texts.items():
            pattern = pattern.replace(name, text)
        return pattern

    def starts(self, rule: PeriodRule) -> Iterator[str]:
        """The ways in which a rule's expressions begin, its numbers in words and as the sign for a digit."""
        for start in rule.starts:
            if NUMBER in start:
                yield from (start.replace(NUMBER, number) for number in (*self._numbers, DIGIT))
            else:
                yield start


class Form:
    """A rule with its expression. A slot may stand in it several times: its groups are told apart by numbers."""

    __slots__ = ("_not_after", "expression", "nameless", "range", "rule")

    def __init__(self, rule: PeriodRule, slots: Slots) -> None:
        pattern = slots.filled(rule.pattern) + END
        number = count()
        self.rule, self._not_after, self.range = rule, rule.not_after, rule.shape in RANGES
        self.expression = re.compile(_GROUP.sub(lambda name: f"(?P<{name[1]}_{next(number)}>", pattern))
        self.nameless = _GROUP.sub("(?:", pattern)

    def match(self, lower: str, at: int, end: int) -> re.Match[str] | None:
        """The expression that begins at a place and ends at `end` at the latest; one letter behind it is looked at."""
        match = self.expression.match(lower, at, end + 1)
        return match if match is not None and self.fits(lower, at, end, match) else None

    def fits(self, lower: str, at: int, end: int, match: re.Match[str]) -> bool:
        """Whether a match at a place ends at `end` at the latest, and nothing before the place forbids it."""
        return match.end() <= end and not (at and lower.endswith(self._not_after, 0, at - 1))

    def point(self, match: re.Match[str]) -> Point:
        """The point of time that a match tells."""
        told = {name.rpartition("_")[0]: value for name, value in match.groupdict().items() if value}
        return Point(match.start(), match.end(), self.rule, told)


class Expressions:
    """The forms by the words that they begin with.

    `openings` are those of all of them; `numeric` finds whether one that begins with a digit stands at a place.
    """

    def __init__(self, rules: Sequence[PeriodRule], slots: Slots) -> None:
        starts: dict[str, list[tuple[str, Form]]] = {}
        for rule in rules:
            form = Form(rule, slots)
            for start in slots.starts(rule):
                first, _, second = start.partition(" ")
                starts.setdefault(first, []).append((second.partition(" ")[0], form))
        self._forms = {first: _by_second(forms) for first, forms in starts.items()}
        numeric = dict.fromkeys(form.nameless for _, form in starts.get(DIGIT, ()))
        self.numeric = re.compile("|".join(f"(?:{pattern})" for pattern in numeric))
        self.openings = openings(start for rule in rules for start in slots.starts(rule))
        date = PeriodRule(id="period.bare-day", starts=(), pattern="{DATE}", shape="day", examples=())
        self._date = Form(date, slots)
        self._first = re.compile(rf"(?:(\d)\d{{0,3}}|({LETTER}+))(?: ({LETTER}+))?")

    def simple(self, lower: str, at: int, end: int, *, single: bool = False) -> Point | None:
        """The longest simple expression at a place; `single` leaves out spans."""
        forms = self._at(lower, at, end)
        return self.longest([form for form in forms if not form.range] if single else forms, lower, at, end)

    def longest(self, forms: Sequence[Form], lower: str, at: int, end: int) -> Point | None:
        """The longest expression of some forms at a place; of equals the first in the file."""
        best: tuple[Form, re.Match[str]] | None = None
        for form in forms:
            match = form.expression.match(lower, at, end + 1)  # most fail here
            if match is None or not form.fits(lower, at, end, match):
                continue
            if best is None or match.end() > best[1].end():
                best = form, match
        return best[0].point(best[1]) if best else None

    def dated(self, lower: str, at: int, end: int) -> Point | None:
        """A day and month at a place, without any word."""
        match = self._date.match(lower, at, end) if lower[at : at + 1].isdecimal() else None
        return self._date.point(match) if match else None

    def of_shape(self, shape: str, lower: str, at: int) -> Iterator[Point]:
        """The expressions of one shape at a place."""
        end = len(lower)
        for form in self._at(lower, at, end):
            if form.rule.shape == shape and (match := form.match(lower, at, end)):
                yield form.point(match)

    def begun(self, first: str, second: str) -> Sequence[Form]:
        """The forms that can begin with a word and another, or with a mark or digit behind it, in the order of the file."""
        forms = self._forms.get(first)
        return forms.get(second or DIGIT) or forms[""] if forms else ()

    def _at(self, lower: str, at: int, end: int) -> Sequence[Form]:
        """The forms that can begin with what stands at a place."""
        said = self._first.match(lower, at, end)
        digit, first, second = said.groups() if said else ("", "", "")
        return self.begun(DIGIT if digit else first, second)


def _by_second(forms: Sequence[tuple[str, Form]]) -> dict[str, tuple[Form, ...]]:
    """The forms by the word that may come second; under the empty one those that any may follow."""
    seconds = {second for second, _ in forms}
    return {
        second: tuple(dict.fromkeys(form for known, form in forms if known in ("", second)))
        for second in (*seconds, "")
    }
