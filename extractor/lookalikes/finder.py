"""Goes from number to number, and takes the rule that reaches farthest at each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractor.lookalikes.data import Lookalike, LookalikeData
from extractor.lookalikes.rules import CompiledRule, Followers, Sieve
from extractor.numerals.lexicon import words_pattern
from extractor.span import Span

WORDS, RUN, MANY = 7, 120, 3
REACH = 48
OPENING = "([\"“‘'"

_WORD = re.compile(r"[^\W_]+")

RulesAt = Callable[[str, str, int], Sequence[CompiledRule]]


class LookalikeFinder:
    """Finds the numbers of a text that are no figures; made once from its data, then free of state."""

    def __init__(self, data: LookalikeData) -> None:
        self.data = data
        followers = Followers(data)
        self.rules = tuple(CompiledRule(rule, data, followers) for rule in data.rule)
        at_number = tuple(rule for rule in self.rules if not (rule.leads or rule.rule.chunk))
        self._at_digits = Sieve(tuple(rule for rule in at_number if not rule.rule.capital))
        self._at_word = Sieve(tuple(rule for rule in at_number if rule.takes_words))
        self._behind_capital = tuple(rule for rule in at_number if rule.rule.capital)
        self._in_run = Sieve(tuple(rule for rule in self.rules if rule.rule.chunk))
        self._before_digits = self._by_first_word(lambda _: True)
        self._before_word = self._by_first_word(lambda rule: rule.takes_words)
        words = words_pattern((*data.lists["number"], *data.lists["anchor"]), before=r"\w")
        self._anchor = re.compile(rf"[0-9](?<![0-9].)[0-9]*(?:[.,][0-9]+)*|{words}")
        self._chain = re.compile(data.chain)
        self._figure = re.compile(rf"(?:{data.figure})(?!\w)(?![.,][0-9])")

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> LookalikeFinder:
        """A finder with the package's rules and those of the users' folders. Raises DataError."""
        return cls(LookalikeData.load(folders))

    def _by_first_word(self, wanted: Callable[[CompiledRule], bool]) -> dict[str, RulesAt]:
        """The rules with leads by the first word of each lead; many behind a sieve, few as they are."""
        rules: dict[str, list[CompiledRule]] = defaultdict(list)
        for rule in filter(wanted, self.rules):
            for first in dict.fromkeys(_first_word(lead.lower()) for lead in rule.leads):
                rules[first].append(rule)
        return {word: Sieve(tuple(few)).at if len(few) > MANY else _Always(tuple(few)) for word, few in rules.items()}

    def find(self, text: str, lower: str) -> list[Lookalike]:
        """The look-alikes of a view in order, none overlapping; `lower` is `text` in lower case, same offsets."""
        found: list[Lookalike] = []
        done = 0
        for number in self._anchor.finditer(lower):
            start, end = number.span()
            if start < done or self._figure.match(lower, start):
                continue
            lookalike = self._at(text, lower, Span(start, end), done)
            if lookalike is not None:
                found.append(lookalike)
                done = lookalike.span.end
        return found

    def _at(self, text: str, lower: str, anchor: Span, done: int) -> Lookalike | None:
        """The rule that reaches farthest; of several, the one that begins first, then the first of the file."""
        chain = self._chain.match(lower, anchor.start)
        if chain is not None:
            return Lookalike(Span(*chain.span()), "code", "lookalikes.chain")
        best: Lookalike | None = None
        places = self._digit_places if lower[anchor.start].isdigit() else self._word_places
        for start, rules in places(text, lower, anchor, done):
            for rule in rules:
                lookalike = rule.match(text, lower, start, anchor, done)
                if lookalike is not None and (best is None or lookalike.span.end > best.span.end):
                    best = lookalike
        return best

    def _digit_places(
        self, text: str, lower: str, anchor: Span, done: int
    ) -> Iterator[tuple[int, Sequence[CompiledRule]]]:
        """Where a match that covers a written number may begin, and the rules that may begin so."""
        start = anchor.start
        floor = max(done, lower.rfind("\n", max(done, start - RUN), start) + 1)
        before = lower[start - 1 : start]
        run = start if before in ("", " ", "\n") else _run_start(lower, max(floor, start - RUN), start)
        yield run, self._in_run.at(text, lower, run)
        words = _words_before(lower, max(floor, start - REACH), start)
        for place, word in words:
            rules_at = self._before_digits.get(word)
            if rules_at is not None and (place > start - REACH or place == floor):
                yield place, rules_at(text, lower, place)
        if before.isalnum():
            return
        yield start, self._at_digits.at(text, lower, start)
        if words and text[words[-1][0]].isupper():
            yield start, self._behind_capital
        if before == "(":
            yield start - 1, self._at_digits.at(text, lower, start - 1)

    def _word_places(
        self, text: str, lower: str, anchor: Span, done: int
    ) -> Iterator[tuple[int, Sequence[CompiledRule]]]:
        """Where a match that covers a number word may begin, and the rules that may begin so."""
        start = anchor.start
        floor = max(done, lower.rfind("\n", max(done, start - RUN), start) + 1)
        here = (start, _first_word(lower[start : anchor.end]))
        for place, word in (*_words_before(lower, max(floor, start - REACH), start), here):
            rules_at = self._before_word.get(word)
            if rules_at is not None:
                yield place, rules_at(text, lower, place)
        yield start, self._at_word.at(text, lower, start)


class _Always:
    """The same rules at any place. A class and no lambda, so that an extractor can travel to other processes."""

    __slots__ = ("_rules",)

    def __init__(self, rules: tuple[CompiledRule, ...]) -> None:
        self._rules = rules

    def __call__(self, _text: str, _lower: str, _start: int) -> tuple[CompiledRule, ...]:
        return self._rules


def _run_start(lower: str, floor: int, end: int) -> int:
    """Where the run of signs without a space begins that a number stands in."""
    start = max(floor, lower.rfind(" ", floor, end) + 1)
    while start < end and lower[start] in OPENING:
        start += 1
    return start


def _words_before(lower: str, window: int, end: int) -> list[tuple[int, str]]:
    """The last words of a window with their places."""
    return [(word.start(), word.group()) for word in _WORD.finditer(lower, window, end)][-WORDS:]


def _first_word(phrase: str) -> str:
    found = _WORD.match(phrase)
    return found.group() if found else phrase
