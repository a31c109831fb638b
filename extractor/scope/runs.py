"""Runs of capitalised syllables in a text, in which names of places may stand, and the words for sorts of units before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.datafile import Table
from extractor.lookup import CAPITALS, Openings, Words, alternatives, openings, united
from extractor.scope.gazetteer import Gazetteer
from extractor.span import Span

FAR = 400
"""Letters of a run of capitals at most before a name in it."""
SYLLABLE = 24
"""Letters of a syllable at most."""


class PlaceType(Table):
    """A sort of unit and the words for it."""

    id: str
    words: tuple[str, ...]
    levels: tuple[str, ...]
    numbered: bool = False
    open: bool = False
    examples: tuple[str, ...]


class PlaceWords(Table):
    """Words around names; see ``places.toml``."""

    qualifiers: tuple[str, ...]
    no_names: frozenset[str]
    never_bare: frozenset[str]
    openers: frozenset[str]
    things: tuple[str, ...]
    locative: tuple[str, ...]
    country: tuple[str, ...]
    national: tuple[str, ...]
    plural: tuple[str, ...]
    several: tuple[str, ...]
    many: str
    clauses: tuple[str, ...]
    together: str


class PlaceTable(Table):
    """The schema of ``places.toml``."""

    type: tuple[PlaceType, ...]
    words: PlaceWords


class Run(NamedTuple):
    """Capitalised syllables in a row, with the word for a unit before them, if any."""

    start: int
    type: PlaceType | None
    tokens: tuple[Span, ...]
    glued: tuple[bool, ...]


class RunReader:
    """Finds runs. Holds compiled patterns; `gazetteer` is only read."""

    def __init__(self, table: PlaceTable, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.types = {w.lower().rstrip("."): t for t in table.type for w in t.words}
        kinds = alternatives(w for t in table.type for w in t.words)
        numbered = alternatives(w for t in table.type if t.numbered for w in t.words)
        apart = alternatives(w.rstrip(".") for t in table.type if not t.open for w in t.words if len(w.rstrip(".")) > 1)
        typed = rf"(?:\s*(?<=\.)|\s+)(?:(?:{alternatives(table.words.qualifiers)})\s+)?"
        token = (
            rf"(?!(?i:{apart})(?![\p{{L}}\d]))(?:\p{{Lu}}[\p{{L}}\d’']*|(?<=\p{{Lu}}[\p{{L}}’']* )\d{{1,2}}(?![\d.,/]))"
        )
        self._run = regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<type>(?i:{kinds})){typed})?"
            rf"(?P<run>{token}(?:(?:\s?[-–]\s?|[ ’']){token})*|(?<=(?i:{numbered})\s?)\d{{1,2}}(?![\d/%]|[.,]\d))"
        )
        self._before_run = re.compile(rf"(?i:{kinds}){typed}[{CAPITALS}\d]")
        self._capital = regex.compile(token)
        self._chain = regex.compile(rf"(?r)(?<![\p{{L}}\d])(?:{token}(?:\s?[-–]\s?|[ ’']))+")
        self._token = re.compile(r"(?:[^\W_]|[’'])+")
        self._type_openings = openings(w.lower() for t in table.type for w in t.words)
        self.openings: Openings = united(self._type_openings, gazetteer.openings)

    def read(self, text: str, words: Words) -> Iterator[Run]:
        """The runs behind a word for a unit, and those in which a name of the gazetteer may begin."""
        before = ((at, True) for at, _, _ in words.among(self._type_openings) if self._before_run.match(text, at))
        named = ((at, False) for at in self._gazetteer.bare_places(text, words))
        end = 0
        for at, typed in sorted([*named, *before]):
            start = self._chain_start(text, at) if at >= end else None
            if start is None or (typed and start < at):
                continue
            match = self._run.match(text, start)
            if match is None or (typed and match["type"] is None):
                continue
            end = match.end()
            yield self._parted(text, match)

    def _chain_start(self, text: str, at: int) -> int:
        """Where the capitals begin that go on to a place; the place itself where none stand before it."""
        before = text[max(0, at - SYLLABLE) : at]
        if not text[at].isupper() or before[:-1].rpartition(" ")[2].islower():
            return at
        if not self._capital.match(text, at):
            return at
        chain = self._chain.match(text, max(0, at - FAR), at)
        return chain.start() if chain else at

    def _parted(self, text: str, match: regex.Match[str]) -> Run:
        start, end = match.span("run")
        tokens = tuple(Span(*m.span()) for m in self._token.finditer(text, start, end))
        glued = tuple(text[a.end : b.start] != " " for a, b in pairwise(tokens))
        word = (match["type"] or "").lower().rstrip(".")
        return Run(match.start(), self.types.get(word), tokens, glued)
