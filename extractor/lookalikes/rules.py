"""A rule ready to be tried at a place, and many of them behind one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.errors import DataError
from extractor.lookalikes.data import NAME, Lookalike, LookalikeData, Rule
from extractor.numerals.lexicon import alternatives
from extractor.span import Span

REACH = 60

_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"([^\W_]+|[^\w\s])[ ]{0,2}$")
_WORD_START = r"(?<!\w)(?<![0-9][.,])"
_RUN_START = r"(?<![^\s(\[\"“‘'])"
# A number ends here, not inside a longer one; letters may be stuck to a year (1/7/2017với).
_NUMBER_END = r"(?:(?!\w)|(?<=20[0-9]{2})(?![0-9]))(?![.,][0-9])"
_NO_RANGE = r"(?! ?[-–~] ?[0-9])"


class Page(NamedTuple):
    """A text as written, in lower case, and in lower case with a space for each sign that may stand before a word."""

    text: str
    lower: str
    opened: str


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


def first_word(phrase: str) -> str:
    """The word that a phrase begins with, or all of a phrase that begins with a sign."""
    found = _WORD.match(phrase)
    return found.group() if found else phrase


def phrase_after(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, behind a place."""
    return re.compile(rf"[ ]{{0,2}}(?:{alternatives(phrases)})(?!\w)")


def _backwards(pattern: str) -> regex.Pattern[str]:
    """An expression for the text right before a place, read from there backwards: one try instead of one a letter."""
    return regex.compile(f"(?r)(?:{pattern})")


class CompiledRule:
    """A rule ready to be tried at a position; its expressions are compiled when first tried."""

    def __init__(self, rule: Rule, data: LookalikeData, followers: Followers) -> None:
        self.rule = rule
        self.leads = data.words(rule.lead)
        self.opening = _RUN_START if rule.chunk else _WORD_START
        self._rest = self._behind_lead(data)
        self.takes_words = self._takes_words(data)
        self._followers = followers
        self._follows = _backwards(data.expanded(rule.follows)) if rule.follows else None
        self._not_follows = _backwards(data.expanded(rule.not_follows)) if rule.not_follows else None
        self._after = frozenset(data.words(rule.after))
        self._not_after = frozenset(data.words(rule.not_after))
        self._unless_words = data.words(rule.unless)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.opening + self.body())

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return phrase_after(self._unless_words) if self._unless_words else None

    def begins_with(self, word: str) -> bool:
        """Whether a lead of the rule begins with the word."""
        return any(first_word(lead.lower()) == word for lead in self.leads)

    def beginnings(self, numbers: frozenset[str]) -> set[tuple[str, int]]:
        """The first words of the leads, each with every distance in words that a number may have from it.

        The number stands behind the lead, or is a word of the lead that is among `numbers`: đến năm (2020).
        """
        found: set[tuple[str, int]] = set()
        for lead in self.leads:
            words = _WORD.findall(lead.lower()) or [lead]
            found.update((words[0], len(words) + gap) for gap in range(self.rule.gap + 1))
            found.update((words[0], inner) for inner, word in enumerate(words) if inner and word in numbers)
        return found

    def check(self) -> None:
        """Compile the rule now. Raises DataError for a pattern that is none."""
        try:
            _ = self._pattern
        except re.error as error:
            raise DataError(f"{NAME}: rule {self.rule.id!r}: pattern: {error}") from error

    def body(self, word: str | None = None) -> str:
        """The expression from the lead on; with `word`, for the leads that begin with it."""
        leads = [lead for lead in self.leads if word is None or first_word(lead.lower()) == word]
        if not leads:
            return self._rest
        any_case = self.rule.cased and all(lead == lead.lower() for lead in self.leads)
        return f"(?{'i' if any_case else ''}:{alternatives(leads)}){self._rest}"

    def _behind_lead(self, data: LookalikeData) -> str:
        """The expression for what stands behind the lead, with the end that the number must have."""
        end = "" if self.rule.kind in ("numbering", "web") else _NUMBER_END
        if self.rule.kind in ("label", "clause"):  # mức 4-5 triệu is an amount
            end += _NO_RANGE
        return f"(?:{data.expanded(self.rule.pattern)}){end}"

    def _takes_words(self, data: LookalikeData) -> bool:
        """Whether the rule can cover a number word; others are not tried there."""
        words = data.lists["number"]
        written = any(word in self.rule.pattern for word in ("{number}", "{magnitude}", *words[1:]))
        return written or any(lead in words for lead in self.leads)

    def match(self, page: Page, start: int, anchor: tuple[int, int], done: int = 0) -> re.Match[str] | None:
        """What the rule finds at `start`, if it covers the number at `anchor`; `done` ends the look-alike before."""
        rule, lower = self.rule, page.lower
        found = self._pattern.match(page.text if rule.cased else lower, start)
        if found is None:
            return None
        if found.end() > anchor[1] and (stop := self._followers.list_end(lower, start, found.end())):
            found = self._pattern.match(page.text if rule.cased else lower, start, stop)
        if found is None or found.end() <= anchor[0] or not self._fits(page.text, lower, start, found.end(), done):
            return None
        return None if rule.improper and not _is_improper(_fields(found)) else found

    def lookalike(self, found: re.Match[str]) -> Lookalike:
        """What a match says."""
        return Lookalike(Span(*found.span()), self.rule.kind, f"lookalikes.{self.rule.id}", _fields(found))

    def _fits(self, text: str, lower: str, start: int, end: int, done: int) -> bool:
        """Whether what stands before and behind allows the rule."""
        if self.rule.line_start and text[max(0, text.rfind("\n", 0, start) + 1) : start].strip(" -•*+"):
            return False
        if self._follows is not None and self._follows.match(text, max(0, start - REACH), start) is None:
            return False
        if self._not_follows is not None and self._not_follows.match(lower, max(0, start - REACH), start):
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


