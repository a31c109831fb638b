"""Numbers out of atoms: a coefficient in digits or words, its magnitudes, and chains of ever smaller parts.

1 tỷ 250 triệu; hai mươi mốt nghìn không trăm mười một; 3 nghìn 500; hai triệu rưỡi; mười triệu tư; 1tr2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.numerals.atoms import Atom
from extractor.numerals.part import HUNDRED, MILLION, ONE, TEN, THOUSAND, Part, joined
from extractor.numerals.spoken import Row
from extractor.numerals.written import Written

GROUP, MAX_GROUPS = 3, 7  # digits of a group of thousands; groups of the longest number that is no code


class CardinalReader:
    """Reads the number that starts at an atom.

    `read_digits(i)` gives the value of the written number at atom `i`; `counted(i)` tells whether something that
    is counted stands right behind atom `i`; `ends(i)` whether an amount ends there: the end of the text or a currency;
    `has_unit(i)` whether any unit follows.
    """

    def __init__(
        self,
        atoms: Sequence[Atom],
        read_digits: Callable[[int], Written | None],
        counted: Callable[[int], bool],
        ends: Callable[[int], bool],
        has_unit: Callable[[int], bool],
    ) -> None:
        self.row = Row(atoms)
        self._atoms = atoms
        self._read_digits = read_digits
        self._counted = counted
        self._ends = ends
        self.has_unit = has_unit

    def coefficient(self, index: int) -> Part | None:
        """A number before its magnitude, with spoken decimals (hai phẩy năm)."""
        if self._atoms[index].word is None:
            part = self._spaced(index)
            if part is not None:
                return part
            part = self.written(index)
        else:
            spoken = self.row.under_thousand(index)
            if spoken is None:
                return None
            part = Part(index, spoken.last, spoken.value, spoken.value, spoken.step, words=True)
        return None if part is None else self._with_decimals(part)

    def written(self, index: int) -> Part | None:
        """A written number by itself."""
        written = self._read_digits(index)
        if written is None:
            return None
        value, decimals, other, _ = written
        step, why = (ONE.scaleb(-decimals), "group") if decimals else (ONE, "decimal")
        return Part(index, index + 1, value, value, step, decimals, digits=True, other=other, why=why)

    def _spaced(self, index: int) -> Part | None:
        """Thousands grouped by spaces: 1 234 567,5, 10 000; one group that is not 000 only before a unit (12 500 đồng)."""
        first = self._atoms[index].text
        if not (first.isdigit() and len(first) <= GROUP and first[0] != "0"):
            return None
        last = index + 1
        while self._is_group(last):
            last += 1
        fraction = self._is_group(last, decimals=True)
        last += fraction
        groups = [self._atoms[i].text.replace(",", ".") for i in range(index + 1, last)]
        if not groups or len(groups) > MAX_GROUPS:
            return None
        value = Decimal(first + "".join(groups))
        decimals = len(groups[-1].partition(".")[2])
        part = Part(index, last, value, value, ONE.scaleb(-decimals), decimals, digits=True)
        if len(groups) > 1 or groups[0] == "000":
            return part
        if self.row.role(last) or not self.has_unit(last - 1):
            return None
        return replace(part, other=Decimal(groups[0]), why="spaced")

    def _is_group(self, index: int, *, decimals: bool = False) -> bool:
        """Whether three digits, with `decimals` those and a comma and more, stand one space behind the atom before."""
        if self.row.role(index) != "digits" or self._atoms[index].glued:
            return False
        text, comma, rest = self._atoms[index].text.partition(",")
        if bool(comma) is not decimals or (decimals and not rest.isdigit()):
            return False
        return len(text) == GROUP and text.isdigit() and self._atoms[index].start - self._atoms[index - 1].end == 1

    def _with_decimals(self, part: Part) -> Part:
        if part.decimals or self.row.role(part.last) != "point":
            return part
        found = self.row.decimals(part.last + 1)
        if found is None:
            return part
        digits, last = found
        value = part.value + Decimal(digits).scaleb(-len(digits))
        step = ONE.scaleb(-len(digits))
        is_written = part.digits or self._atoms[last - 1].word is None
        return replace(
            part, last=last, value=value, coefficient=value, step=step, decimals=len(digits), words=True,
            digits=is_written,
        )  # fmt: skip

    def multiplied(self, part: Part, before: list[Part]) -> Part:
        """The number, itself changed, with the magnitudes behind it.

        A greater one takes in the smaller parts before: 2 nghìn 300 tỷ.
        """
        while self._multiplies(part):
            word = self.row.word(part.last)
            while before and before[-1].floor < word.value:
                part = joined(before.pop(), part)
            part.multiply(word.value, words=not word.glued)
            if word.tail and self._glued_tail(part.last):
                digits = self._atoms[part.last].text
                part.value += Decimal(digits).scaleb(-len(digits)) * word.value
                part.step = word.value.scaleb(-len(digits))
                part.last, part.decimals = part.last + 1, len(digits)
        return part

    def _multiplies(self, part: Part) -> bool:
        """Whether a magnitude stands behind the number and may multiply it."""
        if self.row.role(part.last) != "multiplier":
            return False
        word = self.row.word(part.last)
        if word.glued and not (part.digits and self._atoms[part.last].glued):
            return False
        if word.needs_tail and not self._glued_tail(part.last + 1):
            return False
        return word.value >= THOUSAND or part.floor == ONE

    def _glued_tail(self, index: int) -> bool:
        if index >= len(self._atoms):
            return False
        atom = self._atoms[index]
        return atom.glued and atom.word is None and atom.text.isdigit() and len(atom.text) <= GROUP

    def chain(self, index: int) -> Part | None:
        """The longest number that starts at `index`."""
        head = self.coefficient(index)
        if head is None:
            return None
        stack = [self._elided(self.multiplied(head, []))]
        while (longer := self._continued(stack)) is not None:
            stack = longer
        total = stack[0]
        for part in stack[1:]:
            total = joined(total, part)
        total.coefficient = head.coefficient
        return self._thousands_left_out(total, stack)

    def _elided(self, part: Part) -> Part:
        """A half or a lone digit behind a magnitude counts parts of it: 2 triệu rưỡi, mười triệu tư, 1 tỷ 2 (đồng)."""
        role = self.row.role(part.last)
        if part.floor == ONE or part.decimals:
            return part
        if role == "and_half":
            more, step = part.floor / 2, part.floor / TEN
        elif role == "unit" and part.floor >= THOUSAND and self._is_shortened(part.last):
            more, step = self.row.word(part.last).value * part.floor / TEN, part.floor / TEN
        elif role == "digits" and part.floor >= MILLION and self._is_written_tail(part.last):
            text = self._atoms[part.last].text
            step = part.floor.scaleb(-len(text))
            more = Decimal(text) * step
        else:
            return part
        other = None if role == "and_half" else part.value + more / (part.floor / TEN if role == "unit" else step)
        return replace(
            part, last=part.last + 1, value=part.value + more, step=step, decimals=1, closed=True,
            other=other, why="literal", digits=part.digits or role == "digits", words=True,
        )  # fmt: skip

    def _is_shortened(self, index: int) -> bool:
        """Whether the digit word ends the number, and counts nothing of its own (một triệu hai lần)."""
        if not self.row.digit(index) or self.row.role(index + 1) in ("tens", "multiplier", "unit", "part", "point"):
            return False
        word = self.row.word(index)
        if word.value == ONE and not word.sandhi:  # 2 triệu một tháng; the shortened tail is mốt
            return False
        return word.sandhi or not self._counted(index)

    def _is_written_tail(self, index: int) -> bool:
        text = self._atoms[index].text
        return text.isdigit() and text[0] != "0" and len(text) in (1, 3) and self._ends(index)

    def _continued(self, stack: list[Part]) -> list[Part] | None:
        """The parts of the chain with one more, or None where it ends."""
        top = stack[-1]
        if top.floor == ONE or top.decimals or top.closed:
            return None
        linked = self.row.role(top.last) == "link"
        index = top.last + 1 if linked else top.last
        if not self._may_continue(index, linked=linked):
            return None
        part = self.coefficient(index) if not linked else self._behind_link(index)
        if part is None:
            return None
        before = list(stack)
        part = self.multiplied(part, before)
        merged = len(before) < len(stack)
        if part.floor == ONE and part.digits and not self._is_as_wide(index, top):
            return None
        if (
            part.floor == ONE
            and part.words
            and part.last == index + 1
            and not linked
            and self.row.role(index) == "unit"
        ):
            return None
        if (before and part.value >= before[-1].floor) or (not before and not merged):
            return None
        return [*before, self._elided(part)]

    def _may_continue(self, index: int, *, linked: bool) -> bool:
        role = self.row.role(index)
        if linked or role == "unit":
            return role == "ten" or self.row.digit(index, linked=linked) is not None
        return role in ("ten", "digits")

    def _behind_link(self, index: int) -> Part | None:
        spoken = self.row.behind_link(index)
        return None if spoken is None else Part(index, spoken.last, spoken.value, spoken.value, words=True)

    def _is_as_wide(self, index: int, top: Part) -> bool:
        """Whether written digits fill the places under a magnitude: 3 nghìn 500, not 2 triệu 15 (hộ)."""
        width = sum(map(str.isdigit, self._atoms[index].text))
        return top.floor >= HUNDRED and width == len(str(top.floor)) - 1

    def _thousands_left_out(self, total: Part, stack: list[Part]) -> Part:
        """một triệu hai trăm is 1.000.200 as written and often 1.200.000 as meant."""
        tail = stack[-1]
        if len(stack) < 2 or tail.floor != ONE or stack[-2].floor < MILLION or not tail.words:  # noqa: PLR2004
            return total
        if tail.value < HUNDRED or tail.value % HUNDRED:
            return total
        meant = total.value - tail.value + tail.value * stack[-2].floor / THOUSAND
        if self._ends(total.last - 1):  # nobody counts out 200 đồng beside a million
            return replace(total, value=meant, other=total.value, why="literal")
        return replace(total, other=meant, why="elided")
