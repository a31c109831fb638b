"""How far the name of a body goes: from its head on, pieces are taken as long as they can belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import NamedTuple

from extractor.datafile import Table
from extractor.lookup import CAPITALS, LETTER, LETTER_OR_DIGIT, alternatives, first_word

LONG = 14
"""Words at most between the head of a name and its short form in brackets."""
WIDTH = 300
"""Letters that so many words have at most."""
SYLLABLES = 5
"""Syllables at most of the name of a unit."""


class Head(Table):
    """Words that a body's name begins with; see ``organizations.toml``."""

    id: str
    words: tuple[str, ...]
    bare: bool = False
    generic: bool = False
    agent_only: bool = False
    opaque: bool = False
    examples: tuple[str, ...]


class Tail(Table):
    """What goes on a name."""

    words: tuple[str, ...]
    fixed: tuple[str, ...]
    units: tuple[str, ...]
    trade: str
    breakers: frozenset[str]
    magnitudes: tuple[str, ...]
    surnames: frozenset[str]
    named_after: frozenset[str]


class _Piece(NamedTuple):
    """A piece of a name: its end, and what it is.

    `sure` if it surely belongs to the name, `unit` if a word for a unit, `named` if a syllable of a proper name.
    """

    end: int
    sure: bool = False
    unit: bool = False
    named: bool = False


