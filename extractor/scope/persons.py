"""Persons named in a text, and whether each speaks for an office or only for himself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import View
from extractor.lookup import (
    CAPITALS,
    LETTER,
    Found,
    Leads,
    Openings,
    Phrases,
    alternatives,
    united,
)
from extractor.scope.state import Stretch

HELD = 90
"""Letters before a person in which his office begins."""
CLOSE = 80
"""Letters at most between the office and the person."""


class Named(NamedTuple):
    """A person named; `name` is the given name, `office` whether one is told right before or after."""

    start: int
    title_end: int
    end: int
    name: str
    office: bool


class Persons:
    """The persons of one article. Those named with an office once are officials wherever they are named."""

    def __init__(self, finder: PersonFinder, text: str, named: Sequence[Named]) -> None:
        self._finder, self._text, self.named = finder, text, named
        self._officials = {person.name for person in _apart(named) if person.office}

    def within(self, named: Sequence[Named], span: Stretch) -> tuple[int | None, bool]:
        """Of those named in a sentence: where the first private person is, and whether an official is among them."""
        cut = [self._finder.shortened(self._text, person, span) for person in named]
        told = _apart([person for person in cut if person])
        private = (p.start for p in told if p.name not in self._officials and not p.office)
        return next(private, None), any(p.name in self._officials or p.office for p in told)


class PersonFinder:
    """Finds words like ``anh`` or ``bà`` with a name behind them. Holds compiled patterns only."""

    def __init__(self, persons: Sequence[str], offices: Sequence[str], before_office: Sequence[str]) -> None:
        name = rf"(?:[{CAPITALS}](?:{LETTER}|\.)*\s+){{0,4}}[{CAPITALS}]{LETTER}*"
        self._title = Phrases(persons)
        self._name = re.compile(rf"\s+({name})(?!{LETTER})")
        self._office = re.compile(
            rf"[,\s(–-]{{1,3}}(?:(?:{alternatives(before_office)}) )?(?:{alternatives(offices)})(?!{LETTER})",
            re.IGNORECASE,
        )
        self._offices = Phrases(offices)
        self._between = re.compile(rf"(?:{LETTER}|\s)*")
        self.openings: Openings = united(self._title.openings, self._offices.openings)

    def find(self, view: View, words: Leads | None = None) -> Persons:
        """The persons of an article; `words` are those of the openings."""
        words = view.words.among(self.openings) if words is None else words
        named = [
            (title.start, name)
            for title in self._title.find(view.lower, words, overlapping=True)
            if (name := self._name.match(view.text, title.end))
        ]
        offices = list(self._offices.find(view.lower, words)) if named else []
        return Persons(self, view.text, [self._named(view.text, start, name, offices) for start, name in named])

    def shortened(self, text: str, person: Named, sentence: Stretch) -> Named | None:
        """The person as far as named within the sentence."""
        if person.end <= sentence.end:
            return person
        name = self._name.match(text, person.title_end, sentence.end)
        return person._replace(end=name.end(), name=_given(name)) if name else None

    def _named(self, text: str, start: int, name: re.Match[str], offices: Sequence[Found]) -> Named:
        office = self._office.match(text, name.end()) is not None or self._held(text, start, offices)
        return Named(start, name.start(), name.end(), _given(name), office)

    def _held(self, text: str, start: int, offices: Sequence[Found]) -> bool:
        """Whether an office is told right before, in the same line."""
        place = bisect_right(offices, start, key=lambda office: office.end) - 1
        if place < 0 or start - offices[place].end > CLOSE or start - offices[place].start > HELD:
            return False
        between = self._between.fullmatch(text, offices[place].end, start)
        return between is not None and "\n" not in between[0]


def _given(match: re.Match[str]) -> str:
    return str(match[1].split()[-1])


def _apart(named: Sequence[Named]) -> list[Named]:
    """Those that do not begin within the one before."""
    found: list[Named] = []
    for person in named:
        if not found or person.start >= found[-1].end:
            found.append(person)
    return found
