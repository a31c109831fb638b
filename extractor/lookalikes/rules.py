"""A rule ready to be tried at a place, and many of them behind one expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.errors import DataError
from extractor.lookalikes.data import NAME, Lookalike, LookalikeData, Rule
from extractor.numerals.lexicon import alternatives
from extractor.span import Span

REACH, MARK = 60, 20
FEW = 8  # so few rules are tried one by one: compiling an expression for them all would cost more than it saves

_WORD = re.compile(r"[^\W_]+")
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
        if not lower[end - 1].isdigit() or not self.counting.match(lower, end) or self.not_counting.match(lower, end):
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


def unnamed(pattern: str) -> str:
    """The pattern without the names that tell what its numbers are."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _backwards(pattern: str) -> regex.Pattern[str]:
    """An expression for the text right before a place, read from there backwards: one try instead of one a letter."""
    return regex.compile(f"(?r)(?:{pattern})")


# The word or the sign before a place.
_BEFORE = _backwards(r"([^\W_]+|[^\w\s])[ ]{0,2}")


class CompiledRule:
    """A rule ready to be tried at a position; its expressions are compiled when first tried."""

    def __init__(self, rule: Rule, data: LookalikeData, followers: Followers) -> None:
        self.rule, self.cased, self._name = rule, rule.cased, f"lookalikes.{rule.id}"
        self.leads = data.words(rule.lead)
        self.goes_on = None if rule.goes_on is None else frozenset(rule.goes_on)
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
    def pattern(self) -> re.Pattern[str]:
        """The whole expression, over the text in lower case unless `cased`."""
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
            _ = self.pattern
        except re.error as error:
            raise DataError(f"{NAME}: rule {self.rule.id!r}: pattern: {error}") from error

    def body(self) -> str:
        """The expression from the lead on."""
        if not self.leads:
            return self._rest
        any_case = self.rule.cased and all(lead == lead.lower() for lead in self.leads)
        return f"(?{'i' if any_case else ''}:{alternatives(self.leads)}){self._rest}"

    def _behind_lead(self, data: LookalikeData) -> str:
        """The expression for what stands behind the lead, with the end that the number must have."""
        end = "" if self.rule.kind in ("numbering", "web") else _NUMBER_END
        if self.rule.kind in ("label", "clause"):  # mức 4-5 triệu is an amount
            end += _NO_RANGE
        pattern = data.expanded(self.rule.pattern)
        return f"(?:{pattern if self.rule.improper else unnamed(pattern)}){end}"

    def _takes_words(self, data: LookalikeData) -> bool:
        """Whether the rule can cover a number word; others are not tried there."""
        words = data.lists["number"]
        written = any(word in self.rule.pattern for word in ("{number}", "{magnitude}", *words[1:]))
        return written or any(lead in words for lead in self.leads)

    def reach(self, page: Page, start: int, end: int, anchor: tuple[int, int], done: int) -> int:
        """Where a match from `start` to `end` ends that covers the number at `anchor`; 0 if the rule does not hold.

        `done` ends the look-alike before. A list whose last member is counted ends before that.
        """
        if end > anchor[1] and (stop := self._followers.list_end(page.lower, start, end)):
            found = self.pattern.match(page.text if self.cased else page.lower, start, stop)
            end = found.end() if found is not None else 0
        if end <= anchor[0] or not self._fits(page.text, page.lower, start, end, done):
            return 0
        return 0 if self.rule.improper and not self._falls(page.text if self.cased else page.lower, start) else end

    def lookalike(self, start: int, end: int) -> Lookalike:
        """The look-alike between the two places."""
        return Lookalike(Span(start, end), self.rule.kind, self._name)

    def _falls(self, text: str, start: int) -> bool:
        """Whether the first number is the greater: no share is above one, no range falls, so it is a day or a score."""
        found = self.pattern.match(text, start)
        numbers = [int(number) for number in found.groups()[:2] if number and number.isdigit()] if found else []
        return len(numbers) > 1 and numbers[0] > numbers[1]

    def _fits(self, text: str, lower: str, start: int, end: int, done: int) -> bool:
        """Whether what stands before and behind allows the rule."""
        if self.rule.line_start and not _opens_line(text, start):
            return False
        if self._follows is not None and self._follows.match(text, max(0, start - REACH), start) is None:
            return False
        if self._not_follows is not None and self._not_follows.match(lower, max(0, start - REACH), start):
            return False
        if self._unless is not None and self._unless.match(lower, end):
            return False
        return not (self._after or self._not_after) or self._fits_before(lower, start, done)

    def _fits_before(self, lower: str, start: int, done: int) -> bool:
        found = _BEFORE.match(lower, max(done, start - 20), start)
        word = found.group(1) if found else ""
        if self._after and word not in self._after:
            return False
        return word not in self._not_after and not ("#" in self._not_after and word.isdigit())


