"""Numbers under a thousand in words, with the sound changes and the shortenings of the spoken language.

hai trăm linh năm; mười lăm; hai mươi mốt; hai tư and bốn ba (mươi left out); một trăm hai (120); tám trăm rưỡi (850).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.frozen import frozen
from extractor.numerals.atoms import Atom
from extractor.numerals.lexicon import Word

TEN, HUNDRED = Decimal(10), Decimal(100)
MAX_DECIMALS = 12


@frozen
class Spoken:
    """A value read off the atoms up to `last` (exclusive); `step` is the weight of its last digit."""

    last: int
    value: Decimal
    step: Decimal = Decimal(1)


class Row:
    """A row of atoms with questions about its members."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self.atoms = atoms

    def role(self, index: int) -> str:
        """The role of the atom at `index` if it continues the one before it, else nothing."""
        if index < len(self.atoms) and self.atoms[index].joined:
            return self.atoms[index].role
        return ""

    def word(self, index: int) -> Word:
        """The number word at `index`."""
        word = self.atoms[index].word
        if word is None:
            raise LookupError(index)
        return word

    def is_hundred(self, index: int) -> bool:
        """Whether `trăm` continues the number at `index`."""
        return self.role(index) == "multiplier" and self.word(index).value == HUNDRED

    def digit(self, index: int, *, linked: bool = False) -> Decimal | None:
        """The value of the digit word that continues the number at `index`, if one does.

        `năm` is both five and year: behind a number it is five only before mươi, trăm, nghìn, mốt … or behind linh.
        """
        if self.role(index) != "unit":
            return None
        word = self.word(index)
        if not word.year or linked or self.role(index + 1) in ("tens", "multiplier", "point", "part"):
            return word.value
        following = self.role(index + 1) == "unit" and self.word(index + 1)
        return word.value if following and following.sandhi else None  # một trăm năm tư

    def under_thousand(self, index: int) -> Spoken | None:
        """A number of up to three digits in words that starts at `index`."""
        word = self.word(index)
        if word.role == "unit" and self.is_hundred(index + 1):
            return self._behind_hundred(word.value * HUNDRED, index + 2)
        return self.under_hundred(index)

    def _behind_hundred(self, hundreds: Decimal, index: int) -> Spoken:
        role = self.role(index)
        if role == "and_half":
            return Spoken(index + 1, hundreds + 50, TEN)
        if role == "link":
            tail = self.behind_link(index + 1)
        elif role == "ten" or self.digit(index) is not None:
            tail = self.under_hundred(index)
            if tail is not None and role == "unit" and tail.last == index + 1:  # một trăm hai: 120
                tail = Spoken(tail.last, tail.value * TEN, TEN)
        else:
            tail = None
        return Spoken(index, hundreds) if tail is None else Spoken(tail.last, hundreds + tail.value, tail.step)

    def behind_link(self, index: int) -> Spoken | None:
        """What linh or lẻ adds: năm, mười hai, ba mươi."""
        if self.role(index) not in ("unit", "ten"):
            return None
        return self.under_hundred(index)

    def under_hundred(self, index: int) -> Spoken | None:
        """A number of up to two digits in words that starts at `index`."""
        word = self.word(index)
        if word.role == "ten":
            unit = self.digit(index + 1)
            return Spoken(index + 1, TEN) if unit is None else Spoken(index + 2, TEN + unit)
        if word.role != "unit":
            return None
        if self.role(index + 1) == "tens":
            unit = None if self.is_hundred(index + 3) else self.digit(index + 2)
            tens = word.value * TEN
            return Spoken(index + 2, tens) if unit is None else Spoken(index + 3, tens + unit)
        if self._omits_tens(index):
            return Spoken(index + 2, word.value * TEN + self.word(index + 1).value)
        return Spoken(index + 1, word.value)

    def _omits_tens(self, index: int) -> bool:
        """Two digit words for tens and units: hai tư, bốn ba; but hai ba is two or three, and bốn năm four years."""
        second = self.digit(index + 1)
        if second is None or self.role(index + 2) in ("tens", "part") or self.is_hundred(index + 2):
            return False
        first = self.word(index)
        if first.value == 0 or first.sandhi:
            return False
        if self.word(index + 1).sandhi:
            return True
        return not first.year and second not in (first.value + 1, 0)

    def decimals(self, index: int) -> tuple[str, int] | None:
        """The digits behind `phẩy` at `index - 1`: written, one by one (một bốn) or as a number (hai mươi lăm)."""
        role = self.role(index)
        if role == "digits":
            text = self.atoms[index].text
            return (text, index + 1) if text.isdigit() and len(text) <= MAX_DECIMALS else None
        digits = ""
        while self.role(index) == "unit" and self.word(index).value == 0 and len(digits) < MAX_DECIMALS:
            digits, index = digits + "0", index + 1
        whole = self.under_thousand(index) if self.role(index) in ("unit", "ten") else None
        if whole is not None and not self._is_plain_digit(index):
            return digits + str(whole.value), whole.last
        while self._is_plain_digit(index) and len(digits) < MAX_DECIMALS:
            digits, index = digits + str(self.word(index).value), index + 1
        return (digits, index) if digits else None

    def _is_plain_digit(self, index: int) -> bool:
        return self.role(index) == "unit" and self.role(index + 1) != "tens" and not self.is_hundred(index + 1)