class Contest:
    """Rules that may begin at a place, behind one expression for each case that tells which of them match there."""

    def __init__(self, rules: Iterable[CompiledRule], word: str | None = None) -> None:
        """With `word`, the rules are tried only where a lead of theirs begins with that word."""
        rules = tuple(rules)
        self._lower = _Question.of([rule for rule in rules if not rule.rule.cased], word)
        self._cased = _Question.of([rule for rule in rules if rule.rule.cased], word)

    def matching(self, page: Page, start: int) -> list[CompiledRule]:
        """The rules that match at `start`."""
        rules = [] if self._lower is None else self._lower.answer(page.lower, start)
        if self._cased is not None:
            rules += self._cased.answer(page.text, start)
        return rules


class _Question:
    """Which of some rules match: an expression, compiled when first put, with an empty group for each of them."""

    def __init__(self, rules: list[CompiledRule], word: str | None) -> None:
        self._rules, self._word = rules, word

    @classmethod
    def of(cls, rules: list[CompiledRule], word: str | None) -> _Question | None:
        """The question about the rules, if there are any."""
        return cls(rules, word) if rules else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        bodies = (re.sub(r"\(\?P<\w+>", "(?:", rule.body(self._word)) for rule in self._rules)
        marked = (f"(?:(?={body})(?P<rule{index}>)|)" for index, body in enumerate(bodies))
        return re.compile(self._rules[0].opening + "".join(marked))

    @cached_property
    def _by_group(self) -> list[CompiledRule | None]:
        """The rule of each group; None for a group within a rule's own expression."""
        by_group: list[CompiledRule | None] = [None] * self._pattern.groups
        for index, rule in enumerate(self._rules):
            by_group[self._pattern.groupindex[f"rule{index}"] - 1] = rule
        return by_group

    def answer(self, text: str, start: int) -> list[CompiledRule]:
        """The rules that match at `start`."""
        found = self._pattern.match(text, start)
        if found is None or found.lastindex is None:
            return []
        pairs = zip(self._by_group, found.groups(), strict=True)
        return [rule for rule, mark in pairs if mark is not None and rule is not None]
