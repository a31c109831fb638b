"""The number words of the data file, and the one expression that finds them and written numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractor.datafile import Table, merged
from extractor.trie import trie

NAME = "numerals.toml"

Role = Literal[
    "unit",
    "ten",
    "tens",
    "multiplier",
    "link",
    "and_half",
    "half",
    "part",
    "point",
    "times",
    "double",
    "minus",
    "vague",
]


class Word(Table):
    """A number word: what it does in a numeral, and beside which words it is another word."""

    id: str
    forms: tuple[str, ...]
    role: Role
    value: Decimal = Decimal(0)
    sandhi: bool = False
    year: bool = False
    alone: bool = True
    glued: bool = False
    tail: bool = False
    needs_tail: bool = False
    only_before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    alone_not_before: frozenset[str] = frozenset()
    alone_not_after: frozenset[str] = frozenset()
    examples: dict[str, Decimal] = Field(default_factory=dict)


class Glued(Table):
    """Letters right behind digits that multiply them (5tr); with `tail`, digits may follow (1tr2)."""

    id: str
    forms: tuple[str, ...]
    value: Decimal
    tail: bool = False
    needs_tail: bool = False
    whole_only: bool = False
    examples: dict[str, Decimal] = Field(default_factory=dict)

    def as_word(self) -> Word:
        """The multiplier that the letters stand for."""
        return Word(
            id=self.id,
            forms=self.forms,
            role="multiplier",
            value=self.value,
            alone=False,
            glued=True,
            tail=self.tail,
            needs_tail=self.needs_tail,
        )


class Tail(Table):
    """What stands right behind a numeral and hedges it (1000+)."""

    id: str
    form: str
    modifier: str


class RangeSigns(Table):
    """The signs and words between the ends of a range, and the nouns before it that are numbered themselves."""

    dashes: tuple[str, ...]
    words: tuple[str, ...]
    between: tuple[str, ...]
    and_: tuple[str, ...] = Field(alias="and")
    bounds: tuple[str, ...]
    prefixes: tuple[str, ...]
    numbered: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()


class ListSigns(Table):
    """What stands between the members of a list."""

    separators: tuple[str, ...]


class Units(Table):
    """Units by sort, for reading a lone separator and for ranges, where the caller has no better list."""

    currency: tuple[str, ...]
    currency_codes: tuple[str, ...]
    share: tuple[str, ...]
    measure: tuple[str, ...]
    time: tuple[str, ...]
    count: tuple[str, ...]
    after_sum: frozenset[str]
    after_tail: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Every unit."""
        return self.currency + self.share + self.measure + self.time + self.count


class Reasons(Table):
    """Why the other reading of a numeral was not taken."""

    group: str
    decimal: str
    elided: str
    literal: str
    compound: str
    approximate: str
    shared: str
    spaced: str


class NumeralData(Table):
    """The schema of numerals.toml."""

    word: tuple[Word, ...]
    glued: tuple[Glued, ...]
    tail: tuple[Tail, ...]
    range: RangeSigns
    list: ListSigns
    units: Units
    reasons: Reasons

    @classmethod
    def load(cls, folders: Sequence[Path] = ()) -> NumeralData:
        """The package's number words with those of the users' folders; DataError names file, table and key."""
        return merged(NAME, cls, folders)


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one regular expression, the longest that fits; one that never matches where there are none."""
    return trie(phrases, space=" ") or "(?!)"


class Lexicon:
    """The number words by form, and the expressions made of them, compiled once."""

    def __init__(self, data: NumeralData) -> None:
        self.data = data
        self.words: dict[str, Word] = {form: word for word in data.word for form in word.forms}
        # No number by themselves; a half may stand behind the unit (hai tháng rưỡi).
        halves = ("half", "and_half")
        self.companions = frozenset(form for form, w in self.words.items() if not w.alone and w.role not in halves)
        self.glued: dict[str, Word] = {form: g.as_word() for g in data.glued for form in g.forms if not g.whole_only}
        self.whole: dict[str, Word] = {form: g.as_word() for g in data.glued for form in g.forms}
        self.numbers = self._written(self.glued)
        self.whole_numbers = self._written(self.whole)
        self.units = _phrase_pattern(data.units.all())

    def _written(self, glued: dict[str, Word]) -> re.Pattern[str]:
        """Written numbers, with the magnitude and the digits glued to them: 50, 5tr, 1tr2, 5triệu.

        A written number does not stand behind a letter (U23), but for a currency code (USD1,23).
        """
        codes = [rf"(?<={re.escape(code)}[0-9])" for code in self.data.units.currency_codes]
        before = "|".join([r"(?<!\w[0-9])", *codes])
        tails = alternatives(form for form, word in glued.items() if word.tail)
        words = alternatives([*glued, *(form for form, word in self.words.items() if word.role == "multiplier")])
        behind = rf"(?:({tails})([0-9]{{1,3}})(?!\w)|({words})(?![^\W_]))?"
        return re.compile(rf"([0-9](?:{before})[0-9]*(?:[.,][0-9]+)*){behind}")


def _phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"[ ]?(?:{alternatives(phrases)})(?![^\W_])")
