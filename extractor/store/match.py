"""Whether two figures tell of one thing: surely (they may contradict), likely (they may only support), or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum

from extractor.store.facts import Fact
from extractor.store.phrases import Syllables, syllables
from extractor.store.rules import StoreRules

AT_ONCE = 4
"""Within so many syllables behind a figure it is told who gets it."""
GETTING = 4
"""So many syllables tell who gets it."""


class Match(IntEnum):
    """How surely two figures tell of one thing."""

    NONE = 0
    NEAR = 1
    SAME = 2


class Matcher:
    """Compares the keys of two facts of equal kind, unit and head. Keeps no state."""

    def __init__(self, rules: StoreRules) -> None:
        self._rules = rules
        self._far = rules.comparing
        self._tests: tuple[Callable[[Fact, Fact], Match], ...] = (
            self.period,
            self.area,
            self.holder,
            self.qualifiers,
            self.action,
            self.generic,
            self.by_sentence,
        )

    def match(self, a: Fact, b: Fact) -> Match:
        """The least sure of all tests; figures that their own article tells in two ways are never surely the same."""
        found = Match.SAME if a.single and b.single else Match.NEAR
        for test in self._tests:
            found = min(found, test(a, b))
            if found is Match.NONE:
                break
        return found

    def period(self, a: Fact, b: Fact) -> Match:
        """The same days; states a few days apart; without a period, the same words within a few days."""
        if "none" in (a.era, b.era):
            near = a.era == b.era and _within(a.published, b.published, self._far.undated_days)
            return Match.SAME if near and alike(a, b) >= self._far.alike else Match.NONE
        if (a.period_from, a.period_to) == (b.period_from, b.period_to):
            return Match.SAME
        if a.era == b.era == "day":
            if not {a.action, b.action} <= self._rules.stock:
                return Match.NONE
            if _within(a.period_to, b.period_to, self._far.state_days):
                return Match.SAME
        close = a.era == b.era and _within(a.period_to, b.period_to, self._far.support_days)
        return Match.NEAR if close else Match.NONE

    def area(self, a: Fact, b: Fact) -> Match:
        """One place, or one of them not said; a place and one within it are whole and part."""
        if a.area == b.area or not (a.area and b.area):
            return Match.SAME
        if a.area.partition(":")[0] == b.area.partition(":")[0]:
            return Match.NONE
        return (
            Match.SAME
            if a.era == "day" and a.holder == b.holder and "area" not in (a.holder_sort, b.holder_sort)
            else Match.NEAR
        )

    def holder(self, a: Fact, b: Fact) -> Match:
        """One body; a place and its unions are one for what they all have."""
        if a.holder != b.holder:
            return Match.NONE
        return Match.SAME if a.holder_sort == b.holder_sort or {a.head, a.action} & self._rules.shared else Match.NEAR

    def qualifiers(self, a: Fact, b: Fact) -> Match:
        """The same qualifiers, or one's among the other's."""
        one, two = set(a.qualifiers.split()), set(b.qualifiers.split())
        if one == two:
            return Match.SAME
        return Match.NEAR if one <= two or two <= one else Match.NONE

    def action(self, a: Fact, b: Fact) -> Match:
        """The same deed; where one says none, the sentences decide."""
        if a.action == b.action:
            return Match.SAME
        if a.action and b.action:
            return Match.NONE
        return Match.SAME if alike(a, b) >= self._far.akin else Match.NEAR

    def generic(self, a: Fact, b: Fact) -> Match:
        """What says nothing by itself is the same only for one organisation and one deed."""
        if a.head not in self._rules.generic or a.qualifiers:
            return Match.SAME
        one, two = (_recipients(fact, self._rules.phrases.recipients) for fact in (a, b))
        if one and two and not one & two:
            return Match.NONE
        told = a.head not in self._rules.by_sentence or alike(a, b) >= self._far.akin
        return (
            Match.SAME
            if told and a.action and b.action and "area" not in (a.holder_sort, b.holder_sort)
            else Match.NEAR
        )

    def by_sentence(self, a: Fact, b: Fact) -> Match:
        """Shares and the like are told by the whole sentence."""
        told = a.kind not in self._far.by_sentence or alike(a, b) >= self._far.akin
        return Match.SAME if told else Match.NONE


def _recipients(fact: Fact, word: str) -> frozenset[str] | None:
    """The first syllables of who gets what the figure counts, if its sentence says so right behind it."""
    behind = syllables((fact.evidence or "").partition(fact.text)[2].partition(",")[0].partition(".")[0])
    at = behind.index(word) if word in behind[:AT_ONCE] else -1
    return frozenset(behind[at + 1 : at + 1 + GETTING]) if at >= 0 else None


def _within(a: date | None, b: date | None, days: int) -> bool:
    return a is not None and b is not None and abs((a - b).days) <= days


def alike(a: Fact, b: Fact) -> float:
    """The share of their syllables that two sentences have in common, numbers left out."""
    one, two = _words(a.evidence), _words(b.evidence)
    return len(one & two) / len(one | two) if one and two else 0.0


def _words(sentence: str | None) -> frozenset[str]:
    words: Syllables = syllables(sentence or "")
    return frozenset(word for word in words if not word[0].isdigit())
