"""Goes from number to number, and takes the rule that reaches farthest at each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.lookalikes.data import Lookalike, LookalikeData
from extractor.lookalikes.rules import AtNumber, CompiledRule, Contest, Followers, Page, contests, first_word
from extractor.numerals.lexicon import alternatives
from extractor.numerals.marks import Marks, MarkScanner
from extractor.span import Span

WORDS, RUN = 7, 120
CAPITAL = 12  # so near behind a number stands the capital of a name or code that begins with the number
REACH = 48
BLANK = ("", " ", "\n")
OPENING = "([\"“‘'"

_BEHIND = re.compile(r"[0-9]*(?: ([^\W\d_]+)| ?([^\w\s]))")

Places = list[tuple[int, tuple[Contest, ...]]]


class LookalikeFinder:
    """Finds the numbers of a text that are no figures; made once from its data, then free of state."""

    def __init__(self, data: LookalikeData) -> None:
        self.data = data
        words = (*data.lists["number"], *data.lists["anchor"])
        self.words = frozenset(map(first_word, words))
        longer = {first_word(phrase) for phrase in words if " " in phrase}
        self._alone = frozenset(words) - longer  # begin no longer number
        self._numbers = re.compile(rf"(?:{alternatives(words)})(?![^\W_])")
        followers = Followers(data)
        self.rules = tuple(CompiledRule(rule, data, followers) for rule in data.rule)
        at_number = tuple(rule for rule in self.rules if not (rule.leads or rule.rule.chunk))
        self._at_digits = AtNumber(rule for rule in at_number if not (rule.rule.capital or rule.cased))
        self._before_capital = AtNumber(rule for rule in at_number if rule.cased and not rule.rule.capital)
        self._at_word = AtNumber(rule for rule in at_number if rule.takes_words)
        self._behind_capital = contests(rule for rule in at_number if rule.rule.capital)
        self._in_run = contests(rule for rule in self.rules if rule.rule.chunk)
        self._before_digits = self._by_distance(self.rules)
        taking_words = tuple(rule for rule in self.rules if rule.takes_words)
        self._before_word = self._by_distance(taking_words)
        begun = {word: contests(rule for rule in taking_words if rule.begins_with(word)) for word in self.words}
        self._from_word = {phrase: begun[first_word(phrase)] for phrase in words}
        self._scanner = MarkScanner(self.words)
        self._settled = re.compile(rf"(?:{data.figure})(?!\w)(?![.,][0-9])|(?P<chain>{data.chain})")

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> LookalikeFinder:
        """A finder with the package's rules and those of the users' folders. Raises DataError."""
        finder = cls(LookalikeData.load(folders))
        for rule in finder.rules if folders else ():
            rule.check()
        return finder

    def _by_distance(self, rules: Iterable[CompiledRule]) -> list[dict[str, tuple[Contest, ...]]]:
        """The rules with leads, by how many words before the number a lead begins, then by its first word."""
        numbers = frozenset((*self.data.lists["number"], *self.data.lists["anchor"]))
        tables: list[dict[str, tuple[CompiledRule, ...]]] = [defaultdict(tuple) for _ in range(WORDS)]
        for rule in rules:
            for word, distance in rule.beginnings(numbers):
                if distance <= WORDS:
                    tables[distance - 1][word] += (rule,)
        made = {few: contests(few) for table in tables for few in table.values()}
        while not tables[-1]:
            tables.pop()
        return [{word: made[few] for word, few in table.items()} for table in tables]

    def find(self, text: str, lower: str, marks: Marks | None = None) -> list[Lookalike]:
        """The look-alikes of a view in order, none overlapping; `lower` is `text` in lower case, same offsets.

        `marks` are those of a scanner that knows `words`, if the text was looked at before.
        """
        marks = marks or self._scanner.read(lower)
        page = Page(text, lower, marks.opened)
        found: list[Lookalike] = []
        done = 0
        for anchor in self._anchors(marks):
            if anchor[0] >= done:
                lookalike = self._at(page, anchor, done)
                if lookalike is not None:
                    found.append(lookalike)
                    done = lookalike.span.end
        return found

    def _anchors(self, marks: Marks) -> list[tuple[int, int]]:
        """Where the numbers stand, in digits and in words, those of several words (mười hai) as one."""
        anchors: list[tuple[int, int]] = []
        done = 0
        for start, end, word in marks.words:
            if start < done or word not in self.words:
                continue
            if word in self._alone:
                anchors.append((start, end))
                continue
            number = self._numbers.match(marks.opened, start)
            if number is not None:
                done = number.end()
                anchors.append((start, done))
        anchors += marks.digits
        anchors.sort()
        return anchors

    def _at(self, page: Page, anchor: tuple[int, int], done: int) -> Lookalike | None:
        """The rule that reaches farthest; of several, the one that begins first, then the first of the file, cased ones last."""
        if page.lower[anchor[0]].isdigit():
            settled = self._settled.match(page.lower, anchor[0])
            if settled is not None:
                chain = settled.lastgroup is not None
                return Lookalike(Span(*settled.span()), "code", "lookalikes.chain") if chain else None
            places = self._digit_places(page, anchor, done)
        else:
            places = self._word_places(page, anchor, done)
        best: CompiledRule | None = None
        begin = farthest = 0
        for place, few in places:
            for contest in few:
                for rule, end in contest.matching(page, place):
                    reached = rule.reach(page, place, end, anchor, done)
                    if reached > farthest:
                        best, begin, farthest = rule, place, reached
        return None if best is None else best.lookalike(begin, farthest)

    def _digit_places(self, page: Page, anchor: tuple[int, int], done: int) -> Places:
        """Where a match that covers a written number may begin, and the rules that may begin so."""
        text, lower, _ = page
        start, end = anchor
        floor = _line_start(lower, done, start)
        before = lower[start - 1] if start else ""
        places, last = _leads(self._before_digits, page.opened, floor, start)
        run = _run_of_signs(lower, floor, start, end)
        if run is not None:
            places.insert(0, (run, self._in_run))
        if before.isalnum():
            return places
        behind = _behind(lower, start)
        places.append((start, self._at_digits.before(behind)))
        if text[end : end + CAPITAL] != lower[end : end + CAPITAL]:
            places.append((start, self._before_capital.before(behind)))
        if text[last].isupper():
            places.append((start, self._behind_capital))
        if before == "(":
            places.append((start - 1, self._at_digits.all + self._before_capital.all))
        return places

    def _word_places(self, page: Page, anchor: tuple[int, int], done: int) -> Places:
        """Where a match that covers a number word may begin, and the rules that may begin so."""
        start, end = anchor
        floor = _line_start(page.lower, done, start)
        places, _ = _leads(self._before_word, page.opened, floor, start)
        places.append((start, self._from_word[page.lower[start:end]]))
        places.append((start, self._at_word.before(_behind(page.lower, end))))
        return places


def _line_start(lower: str, done: int, place: int) -> int:
    """Where the line of a place begins, if that is near; no earlier than where the look-alike before ends."""
    return max(done, lower.rfind("\n", max(done, place - RUN), place) + 1)


def _behind(lower: str, place: int) -> str:
    """The word one space behind a place, or behind the digits there, or the sign; empty if neither stands there."""
    found = _BEHIND.match(lower, place)
    return found[found.lastindex] if found is not None and found.lastindex else ""


def _leads(tables: list[dict[str, tuple[Contest, ...]]], opened: str, floor: int, end: int) -> tuple[Places, int]:
    """Where the leads may begin among the last words before `end`, and where the last of these words begins."""
    window = max(floor, end - REACH)
    places: Places = []
    place, last, distance, farthest = end + 1, end, 0, len(tables)
    for word in reversed(opened[window:end].split(" ")):
        place -= len(word) + 1
        if word:
            if not distance:
                last = place
            few = tables[distance].get(word)
            if few is not None and (place > window or window == floor):
                places.append((place, few))
            distance += 1
            if distance == farthest:
                break
    places.reverse()
    return places, last


def _run_of_signs(lower: str, floor: int, start: int, end: int) -> int | None:
    """Where the run of signs without a space begins that a number stands in, if the run has a letter in it."""
    if lower[end : end + 1] in BLANK and (not start or lower[start - 1] in BLANK):
        return None
    first = max(floor, start - RUN)
    if start:
        first = max(first, lower.rfind(" ", first, start) + 1)
    stop = lower.find(" ", end, end + RUN)
    run = lower[first : end + RUN if stop < 0 else stop]
    if run.upper() == run:
        return None
    while first < start and lower[first] in OPENING:
        first += 1
    return first