class NameReader:
    """Reads names. Holds compiled patterns; `is_place` says whether a name is that of an administrative unit."""

    def __init__(
        self, tail: Tail, nested: Mapping[str, Head], is_place: Callable[[str], bool], vocabulary: Container[str]
    ) -> None:
        """`nested` are the heads that may stand within a name; `vocabulary` holds words of several syllables."""
        self._tail, self._is_place, self._vocabulary = tail, is_place, vocabulary
        self._opaque = frozenset(word for word, head in nested.items() if head.opaque)
        self._unit = re.compile(rf"\s+(?:{alternatives(tail.units)})(?:(?<=\.)|(?!{LETTER_OR_DIGIT}))")
        self._fixed = re.compile(rf"\s+(?:{alternatives(tail.fixed)})(?!{LETTER_OR_DIGIT})")
        self._nested = re.compile(rf"\s+(?:{alternatives(nested)})(?!{LETTER_OR_DIGIT})")
        self._word = re.compile(rf"(?:\s+|\s?[-–&]\s?)(?:{alternatives(tail.words)})(?!{LETTER_OR_DIGIT})")
        self._known = frozenset(map(first_word, [*tail.units, *tail.fixed, *nested, *tail.words]))
        self._next = re.compile(rf"(?:\s+|\s?[-–&]\s?|\.)({LETTER}+)")
        self._behind = re.compile(rf" ({LETTER}+)")
        self._cap = re.compile(rf"(?:\s+|\s?[-–&]\s?|\.)[{CAPITALS}][\w&’'-]*")
        self._small = re.compile(rf"\s+({LETTER}+)(?=\s+[{CAPITALS}](?![{CAPITALS}]){LETTER})")
        self._number = re.compile(rf"\s+\d{{1,4}}(?![\d.,/%]|\s*(?:{alternatives(tail.magnitudes)}|%))")
        self._quoted = re.compile(r"\s+(?:“[^”\n]{2,60}”|\"[^\"\n]{2,60}\")")
        self._bracket = re.compile(r"\s*\([\w &.-]{2,25}\)")
        self._long = re.compile(rf"(?:\s+(?:{LETTER}|-)+){{2,{LONG}}}\s*\((?P<short>[\w &-]{{2,20}})\)")
        self._syllable = re.compile(rf"(?:[\s-]{{1,3}}|(?<=\.))[{CAPITALS}\d][\w’']*")
        self._given = re.compile(rf"\s+[{CAPITALS}]{LETTER}*\s+[{CAPITALS}]{LETTER}*(?!\s+[{CAPITALS}])(?!{LETTER})")

    def end(self, text: str, at: int, stop: int, head: Head, word: str) -> int:
        """Where the name goes to whose head `word` ends at a place, no further than `stop`."""
        if quoted := self._quoted.match(text, at, stop):
            return quoted.end()
        end = self._long_end(text, at, stop, word) or at
        place, after_unit, trade, named = end, False, word.lower().endswith(self._tail.trade), False
        name, opaque = word, head.opaque
        while True:
            piece = self._unit_piece(text, place, stop) if after_unit else self._piece(text, place, stop, opaque, named)
            if piece.end <= place:
                return end
            before, name = name, text[place : piece.end].strip(" -–&.")
            person = name in self._tail.surnames and self._given.match(text, piece.end, stop)
            if person and before not in self._tail.named_after and not self._one_word(before, name):
                return end
            opaque = opaque or name in self._opaque
            place, after_unit, named = piece.end, piece.unit, piece.named
            if piece.sure or trade:
                end = place
            trade = name.lower() == self._tail.trade
            if after_unit and not self._unit_name(text, place, stop):
                return end

    def kind_end(self, text: str, at: int, stop: int) -> int:
        """Where the word of a trade ends that stands at a place; the place itself if there is none."""
        match = self._word.match(text, at, stop)
        return match.end() if match else at

    def _piece(self, text: str, at: int, stop: int, opaque: bool, named: bool) -> _Piece:
        """The next piece; where none goes on, it ends where it begins. `named` if the last was of a proper name."""
        following = self._next.match(text, at, stop)
        if following is not None:
            if following[1] in self._known and (piece := self._known_piece(text, at, stop)):
                return piece
            if match := self._cap.match(text, at, stop):
                word_end = None if named else self._word_end(text, at, match.end(), stop)
                short = match[0].strip(" -–&.").isupper()  # MTV, TM: no syllable of a name
                return _Piece(word_end or match.end(), sure=True, named=word_end is None and not short)
        small = self._small.match(text, at, stop) if opaque and text[at - 1].islower() else None
        if small is not None and small[1].islower():
            broken = small[1] in self._tail.breakers or not _capital_before(text, at)
            return _Piece(at if broken else small.end())
        if opaque and (match := self._number.match(text, at, stop)):
            return _Piece(match.end(), sure=True)
        if (match := self._bracket.match(text, at, stop)) and self._goes_on(text, match.end(), stop):
            return _Piece(match.end())
        return _Piece(at)

    def _known_piece(self, text: str, at: int, stop: int) -> _Piece | None:
        """A piece that the tables tell."""
        if match := self._fixed.match(text, at, stop) or self._nested.match(text, at, stop):
            return _Piece(match.end(), sure=True)
        match = self._unit.match(text, at, stop)
        if match and not self._word_end(text, at, match.end(), stop):  # quỹ xã hội is no fund of a commune
            return _Piece(match.end(), sure=True, unit=True)
        if match := self._word.match(text, at, stop):
            return _Piece(match.end(), sure=match[0].strip(" -–&")[:1].isupper())
        return None

    def _word_end(self, text: str, at: int, end: int, stop: int) -> int | None:
        """Where the word ends that the syllable before `end` opens, if the next makes one with it: Kiểm sát."""
        behind = self._behind.match(text, end, stop)
        if behind is None or not behind[1].islower():
            return None
        syllable = text[at:end].replace("-", " ").rsplit(" ", 1)[-1]
        return behind.end() if f"{syllable} {behind[1]}".lower() in self._vocabulary else None

    def _one_word(self, before: str, syllable: str) -> bool:
        """Whether a syllable only ends the word before it (Công Đoàn Hà Nam), and is no family name."""
        return f"{before.rsplit(' ', 1)[-1]} {syllable}".lower() in self._vocabulary

    def _goes_on(self, text: str, at: int, stop: int) -> bool:
        return bool(
            self._unit.match(text, at, stop) or self._fixed.match(text, at, stop) or self._cap.match(text, at, stop)
        )

    def _unit_piece(self, text: str, at: int, stop: int) -> _Piece:
        return _Piece(self._unit_name(text, at, stop) or at, sure=True)

    def _unit_name(self, text: str, at: int, stop: int) -> int | None:
        """The end of the unit's name at a place."""
        ends: list[int] = []
        place = at
        while len(ends) < SYLLABLES and (match := self._syllable.match(text, place, stop)):
            place = match.end()
            ends.append(place)
        return next((end for end in reversed(ends) if self._is_place(text[at:end])), None)

    def _long_end(self, text: str, at: int, stop: int, word: str) -> int | None:
        """A name told in full with its short form in brackets after it."""
        bracket = text.find("(", at, min(stop, at + WIDTH))
        match = self._long.match(text, at, stop) if bracket >= 0 else None
        short = match["short"].strip() if match else ""
        if match is None or not short:
            return None
        same = short.split()[0] == word or (short.isupper() and short[0] == word[0].upper() and " " not in short)
        return match.end() if same else None


def _capital_before(text: str, at: int) -> bool:
    """Whether the syllable that ends at a place is capitalised."""
    return text[max(0, at - 8) : at].replace("-", " ").rsplit(" ", 1)[-1][:1].isupper()