def _opens_line(text: str, start: int) -> bool:
    """Whether nothing but the mark of a list stands before a place in its line."""
    before = text[max(0, start - MARK) : start].rstrip(" -•*+")
    return before.endswith("\n") or (not before and start <= MARK)


class Contest:
    """Rules of one case that may begin at a place.

    Many stand behind one expression, compiled when first asked for. It has an empty group for each rule, which takes
    part where the rule matches, and stands where that match ends.
    """

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = rules
        self._cased = rules[0].cased
        self._few = len(rules) <= FEW

    def matching(self, page: Page, place: int) -> list[tuple[CompiledRule, int]]:
        """The rules that match at a place, and where each match ends."""
        searched = page.text if self._cased else page.lower
        if self._few:
            rules: list[tuple[CompiledRule, int]] = []
            for match, rule in self._tries:
                found = match(searched, place)
                if found is not None:
                    rules.append((rule, found.end()))
            return rules
        told = self._pattern.match(searched, place)
        return [] if told is None or told.lastindex is None else self._told(told)

    def _told(self, told: re.Match[str]) -> list[tuple[CompiledRule, int]]:
        """The rules whose groups take part in a match of the pattern."""
        groups = told.groups()
        rules: list[tuple[CompiledRule, int]] = []
        group = 0
        for _ in range(groups.count("")):
            group = groups.index("", group) + 1
            rule = self._by_group[group - 1]
            if rule is not None:
                rules.append((rule, told.end(group)))
        return rules

    @cached_property
    def _tries(self) -> list[tuple[Callable[[str, int], re.Match[str] | None], CompiledRule]]:
        """What tries each of a few rules."""
        return [(rule.pattern.match, rule) for rule in self._rules]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        bodies = (rule.opening + unnamed(rule.body()) for rule in self._rules)
        marked = "".join(f"(?:(?={body}(?P<rule{index}>))|)" for index, body in enumerate(bodies))
        openings = {rule.opening for rule in self._rules}
        if len(openings) == 1:
            (opening,) = openings
            marked = opening + marked.replace(f"(?={opening}", "(?=")
        return re.compile(marked)

    @cached_property
    def _by_group(self) -> list[CompiledRule | None]:
        """The rule of each group; None for a group within a rule's own expression."""
        by_group: list[CompiledRule | None] = [None] * self._pattern.groups
        for index, rule in enumerate(self._rules):
            by_group[self._pattern.groupindex[f"rule{index}"] - 1] = rule
        return by_group


def contests(rules: Iterable[CompiledRule]) -> tuple[Contest, ...]:
    """The rules, those of either case together."""
    rules = tuple(rules)
    by_case = (tuple(rule for rule in rules if rule.cased is cased) for cased in (False, True))
    return tuple(Contest(few) for few in by_case if few)


class AtNumber:
    """Rules that begin at a number, by the word or sign behind it: few go on with any."""

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        rules = tuple(rules)
        self.all = contests(rules)
        self._any = contests(rule for rule in rules if rule.goes_on is None)
        told = frozenset[str]().union(*(rule.goes_on or () for rule in rules))
        by_few = {few: contests(few) for few in {_going_on(rules, behind) for behind in told}}
        self._by_behind = {behind: by_few[_going_on(rules, behind)] for behind in told}

    def before(self, behind: str) -> tuple[Contest, ...]:
        """The rules that may begin at a number before the word or sign; all where that is empty: something else."""
        return self._by_behind.get(behind, self._any) if behind else self.all


def _going_on(rules: Sequence[CompiledRule], behind: str) -> tuple[CompiledRule, ...]:
    """The rules whose first number may stand before the word or sign."""
    return tuple(rule for rule in rules if rule.goes_on is None or behind in rule.goes_on)
