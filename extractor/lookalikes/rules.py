"""A rule ready to be tried at a place, and many of them behind one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.lookalikes.data import Lookalike, LookalikeData, Rule
from extractor.numerals.lexicon import alternatives
from extractor.span import Span

REACH = 60
FEW = 8

_BEFORE = re.compile(r"([^\W_]+|[^\w\s])[ ]{0,2}$")
_WORD_START = r"(?<!\w)(?<![0-9][.,])"
_RUN_START = r"(?<![^\s(\[\"“‘'])"
# A number ends here, not inside a longer one; letters may be stuck to a year (1/7/2017với).
_NUMBER_END = r"(?:(?!\w)|(?<=20[0-9]{2})(?![0-9]))(?![.,][0-9])"
_NO_RANGE = r"(?! ?[-–~] ?[0-9])"


class Followers:
    """The words that count what stands before them, shared by all rules of a data file."""

    def __init__(self, data: LookalikeData) -> None:
        self.member = re.compile(rf"(?:{data.member})[0-9]{{1,4}}$")
        self.counting = phrase_after(data.words(("@counted", "@measure", "@magnitude", "@counted_time")))
        self.not_counting = phrase_after(data.words(("@uncounted",)))

    def list_end(self, lower: str, start: int, end: int) -> int | None:
        """Where a list of labels or days ends before its last member, if that is counted: mục 4, 6 tiêu chí."""
        if not self.counting.match(lower, end) or self.not_counting.match(lower, end):
            return None
        member = self.member.search(lower, start, end)
        return member.start() if member else None


def phrase_after(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, behind a place."""
    return re.compile(rf"[ ]{{0,2}}(?:{alternatives(phrases)})(?!\w)")


class CompiledRule:
    """A rule ready to be tried at a position."""

    def __init__(self, rule: Rule, data: LookalikeData, followers: Followers) -> None:
        self.rule = rule
        self.leads = data.words(rule.lead)
        self.source = self._source(data)
        self.takes_words = self._takes_words(data)
        self._followers = followers
        self._pattern = re.compile(self.source)
        self._follows = re.compile(data.expanded(rule.follows)) if rule.follows else None
        self._not_follows = re.compile(data.expanded(rule.not_follows)) if rule.not_follows else None
        self._after = frozenset(data.words(rule.after))
        self._not_after = frozenset(data.words(rule.not_after))
        unless = data.words(rule.unless)
        self._unless = phrase_after(unless) if unless else None

    def _source(self, data: LookalikeData) -> str:
        rule = self.rule
        cased = any(lead != lead.lower() for lead in self.leads)
        lead = f"(?{'' if cased else 'i'}:{alternatives(self.leads)})" if self.leads else ""
        end = "" if rule.kind in ("numbering", "web") else _NUMBER_END
        if rule.kind in ("label", "clause"):  # mức 4-5 triệu is an amount
            end += _NO_RANGE
        return rf"{_RUN_START if rule.chunk else _WORD_START}{lead}(?:{data.expanded(rule.pattern)}){end}"

    def _takes_words(self, data: LookalikeData) -> bool:
        """Whether the rule can cover a number word; others are not tried there."""
        words = data.lists["number"]
        written = any(word in self.rule.pattern for word in ("{number}", "{magnitude}", *words[1:]))
        return written or any(lead in words for lead in self.leads)

    def match(self, text: str, lower: str, start: int, anchor: Span, done: int = 0) -> Lookalike | None:
        """What the rule finds at `start`, if it covers the number at `anchor`; `done` ends the look-alike before."""
        rule = self.rule
        found = self._pattern.match(text if rule.cased else lower, start)
        if found is None:
            return None
        if found.end() > anchor.end and (stop := self._followers.list_end(lower, start, found.end())):
            found = self._pattern.match(text if rule.cased else lower, start, stop)
        if found is None or found.end() <= anchor.start or not self._fits(text, lower, start, found.end(), done):
            return None
        fields = _fields(found)
        if rule.improper and not _is_improper(fields):
            return None
        return Lookalike(Span(start, found.end()), rule.kind, f"lookalikes.{rule.id}", fields)

    def _fits(self, text: str, lower: str, start: int, end: int, done: int) -> bool:
        """Whether what stands before and behind allows the rule."""
        if self.rule.line_start and text[max(0, text.rfind("\n", 0, start) + 1) : start].strip(" -•*+"):
            return False
        if self._follows and self._follows.search(text, max(0, start - REACH), start) is None:
            return False
        if self._not_follows and self._not_follows.search(lower, max(0, start - REACH), start):
            return False
        if self._unless is not None and self._unless.match(lower, end):
            return False
        return not (self._after or self._not_after) or self._fits_before(lower, start, done)

    def _fits_before(self, lower: str, start: int, done: int) -> bool:
        found = _BEFORE.search(lower, max(done, start - 20), start)
        word = found.group(1) if found else ""
        if self._after and word not in self._after:
            return False
        return word not in self._not_after and not ("#" in self._not_after and word.isdigit())


def _fields(found: re.Match[str]) -> tuple[tuple[str, int | str], ...]:
    groups = found.groupdict()  # a name cannot be used twice in one pattern: month_b is another place for month
    return tuple((name.removesuffix("_b"), int(v) if v.isdigit() else v) for name, v in groups.items() if v is not None)


def _is_improper(fields: tuple[tuple[str, int | str], ...]) -> bool:
    """Whether the first number is the greater: no share is above one, no range falls, so it is a day or a score."""
    first, second = (number for _, number in fields[:2])
    return isinstance(first, int) and isinstance(second, int) and first > second


class Sieve:
    """Rules that may begin at a place, a few at a time behind an expression that tells whether one can match there."""

    def __init__(self, rules: tuple[CompiledRule, ...]) -> None:
        lower = [rule for rule in rules if not rule.rule.cased]
        cased = [rule for rule in rules if rule.rule.cased]
        self._lower = [(_either(few), tuple(few)) for few in batched(lower, FEW)]
        self._cased = [(_either(few), tuple(few)) for few in batched(cased, FEW)]

    def at(self, text: str, lower: str, start: int) -> list[CompiledRule]:
        """The rules that are worth trying at `start`."""
        found: list[CompiledRule] = []
        for pattern, rules in self._lower:
            if pattern.match(lower, start):
                found.extend(rules)
        for pattern, rules in self._cased:
            if pattern.match(text, start):
                found.extend(rules)
        return found


def batched(rules: list[CompiledRule], size: int) -> Iterator[list[CompiledRule]]:
    """The rules in rows of `size`."""
    return (rules[first : first + size] for first in range(0, len(rules), size))


def _either(rules: Iterable[CompiledRule]) -> re.Pattern[str]:
    """One expression that matches where any rule's own does."""
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.source) for rule in rules))
